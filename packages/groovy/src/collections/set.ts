/** Sets over maps, and the views of a map: its keys, values and pairs. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { MapEntry } from './entry.ts';
import { MapEntry as Entry } from './entry.ts';
import { concurrentModification, illegalState, noSuchElement, unsupported } from './failures.ts';
import { HashMap } from './hash-map.ts';
import { JavaMap } from './map.ts';
import { WrappedMap } from './map-wrappers.ts';
import { JavaCollection, JavaIterator } from './model.ts';
import { TreeMap } from './tree-map.ts';

/** Over a map's pairs as they were at the start; notices changes of the map that it did not make. */
export class MapIterator extends JavaIterator {
  private readonly map: JavaMap;
  private readonly pairs: readonly MapEntry[];
  private readonly pick: (e: MapEntry) => Value;
  private readonly typeName: string;
  private at = 0;
  private removable = false;
  private expected: number;
  constructor(map: JavaMap, pick: (e: MapEntry) => Value, typeName = 'java.util.LinkedHashMap$LinkedKeyIterator') {
    super();
    this.pairs = map.entries();
    // A wrapper's changes are those of the map under it.
    while (map instanceof WrappedMap) map = map.inner;
    this.map = map;
    this.pick = pick;
    this.typeName = typeName;
    this.expected = map.modCount;
  }
  override get $type(): string {
    return this.typeName;
  }
  hasNext(): boolean {
    return this.at < this.pairs.length;
  }
  next(): Value {
    if (this.map.modCount !== this.expected) throw concurrentModification();
    if (this.at >= this.pairs.length) throw noSuchElement();
    this.removable = true;
    return this.pick(this.pairs[this.at++] as MapEntry);
  }
  override remove(rt: Runtime): void {
    if (!this.removable) throw illegalState();
    if (this.map.modCount !== this.expected) throw concurrentModification();
    this.removable = false;
    this.map.take(rt, (this.pairs[this.at - 1] as MapEntry).key);
    this.expected = this.map.modCount;
  }
}

/** Any java.util.Set; itself the LinkedHashSet, which Groovy's `as Set` and literals make. */
export class JavaSet extends JavaCollection {
  /** The elements are its keys. */
  readonly map: JavaMap;
  constructor(map: JavaMap = new JavaMap()) {
    super();
    this.map = map;
  }
  get $type(): string {
    return 'java.util.LinkedHashSet';
  }
  static from(rt: Runtime, items: Iterable<Value>): JavaSet {
    const set = new JavaSet();
    for (const item of items) set.add(rt, item);
    return set;
  }
  get size(): number {
    return this.map.size;
  }
  toArray(): Value[] {
    return this.map.keys();
  }
  iterator(_rt: Runtime): JavaIterator {
    return new MapIterator(this.map, keyOf);
  }
  add(rt: Runtime, value: Value): boolean {
    if (this.map.has(rt, value)) return false;
    this.map.put(rt, value, true);
    return true;
  }
  remove(rt: Runtime, value: Value): boolean {
    return this.map.take(rt, value) !== undefined;
  }
  clear(): void {
    this.map.clear();
  }
  override contains(rt: Runtime, value: Value): boolean {
    return this.map.has(rt, value);
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof JavaSet) || other.size !== this.size) return false;
    return other.toArray().every((x) => this.contains(rt, x));
  }
  override javaHash(rt: Runtime): number {
    let h = 0;
    for (const x of this.toArray()) h = (h + rt.hash(x)) | 0;
    return h;
  }
}

export class HashSet extends JavaSet {
  declare readonly map: HashMap;
  constructor(initialCapacity: number | null = null, loadFactor = 0.75) {
    super(new HashMap(initialCapacity, loadFactor));
  }
  override get $type(): string {
    return 'java.util.HashSet';
  }
  /** `new HashSet(collection)`, whose table is as large as the collection asks for. */
  static copy(rt: Runtime, items: readonly Value[]): HashSet {
    const set = new HashSet(Math.max(Math.floor(items.length / 0.75) + 1, 16));
    for (const item of items) set.add(rt, item);
    return set;
  }
}

/** `HashSet.clone()`, whose table is as small as the elements allow. */
export function cloneHashSet(rt: Runtime, items: readonly Value[]): HashSet {
  const set = new HashSet();
  set.map.expect(items.length);
  for (const item of items) set.add(rt, item);
  return set;
}

