/**
 * Powers and sizes of whole numbers, with the limits that keep one expression of a script from holding the machine for
 * more than some tens of milliseconds: a number may have 2^20 bits, some 315,000 decimal digits. Java's own limit is
 * 2^31 bits; the failure is the same.
 */
import { JavaThrowable } from '../runtime/values.ts';

/** The largest whole number's length. */
export const MAX_BITS = 1 << 20;
/** For what takes quadratic time (divisors, roots), and for what takes cubic time (powers of a modulus, primes). */
const MAX_QUADRATIC_BITS = 1 << 16,
  MAX_CUBIC_BITS = 1 << 12;
const MAX_DIGITS = Math.floor(MAX_BITS * Math.LOG10E * Math.LN2);

export function tooLarge(): JavaThrowable {
  return new JavaThrowable('java.lang.ArithmeticException', 'BigInteger would overflow supported range');
}

/** Refuses operands that a method of quadratic time would work on for too long. */
export function checkQuadratic(n: bigint): void {
  if (bitLength(n) > MAX_QUADRATIC_BITS) throw tooLarge();
}
export function checkCubic(n: bigint): void {
  if (bitLength(n) > MAX_CUBIC_BITS) throw tooLarge();
}

/** 10^n for n ≥ 0. Throws ArithmeticException beyond the limit. */
export function pow10(n: number): bigint {
  if (n > MAX_DIGITS) throw tooLarge();
  return 10n ** BigInt(n);
}

export function checkDigits(n: number): void {
  if (n > MAX_DIGITS) throw tooLarge();
}

export function abs(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** `BigInteger.bitLength`: bits of the two's complement form without the sign. */
export function bitLength(n: bigint): number {
  const magnitude = n < 0n ? ~n : n;
  if (magnitude === 0n) return 0;
  const hex = magnitude.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0] as string, 16)) - 28);
}

function isSmall(n: bigint): boolean {
  return n < 0x1_0000_0000_0000_0000n && n > -0x1_0000_0000_0000_0000n;
}

export function multiplyWhole(a: bigint, b: bigint): bigint {
  if (!isSmall(a) && !isSmall(b) && bitLength(a) + bitLength(b) > MAX_BITS) throw tooLarge();
  return a * b;
}

/** base^exponent for exponent ≥ 0. */
export function powWhole(base: bigint, exponent: number): bigint {
  if (base !== 0n && base !== 1n && base !== -1n && (bitLength(abs(base)) - 1) * exponent > MAX_BITS) throw tooLarge();
  return base ** BigInt(exponent);
}

export function shiftLeftWhole(n: bigint, distance: number): bigint {
  if (n !== 0n && distance + bitLength(n) > MAX_BITS) throw tooLarge();
  return distance >= 0 ? n << BigInt(distance) : n >> BigInt(-distance);
}

/** How many decimal digits, as `BigDecimal.precision`: 1 for zero. */
export function digitCount(n: bigint): number {
  if (n < 0n) n = -n;
  if (n < 9007199254740992n) {
    let v = Number(n),
      count = 1;
    while (v >= 10) {
      v = Math.floor(v / 10);
      count++;
    }
    return count;
  }
  return n.toString().length;
}
