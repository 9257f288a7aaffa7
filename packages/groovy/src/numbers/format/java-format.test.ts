import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Double, Long } from '../boxes.ts';
import { decimalFormat } from '../library/number-format.ts';
import { fakeRuntime as rt } from '../recorded/fake-runtime.ts';
import { writeDateConversion } from './date-conversions.ts';
import { javaFormat } from './java-format.ts';

test('negative zero keeps its sign', () => {
  const zero = new Double(-0);
  assert.deepEqual(
    ['%f', '%.0f', '%e', '%g', '%(.1f'].map((f) => javaFormat(rt, f, [zero])),
    ['-0.000000', '-0', '-0.000000e+00', '-0.00000', '(0.0)'],
  );
  assert.deepEqual(
    ['0', '0.0', '#,##0.##', '0E0'].map((p) => decimalFormat(p).format(rt, zero)),
    ['-0', '-0.0', '-0', '-0E0'],
  );
});

test('dates are written by the function that is handed in', () => {
  const date = Long.of(1_000_500);
  const write = (_rt: unknown, conversion: string, v: unknown): string | null =>
    v instanceof Long ? writeDateConversion(conversion, v.num(), (pattern) => `<${pattern}>`) : null;
  assert.equal(javaFormat(rt, '%1$tF %1$tT|%1$-8ts|%1$TB', [date], write), '<yyyy-MM-dd> <HH:mm:ss>|1000    |<MMMM>');
  assert.equal(javaFormat(rt, '%tY', [null], write), 'null');
  assert.throws(() => javaFormat(rt, '%tY', ['x'], write), { typeName: 'java.util.IllegalFormatConversionException', detail: 'Y != java.lang.String' });
});

test('a width beyond the limits is refused before it is made', () => {
  assert.throws(() => javaFormat(rt, '%2000000000d', [1]), { typeName: 'java.lang.OutOfMemoryError' });
  assert.throws(() => javaFormat(rt, '%.2000000000f', [new Double(1)]), { typeName: 'java.lang.OutOfMemoryError' });
});
