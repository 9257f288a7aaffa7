/** plus, minus, multiply, intersect, disjoint, flatten, leftShift, addAll and the other operations of whole collections. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { coercedEquals, compareBy, NativeComparator, numberAware } from '../comparators.ts';
import { MapEntry } from '../entry.ts';
import { illegalArgument, nullPointer } from '../failures.ts';
import { elements } from '../iteration.ts';
import type { JavaMap } from '../map.ts';
import { indexOf, JavaArray, JavaCollection, JavaList } from '../model.ts';
import { classCast } from '../natural-order.ts';
import type { JavaSet } from '../set.ts';
import { cloneCollection, cloneMap, fill, similarCollection, similarMap, sortedSet } from '../similar.ts';
import { TreeMap } from '../tree-map.ts';
import { ARRAY, ARRAYS, CLOSURE, COLLECTION, ITERABLE, ITERATOR, LIST, MAP, OBJECT, on, SET, SORTED_SET } from './receivers.ts';

const GROOVY_ORDER = new NativeComparator(numberAware, 'org.codehaus.groovy.runtime.NumberAwareComparator');

/** Whether a value is among others by Groovy's number-aware order, as a TreeSet with that order says. */
function lookup(rt: Runtime, items: readonly Value[]): (v: Value) => boolean {
  const plain = new Set(items);
  if (items.every((x) => typeof x === 'string')) {
    return (v) => (typeof v === 'string' ? plain.has(v) : items.some((x) => numberAware(rt, v, x) === 0));
  }
  const tree = new TreeMap(GROOVY_ORDER);
  for (const item of items) tree.put(rt, item, true);
  return (v) => tree.has(rt, v);
}

// ---------------------------------------------------------------- plus, multiply

function whole(rt: Runtime, self: Value): JavaCollection {
  return cloneCollection(rt, self, elements(rt, self));
}
/** Groovy makes arrays by way of a list, so their type becomes Object[]. */
function plusAll(rt: Runtime, self: Value, other: Value): Value {
  if (self instanceof JavaArray) return new JavaArray(OBJECT, [...self.items, ...elements(rt, other)]);
  // A null is an element: Groovy's dispatch means plus(Object) by it.
  if (other === null) return plusOne(rt, self, null);
  const more = elements(rt, other);
  return fill(rt, whole(rt, self), more);
}
function plusOne(rt: Runtime, self: Value, item: Value): Value {
  if (self instanceof JavaArray) return new JavaArray(OBJECT, [...self.items, item]);
  const out = whole(rt, self);
  out.add(rt, item);
  return out;
}
function plusAt(rt: Runtime, self: Value, index: number, items: Value): Value {
  const out = new JavaList(elements(rt, self).slice());
  out.insertAll(rt, index, elements(rt, items));
  return out;
}
function multiply(rt: Runtime, self: Value, factor: Value): Value {
  if (factor === null) throw nullPointer('Cannot invoke "java.lang.Number.intValue()" because "factor" is null');
  const n = rt.cast(factor, 'int') as number;
  const items = elements(rt, self);
  const out = similarCollection(self);
  if (n * items.length < 0 && out.$type === 'java.util.ArrayList') throw illegalArgument(`Illegal Capacity: ${n * items.length}`);
  rt.alloc(Math.max(0, n) * items.length);
  for (let i = 0; i < n; i++) fill(rt, out, items);
  return out;
}

// ---------------------------------------------------------------- minus

