/** Unmodifiable and synchronized views, as java.util.Collections makes them for each kind. */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { unsupported } from './failures.ts';
import { UnmodifiableList, WrappedList } from './lists.ts';
import { JavaMap } from './map.ts';
import { UnmodifiableMap, WrappedMap } from './map-wrappers.ts';
import type { JavaIterator } from './model.ts';
import { ArrayIterator, JavaCollection, JavaList } from './model.ts';
import { JavaSet, WrappedSet } from './set.ts';
import { sortedSet } from './similar.ts';
import { TreeMap } from './tree-map.ts';

/** A collection that is neither List nor Set. */
export class WrappedCollection extends JavaCollection {
  private readonly inner: JavaCollection;
  private readonly typeName: string;
  private readonly writable: boolean;
  constructor(inner: JavaCollection, typeName: string, writable: boolean) {
    super();
    this.inner = inner;
    this.typeName = typeName;
    this.writable = writable;
  }
  get $type(): string {
    return this.typeName;
  }
  get size(): number {
    return this.inner.size;
  }
  toArray(): Value[] {
    return this.inner.toArray();
  }
  iterator(rt: Runtime): JavaIterator {
    return this.writable ? this.inner.iterator(rt) : new ArrayIterator(this.inner.toArray(), 'java.util.Collections$UnmodifiableCollection$1');
  }
  private check(): void {
    if (!this.writable) throw unsupported();
  }
  add(rt: Runtime, value: Value): boolean {
    this.check();
    return this.inner.add(rt, value);
  }
  remove(rt: Runtime, value: Value): boolean {
    this.check();
    return this.inner.remove(rt, value);
  }
  clear(): void {
    this.check();
    this.inner.clear();
  }
}

export function unmodifiableView(v: Value): Value {
  if (v instanceof JavaList)
    return new UnmodifiableList(
      v,
      v.$type === 'java.util.LinkedList' ? 'java.util.Collections$UnmodifiableList' : 'java.util.Collections$UnmodifiableRandomAccessList',
    );
  if (v instanceof JavaSet)
    return new WrappedSet(v, sortedSet(v) ? 'java.util.Collections$UnmodifiableSortedSet' : 'java.util.Collections$UnmodifiableSet', false);
  if (v instanceof JavaMap)
    return new UnmodifiableMap(v, v instanceof TreeMap ? 'java.util.Collections$UnmodifiableSortedMap' : 'java.util.Collections$UnmodifiableMap');
  if (v instanceof JavaCollection) return new WrappedCollection(v, 'java.util.Collections$UnmodifiableCollection', false);
  return v;
}

export function synchronizedView(v: Value): Value {
  if (v instanceof JavaList)
    return new WrappedList(
      v,
      v.$type === 'java.util.LinkedList' ? 'java.util.Collections$SynchronizedList' : 'java.util.Collections$SynchronizedRandomAccessList',
    );
  if (v instanceof JavaSet)
    return new WrappedSet(v, sortedSet(v) ? 'java.util.Collections$SynchronizedSortedSet' : 'java.util.Collections$SynchronizedSet', true);
  if (v instanceof JavaMap)
    return new WrappedMap(v, v instanceof TreeMap ? 'java.util.Collections$SynchronizedSortedMap' : 'java.util.Collections$SynchronizedMap');
  if (v instanceof JavaCollection) return new WrappedCollection(v, 'java.util.Collections$SynchronizedCollection', true);
  return v;
}
