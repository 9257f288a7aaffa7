/** Numbers from one class to another as casts do it: never failing for size, as Java's `intValue()` and its like. */
import { BigDecimal, Byte, Double, Float, Long, Short } from '../numbers/boxes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';

export type NumberValue = number | bigint | Long | Short | Byte | Double | Float | BigDecimal;

/** Any java.lang.Number of the JDK. */
export function isNumber(v: Value): v is NumberValue {
  switch (typeof v) {
    case 'number':
    case 'bigint':
      return true;
    case 'object':
      return v instanceof Long || v instanceof BigDecimal || v instanceof Double || v instanceof Float || v instanceof Short || v instanceof Byte;
    default:
      return false;
  }
}

/** Groovy truth of a number asks `doubleValue() != 0`. */
export function isZero(n: NumberValue): boolean {
  if (typeof n === 'number') return n === 0;
  if (typeof n === 'bigint') return n === 0n;
  if (n instanceof BigDecimal) return n.unscaled === 0n;
  return Number(n.n) === 0;
}

/** The exact integer part; what is not finite becomes the nearest long. */
function truncated(n: NumberValue): bigint {
  if (typeof n === 'number') return BigInt(n);
  if (typeof n === 'bigint') return n;
  if (n instanceof BigDecimal) return n.scale <= 0 ? n.unscaled * 10n ** BigInt(-n.scale) : n.unscaled / 10n ** BigInt(n.scale);
  if (n instanceof Double || n instanceof Float) {
    if (Number.isNaN(n.n)) return 0n;
    if (n.n >= 2 ** 63) return 2n ** 63n - 1n;
    if (n.n <= -(2 ** 63)) return -(2n ** 63n);
    return BigInt(Math.trunc(n.n));
  }
  return BigInt(n.n);
}

/** `Number.intValue()`: floating-point numbers saturate, the others keep their low 32 bits. */
export function intValue(n: NumberValue): number {
  if (typeof n === 'number') return n;
  if (n instanceof Double || n instanceof Float) {
    if (Number.isNaN(n.n)) return 0;
    return Math.max(-2147483648, Math.min(2147483647, Math.trunc(n.n)));
  }
  if (n instanceof Short || n instanceof Byte) return n.n;
  return Number(BigInt.asIntN(32, truncated(n)));
}

/** `Number.doubleValue()` */
export function doubleValue(n: NumberValue): number {
  if (typeof n === 'number') return n;
  if (typeof n === 'bigint') return Number(n);
  // JavaScript reads a decimal exactly, with the same rounding as Java.
  if (n instanceof BigDecimal) return n.scale === 0 ? Number(n.unscaled) : Number(`${n.unscaled}e${-n.scale}`);
  return Number(n.n);
}

/** A number as one of the box classes (or BigInteger, BigDecimal); `java.lang.Number` leaves it as it is. */
export function castNumber(rt: Runtime, n: NumberValue, box: string): Value {
  switch (box) {
    case 'java.lang.Integer':
      return intValue(n);
    case 'java.lang.Long':
      return n instanceof Long ? n : Long.of(truncated(n));
    case 'java.lang.Double': {
      if (n instanceof Double) return n;
      const d = doubleValue(n);
      if (!Number.isFinite(d) && !(n instanceof Float && Number.isNaN(d))) {
        throw new JavaThrowable(
          'groovy.lang.GroovyRuntimeException',
          `Automatic coercion of ${rt.classOf(n).name} value ${rt.str(n)} to double failed.  Value is out of range.`,
        );
      }
      return new Double(d);
    }
    case 'java.lang.Float':
      return n instanceof Float ? n : new Float(doubleValue(n));
    case 'java.lang.Short':
      return n instanceof Short ? n : new Short(intValue(n));
    case 'java.lang.Byte':
      return n instanceof Byte ? n : new Byte(intValue(n));
    case 'java.math.BigInteger':
      return typeof n === 'bigint' ? n : bigInteger(n);
    case 'java.math.BigDecimal':
      return n instanceof BigDecimal ? n : bigDecimal(rt, n);
    default:
      return n;
  }
}

function bigInteger(n: NumberValue): bigint {
  if ((n instanceof Double || n instanceof Float) && Number.isFinite(n.n)) return BigInt(Math.trunc(n.n));
  return truncated(n);
}

/** Floating-point numbers by their exact binary value, as `new BigDecimal(double)`. */
function bigDecimal(rt: Runtime, n: NumberValue): BigDecimal {
  if (!(n instanceof Double || n instanceof Float)) return new BigDecimal(truncated(n), 0);
  if (!Number.isFinite(n.n)) throw new JavaThrowable('java.lang.NumberFormatException', 'Infinite or NaN');
  let mantissa = n.n,
    twos = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    twos++;
  }
  rt.alloc(twos);
  // m / 2^k is m·5^k / 10^k.
  return new BigDecimal(BigInt(mantissa) * 5n ** BigInt(twos), twos);
}

/** `'12'.toInteger()` and its like, by the method that Groovy gives Strings. */
export function numberFromText(rt: Runtime, text: string, method: string): Value {
  if (method === 'toByte') return castNumber(rt, rt.invokeSync(text, 'toInteger', []) as NumberValue, 'java.lang.Byte');
  return rt.invokeSync(text, method, []);
}