/** The class that all must have for `minus` to compare them in order; numbers count as one. */
function baseClass(rt: Runtime, v: Value): unknown {
  if (v === null) return null;
  return rt.instanceOf(v, 'java.lang.Number') ? 'number' : rt.classOf(v);
}
function minusAll(rt: Runtime, self: Value, other: Value): Value {
  if (other === null) return minusOne(rt, self, null);
  const items = elements(rt, self),
    gone = elements(rt, other);
  let kept: readonly Value[];
  const head = items[0] ?? null;
  const base = baseClass(rt, head);
  const same = items.every((x) => baseClass(rt, x) === base) && gone.every((x) => baseClass(rt, x) === base);
  if (items.length === 0 || gone.length === 0) kept = items;
  else if (same && head !== null && rt.instanceOf(head, 'java.lang.Comparable')) {
    const has = lookup(rt, gone);
    kept = items.filter((x) => !has(x));
  } else kept = items.filter((x) => !gone.some((y) => rt.equals(x, y)));
  if (self instanceof JavaArray) return new JavaArray(OBJECT, [...kept]);
  return fill(rt, similarCollection(self), kept);
}
function minusOne(rt: Runtime, self: Value, item: Value): Value {
  const kept = elements(rt, self).filter((x) => !coercedEquals(rt, x, item));
  if (self instanceof JavaArray) return new JavaArray(OBJECT, kept);
  return fill(rt, similarCollection(self), kept);
}
function minusSet(rt: Runtime, self: JavaSet, other: Value): Value {
  if (other === null) return fill(rt, similarCollection(self), self.toArray());
  const gone = elements(rt, other);
  const same = sameIn(rt, self);
  const strings = gone.every((x) => typeof x === 'string') && !sortedSet(self) ? new Set(gone) : null;
  const kept = self.toArray().filter((x) => !(strings !== null && typeof x === 'string' ? strings.has(x) : gone.some((y) => same(x, y))));
  return fill(rt, similarCollection(self), kept);
}
function minusFromSet(rt: Runtime, self: JavaSet, item: Value): Value {
  const same = sameIn(rt, self);
  return fill(
    rt,
    similarCollection(self),
    self.toArray().filter((x) => !same(x, item)),
  );
}
/** How a set's elements are compared with what is taken away: by its comparator where it has one. */
function sameIn(rt: Runtime, self: JavaSet): (a: Value, b: Value) => boolean {
  const comparator = sortedSet(self) ? self.map.comparator : null;
  return comparator === null ? (a, b) => coercedEquals(rt, a, b) : (a, b) => compareBy(rt, comparator, a, b) === 0;
}

// ---------------------------------------------------------------- intersect, disjoint

function intersect(rt: Runtime, self: Value, other: Value): Value {
  let left = self,
    right = other;
  let a = elements(rt, left),
    b = elements(rt, right);
  if (a.length === 0 || b.length === 0) return similarCollection(self);
  if (a.length < b.length) {
    [left, right] = [right, left];
    [a, b] = [b, a];
  }
  const has = lookup(rt, a);
  return fill(rt, similarCollection(left), b.filter(has));
}
function disjoint(rt: Runtime, self: Value, other: Value): Value {
  const a = elements(rt, self),
    b = elements(rt, other);
  if (a.length === 0 || b.length === 0) return true;
  return !a.some(lookup(rt, b));
}

// ---------------------------------------------------------------- maps

function plusMap(rt: Runtime, self: JavaMap, other: JavaMap | null): Value {
  const out = cloneMap(rt, self);
  if (other === null) throw nullPointer();
  out.putAll(rt, other);
  return out;
}
function plusEntries(rt: Runtime, self: JavaMap, entries: Value): Value {
  return putEntries(rt, cloneMap(rt, self), entries);
}
function putEntries(rt: Runtime, self: JavaMap, entries: Value): Value {
  for (const e of elements(rt, entries)) {
    if (e === null) throw nullPointer();
    if (!(e instanceof MapEntry)) throw classCast(rt, e, 'java.util.Map$Entry');
    self.put(rt, e.key, e.value);
  }
  return self;
}
function minusMap(rt: Runtime, self: JavaMap, other: JavaMap | null): Value {
  const out = similarMap(self);
  for (const e of self.entries()) {
    const o = other?.find(rt, e.key) ?? other?.entries().find((x) => rt.equals(x.key, e.key));
    if (o === undefined || !rt.equals(e.value, o.value)) out.put(rt, e.key, e.value);
  }
  return out;
}
function intersectMap(rt: Runtime, self: JavaMap, other: JavaMap | null): Value {
  const out = similarMap(self);
  for (const e of self.entries()) {
    const o = other?.find(rt, e.key) ?? other?.entries().find((x) => rt.equals(x.key, e.key));
    if (o !== undefined && rt.equals(e.value, o.value)) out.put(rt, e.key, e.value);
  }
  return out;
}

