/** `String.format`, `sprintf`, `printf`: java.util.Formatter. */
import type { Runtime } from '../../runtime/runtime.ts';
import type { JavaThrowable, Value } from '../../runtime/values.ts';
import { BigDecimal, Byte, Character, Double, Float, Long, Short } from '../boxes.ts';
import { hexFloatText } from '../library/floating.ts';
import type { JavaLocale } from '../locale.ts';
import type { Body } from './floating-body.ts';
import { decimalBody, doubleBody } from './floating-body.ts';
import type { Specifier } from './specifier.ts';
import { failure, parseFormat, refuseFlags, specifierText } from './specifier.ts';
import type { Symbols } from './symbols.ts';
import { symbolsOf } from './symbols.ts';

/**
 * Writes a date or time for `%t…`: `conversion` is the letter after the t. null where the value is no date, which
 * becomes an IllegalFormatConversionException; without such a function every value does.
 */
export type FormatDate = (rt: Runtime, conversion: string, value: Value) => string | null;

/**
 * Throws Java's IllegalFormatExceptions. `args` null (`String.format(f, null)`) stands for as many nulls as are asked
 * for. `locale` null or left out: the default one.
 */
export function javaFormat(rt: Runtime, format: string, args: readonly Value[] | null, formatDate?: FormatDate, locale: JavaLocale | null = null): string {
  const symbols = symbolsOf(locale?.language ?? 'en', locale?.country ?? 'US');
  let text = '';
  let last = -1,
    ordinary = -1;
  for (const part of parseFormat(format)) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    if (part.index === -2) {
      text += part.conversion === 'n' ? '\n' : justify(rt, part, '%');
      continue;
    }
    if (part.index === 0) last = ++ordinary;
    else if (part.index > 0) last = part.index - 1;
    if (last < 0 || (args !== null && last >= args.length)) throw failure('MissingFormatArgumentException', `Format specifier '${specifierText(part)}'`);
    text += write(rt, part, args === null ? null : (args[last] as Value), symbols, formatDate);
  }
  rt.alloc(text.length);
  return text;
}

function write(rt: Runtime, s: Specifier, v: Value, symbols: Symbols, formatDate: FormatDate | undefined): string {
  if (s.isDate) return writeDate(rt, s, v, formatDate);
  switch (s.conversion) {
    case 'b':
      return writeText(rt, s, String(typeof v === 'boolean' ? v : v !== null));
    case 'h':
      return writeText(rt, s, v === null ? 'null' : (rt.hash(v) >>> 0).toString(16));
    case 's':
      // Only a Formattable may have it, and there is none here.
      refuseFlags(s, '#');
      return writeText(rt, s, rt.str(v));
    case 'c':
      return writeCharacter(rt, s, v);
    case 'd':
    case 'o':
    case 'x':
      return v === null ? writeText(rt, s, 'null') : writeInteger(rt, s, v, symbols);
    default:
      return v === null ? writeText(rt, s, 'null') : writeFloating(rt, s, v, symbols);
  }
}

function mismatch(rt: Runtime, s: Specifier, v: Value): JavaThrowable {
  return failure('IllegalFormatConversionException', `${s.conversion} != ${rt.classOf(v).name}`);
}

/** To the width: blanks on the left, or on the right with `-`. */
function justify(rt: Runtime, s: Specifier, text: string): string {
  if (s.width <= text.length) return text;
  rt.alloc(s.width);
  return s.flags.includes('-') ? text.padEnd(s.width) : text.padStart(s.width);
}
function writeText(rt: Runtime, s: Specifier, text: string): string {
  const cut = s.precision >= 0 && s.precision < text.length ? text.slice(0, s.precision) : text;
  return justify(rt, s, s.upper ? cut.toUpperCase() : cut);
}

function writeDate(rt: Runtime, s: Specifier, v: Value, formatDate: FormatDate | undefined): string {
  if (v === null) return writeText(rt, s, 'null');
  const text = formatDate === undefined ? null : formatDate(rt, s.conversion, v);
  if (text === null) throw mismatch(rt, s, v);
  return justify(rt, s, s.upper ? text.toUpperCase() : text);
}

function writeCharacter(rt: Runtime, s: Specifier, v: Value): string {
  if (v === null) return writeText(rt, s, 'null');
  if (v instanceof Character) return writeText(rt, s, v.text);
  const point = typeof v === 'number' ? v : v instanceof Short || v instanceof Byte ? v.n : null;
  if (point === null) throw mismatch(rt, s, v);
  if (point < 0 || point > 0x10ffff) throw failure('IllegalFormatCodePointException', `Code point = 0x${(point >>> 0).toString(16)}`);
  return writeText(rt, s, String.fromCodePoint(point));
}

function leadingSign(s: Specifier, negative: boolean): string {
  if (negative) return s.flags.includes('(') ? '(' : '-';
  return s.flags.includes('+') ? '+' : s.flags.includes(' ') ? ' ' : '';
}
function trailingSign(s: Specifier, negative: boolean): string {
  return negative && s.flags.includes('(') ? ')' : '';
}

