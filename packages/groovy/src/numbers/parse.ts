/** Numbers from text, with the syntax and the messages of Java's parse methods. */
import { JavaThrowable } from '../runtime/values.ts';
import { doubleFromBits } from './bits.ts';
import { Byte, Long, Short } from './boxes.ts';
import { decimalOf } from './decimal.ts';
import { tooLarge } from './magnitude.ts';
import { floatOfDecimal } from './number-values.ts';

export function numberFormatFailure(message: string | null): JavaThrowable {
  return new JavaThrowable('java.lang.NumberFormatException', message);
}
function badInput(text: string, radix = 10): JavaThrowable {
  return numberFormatFailure(`For input string: "${text}"${radix === 10 ? '' : ` under radix ${radix}`}`);
}

/** `Character.digit`: the digit's value, or -1. Digits of every script count, and the letters of a to z. */
export function digitValue(code: number, radix: number): number {
  let value = -1;
  if (code >= 48 && code <= 57) value = code - 48;
  else if (code >= 97 && code <= 122) value = code - 87;
  else if (code >= 65 && code <= 90) value = code - 55;
  else if (code >= 0xff21 && code <= 0xff3a) value = code - 0xff21 + 10;
  else if (code >= 0xff41 && code <= 0xff5a) value = code - 0xff41 + 10;
  else if (code > 127 && code <= 0x10ffff && isDecimalDigit(code)) {
    // Unicode's digits stand in rows of ten.
    value = 0;
    while (value < 9 && isDecimalDigit(code - value - 1)) value++;
  }
  return value < radix ? value : -1;
}
function isDecimalDigit(code: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(code));
}

/** The digits after an optional sign; undefined where the text is no such number. */
function parseWhole(text: string, radix: number): bigint | undefined {
  const sign = text[0];
  const start = sign === '-' || sign === '+' ? 1 : 0;
  if (text.length === start) return undefined;
  let value = 0;
  for (let i = start; i < text.length; i++) {
    const d = digitValue(text.charCodeAt(i), radix);
    if (d < 0) return undefined;
    value = value * radix + d;
  }
  if (value <= Number.MAX_SAFE_INTEGER) return BigInt(start === 1 && sign === '-' ? -value : value);
  // More digits than any long has need not be computed.
  if (text.replace(/^[+-]?0*/, '').length > 70) return undefined;
  let big = 0n;
  for (let i = start; i < text.length; i++) big = big * BigInt(radix) + BigInt(digitValue(text.charCodeAt(i), radix));
  return sign === '-' ? -big : big;
}

function checkRadix(radix: number): void {
  if (radix < 2) throw numberFormatFailure(`radix ${radix} less than Character.MIN_RADIX`);
  if (radix > 36) throw numberFormatFailure(`radix ${radix} greater than Character.MAX_RADIX`);
}

/** `Integer.parseInt(text, radix)` */
export function parseInt(text: string | null, radix = 10): number {
  if (text === null) throw numberFormatFailure('Cannot parse null string');
  checkRadix(radix);
  const value = parseWhole(text, radix);
  if (value === undefined || BigInt.asIntN(32, value) !== value) throw badInput(text, radix);
  return Number(value);
}

/** `Long.parseLong(text, radix)` */
export function parseLong(text: string | null, radix = 10): Long {
  if (text === null) throw numberFormatFailure('Cannot parse null string');
  checkRadix(radix);
  const value = parseWhole(text, radix);
  if (value === undefined || BigInt.asIntN(64, value) !== value) throw badInput(text, radix);
  return Long.of(value);
}

/** `Short.parseShort` */
export function parseShort(text: string | null, radix = 10): Short {
  const n = parseInt(text, radix);
  if (n !== (n << 16) >> 16) throw numberFormatFailure(`Value out of range. Value:"${text}" Radix:${radix}`);
  return new Short(n);
}
/** `Byte.parseByte` */
export function parseByte(text: string | null, radix = 10): Byte {
  const n = parseInt(text, radix);
  if (n !== (n << 24) >> 24) throw numberFormatFailure(`Value out of range. Value:"${text}" Radix:${radix}`);
  return new Byte(n);
}

/** `Integer.parseUnsignedInt` and, with 64 bits, `Long.parseUnsignedLong`: the two's complement pattern. */
export function parseUnsigned(text: string | null, radix: number, bits: 32 | 64): bigint {
  if (text === null) throw numberFormatFailure('Cannot parse null string');
  if (text.startsWith('-')) throw numberFormatFailure(`Illegal leading minus sign on unsigned string ${text}.`);
  if (text === '') throw badInput(text, radix);
  checkRadix(radix);
  const value = parseWhole(text, radix);
  if (value === undefined || (bits === 32 && BigInt.asIntN(64, value) !== value)) throw badInput(text, radix);
  if (BigInt.asUintN(bits, value) !== value) {
    throw numberFormatFailure(`String value ${text} exceeds range of unsigned ${bits === 32 ? 'int' : 'long'}.`);
  }
  return BigInt.asIntN(bits, value);
}

