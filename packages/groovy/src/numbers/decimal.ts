/** The arithmetic of java.math.BigDecimal: value, scale and failures as its documentation gives them. */
import { JavaThrowable } from '../runtime/values.ts';
import { BigDecimal } from './boxes.ts';
import { compareDecimals, parseDecimal } from './decimal-text.ts';
import { abs, checkQuadratic, digitCount, multiplyWhole, pow10, powWhole } from './magnitude.ts';
import type { RoundingContext } from './rounding.ts';
import { DOWN, divideRounded, UNNECESSARY } from './rounding.ts';

const INT_MAX = 2147483647,
  INT_MIN = -2147483648;

export function arithmeticFailure(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.ArithmeticException', message);
}

/** A zero's scale is brought into range, any other's must be in it. */
function make(unscaled: bigint, scale: number): BigDecimal {
  if (scale > INT_MAX || scale < INT_MIN) {
    if (unscaled !== 0n) throw arithmeticFailure(scale > 0 ? 'Underflow' : 'Overflow');
    scale = scale > 0 ? INT_MAX : INT_MIN;
  }
  return new BigDecimal(unscaled, scale);
}
function saturate(scale: number): number {
  return Math.min(INT_MAX, Math.max(INT_MIN, scale));
}

/** `new BigDecimal(String)` */
export function decimalOf(text: string): BigDecimal {
  const { unscaled, scale } = parseDecimal(text);
  return new BigDecimal(unscaled, scale);
}

/** `new BigDecimal(double)`: the exact value. Throws NumberFormatException for NaN and infinities. */
export function decimalOfDouble(value: number): BigDecimal {
  if (!Number.isFinite(value)) throw new JavaThrowable('java.lang.NumberFormatException', 'Infinite or NaN');
  let places = 0;
  // Doubling is exact, and ends: below one there are at most 1,074 binary places.
  while (value !== Math.trunc(value)) {
    value *= 2;
    places++;
  }
  return new BigDecimal(BigInt(value) * 5n ** BigInt(places), places);
}

export function precision(a: BigDecimal): number {
  return digitCount(a.unscaled);
}
export function signum(a: BigDecimal): number {
  return a.unscaled > 0n ? 1 : a.unscaled < 0n ? -1 : 0;
}
export function compare(a: BigDecimal, b: BigDecimal): number {
  return compareDecimals(a.unscaled, a.scale, b.unscaled, b.scale);
}
export function negate(a: BigDecimal): BigDecimal {
  return new BigDecimal(-a.unscaled, a.scale);
}
export function absolute(a: BigDecimal): BigDecimal {
  return a.unscaled < 0n ? negate(a) : a;
}

export function add(a: BigDecimal, b: BigDecimal): BigDecimal {
  if (a.scale === b.scale) return new BigDecimal(a.unscaled + b.unscaled, a.scale);
  return a.scale > b.scale
    ? new BigDecimal(a.unscaled + raise(b.unscaled, a.scale - b.scale), a.scale)
    : new BigDecimal(raise(a.unscaled, b.scale - a.scale) + b.unscaled, b.scale);
}
export function subtract(a: BigDecimal, b: BigDecimal): BigDecimal {
  return add(a, negate(b));
}
export function multiply(a: BigDecimal, b: BigDecimal): BigDecimal {
  return make(multiplyWhole(a.unscaled, b.unscaled), a.scale + b.scale);
}

function raise(n: bigint, places: number): bigint {
  return n === 0n ? 0n : multiplyWhole(n, pow10(places));
}

/** Rounds to the context's precision. */
export function round(a: BigDecimal, mc: RoundingContext): BigDecimal {
  if (mc.precision === 0) return a;
  let { unscaled, scale } = a;
  // Rounding 99.9 up gains a digit, hence the loop.
  for (let drop = digitCount(unscaled) - mc.precision; drop > 0; drop = digitCount(unscaled) - mc.precision) {
    unscaled = divideRounded(unscaled, pow10(drop), mc.mode);
    scale -= drop;
  }
  return make(unscaled, scale);
}