/** Digits with the locale's signs, grouped with `,`, and zeros in front up to the width with `0`. `taken`: what stands beside them. */
function magnitude(rt: Runtime, s: Specifier, digits: string, symbols: Symbols, taken: number): string {
  const point = digits.indexOf('.');
  let whole = point < 0 ? digits : digits.slice(0, point);
  if (s.flags.includes(',')) whole = whole.replace(/\B(?=(\d{3})+$)/g, symbols.grouping);
  const text = point < 0 ? whole : whole + symbols.decimal + digits.slice(point + 1);
  if (!s.flags.includes('0') || s.width < 0) return text;
  rt.alloc(s.width);
  return text.padStart(s.width - taken, '0');
}

function writeInteger(rt: Runtime, s: Specifier, v: Value, symbols: Symbols): string {
  let n: bigint, bits: number;
  if (typeof v === 'number') {
    n = BigInt(v);
    bits = 32;
  } else if (v instanceof Long) {
    n = v.big();
    bits = 64;
  } else if (v instanceof Short) {
    n = BigInt(v.n);
    bits = 16;
  } else if (v instanceof Byte) {
    n = BigInt(v.n);
    bits = 8;
  } else if (typeof v === 'bigint') {
    n = v;
    bits = 0;
  } else throw mismatch(rt, s, v);

  const negative = n < 0n;
  if (s.conversion === 'd') {
    const sign = leadingSign(s, negative),
      end = trailingSign(s, negative);
    return justify(rt, s, sign + magnitude(rt, s, (negative ? -n : n).toString(), symbols, sign.length + end.length) + end);
  }
  const radix = s.conversion === 'o' ? 8 : 16;
  let sign = '',
    end = '';
  if (bits === 0) {
    sign = leadingSign(s, negative);
    end = trailingSign(s, negative);
    n = negative ? -n : n;
  } else {
    // These show their two's complement, which has no sign.
    refuseFlags(s, '( +');
    n = BigInt.asUintN(bits, n);
  }
  let digits = n.toString(radix);
  if (s.upper) digits = digits.toUpperCase();
  const prefix = sign + (s.flags.includes('#') ? (radix === 8 ? '0' : s.upper ? '0X' : '0x') : '');
  if (s.flags.includes('0')) {
    rt.alloc(s.width);
    digits = digits.padStart(s.width - prefix.length - end.length, '0');
  }
  return justify(rt, s, prefix + digits + end);
}

function writeFloating(rt: Runtime, s: Specifier, v: Value, symbols: Symbols): string {
  rt.alloc(Math.max(0, s.precision));
  if (v instanceof BigDecimal) {
    if (s.conversion === 'a') throw mismatch(rt, s, v);
    rt.alloc(Math.abs(v.scale));
    const negative = v.unscaled < 0n;
    return signed(rt, s, negative, decimalBody(s.conversion, negative ? new BigDecimal(-v.unscaled, v.scale) : v, s.precision), symbols);
  }
  if (!(v instanceof Double || v instanceof Float)) throw mismatch(rt, s, v);
  const n = v.n;
  if (Number.isNaN(n)) return justify(rt, s, s.upper ? 'NAN' : 'NaN');
  const negative = n < 0 || Object.is(n, -0);
  if (Math.abs(n) === Infinity) return justify(rt, s, leadingSign(s, negative) + (s.upper ? 'INFINITY' : 'Infinity') + trailingSign(s, negative));
  if (s.conversion === 'a') return writeHexFloat(rt, s, n, negative);
  return signed(rt, s, negative, doubleBody(s.conversion, Math.abs(n), s.precision), symbols);
}

function signed(rt: Runtime, s: Specifier, negative: boolean, body: Body, symbols: Symbols): string {
  const sign = leadingSign(s, negative),
    end = trailingSign(s, negative);
  const exponent = body.exponent === null ? '' : (s.upper ? 'E' : 'e') + body.exponent;
  const digits = s.flags.includes('#') && !body.digits.includes('.') ? `${body.digits}.` : body.digits;
  return justify(rt, s, sign + magnitude(rt, s, digits, symbols, sign.length + end.length + exponent.length) + exponent + end);
}

function writeHexFloat(rt: Runtime, s: Specifier, n: number, negative: boolean): string {
  if (s.precision >= 0 && s.precision < 13) throw failure('IllegalFormatPrecisionException', `${s.precision}: %a with a precision is not supported`);
  const sign = leadingSign(s, negative);
  let text = hexFloatText(Math.abs(n)).slice(2);
  if (s.flags.includes('0')) text = text.padStart(s.width - sign.length - 2, '0');
  text = `${sign}0x${text}`;
  return justify(rt, s, s.upper ? text.toUpperCase() : text);
}
