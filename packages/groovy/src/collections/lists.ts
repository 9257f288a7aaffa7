/** The lists that are not ArrayList: views of other lists or arrays, unmodifiable and synchronized ones, linked ones, stacks. */

import type { Runtime } from '../runtime/runtime.ts';
import type { JavaThrowable, Value } from '../runtime/values.ts';
import { JavaThrowable as Throwable } from '../runtime/values.ts';
import { arrayIndexOutOfBounds, concurrentModification, illegalArgument, indexAndSize, unsupported } from './failures.ts';
import type { JavaIterator } from './model.ts';
import { ArrayIterator, JavaList } from './model.ts';

/** `java.util.LinkedList`: an array too, since scripts see its methods alone. */
export class LinkedList extends JavaList {
  override get $type(): string {
    return 'java.util.LinkedList';
  }
  protected override badIndex(index: number, size: number): JavaThrowable {
    return indexAndSize(index, size);
  }
}

export class Vector extends JavaList {
  override get $type(): string {
    return 'java.util.Vector';
  }
  protected override badIndex(index: number, size: number): JavaThrowable {
    return new Throwable(
      'java.lang.ArrayIndexOutOfBoundsException',
      index < 0 ? `Index ${index} out of bounds for length ${size}` : `Array index out of range: ${index}`,
    );
  }
}
export class Stack extends Vector {
  override get $type(): string {
    return 'java.util.Stack';
  }
}

/** Iterators walk over the list as it was when they were made. */
export class CopyOnWriteList extends JavaList {
  override get $type(): string {
    return 'java.util.concurrent.CopyOnWriteArrayList';
  }
  override iterator(): JavaIterator {
    return new ArrayIterator(this.toArray(), 'java.util.concurrent.CopyOnWriteArrayList$COWIterator');
  }
}

/** `Arrays.asList(…)`: writes through to the array, its size fixed. */
export class ArrayBackedList extends JavaList {
  override get $type(): string {
    return 'java.util.Arrays$ArrayList';
  }
  protected override badIndex(index: number, size: number): JavaThrowable {
    return arrayIndexOutOfBounds(index, size);
  }
  override add(): boolean {
    throw unsupported();
  }
  override addAll(_rt: Runtime, values: readonly Value[]): boolean {
    if (values.length > 0) throw unsupported();
    return false;
  }
  override insert(): void {
    throw unsupported();
  }
  override insertAll(_rt: Runtime, _index: number, values: readonly Value[]): boolean {
    if (values.length > 0) throw unsupported();
    return false;
  }
  override removeAt(): Value {
    throw unsupported();
  }
  override remove(rt: Runtime, value: Value): boolean {
    if (this.contains(rt, value)) throw unsupported();
    return false;
  }
  override removeRange(from: number, to: number): void {
    if (to > from) throw unsupported();
  }
  override retain(_rt: Runtime, keep: (item: Value) => boolean): boolean {
    if (!this.items.every(keep)) throw unsupported('remove');
    return false;
  }
  override clear(): void {
    if (this.size > 0) throw unsupported();
  }
}

