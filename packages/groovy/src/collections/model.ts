/**
 * The collections' own shapes, by which native code of all folders makes and reads them.
 * Behaviour (the java.util methods, Groovy's additions) is in the tables beside this file.
 *
 * Reading: `list.items`, `collection.toArray()`, `collection.size`, `collection.iterator(rt)`.
 * Changing: the methods alone (`add`, `set`, `removeAt`, …), since they keep what Java promises: unmodifiable
 * lists refuse, iterators notice (modCount), views write through.
 */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, type JavaThrowable } from '../runtime/values.ts';
import { arrayIndexOutOfBounds, concurrentModification, illegalState, indexAndSize, indexOutOfBounds, noSuchElement, unsupported } from './failures.ts';

/** java.util.Iterator, ListIterator and Enumeration in one. */
export abstract class JavaIterator extends JavaObject {
  get $type(): string {
    return 'java.util.ArrayList$Itr';
  }
  abstract hasNext(): boolean;
  /** Throws NoSuchElementException at the end. */
  abstract next(): Value;
  remove(_rt: Runtime): void {
    throw unsupported('remove');
  }
}

/** Over an array that nothing changes meanwhile. */
export class ArrayIterator extends JavaIterator {
  private readonly array: readonly Value[];
  private at = 0;
  private readonly typeName: string;
  private readonly onRemove: ((rt: Runtime, item: Value) => void) | null;
  /** `onRemove` does the iterator's `remove` of the element that `next` gave last. */
  constructor(array: readonly Value[], typeName = 'java.util.Arrays$ArrayItr', onRemove: ((rt: Runtime, item: Value) => void) | null = null) {
    super();
    this.array = array;
    this.typeName = typeName;
    this.onRemove = onRemove;
  }
  override get $type(): string {
    return this.typeName;
  }
  hasNext(): boolean {
    return this.at < this.array.length;
  }
  next(): Value {
    if (this.at >= this.array.length) throw noSuchElement();
    return this.array[this.at++] as Value;
  }
  private removed = -1;
  override remove(rt: Runtime): void {
    if (this.onRemove === null) throw unsupported('remove');
    if (this.at === 0 || this.removed === this.at) throw illegalState();
    this.removed = this.at;
    this.onRemove(rt, this.array[this.at - 1] as Value);
  }
}

/** Any java.util.Collection, and Groovy's ranges. */
export abstract class JavaCollection extends JavaObject {
  /** Counts structural changes, so that an iterator notices one that it did not make. */
  modCount = 0;
  abstract get size(): number;
  /** The elements in order, as a fresh array. */
  abstract toArray(): Value[];
  abstract iterator(rt: Runtime): JavaIterator;
  /** `Collection.add`: whether the collection changed. */
  abstract add(rt: Runtime, value: Value): boolean;
  /** `Collection.remove(Object)`: the first equal element; whether there was one. */
  abstract remove(rt: Runtime, value: Value): boolean;
  abstract clear(): void;
  contains(rt: Runtime, value: Value): boolean {
    return indexOf(rt, this.toArray(), value) >= 0;
  }
  /** Drops what `keep` does not want; whether the collection changed. */
  retain(rt: Runtime, keep: (item: Value) => boolean): boolean {
    let changed = false;
    for (const item of this.toArray()) if (!keep(item)) changed = this.remove(rt, item) || changed;
    return changed;
  }
  override javaString(rt: Runtime): string {
    const items = this.toArray();
    let text = '[';
    for (let i = 0; i < items.length; i++) {
      if (i > 0) text += ', ';
      text += items[i] === this ? '(this Collection)' : rt.str(items[i] as Value);
    }
    return `${text}]`;
  }
}

/** The first place of a value by Java's equals; -1. */
export function indexOf(rt: Runtime, items: readonly Value[], value: Value, from = 0): number {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || typeof value === 'number') return items.indexOf(value, from);
  for (let i = from; i < items.length; i++) if (rt.javaEquals(value, items[i] as Value)) return i;
  return -1;
}
export function lastIndexOf(rt: Runtime, items: readonly Value[], value: Value): number {
  for (let i = items.length - 1; i >= 0; i--) if (rt.javaEquals(value, items[i] as Value)) return i;
  return -1;
}

