/** sort, toSorted, unique, toUnique, reverse. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { coercedEquals, numberAware, toInt } from '../comparators.ts';
import type { MapEntry } from '../entry.ts';
import { elements } from '../iteration.ts';
import { JavaMap } from '../map.ts';
import { ArrayIterator, JavaArray, JavaCollection, JavaIterator, JavaList, ListIterator } from '../model.ts';
import { JavaSet } from '../set.ts';
import { fill, similarCollection } from '../similar.ts';
import { sortedByClosure, sortedByComparator, sortedNumberAware } from '../sorting.ts';
import { TreeMap } from '../tree-map.ts';
import { ARRAY, CLOSURE, COLLECTION, COMPARATOR, ITERABLE, ITERATOR, LIST, MAP, on, SORTED_MAP, SORTED_SET } from './receivers.ts';

/** Puts sorted elements where they belong: into the list or array itself, or into a new one. */
function place(self: Value, sorted: Value[], mutate: boolean): Value {
  if (self instanceof JavaArray) {
    if (!mutate) return new JavaArray(self.component, sorted);
    for (let i = 0; i < sorted.length; i++) self.items[i] = sorted[i] as Value;
    return self;
  }
  if (self instanceof JavaIterator) return new ListIterator(new JavaList(sorted), 0, true);
  if (!mutate || !(self instanceof JavaList)) return new JavaList(sorted);
  self.rearrange(sorted);
  self.modCount++;

  return self;
}
function sort(rt: Runtime, self: Value): Value {
  return place(self, sortedNumberAware(rt, elements(rt, self)), true);
}
function sortMaybe(rt: Runtime, self: Value, mutate: boolean): Value {
  return place(self, sortedNumberAware(rt, elements(rt, self)), mutate);
}
function toSorted(rt: Runtime, self: Value): Value {
  return place(self, sortedNumberAware(rt, elements(rt, self)), false);
}
function* sortBy(rt: Runtime, self: Value, closure: Value): Computation {
  const sorted = yield* sortedByClosure(rt, elements(rt, self), closure);
  // An array is left as it is (DefaultGroovyMethods.sort(T[], Closure)).
  return self instanceof JavaArray ? new JavaArray('java.lang.Object', sorted) : place(self, sorted, true);
}
function* sortByMaybe(rt: Runtime, self: Value, mutate: boolean, closure: Value): Computation {
  return place(self, yield* sortedByClosure(rt, elements(rt, self), closure), mutate);
}
function* toSortedBy(rt: Runtime, self: Value, closure: Value): Computation {
  return place(self, yield* sortedByClosure(rt, elements(rt, self), closure), false);
}
function* sortWith(rt: Runtime, self: Value, comparator: Value): Computation {
  return place(self, yield* sortedByComparator(rt, elements(rt, self), comparator), true);
}
function* sortWithMaybe(rt: Runtime, self: Value, mutate: boolean, comparator: Value): Computation {
  return place(self, yield* sortedByComparator(rt, elements(rt, self), comparator), mutate);
}
function* toSortedWith(rt: Runtime, self: Value, comparator: Value): Computation {
  return place(self, yield* sortedByComparator(rt, elements(rt, self), comparator), false);
}

function mapFrom(rt: Runtime, entries: readonly Value[]): JavaMap {
  const out = new JavaMap();
  for (const e of entries as readonly MapEntry[]) out.put(rt, e.key, e.value);
  return out;
}
function sortMap(rt: Runtime, self: JavaMap): Value {
  return sortMapWith(rt, self, null);
}
function sortMapWith(rt: Runtime, self: JavaMap, comparator: Value): Value {
  const out = new TreeMap(comparator);
  out.putAll(rt, self);
  return out;
}
function* sortMapBy(rt: Runtime, self: JavaMap, closure: Value): Computation {
  return mapFrom(rt, yield* sortedByClosure(rt, self.entries(), closure));
}
function toSortedMap(rt: Runtime, self: JavaMap): Value {
  return mapFrom(
    rt,
    self.entries().sort((a, b) => numberAware(rt, a.value, b.value)),
  );
}
function* toSortedMapWith(rt: Runtime, self: JavaMap, comparator: Value): Computation {
  return mapFrom(rt, yield* sortedByComparator(rt, self.entries(), comparator));
}
function itself(_rt: Runtime, self: Value): Value {
  return self;
}
function toLinkedSet(rt: Runtime, self: Value): Value {
  return JavaSet.from(rt, elements(rt, self));
}
function toLinkedMap(rt: Runtime, self: JavaMap): Value {
  return mapFrom(rt, self.entries());
}

