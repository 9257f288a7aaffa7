/** toList, toSet, asImmutable, withDefault, withIndex, subMap, push, pop, swap and other conversions and small changes. */

import { toListString, toMapString } from '../../operations/text.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { noSuchElement } from '../failures.ts';
import { HashMap } from '../hash-map.ts';
import { elements } from '../iteration.ts';
import { ListWithDefault } from '../list-with-default.ts';
import { JavaMap } from '../map.ts';
import { MapWithDefault } from '../map-wrappers.ts';
import { JavaArray, JavaCollection, JavaIterator, JavaList } from '../model.ts';
import { IntRange } from '../range.ts';
import { HashSet } from '../set.ts';
import { Tuple } from '../small-values.ts';
import { synchronizedView, unmodifiableView } from '../wrapping.ts';
import { ARRAY, ARRAYS, CLOSURE, COLLECTION, ENUMERATION, ITERABLE, ITERATOR, LIST, MAP, OBJECT, on, SET, SORTED_MAP, SORTED_SET } from './receivers.ts';

function toList(rt: Runtime, self: Value): Value {
  return new JavaList(elements(rt, self).slice());
}
function asList(rt: Runtime, self: Value): Value {
  return self instanceof JavaList ? self : toList(rt, self);
}
function asCollection(rt: Runtime, self: Value): Value {
  return self instanceof JavaCollection ? self : toList(rt, self);
}
function toSet(rt: Runtime, self: Value): Value {
  const items = elements(rt, self);
  // The set of a Collection or an array starts with a table of its size, which its order shows.
  const set = self instanceof JavaCollection || self instanceof JavaArray ? new HashSet(items.length) : new HashSet();
  for (const item of items) set.add(rt, item);
  return set;
}
function size(rt: Runtime, self: Value): Value {
  if (self instanceof JavaArray) return self.items.length;
  if (self instanceof JavaCollection) return self.size;
  return elements(rt, self).length;
}
function asBoolean(rt: Runtime, self: Value): Value {
  return rt.truth(self);
}
function getIndices(_rt: Runtime, self: JavaCollection | JavaArray): Value {
  return new IntRange(false, 0, self instanceof JavaArray ? self.items.length : self.size);
}

function asImmutable(_rt: Runtime, self: Value): Value {
  return unmodifiableView(self);
}
function asSynchronized(_rt: Runtime, self: Value): Value {
  return synchronizedView(self);
}

function withDefault(_rt: Runtime, self: JavaMap, init: Value): Value {
  return new MapWithDefault(self, init);
}
function withDefaultGrowing(_rt: Runtime, self: JavaMap, autoGrow: boolean, autoShrink: boolean, init: Value): Value {
  return new MapWithDefault(self, init, autoGrow, autoShrink);
}
function withLazyDefault(_rt: Runtime, self: JavaList, init: Value): Value {
  return new ListWithDefault(self, true, init);
}
function withEagerDefault(_rt: Runtime, self: JavaList, init: Value): Value {
  return new ListWithDefault(self, false, init);
}

function withIndex(rt: Runtime, self: Value): Value {
  return withIndexFrom(rt, self, 0);
}
function withIndexFrom(rt: Runtime, self: Value, offset: number): Value {
  return new JavaList(elements(rt, self).map((x, i) => new Tuple([x, i + offset], 'groovy.lang.Tuple2')));
}
function indexed(rt: Runtime, self: Value): Value {
  return indexedFrom(rt, self, 0);
}
function indexedFrom(rt: Runtime, self: Value, offset: number): Value {
  const out = new JavaMap();
  elements(rt, self).forEach((x, i) => {
    out.put(rt, i + offset, x);
  });
  return out;
}
class ZipIterator extends JavaIterator {
  private readonly inner: JavaIterator;
  private index: number;
  private readonly indexFirst: boolean;
  constructor(inner: JavaIterator, offset: number, indexFirst: boolean) {
    super();
    this.inner = inner;
    this.index = offset;
    this.indexFirst = indexFirst;
  }
  hasNext(): boolean {
    return this.inner.hasNext();
  }
  next(): Value {
    if (!this.inner.hasNext()) throw noSuchElement();
    const item = this.inner.next(),
      i = this.index++;
    return new Tuple(this.indexFirst ? [i, item] : [item, i], 'groovy.lang.Tuple2');
  }
}

