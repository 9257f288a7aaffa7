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
      return Long.of(longValue(a).big() & longValue(b).big());
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
      return Long.of(longValue(a).big() | longValue(b).big());
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
      return Long.of(longValue(a).big() ^ longValue(b).big());
    default:
      return wholeValue(a) ^ wholeValue(b);
  }
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
  return level(a) === LONG ? Long.of(longValue(a).big() << BigInt(d & 63)) : intValue(a) << d;
}
export function rightShift(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a >> b;
  const d = distance(a, b, 'rightShift()');
  return level(a) === LONG ? Long.of(longValue(a).big() >> BigInt(d & 63)) : intValue(a) >> d;
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
