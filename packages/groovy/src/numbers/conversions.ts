/**
 * A value as one of Java's numbers: casts (`(int) v`, typed variables), and the conversions that Groovy gives texts
 * (`'5'.toInteger()`, `'5' as int`). After DefaultTypeTransformation and StringGroovyMethods of Groovy 2.4.
 */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaThrowable } from '../runtime/values.ts';
import { numberClassName, numberText } from './arithmetic.ts';
import { type BigDecimal, Byte, Character, Double, Float, type Long, Short } from './boxes.ts';
import { decimalOf, decimalOfDouble } from './decimal.ts';
import { decimalValue, doubleValue, floatValue, intValue, isNumber, longValue, wholeValue } from './number-values.ts';
import { javaTrim, parseBigInteger, parseDouble, parseFloat, parseInt, parseLong, parseShort } from './parse.ts';

function castFailure(rt: Runtime, v: Value, type: string): JavaThrowable {
  const shown = v === null ? 'null' : rt.str(v);
  const hint = v === null && PRIMITIVE_BOX[type] !== undefined ? `. Try '${PRIMITIVE_BOX[type]}' instead` : '';
  const name = v === null ? 'null' : rt.classOf(v).name;
  return new JavaThrowable(
    'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
    `Cannot cast object '${shown}' with class '${name}' to class '${type}'${hint}`,
  );
}
const PRIMITIVE_BOX: Readonly<Record<string, string>> = {
  int: 'java.lang.Integer',
  long: 'java.lang.Long',
  double: 'java.lang.Double',
  float: 'java.lang.Float',
  short: 'java.lang.Short',
  byte: 'java.lang.Byte',
};

/** `DefaultTypeTransformation.castToNumber`: numbers, Characters and texts of one character. `type` is for the message. */
export function castToNumber(rt: Runtime, v: Value, type: string): Value {
  if (isNumber(v)) return v;
  if (v instanceof Character) return v.code;
  if (typeof v === 'string' || v instanceof GString) {
    const text = rt.str(v);
    if (text.length === 1) return text.charCodeAt(0);
    throw castFailure(rt, text, type);
  }
  throw castFailure(rt, v, type);
}

/** `(int) v`. Whole numbers wrap around, floating ones stop at the bounds; GroovyCastException for what is no number. */
export function toInt(rt: Runtime, v: Value): number {
  return typeof v === 'number' ? v : intValue(castToNumber(rt, v, 'int'));
}
export function toLong(rt: Runtime, v: Value): Long {
  return longValue(castToNumber(rt, v, 'long'));
}
export function toShort(rt: Runtime, v: Value): Short {
  return new Short(intValue(castToNumber(rt, v, 'short')));
}
export function toByte(rt: Runtime, v: Value): Byte {
  return new Byte(intValue(castToNumber(rt, v, 'byte')));
}
export function toDouble(rt: Runtime, v: Value): Double {
  return v instanceof Double ? v : new Double(doubleValue(castToNumber(rt, v, 'double')));
}
export function toFloat(rt: Runtime, v: Value): Float {
  return v instanceof Float ? v : new Float(floatValue(castToNumber(rt, v, 'float')));
}

/** `(char) v`: a number's low 16 bits, or a text's only character. */
export function toChar(rt: Runtime, v: Value): Character {
  if (v instanceof Character) return v;
  if (isNumber(v)) return new Character(intValue(v));
  const text = v === null ? '' : rt.str(v);
  if (v === null || text.length !== 1) throw castFailure(rt, v === null ? v : text, 'char');
  return new Character(text.charCodeAt(0));
}

/** `(BigDecimal) v`: a floating number by its exact binary value, unlike `v as BigDecimal`. */
export function toBigDecimal(rt: Runtime, v: Value): BigDecimal {
  const n = castToNumber(rt, v, 'java.math.BigDecimal');
  return n instanceof Double || n instanceof Float ? decimalOfDouble(n.n) : decimalValue(n);
}
/** `(BigInteger) v`: without the fraction. */
export function toBigInteger(rt: Runtime, v: Value): bigint {
  return wholeValue(castToNumber(rt, v, 'java.math.BigInteger'));
}

