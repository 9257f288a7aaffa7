/** each, collect, find, any, inject and their kin: one closure called for each element. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Pending, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { MapEntry } from '../entry.ts';
import { noSuchElement } from '../failures.ts';
import { elements, itemCaller, iterator, quickIterator } from '../iteration.ts';
import { JavaMap } from '../map.ts';
import { ArrayIterator, type JavaArray, JavaCollection, JavaIterator, JavaList } from '../model.ts';
import { similarCollection, similarMap } from '../similar.ts';
import { ARRAY, ARRAYS, CLOSURE, COLLECTION, ITERABLE, ITERATOR, LIST, MAP, OBJECT, on } from './receivers.ts';

export function* each(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const r = call(it.next());
    if (r === PENDING) yield* rt.take();
  }
  return self;
}

function* eachWithIndex(rt: Runtime, self: Value, closure: Value): Computation {
  const it = iterator(rt, self);
  const n = self instanceof JavaMap ? rt.arity(closure) : 2;
  for (let i = 0; it.hasNext(); i++) {
    const item = it.next();
    let r: Value | Pending;
    if (n === 2) r = rt.call(closure, [item, i]);
    else if (n === 3) r = rt.call(closure, [(item as MapEntry).key, (item as MapEntry).value, i]);
    else r = rt.call(closure, [item]);
    if (r === PENDING) yield* rt.take();
  }
  return self;
}

function* reverseEach(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const items = elements(rt, self);
  for (let i = items.length - 1; i >= 0; i--) {
    const r = call(items[i] as Value);
    if (r === PENDING) yield* rt.take();
  }
  return self;
}

function* every(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    if (!rt.truth(r as Value)) return false;
  }
  return true;
}
function everyTrue(rt: Runtime, self: Value): Value {
  const it = quickIterator(rt, self);
  while (it.hasNext()) if (!rt.truth(it.next())) return false;
  return true;
}
function* any(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) return true;
  }
  return false;
}
function anyTrue(rt: Runtime, self: Value): Value {
  const it = quickIterator(rt, self);
  while (it.hasNext()) if (rt.truth(it.next())) return true;
  return false;
}

function* find(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = call(item);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) return item;
  }
  return null;
}
function findTrue(rt: Runtime, self: Value): Value {
  const it = quickIterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    if (rt.truth(item)) return item;
  }
  return null;
}
function* findResult(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    if (r !== null) return r as Value;
  }
  return null;
}
function* findResultOr(rt: Runtime, self: Value, otherwise: Value, closure: Value): Computation {
  return (yield* findResult(rt, self, closure)) ?? otherwise;
}
function* findResults(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  const out: Value[] = [];
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    if (r !== null) out.push(r as Value);
  }
  return new JavaList(out);
}

/** A filter's result: of the kind of a collection, else a list. */
function filtered(self: Value): JavaCollection {
  return self instanceof JavaCollection ? similarCollection(self) : new JavaList();
}

function* findAll(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const out = filtered(self);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = call(item);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) out.add(rt, item);
  }
  return out;
}
function findAllTrue(rt: Runtime, self: Value): Value {
  const out = filtered(self);
  const it = quickIterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    if (rt.truth(item)) out.add(rt, item);
  }
  return out;
}
function* findAllOfMap(rt: Runtime, self: JavaMap, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const out = similarMap(self);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const e = it.next() as MapEntry;
    let r = call(e);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) out.put(rt, e.key, e.value);
  }
  return out;
}
function* split(rt: Runtime, self: Value, closure: Value): Computation {
  const accepted = filtered(self),
    rejected = filtered(self);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    (rt.truth(r as Value) ? accepted : rejected).add(rt, item);
  }
  return new JavaList([accepted, rejected]);
}
function* grep(rt: Runtime, self: Value, filter: Value): Computation {
  const out = filtered(self);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = rt.invoke(filter, 'isCase', [item]);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) out.add(rt, item);
  }
  return out;
}

function* collect(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const out: Value[] = [];
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    out.push(r as Value);
    if ((out.length & 1023) === 0) rt.alloc(1024);
  }
  return new JavaList(out);
}
function collectSame(rt: Runtime, self: Value): Value {
  return new JavaList(elements(rt, self).slice());
}

/** Adds to a collector, which may be a script's own collection. */
function* addTo(rt: Runtime, collector: Value, value: Value): Computation {
  if (collector instanceof JavaCollection && collector.$class === undefined) return collector.add(rt, value);
  const r = rt.invoke(collector, 'add', [value]);
  return r === PENDING ? yield* rt.take() : (r as Value);
}
function* collectInto(rt: Runtime, self: Value, collector: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    yield* addTo(rt, collector, r as Value);
  }
  return collector;
}
function* collectNested(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* nested(rt, self, new JavaList(), closure);
}
function* collectNestedInto(rt: Runtime, self: Value, collector: Value, closure: Value): Computation {
  return yield* nested(rt, self, collector, closure);
}
function* nested(rt: Runtime, self: Value, collector: Value, closure: Value): Computation {
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r: Value | Pending;
    if (item instanceof JavaCollection) r = yield* nested(rt, item, similarCollection(collector), closure);
    else {
      r = rt.call(closure, [item]);
      if (r === PENDING) r = yield* rt.take();
    }
    yield* addTo(rt, collector, r as Value);
  }
  return collector;
}
function* collectMany(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* collectManyInto(rt, self, new JavaList(), closure);
}
function* collectManyInto(rt: Runtime, self: Value, collector: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    const items = rt.cast(r as Value, COLLECTION);
    for (const item of elements(rt, items).slice()) yield* addTo(rt, collector, item);
  }
  return collector;
}

