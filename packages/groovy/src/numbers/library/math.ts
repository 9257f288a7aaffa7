/** java.lang.Math. */
import type { NativeClass } from '../../runtime/native.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { doubleBits, doubleFromBits, floatBits, floatFromBits } from '../bits.ts';
import { Double, Float, Long } from '../boxes.ts';
import { ieeeRemainder, javaPow, rint, roundHalfUp } from '../double-math.ts';
import { doubleToInt, doubleToLong } from '../number-values.ts';
import * as precise from '../precise-math.ts';

type OnDouble = (rt: unknown, self: unknown, d: Double) => Double;
const onDouble =
  (f: (d: number) => number): OnDouble =>
  (_rt, _self, d) =>
    new Double(f(d.n));

function intResult(exact: number): number {
  if (exact !== (exact | 0)) throw new JavaThrowable('java.lang.ArithmeticException', 'integer overflow');
  return exact | 0;
}
function longResult(exact: bigint): Long {
  if (BigInt.asIntN(64, exact) !== exact) throw new JavaThrowable('java.lang.ArithmeticException', 'long overflow');
  return Long.of(exact);
}
function divisor(n: number | bigint): void {
  if (n === 0 || n === 0n) throw new JavaThrowable('java.lang.ArithmeticException', '/ by zero');
}
function floorDiv(a: bigint, b: bigint): bigint {
  divisor(b);
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}
function absLong(n: Long): Long {
  return n.n < 0 ? Long.of(-n.n) : n;
}