// ---------------------------------------------------------------- flatten

function flattenInto(rt: Runtime, items: readonly Value[], out: JavaCollection, depth = 0): void {
  if (depth > 500) rt.alloc(Number.MAX_SAFE_INTEGER);
  for (const item of items) {
    if (item instanceof JavaCollection || item instanceof JavaArray) flattenInto(rt, elements(rt, item), out, depth + 1);
    else {
      out.add(rt, item);
      if ((out.size & 1023) === 0) rt.alloc(1024);
    }
  }
}
function flatten(rt: Runtime, self: Value): Value {
  const out = similarCollection(self);
  flattenInto(rt, elements(rt, self), out);
  return out;
}
function* flattenUsing(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* flattenBy(rt, elements(rt, self), similarCollection(self), closure);
}
function* flattenBy(rt: Runtime, items: readonly Value[], out: JavaCollection, closure: Value): Computation {
  for (const item of items.slice()) {
    if (item instanceof JavaCollection || item instanceof JavaArray) {
      yield* flattenBy(rt, elements(rt, item), out, closure);
      continue;
    }
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    const flat = r as Value;
    const again = flat instanceof JavaCollection && !(flat.size === 1 && flat.toArray()[0] === item);
    if (again) yield* flattenBy(rt, elements(rt, flat), out, closure);
    else out.add(rt, flat);
  }
  return out;
}

// ---------------------------------------------------------------- changing in place

function* leftShift(rt: Runtime, self: Value, item: Value): Computation {
  if (self instanceof JavaCollection && self.$class === undefined) self.add(rt, item);
  else if (rt.invoke(self, 'add', [item]) === PENDING) yield* rt.take();
  return self;
}
function leftShiftMap(rt: Runtime, self: JavaMap, other: JavaMap | null): Value {
  if (other === null) throw nullPointer();
  self.putAll(rt, other);
  return self;
}
function leftShiftEntry(rt: Runtime, self: JavaMap, entry: MapEntry): Value {
  self.put(rt, entry.key, entry.value);
  return self;
}
function addEach(rt: Runtime, self: JavaCollection, items: Value): Value {
  let changed = false;
  for (const item of elements(rt, items).slice()) changed = self.add(rt, item) || changed;
  return changed;
}
function addAllAt(rt: Runtime, self: JavaList, index: number, items: JavaArray): Value {
  return self.insertAll(rt, index, items.items);
}
function removeEach(rt: Runtime, self: JavaCollection, items: JavaArray): Value {
  const has = lookup(rt, items.items);
  return self.retain(rt, (x) => !has(x));
}
function retainEach(rt: Runtime, self: JavaCollection, items: JavaArray): Value {
  const has = lookup(rt, items.items);
  return self.retain(rt, has);
}

function contains(rt: Runtime, self: Value, item: Value): Value {
  return indexOf(rt, elements(rt, self), item) >= 0;
}
function containsEach(rt: Runtime, self: Value, items: JavaArray): Value {
  const mine = elements(rt, self);
  return items.items.every((x) => indexOf(rt, mine, x) >= 0);
}
function isCase(rt: Runtime, self: JavaCollection, item: Value): Value {
  return self.contains(rt, item);
}
function isCaseMap(rt: Runtime, self: JavaMap, key: Value): Value {
  return rt.truth(self.get(rt, key));
}
function equals(rt: Runtime, self: Value, other: Value): Value {
  return rt.equals(self, other);
}

