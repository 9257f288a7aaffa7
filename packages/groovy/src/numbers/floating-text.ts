/**
 * `Double.toString` and `Float.toString` as every Java up to 18 writes them: digits are generated one by one until
 * they tell the number from its neighbours (Steele and White's method with fixed stopping rules), which now and then
 * gives more digits than the shortest that would do: 1e23 is "9.999999999999999E22". Java 19 changed that; scripts that
 * run on Jenkins' usual Javas see the digits of this file.
 */
import { doubleBits, floatBits } from './bits.ts';

/** digits d1d2d3… and an exponent: the value is 0.d1d2d3… × 10^exponent. */
export interface DecimalDigits {
  readonly digits: string;
  readonly exponent: number;
}

const SHIFT = 52;

export function doubleToString(value: number): string {
  // Whole numbers of moderate size, the most frequent ones, are their own digits.
  if (value === Math.trunc(value) && Math.abs(value) < 1e7 && value !== 0) return `${value}.0`;
  return special(value) ?? layOut(value < 0, doubleDigits(Math.abs(value), true));
}

export function floatToString(value: number): string {
  if (value === Math.trunc(value) && Math.abs(value) < 1e7 && value !== 0) return `${value}.0`;
  return special(value) ?? layOut(value < 0, floatDigits(Math.abs(value)));
}

function special(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  return null;
}

/** Plain between 10^-3 and 10^7, otherwise with an exponent; at least one digit on both sides of the point. */
function layOut(negative: boolean, { digits, exponent }: DecimalDigits): string {
  let text: string;
  if (exponent > 0 && exponent < 8) {
    text = digits.length <= exponent ? `${digits.padEnd(exponent, '0')}.0` : `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
  } else if (exponent <= 0 && exponent > -3) {
    text = `0.${'0'.repeat(-exponent)}${digits}`;
  } else {
    text = `${digits[0]}.${digits.length > 1 ? digits.slice(1) : '0'}E${exponent - 1}`;
  }
  return negative ? `-${text}` : text;
}

/** The digits of a positive finite double. `compatible` is toString's way; Formatter asks for at least two digits. */
export function doubleDigits(value: number, compatible: boolean): DecimalDigits {
  const bits = doubleBits(value);
  let fraction = bits & 0xfffffffffffffn;
  let exponent = Number((bits >> 52n) & 0x7ffn);
  let significant = SHIFT + 1;
  if (exponent === 0) {
    const length = fraction.toString(2).length;
    const shift = SHIFT + 1 - length;
    fraction <<= BigInt(shift);
    exponent = 1 - shift;
    significant = length;
  } else fraction |= 1n << 52n;
  return generate(exponent - 1023, fraction, significant, compatible);
}

/** The digits of a positive finite float. */
export function floatDigits(value: number): DecimalDigits {
  const bits = floatBits(value);
  let fraction = bits & 0x7fffff;
  let exponent = (bits >> 23) & 0xff;
  let significant = 24;
  if (exponent === 0) {
    const length = 32 - Math.clz32(fraction);
    const shift = 24 - length;
    fraction <<= shift;
    exponent = 1 - shift;
    significant = length;
  } else fraction |= 1 << 23;
  return generate(exponent - 127, BigInt(fraction) << 29n, significant, true);
}

/** `fraction` has its highest bit at 2^52; the value is fraction × 2^(exponent - 52). */
function generate(exponent: number, fraction: bigint, significant: number, compatible: boolean): DecimalDigits {
  let tail = 0;
  while ((fraction & (1n << BigInt(tail))) === 0n) tail++;
  const length = SHIFT + 1 - tail;
  const tiny = Math.max(0, length - exponent - 1);
  if (tiny === 0 && exponent <= 62) return wholeDigits(exponent, fraction, significant);

  let decimal = estimateExponent(fraction, exponent);
  // The value is B / S × 10^decimal, M is half a unit in the last place on B's scale; all as powers of two and five.
  const b5 = Math.max(0, -decimal),
    s5 = Math.max(0, decimal);
  let b2 = b5 + tiny + exponent;
  let s2 = s5 + tiny;
  let m2 = b2 - significant;
  b2 -= length - 1;
  const common = Math.min(b2, s2);
  b2 -= common;
  s2 -= common;
  m2 -= common;
  // Below a power of two the neighbour is only half as far.
  if (length === 1) m2 -= 1;
  if (m2 < 0) {
    b2 -= m2;
    s2 -= m2;
    m2 = 0;
  }
  let b = ((fraction >> BigInt(tail)) * 5n ** BigInt(b5)) << BigInt(b2);
  const s = (5n ** BigInt(s5)) << BigInt(s2);
  let m = (5n ** BigInt(b5)) << BigInt(m2);
  const tens = s * 10n;
  // Java computes in machine words where B and 10 S fit them. There a remainder exactly at the upper bound goes on, and
  // M and B + M may overflow, which shows in a few results.
  const bits = Math.max(length + b2 + bitsOfPower5(b5), s2 + 1 + bitsOfPower5(s5 + 1));
  const width = bits < 32 ? 32 : bits < 64 ? 64 : 0;

  let digits = '';
  let low = false,
    high = false;
  for (let first = true; ; first = false) {
    const q = b / s;
    b = 10n * (b % s);
    m *= 10n;
    if (width === 0) {
      low = b < m;
      high = b + m >= tens;
    } else {
      m = BigInt.asIntN(width, m);
      low = b < m;
      high = BigInt.asIntN(width, b + m) > tens;
      if (!first && m <= 0n) low = high = true;
    }
    if (first) {
      if (q === 0n && !high) decimal -= 1;
      else digits += q;
      // With an exponent there are always two digits, so the first is never the last.
      if (!compatible || decimal < -3 || decimal >= 8) high = low = false;
    } else digits += q;
    if (low || high) break;
  }
  let exp10 = decimal + 1;
  if (high) {
    const difference = 2n * b - tens;
    const up = !low || difference > 0n || (difference === 0n && (digits.charCodeAt(digits.length - 1) & 1) === 1);
    if (up) {
      const rounded = (BigInt(digits) + 1n).toString().padStart(digits.length, '0');
      if (rounded.length > digits.length) {
        digits = rounded.slice(0, digits.length);
        exp10 += 1;
      } else digits = rounded;
    }
  }
  return { digits, exponent: exp10 };
}

/** A whole number below 2^63: its own digits, rounded to those that the 53 (24) bits can tell apart. */
function wholeDigits(exponent: number, fraction: bigint, significant: number): DecimalDigits {
  let value = exponent >= SHIFT ? fraction << BigInt(exponent - SHIFT) : fraction >> BigInt(SHIFT - exponent);
  const doubtful = exponent > significant ? exponent - significant - 1 : 0;
  const drop = doubtful > 1 ? Math.floor(doubtful * Math.LOG10E * Math.LN2) : 0;
  if (drop > 0) {
    const unit = 10n ** BigInt(drop);
    const rest = value % unit;
    value /= unit;
    if (rest >= unit / 2n) value += 1n;
  }
  const text = value.toString();
  return { digits: text.replace(/0+$/, ''), exponent: text.length + drop };
}

/** A guess at floor(log10(value)) that is right or one too high. */
function estimateExponent(fraction: bigint, exponent: number): number {
  const mantissa = Number(fraction) / 2 ** SHIFT;
  return Math.floor((mantissa - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981);
}

/** How many bits 5^n takes; for large n the bound that Java reckons with. */
function bitsOfPower5(n: number): number {
  return n < 27 ? (n === 0 ? 0 : (5n ** BigInt(n)).toString(2).length) : n * 3;
}