export function setScale(a: BigDecimal, scale: number, mode: number): BigDecimal {
  if (scale === a.scale) return a;
  if (scale > a.scale) return new BigDecimal(raise(a.unscaled, scale - a.scale), scale);
  const drop = a.scale - scale;
  if (drop > INT_MAX && a.unscaled !== 0n) throw arithmeticFailure('Underflow');
  // Far below one half there is no need to make the power.
  if (drop > digitCount(a.unscaled) + 1) return new BigDecimal(a.unscaled === 0n ? 0n : divideRounded(a.unscaled < 0n ? -1n : 1n, 1000n, mode), scale);
  return new BigDecimal(divideRounded(a.unscaled, pow10(drop), mode), scale);
}

/** Drops zeros from the end while the scale is above the preferred one. */
function stripTo(a: BigDecimal, preferred: number): BigDecimal {
  let { unscaled, scale } = a;
  if (unscaled === 0n || scale <= preferred || unscaled % 10n !== 0n) return a;
  const digits = unscaled.toString();
  let zeros = 0;
  while (digits.charCodeAt(digits.length - 1 - zeros) === 48 && scale > preferred) {
    zeros++;
    scale--;
  }
  unscaled = BigInt(digits.slice(0, digits.length - zeros));
  return new BigDecimal(unscaled, scale);
}
export function stripTrailingZeros(a: BigDecimal): BigDecimal {
  return a.unscaled === 0n ? new BigDecimal(0n, 0) : stripTo(a, INT_MIN);
}

function checkDivisor(a: BigDecimal, b: BigDecimal): void {
  if (b.unscaled === 0n) throw arithmeticFailure(a.unscaled === 0n ? 'Division undefined' : 'Division by zero');
}

/** The exact quotient, with the preferred scale (the scales' difference) or the smallest that holds it. */
export function divide(a: BigDecimal, b: BigDecimal): BigDecimal {
  const q = divideExactly(a, b);
  if (q === null) throw arithmeticFailure('Non-terminating decimal expansion; no exact representable decimal result.');
  return q;
}

/** null where the expansion has no end. */
export function divideExactly(a: BigDecimal, b: BigDecimal): BigDecimal | null {
  checkDivisor(a, b);
  const preferred = saturate(a.scale - b.scale);
  if (a.unscaled === 0n) return new BigDecimal(0n, preferred);
  let n = a.unscaled,
    d = b.unscaled;
  if (d < 0n) {
    n = -n;
    d = -d;
  }
  if (n % d === 0n) return new BigDecimal(n / d, preferred);
  const divisor = gcd(abs(n), d);
  n /= divisor;
  d /= divisor;
  // What is left below the line must be made of twos and fives.
  let twos = 0,
    fives = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    twos++;
  }
  while (d % 5n === 0n) {
    d /= 5n;
    fives++;
  }
  if (d !== 1n) return null;
  const places = Math.max(twos, fives);
  return make(n * 2n ** BigInt(places - twos) * 5n ** BigInt(places - fives), preferred + places);
}

