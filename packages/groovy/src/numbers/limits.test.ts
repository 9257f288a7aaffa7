import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Native } from '../runtime/native.ts';
import { BigDecimal } from './boxes.ts';
import { numberLibrary } from './index.ts';
import { bigIntegerTable } from './library/big-integer.ts';
import * as arithmetic from './operators.ts';
import { fakeRuntime as rt } from './recorded/fake-runtime.ts';

const OVERFLOW = { typeName: 'java.lang.ArithmeticException', detail: 'BigInteger would overflow supported range' };
const huge = 3n ** 600_000n;

test("numbers that would take a script's neighbours their time are refused", () => {
  assert.throws(() => arithmetic.power(2, 2_000_000_000), OVERFLOW);
  assert.throws(() => arithmetic.multiply(huge, huge), OVERFLOW);
  assert.throws(() => arithmetic.plus(new BigDecimal(1n, -2_000_000_000), 1), OVERFLOW);
  const methods = bigIntegerTable.methods as Record<string, Native>;
  for (const [signature, ...args] of [
    ['shiftLeft(int)', 2_000_000_000],
    ['gcd(java.math.BigInteger)', huge + 2n],
    ['nextProbablePrime()'],
    ['modPow(java.math.BigInteger, java.math.BigInteger)', huge, huge],
    ['sqrt()'],
  ] as const) {
    assert.throws(() => methods[signature]?.(rt, huge, ...args), OVERFLOW, signature);
  }
  assert.equal(arithmetic.compareNumbers(new BigDecimal(1n, -2_000_000_000), 1), 1);
});

test('a null argument is a NullPointerException', () => {
  const add = numberLibrary.classes.find((c) => c.name === 'java.math.BigDecimal')?.methods?.['add(java.math.BigDecimal)'] as Native;
  assert.throws(() => add(rt, new BigDecimal(1n, 0), null), { typeName: 'java.lang.NullPointerException' });
});
