/** BigDecimals as text and in order, on their two parts, so that `boxes.ts` can be made of it. */
import { JavaThrowable } from '../runtime/values.ts';
import { checkDigits, digitCount, pow10 } from './magnitude.ts';

/** `BigDecimal.toString`: plain where the scale is not negative and the value not below 10^-6, otherwise scientific. */
export function decimalToString(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString();
  const adjusted = digits.length - 1 - scale;
  let text: string;
  if (scale > 0 && adjusted >= -6) text = placePoint(digits, scale);
  else {
    text = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    if (adjusted !== 0) text += `E${adjusted > 0 ? '+' : ''}${adjusted}`;
  }
  return negative ? `-${text}` : text;
}

/** `BigDecimal.toEngineeringString`: the exponent is a multiple of three. */
export function decimalToEngineeringString(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString();
  let adjusted = digits.length - 1 - scale;
  let text: string;
  if (scale > 0 && adjusted >= -6) text = placePoint(digits, scale);
  else {
    let sig = adjusted % 3;
    if (sig < 0) sig += 3;
    adjusted -= sig;
    sig++;
    if (unscaled === 0n) {
      if (sig === 1) text = digits;
      else if (sig === 2) {
        text = '0.00';
        adjusted += 3;
      } else {
        text = '0.0';
        adjusted += 3;
      }
    } else if (sig >= digits.length) text = digits.padEnd(sig, '0');
    else text = `${digits.slice(0, sig)}.${digits.slice(sig)}`;
    if (adjusted !== 0) text += `E${adjusted > 0 ? '+' : ''}${adjusted}`;
  }
  return negative ? `-${text}` : text;
}

/** `BigDecimal.toPlainString`. */
export function decimalToPlainString(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString();
  checkDigits(Math.abs(scale));
  if (scale < 0) return unscaled === 0n ? '0' : unscaled.toString() + '0'.repeat(-scale);
  const text = placePoint(digits, scale);
  return negative ? `-${text}` : text;
}

function placePoint(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, padded.length - scale)}.${padded.slice(padded.length - scale)}`;
}

/** -1, 0 or 1 by value. */
export function compareDecimals(a: bigint, scaleA: number, b: bigint, scaleB: number): number {
  if (scaleA === scaleB) return a < b ? -1 : a > b ? 1 : 0;
  const signA = a < 0n ? -1 : a > 0n ? 1 : 0;
  const signB = b < 0n ? -1 : b > 0n ? 1 : 0;
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  // The leading digits' places tell most pairs apart without large powers.
  const topA = digitCount(a) - scaleA,
    topB = digitCount(b) - scaleB;
  if (topA !== topB) return topA < topB ? -signA : signA;
  if (scaleA < scaleB) a *= pow10(scaleB - scaleA);
  else b *= pow10(scaleA - scaleB);
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * `new BigDecimal(String)`: digits with a point and an exponent, nothing else (no spaces, no type letter).
 * Throws NumberFormatException with Java's message.
 */
export function parseDecimal(text: string): { readonly unscaled: bigint; readonly scale: number } {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?0*\d{1,10}))?$/.exec(text);
  const whole = found?.[2] ?? '',
    fraction = found?.[3] ?? '';
  if (found === null || (whole === '' && fraction === '')) throw new JavaThrowable('java.lang.NumberFormatException', decimalComplaint(text));
  checkDigits(whole.length + fraction.length);
  const magnitude = BigInt(whole + fraction);
  const exponent = Number(found[4] ?? '0');
  if (Math.abs(exponent) > 2147483648 || exponent === 2147483648) throw new JavaThrowable('java.lang.NumberFormatException', 'Exponent overflow.');
  const scale = fraction.length - exponent;
  if (scale > 2147483647 || scale < -2147483648) throw new JavaThrowable('java.lang.NumberFormatException', 'Scale out of range.');
  return { unscaled: found[1] === '-' ? -magnitude : magnitude, scale: scale + 0 };
}

/** Why Java refuses the text; often it gives no message. */
function decimalComplaint(text: string): string | null {
  if (text === '') return null;
  const body = text.replace(/^[+-]/, '');
  let seenPoint = false,
    seenDigit = false;
  for (let i = 0; i < body.length; i++) {
    const c = body[i] as string;
    if (c >= '0' && c <= '9') {
      seenDigit = true;
      continue;
    }
    if (c === '.') {
      if (seenPoint) return 'Character array contains more than one decimal point.';
      seenPoint = true;
      continue;
    }
    if (c === 'e' || c === 'E') {
      const exponent = body.slice(i + 1).replace(/^[+-]/, '');
      if (exponent === '') return null;
      if (exponent.length > 10 && exponent[0] !== '0') return 'Too many nonzero exponent digits.';
      return /^\d+$/.test(exponent) ? 'No digits found.' : 'Not a digit.';
    }
    return `Character ${c} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`;
  }
  return seenDigit ? null : 'No digits found.';
}
