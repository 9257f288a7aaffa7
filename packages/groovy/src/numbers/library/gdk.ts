/** What Groovy adds to numbers, Booleans and Characters (DefaultGroovyMethods, StringGroovyMethods' `number + text`). */
import type { Extension, Native, Signatures } from '../../runtime/native.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import type { Long } from '../boxes.ts';
import { Character, Double, Float } from '../boxes.ts';
import { numberToDouble } from '../conversions.ts';
import { javaPow, roundHalfUp } from '../double-math.ts';
import { decimalValue, doubleToInt, doubleToLong, floatValue, intValue, isZero, longValue, wholeValue } from '../number-values.ts';
import * as arithmetic from '../operators.ts';
import * as character from './character.ts';
import { characterTable } from './character.ts';
import { loopMethods } from './gdk-loops.ts';

const NUMBER = 'java.lang.Number',
  CHARACTER = 'java.lang.Character';

type Binary = (a: Value, b: Value) => Value;
/** An operator between numbers; `withCharacters` adds the three forms with a Character on a side. */
function operator(name: string, f: Binary, withCharacters = false, asked = '"java.lang.Number.intValue()" because "right"'): Signatures {
  const table: Record<string, (rt: unknown, a: Value, b: Value) => Value> = {};
  const pairs = withCharacters
    ? [
        [NUMBER, NUMBER],
        [CHARACTER, NUMBER],
        [NUMBER, CHARACTER],
        [CHARACTER, CHARACTER],
      ]
    : [[NUMBER, NUMBER]];
  for (const [left, right] of pairs) {
    table[`${name}(${left}, ${right})`] = (_rt, a, b) => {
      if (b === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot invoke ${asked} is null`);
      return f(a, b);
    };
  }
  return table as Signatures;
}

/** `Math.floor(n × 10^p + 0.5) / 10^p`, in doubles as Groovy has it. */
function roundTo(n: number, places: number): number {
  const unit = javaPow(10, places);
  return Math.floor(n * unit + 0.5) / unit;
}
function truncTo(n: number, places: number): number {
  const unit = javaPow(10, places);
  return (n < 0 ? Math.ceil(n * unit) : Math.floor(n * unit)) / unit;
}

const numberMethods: Signatures = {
  ...operator('plus', arithmetic.plus, true),
  ...operator('minus', arithmetic.minus, true),
  ...operator('multiply', arithmetic.multiply, true),
  ...operator('div', arithmetic.div, true),
  ...operator('intdiv', arithmetic.intdiv, true),
  ...operator('compareTo', arithmetic.compareNumbers, true),
  ...operator('mod', arithmetic.mod),
  ...operator('or', arithmetic.or),
  ...operator('and', arithmetic.and),
  ...operator('xor', arithmetic.xor),
  ...operator('leftShift', arithmetic.leftShift),
  ...operator('rightShift', arithmetic.rightShift),
  ...operator('rightShiftUnsigned', arithmetic.rightShiftUnsigned),
  ...operator('power', arithmetic.power, false, '"java.lang.Number.doubleValue()" because "exponent"'),
  'power(java.lang.Integer, java.lang.Integer)': (_rt, self: Value, n: Value) => arithmetic.power(self, n),
  'power(java.lang.Long, java.lang.Integer)': (_rt, self: Value, n: Value) => arithmetic.power(self, n),
  'power(java.math.BigDecimal, java.lang.Integer)': (_rt, self: Value, n: Value) => arithmetic.power(self, n),
  'power(java.math.BigInteger, java.lang.Integer)': (_rt, self: Value, n: Value) => arithmetic.power(self, n),
  'power(java.math.BigInteger, java.math.BigInteger)': (_rt, self: Value, n: Value) => arithmetic.power(self, n),
  'multiply(java.math.BigDecimal, java.lang.Double)': (_rt, self: Value, n: Value) => arithmetic.multiply(self, n),
  'multiply(java.math.BigDecimal, java.math.BigInteger)': (_rt, self: Value, n: Value) => arithmetic.multiply(self, n),
  'plus(java.lang.Number, java.lang.String)': (rt, self: Value, text: string | null) => rt.str(self) + (text ?? 'null'),
  'bitwiseNegate(java.lang.Number)': (_rt, self: Value) => arithmetic.bitwiseNegate(self),
  'unaryMinus(java.lang.Number)': (_rt, self: Value) => arithmetic.negate(self),
  'unaryPlus(java.lang.Number)': (_rt, self: Value) => arithmetic.unaryPlus(self),
  'next(java.lang.Number)': (_rt, self: Value) => arithmetic.next(self),
  'previous(java.lang.Number)': (_rt, self: Value) => arithmetic.previous(self),
  'abs(java.lang.Number)': (_rt, self: Value) => {
    const n = intValue(self);
    return n < 0 ? -n | 0 : n;
  },
  'abs(java.lang.Long)': (_rt, self: Long) => arithmetic.absolute(self),
  'abs(java.lang.Float)': (_rt, self: Float) => new Float(Math.abs(self.n)),
  'abs(java.lang.Double)': (_rt, self: Double) => new Double(Math.abs(self.n)),
  'round(java.lang.Float)': (_rt, self: Float) => doubleToInt(roundHalfUp(self.n)),
  'round(java.lang.Float, int)': (_rt, self: Float, places: number) => new Float(roundTo(self.n, places)),
  'round(java.lang.Double)': (_rt, self: Double) => doubleToLong(roundHalfUp(self.n)),
  'round(java.lang.Double, int)': (_rt, self: Double, places: number) => new Double(roundTo(self.n, places)),
  'trunc(java.lang.Float)': (_rt, self: Float) => new Float(self.n < 0 ? Math.ceil(self.n) : Math.floor(self.n)),
  'trunc(java.lang.Float, int)': (_rt, self: Float, places: number) => new Float(truncTo(self.n, places)),
  'trunc(java.lang.Double)': (_rt, self: Double) => new Double(self.n < 0 ? Math.ceil(self.n) : Math.floor(self.n)),
  'trunc(java.lang.Double, int)': (_rt, self: Double, places: number) => new Double(truncTo(self.n, places)),
  'toInteger(java.lang.Number)': (_rt, self: Value) => intValue(self),
  'toLong(java.lang.Number)': (_rt, self: Value) => longValue(self),
  'toFloat(java.lang.Number)': (_rt, self: Value) => new Float(floatValue(self)),
  'toDouble(java.lang.Number)': (_rt, self: Value) => numberToDouble(self),
  'toBigDecimal(java.lang.Number)': (_rt, self: Value) => decimalValue(self),
  'toBigInteger(java.lang.Number)': (_rt, self: Value) => wholeValue(self),
  'asBoolean(java.lang.Number)': (_rt, self: Value) => !isZero(self),
  'isCase(java.lang.Number, java.lang.Number)': (_rt, self: Value, other: Value) => other !== null && arithmetic.compareNumbers(self, other) === 0,
};

/** A method of a Character that asks the static one of java.lang.Character. */
function test(name: string): Native {
  const byChar = characterTable.statics?.[`${name}(char)`] as Native;
  return (rt, self) => byChar(rt, null, self);
}
const characterMethods: Signatures = {
  'next(java.lang.Character)': (_rt, self: Character) => arithmetic.next(self),
  'previous(java.lang.Character)': (_rt, self: Character) => arithmetic.previous(self),
  'asBoolean(java.lang.Character)': (_rt, self: Character) => self.code !== 0,
  'isUpperCase(java.lang.Character)': test('isUpperCase'),
  'isLowerCase(java.lang.Character)': test('isLowerCase'),
  'isLetter(java.lang.Character)': test('isLetter'),
  'isDigit(java.lang.Character)': test('isDigit'),
  'isLetterOrDigit(java.lang.Character)': test('isLetterOrDigit'),
  'isWhitespace(java.lang.Character)': test('isWhitespace'),
  'toUpperCase(java.lang.Character)': (_rt, self: Character) => new Character(character.toUpperCase(self.code)),
  'toLowerCase(java.lang.Character)': (_rt, self: Character) => new Character(character.toLowerCase(self.code)),
};

const booleanMethods: Signatures = {
  'asBoolean(java.lang.Boolean)': (_rt, self: boolean) => self,
  'toBoolean(java.lang.Boolean)': (_rt, self: boolean) => self,
  'and(java.lang.Boolean, java.lang.Boolean)': (_rt, a: boolean, b: boolean) => a && b,
  'or(java.lang.Boolean, java.lang.Boolean)': (_rt, a: boolean, b: boolean) => a || b,
  'xor(java.lang.Boolean, java.lang.Boolean)': (_rt, a: boolean, b: boolean) => a !== b,
  'implies(java.lang.Boolean, java.lang.Boolean)': (_rt, a: boolean, b: boolean) => !a || b,
};

export const numberExtension: Extension = {
  holder: 'org.codehaus.groovy.runtime.DefaultGroovyMethods',
  methods: { ...numberMethods, ...loopMethods, ...characterMethods, ...booleanMethods },
};