/** What a closure of `collectEntries` gave, put into a map: a map, a list of key and value, or an entry. */
function putEntry(rt: Runtime, map: JavaMap, made: Value): void {
  if (made instanceof MapEntry) map.put(rt, made.key, made.value);
  else if (made instanceof JavaMap) map.putAll(rt, made);
  else if (made instanceof JavaList) map.put(rt, made.items[0] ?? null, made.items[1] ?? null);
  else {
    const e = rt.cast(made, 'java.util.Map$Entry');
    map.put(rt, rt.invokeSync(e, 'getKey', []), rt.invokeSync(e, 'getValue', []));
  }
}
function* collectEntries(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* collectEntriesInto(rt, self, self instanceof JavaMap ? similarMap(self) : new JavaMap(), closure);
}
function* collectEntriesInto(rt: Runtime, self: Value, collector: JavaMap, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    putEntry(rt, collector, r as Value);
  }
  return collector;
}
function entriesOf(rt: Runtime, self: Value): Value {
  return entriesInto(rt, self, new JavaMap());
}
function entriesInto(rt: Runtime, self: Value, collector: JavaMap): Value {
  const it = quickIterator(rt, self);
  while (it.hasNext()) putEntry(rt, collector, it.next());
  return collector;
}

function* inject(rt: Runtime, self: Value, closure: Value): Computation {
  const it = iterator(rt, self);
  if (!it.hasNext()) {
    throw noSuchElement(
      self instanceof JavaCollection
        ? 'Cannot call inject() on an empty collection without passing an initial value.'
        : 'Cannot call inject() over an empty iterable without passing an initial value.',
    );
  }
  return yield* injectFrom(rt, it, it.next(), closure);
}
function* injectFrom(rt: Runtime, self: Value, initial: Value, closure: Value): Computation {
  const it = iterator(rt, self);
  let value = initial;
  const spread = self instanceof JavaMap && rt.arity(closure) === 3;
  while (it.hasNext()) {
    const item = it.next();
    let r = rt.call(closure, spread ? [value, (item as MapEntry).key, (item as MapEntry).value] : [value, item]);
    if (r === PENDING) r = yield* rt.take();
    value = r as Value;
  }
  return value;
}

function* findIndexFrom(rt: Runtime, self: Value, start: number, closure: Value): Computation {
  const it = iterator(rt, self);
  for (let i = 0; it.hasNext(); i++) {
    const item = it.next();
    if (i < start) continue;
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) return i;
  }
  return -1;
}
function* findIndexOf(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* findIndexFrom(rt, self, 0, closure);
}
function* findLastIndexFrom(rt: Runtime, self: Value, start: number, closure: Value): Computation {
  const it = iterator(rt, self);
  let found = -1;
  for (let i = 0; it.hasNext(); i++) {
    const item = it.next();
    if (i < start) continue;
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) found = i;
  }
  return found;
}
function* findLastIndexOf(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* findLastIndexFrom(rt, self, 0, closure);
}
function* findIndexValuesFrom(rt: Runtime, self: Value, start: Value, closure: Value): Computation {
  const from = rt.cast(start, 'int') as number;
  const it = iterator(rt, self);
  const out: Value[] = [];
  for (let i = 0; it.hasNext(); i++) {
    const item = it.next();
    if (i < from) continue;
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) out.push(rt.cast(i, 'long'));
  }
  return new JavaList(out);
}
function* findIndexValues(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* findIndexValuesFrom(rt, self, 0, closure);
}

function* count(rt: Runtime, self: Value, closure: Value): Computation {
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  let n = 0;
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value)) n++;
  }
  return n;
}
function countValue(rt: Runtime, self: Value, value: Value): Value {
  const it = quickIterator(rt, self);
  let n = 0;
  while (it.hasNext()) if (rt.equals(it.next(), value)) n++;
  return n;
}

/** removeAll and retainAll with a closure: the elements of which it says `drop` go. */
function* dropWhere(rt: Runtime, self: Value, closure: Value, drop: boolean): Computation {
  const it = iterator(rt, self);
  let changed = false;
  while (it.hasNext()) {
    let r = rt.call(closure, [it.next()]);
    if (r === PENDING) r = yield* rt.take();
    if (rt.truth(r as Value) === drop) {
      it.remove(rt);
      changed = true;
    }
  }
  return changed;
}
function* removeWhere(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* dropWhere(rt, self, closure, true);
}
function* retainWhere(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* dropWhere(rt, self, closure, false);
}

