/** `& | ^ ~ << >> >>>` on whole numbers, after NumberMath; what it refuses (decimals, shifts of BigIntegers) is refused here. */

import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { BIG_DECIMAL, BIG_INTEGER, FLOATING, INTEGER, LONG, level, numberClassName, numberText, unsupported } from './arithmetic.ts';
import { Long } from './boxes.ts';
import { intValue, longValue, wholeValue } from './number-values.ts';

export function and(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a & b;
  switch (bitLevel(a, b, 'and()')) {
    case INTEGER:
      return intValue(a) & intValue(b);
    case LONG:
      return longBits(
        a,
        b,
        (x, y) => x & y,
        (x, y) => x & y,
      );
    default:
      return wholeValue(a) & wholeValue(b);
  }
}
export function or(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a | b;
  switch (bitLevel(a, b, 'or()')) {
    case INTEGER:
      return intValue(a) | intValue(b);
    case LONG:
      return longBits(
        a,
        b,
        (x, y) => x | y,
        (x, y) => x | y,
      );
    default:
      return wholeValue(a) | wholeValue(b);
  }
}
export function xor(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a ^ b;
  switch (bitLevel(a, b, 'xor()')) {
    case INTEGER:
      return intValue(a) ^ intValue(b);
    case LONG:
      return longBits(
        a,
        b,
        (x, y) => x ^ y,
        (x, y) => x ^ y,
      );
    default:
      return wholeValue(a) ^ wholeValue(b);
  }
}

/** Two Longs of which both lie within 32 bits need no bigint. */
function longBits(a: Value, b: Value, small: (x: number, y: number) => number, big: (x: bigint, y: bigint) => bigint): Long {
  const x = longValue(a).n;
  const y = longValue(b).n;
  return typeof x === 'number' && typeof y === 'number' && (x | 0) === x && (y | 0) === y ? Long.of(small(x, y)) : Long.of(big(BigInt(x), BigInt(y)));
}

/** `~a` */
export function bitwiseNegate(a: Value): Value {
  switch (bitLevel(a, a, 'bitwiseNegate()')) {
    case INTEGER:
      return ~intValue(a);
    case LONG:
      return Long.of(~longValue(a).big());
    default:
      return ~wholeValue(a);
  }
}

function bitLevel(a: Value, b: Value, operation: string): number {
  const kind = Math.max(level(a), level(b));
  if (kind >= BIG_DECIMAL) throw unsupported(operation, a);
  return kind;
}

/** `<<`: by the low five bits of the distance for an Integer, six for a Long. */
export function leftShift(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a << b;
  const d = distance(a, b, 'leftShift()');
  if (level(a) !== LONG) return intValue(a) << d;
  const { n } = longValue(a);
  // Up to 2^53 a power of two multiplies exactly.
  const places = d & 63;
  if (typeof n === 'number' && places < 22 && Math.abs(n) < 2 ** 31) return Long.of(n * 2 ** places);
  return Long.of(BigInt(n) << BigInt(places));
}
export function rightShift(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a >> b;
  const d = distance(a, b, 'rightShift()');
  if (level(a) !== LONG) return intValue(a) >> d;
  const { n } = longValue(a);
  const places = d & 63;
  return typeof n === 'number' ? Long.of(Math.floor(n / 2 ** places)) : Long.of(n >> BigInt(places));
}
/** `>>>`: an Integer stays one, so `-1 >>> 0` is -1. */
export function rightShiftUnsigned(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return (a >>> b) | 0;
  const d = distance(a, b, 'rightShiftUnsigned()');
  return level(a) === LONG ? Long.of(BigInt.asUintN(64, longValue(a).big()) >> BigInt(d & 63)) : (intValue(a) >>> d) | 0;
}

function distance(a: Value, b: Value, operation: string): number {
  if (level(b) >= BIG_DECIMAL) {
    throw new JavaThrowable(
      'java.lang.UnsupportedOperationException',
      `Shift distance must be an integral type, but ${numberText(b)} (${numberClassName(b)}) was supplied`,
    );
  }
  const kind = level(a);
  if (kind === BIG_INTEGER || kind === BIG_DECIMAL || kind === FLOATING) throw unsupported(operation, a);
  return intValue(b);
}
