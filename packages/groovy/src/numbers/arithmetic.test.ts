import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Value } from '../runtime/values.ts';
import type { Long } from './boxes.ts';
import { BigDecimal, Double, Float } from './boxes.ts';
import { numberToDouble } from './conversions.ts';
import { hashBigInteger } from './hash.ts';
import { numberExtension } from './library/gdk.ts';
import { decimalValue, doubleValue, floatValue, intValue, longValue, wholeValue } from './number-values.ts';
import * as arithmetic from './operators.ts';
import { outcome, readValue } from './recorded/recorded.ts';

type Conversion = (v: Value) => Value;
const conversions: Readonly<Record<string, Conversion>> = {
  intValue,
  longValue,
  toBigDecimal: decimalValue,
  toBigInteger: wholeValue,
  toDouble: numberToDouble,
  doubleValue: (v) => new Double(doubleValue(v)),
  floatValue: (v) => new Float(floatValue(v)),
  hashCode: (v) => (typeof v === 'number' ? v : typeof v === 'bigint' ? hashBigInteger(v) : (v as Long).javaHash()),
  toString: (v: Value) => arithmetic.numberText(v),
  abs: (v: Value): Value => {
    if (typeof v === 'bigint' || v instanceof BigDecimal) return arithmetic.absolute(v);
    const own = typeof v === 'object' && v !== null ? numberExtension.methods?.[`abs(${v.$type})`] : undefined;
    return (own ?? numberExtension.methods?.['abs(java.lang.Number)'])?.(null as never, v) as Value;
  },
};

test('operators and conversions answer what Groovy 2.4 was recorded to answer', () => {
  const file = process.env['NUMBERS_RECORDING'] ?? new URL('./recorded/arithmetic.txt', import.meta.url);
  const wrong: string[] = [];
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const [operation, left, right, ...rest] = line.split(' ') as [string, string, string, ...string[]];
    const f = (arithmetic as unknown as Record<string, (a: Value, b?: Value) => Value>)[operation] ?? conversions[operation];
    assert.ok(f !== undefined, operation);
    const expected = rest.join(' ');
    const actual = outcome(() => f(readValue(left), right === '-' ? undefined : readValue(right)));
    if (actual !== expected) wrong.push(`${operation} ${left} ${right}: ${actual} instead of ${expected}`);
  }
  assert.deepEqual(wrong, []);
});

test('two Integers stay an Integer and wrap around', () => {
  assert.equal(arithmetic.plus(2147483647, 1), -2147483648);
  assert.equal(arithmetic.multiply(65536, 65536), 0);
  assert.ok(Object.is(arithmetic.mod(-4, 2), 0));
});