export function gcd(a: bigint, b: bigint): bigint {
  checkQuadratic(a);
  checkQuadratic(b);
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The quotient with so many digits; an exact one loses zeros down to the preferred scale. */
export function divideRoundedTo(a: BigDecimal, b: BigDecimal, mc: RoundingContext): BigDecimal {
  if (mc.precision === 0) return divide(a, b);
  checkDivisor(a, b);
  const preferred = a.scale - b.scale;
  if (a.unscaled === 0n) return new BigDecimal(0n, saturate(preferred));
  // Scaled so that the quotient has the wanted number of digits.
  const digitsA = digitCount(a.unscaled);
  let digitsB = digitCount(b.unscaled);
  if (compareDecimals(abs(a.unscaled), digitsA, abs(b.unscaled), digitsB) > 0) digitsB -= 1;
  const shift = mc.precision + digitsB - digitsA;
  const n = shift > 0 ? raise(a.unscaled, shift) : a.unscaled;
  const d = shift < 0 ? raise(b.unscaled, -shift) : b.unscaled;
  const exact = n % d === 0n;
  const q = make(divideRounded(n, d, mc.mode), preferred + shift);
  return round(exact ? stripTo(q, saturate(preferred)) : q, mc);
}

/** The quotient with a given scale. */
export function divideToScale(a: BigDecimal, b: BigDecimal, scale: number, mode: number): BigDecimal {
  const shift = scale + b.scale - a.scale;
  if (b.unscaled === 0n) {
    // Java divides in a long while the scaled number fits one, and each kind of division has its message.
    const fits =
      shift <= 0
        ? BigInt.asIntN(64, a.unscaled) === a.unscaled
        : a.unscaled === 0n || (shift <= 18 && BigInt.asIntN(64, raise(a.unscaled, shift)) === raise(a.unscaled, shift));
    throw arithmeticFailure(fits ? '/ by zero' : 'BigInteger divide by zero');
  }
  return shift >= 0
    ? new BigDecimal(divideRounded(raise(a.unscaled, shift), b.unscaled, mode), scale)
    : new BigDecimal(divideRounded(a.unscaled, raise(b.unscaled, -shift), mode), scale);
}

export function divideToIntegralValue(a: BigDecimal, b: BigDecimal): BigDecimal {
  const preferred = saturate(a.scale - b.scale);
  if (b.unscaled !== 0n && compareDecimals(abs(a.unscaled), a.scale, abs(b.unscaled), b.scale) < 0) return new BigDecimal(0n, preferred);
  if (a.unscaled === 0n && b.unscaled !== 0n) return setScale(a, preferred, UNNECESSARY);
  const digits = precision(a) + Math.ceil((10 * precision(b)) / 3) + Math.abs(a.scale - b.scale) + 2;
  let q = divideRoundedTo(a, b, { precision: Math.min(digits, INT_MAX), mode: DOWN });
  if (q.scale > 0) q = stripTo(setScale(q, 0, DOWN), preferred);
  return q.scale < preferred ? setScale(q, preferred, UNNECESSARY) : q;
}

export function remainder(a: BigDecimal, b: BigDecimal): BigDecimal {
  return subtract(a, multiply(divideToIntegralValue(a, b), b));
}

export function pow(a: BigDecimal, n: number): BigDecimal {
  if (n < 0 || n > 999999999) throw arithmeticFailure('Invalid operation');
  return make(powWhole(a.unscaled, n), a.scale * n);
}

/** The power of ANSI X3.274, with some digits more on the way. */
export function powRounded(a: BigDecimal, n: number, mc: RoundingContext): BigDecimal {
  if (mc.precision === 0) return pow(a, n);
  if (n < -999999999 || n > 999999999) throw arithmeticFailure('Invalid operation');
  if (n === 0) return new BigDecimal(1n, 0);
  const magnitude = Math.abs(n);
  const length = digitCount(BigInt(magnitude));
  if (length > mc.precision) throw arithmeticFailure('Invalid operation');
  const working = { precision: mc.precision + length + 1, mode: mc.mode };
  let acc = new BigDecimal(1n, 0);
  for (let bit = 31 - Math.clz32(magnitude); bit >= 0; bit--) {
    acc = round(multiply(acc, acc), working);
    if ((magnitude >>> bit) & 1) acc = round(multiply(acc, a), working);
  }
  if (n < 0) acc = divideRoundedTo(new BigDecimal(1n, 0), acc, working);
  return round(acc, mc);
}

/** `scaleByPowerOfTen` */
export function scaleByPowerOfTen(a: BigDecimal, n: number): BigDecimal {
  return make(a.unscaled, a.scale - n);
}
/** `movePointLeft(n)`; to the right with a negative n. The scale never ends negative. */
export function movePoint(a: BigDecimal, left: number): BigDecimal {
  if (left === 0) return a;
  const moved = make(a.unscaled, a.scale + left);
  return moved.scale < 0 ? setScale(moved, 0, UNNECESSARY) : moved;
}

/** `toBigInteger`: the fraction is dropped. */
export function toWhole(a: BigDecimal): bigint {
  return a.scale === 0 ? a.unscaled : a.scale < 0 ? raise(a.unscaled, -a.scale) : a.scale > digitCount(a.unscaled) ? 0n : a.unscaled / pow10(a.scale);
}
