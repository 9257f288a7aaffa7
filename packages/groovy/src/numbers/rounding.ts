/** How java.math rounds. */
import { JavaThrowable } from '../runtime/values.ts';
import { abs } from './magnitude.ts';

/** Ordinals of RoundingMode, which are BigDecimal's `ROUND_…` constants too. */
export const UP = 0,
  DOWN = 1,
  CEILING = 2,
  FLOOR = 3,
  HALF_UP = 4,
  HALF_DOWN = 5,
  HALF_EVEN = 6,
  UNNECESSARY = 7;
export const ROUNDING_NAMES: readonly string[] = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'];

/** Precision 0 means unlimited. */
export interface RoundingContext {
  readonly precision: number;
  readonly mode: number;
}

/** n / d as a whole number. The divisor must not be zero. Throws ArithmeticException where UNNECESSARY is wrong. */
export function divideRounded(n: bigint, d: bigint, mode: number): bigint {
  const q = n / d,
    r = n % d;
  if (r === 0n) return q;
  const sign = n < 0n === d < 0n ? 1n : -1n;
  return awayFromZero(mode, sign > 0n, q, 2n * abs(r) - abs(d)) ? q + sign : q;
}

/** `half` compares the remainder with one half: below, at or above 0. */
function awayFromZero(mode: number, positive: boolean, q: bigint, half: bigint): boolean {
  switch (mode) {
    case UP:
      return true;
    case DOWN:
      return false;
    case CEILING:
      return positive;
    case FLOOR:
      return !positive;
    case UNNECESSARY:
      throw new JavaThrowable('java.lang.ArithmeticException', 'Rounding necessary');
  }
  if (half !== 0n) return half > 0n;
  return mode === HALF_UP || (mode === HALF_EVEN && (q & 1n) === 1n);
}
