import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRange, JavaArray, JavaList, JavaMap, JavaSet } from '../collections/index.ts';
import { BigDecimal, Character, Double, Long } from '../numbers/boxes.ts';
import { hashBigInteger, hashDouble, hashLong } from '../numbers/hash.ts';
import { makeInterpreter } from '../run-script.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaThrowable } from '../runtime/values.ts';
import { hashString } from '../text/letters.ts';

const rt = makeInterpreter({ print: () => {} });
const list = (...items: Value[]): JavaList => new JavaList(items);
function map(pairs: Readonly<Record<string, Value>>): JavaMap {
  const m = new JavaMap();
  for (const [k, v] of Object.entries(pairs)) m.put(rt, k, v);
  return m;
}
function message(go: () => unknown): string {
  try {
    go();
  } catch (failure) {
    if (failure instanceof JavaThrowable) return `${failure.typeName}: ${failure.detail}`;
    throw failure;
  }
  return 'nothing was thrown';
}

test("hash codes are Java's", () => {
  assert.equal(hashString('abc'), 96354);
  assert.equal(hashLong(5_000_000_000), 705032705);
  assert.equal(hashLong(-1), 0);
  assert.equal(hashDouble(1.5), 1073217536);
  assert.equal(hashBigInteger(123456789012345678901234567890n), 1915528825);
  assert.equal(rt.hash(true), 1231);
});

test('== compares numbers by value, lists by elements and maps by entries', () => {
  assert.ok(rt.equals(1, Long.of(1)));
  assert.ok(rt.equals(1, new BigDecimal(100n, 2)));
  assert.ok(rt.equals(97, 'a'));
  assert.ok(rt.equals('a', new Character(97)));
  assert.ok(rt.equals(list(1, list(2)), list(Long.of(1), list(new Double(2)))));
  assert.ok(rt.equals(list(1, 2), new JavaArray('int', [1, 2])));
  assert.ok(rt.equals(map({ a: 1 }), map({ a: Long.of(1) })));
  assert.ok(!rt.equals(list(1), JavaSet.from(rt, [1])));
  assert.ok(!rt.javaEquals(1, Long.of(1)));
});

test('<=> puts null first and tells what it cannot compare', () => {
  assert.equal(rt.compare(null, 1), -1);
  assert.equal(rt.compare('a', 'c'), -1);
  assert.equal(rt.compare(2, new BigDecimal(15n, 1)), 1);
  assert.equal(
    message(() => rt.compare(list(1), list(2))),
    "groovy.lang.GroovyRuntimeException: Cannot compare java.util.ArrayList with value '[1]' and java.util.ArrayList with value '[2]'",
  );
});

test('truth follows Groovy', () => {
  for (const v of [null, false, 0, 0n, '', list(), map({}), new Double(0), new Character(0), new GString([''], [])]) assert.ok(!rt.truth(v));
  for (const v of [true, -1, 'false', list(null), map({ a: null }), new GString(['x'], [])]) assert.ok(rt.truth(v));
});

test("text is Groovy's for elements and Java's for toString", () => {
  const m = map({ a: list('x', map({})) });
  assert.equal(rt.format(m), '[a:[x, [:]]]');
  assert.equal(rt.str(m), '{a=[x, {}]}');
  assert.equal(rt.inspect(list("it's", 'a\nb')), "['it\\'s', 'a\\nb']");
  const itself = list(1);
  itself.add(rt, itself);
  assert.equal(rt.format(itself), '[1, (this Collection)]');
  const range = createRange(rt, 1, 3, true);
  assert.equal(rt.format(range), '[1, 2, 3]');
  assert.equal(rt.format(list(range)), '[1..3]');
});

test("casts fail in Groovy's words", () => {
  assert.equal(rt.cast('A', 'int'), 65);
  assert.equal(rt.cast(new Double(3.9), 'int'), 3);
  assert.equal(
    message(() => rt.cast('x1', 'java.lang.Integer')),
    "org.codehaus.groovy.runtime.typehandling.GroovyCastException: Cannot cast object 'x1' with class 'java.lang.String' to class 'java.lang.Integer'",
  );
  assert.equal(
    message(() => rt.cast(null, 'int')),
    "org.codehaus.groovy.runtime.typehandling.GroovyCastException: Cannot cast object 'null' with class 'null' to class 'int'. Try 'java.lang.Integer' instead",
  );
  assert.equal(
    message(() => rt.cast(list(1), 'java.util.Map')),
    "org.codehaus.groovy.runtime.typehandling.GroovyCastException: Cannot cast object '[1]' with class 'java.util.ArrayList' to class 'java.util.Map' due to: groovy.lang.GroovyRuntimeException: Could not find matching constructor for: java.util.Map(java.lang.Integer)",
  );
});

test('as makes collections and parses text', () => {
  assert.equal(rt.coerce('12', 'int'), 12);
  assert.equal(rt.format(rt.coerce(list(1, 1, 2), 'java.util.Set') as Value), '[1, 2]');
  assert.equal(rt.format(rt.coerce(list('1', '2'), 'int[]') as Value), '[1, 2]');
  assert.equal(rt.coerce(null, 'boolean'), false);
  assert.equal(rt.coerce(null, 'java.lang.String'), null);
});
