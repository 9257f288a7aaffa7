/**
 * Reads and writes values as the recordings beside this file have them: `5i`, `5L`, `5G`, `1.50m` (BigDecimal), `1.5d`,
 * `1.5f`, `5s`, `5b`, `97c`, `true`; a failure as `! class: message`. Each line is `operation left right result`, and
 * the answers are those of Groovy 2.4.21 on Java 17.
 */

import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { BigDecimal, Byte, Character, Double, Float, Long, Short } from '../boxes.ts';
import { decimalOf } from '../decimal.ts';
import { parseDouble, parseFloat } from '../parse.ts';

export function readValue(text: string): Value {
  const body = text.slice(0, -1);
  switch (text[text.length - 1]) {
    case 'i':
      return Number(body);
    case 'L':
      return Long.of(BigInt(body));
    case 'G':
      return BigInt(body);
    case 'm':
      return decimalOf(body);
    case 'd':
      return new Double(parseDouble(body));
    case 'f':
      return new Float(parseFloat(body));
    case 's':
      return new Short(Number(body));
    case 'b':
      return new Byte(Number(body));
    case 'c':
      return new Character(Number(body));
    default:
      throw new Error(`not a recorded value: ${text}`);
  }
}

export function writeValue(v: Value): string {
  if (v === null) return 'null';
  if (typeof v === 'number') return `${Object.is(v, -0) ? '-0' : v}i`;
  if (typeof v === 'bigint') return `${v}G`;
  if (v instanceof Long) return `${v.javaString()}L`;
  if (v instanceof BigDecimal) return `${v.javaString()}m`;
  if (v instanceof Double) return `${v.javaString()}d`;
  if (v instanceof Float) return `${v.javaString()}f`;
  if (v instanceof Short) return `${v.n}s`;
  if (v instanceof Byte) return `${v.n}b`;
  if (v instanceof Character) return `${v.code}c`;
  return String(v);
}

export function outcome(f: () => Value): string {
  try {
    return writeValue(f());
  } catch (failure) {
    if (!(failure instanceof JavaThrowable)) throw failure;
    return `! ${failure.typeName}: ${failure.detail}`;
  }
}
