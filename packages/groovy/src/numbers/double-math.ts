/** Where java.lang.Math and JavaScript's Math part. What both have of the same library (asin, sinh, log1p …) is taken from JavaScript. */
import { pow } from './precise-math.ts';

/** `Math.pow`. */
export function javaPow(base: number, exponent: number): number {
  // Whole powers, the usual ones, quickly and exactly.
  if (Number.isInteger(exponent) && exponent >= 0 && exponent <= 64 && Number.isSafeInteger(base)) {
    return Number(BigInt(base) ** BigInt(exponent)) * (Object.is(base, -0) && exponent % 2 === 1 ? -1 : 1);
  }
  if (Number.isInteger(exponent) && base === 10 && Math.abs(exponent) < 400) return Number(`1e${exponent}`);
  return pow(base, exponent);
}

/** `Math.rint`: to the nearest whole number, ties to the even one. */
export function rint(d: number): number {
  const floor = Math.floor(d),
    rest = d - floor;
  if (!Number.isFinite(d) || rest === 0) return d;
  const r = rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
  return r === 0 && d < 0 ? -0 : r;
}

/** `Math.round` before the conversion to long or int: floor(d + 1/2) without the addition's rounding. */
export function roundHalfUp(d: number): number {
  const floor = Math.floor(d);
  return d - floor >= 0.5 ? floor + 1 : floor;
}

/** `Math.IEEEremainder`: what is left of x after the nearest multiple of y, the even one at a tie; exact. */
export function ieeeRemainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y) || !Number.isFinite(x) || y === 0) return NaN;
  if (!Number.isFinite(y)) return x;
  const p = Math.abs(y);
  let r = Math.abs(x);
  if (p <= Number.MAX_VALUE / 2) r %= 2 * p;
  // 0 ≤ r < 2p: take p away where more than its half is left; r - p is exact there, and p / 2 may not be.
  if (r - p > -r) {
    r -= p;
    if (r - p >= -r) r -= p;
  }
  if (x < 0 || Object.is(x, -0)) r = -r;
  return r;
}