/** `Integer.decode`, `Long.decode`: decimal, `0x`, `#` or octal after the sign. */
export function decodeWhole(text: string, bits: 32 | 64): bigint {
  if (text === '') throw numberFormatFailure('Zero length string');
  const [, sign, prefix, digits] = /^([+-]?)(0[xX]|#|0(?=.))?([^]*)$/.exec(text) as unknown as [string, string, string | undefined, string];
  if (/^[+-]/.test(digits)) throw numberFormatFailure('Sign character in wrong position');
  const radix = prefix === undefined ? 10 : prefix === '0' ? 8 : 16;
  const value = parseWhole(sign === '-' ? `-${digits}` : digits, radix);
  if (value === undefined || BigInt.asIntN(bits, value) !== value) throw badInput(sign === '-' ? `-${digits}` : digits, radix);
  return value;
}

/** `new BigInteger(text, radix)` */
export function parseBigInteger(text: string, radix = 10): bigint {
  if (radix < 2 || radix > 36) throw numberFormatFailure('Radix out of range');
  if (text === '') throw numberFormatFailure('Zero length BigInteger');
  const negative = text[0] === '-';
  const digits = negative || text[0] === '+' ? text.slice(1) : text;
  if (/[+-]/.test(digits)) throw numberFormatFailure('Illegal embedded sign character');
  if (digits === '') throw numberFormatFailure('Zero length BigInteger');
  if (digits.length > 1_000_000) throw tooLarge();
  let plain = '';
  for (let i = 0; i < digits.length; i++) {
    const d = digitValue(digits.charCodeAt(i), radix);
    if (d < 0) throw badInput(wrongGroup(digits, i, radix), radix === 10 ? 10 : radix);
    plain += d.toString(36);
  }
  const value = radix === 10 ? BigInt(plain) : radix === 16 ? BigInt(`0x${plain}`) : wholeOf(plain, radix);
  return negative ? -value : value;
}

/** Java reads digits in groups from the left, the first one being short, and its message quotes the wrong group. */
function wrongGroup(digits: string, at: number, radix: number): string {
  const size = GROUP[radix] as number;
  const zeros = /^0*/.exec(digits)?.[0].length ?? 0;
  const first = (digits.length - zeros) % size || size;
  let start = zeros,
    end = zeros + first;
  while (at >= end) {
    start = end;
    end += size;
  }
  return digits.slice(start, end);
}
const GROUP: readonly number[] = [0, 0, 30, 19, 15, 13, 11, 11, 10, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5];

function wholeOf(digits: string, radix: number): bigint {
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, radix));
  // Halves first: large texts take less than quadratic time.
  const half = digits.length >> 1;
  return wholeOf(digits.slice(0, half), radix) * BigInt(radix) ** BigInt(digits.length - half) + wholeOf(digits.slice(half), radix);
}

/** What `Double.parseDouble` trims: everything up to the space. */
export function javaTrim(text: string): string {
  let start = 0,
    end = text.length;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return text.slice(start, end);
}

const FLOATING =
  /^([+-]?)(?:(NaN|Infinity)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[fFdD]?|0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)[fFdD]?)$/;

/** `Double.parseDouble` */
export function parseDouble(text: string | null): number {
  return parseFloating(text, false);
}
/** `Float.parseFloat`: rounded once. */
export function parseFloat(text: string | null): number {
  return parseFloating(text, true);
}

function parseFloating(text: string | null, single: boolean): number {
  if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
  const trimmed = javaTrim(text);
  if (trimmed === '') throw numberFormatFailure('empty String');
  const found = FLOATING.exec(trimmed);
  if (found === null) throw badInput(trimmed);
  const [, sign, word, decimal, hexWhole, hexFraction, binaryExponent] = found;
  const negate = sign === '-' ? -1 : 1;
  if (word !== undefined) return word === 'NaN' ? NaN : negate * Infinity;
  if (decimal === undefined) {
    if ((hexWhole ?? '') === '' && (hexFraction ?? '') === '') throw badInput(trimmed);
    const value = hexFloat(hexWhole ?? '', hexFraction ?? '', Number(binaryExponent));
    return negate * (single ? Math.fround(value) : value);
  }
  const d = Number(decimal);
  if (!single) return negate * d;
  const f = Math.fround(d);
  // The exact value matters only where a double lies in the middle of two floats; the text is short enough to be read again.
  return (
    negate *
    (f === d || !Number.isFinite(f) || d === 0 || Math.abs(Number(/[eE]([+-]?\d+)/.exec(decimal)?.[1] ?? 0)) > 400 ? f : floatOfDecimal(decimalOf(decimal)))
  );
}

/** A hexadecimal significand times a power of two, rounded to the nearest double. */
function hexFloat(whole: string, fraction: string, exponent: number): number {
  let mantissa = BigInt(`0x0${whole}${fraction}`);
  if (mantissa === 0n) return 0;
  let power = exponent - 4 * fraction.length;
  const length = mantissa.toString(2).length;
  const top = length - 1 + power;
  if (top > 1023) return Infinity;
  if (top < -1076) return 0;
  // So many bits can be kept; below the normal numbers there are fewer.
  const keep = Math.min(53, top + 1075);
  const drop = length - keep;
  if (drop > 0) {
    const unit = 1n << BigInt(drop);
    const rest = mantissa & (unit - 1n);
    mantissa >>= BigInt(drop);
    if (rest * 2n > unit || (rest * 2n === unit && (mantissa & 1n) === 1n)) mantissa += 1n;
    power += drop;
  }
  // 2^power itself may be below the smallest double's range of `**`; its bits are not.
  return Number(mantissa) * (power >= -1022 ? 2 ** power : doubleFromBits(1n << BigInt(power + 1074)));
}
