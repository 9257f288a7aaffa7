/**
 * Groovy's operators on numbers, after `NumberMath` of Groovy 2.4: with a Double or Float the result is a Double; else
 * with a BigDecimal a BigDecimal; else with a BigInteger a BigInteger; else with a Long a Long; else an Integer (Short
 * and Byte count as Integers). Integers and Longs wrap around. Two Integers, by far the most frequent operands, are
 * JavaScript's own arithmetic; the rest is a second function, so that the first stays small enough to be inlined.
 *
 * Operands are numbers (`isNumber`). Characters take part where Groovy has a method for it: `+ - * /`, intdiv and
 * comparison. Anything else is a ClassCastException here: the caller dispatches other operands to their own methods.
 */

import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { BigDecimal, Byte, Character, compareDoubles, Double, Float, Long, Short } from './boxes.ts';
import * as decimal from './decimal.ts';
import { multiplyWhole } from './magnitude.ts';
import { decimalValue, doubleValue, intValue, longValue, OtherNumber, wholeValue } from './number-values.ts';
import { HALF_UP } from './rounding.ts';

export { isNumber, isZero } from './number-values.ts';

/** Which of NumberMath's five kinds an operand asks for; the greater of two decides. -1 where it is no number. */
export const INTEGER = 0,
  LONG = 1,
  BIG_INTEGER = 2,
  BIG_DECIMAL = 3,
  FLOATING = 4;
export function level(v: Value): number {
  if (typeof v === 'number') return INTEGER;
  if (v instanceof Long) return LONG;
  if (v instanceof BigDecimal) return BIG_DECIMAL;
  if (v instanceof Double || v instanceof Float) return FLOATING;
  if (typeof v === 'bigint') return BIG_INTEGER;
  if (v instanceof Short || v instanceof Byte || v instanceof OtherNumber) return INTEGER;
  throw new JavaThrowable(
    'java.lang.ClassCastException',
    `${v === null ? 'null' : typeof v === 'object' ? v.$type : 'java.lang.String'} cannot be cast to java.lang.Number`,
  );
}

/** A Character's code, anything else as it is. */
function uncharactered(v: Value): Value {
  return v instanceof Character ? v.code : v;
}

export function plus(a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? (a + b) | 0 : plusOthers(a, b);
}
function plusOthers(a: Value, b: Value): Value {
  if (a instanceof Double) {
    if (b instanceof Double) return new Double(a.n + b.n);
    if (typeof b === 'number') return new Double(a.n + b);
  } else if (a instanceof Long && typeof a.n === 'number') {
    const y = b instanceof Long ? b.n : b;
    if (typeof y === 'number') {
      const sum = a.n + y;
      if (Number.isSafeInteger(sum)) return Long.of(sum);
    }
  }
  a = uncharactered(a);
  b = uncharactered(b);
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return (intValue(a) + intValue(b)) | 0;
    case LONG: {
      const x = longValue(a).n,
        y = longValue(b).n;
      if (typeof x === 'number' && typeof y === 'number') {
        const sum = x + y;
        if (Number.isSafeInteger(sum)) return Long.of(sum);
      }
      return Long.of(BigInt(x) + BigInt(y));
    }
    case BIG_INTEGER:
      return wholeValue(a) + wholeValue(b);
    case BIG_DECIMAL:
      return decimal.add(decimalValue(a), decimalValue(b));
    default:
      return new Double(doubleValue(a) + doubleValue(b));
  }
}

export function minus(a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? (a - b) | 0 : minusOthers(a, b);
}
function minusOthers(a: Value, b: Value): Value {
  if (a instanceof Double) {
    if (b instanceof Double) return new Double(a.n - b.n);
    if (typeof b === 'number') return new Double(a.n - b);
  } else if (a instanceof Long && typeof a.n === 'number') {
    const y = b instanceof Long ? b.n : b;
    if (typeof y === 'number') {
      const difference = a.n - y;
      if (Number.isSafeInteger(difference)) return Long.of(difference);
    }
  }
  a = uncharactered(a);
  b = uncharactered(b);
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return (intValue(a) - intValue(b)) | 0;
    case LONG: {
      const x = longValue(a).n,
        y = longValue(b).n;
      if (typeof x === 'number' && typeof y === 'number') {
        const difference = x - y;
        if (Number.isSafeInteger(difference)) return Long.of(difference);
      }
      return Long.of(BigInt(x) - BigInt(y));
    }
    case BIG_INTEGER:
      return wholeValue(a) - wholeValue(b);
    case BIG_DECIMAL:
      return decimal.subtract(decimalValue(a), decimalValue(b));
    default:
      return new Double(doubleValue(a) - doubleValue(b));
  }
}

