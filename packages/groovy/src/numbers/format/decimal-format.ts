/** java.text.NumberFormat and DecimalFormat: a pattern, the locale's signs, and rounding (HALF_EVEN unless told). */
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../../runtime/values.ts';
import { BigDecimal, Double, Float, Long } from '../boxes.ts';
import * as decimal from '../decimal.ts';
import { decimalToPlainString } from '../decimal-text.ts';
import { doubleDigits } from '../floating-text.ts';
import { digitCount, pow10 } from '../magnitude.ts';
import { decimalValue, isNumber } from '../number-values.ts';
import { DOWN, HALF_EVEN, HALF_UP } from '../rounding.ts';
import type { DecimalPattern } from './decimal-pattern.ts';
import { parsePattern, UNLIMITED } from './decimal-pattern.ts';
import type { Money, Symbols } from './symbols.ts';

export class DecimalFormat extends JavaObject {
  symbols: Symbols;
  money: Money;
  shape: DecimalPattern;
  pattern: string;
  mode = HALF_EVEN;
  parseWhole = false;
  parseBig = false;
  constructor(pattern: string, symbols: Symbols, money: Money) {
    super();
    this.symbols = symbols;
    this.money = money;
    this.pattern = pattern;
    this.shape = parsePattern(pattern, money.symbol, money.code);
  }
  get $type(): string {
    return 'java.text.DecimalFormat';
  }
  applyPattern(pattern: string): void {
    this.pattern = pattern;
    this.shape = parsePattern(pattern, this.money.symbol, this.money.code);
  }

