/** The objects by themselves: what other folders rely on when they make and read collections. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Long } from '../numbers/boxes.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaThrowable } from '../runtime/values.ts';
import {
  EntrySet,
  GroovyRange,
  HashMap,
  IntRange,
  JavaList,
  JavaMap,
  JavaSet,
  KeySet,
  LinkedList,
  MapWithDefault,
  mapOf,
  PriorityQueue,
  SubList,
  TreeMap,
  UnmodifiableList,
  UnmodifiableMap,
} from './index.ts';
import { arrayClassName } from './model.ts';
import { TestClosure, testRuntime } from './test-runtime.ts';

const rt = testRuntime();
const thrown =
  (type: string, message: string | null) =>
  (e: unknown): boolean =>
    e instanceof JavaThrowable && e.typeName === type && e.detail === message;

test('a map of a JavaScript record keeps its order', () => {
  const map = mapOf({ b: 1, a: 'x', c: null });
  assert.deepEqual(map.keys(), ['b', 'a', 'c']);
  assert.equal(map.get(rt, 'a'), 'x');
  assert.equal(map.get(rt, 'z'), null);
  assert.equal(map.has(rt, 'c'), true);
  assert.equal(map.javaString(rt), '{b=1, a=x, c=null}');
});

test('keys of different Java types differ, and keys that are objects keep the order of all', () => {
  const map = new JavaMap();
  map.put(rt, 1, 'int');
  map.put(rt, Long.of(1), 'long');
  map.put(rt, '1', 'string');
  map.put(rt, new GString(['1'], []), 'gstring');
  map.put(rt, new JavaList([1]), 'list');
  assert.deepEqual(map.values(), ['int', 'long', 'string', 'gstring', 'list']);
  assert.equal(map.get(rt, Long.of(1)), 'long');
  assert.equal(map.get(rt, new GString(['1'], [])), 'gstring');
  assert.equal(map.put(rt, new JavaList([1]), 'again'), 'list');
  assert.equal(map.remove(rt, Long.of(1)), 'long');
  assert.equal(map.size, 4);
});

test('views of a map write through', () => {
  const map = mapOf({ a: 1, b: 2, c: 3 });
  new KeySet(map).remove(rt, 'a');
  const entry = new EntrySet(map).toArray()[0];
  assert.ok(entry !== undefined && entry !== null);
  map.entries()[0]?.setValue(rt, 9);
  assert.equal(map.javaString(rt), '{b=9, c=3}');
  assert.throws(() => new KeySet(map).add(), thrown('java.lang.UnsupportedOperationException', null));
});

test('an iterator fails when somebody else changed the collection', () => {
  const list = new JavaList([1, 2, 3]);
  const it = list.iterator(rt);
  it.next();
  list.add(rt, 4);
  assert.throws(() => it.next(), thrown('java.util.ConcurrentModificationException', null));
  const map = mapOf({ a: 1, b: 2 });
  const keys = new KeySet(map).iterator(rt);
  keys.next();
  keys.remove(rt);
  assert.equal(keys.next(), 'b');
});

test('a sublist is a window on its list', () => {
  const list = new JavaList([1, 2, 3, 4]);
  const sub = new SubList(list, 1, 3);
  sub.set(rt, 0, 9);
  sub.add(rt, 7);
  assert.deepEqual(list.items, [1, 9, 3, 7, 4]);
  assert.deepEqual(sub.items, [9, 3, 7]);
  list.add(rt, 0);
  assert.throws(() => sub.size, thrown('java.util.ConcurrentModificationException', null));
});

test('places outside are refused with the messages of JDK 17', () => {
  assert.throws(() => new JavaList([1]).get(rt, 5), thrown('java.lang.IndexOutOfBoundsException', 'Index 5 out of bounds for length 1'));
  assert.throws(() => new LinkedList([1]).get(rt, 5), thrown('java.lang.IndexOutOfBoundsException', 'Index: 5, Size: 1'));
  assert.throws(() => new JavaList([1]).insert(rt, 5, 1), thrown('java.lang.IndexOutOfBoundsException', 'Index: 5, Size: 1'));
});

test('unmodifiable views show changes and refuse to make any', () => {
  const list = new JavaList([1]);
  const view = new UnmodifiableList(list);
  list.add(rt, 2);
  assert.deepEqual(view.items, [1, 2]);
  assert.throws(() => view.add(), thrown('java.lang.UnsupportedOperationException', null));
  assert.throws(() => new UnmodifiableMap(mapOf({ a: 1 })).put(), thrown('java.lang.UnsupportedOperationException', null));
});

test('a range costs nothing until its elements are asked for', () => {
  const range = new IntRange(true, 1, 1_000_000_000);
  assert.equal(range.size, 1_000_000_000);
  assert.equal(range.get(rt, 999), 1000);
  assert.equal(range.contains(rt, 5), true);
  assert.throws(() => range.items, thrown('java.lang.OutOfMemoryError', 'Java heap space'));
  assert.ok(range instanceof GroovyRange && range instanceof JavaList);
  assert.deepEqual(new IntRange(false, 5, 1).items, [5, 4, 3, 2]);
});

test('a table below 64 buckets grows when nine keys meet in one', () => {
  const order = (colliding: number): Value[] => {
    const map = new HashMap();
    for (let i = 0; i < colliding; i++) map.put(rt, i * 4096, i);
    for (const key of [97, 33, 17, 1]) map.put(rt, key, key);
    return map.keys().filter((k) => (k as number) % 4096 !== 0);
  };
  // As the JDK 17 gives them: 16, 32 and 64 buckets.
  assert.deepEqual(
    [order(8), order(9), order(10)],
    [
      [97, 33, 17, 1],
      [97, 33, 1, 17],
      [1, 17, 97, 33],
    ],
  );
});

test('a sorted map orders by its comparator', () => {
  const map = new TreeMap(new TestClosure((a, b) => ((a as string) < (b as string) ? 1 : a === b ? 0 : -1)));
  for (const key of ['b', 'c', 'a']) map.put(rt, key, key);
  assert.deepEqual(map.keys(), ['c', 'b', 'a']);
  assert.equal(map.near(rt, 'bb', 'ceiling')?.key, 'b');
});

test('a map with default grows by what is asked for', () => {
  const map = new MapWithDefault(new JavaMap(), new TestClosure((k) => `<${String(k)}>`));
  assert.equal(map.get(rt, 'a'), '<a>');
  assert.equal(map.inner.javaString(rt), '{a=<a>}');
});

test('sets keep the first of equal elements; a queue gives the least', () => {
  assert.deepEqual(JavaSet.from(rt, [3, 1, 3]).toArray(), [3, 1]);
  const queue = new PriorityQueue();
  for (const n of [5, 1, 4]) queue.add(rt, n);
  assert.equal(queue.poll(rt), 1);
  assert.equal(queue.javaString(rt), '[4, 5]');
});

test('arrays are named as Class.getName names them', () => {
  assert.equal(arrayClassName('int[][]'), '[[I');
  assert.equal(arrayClassName('java.lang.String[]'), '[Ljava.lang.String;');
});