/**
 * Any java.util.List, and itself the ArrayList. `instanceof JavaList` holds for all lists: linked, unmodifiable,
 * views (`lists.ts`) and ranges (`range.ts`, whose `items` are made when asked for).
 */
export class JavaList extends JavaCollection {
  private readonly held: Value[];
  /** Takes the array over: it is the list's own from now on. */
  constructor(items: Value[] = []) {
    super();
    this.held = items;
  }
  get $type(): string {
    return 'java.util.ArrayList';
  }
  /** The elements, live: the same array for the life of the list, but for views. To be read only. */
  get items(): Value[] {
    return this.held;
  }
  get size(): number {
    return this.items.length;
  }
  toArray(): Value[] {
    return this.items.slice();
  }
  iterator(_rt: Runtime): JavaIterator {
    return new ListIterator(this, 0);
  }

  // ---- access with Java's checks
  get(_rt: Runtime, index: number): Value {
    const { items } = this;
    if (index < 0 || index >= items.length) throw this.badIndex(index, items.length);
    return items[index] as Value;
  }
  protected badIndex(index: number, size: number): JavaThrowable {
    return indexOutOfBounds(index, size);
  }
  set(_rt: Runtime, index: number, value: Value): Value {
    const { items } = this;
    if (index < 0 || index >= items.length) throw this.badIndex(index, items.length);
    const old = items[index] as Value;
    items[index] = value;
    return old;
  }
  add(_rt: Runtime, value: Value): boolean {
    this.modCount++;
    this.items.push(value);
    return true;
  }
  addAll(_rt: Runtime, values: readonly Value[]): boolean {
    const { items } = this;
    this.modCount++;
    for (let i = 0; i < values.length; i++) items.push(values[i] as Value);
    return values.length > 0;
  }
  insert(_rt: Runtime, index: number, value: Value): void {
    const { items } = this;
    if (index < 0 || index > items.length) throw indexAndSize(index, items.length);
    this.modCount++;
    if (index === items.length) items.push(value);
    else items.splice(index, 0, value);
  }
  insertAll(_rt: Runtime, index: number, values: readonly Value[]): boolean {
    const { items } = this;
    if (index < 0 || index > items.length) throw indexAndSize(index, items.length);
    this.modCount++;
    const rest = items.splice(index);
    for (const v of values) items.push(v);
    for (const v of rest) items.push(v);
    return values.length > 0;
  }
  removeAt(_rt: Runtime, index: number): Value {
    const { items } = this;
    if (index < 0 || index >= items.length) throw this.badIndex(index, items.length);
    this.modCount++;
    if (index === items.length - 1) return items.pop() as Value;
    return items.splice(index, 1)[0] as Value;
  }
  /** Takes the elements from `from` (inclusive) to `to` (exclusive) out. */
  removeRange(from: number, to: number): void {
    this.modCount++;
    this.items.splice(from, to - from);
  }
  remove(rt: Runtime, value: Value): boolean {
    const at = indexOf(rt, this.items, value);
    if (at < 0) return false;
    this.removeAt(rt, at);
    return true;
  }
  clear(): void {
    this.modCount++;
    this.items.length = 0;
  }
  /** Puts other elements in the place of the present ones, as many (sort, shuffle, reverse). */
  rearrange(values: readonly Value[]): void {
    const { items } = this;
    for (let i = 0; i < values.length; i++) items[i] = values[i] as Value;
  }
  override contains(rt: Runtime, value: Value): boolean {
    return indexOf(rt, this.items, value) >= 0;
  }
  override retain(_rt: Runtime, keep: (item: Value) => boolean): boolean {
    const { items } = this;
    const kept = items.filter(keep);
    if (kept.length === items.length) return false;
    this.modCount++;
    items.length = 0;
    for (const item of kept) items.push(item);
    return true;
  }

  // ---- Object
  override javaEquals(rt: Runtime, other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof JavaList)) return false;
    const a = this.items,
      b = other.items;
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!rt.javaEquals(a[i] as Value, b[i] as Value)) return false;
    return true;
  }
  override javaHash(rt: Runtime): number {
    let h = 1;
    for (const item of this.items) h = (Math.imul(h, 31) + rt.hash(item)) | 0;
    return h;
  }
}