  /** Throws IllegalArgumentException for what is no number. */
  format(rt: Runtime, v: Value): string {
    if (!isNumber(v)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Cannot format given Object as a Number');
    let n = v;
    if (n instanceof Float) n = new Double(n.n);
    if (n instanceof Double) return this.formatDouble(rt, n.n);
    const d = decimalValue(n);
    return this.lay(rt, d.unscaled < 0n, decimal.multiply(decimal.absolute(d), new BigDecimal(BigInt(this.shape.multiplier), 0)), null);
  }

  private formatDouble(rt: Runtime, n: number): string {
    if (Number.isNaN(n)) return 'NaN';
    const negative = n < 0 || Object.is(n, -0);
    const value = Math.abs(n * this.shape.multiplier);
    if (value === Infinity) return this.prefix(negative) + '∞' + this.suffix(negative);
    if (value === 0) return this.lay(rt, negative, new BigDecimal(0n, 0), null);
    const { digits, exponent } = doubleDigits(value, true);
    return this.lay(rt, negative, new BigDecimal(BigInt(digits), digits.length - exponent), value);
  }

  prefix(negative: boolean): string {
    const { positivePrefix, negativePrefix } = this.shape;
    return negative ? (negativePrefix ?? this.symbols.minus + positivePrefix) : positivePrefix;
  }
  suffix(negative: boolean): string {
    return negative ? (this.shape.negativeSuffix ?? this.shape.positiveSuffix) : this.shape.positiveSuffix;
  }

  /** `binary` is the double behind the digits: where these end in a tie, it tells on which side the value lies. */
  private lay(rt: Runtime, negative: boolean, value: BigDecimal, binary: number | null): string {
    const { shape } = this;
    rt.alloc(Math.max(Math.abs(value.scale), shape.minInteger));
    const body = shape.exponentDigits >= 0 ? this.scientific(value, binary, negative) : this.plain(value, binary, negative);
    return this.prefix(negative) + body + this.suffix(negative);
  }

  private roundTo(value: BigDecimal, scale: number, binary: number | null, negative: boolean): BigDecimal {
    if (value.scale <= scale) return value;
    // CEILING and FLOOR see the sign, which is kept apart here.
    const mode = negative && (this.mode === 2 || this.mode === 3) ? 5 - this.mode : this.mode;
    if (binary !== null && mode >= 4 && mode <= 6) {
      const cut = value.scale - scale;
      const isTie = cut <= digitCount(value.unscaled) && (value.unscaled % pow10(cut)) * 2n === pow10(cut);
      if (isTie) return decimal.setScale(decimal.decimalOfDouble(binary), scale, mode);
    }
    return decimal.setScale(value, scale, mode);
  }

  private plain(value: BigDecimal, binary: number | null, negative: boolean): string {
    const { shape, symbols } = this;
    const rounded = this.roundTo(value, Math.min(shape.maxFraction, 2147483647), binary, negative);
    const [wholeText, fractionText = ''] = decimalToPlainString(rounded.unscaled, rounded.scale).split('.') as [string, string?];
    let whole = wholeText === '0' ? '' : wholeText;
    let fraction = fractionText.replace(/0+$/, '');
    whole = whole.padStart(shape.minInteger, '0');
    if (whole.length > shape.maxInteger) whole = whole.slice(whole.length - shape.maxInteger);
    fraction = fraction.padEnd(Math.min(shape.minFraction, 340), '0');
    if (whole === '' && fraction === '') whole = '0';
    if (shape.groupingUsed && shape.groupingSize > 0) whole = group(whole, shape.groupingSize, symbols.grouping);
    return fraction !== '' || shape.pointAlways ? `${whole}${symbols.decimal}${fraction}` : whole;
  }

  private scientific(value: BigDecimal, binary: number | null, negative: boolean): string {
    const { shape, symbols } = this;
    const significant = Math.min(shape.maxInteger + shape.maxFraction, 1000);
    let v = value;
    if (v.unscaled !== 0n && significant > 0 && digitCount(v.unscaled) > significant)
      v = this.roundTo(v, v.scale - (digitCount(v.unscaled) - significant), binary, negative);
    const digits = v.unscaled === 0n ? '' : v.unscaled.toString().replace(/0+$/, '');
    const pointAt = v.unscaled === 0n ? 0 : v.unscaled.toString().length - v.scale;
    let exponent = pointAt;
    let minInteger = shape.minInteger;
    const repeat = shape.maxInteger;
    if (repeat > 1 && repeat > shape.minInteger) {
      exponent = exponent >= 1 ? Math.trunc((exponent - 1) / repeat) * repeat : Math.trunc((exponent - repeat) / repeat) * repeat;
      minInteger = 1;
    } else exponent -= minInteger;
    if (digits === '') exponent = 0;
    const integerDigits = digits === '' ? minInteger : pointAt - exponent;
    const total = Math.max(digits.length, shape.minInteger + shape.minFraction, integerDigits);
    const padded = digits.padEnd(total, '0');
    let text = padded.slice(0, integerDigits);
    if (total > integerDigits || shape.pointAlways) text += symbols.decimal + padded.slice(integerDigits);
    return `${text}E${exponent < 0 ? symbols.minus : ''}${Math.abs(exponent).toString().padStart(shape.exponentDigits, '0')}`;
  }

  /** `parse(String)`: what stands at the text's start. Throws ParseException. */
  parse(text: string): Value {
    for (const negative of this.shape.negativePrefix === null ? [false, true] : [true, false]) {
      const prefix = this.prefix(negative),
        suffix = this.suffix(negative);
      if (!text.startsWith(prefix)) continue;
      const rest = text.slice(prefix.length);
      if (rest.startsWith('∞')) return new Double(negative ? -Infinity : Infinity);
      const found = this.numberAt(rest);
      if (found === null || !rest.startsWith(suffix, found.length)) continue;
      return this.result(negative ? decimal.negate(found.value) : found.value, negative);
    }
    if (text.startsWith('NaN')) return new Double(NaN);
    throw new JavaThrowable('java.text.ParseException', `Unparseable number: "${text}"`);
  }
  private numberAt(text: string): { value: BigDecimal; length: number } | null {
    const { grouping, decimal: point } = this.symbols;
    let digits = '',
      at = 0,
      places = -1,
      exponent = 0,
      groupAt = -1;
    for (; at < text.length; at++) {
      const c = text[at] as string;
      if (c >= '0' && c <= '9') {
        digits += c;
        groupAt = -1;
        if (places >= 0) places++;
      } else if (c === point && places < 0 && !this.parseWhole) places = 0;
      else if (c === grouping && places < 0 && this.shape.groupingUsed) {
        if (groupAt < 0) groupAt = at;
      } else break;
    }
    if (digits === '') return null;
    // A separator at the end is not part of the number.
    if (groupAt >= 0) at = groupAt;
    const exponential = /^E(-?\d{1,9})/.exec(text.slice(at));
    if (exponential !== null) {
      exponent = Number(exponential[1]);
      at += exponential[0].length;
    }
    return { value: new BigDecimal(BigInt(digits), Math.max(places, 0) - exponent), length: at };
  }
  private result(value: BigDecimal, negative: boolean): Value {
    const scaled =
      this.shape.multiplier === 1 ? value : decimal.divideRoundedTo(value, new BigDecimal(BigInt(this.shape.multiplier), 0), { precision: 40, mode: HALF_UP });
    if (this.parseBig) return scaled;
    if (negative && scaled.unscaled === 0n) return new Double(-0);
    const whole = decimal.setScale(scaled, 0, DOWN);
    if (decimal.compare(whole, scaled) === 0 && BigInt.asIntN(64, whole.unscaled) === whole.unscaled) return Long.of(whole.unscaled);
    return new Double(Number(`${scaled.unscaled}e${-scaled.scale}`));
  }

  override javaString(): string {
    return `${this.$type}@${(this.pattern.length * 31).toString(16)}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof DecimalFormat && other.pattern === this.pattern && other.mode === this.mode;
  }
}

function group(digits: string, size: number, separator: string): string {
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size) parts.unshift(digits.slice(Math.max(0, end - size), end));
  return parts.join(separator);
}

/** What the setters take: never negative, and the other bound follows. */
export function setDigits(format: DecimalFormat, which: 'minInteger' | 'maxInteger' | 'minFraction' | 'maxFraction', n: number): void {
  const s = format.shape;
  n = Math.min(UNLIMITED, Math.max(0, n));
  s[which] = n;
  if (which === 'minInteger' && s.maxInteger < n) s.maxInteger = n;
  if (which === 'maxInteger' && s.minInteger > n) s.minInteger = n;
  if (which === 'minFraction' && s.maxFraction < n) s.maxFraction = n;
  if (which === 'maxFraction' && s.minFraction > n) s.minFraction = n;
}