export class TreeSet extends JavaSet {
  declare readonly map: TreeMap;
  private readonly typeName: string;
  constructor(map: TreeMap = new TreeMap(), typeName = 'java.util.TreeSet') {
    super(map);
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
}

/** A set over another one: unmodifiable (`writable` false) or synchronized, or Collections' small ones. */
export class WrappedSet extends JavaSet {
  readonly inner: JavaSet;
  private readonly typeName: string;
  private readonly writable: boolean;
  constructor(inner: JavaSet, typeName = 'java.util.Collections$UnmodifiableSet', writable = false) {
    super(inner.map);
    this.inner = inner;
    this.typeName = typeName;
    this.writable = writable;
  }
  override get $type(): string {
    return this.typeName;
  }
  override toArray(): Value[] {
    return this.inner.toArray();
  }
  override iterator(rt: Runtime): JavaIterator {
    return this.inner.iterator(rt);
  }
  override contains(rt: Runtime, value: Value): boolean {
    return this.inner.contains(rt, value);
  }
  override add(rt: Runtime, value: Value): boolean {
    this.check();
    return this.inner.add(rt, value);
  }
  override remove(rt: Runtime, value: Value): boolean {
    this.check();
    return this.inner.remove(rt, value);
  }
  override clear(): void {
    this.check();
    this.inner.clear();
  }
  override retain(rt: Runtime, keep: (item: Value) => boolean): boolean {
    this.check();
    return super.retain(rt, keep);
  }
  private check(): void {
    if (!this.writable) throw unsupported();
  }
}

function keyOf(e: MapEntry): Value {
  return e.key;
}
function entryValue(e: MapEntry): Value {
  return e.value;
}
function itself(e: MapEntry): Value {
  return e;
}

/** What the views of a kind of map are called in Java, after `java.util.`. */
function viewType(map: JavaMap, view: 'KeySet' | 'Values' | 'EntrySet'): string {
  switch (map.$type) {
    case 'java.util.HashMap':
      return `java.util.HashMap$${view}`;
    case 'java.util.TreeMap':
      return `java.util.TreeMap$${view}`;
    case 'java.util.Collections$UnmodifiableMap':
      return view === 'Values' ? 'java.util.Collections$UnmodifiableCollection' : 'java.util.Collections$UnmodifiableSet';
    default:
      return `java.util.LinkedHashMap$Linked${view}`;
  }
}

/** `map.keySet()`, live. */
export class KeySet extends JavaSet {
  override get $type(): string {
    return viewType(this.map, 'KeySet');
  }
  override add(): boolean {
    throw unsupported();
  }
}

/** `map.entrySet()`, live. */
export class EntrySet extends JavaSet {
  override get $type(): string {
    return viewType(this.map, 'EntrySet');
  }
  override toArray(): Value[] {
    return this.map.entries();
  }
  override iterator(): JavaIterator {
    return new MapIterator(this.map, itself, 'java.util.LinkedHashMap$LinkedEntryIterator');
  }
  override add(): boolean {
    throw unsupported();
  }
  override contains(rt: Runtime, value: Value): boolean {
    if (!(value instanceof Entry)) return false;
    const e = this.map.find(rt, value.key);
    return e !== undefined && rt.javaEquals(e.value, value.value);
  }
  override remove(rt: Runtime, value: Value): boolean {
    if (!this.contains(rt, value)) return false;
    this.map.take(rt, (value as Entry).key);
    return true;
  }
}

/** `map.values()`, live. */
export class ValuesView extends JavaCollection {
  private readonly map: JavaMap;
  constructor(map: JavaMap) {
    super();
    this.map = map;
  }
  get $type(): string {
    return viewType(this.map, 'Values');
  }
  get size(): number {
    return this.map.size;
  }
  toArray(): Value[] {
    return this.map.values();
  }
  iterator(): JavaIterator {
    return new MapIterator(this.map, entryValue, 'java.util.LinkedHashMap$LinkedValueIterator');
  }
  add(): boolean {
    throw unsupported();
  }
  remove(rt: Runtime, value: Value): boolean {
    for (const e of this.map.entries()) {
      if (rt.javaEquals(e.value, value)) {
        this.map.take(rt, e.key);
        return true;
      }
    }
    return false;
  }
  override retain(rt: Runtime, keep: (item: Value) => boolean): boolean {
    let changed = false;
    for (const e of this.map.entries())
      if (!keep(e.value)) {
        this.map.take(rt, e.key);
        changed = true;
      }
    return changed;
  }
  clear(): void {
    this.map.clear();
  }
}
