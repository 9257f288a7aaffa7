/** java.math.BigDecimal. */
import { JavaArray } from '../../collections/model.ts';
import type { NativeClass } from '../../runtime/native.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import type { Character } from '../boxes.ts';
import { BigDecimal, type Double, Long } from '../boxes.ts';
import * as decimal from '../decimal.ts';
import { decimalToEngineeringString, decimalToPlainString } from '../decimal-text.ts';
import { doubleToString } from '../floating-text.ts';
import { checkQuadratic } from '../magnitude.ts';
import * as rounding from '../rounding.ts';
import type { MathContext, RoundingMode } from './rounding-types.ts';

const whole = (n: bigint | number, scale = 0): BigDecimal => new BigDecimal(BigInt(n), scale);
const charsOf = (chars: JavaArray): string => chars.items.map((c) => (c as Character).text).join('');

/** The old `ROUND_…` numbers. */
function modeOf(n: number): number {
  if (n < 0 || n > 7) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Invalid rounding mode');
  return n;
}
function pair(a: BigDecimal, b: BigDecimal): JavaArray {
  return new JavaArray('java.math.BigDecimal', [a, b]);
}

/** `intValueExact` and its like. */
function exact(self: BigDecimal, bits: number): bigint {
  const n = decimal.setScale(self, 0, rounding.UNNECESSARY).unscaled;
  if (BigInt.asIntN(bits, n) !== n) throw decimal.arithmeticFailure('Overflow');
  return n;
}
function inContext(result: BigDecimal, mc: MathContext): BigDecimal {
  return decimal.round(result, mc);
}

/** The square root of JDK 9: to the context's precision, the exact one where the context is unlimited. */
function squareRoot(self: BigDecimal, mc: MathContext): BigDecimal {
  if (self.unscaled < 0n) throw decimal.arithmeticFailure('Attempted square root of negative BigDecimal');
  const preferred = Math.trunc(self.scale / 2);
  if (self.unscaled === 0n) return whole(0, preferred);
  const digits = mc.precision === 0 ? Math.ceil(decimal.precision(self) / 2) + 1 : mc.precision;
  // Two guard digits and a sticky one decide every rounding.
  let shift = 2 * (digits + 2) - decimal.precision(self);
  if ((self.scale + shift) % 2 !== 0) shift++;
  const radicand = shift >= 0 ? self.unscaled * 10n ** BigInt(shift) : self.unscaled / 10n ** BigInt(-shift);
  const root = wholeRoot(radicand);
  const isExact = root * root === radicand && (shift >= 0 || radicand * 10n ** BigInt(-shift) === self.unscaled);
  const scale = (self.scale + shift) / 2;
  if (!isExact && (mc.precision === 0 || mc.mode === rounding.UNNECESSARY)) throw decimal.arithmeticFailure('Computed square root not exact.');
  const rounded = inContext(isExact ? whole(root, scale) : whole(root * 10n + 1n, scale + 1), mc);
  return withScaleNear(decimal.stripTrailingZeros(rounded), preferred, mc.precision);
}
export function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n;
  checkQuadratic(n);
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

