/** java.lang.Double and Float. */
import type { NativeClass } from '../../runtime/native.ts';
import { doubleBits, doubleFromBits, floatBits, floatFromBits } from '../bits.ts';
import { compareDoubles, Double, Float, Long } from '../boxes.ts';
import { doubleToString, floatToString } from '../floating-text.ts';
import { hashDouble, hashFloat } from '../hash.ts';
import { parseDouble, parseFloat } from '../parse.ts';

/** `Double.toHexString`: `0x1.8p1`, below the normal numbers `0x0.…p-1022`. */
export function hexFloatText(value: number, single = false): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return `${sign}Infinity`;
  if (magnitude === 0) return `${sign}0x0.0p0`;
  const bits = doubleBits(magnitude);
  const exponent = Number(bits >> 52n) - 1023;
  let fraction = bits & 0xfffffffffffffn;
  if (single && exponent < -126) {
    // A float's subnormal numbers are normal doubles; Java shows them with the float's lowest exponent.
    fraction = (fraction | (1n << 52n)) >> BigInt(-126 - exponent);
    return `${sign}0x0.${trimHex(fraction)}p-126`;
  }
  return exponent === -1023 ? `${sign}0x0.${trimHex(fraction)}p-1022` : `${sign}0x1.${trimHex(fraction)}p${exponent}`;
}
function trimHex(fraction: bigint): string {
  return fraction.toString(16).padStart(13, '0').replace(/0+$/, '') || '0';
}

function javaMax(a: number, b: number): number {
  return Math.max(a, b);
}
function javaMin(a: number, b: number): number {
  return Math.min(a, b);
}

export const doubleTable: NativeClass = {
  name: 'java.lang.Double',
  superclass: 'java.lang.Number',
  interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
  constructors: {
    '(double)': (_rt, _self, n: Double) => n,
    '(java.lang.String)': (_rt, _self, text: string | null) => new Double(parseDouble(text)),
  },
  fields: {
    MAX_VALUE: () => new Double(Number.MAX_VALUE),
    MIN_VALUE: () => new Double(Number.MIN_VALUE),
    MIN_NORMAL: () => new Double(2.2250738585072014e-308),
    NaN: () => new Double(NaN),
    POSITIVE_INFINITY: () => new Double(Infinity),
    NEGATIVE_INFINITY: () => new Double(-Infinity),
    MAX_EXPONENT: () => 1023,
    MIN_EXPONENT: () => -1022,
    SIZE: () => 64,
    BYTES: () => 8,
  },
  methods: {
    'isNaN()': (_rt, self: Double) => Number.isNaN(self.n),
    'isInfinite()': (_rt, self: Double) => Math.abs(self.n) === Infinity,
    'compareTo(java.lang.Double)': (_rt, self: Double, other: Double) => compareDoubles(self.n, other.n),
  },
  statics: {
    'parseDouble(java.lang.String)': (_rt, _self, text: string | null) => new Double(parseDouble(text)),
    'valueOf(double)': (_rt, _self, n: Double) => n,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => new Double(parseDouble(text)),
    'toString(double)': (_rt, _self, n: Double) => doubleToString(n.n),
    'toHexString(double)': (_rt, _self, n: Double) => hexFloatText(n.n),
    'hashCode(double)': (_rt, _self, n: Double) => hashDouble(n.n),
    'compare(double, double)': (_rt, _self, a: Double, b: Double) => compareDoubles(a.n, b.n),
    'isNaN(double)': (_rt, _self, n: Double) => Number.isNaN(n.n),
    'isInfinite(double)': (_rt, _self, n: Double) => Math.abs(n.n) === Infinity,
    'isFinite(double)': (_rt, _self, n: Double) => Number.isFinite(n.n),
    'sum(double, double)': (_rt, _self, a: Double, b: Double) => new Double(a.n + b.n),
    'max(double, double)': (_rt, _self, a: Double, b: Double) => new Double(javaMax(a.n, b.n)),
    'min(double, double)': (_rt, _self, a: Double, b: Double) => new Double(javaMin(a.n, b.n)),
    'doubleToLongBits(double)': (_rt, _self, n: Double) => Long.of(doubleBits(n.n)),
    'doubleToRawLongBits(double)': (_rt, _self, n: Double) => Long.of(doubleBits(n.n)),
    'longBitsToDouble(long)': (_rt, _self, bits: Long) => new Double(doubleFromBits(bits.big())),
  },
};

export const floatTable: NativeClass = {
  name: 'java.lang.Float',
  superclass: 'java.lang.Number',
  interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
  constructors: {
    '(float)': (_rt, _self, n: Float) => n,
    '(double)': (_rt, _self, n: Double) => new Float(n.n),
    '(java.lang.String)': (_rt, _self, text: string | null) => new Float(parseFloat(text)),
  },
  fields: {
    MAX_VALUE: () => new Float(3.4028234663852886e38),
    MIN_VALUE: () => new Float(2 ** -149),
    MIN_NORMAL: () => new Float(2 ** -126),
    NaN: () => new Float(NaN),
    POSITIVE_INFINITY: () => new Float(Infinity),
    NEGATIVE_INFINITY: () => new Float(-Infinity),
    MAX_EXPONENT: () => 127,
    MIN_EXPONENT: () => -126,
    SIZE: () => 32,
    BYTES: () => 4,
  },
  methods: {
    'isNaN()': (_rt, self: Float) => Number.isNaN(self.n),
    'isInfinite()': (_rt, self: Float) => Math.abs(self.n) === Infinity,
    'compareTo(java.lang.Float)': (_rt, self: Float, other: Float) => compareDoubles(self.n, other.n),
  },
  statics: {
    'parseFloat(java.lang.String)': (_rt, _self, text: string | null) => new Float(parseFloat(text)),
    'valueOf(float)': (_rt, _self, n: Float) => n,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => new Float(parseFloat(text)),
    'toString(float)': (_rt, _self, n: Float) => floatToString(n.n),
    'toHexString(float)': (_rt, _self, n: Float) => hexFloatText(n.n, true),
    'hashCode(float)': (_rt, _self, n: Float) => hashFloat(n.n),
    'compare(float, float)': (_rt, _self, a: Float, b: Float) => compareDoubles(a.n, b.n),
    'isNaN(float)': (_rt, _self, n: Float) => Number.isNaN(n.n),
    'isInfinite(float)': (_rt, _self, n: Float) => Math.abs(n.n) === Infinity,
    'isFinite(float)': (_rt, _self, n: Float) => Number.isFinite(n.n),
    'sum(float, float)': (_rt, _self, a: Float, b: Float) => new Float(a.n + b.n),
    'max(float, float)': (_rt, _self, a: Float, b: Float) => new Float(javaMax(a.n, b.n)),
    'min(float, float)': (_rt, _self, a: Float, b: Float) => new Float(javaMin(a.n, b.n)),
    'floatToIntBits(float)': (_rt, _self, n: Float) => floatBits(n.n),
    'floatToRawIntBits(float)': (_rt, _self, n: Float) => floatBits(n.n),
    'intBitsToFloat(int)': (_rt, _self, bits: number) => new Float(floatFromBits(bits)),
  },
};