/** The neighbour in a direction, by the bit pattern. */
function nextDouble(d: number, up: boolean): number {
  if (Number.isNaN(d) || d === (up ? Infinity : -Infinity)) return d;
  if (d === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  return doubleFromBits(doubleBits(d) + (d > 0 === up ? 1n : -1n));
}
function nextFloat(f: number, up: boolean): number {
  if (Number.isNaN(f) || f === (up ? Infinity : -Infinity)) return f;
  if (f === 0) return up ? 2 ** -149 : -(2 ** -149);
  return floatFromBits(floatBits(f) + (f > 0 === up ? 1 : -1));
}
function exponentOf(d: number): number {
  return Number((doubleBits(d) >> 52n) & 0x7ffn) - 1023;
}
function floatExponentOf(f: number): number {
  return ((floatBits(f) >> 23) & 0xff) - 127;
}
/** Two steps where one power of two is out of a double's range. */
function scaleBy(d: number, n: number): number {
  while (n > 1000) {
    d *= 2 ** 1000;
    n -= 1000;
    if (!Number.isFinite(d)) return d;
  }
  if (n >= -1000) return d * 2 ** n;
  // Below the normal numbers only the last step may round.
  const bits = exponentOf(d);
  if (bits + n < -1080) return d * 0;
  return d * 2 ** -bits * 2 ** Math.max(bits + n, -1022) * 2 ** Math.min(0, bits + n + 1022);
}
function signOf(d: number): number {
  return d === 0 || Number.isNaN(d) ? d : Math.sign(d);
}

export const mathTable: NativeClass = {
  name: 'java.lang.Math',
  fields: { PI: () => new Double(Math.PI), E: () => new Double(Math.E) },
  statics: {
    'sin(double)': onDouble(precise.sin),
    'cos(double)': onDouble(precise.cos),
    'tan(double)': onDouble(precise.tan),
    'asin(double)': onDouble(Math.asin),
    'acos(double)': onDouble(Math.acos),
    'atan(double)': onDouble(Math.atan),
    'sinh(double)': onDouble(Math.sinh),
    'cosh(double)': onDouble(Math.cosh),
    'tanh(double)': onDouble(Math.tanh),
    'exp(double)': onDouble(precise.exp),
    'expm1(double)': onDouble(Math.expm1),
    'log(double)': onDouble(precise.log),
    'log10(double)': onDouble(precise.log10),
    'log1p(double)': onDouble(Math.log1p),
    'sqrt(double)': onDouble(Math.sqrt),
    'cbrt(double)': onDouble(precise.cbrt),
    'ceil(double)': onDouble(Math.ceil),
    'floor(double)': onDouble(Math.floor),
    'rint(double)': onDouble(rint),
    'toRadians(double)': onDouble((d) => d * (Math.PI / 180)),
    'toDegrees(double)': onDouble((d) => d * (180 / Math.PI)),
    'atan2(double, double)': (_rt, _self, a: Double, b: Double) => new Double(Math.atan2(a.n, b.n)),
    'hypot(double, double)': (_rt, _self, a: Double, b: Double) => new Double(precise.hypot(a.n, b.n)),
    'pow(double, double)': (_rt, _self, a: Double, b: Double) => new Double(javaPow(a.n, b.n)),
    'IEEEremainder(double, double)': (_rt, _self, a: Double, b: Double) => new Double(ieeeRemainder(a.n, b.n)),
    'random()': (rt) => new Double(rt.world.random()),

    'abs(int)': (_rt, _self, n: number) => (n < 0 ? -n | 0 : n),
    'abs(long)': (_rt, _self, n: Long) => absLong(n),
    'abs(float)': (_rt, _self, n: Float) => new Float(Math.abs(n.n)),
    'abs(double)': (_rt, _self, n: Double) => new Double(Math.abs(n.n)),
    'absExact(int)': (_rt, _self, n: number) => {
      if (n === -2147483648) throw new JavaThrowable('java.lang.ArithmeticException', 'Overflow to represent absolute value of Integer.MIN_VALUE');
      return Math.abs(n);
    },
    'absExact(long)': (_rt, _self, n: Long) => {
      if (n.n === -9223372036854775808n) throw new JavaThrowable('java.lang.ArithmeticException', 'Overflow to represent absolute value of Long.MIN_VALUE');
      return absLong(n);
    },
    'max(int, int)': (_rt, _self, a: number, b: number) => Math.max(a, b),
    'max(long, long)': (_rt, _self, a: Long, b: Long) => (a.n >= b.n ? a : b),
    'max(float, float)': (_rt, _self, a: Float, b: Float) => new Float(Math.max(a.n, b.n)),
    'max(double, double)': (_rt, _self, a: Double, b: Double) => new Double(Math.max(a.n, b.n)),
    'min(int, int)': (_rt, _self, a: number, b: number) => Math.min(a, b),
    'min(long, long)': (_rt, _self, a: Long, b: Long) => (a.n <= b.n ? a : b),
    'min(float, float)': (_rt, _self, a: Float, b: Float) => new Float(Math.min(a.n, b.n)),
    'min(double, double)': (_rt, _self, a: Double, b: Double) => new Double(Math.min(a.n, b.n)),
    'round(float)': (_rt, _self, f: Float) => doubleToInt(roundHalfUp(f.n)),
    'round(double)': (_rt, _self, d: Double) => doubleToLong(roundHalfUp(d.n)),
    'signum(double)': onDouble(signOf),
    'signum(float)': (_rt, _self, f: Float) => new Float(signOf(f.n)),
    'copySign(double, double)': (_rt, _self, a: Double, b: Double) => new Double(copySign(a.n, b.n)),
    'copySign(float, float)': (_rt, _self, a: Float, b: Float) => new Float(copySign(a.n, b.n)),
    'getExponent(double)': (_rt, _self, d: Double) => exponentOf(d.n),
    'getExponent(float)': (_rt, _self, f: Float) => floatExponentOf(f.n),
    'nextUp(double)': onDouble((d) => nextDouble(d, true)),
    'nextUp(float)': (_rt, _self, f: Float) => new Float(nextFloat(f.n, true)),
    'nextDown(double)': onDouble((d) => nextDouble(d, false)),
    'nextDown(float)': (_rt, _self, f: Float) => new Float(nextFloat(f.n, false)),
    'nextAfter(double, double)': (_rt, _self, a: Double, b: Double) => (Number.isNaN(b.n) ? b : a.n === b.n ? b : new Double(nextDouble(a.n, b.n > a.n))),
    'nextAfter(float, double)': (_rt, _self, a: Float, b: Double) => (Number.isNaN(b.n) || a.n === b.n ? new Float(b.n) : new Float(nextFloat(a.n, b.n > a.n))),
    'ulp(double)': onDouble((d) =>
      !Number.isFinite(d) ? Math.abs(d) : Math.abs(d) === Number.MAX_VALUE ? 2 ** 971 : nextDouble(Math.abs(d), true) - Math.abs(d),
    ),
    'ulp(float)': (_rt, _self, f: Float) =>
      new Float(!Number.isFinite(f.n) ? Math.abs(f.n) : floatExponentOf(f.n) === 127 ? 2 ** 104 : nextFloat(Math.abs(f.n), true) - Math.abs(f.n)),
    'scalb(double, int)': (_rt, _self, d: Double, n: number) => new Double(scaleBy(d.n, n)),
    'scalb(float, int)': (_rt, _self, f: Float, n: number) => new Float(scaleBy(f.n, Math.max(-400, Math.min(400, n)))),

    'addExact(int, int)': (_rt, _self, a: number, b: number) => intResult(a + b),
    'addExact(long, long)': (_rt, _self, a: Long, b: Long) => longResult(a.big() + b.big()),
    'subtractExact(int, int)': (_rt, _self, a: number, b: number) => intResult(a - b),
    'subtractExact(long, long)': (_rt, _self, a: Long, b: Long) => longResult(a.big() - b.big()),
    'multiplyExact(int, int)': (_rt, _self, a: number, b: number) => intResult(a * b),
    'multiplyExact(long, int)': (_rt, _self, a: Long, b: number) => longResult(a.big() * BigInt(b)),
    'multiplyExact(long, long)': (_rt, _self, a: Long, b: Long) => longResult(a.big() * b.big()),
    'multiplyFull(int, int)': (_rt, _self, a: number, b: number) => Long.of(a * b),
    'incrementExact(int)': (_rt, _self, n: number) => intResult(n + 1),
    'incrementExact(long)': (_rt, _self, n: Long) => longResult(n.big() + 1n),
    'decrementExact(int)': (_rt, _self, n: number) => intResult(n - 1),
    'decrementExact(long)': (_rt, _self, n: Long) => longResult(n.big() - 1n),
    'negateExact(int)': (_rt, _self, n: number) => intResult(-n),
    'negateExact(long)': (_rt, _self, n: Long) => longResult(-n.big()),
    'toIntExact(long)': (_rt, _self, n: Long) => intResult(Number(n.n)),
    'floorDiv(int, int)': (_rt, _self, a: number, b: number) => {
      divisor(b);
      return Math.floor(a / b) | 0;
    },
    'floorDiv(long, int)': (_rt, _self, a: Long, b: number) => Long.of(floorDiv(a.big(), BigInt(b))),
    'floorDiv(long, long)': (_rt, _self, a: Long, b: Long) => Long.of(floorDiv(a.big(), b.big())),
    'floorMod(int, int)': (_rt, _self, a: number, b: number) => {
      divisor(b);
      return (((a % b) + b) % b) | 0;
    },
    'floorMod(long, int)': (_rt, _self, a: Long, b: number) => Number(a.big() - floorDiv(a.big(), BigInt(b)) * BigInt(b)),
    'floorMod(long, long)': (_rt, _self, a: Long, b: Long) => Long.of(a.big() - floorDiv(a.big(), b.big()) * b.big()),
  },
};

function copySign(magnitude: number, sign: number): number {
  const negative = sign < 0 || Object.is(sign, -0);
  return negative ? -Math.abs(magnitude) : Math.abs(magnitude);
}