function subMap(rt: Runtime, self: JavaMap, keys: Value): Value {
  const out = new JavaMap();
  for (const key of elements(rt, keys)) if (self.has(rt, key)) out.put(rt, key, self.get(rt, key));
  return out;
}
function push(rt: Runtime, self: JavaList, item: Value): Value {
  return self.add(rt, item);
}
function pop(rt: Runtime, self: JavaList): Value {
  if (self.size === 0) throw noSuchElement('Cannot pop() an empty List');
  return self.removeAt(rt, self.size - 1);
}
function removeAt(rt: Runtime, self: JavaList, index: number): Value {
  return self.removeAt(rt, index);
}
function removeElement(rt: Runtime, self: JavaCollection, item: Value): Value {
  return self.remove(rt, item);
}
function swap(rt: Runtime, self: JavaList | JavaArray, i: number, j: number): Value {
  if (self instanceof JavaArray) {
    const a = self.get(i),
      b = self.get(j);
    self.items[i] = b;
    self.items[j] = a;
    return self;
  }
  self.set(rt, i, self.set(rt, j, self.get(rt, i)));
  return self;
}

function toSpreadMap(rt: Runtime, self: Value): Value {
  const out = new HashMap(null, 0.75, 'groovy.lang.SpreadMap');
  if (self instanceof JavaMap) {
    out.putAll(rt, self);
    return out;
  }
  const items = elements(rt, self);
  if (items.length % 2 !== 0)
    throw new JavaThrowable(
      'groovy.lang.GroovyRuntimeException',
      `Fail to convert ${self instanceof JavaArray ? 'Object[]' : 'List'} to SpreadMap, because it's size is not even.`,
    );
  for (let i = 0; i < items.length; i += 2) out.put(rt, items[i] as Value, items[i + 1] as Value);
  return out;
}
function cut(text: string, limit: number): string {
  return limit >= 0 && text.length > limit ? `${text.slice(0, limit)}...` : text;
}

export const convertMethods: Signatures = {
  ...on([ITERABLE, COLLECTION, ITERATOR, ENUMERATION, ...ARRAYS], 'toList()', toList),
  ...on([ITERABLE, COLLECTION], 'asList()', asList),
  ...on([ITERABLE], 'asCollection()', asCollection),
  ...on([ITERABLE, COLLECTION, ITERATOR, ENUMERATION, ...ARRAYS], 'toSet()', toSet),
  ...on([ITERABLE, ITERATOR, ...ARRAYS], 'size()', size),
  ...on([COLLECTION, MAP, ITERATOR, ENUMERATION, ...ARRAYS], 'asBoolean()', asBoolean),
  ...on([COLLECTION, ARRAY], 'getIndices()', getIndices),
  ...on([COLLECTION, LIST, SET, SORTED_SET, MAP, SORTED_MAP], 'asImmutable()', asImmutable),
  ...on([COLLECTION, LIST, SET, SORTED_SET, MAP, SORTED_MAP], 'asSynchronized()', asSynchronized),
  ...on([MAP], `withDefault(${CLOSURE})`, withDefault),
  ...on([MAP], `withDefault(boolean, boolean, ${CLOSURE})`, withDefaultGrowing),
  ...on([LIST], `withDefault(${CLOSURE})`, withLazyDefault),
  ...on([LIST], `withLazyDefault(${CLOSURE})`, withLazyDefault),
  ...on([LIST], `withEagerDefault(${CLOSURE})`, withEagerDefault),
  ...on([ITERABLE], 'withIndex()', withIndex),
  ...on([ITERABLE], 'withIndex(int)', withIndexFrom),
  ...on([ITERABLE], 'indexed()', indexed),
  ...on([ITERABLE], 'indexed(int)', indexedFrom),
  ...on([ITERATOR], 'withIndex()', (_rt, self) => new ZipIterator(self, 0, false)),
  ...on([ITERATOR], 'withIndex(int)', (_rt, self, offset) => new ZipIterator(self, offset, false)),
  ...on([ITERATOR], 'indexed()', (_rt, self) => new ZipIterator(self, 0, true)),
  ...on([ITERATOR], 'indexed(int)', (_rt, self, offset) => new ZipIterator(self, offset, true)),
  ...on([MAP], `subMap(${COLLECTION})`, subMap),
  ...on([MAP], `subMap(${ARRAY})`, subMap),
  ...on([LIST], `push(${OBJECT})`, push),
  ...on([LIST], 'pop()', pop),
  ...on([LIST], 'removeAt(int)', removeAt),
  ...on([COLLECTION], `removeElement(${OBJECT})`, removeElement),
  ...on([LIST, ...ARRAYS], 'swap(int, int)', swap),
  ...on([MAP, LIST, ITERABLE, ARRAY], 'toSpreadMap()', toSpreadMap),
  ...on([MAP], 'spread()', toSpreadMap),
  ...on([COLLECTION], 'toListString()', (rt, self) => toListString(rt, self)),
  ...on([COLLECTION], 'toListString(int)', (rt, self, limit) => cut(toListString(rt, self), limit)),
  ...on([MAP], 'toMapString()', (rt, self) => toMapString(rt, self)),
  ...on([MAP], 'toMapString(int)', (rt, self, limit) => cut(toMapString(rt, self), limit)),
  ...on([ARRAY], 'toArrayString()', (rt, self) => rt.format(self)),
};
