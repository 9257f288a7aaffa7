/**
 * What `java.lang.Number` has: intValue, longValue, doubleValue and so on, on any of Java's numbers, with Java's
 * narrowing: whole numbers wrap around, floating ones are cut to the nearest bound, NaN is 0.
 */

import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { BigDecimal, Byte, Double, Float, Long, Short } from './boxes.ts';
import { compare, decimalOf, decimalOfDouble, toWhole } from './decimal.ts';
import { digitCount } from './magnitude.ts';

/** A number that scripts see as `java.lang.Number` but that no operator keeps: AtomicInteger and its like. */
export abstract class OtherNumber extends JavaObject {
  /** Its value as one of the usual numbers. */
  abstract numberValue(): Value;
}

export function isNumber(v: Value): boolean {
  switch (typeof v) {
    case 'number':
    case 'bigint':
      return true;
    case 'object':
      return (
        v instanceof Long ||
        v instanceof BigDecimal ||
        v instanceof Double ||
        v instanceof Float ||
        v instanceof Short ||
        v instanceof Byte ||
        v instanceof OtherNumber
      );
    default:
      return false;
  }
}

/** Whether a number is zero (0.0 and -0.0 too; NaN is not), as Groovy's truth asks. */
export function isZero(v: Value): boolean {
  if (typeof v === 'number') return v === 0;
  if (typeof v === 'bigint') return v === 0n;
  if (v instanceof BigDecimal) return v.unscaled === 0n;
  if (v instanceof OtherNumber) return isZero(v.numberValue());
  return (v as Long | Double).n === 0;
}

/** `intValue()`: an int32. */
export function intValue(v: Value): number {
  if (typeof v === 'number') return v;
  if (v instanceof Long) return typeof v.n === 'number' ? wrapInt(v.n) : Number(BigInt.asIntN(32, v.n));
  if (v instanceof Double || v instanceof Float) return doubleToInt(v.n);
  if (typeof v === 'bigint') return Number(BigInt.asIntN(32, v));
  if (v instanceof BigDecimal) return Number(BigInt.asIntN(32, wholeBits(v)));
  if (v instanceof Short || v instanceof Byte) return v.n;
  if (v instanceof OtherNumber) return intValue(v.numberValue());
  throw noNumber(v);
}

/** `longValue()`, as a Long. */
export function longValue(v: Value): Long {
  if (v instanceof Long) return v;
  if (typeof v === 'number') return Long.of(v);
  if (v instanceof Double || v instanceof Float) return doubleToLong(v.n);
  if (typeof v === 'bigint') return Long.of(v);
  if (v instanceof BigDecimal) return Long.of(wholeBits(v));
  if (v instanceof Short || v instanceof Byte) return Long.of(v.n);
  if (v instanceof OtherNumber) return longValue(v.numberValue());
  throw noNumber(v);
}

/** `doubleValue()` */
export function doubleValue(v: Value): number {
  if (typeof v === 'number') return v;
  if (v instanceof Double || v instanceof Float || v instanceof Short || v instanceof Byte) return v.n;
  if (v instanceof Long || typeof v === 'bigint') return v instanceof Long ? Number(v.n) : Number(v);
  if (v instanceof BigDecimal) return Number(`${v.unscaled}e${-v.scale}`);
  if (v instanceof OtherNumber) return doubleValue(v.numberValue());
  throw noNumber(v);
}

/** `floatValue()`, rounded once from the exact value. */
export function floatValue(v: Value): number {
  if (typeof v === 'bigint') return floatOfDecimal(new BigDecimal(v, 0));
  if (v instanceof BigDecimal) return floatOfDecimal(v);
  if (v instanceof Long && typeof v.n === 'bigint') return floatOfDecimal(new BigDecimal(v.n, 0));
  return Math.fround(doubleValue(v));
}

/** The number as whole; the fraction is dropped. For Integer, Long, Short, Byte and BigInteger exact, as `toBigInteger()`. */
export function wholeValue(v: Value): bigint {
  if (typeof v === 'bigint') return v;
  if (typeof v === 'number') return BigInt(v);
  if (v instanceof Long) return v.big();
  if (v instanceof BigDecimal) return toWhole(v);
  if (v instanceof Short || v instanceof Byte) return BigInt(v.n);
  if (v instanceof OtherNumber) return wholeValue(v.numberValue());
  if (v instanceof Double || v instanceof Float) {
    if (!Number.isFinite(v.n)) throw new JavaThrowable('java.lang.NumberFormatException', 'Infinite or NaN');
    return BigInt(Math.trunc(v.n));
  }
  throw noNumber(v);
}

/** `NumberMath.toBigDecimal`: whole numbers with scale 0, floating ones by their text. */
export function decimalValue(v: Value): BigDecimal {
  if (v instanceof BigDecimal) return v;
  if (v instanceof Double || v instanceof Float) return decimalOf(v.javaString());
  return new BigDecimal(wholeValue(v), 0);
}

/** `(int) d` */
export function doubleToInt(d: number): number {
  if (d >= 2147483647) return 2147483647;
  if (d <= -2147483648) return -2147483648;
  return Math.trunc(d) | 0;
}
/** `(long) d` */
export function doubleToLong(d: number): Long {
  if (Number.isNaN(d)) return Long.of(0);
  if (d >= 2 ** 63) return Long.of(9223372036854775807n);
  if (d <= -(2 ** 63)) return Long.of(-9223372036854775808n);
  return Long.of(Math.trunc(d));
}

/** The low bits of a safe integer as an int32. */
function wrapInt(n: number): number {
  return n === (n | 0) ? n : Number(BigInt.asIntN(32, BigInt(n)));
}

/** The low bits are all that is asked for, so a huge power of ten (at least 2^64) has none. */
function wholeBits(v: BigDecimal): bigint {
  return v.scale <= -64 ? 0n : toWhole(v);
}

/** A decimal to the nearest float: going through double may round twice, at a tie of floats. */
export function floatOfDecimal(v: BigDecimal): number {
  const d = Number(`${v.unscaled}e${-v.scale}`);
  const f = Math.fround(d);
  if (f === d || !Number.isFinite(d)) return f;
  // Only a double that lies exactly between two floats may have lost the side.
  const other = neighbour(f, d > f);
  if (Math.abs(f - d) !== Math.abs(other - d) || digitCount(v.unscaled) > 1100) return f;
  const side = compare(v, decimalOfDouble(d));
  if (side === 0) return f;
  return side > 0 ? Math.max(f, other) : Math.min(f, other);
}

function neighbour(f: number, up: boolean): number {
  const step = 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(f) || 2 ** -149)) - 23);
  return Math.fround(up ? f + step : f - step);
}
function noNumber(v: Value): JavaThrowable {
  return new JavaThrowable(
    'java.lang.ClassCastException',
    `${v === null ? 'null' : typeof v === 'object' ? v.$type : typeof v} cannot be cast to java.lang.Number`,
  );
}