/** `iterator()`: of anything. */
function iteratorOf(rt: Runtime, self: Value): Value {
  return self instanceof JavaIterator ? self : iterator(rt, self);
}
function arrayIterator(_rt: Runtime, self: JavaArray): Value {
  return new ArrayIterator(self.items);
}

const CALLED = [ITERABLE, ARRAY, ITERATOR, MAP];

export const walkMethods: Signatures = {
  ...on([OBJECT, ITERABLE, COLLECTION, ITERATOR, LIST, MAP], `each(${CLOSURE})`, each),
  ...on([OBJECT, ITERABLE, COLLECTION, ITERATOR, LIST, MAP], `eachWithIndex(${CLOSURE})`, eachWithIndex),
  ...on([LIST, MAP, ARRAY], `reverseEach(${CLOSURE})`, reverseEach),
  ...on([OBJECT, ITERABLE, ITERATOR, MAP], `every(${CLOSURE})`, every),
  ...on([OBJECT], 'every()', everyTrue),
  ...on([OBJECT, ITERABLE, ITERATOR, MAP], `any(${CLOSURE})`, any),
  ...on([OBJECT], 'any()', anyTrue),
  ...on([OBJECT, COLLECTION, ARRAY, MAP], `find(${CLOSURE})`, find),
  ...on([OBJECT, COLLECTION], 'find()', findTrue),
  ...on([OBJECT, COLLECTION, MAP], `findResult(${CLOSURE})`, findResult),
  ...on([OBJECT, COLLECTION, MAP], `findResult(${OBJECT}, ${CLOSURE})`, findResultOr),
  ...on([ITERABLE, COLLECTION, MAP], `findResults(${CLOSURE})`, findResults),
  ...on([OBJECT, COLLECTION, LIST, ARRAY], `findAll(${CLOSURE})`, findAll),
  ...on([OBJECT, COLLECTION, LIST, ARRAY], 'findAll()', findAllTrue),
  ...on([MAP], `findAll(${CLOSURE})`, findAllOfMap),
  ...on([OBJECT, COLLECTION, LIST], `split(${CLOSURE})`, split),
  ...on([OBJECT, COLLECTION, LIST, ARRAY], `grep(${OBJECT})`, grep),
  ...on([OBJECT, COLLECTION, LIST, ARRAY], 'grep()', findAllTrue),
  ...on([OBJECT, COLLECTION, MAP], `collect(${CLOSURE})`, collect),
  ...on([OBJECT, COLLECTION], 'collect()', collectSame),
  ...on([OBJECT, COLLECTION, MAP], `collect(${COLLECTION}, ${CLOSURE})`, collectInto),
  ...on([ITERABLE, COLLECTION], `collectNested(${CLOSURE})`, collectNested),
  ...on([ITERABLE, COLLECTION], `collectNested(${COLLECTION}, ${CLOSURE})`, collectNestedInto),
  ...on([COLLECTION], `collectAll(${CLOSURE})`, collectNested),
  ...on([COLLECTION], `collectAll(${COLLECTION}, ${CLOSURE})`, collectNestedInto),
  ...on(CALLED, `collectMany(${CLOSURE})`, collectMany),
  ...on([ITERABLE, COLLECTION, MAP], `collectMany(${COLLECTION}, ${CLOSURE})`, collectManyInto),
  ...on([...CALLED, COLLECTION], `collectEntries(${CLOSURE})`, collectEntries),
  ...on([...CALLED, COLLECTION], `collectEntries(${MAP}, ${CLOSURE})`, collectEntriesInto),
  ...on([ITERABLE, COLLECTION, ARRAY, ITERATOR], 'collectEntries()', entriesOf),
  ...on([ITERABLE, COLLECTION, ARRAY, ITERATOR], `collectEntries(${MAP})`, entriesInto),
  ...on([OBJECT, COLLECTION, ARRAY], `inject(${CLOSURE})`, inject),
  ...on([OBJECT, COLLECTION, ARRAY, ITERATOR, MAP], `inject(${OBJECT}, ${CLOSURE})`, injectFrom),
  ...on([OBJECT], `findIndexOf(${CLOSURE})`, findIndexOf),
  ...on([OBJECT], `findIndexOf(int, ${CLOSURE})`, findIndexFrom),
  ...on([OBJECT], `findLastIndexOf(${CLOSURE})`, findLastIndexOf),
  ...on([OBJECT], `findLastIndexOf(int, ${CLOSURE})`, findLastIndexFrom),
  ...on([OBJECT], `findIndexValues(${CLOSURE})`, findIndexValues),
  ...on([OBJECT], `findIndexValues(java.lang.Number, ${CLOSURE})`, findIndexValuesFrom),
  ...on(CALLED, `count(${CLOSURE})`, count),
  ...on([ITERABLE, ITERATOR, ...ARRAYS], `count(${OBJECT})`, countValue),
  ...on([COLLECTION], `removeAll(${CLOSURE})`, removeWhere),
  ...on([COLLECTION], `retainAll(${CLOSURE})`, retainWhere),
  ...on([OBJECT], 'iterator()', iteratorOf),
  ...on(ARRAYS, 'iterator()', arrayIterator),
};