/** ArrayList's iterators: they notice changes of the list that they did not make. */
export class ListIterator extends JavaIterator {
  private readonly list: JavaList;
  private cursor: number;
  private last = -1;
  private expected: number;
  private readonly both: boolean;
  /** `both`: a ListIterator, which goes backward too. */
  constructor(list: JavaList, start: number, both = false) {
    super();
    this.list = list;
    this.cursor = start;
    this.expected = list.modCount;
    this.both = both;
  }
  override get $type(): string {
    const type = this.list.$type;
    return type === 'java.util.LinkedList' ? 'java.util.LinkedList$ListItr' : this.both ? 'java.util.ArrayList$ListItr' : 'java.util.ArrayList$Itr';
  }
  hasNext(): boolean {
    return this.cursor !== this.list.size;
  }
  next(): Value {
    const { list } = this;
    if (list.modCount !== this.expected) throw concurrentModification();
    const { items } = list;
    const i = this.cursor;
    if (i >= items.length) throw noSuchElement();
    this.cursor = i + 1;
    this.last = i;
    return items[i] as Value;
  }
  hasPrevious(): boolean {
    return this.cursor !== 0;
  }
  previous(): Value {
    const { list } = this;
    if (list.modCount !== this.expected) throw concurrentModification();
    if (this.cursor <= 0) throw noSuchElement();
    this.last = --this.cursor;
    return list.items[this.last] as Value;
  }
  nextIndex(): number {
    return this.cursor;
  }
  previousIndex(): number {
    return this.cursor - 1;
  }
  override remove(rt: Runtime): void {
    const { list } = this;
    if (this.last < 0) throw illegalState();
    if (list.modCount !== this.expected) throw concurrentModification();
    list.removeAt(rt, this.last);
    this.cursor = this.last;
    this.last = -1;
    this.expected = list.modCount;
  }
  set(rt: Runtime, value: Value): void {
    if (this.last < 0) throw illegalState();
    if (this.list.modCount !== this.expected) throw concurrentModification();
    this.list.set(rt, this.last, value);
  }
  add(rt: Runtime, value: Value): void {
    if (this.list.modCount !== this.expected) throw concurrentModification();
    this.list.insert(rt, this.cursor++, value);
    this.last = -1;
    this.expected = this.list.modCount;
  }
}

/** One text for each type: a text made anew is hashed anew wherever its class is looked up. */
const ARRAY_TYPES: ReadonlyMap<string, string> = new Map(
  ['java.lang.Object', 'java.lang.String', 'int', 'long', 'double', 'boolean', 'byte', 'char', 'int[]'].map((component) => [component, `${component}[]`]),
);
function arrayType(component: string): string {
  return ARRAY_TYPES.get(component) ?? `${component}[]`;
}

/** A Java array; `component` is the element type's full Java name: `int`, `java.lang.String`, `int[]`. */
export class JavaArray extends JavaObject {
  readonly component: string;
  readonly items: Value[];
  constructor(component: string, items: Value[]) {
    super();
    this.component = component;
    this.items = items;
  }
  get $type(): string {
    return arrayType(this.component);
  }
  get(index: number): Value {
    if (index < 0 || index >= this.items.length) throw arrayIndexOutOfBounds(index, this.items.length);
    return this.items[index] as Value;
  }
  /** Java's own text of an array: `[Ljava.lang.String;@1b`. */
  override javaString(rt: Runtime): string {
    return `${arrayClassName(this.$type)}@${(rt.identityHash(this) >>> 0).toString(16)}`;
  }
}

const LETTERS: Readonly<Record<string, string>> = { int: 'I', long: 'J', double: 'D', float: 'F', short: 'S', byte: 'B', char: 'C', boolean: 'Z' };
/** `Class.getName()` of an array type: `int[][]` is `[[I`, `java.lang.String[]` is `[Ljava.lang.String;`. */
export function arrayClassName(type: string): string {
  let element = type,
    dims = '';
  while (element.endsWith('[]')) {
    element = element.slice(0, -2);
    dims += '[';
  }
  if (dims === '') return type;
  return dims + (LETTERS[element] ?? `L${element};`);
}