export const bigDecimalTable: NativeClass = {
  name: 'java.math.BigDecimal',
  superclass: 'java.lang.Number',
  interfaces: ['java.lang.Comparable'],
  constructors: {
    '(java.lang.String)': (_rt, _self, text: string) => decimal.decimalOf(text),
    '(java.lang.String, java.math.MathContext)': (_rt, _self, text: string, mc: MathContext) => inContext(decimal.decimalOf(text), mc),
    '(int)': (_rt, _self, n: number) => whole(n),
    '(int, java.math.MathContext)': (_rt, _self, n: number, mc: MathContext) => inContext(whole(n), mc),
    '(long)': (_rt, _self, n: Long) => whole(n.n),
    '(long, java.math.MathContext)': (_rt, _self, n: Long, mc: MathContext) => inContext(whole(n.n), mc),
    '(double)': (_rt, _self, d: Double) => decimal.decimalOfDouble(d.n),
    '(double, java.math.MathContext)': (_rt, _self, d: Double, mc: MathContext) => inContext(decimal.decimalOfDouble(d.n), mc),
    '(java.math.BigInteger)': (_rt, _self, n: bigint) => whole(n),
    '(java.math.BigInteger, java.math.MathContext)': (_rt, _self, n: bigint, mc: MathContext) => inContext(whole(n), mc),
    '(java.math.BigInteger, int)': (_rt, _self, n: bigint, scale: number) => whole(n, scale),
    '(char[])': (_rt, _self, chars: JavaArray) => decimal.decimalOf(charsOf(chars)),
  },
  fields: {
    ZERO: () => whole(0),
    ONE: () => whole(1),
    TEN: () => whole(10),
    ROUND_UP: () => 0,
    ROUND_DOWN: () => 1,
    ROUND_CEILING: () => 2,
    ROUND_FLOOR: () => 3,
    ROUND_HALF_UP: () => 4,
    ROUND_HALF_DOWN: () => 5,
    ROUND_HALF_EVEN: () => 6,
    ROUND_UNNECESSARY: () => 7,
  },
  statics: {
    'valueOf(long)': (_rt, _self, n: Long) => whole(n.n),
    'valueOf(long, int)': (_rt, _self, n: Long, scale: number) => whole(n.n, scale),
    'valueOf(double)': (_rt, _self, d: Double) => {
      if (!Number.isFinite(d.n))
        throw new JavaThrowable(
          'java.lang.NumberFormatException',
          `Character ${Number.isNaN(d.n) ? 'N' : 'I'} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`,
        );
      return decimal.decimalOf(doubleToString(d.n));
    },
  },
  methods: {
    'add(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.add(self, b),
    'add(java.math.BigDecimal, java.math.MathContext)': (_rt, self: BigDecimal, b: BigDecimal, mc: MathContext) => addInContext(self, b, mc),
    'subtract(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.subtract(self, b),
    'subtract(java.math.BigDecimal, java.math.MathContext)': (_rt, self: BigDecimal, b: BigDecimal, mc: MathContext) =>
      addInContext(self, decimal.negate(b), mc),
    'multiply(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.multiply(self, b),
    'multiply(java.math.BigDecimal, java.math.MathContext)': (_rt, self: BigDecimal, b: BigDecimal, mc: MathContext) =>
      inContext(decimal.multiply(self, b), mc),
    'divide(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.divide(self, b),
    'divide(java.math.BigDecimal, int, int)': (_rt, self: BigDecimal, b: BigDecimal, scale: number, mode: number) =>
      decimal.divideToScale(self, b, scale, modeOf(mode)),
    'divide(java.math.BigDecimal, int, java.math.RoundingMode)': (_rt, self: BigDecimal, b: BigDecimal, scale: number, mode: RoundingMode) =>
      decimal.divideToScale(self, b, scale, mode.ordinal),
    'divide(java.math.BigDecimal, int)': (_rt, self: BigDecimal, b: BigDecimal, mode: number) => decimal.divideToScale(self, b, self.scale, modeOf(mode)),
    'divide(java.math.BigDecimal, java.math.RoundingMode)': (_rt, self: BigDecimal, b: BigDecimal, mode: RoundingMode) =>
      decimal.divideToScale(self, b, self.scale, mode.ordinal),
    'divide(java.math.BigDecimal, java.math.MathContext)': (_rt, self: BigDecimal, b: BigDecimal, mc: MathContext) => decimal.divideRoundedTo(self, b, mc),
    'divideToIntegralValue(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.divideToIntegralValue(self, b),
    'divideAndRemainder(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => {
      const q = decimal.divideToIntegralValue(self, b);
      return pair(q, decimal.subtract(self, decimal.multiply(q, b)));
    },
    'remainder(java.math.BigDecimal)': (_rt, self: BigDecimal, b: BigDecimal) => decimal.remainder(self, b),
    'sqrt(java.math.MathContext)': (_rt, self: BigDecimal, mc: MathContext) => squareRoot(self, mc),
    'pow(int)': (_rt, self: BigDecimal, n: number) => decimal.pow(self, n),
    'pow(int, java.math.MathContext)': (_rt, self: BigDecimal, n: number, mc: MathContext) => decimal.powRounded(self, n, mc),
    'abs()': (_rt, self: BigDecimal) => decimal.absolute(self),
    'abs(java.math.MathContext)': (_rt, self: BigDecimal, mc: MathContext) => inContext(decimal.absolute(self), mc),
    'negate()': (_rt, self: BigDecimal) => decimal.negate(self),
    'negate(java.math.MathContext)': (_rt, self: BigDecimal, mc: MathContext) => inContext(decimal.negate(self), mc),
    'plus()': (_rt, self: BigDecimal) => self,
    'plus(java.math.MathContext)': (_rt, self: BigDecimal, mc: MathContext) => inContext(self, mc),
    'round(java.math.MathContext)': (_rt, self: BigDecimal, mc: MathContext) => inContext(self, mc),
    'signum()': (_rt, self: BigDecimal) => decimal.signum(self),
    'scale()': (_rt, self: BigDecimal) => self.scale,
    'precision()': (_rt, self: BigDecimal) => decimal.precision(self),
    'unscaledValue()': (_rt, self: BigDecimal) => self.unscaled,
    'setScale(int)': (_rt, self: BigDecimal, scale: number) => decimal.setScale(self, scale, rounding.UNNECESSARY),
    'setScale(int, int)': (_rt, self: BigDecimal, scale: number, mode: number) => decimal.setScale(self, scale, modeOf(mode)),
    'setScale(int, java.math.RoundingMode)': (_rt, self: BigDecimal, scale: number, mode: RoundingMode) => decimal.setScale(self, scale, mode.ordinal),
    'movePointLeft(int)': (_rt, self: BigDecimal, n: number) => decimal.movePoint(self, n),
    'movePointRight(int)': (_rt, self: BigDecimal, n: number) => decimal.movePoint(self, -n),
    'scaleByPowerOfTen(int)': (_rt, self: BigDecimal, n: number) => decimal.scaleByPowerOfTen(self, n),
    'stripTrailingZeros()': (_rt, self: BigDecimal) => decimal.stripTrailingZeros(self),
    'ulp()': (_rt, self: BigDecimal) => whole(1, self.scale),
    'compareTo(java.math.BigDecimal)': (_rt, self: BigDecimal, other: BigDecimal) => decimal.compare(self, other),
    'min(java.math.BigDecimal)': (_rt, self: BigDecimal, other: BigDecimal) => (decimal.compare(self, other) <= 0 ? self : other),
    'max(java.math.BigDecimal)': (_rt, self: BigDecimal, other: BigDecimal) => (decimal.compare(self, other) >= 0 ? self : other),
    'toPlainString()': (_rt, self: BigDecimal) => decimalToPlainString(self.unscaled, self.scale),
    'toEngineeringString()': (_rt, self: BigDecimal) => decimalToEngineeringString(self.unscaled, self.scale),
    'toBigInteger()': (_rt, self: BigDecimal) => decimal.toWhole(self),
    'toBigIntegerExact()': (_rt, self: BigDecimal) => decimal.setScale(self, 0, rounding.UNNECESSARY).unscaled,
    'intValueExact()': (_rt, self: BigDecimal): Value => Number(exact(self, 32)),
    'longValueExact()': (_rt, self: BigDecimal) => Long.of(exact(self, 64)),
  },
};

/** A zero operand: the other one, rounded, with zeros up to the larger scale where they fit. */
function addInContext(a: BigDecimal, b: BigDecimal, mc: MathContext): BigDecimal {
  if (mc.precision === 0 || (a.unscaled !== 0n && b.unscaled !== 0n)) return inContext(decimal.add(a, b), mc);
  const preferred = Math.max(a.scale, b.scale);
  if (a.unscaled === 0n && b.unscaled === 0n) return whole(0, preferred);
  const result = inContext(a.unscaled === 0n ? b : a, mc);
  if (result.scale === preferred) return result;
  return withScaleNear(result.scale > preferred ? decimal.stripTrailingZeros(result) : result, preferred, mc.precision);
}

/** Zeros at the end up to the preferred scale, as far as the precision has room for them. */
function withScaleNear(a: BigDecimal, preferred: number, precision: number): BigDecimal {
  if (a.scale >= preferred) return a;
  const room = precision === 0 ? preferred - a.scale : Math.max(0, precision - decimal.precision(a));
  return decimal.setScale(a, Math.min(preferred, a.scale + room), rounding.UNNECESSARY);
}