export const algebraMethods: Signatures = {
  ...on([ITERABLE, COLLECTION, LIST, SET, SORTED_SET], `plus(${ITERABLE})`, plusAll),
  ...on([COLLECTION, LIST, SET, SORTED_SET, ARRAY], `plus(${COLLECTION})`, plusAll),
  ...on([ITERABLE, COLLECTION, LIST, SET, SORTED_SET, ARRAY], `plus(${OBJECT})`, plusOne),
  ...on([ARRAY], `plus(${ITERABLE})`, plusAll),
  'plus(java.lang.Object[], java.lang.Object[])': plusAll,
  ...on([LIST], `plus(int, ${ARRAY})`, plusAt),
  ...on([LIST], `plus(int, ${LIST})`, plusAt),
  ...on([LIST], `plus(int, ${ITERABLE})`, plusAt),
  ...on([MAP], `plus(${MAP})`, plusMap),
  ...on([MAP], `plus(${COLLECTION})`, plusEntries),
  ...on([MAP], `putAll(${COLLECTION})`, putEntries),
  ...on([ITERABLE, COLLECTION, LIST], 'multiply(java.lang.Number)', multiply),
  ...on([ITERABLE, LIST, ARRAY], `minus(${ITERABLE})`, minusAll),
  ...on([COLLECTION, LIST], `minus(${COLLECTION})`, minusAll),
  ...on([ITERABLE, LIST, ARRAY], `minus(${OBJECT})`, minusOne),
  'minus(java.lang.Object[], java.lang.Object[])': minusAll,
  ...on([SET, SORTED_SET], `minus(${ITERABLE})`, minusSet),
  ...on([SET, SORTED_SET], `minus(${COLLECTION})`, minusSet),
  ...on([SET, SORTED_SET], `minus(${OBJECT})`, minusFromSet),
  ...on([MAP], `minus(${MAP})`, minusMap),
  ...on([ITERABLE, LIST, SET, SORTED_SET], `intersect(${ITERABLE})`, intersect),
  ...on([COLLECTION], `intersect(${COLLECTION})`, intersect),
  ...on([MAP], `intersect(${MAP})`, intersectMap),
  ...on([ITERABLE], `disjoint(${ITERABLE})`, disjoint),
  ...on([COLLECTION], `disjoint(${COLLECTION})`, disjoint),
  ...on([ITERABLE, COLLECTION, LIST, SET, SORTED_SET, ...ARRAYS], 'flatten()', flatten),
  ...on([ITERABLE, COLLECTION], `flatten(${CLOSURE})`, flattenUsing),
  ...on([COLLECTION, LIST, SET, SORTED_SET], `leftShift(${OBJECT})`, leftShift),
  ...on([MAP], `leftShift(${MAP})`, leftShiftMap),
  ...on([MAP], 'leftShift(java.util.Map$Entry)', leftShiftEntry),
  ...on([COLLECTION], `addAll(${ITERABLE})`, addEach),
  ...on([COLLECTION], `addAll(${ITERATOR})`, addEach),
  ...on([COLLECTION], `addAll(${ARRAY})`, addEach),
  ...on([LIST], `addAll(int, ${ARRAY})`, addAllAt),
  ...on([COLLECTION], `removeAll(${ARRAY})`, removeEach),
  ...on([COLLECTION], `retainAll(${ARRAY})`, retainEach),
  ...on([ITERABLE, ...ARRAYS], `contains(${OBJECT})`, contains),
  ...on([ITERABLE, COLLECTION], `containsAll(${ARRAY})`, containsEach),
  ...on([COLLECTION], `isCase(${OBJECT})`, isCase),
  ...on([MAP], `isCase(${OBJECT})`, isCaseMap),
  ...on([LIST], `equals(${LIST})`, equals),
  ...on([LIST], `equals(${ARRAY})`, equals),
  ...on([ARRAY], `equals(${LIST})`, equals),
  ...on([SET], `equals(${SET})`, equals),
  ...on([MAP], `equals(${MAP})`, equals),
  'equals(int[], int[])': equals,
};