// ---------------------------------------------------------------- unique

/** Keeps the first of those that are equal by Groovy's `==`. */
function distinct(rt: Runtime, items: readonly Value[]): Value[] {
  const out: Value[] = [];
  // Strings and Integers among themselves need no comparing of each with each.
  if (items.every((x) => typeof x === 'string') || items.every((x) => typeof x === 'number')) return [...new Set<Value>(items)];
  for (const item of items) if (!out.some((other) => coercedEquals(rt, item, other))) out.push(item);
  return out;
}
function* distinctBy(rt: Runtime, items: readonly Value[], by: Value): Computation<Value[]> {
  const out: Value[] = [];
  if (rt.isCallable(by) && rt.arity(by) === 1) {
    const keys: Value[] = [];
    for (const item of items) {
      let r = rt.call(by, [item]);
      if (r === PENDING) r = yield* rt.take();
      const key = r as Value;
      if (keys.some((other) => sameKey(rt, key, other))) continue;
      keys.push(key);
      out.push(item);
    }
    return out;
  }
  const callable = rt.isCallable(by);
  for (const item of items) {
    let duplicate = false;
    for (const other of out) {
      let r = callable ? rt.call(by, [item, other]) : rt.invoke(by, 'compare', [item, other]);
      if (r === PENDING) r = yield* rt.take();
      if (toInt(rt, r as Value) === 0) {
        duplicate = true;
        break;
      }
    }
    if (!duplicate) out.push(item);
  }
  return out;
}
/** OrderBy with its equality check. */
function sameKey(rt: Runtime, a: Value, b: Value): boolean {
  const comparable = a !== null && b !== null && rt.instanceOf(a, 'java.lang.Comparable') && rt.instanceOf(b, 'java.lang.Comparable');
  return comparable ? numberAware(rt, a, b) === 0 : rt.equals(a, b);
}
function placeUnique(rt: Runtime, self: Value, kept: Value[], mutate: boolean): Value {
  if (self instanceof JavaIterator) return new ListIterator(new JavaList(kept), 0, true);
  if (!mutate || !(self instanceof JavaCollection)) return new JavaList(kept);
  self.clear();
  return fill(rt, self, kept);
}
function unique(rt: Runtime, self: Value): Value {
  return placeUnique(rt, self, distinct(rt, elements(rt, self)), true);
}
function uniqueMaybe(rt: Runtime, self: Value, mutate: boolean): Value {
  return placeUnique(rt, self, distinct(rt, elements(rt, self)), mutate);
}
function* uniqueBy(rt: Runtime, self: Value, by: Value): Computation {
  return placeUnique(rt, self, yield* distinctBy(rt, elements(rt, self).slice(), by), true);
}
function* uniqueByMaybe(rt: Runtime, self: Value, mutate: boolean, by: Value): Computation {
  return placeUnique(rt, self, yield* distinctBy(rt, elements(rt, self).slice(), by), mutate);
}

