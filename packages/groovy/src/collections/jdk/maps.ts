/** java.util.Map and its classes. */

import type { NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { ConcurrentHashMap } from '../concurrent-hash-map.ts';
import { FreeEntry, type MapEntry } from '../entry.ts';
import { concurrentModification, illegalArgument, noSuchElement, nullPointer } from '../failures.ts';
import { HashMap } from '../hash-map.ts';
import { JavaMap } from '../map.ts';
import { EntrySet, KeySet, TreeSet, ValuesView } from '../set.ts';
import { TreeMap } from '../tree-map.ts';
import { apply } from './functions.ts';

const OBJECT = 'java.lang.Object';
const MAP = 'java.util.Map';
const BI_FUNCTION = 'java.util.function.BiFunction';

/** Entries in order, failing when the map changes while they are walked. */
function* watched(map: JavaMap): Generator<MapEntry> {
  const before = map.modCount;
  for (const e of map.entries()) {
    yield e;
    if (map.modCount !== before) throw concurrentModification();
  }
}

const mapMethods: Signatures = {
  'size()': (_rt, self: JavaMap) => self.size,
  'isEmpty()': (_rt, self: JavaMap) => self.size === 0,
  [`containsKey(${OBJECT})`]: (rt, self: JavaMap, k: Value) => self.has(rt, k),
  [`containsValue(${OBJECT})`]: (rt, self: JavaMap, v: Value) => self.values().some((x) => rt.javaEquals(v, x)),
  [`get(${OBJECT})`]: (rt, self: JavaMap, k: Value) => self.get(rt, k),
  [`put(${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, v: Value) => {
    rt.alloc(1);
    return self.put(rt, k, v);
  },
  [`putAll(${MAP})`]: (rt, self: JavaMap, m: JavaMap | null) => {
    if (m === null) throw nullPointer();
    rt.alloc(m.size);
    self.putAll(rt, m);
    return null;
  },
  [`remove(${OBJECT})`]: (rt, self: JavaMap, k: Value) => self.remove(rt, k),
  [`remove(${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, v: Value) => {
    const e = self.find(rt, k);
    if (e === undefined || !rt.javaEquals(e.value, v)) return false;
    self.take(rt, k);
    return true;
  },
  'clear()': (_rt, self: JavaMap) => {
    self.clear();
    return null;
  },
  'keySet()': (_rt, self: JavaMap) => new KeySet(self),
  'values()': (_rt, self: JavaMap) => new ValuesView(self),
  'entrySet()': (_rt, self: JavaMap) => new EntrySet(self),
  [`getOrDefault(${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, otherwise: Value) => {
    const e = self.find(rt, k);
    return e === undefined ? otherwise : e.value;
  },
  [`putIfAbsent(${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, v: Value) => {
    const old = self.find(rt, k)?.value ?? null;
    if (old === null) self.put(rt, k, v);
    return old;
  },
  [`replace(${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, v: Value) => (self.has(rt, k) ? self.put(rt, k, v) : null),
  [`replace(${OBJECT}, ${OBJECT}, ${OBJECT})`]: (rt, self: JavaMap, k: Value, old: Value, v: Value) => {
    const e = self.find(rt, k);
    if (e === undefined || !rt.javaEquals(e.value, old)) return false;
    self.put(rt, k, v);
    return true;
  },
  *'forEach(java.util.function.BiConsumer)'(rt: Runtime, self: JavaMap, action: Value): Computation {
    for (const e of watched(self)) if (apply(rt, action, 'accept', [e.key, e.value]) === PENDING) yield* rt.take();
    return null;
  },
  *[`replaceAll(${BI_FUNCTION})`](rt: Runtime, self: JavaMap, f: Value): Computation {
    for (const e of watched(self)) {
      let r = apply(rt, f, 'apply', [e.key, e.value]);
      if (r === PENDING) r = yield* rt.take();
      self.put(rt, e.key, r as Value);
    }
    return null;
  },
  *'computeIfAbsent(java.lang.Object, java.util.function.Function)'(rt: Runtime, self: JavaMap, k: Value, f: Value): Computation {
    const old = self.find(rt, k)?.value ?? null;
    if (old !== null) return old;
    const before = self.modCount;
    let r = apply(rt, f, 'apply', [k]);
    if (r === PENDING) r = yield* rt.take();
    if (self.modCount !== before) throw concurrentModification();
    if (r !== null) self.put(rt, k, r as Value);
    return r as Value;
  },
  *[`computeIfPresent(${OBJECT}, ${BI_FUNCTION})`](rt: Runtime, self: JavaMap, k: Value, f: Value): Computation {
    const old = self.find(rt, k)?.value ?? null;
    if (old === null) return null;
    return yield* settle(rt, self, k, f, [k, old]);
  },
  *[`compute(${OBJECT}, ${BI_FUNCTION})`](rt: Runtime, self: JavaMap, k: Value, f: Value): Computation {
    return yield* settle(rt, self, k, f, [k, self.find(rt, k)?.value ?? null]);
  },
  *[`merge(${OBJECT}, ${OBJECT}, ${BI_FUNCTION})`](rt: Runtime, self: JavaMap, k: Value, v: Value, f: Value): Computation {
    if (v === null) throw nullPointer();
    const old = self.find(rt, k)?.value ?? null;
    if (old === null) {
      self.put(rt, k, v);
      return v;
    }
    return yield* settle(rt, self, k, f, [old, v]);
  },
  [`equals(${OBJECT})`]: (rt, self: JavaMap, other: Value) => self.javaEquals(rt, other),
  'hashCode()': (rt, self: JavaMap) => self.javaHash(rt),
  // As a script calls it; Java's own text is for Java's callers.
  'toString()': (rt, self: JavaMap) => rt.format(self),
};

/** Puts what a function says, or takes the key out where it says null. */
function* settle(rt: Runtime, self: JavaMap, k: Value, f: Value, args: readonly Value[]): Computation {
  const before = self.modCount;
  let r = apply(rt, f, 'apply', args);
  if (r === PENDING) r = yield* rt.take();
  if (self.modCount !== before) throw concurrentModification();
  if (r === null) self.take(rt, k);
  else self.put(rt, k, r as Value);
  return r as Value;
}

function entryOrNull(e: MapEntry | undefined): Value {
  return e === undefined ? null : new FreeEntry(e.key, e.value, 'java.util.AbstractMap$SimpleImmutableEntry', false);
}
function keyOrNull(e: MapEntry | undefined): Value {
  return e === undefined ? null : e.key;
}
function keyOf(e: MapEntry | undefined): Value {
  if (e === undefined) throw noSuchElement();
  return e.key;
}
/** A part of a sorted map. A copy: changes do not write through. */
function part(rt: Runtime, self: TreeMap, keep: (key: Value) => boolean): TreeMap {
  const out = new TreeMap(self.comparator);
  for (const e of self.entries()) if (keep(e.key)) out.put(rt, e.key, e.value);
  return out;
}

const treeMethods: Signatures = {
  'comparator()': (_rt, self: TreeMap) => self.comparator,
  'firstKey()': (_rt, self: TreeMap) => keyOf(self.first()),
  'lastKey()': (_rt, self: TreeMap) => keyOf(self.last()),
  'firstEntry()': (_rt, self: TreeMap) => entryOrNull(self.first()),
  'lastEntry()': (_rt, self: TreeMap) => entryOrNull(self.last()),
  'pollFirstEntry()': (rt, self: TreeMap) => {
    const e = self.first();
    if (e !== undefined) self.take(rt, e.key);
    return entryOrNull(e);
  },
  'pollLastEntry()': (rt, self: TreeMap) => {
    const e = self.last();
    if (e !== undefined) self.take(rt, e.key);
    return entryOrNull(e);
  },
  [`floorKey(${OBJECT})`]: (rt, self: TreeMap, k: Value) => keyOrNull(self.near(rt, k, 'floor')),
  [`lowerKey(${OBJECT})`]: (rt, self: TreeMap, k: Value) => keyOrNull(self.near(rt, k, 'lower')),
  [`ceilingKey(${OBJECT})`]: (rt, self: TreeMap, k: Value) => keyOrNull(self.near(rt, k, 'ceiling')),
  [`higherKey(${OBJECT})`]: (rt, self: TreeMap, k: Value) => keyOrNull(self.near(rt, k, 'higher')),
  [`floorEntry(${OBJECT})`]: (rt, self: TreeMap, k: Value) => entryOrNull(self.near(rt, k, 'floor')),
  [`lowerEntry(${OBJECT})`]: (rt, self: TreeMap, k: Value) => entryOrNull(self.near(rt, k, 'lower')),
  [`ceilingEntry(${OBJECT})`]: (rt, self: TreeMap, k: Value) => entryOrNull(self.near(rt, k, 'ceiling')),
  [`higherEntry(${OBJECT})`]: (rt, self: TreeMap, k: Value) => entryOrNull(self.near(rt, k, 'higher')),
  [`headMap(${OBJECT})`]: (rt, self: TreeMap, to: Value) => part(rt, self, (k) => self.compareKeys(rt, k, to) < 0),
  [`headMap(${OBJECT}, boolean)`]: (rt, self: TreeMap, to: Value, inclusive: boolean) =>
    part(rt, self, (k) => self.compareKeys(rt, k, to) < (inclusive ? 1 : 0)),
  [`tailMap(${OBJECT})`]: (rt, self: TreeMap, from: Value) => part(rt, self, (k) => self.compareKeys(rt, k, from) >= 0),
  [`tailMap(${OBJECT}, boolean)`]: (rt, self: TreeMap, from: Value, inclusive: boolean) =>
    part(rt, self, (k) => self.compareKeys(rt, k, from) > (inclusive ? -1 : 0)),
  [`subMap(${OBJECT}, ${OBJECT})`]: (rt, self: TreeMap, from: Value, to: Value) =>
    part(rt, self, (k) => self.compareKeys(rt, k, from) >= 0 && self.compareKeys(rt, k, to) < 0),
  'descendingMap()': (rt, self: TreeMap) => {
    const out = new JavaMap();
    for (const e of self.entries().reverse()) out.put(rt, e.key, e.value);
    return out;
  },
  'descendingKeySet()': (rt, self: TreeMap) => {
    const out = new JavaMap();
    for (const e of self.entries().reverse()) out.put(rt, e.key, true);
    return new KeySet(out);
  },
  'navigableKeySet()': (_rt, self: TreeMap) => new TreeSet(self),
  'clone()': (rt, self: TreeMap) => part(rt, self, () => true),
};

function copied(rt: Runtime, target: JavaMap, source: JavaMap | null): JavaMap {
  if (source === null) throw nullPointer();
  rt.alloc(source.size);
  target.putAll(rt, source);
  return target;
}
function capacity(n: number): number {
  if (n < 0) throw illegalArgument(`Illegal initial capacity: ${n}`);
  return n;
}
const linkedConstructors: Signatures = {
  '()': () => new JavaMap(),
  '(int)': (_rt, _self, n: number) => {
    capacity(n);
    return new JavaMap();
  },
  '(int, float)': (_rt, _self, n: number) => {
    capacity(n);
    return new JavaMap();
  },
  [`(${MAP})`]: (rt, _self, m: JavaMap | null) => copied(rt, new JavaMap(), m),
};
function hashConstructors(make: (n?: number | null, load?: number) => JavaMap): Signatures {
  return {
    '()': () => make(),
    '(int)': (_rt, _self, n: number) => make(capacity(n)),
    '(int, float)': (_rt, _self, n: number, load: { readonly n: number }) => make(capacity(n), load.n),
    [`(${MAP})`]: (rt, _self, m: JavaMap | null) => copied(rt, make(), m),
  };
}

const COPIED = ['java.lang.Cloneable', 'java.io.Serializable'];
export const mapClasses: readonly NativeClass[] = [
  { name: MAP, kind: 'interface', methods: mapMethods },
  { name: 'java.util.SortedMap', kind: 'interface', interfaces: [MAP] },
  { name: 'java.util.NavigableMap', kind: 'interface', interfaces: ['java.util.SortedMap'] },
  { name: 'java.util.concurrent.ConcurrentMap', kind: 'interface', interfaces: [MAP] },
  { name: 'java.util.AbstractMap', kind: 'abstract', interfaces: [MAP] },
  {
    name: 'java.util.HashMap',
    superclass: 'java.util.AbstractMap',
    interfaces: [MAP, ...COPIED],
    constructors: hashConstructors((n, load) => new HashMap(n, load)),
    methods: { 'clone()': (rt, self: HashMap) => copied(rt, new HashMap(), self) },
  },
  {
    name: 'java.util.LinkedHashMap',
    superclass: 'java.util.HashMap',
    constructors: linkedConstructors,
    methods: { 'clone()': (rt, self: JavaMap) => copied(rt, new JavaMap(), self) },
  },
  {
    name: 'java.util.TreeMap',
    superclass: 'java.util.AbstractMap',
    interfaces: ['java.util.NavigableMap', ...COPIED],
    methods: treeMethods,
    constructors: {
      '()': () => new TreeMap(),
      '(java.util.Comparator)': (_rt, _self, c: Value) => new TreeMap(c),
      [`(${MAP})`]: (rt, _self, m: JavaMap | null) => copied(rt, new TreeMap(), m),
      '(java.util.SortedMap)': (rt, _self, m: JavaMap | null) => copied(rt, new TreeMap(m instanceof TreeMap ? m.comparator : null), m),
    },
  },
  {
    name: 'java.util.concurrent.ConcurrentSkipListMap',
    superclass: 'java.util.AbstractMap',
    interfaces: ['java.util.NavigableMap', 'java.util.concurrent.ConcurrentMap'],
    methods: treeMethods,
    constructors: { '()': () => new TreeMap(null, 'java.util.concurrent.ConcurrentSkipListMap') },
  },
  {
    name: 'java.util.concurrent.ConcurrentHashMap',
    superclass: 'java.util.AbstractMap',
    interfaces: ['java.util.concurrent.ConcurrentMap', 'java.io.Serializable'],
    constructors: hashConstructors((n, load) => new ConcurrentHashMap(n, load)),
  },
  { name: 'java.util.Collections$UnmodifiableMap', interfaces: [MAP, 'java.io.Serializable'] },
  { name: 'java.util.Collections$UnmodifiableSortedMap', superclass: 'java.util.Collections$UnmodifiableMap', interfaces: ['java.util.SortedMap'] },
  { name: 'java.util.Collections$SynchronizedMap', interfaces: [MAP, 'java.io.Serializable'] },
  { name: 'java.util.Collections$SynchronizedSortedMap', superclass: 'java.util.Collections$SynchronizedMap', interfaces: ['java.util.SortedMap'] },
  { name: 'java.util.Collections$EmptyMap', superclass: 'java.util.AbstractMap' },
  { name: 'java.util.Collections$SingletonMap', superclass: 'java.util.AbstractMap' },
  { name: 'groovy.lang.MapWithDefault', interfaces: [MAP] },
  { name: 'groovy.lang.SpreadMap', superclass: 'java.util.HashMap' },
  {
    name: 'java.util.Map$Entry',
    kind: 'interface',
    methods: {
      'getKey()': (_rt, self: MapEntry) => self.key,
      'getValue()': (_rt, self: MapEntry) => self.value,
      [`setValue(${OBJECT})`]: (rt, self: MapEntry, v: Value) => self.setValue(rt, v),
      [`equals(${OBJECT})`]: (rt, self: MapEntry, other: Value) => self.javaEquals(rt, other),
      'hashCode()': (rt, self: MapEntry) => self.javaHash(rt),
      'toString()': (rt, self: MapEntry) => self.javaString(rt),
    },
  },
  { name: 'java.util.HashMap$Node', interfaces: ['java.util.Map$Entry'] },
  { name: 'java.util.LinkedHashMap$Entry', superclass: 'java.util.HashMap$Node' },
  {
    name: 'java.util.AbstractMap$SimpleEntry',
    interfaces: ['java.util.Map$Entry'],
    constructors: { [`(${OBJECT}, ${OBJECT})`]: (_rt, _self, k: Value, v: Value) => new FreeEntry(k, v) },
  },
  {
    name: 'java.util.AbstractMap$SimpleImmutableEntry',
    interfaces: ['java.util.Map$Entry'],
    constructors: { [`(${OBJECT}, ${OBJECT})`]: (_rt, _self, k: Value, v: Value) => new FreeEntry(k, v, 'java.util.AbstractMap$SimpleImmutableEntry', false) },
  },
  {
    name: 'groovy.util.MapEntry',
    interfaces: ['java.util.Map$Entry'],
    constructors: { [`(${OBJECT}, ${OBJECT})`]: (_rt, _self, k: Value, v: Value) => new FreeEntry(k, v, 'groovy.util.MapEntry') },
  },
  { name: 'java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet$UnmodifiableEntry', interfaces: ['java.util.Map$Entry'] },
];