/** Another list under another name, changed through it: synchronized and checked lists. */
export class WrappedList extends JavaList {
  readonly inner: JavaList;
  private readonly typeName: string;
  constructor(inner: JavaList, typeName: string) {
    super(NOTHING);
    this.inner = inner;
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
  override get items(): Value[] {
    return this.inner.items;
  }
  override get size(): number {
    return this.inner.size;
  }
  override get(rt: Runtime, index: number): Value {
    return this.inner.get(rt, index);
  }
  override set(rt: Runtime, index: number, value: Value): Value {
    return this.inner.set(rt, index, value);
  }
  override add(rt: Runtime, value: Value): boolean {
    return this.inner.add(rt, value);
  }
  override addAll(rt: Runtime, values: readonly Value[]): boolean {
    return this.inner.addAll(rt, values);
  }
  override insert(rt: Runtime, index: number, value: Value): void {
    this.inner.insert(rt, index, value);
  }
  override insertAll(rt: Runtime, index: number, values: readonly Value[]): boolean {
    return this.inner.insertAll(rt, index, values);
  }
  override removeAt(rt: Runtime, index: number): Value {
    return this.inner.removeAt(rt, index);
  }
  override removeRange(from: number, to: number): void {
    this.inner.removeRange(from, to);
  }
  override clear(): void {
    this.inner.clear();
  }
  override rearrange(values: readonly Value[]): void {
    this.inner.rearrange(values);
  }
  override retain(rt: Runtime, keep: (item: Value) => boolean): boolean {
    return this.inner.retain(rt, keep);
  }
}
/** Views keep nothing of their own; nobody writes to it since every access is overridden. */
const NOTHING: Value[] = [];

/** `Collections.unmodifiableList`, `asImmutable()`, `emptyList()`, `singletonList`, `nCopies`. */
export class UnmodifiableList extends WrappedList {
  constructor(inner: JavaList, typeName = 'java.util.Collections$UnmodifiableRandomAccessList') {
    super(inner, typeName);
  }
  override set(): Value {
    throw unsupported();
  }
  override add(): boolean {
    throw unsupported();
  }
  override addAll(): boolean {
    throw unsupported();
  }
  override insert(): void {
    throw unsupported();
  }
  override insertAll(): boolean {
    throw unsupported();
  }
  override removeAt(): Value {
    throw unsupported();
  }
  override remove(): boolean {
    throw unsupported();
  }
  override removeRange(): void {
    throw unsupported();
  }
  override clear(): void {
    throw unsupported();
  }
  override rearrange(): void {
    throw unsupported();
  }
  override retain(): boolean {
    throw unsupported();
  }
}

/** `list.subList(from, to)`: a live window. Changes of the list by others end it, as in Java. */
export class SubList extends JavaList {
  private readonly parent: JavaList;
  private readonly offset: number;
  private length: number;
  private expected: number;
  constructor(parent: JavaList, from: number, to: number) {
    super(NOTHING);
    this.parent = parent;
    this.offset = from;
    this.length = to - from;
    this.expected = parent.modCount;
  }
  override get $type(): string {
    return 'java.util.ArrayList$SubList';
  }
  private check(): void {
    if (this.parent.modCount !== this.expected) throw concurrentModification();
  }
  private changed(by: number): void {
    this.length += by;
    this.expected = this.parent.modCount;
    this.modCount++;
  }
  /** A copy of the window: changes go through the methods. */
  override get items(): Value[] {
    this.check();
    return this.parent.items.slice(this.offset, this.offset + this.length);
  }
  override get size(): number {
    this.check();
    return this.length;
  }
  override get(rt: Runtime, index: number): Value {
    if (index < 0 || index >= this.length) throw this.badIndex(index, this.length);
    this.check();
    return this.parent.get(rt, this.offset + index);
  }
  override set(rt: Runtime, index: number, value: Value): Value {
    if (index < 0 || index >= this.length) throw this.badIndex(index, this.length);
    this.check();
    return this.parent.set(rt, this.offset + index, value);
  }
  override add(rt: Runtime, value: Value): boolean {
    this.insert(rt, this.length, value);
    return true;
  }
  override addAll(rt: Runtime, values: readonly Value[]): boolean {
    return this.insertAll(rt, this.length, values);
  }
  override insert(rt: Runtime, index: number, value: Value): void {
    if (index < 0 || index > this.length) throw indexAndSize(index, this.length);
    this.check();
    this.parent.insert(rt, this.offset + index, value);
    this.changed(1);
  }
  override insertAll(rt: Runtime, index: number, values: readonly Value[]): boolean {
    if (index < 0 || index > this.length) throw indexAndSize(index, this.length);
    this.check();
    this.parent.insertAll(rt, this.offset + index, values);
    this.changed(values.length);
    return values.length > 0;
  }
  override removeAt(rt: Runtime, index: number): Value {
    if (index < 0 || index >= this.length) throw this.badIndex(index, this.length);
    this.check();
    const v = this.parent.removeAt(rt, this.offset + index);
    this.changed(-1);
    return v;
  }
  override removeRange(from: number, to: number): void {
    this.check();
    this.parent.removeRange(this.offset + from, this.offset + to);
    this.changed(from - to);
  }
  override clear(): void {
    this.removeRange(0, this.length);
  }
  override rearrange(values: readonly Value[]): void {
    this.check();
    const all = this.parent.toArray();
    for (let i = 0; i < values.length; i++) all[this.offset + i] = values[i] as Value;
    this.parent.rearrange(all);
  }
  override retain(rt: Runtime, keep: (item: Value) => boolean): boolean {
    let changed = false;
    for (let i = this.length - 1; i >= 0; i--)
      if (!keep(this.get(rt, i))) {
        this.removeAt(rt, i);
        changed = true;
      }
    return changed;
  }
}

/** `AbstractList.subListRangeCheck` */
export function checkSubList(from: number, to: number, size: number): void {
  if (from < 0) throw new Throwable('java.lang.IndexOutOfBoundsException', `fromIndex = ${from}`);
  if (to > size) throw new Throwable('java.lang.IndexOutOfBoundsException', `toIndex = ${to}`);
  if (from > to) throw illegalArgument(`fromIndex(${from}) > toIndex(${to})`);
}
