/** TOML read into maps and lists, and written as Jackson's TomlMapper writes it: nested tables as dotted keys. */

import type { Runtime, Value } from '@millrace/groovy';
import { Byte, Character, Double, GString, JavaArray, JavaList, JavaMap, JavaSet, JavaThrowable, Long, Short } from '@millrace/groovy';
import { parse, TomlDate } from 'smol-toml';

/** Throws TomlStreamReadException. */
export function readToml(rt: Runtime, text: string): Value {
  try {
    return fromToml(rt, parse(text, { integersAsBigInt: true }));
  } catch (e) {
    if (e instanceof JavaThrowable) throw e;
    throw new JavaThrowable('com.fasterxml.jackson.dataformat.toml.TomlStreamReadException', (e as Error).message);
  }
}

function fromToml(rt: Runtime, v: unknown): Value {
  if (typeof v === 'string' || typeof v === 'boolean') return v;
  if (typeof v === 'bigint') return v === BigInt.asIntN(32, v) ? Number(v) : Long.of(v);
  if (typeof v === 'number') return new Double(v);
  if (v instanceof TomlDate) return v.toISOString();
  if (Array.isArray(v)) return new JavaList(v.map((one) => fromToml(rt, one)));
  const map = new JavaMap();
  for (const [key, value] of Object.entries(v as object)) map.put(rt, key, fromToml(rt, value));
  return map;
}

export function writeToml(rt: Runtime, value: Value): string {
  if (!(value instanceof JavaMap))
    throw new JavaThrowable('com.fasterxml.jackson.dataformat.toml.TomlStreamWriteException', 'TOML only supports an object as its root');
  const lines: string[] = [];
  const walk = (map: JavaMap, prefix: string): void => {
    for (const e of map.entries()) {
      const key = `${prefix}${tomlKey(rt.str(e.key))}`;
      if (e.value instanceof JavaMap && e.value.size > 0) walk(e.value, `${key}.`);
      else lines.push(`${key} = ${inline(rt, e.value)}`);
    }
  };
  walk(value, '');
  return lines.map((line) => `${line}\n`).join('');
}

function inline(rt: Runtime, v: Value): string {
  if (v === null) return "''";
  if (typeof v === 'string') return quote(v);
  if (v instanceof GString || v instanceof Character) return quote(rt.str(v));
  if (typeof v === 'boolean' || typeof v === 'number' || typeof v === 'bigint' || v instanceof Long || v instanceof Short || v instanceof Byte)
    return rt.str(v);
  if (v instanceof JavaMap)
    return v.size === 0
      ? '{}'
      : `{${v
          .entries()
          .map((e) => `${tomlKey(rt.str(e.key))} = ${inline(rt, e.value)}`)
          .join(', ')}}`;
  if (v instanceof JavaList || v instanceof JavaArray) return `[${v.items.map((one) => inline(rt, one)).join(', ')}]`;
  if (v instanceof JavaSet)
    return `[${v
      .toArray()
      .map((one) => inline(rt, one))
      .join(', ')}]`;
  return rt.instanceOf(v, 'java.lang.Number') ? rt.str(v) : quote(rt.str(v));
}
function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quote(key);
}
function quote(text: string): string {
  return /^[^'\u0000-\u0008\u000a-\u001f\u007f]*$/.test(text) ? `'${text}'` : JSON.stringify(text);
}
