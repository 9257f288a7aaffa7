/** Between Groovy's values and the JSON of asks. */

import type { Runtime, Value } from '@millrace/groovy';
import { BigDecimal, Byte, Character, Double, Float, GString, JavaArray, JavaList, JavaMap, Long, mapOf, Short } from '@millrace/groovy';
import type { Json } from '../host.ts';
import { Described } from './described.ts';

/** Whole numbers beyond 32 bits become Longs, others Doubles; objects become maps in their order. */
export function fromJson(json: Json): Value {
  if (json === null || typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return !Number.isInteger(json) ? new Double(json) : (json | 0) === json ? json : Long.of(json);
  if (Array.isArray(json)) return new JavaList(json.map((element: Json) => fromJson(element)));
  return stringMap(Object.entries(json as { [name: string]: Json }).map(([key, value]) => [key, fromJson(value)]));
}

/** A LinkedHashMap. */
export function stringMap(entries: Iterable<readonly [string, Value]>): Value {
  return mapOf(entries);
}

/** Keys as strings, in order; null where it is no map. */
export function mapEntries(rt: Runtime, value: Value): [string, Value][] | null {
  if (!(value instanceof JavaMap)) return null;
  return value.entries().map((e): [string, Value] => [rt.str(e.key), e.value]);
}

/** Numbers as numbers, GStrings as text, describables as objects with `$class` or `$symbol`, anything else as its text. */
export function toJson(rt: Runtime, value: Value): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof GString || value instanceof Character) return rt.str(value);
  if (value instanceof Long) return value.num();
  if (value instanceof Double || value instanceof Float || value instanceof Short || value instanceof Byte) return value.n;
  if (value instanceof BigDecimal) return Number(rt.str(value));
  if (value instanceof JavaList || value instanceof JavaArray) return value.items.map((item) => toJson(rt, item));
  if (value instanceof Described)
    return { ...(value.symbol === null ? { $class: value.className } : { $symbol: value.symbol }), ...entriesJson(rt, value.args) };
  const entries = mapEntries(rt, value);
  if (entries !== null) return entriesJson(rt, entries);
  return rt.str(value);
}

function entriesJson(rt: Runtime, entries: Iterable<readonly [string, Value]>): { [name: string]: Json } {
  const object: { [name: string]: Json } = Object.create(null) as { [name: string]: Json };
  for (const [key, value] of entries) object[key] = toJson(rt, value);
  return object;
}