export function multiply(a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? Math.imul(a, b) : multiplyOthers(a, b);
}
function multiplyOthers(a: Value, b: Value): Value {
  if (a instanceof Double) {
    if (b instanceof Double) return new Double(a.n * b.n);
    if (typeof b === 'number') return new Double(a.n * b);
  } else if (a instanceof Long && typeof a.n === 'number') {
    const y = b instanceof Long ? b.n : b;
    if (typeof y === 'number') {
      const product = a.n * y;
      if (Number.isSafeInteger(product)) return Long.of(product);
    }
  }
  a = uncharactered(a);
  b = uncharactered(b);
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return Math.imul(intValue(a), intValue(b));
    case LONG: {
      const x = longValue(a).n,
        y = longValue(b).n;
      if (typeof x === 'number' && typeof y === 'number') {
        const product = x * y;
        if (Number.isSafeInteger(product)) return Long.of(product);
      }
      return Long.of(BigInt(x) * BigInt(y));
    }
    case BIG_INTEGER:
      return multiplyWhole(wholeValue(a), wholeValue(b));
    case BIG_DECIMAL:
      return decimal.multiply(decimalValue(a), decimalValue(b));
    default:
      return new Double(doubleValue(a) * doubleValue(b));
  }
}

/**
 * `/`: a Double with a floating operand, otherwise a BigDecimal: exact where the expansion ends, else with the longer
 * operand's precision and ten digits more, and at most ten places unless an operand has more.
 */
export function div(a: Value, b: Value): Value {
  a = uncharactered(a);
  b = uncharactered(b);
  if (Math.max(level(a), level(b)) === FLOATING) return new Double(doubleValue(a) / doubleValue(b));
  const x = decimalValue(a),
    y = decimalValue(b);
  const exact = decimal.divideExactly(x, y);
  if (exact !== null) return exact;
  const precision = Math.max(decimal.precision(x), decimal.precision(y)) + 10;
  const q = decimal.divideRoundedTo(x, y, { precision, mode: HALF_UP });
  const scale = Math.max(x.scale, y.scale, 10);
  return q.scale > scale ? decimal.setScale(q, scale, HALF_UP) : q;
}

/** `a.intdiv(b)`: whole numbers only. */
export function intdiv(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0) return (a / b) | 0;
  a = uncharactered(a);
  b = uncharactered(b);
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return (intValue(a) / nonZero(intValue(b))) | 0;
    case LONG: {
      const x = longValue(a).n,
        y = nonZero(longValue(b).n);
      return typeof x === 'number' && typeof y === 'number' ? Long.of((x - (x % y)) / y) : Long.of(BigInt(x) / BigInt(y));
    }
    case BIG_INTEGER: {
      const y = wholeValue(b);
      if (y === 0n) throw decimal.arithmeticFailure('BigInteger divide by zero');
      return wholeValue(a) / y;
    }
    default:
      throw unsupported('intdiv()', a);
  }
}

/** `%`: with a BigInteger never negative (`BigInteger.mod`), otherwise with the left operand's sign. */
export function mod(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0) return (a % b) | 0;
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return (intValue(a) % nonZero(intValue(b))) | 0;
    case LONG: {
      const x = longValue(a).n,
        y = nonZero(longValue(b).n);
      return typeof x === 'number' && typeof y === 'number' ? Long.of(x % y) : Long.of(BigInt(x) % BigInt(y));
    }
    case BIG_INTEGER:
      return modWhole(wholeValue(a), wholeValue(b));
    case BIG_DECIMAL:
      throw unsupported('mod()', a);
    default:
      return new Double(doubleValue(a) % doubleValue(b));
  }
}