/** `toUnique` compares as a TreeSet does: by compareTo. */
function toUnique(rt: Runtime, self: Value): Value {
  const seen = new TreeMap();
  const kept: Value[] = [];
  for (const item of elements(rt, self)) {
    if (seen.has(rt, item)) continue;
    seen.put(rt, item, true);
    kept.push(item);
  }
  return placeNew(rt, self, kept);
}
function* toUniqueBy(rt: Runtime, self: Value, by: Value): Computation {
  return placeNew(rt, self, yield* distinctBy(rt, elements(rt, self).slice(), by));
}
function placeNew(rt: Runtime, self: Value, kept: Value[]): Value {
  if (self instanceof JavaArray) return new JavaArray(self.component, kept);
  if (self instanceof JavaIterator) return new ArrayIterator(kept);
  return fill(rt, similarCollection(self), kept);
}

// ---------------------------------------------------------------- reverse

function reverse(rt: Runtime, self: Value): Value {
  return reverseMaybe(rt, self, false);
}
function reverseMaybe(rt: Runtime, self: Value, mutate: boolean): Value {
  const reversed = elements(rt, self).slice().reverse();
  if (self instanceof JavaArray) return mutate ? place(self, reversed, true) : new JavaArray('java.lang.Object', reversed);
  if (self instanceof JavaIterator) return new ArrayIterator(reversed);
  if (!mutate || !(self instanceof JavaList)) return new JavaList(reversed);
  self.rearrange(reversed);
  return self;
}

const SORTABLE = [ITERABLE, COLLECTION, ARRAY];

export const orderMethods: Signatures = {
  ...on([...SORTABLE, ITERATOR], 'sort()', sort),
  ...on(SORTABLE, 'sort(boolean)', sortMaybe),
  ...on([...SORTABLE, ITERATOR], `sort(${CLOSURE})`, sortBy),
  ...on(SORTABLE, `sort(boolean, ${CLOSURE})`, sortByMaybe),
  ...on([...SORTABLE, ITERATOR], `sort(${COMPARATOR})`, sortWith),
  ...on(SORTABLE, `sort(boolean, ${COMPARATOR})`, sortWithMaybe),
  ...on([MAP], 'sort()', sortMap),
  ...on([MAP], `sort(${CLOSURE})`, sortMapBy),
  ...on([MAP], `sort(${COMPARATOR})`, sortMapWith),
  ...on([SORTED_SET, SORTED_MAP], 'sort()', itself),
  ...on([...SORTABLE, ITERATOR], 'toSorted()', toSorted),
  ...on([...SORTABLE, ITERATOR], `toSorted(${CLOSURE})`, toSortedBy),
  ...on([...SORTABLE, ITERATOR], `toSorted(${COMPARATOR})`, toSortedWith),
  ...on([MAP], 'toSorted()', toSortedMap),
  ...on([MAP], `toSorted(${CLOSURE})`, sortMapBy),
  ...on([MAP], `toSorted(${COMPARATOR})`, toSortedMapWith),
  ...on([SORTED_SET], 'toSorted()', toLinkedSet),
  ...on([SORTED_MAP], 'toSorted()', toLinkedMap),
  ...on([COLLECTION, LIST, ITERATOR], 'unique()', unique),
  ...on([COLLECTION, LIST], 'unique(boolean)', uniqueMaybe),
  ...on([COLLECTION, LIST, ITERATOR], `unique(${CLOSURE})`, uniqueBy),
  ...on([COLLECTION, LIST, ITERATOR], `unique(${COMPARATOR})`, uniqueBy),
  ...on([COLLECTION, LIST], `unique(boolean, ${CLOSURE})`, uniqueByMaybe),
  ...on([COLLECTION, LIST], `unique(boolean, ${COMPARATOR})`, uniqueByMaybe),
  ...on([ITERABLE, LIST, ARRAY, ITERATOR], 'toUnique()', toUnique),
  ...on([ITERABLE, LIST, ARRAY, ITERATOR], `toUnique(${CLOSURE})`, toUniqueBy),
  ...on([ITERABLE, LIST, ARRAY, ITERATOR], `toUnique(${COMPARATOR})`, toUniqueBy),
  ...on([LIST, ARRAY, ITERATOR], 'reverse()', reverse),
  ...on([LIST, ARRAY], 'reverse(boolean)', reverseMaybe),
};
