import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../runtime/values.ts';
import { castToNumberType, isNumberText, numberFromText } from './conversions.ts';
import { fakeRuntime as rt } from './recorded/fake-runtime.ts';
import { outcome, readValue } from './recorded/recorded.ts';

const CAST = 'org.codehaus.groovy.runtime.typehandling.GroovyCastException';

test("casts narrow as Java does and refuse with Groovy's message", () => {
  const expected: readonly (readonly [Value, string, string])[] = [
    [readValue('3.7m'), 'int', '3i'],
    [300, 'byte', '44b'],
    [65, 'char', '65c'],
    ['a', 'int', '97i'],
    [readValue('1e30d'), 'long', '9223372036854775807L'],
    [readValue('1E+20m'), 'int', '1661992960i'],
    [readValue('0.1d'), 'java.math.BigDecimal', '0.1000000000000000055511151231257827021181583404541015625m'],
    [readValue('3.99d'), 'java.math.BigInteger', '3G'],
    [readValue('1E+400m'), 'double', 'Infinityd'],
    [
      readValue('1E+400m'),
      'java.lang.Double',
      '! groovy.lang.GroovyRuntimeException: Automatic coercion of java.math.BigDecimal value 1E+400 to double failed.  Value is out of range.',
    ],
    ['abc', 'int', `! ${CAST}: Cannot cast object 'abc' with class 'java.lang.String' to class 'int'`],
    [true, 'int', `! ${CAST}: Cannot cast object 'true' with class 'java.lang.Boolean' to class 'int'`],
    [null, 'int', `! ${CAST}: Cannot cast object 'null' with class 'null' to class 'int'. Try 'java.lang.Integer' instead`],
    ['ab', 'char', `! ${CAST}: Cannot cast object 'ab' with class 'java.lang.String' to class 'char'`],
  ];
  for (const [v, type, answer] of expected)
    assert.equal(
      outcome(() => castToNumberType(rt, v, type) as Value),
      answer,
    );
});

test("texts become numbers with Java's syntax and messages", () => {
  const expected: readonly (readonly [string, string, string])[] = [
    [' 5 ', 'toInteger', '5i'],
    ['５', 'toInteger', '5i'],
    ['1.5d', 'toDouble', '1.5d'],
    ['0x1.8p1', 'toDouble', '3.0d'],
    [' 5.50 ', 'toBigDecimal', '5.50m'],
    ['abc', 'toInteger', '! java.lang.NumberFormatException: For input string: "abc"'],
    ['', 'toDouble', '! java.lang.NumberFormatException: empty String'],
    ['99999999999', 'toInteger', '! java.lang.NumberFormatException: For input string: "99999999999"'],
    ['70000', 'toShort', '! java.lang.NumberFormatException: Value out of range. Value:"70000" Radix:10'],
    [
      'x',
      'toBigDecimal',
      '! java.lang.NumberFormatException: Character x is neither a decimal digit number, decimal point, nor "e" notation exponential mark.',
    ],
    ['1e9999999999', 'toBigDecimal', '! java.lang.NumberFormatException: Exponent overflow.'],
    ['123456789012345678901234567890x', 'toBigInteger', '! java.lang.NumberFormatException: For input string: "34567890x"'],
    ['1-2', 'toBigInteger', '! java.lang.NumberFormatException: Illegal embedded sign character'],
  ];
  for (const [text, method, answer] of expected)
    assert.equal(
      outcome(() => numberFromText(text, method)),
      answer,
    );
});

test('isNumber and its like', () => {
  assert.deepEqual(
    ['1', '1.5', '1e5', ' 1 ', 'x', '1f', '0x1', ''].map((t) => isNumberText(t, 'toBigDecimal')),
    [true, true, true, true, false, false, false, false],
  );
  assert.deepEqual(
    ['1', '1.5', ' 1 ', 'x', '', '99999999999'].map((t) => isNumberText(t, 'toInteger')),
    [true, false, true, false, false, false],
  );
});

test('a float of a text is rounded once', () => {
  // Lies just above the middle of two floats, by less than a double can tell.
  assert.equal(
    outcome(() => numberFromText('1.00000017881393432617187499', 'toFloat')),
    '1.0000001f',
  );
  assert.equal(
    outcome(() => numberFromText('1.00000017881393432617187501', 'toFloat')),
    '1.0000002f',
  );
});