/** `BigInteger.mod` */
export function modWhole(a: bigint, modulus: bigint): bigint {
  if (modulus <= 0n) throw decimal.arithmeticFailure('BigInteger: modulus not positive');
  const r = a % modulus;
  return r < 0n ? r + modulus : r;
}

function nonZero<T extends number | bigint>(divisor: T): T {
  if (divisor === 0) throw decimal.arithmeticFailure('/ by zero');
  return divisor;
}

/** UnsupportedOperationException as NumberMath words it; it names the left operand. */
export function unsupported(operation: string, left: Value): JavaThrowable {
  return new JavaThrowable(
    'java.lang.UnsupportedOperationException',
    `Cannot use ${operation} on this number type: ${numberClassName(left)} with value: ${numberText(left)}`,
  );
}
export function numberClassName(v: Value): string {
  switch (typeof v) {
    case 'number':
      return 'java.lang.Integer';
    case 'bigint':
      return 'java.math.BigInteger';
    case 'object':
      return v === null ? 'null' : v.$type;
    default:
      return typeof v === 'string' ? 'java.lang.String' : 'java.lang.Boolean';
  }
}
/** A number's `toString()`. */
export function numberText(v: Value): string {
  if (v === null || typeof v !== 'object') return String(v);
  return (v as Long | Double | BigDecimal).javaString();
}

/** `-a`: the type stays as it is. */
export function negate(a: Value): Value {
  if (typeof a === 'number') return -a | 0;
  if (a instanceof Long) return typeof a.n === 'number' ? Long.of(-a.n) : Long.of(-a.n);
  if (a instanceof BigDecimal) return decimal.negate(a);
  if (a instanceof Double) return new Double(-a.n);
  if (typeof a === 'bigint') return -a;
  if (a instanceof Float) return new Float(-a.n);
  if (a instanceof Short) return new Short(-a.n);
  if (a instanceof Byte) return new Byte(-a.n);
  level(a);
  return -intValue(a) | 0;
}

/** `+a` */
export function unaryPlus(a: Value): Value {
  level(a);
  return a;
}

/** `a.next()`, `++`: one more by `NumberMath`, so a Short becomes an Integer; a Character the one after it. */
export function next(a: Value): Value {
  if (typeof a === 'number') return (a + 1) | 0;
  if (a instanceof Character) return new Character(a.code + 1);
  return plusOthers(a, 1);
}
/** `a.previous()`, `--` */
export function previous(a: Value): Value {
  if (typeof a === 'number') return (a - 1) | 0;
  if (a instanceof Character) return new Character(a.code - 1);
  return minusOthers(a, 1);
}

/** `<=>` on numbers by value across their types; Characters count as their code. -1, 0 or 1. */
export function compareNumbers(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? (a < b ? -1 : a > b ? 1 : 0) : compareOthers(a, b);
}
function compareOthers(a: Value, b: Value): number {
  a = uncharactered(a);
  b = uncharactered(b);
  switch (Math.max(level(a), level(b))) {
    case INTEGER:
      return order(intValue(a), intValue(b));
    case LONG:
      return order(longValue(a).n, longValue(b).n);
    case BIG_INTEGER:
      return order(wholeValue(a), wholeValue(b));
    case BIG_DECIMAL:
      return decimal.compare(decimalValue(a), decimalValue(b));
    default:
      return compareDoubles(doubleValue(a), doubleValue(b));
  }
}
function order(x: number | bigint, y: number | bigint): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `==` on numbers: by value, so 1 == 1.0; NaN equals NaN, and 0.0 does not equal -0.0 (Double.compare). */
export function numbersEqual(a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a === b : compareOthers(a, b) === 0;
}

/** `NumberMath.abs` */
export function absolute(a: Value): Value {
  switch (level(a)) {
    case INTEGER: {
      const n = intValue(a);
      return n < 0 ? -n | 0 : n;
    }
    case LONG: {
      const n = longValue(a);
      return n.n < 0 ? negate(n) : n;
    }
    case BIG_INTEGER:
      return (a as bigint) < 0n ? -(a as bigint) : a;
    case BIG_DECIMAL:
      return decimal.absolute(a as BigDecimal);
    default:
      return new Double(Math.abs(doubleValue(a)));
  }
}