/** `(Double) v`, which unlike `(double) v` refuses what overflows. */
export function toDoubleBox(rt: Runtime, v: Value): Double {
  const n = castToNumber(rt, v, 'java.lang.Double');
  const answer = toDouble(rt, n);
  if (!(n instanceof Double) && Math.abs(answer.n) === Infinity) {
    throw new JavaThrowable(
      'groovy.lang.GroovyRuntimeException',
      `Automatic coercion of ${numberClassName(n)} value ${numberText(n)} to double failed.  Value is out of range.`,
    );
  }
  return answer;
}

/** Casts to a primitive or a number class by name; undefined where the type is neither. */
export function castToNumberType(rt: Runtime, v: Value, type: string): Value | undefined {
  switch (type) {
    case 'int':
      return toInt(rt, v);
    case 'long':
      return toLong(rt, v);
    case 'double':
      return toDouble(rt, v);
    case 'float':
      return toFloat(rt, v);
    case 'short':
      return toShort(rt, v);
    case 'byte':
      return toByte(rt, v);
    case 'char':
    case 'java.lang.Character':
      return toChar(rt, v);
    case 'java.lang.Integer':
      return intValue(castToNumber(rt, v, type));
    case 'java.lang.Long':
      return longValue(castToNumber(rt, v, type));
    case 'java.lang.Double':
      return toDoubleBox(rt, v);
    case 'java.lang.Float':
      return new Float(floatValue(castToNumber(rt, v, type)));
    case 'java.lang.Short':
      return new Short(intValue(castToNumber(rt, v, type)));
    case 'java.lang.Byte':
      return new Byte(intValue(castToNumber(rt, v, type)));
    case 'java.math.BigDecimal':
      return toBigDecimal(rt, v);
    case 'java.math.BigInteger':
      return toBigInteger(rt, v);
    case 'java.lang.Number':
      return castToNumber(rt, v, type);
    default:
      return undefined;
  }
}

/**
 * The methods that StringGroovyMethods gives a CharSequence: `toInteger`, `toLong`, `toShort`, `toDouble`, `toFloat`,
 * `toBigDecimal`, `toBigInteger`. Throws NumberFormatException.
 */
export function numberFromText(text: string, method: string): Value {
  const trimmed = javaTrim(text);
  switch (method) {
    case 'toInteger':
      return parseInt(trimmed);
    case 'toLong':
      return parseLong(trimmed);
    case 'toShort':
      return parseShort(trimmed);
    case 'toDouble':
      return new Double(parseDouble(trimmed));
    case 'toFloat':
      return new Float(parseFloat(trimmed));
    case 'toBigDecimal':
      return decimalOf(trimmed);
    case 'toBigInteger':
      return parseBigInteger(trimmed);
    default:
      throw new JavaThrowable('java.lang.IllegalArgumentException', `no conversion of text is called ${method}`);
  }
}

/** `isInteger()`, `isNumber()` … of a text: whether `numberFromText` would answer. `isNumber` is `isBigDecimal`. */
export function isNumberText(text: string, method: string): boolean {
  try {
    numberFromText(text, method);
    return true;
  } catch (failure) {
    if (failure instanceof JavaThrowable && failure.typeName === 'java.lang.NumberFormatException') return false;
    throw failure;
  }
}

/** `toBigDecimal()` of a number, and `number as BigDecimal`: floating ones by their text. */
export function numberToBigDecimal(v: Value): BigDecimal {
  return decimalValue(v);
}
/** `toDouble()` of a number, and `number as Double`: a Float by its text, so 0.1f becomes 0.1. */
export function numberToDouble(v: Value): Double {
  if (v instanceof Double) return v;
  return v instanceof Float ? new Double(Number(v.javaString())) : new Double(doubleValue(v));
}
