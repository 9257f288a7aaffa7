/**
 * exp, log, pow and the like, rounded once from a value with some 140 bits to spare. Java's versions of these are the
 * processor maker's, which are right in nearly every last bit; JavaScript's differ from them, and between engines. A
 * call takes some tens of microseconds.
 */
import { doubleBits } from './bits.ts';

/** Fixed point: 200 bits after the point. */
const P = 200n;
const ONE = 1n << P;
const LN2 = seriesLog(2n * ONE);
const LN10 = 3n * LN2 + seriesLog((10n * ONE) / 8n);
const HALF_PI = 2n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));

/** ln of a fixed-point number around 1, by the series of the area tangent. */
function seriesLog(x: bigint): bigint {
  const y = ((x - ONE) << P) / (x + ONE);
  const square = (y * y) >> P;
  let sum = 0n;
  for (let term = y, n = 1n; term !== 0n && term !== -1n; term = (term * square) >> P, n += 2n) sum += term / n;
  return 2n * sum;
}
function arctanOfInverse(n: bigint): bigint {
  let sum = 0n;
  for (let term = ONE / n, k = 1n, sign = 1n; term !== 0n; term /= n * n, k += 2n, sign = -sign) sum += (sign * term) / k;
  return sum;
}

/** A positive or negative finite double as mantissa × 2^exponent. */
function split(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = doubleBits(Math.abs(x));
  const raw = Number(bits >> 52n);
  const mantissa = (bits & 0xfffffffffffffn) | (raw === 0 ? 0n : 1n << 52n);
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(raw, 1) - 1075 };
}
function shift(n: bigint, by: number): bigint {
  return by >= 0 ? n << BigInt(by) : n >> BigInt(-by);
}
function fixed(x: number): bigint {
  const { mantissa, exponent } = split(x);
  return shift(mantissa, exponent + Number(P));
}
/** To the nearest double; the power of two goes in two steps, as one alone may be out of range. */
function unfixed(n: bigint, power = 0): number {
  const value = Number(n),
    total = power - Number(P);
  const half = Math.trunc(total / 2);
  return value * 2 ** half * 2 ** (total - half);
}

function logFixed(x: number): bigint {
  const { mantissa, exponent } = split(x);
  const length = mantissa.toString(2).length;
  // In [0.75, 1.5), so that nothing cancels near 1.
  let m = mantissa << (P - BigInt(length - 1));
  let power = exponent + length - 1;
  if (m >= (3n * ONE) / 2n) {
    m >>= 1n;
    power++;
  }
  return BigInt(power) * LN2 + seriesLog(m);
}

/** e^x for a fixed-point x; null where the result is out of a double's usual range. */
function expFixed(x: bigint): number | null {
  const k = (x + LN2 / 2n) / LN2 - (x + LN2 / 2n < 0n ? 1n : 0n);
  if (k > 1020n || k < -1020n) return null;
  const r = x - k * LN2;
  let sum = ONE;
  for (let term = r, n = 2n; term !== 0n && term !== -1n; term = ((term * r) >> P) / n, n++) sum += term;
  return unfixed(sum, Number(k));
}

/** Of a moderate size, where the fixed-point form holds enough of it. */
function isModerate(x: number): boolean {
  const a = Math.abs(x);
  return a > 2 ** -26 && a < 2 ** 40;
}

export function exp(x: number): number {
  return isModerate(x) && Math.abs(x) < 700 ? (expFixed(fixed(x)) ?? Math.exp(x)) : Math.exp(x);
}
export function log(x: number): number {
  return x > 0 && x < Infinity ? unfixed(logFixed(x)) : Math.log(x);
}
export function log10(x: number): number {
  return x > 0 && x < Infinity ? unfixed((logFixed(x) << P) / LN10) : Math.log10(x);
}

export function pow(x: number, y: number): number {
  if (x === 0 || y === 0 || x === 1 || !Number.isFinite(x) || !isModerate(y)) return x ** y;
  if (x < 0 && !Number.isInteger(y)) return NaN;
  const magnitude = expFixed((logFixed(Math.abs(x)) * fixed(y)) >> P);
  if (magnitude === null) return x ** y;
  return x < 0 && y % 2 !== 0 ? -magnitude : magnitude;
}

/** The sine and cosine as fixed-point numbers, by the rest after whole quarters of the circle. */
function sinCos(x: number): readonly [sin: bigint, cos: bigint] {
  const angle = fixed(x);
  const twice = 2n * angle + HALF_PI;
  const quarters = twice / (2n * HALF_PI) - (twice < 0n ? 1n : 0n);
  const r = angle - quarters * HALF_PI;
  let sin = 0n,
    cos = 0n;
  for (let term = ONE, n = 0n; term !== 0n && term !== -1n; n++, term = ((term * r) >> P) / n) {
    switch (n & 3n) {
      case 0n:
        cos += term;
        break;
      case 1n:
        sin += term;
        break;
      case 2n:
        cos -= term;
        break;
      default:
        sin -= term;
    }
  }
  switch (quarters & 3n) {
    case 0n:
      return [sin, cos];
    case 1n:
      return [cos, -sin];
    case 2n:
      return [-sin, -cos];
    default:
      return [-cos, sin];
  }
}
export function sin(x: number): number {
  return isModerate(x) ? unfixed(sinCos(x)[0]) : Math.sin(x);
}
export function cos(x: number): number {
  return isModerate(x) ? unfixed(sinCos(x)[1]) : Math.cos(x);
}
export function tan(x: number): number {
  if (!isModerate(x)) return Math.tan(x);
  const [s, c] = sinCos(x);
  return unfixed((s << P) / c);
}

/** floor of the n-th root. */
function root(value: bigint, n: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(value.toString(2).length / Number(n)));
  for (;;) {
    const y = ((n - 1n) * x + value / x ** (n - 1n)) / n;
    if (y >= x) return x;
    x = y;
  }
}
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const { mantissa, exponent } = split(Math.abs(x));
  // The exponent as a multiple of three, and enough bits under the root.
  const extra = 180 + (((exponent % 3) + 3) % 3);
  const under = mantissa << BigInt(extra);
  const whole = root(under, 3n);
  // A last bit for what the root cuts off, so that it is not taken for a tie.
  const value = whole * 2n + (whole ** 3n === under ? 0n : 1n);
  const answer = Number(value) * 2 ** ((exponent - extra) / 3 - 1);
  return x < 0 ? -answer : answer;
}
export function hypot(a: number, b: number): number {
  const x = Math.max(Math.abs(a), Math.abs(b)),
    y = Math.min(Math.abs(a), Math.abs(b));
  if (!Number.isFinite(x) || Number.isNaN(y) || y === 0 || x / y > 2 ** 60) return Math.hypot(a, b);
  const p = split(x),
    q = split(y);
  const low = Math.min(p.exponent, q.exponent);
  const sum = shift(p.mantissa, p.exponent - low) ** 2n + shift(q.mantissa, q.exponent - low) ** 2n;
  const under = sum << 128n;
  const whole = root(under, 2n);
  const value = whole * 2n + (whole * whole === under ? 0n : 1n);
  const half = Math.trunc((low - 65) / 2);
  return Number(value) * 2 ** half * 2 ** (low - 65 - half);
}
