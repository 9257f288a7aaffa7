/** Between the plan's values and those of Groovy. */

import type { Runtime, Value } from '@millrace/groovy';
import { JavaList, JavaMap } from '@millrace/groovy';
import { Described } from '../../steps/described.ts';
import { SYMBOL } from '../transform/arguments.ts';

export function mapOf(rt: Runtime, entries: Iterable<readonly [string, Value]>): JavaMap {
  const map = new JavaMap();
  for (const [key, value] of entries) map.put(rt, key, value);
  return map;
}

/** A map's pairs, keys as text; none of what is no map. */
export function pairs(rt: Runtime, value: Value): [string, Value][] {
  return value instanceof JavaMap ? [...value.entries()].map((e): [string, Value] => [rt.str(e.key), e.value]) : [];
}

/** Maps that stand for describables become `Described`, in lists and other describables too. */
export function describedValue(rt: Runtime, value: Value): Value {
  if (value instanceof JavaList) return new JavaList(value.items.map((item) => describedValue(rt, item)));
  const entries = pairs(rt, value);
  const symbol = entries.find(([key]) => key === SYMBOL);
  if (symbol === undefined) return value;
  return new Described(rt.str(symbol[1]), null, new Map(entries.filter(([key]) => key !== SYMBOL).map(([k, v]) => [k, describedValue(rt, v)])));
}

/** A setting as text; null where there is none. */
export const textOf = (rt: Runtime, value: Value | undefined): string | null => (value === undefined || value === null ? null : rt.str(value));
