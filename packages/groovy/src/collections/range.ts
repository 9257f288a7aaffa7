/**
 * Groovy's ranges (groovy.lang.IntRange, ObjectRange, EmptyRange of 2.4). They are lists that nothing can change, and
 * hold their ends alone: `items` are made when asked for, at most `MAX_ITEMS` of them.
 */
import { BigDecimal, Character, Double, Float, Long, Short } from '../numbers/boxes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { illegalArgument, unsupported } from './failures.ts';
import { JavaIterator, JavaList } from './model.ts';

/** More elements than a script's memory limit would ever let it have. Code that has a runtime calls `rt.alloc` first. */
const MAX_ITEMS = 10_000_000;

export abstract class GroovyRange extends JavaList {
  abstract get from(): Value;
  abstract get to(): Value;
  abstract get reverse(): boolean;
  /** The element at a place that is known to exist. */
  abstract at(rt: Runtime, index: number): Value;
  /** Within the bounds, whether or not the steps meet it: what `in`, `switch` and `containsWithinBounds` ask. */
  abstract containsWithinBounds(rt: Runtime, value: Value): boolean;
  protected abstract make(): Value[];
  private made: Value[] | null = null;
  override get items(): Value[] {
    if (this.made === null) {
      if (this.size > MAX_ITEMS) throw new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
      this.made = this.make();
    }
    return this.made;
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
  override set(): Value {
    throw unsupported();
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
  override rearrange(values: readonly Value[]): void {
    if (values.length > 0) throw unsupported();
  }
  override retain(_rt: Runtime, keep: (item: Value) => boolean): boolean {
    if (!this.items.every(keep)) throw unsupported();
    return false;
  }
  override clear(): void {
    if (this.size > 0) throw unsupported();
  }
}

export class IntRange extends GroovyRange {
  /** As written: `5..<1` has first 5 and last 1. Without `inclusive` (Java's constructor) the smaller comes first. */
  readonly first: number;
  readonly last: number;
  /** null where made by `new IntRange(from, to)`, which knows no exclusive end. */
  readonly inclusive: boolean | null;
  private readonly reversed: boolean;
  constructor(inclusive: boolean | null, from: number, to: number, reversed?: boolean) {
    super();
    const swap = inclusive === null && from > to;
    this.first = swap ? to : from;
    this.last = swap ? from : to;
    this.inclusive = inclusive;
    this.reversed = inclusive === null ? (reversed ?? swap) : from > to;
    const size = this.last - this.first + 1;
    if (size > 2147483647) throw illegalArgument(`A range must have no more than 2147483647 elements but attempted ${size} elements`);
  }
  override get $type(): string {
    return 'groovy.lang.IntRange';
  }
  get reverse(): boolean {
    return this.reversed;
  }
  /** The smaller end. */
  get from(): number {
    if (this.inclusive === null || this.first <= this.last) return this.first;
    return this.inclusive ? this.last : this.last + 1;
  }
  /** The larger end. */
  get to(): number {
    if (this.inclusive === null) return this.last;
    if (this.first <= this.last) return this.inclusive ? this.last : this.last - 1;
    return this.first;
  }
  override get size(): number {
    return this.to - this.from + 1;
  }
  at(_rt: Runtime, index: number): number {
    return this.reversed ? this.to - index : this.from + index;
  }
  override get(rt: Runtime, index: number): Value {
    if (index < 0) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index: ${index} should not be negative`);
    if (index >= this.size) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index: ${index} too big for range: ${this.javaString()}`);
    return this.at(rt, index);
  }
  protected make(): Value[] {
    const n = this.size,
      out: Value[] = [];
    if (this.reversed) for (let i = 0, v = this.to; i < n; i++) out.push(v--);
    else for (let i = 0, v = this.from; i < n; i++) out.push(v++);
    return out;
  }
  override iterator(): JavaIterator {
    return new IntRangeIterator(this);
  }
  override contains(_rt: Runtime, value: Value): boolean {
    return (typeof value === 'number' || typeof value === 'bigint') && value >= this.from && value <= this.to;
  }
  containsWithinBounds(rt: Runtime, value: Value): boolean {
    return this.contains(rt, value);
  }
  /** Which places of a list of that size the range means, negative ones counted from the end (`subListBorders`). */
  borders(size: number): { readonly from: number; readonly to: number; readonly reverse: boolean } {
    if (this.inclusive === null) throw new JavaThrowable('java.lang.IllegalStateException', 'Should not call subListBorders on a non-inclusive aware IntRange');
    const from = this.first < 0 ? this.first + size : this.first;
    const to = this.last < 0 ? this.last + size : this.last;
    if (from > to) return { from: this.inclusive ? to : to + 1, to: from + 1, reverse: true };
    return { from, to: this.inclusive ? to + 1 : to, reverse: false };
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    if (other instanceof IntRange) {
      return (
        this.inclusive === other.inclusive &&
        this.first === other.first &&
        this.last === other.last &&
        (this.inclusive !== null || this.reversed === other.reversed)
      );
    }
    return super.javaEquals(rt, other);
  }
  override javaHash(): number {
    const { from, to } = this;
    return (((Math.imul((from + to + 1) | 0, (from + to) | 0) / 2) | 0) + to) | 0;
  }
  override javaString(): string {
    if (this.inclusive !== null) return `${this.first}..${this.inclusive ? '' : '<'}${this.last}`;
    return this.reversed ? `${this.last}..${this.first}` : `${this.first}..${this.last}`;
  }
}

class IntRangeIterator extends JavaIterator {
  private left: number;
  private value: number;
  private readonly by: number;
  constructor(range: IntRange) {
    super();
    this.left = range.size;
    this.by = range.reverse ? -1 : 1;
    this.value = range.reverse ? range.to : range.from;
  }
  override get $type(): string {
    return 'groovy.lang.IntRange$IntRangeIterator';
  }
  hasNext(): boolean {
    return this.left > 0;
  }
  next(): Value {
    // Groovy 2.4 answers null here instead of failing.
    if (this.left <= 0) return null;
    this.left--;
    const v = this.value;
    this.value = v + this.by;
    return v;
  }
  override remove(): void {
    throw unsupported();
  }
}

/** Any Comparable that has `next()` and `previous()`: characters, Strings, Longs, BigDecimals, dates, enums, script objects. */
export class ObjectRange extends GroovyRange {
  private readonly rt: Runtime;
  readonly from: Value;
  readonly to: Value;
  readonly reverse: boolean;
  private count = -1;
  /** Use `createRange`, which orders and checks the ends. */
  constructor(rt: Runtime, from: Value, to: Value, reverse: boolean) {
    super();
    this.rt = rt;
    [this.from, this.to] = normalised(rt, from, to);
    this.reverse = reverse;
  }
  override get $type(): string {
    return 'groovy.lang.ObjectRange';
  }
  override get size(): number {
    if (this.count < 0) this.count = this.measure();
    return this.count;
  }
  private measure(): number {
    const { from, to, rt } = this;
    const a = wholeNumber(from),
      b = wholeNumber(to);
    if (a !== null && b !== null) return Number(BigInt.asIntN(32, b - a + 1n));
    if (from instanceof Character && to instanceof Character) return to.code - from.code + 1;
    if (from instanceof BigDecimal || to instanceof BigDecimal || typeof from === 'bigint' || typeof to === 'bigint')
      return decimalSteps(rt.str(from), rt.str(to));
    let n = 0;
    let value: Value = from;
    while (rt.compare(to, value) >= 0) {
      value = this.step(value, 'next');
      n++;
      // All of them so far, and what each costs: a walk that does not meet its end stops here.
      if ((n & 1023) === 0) rt.alloc(n * 16);
      // Strings come round to the beginning.
      if (rt.compare(from, value) >= 0) break;
    }
    return n;
  }
  /** `next()` or `previous()` of a value, as the script's own class may define it. */
  step(value: Value, way: 'next' | 'previous'): Value {
    if (value instanceof Character) return new Character(value.code + (way === 'next' ? 1 : -1));
    return this.rt.invokeSync(value, way, []);
  }
  at(rt: Runtime, index: number): Value {
    if (this.from instanceof Character) return new Character(this.reverse ? (this.to as Character).code - index : this.from.code + index);
    if (index > 0) rt.alloc(index);
    let value = this.reverse ? this.to : this.from;
    for (let i = 0; i < index; i++) value = this.step(value, this.reverse ? 'previous' : 'next');
    return value;
  }
  override get(rt: Runtime, index: number): Value {
    if (index < 0) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index: ${index} should not be negative`);
    if (index >= this.size) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index: ${index} is too big for range: ${this.javaString(rt)}`);
    return this.at(rt, index);
  }
  protected make(): Value[] {
    const n = this.size;
    this.rt.alloc(n);
    const out: Value[] = [];
    let value = this.reverse ? this.to : this.from;
    for (let i = 0; i < n; i++) {
      if (i > 0) value = this.step(value, this.reverse ? 'previous' : 'next');
      out.push(value);
    }
    return out;
  }
  override iterator(): JavaIterator {
    return new ObjectRangeIterator(this);
  }
  override contains(rt: Runtime, value: Value): boolean {
    if (value === null) return false;
    for (const item of this.items) {
      try {
        if (rt.equals(value, item)) return true;
      } catch (e) {
        if (e instanceof JavaThrowable && e.typeName === 'java.lang.ClassCastException') return false;
        throw e;
      }
    }
    return false;
  }
  containsWithinBounds(rt: Runtime, value: Value): boolean {
    if (!rt.instanceOf(value, 'java.lang.Comparable')) return this.contains(rt, value);
    const low = rt.compare(this.from, value);
    return low === 0 || (low < 0 && rt.compare(this.to, value) >= 0);
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    if (other instanceof ObjectRange) return this.reverse === other.reverse && rt.equals(this.from, other.from) && rt.equals(this.to, other.to);
    return super.javaEquals(rt, other);
  }
  override javaString(rt: Runtime): string {
    return this.reverse ? `${rt.str(this.to)}..${rt.str(this.from)}` : `${rt.str(this.from)}..${rt.str(this.to)}`;
  }
}

class ObjectRangeIterator extends JavaIterator {
  private readonly range: ObjectRange;
  private index = 0;
  private value: Value;
  constructor(range: ObjectRange) {
    super();
    this.range = range;
    this.value = range.reverse ? range.to : range.from;
  }
  override get $type(): string {
    return 'groovy.lang.ObjectRange$1';
  }
  hasNext(): boolean {
    return this.index < this.range.size;
  }
  next(): Value {
    if (this.index++ > 0) this.value = this.index > this.range.size ? null : this.range.step(this.value, this.range.reverse ? 'previous' : 'next');
    return this.value;
  }
  override remove(): void {
    throw unsupported();
  }
}

/** `1..<1` */
export class EmptyRange extends GroovyRange {
  private readonly place: Value;
  constructor(place: Value) {
    super();
    this.place = place;
  }
  override get $type(): string {
    return 'groovy.lang.EmptyRange';
  }
  get from(): Value {
    return this.place;
  }
  get to(): Value {
    return this.place;
  }
  get reverse(): boolean {
    return false;
  }
  override get size(): number {
    return 0;
  }
  at(): Value {
    return null;
  }
  override get(): Value {
    throw new JavaThrowable('java.lang.IndexOutOfBoundsException', "can't get values from Empty Ranges");
  }
  protected make(): Value[] {
    return [];
  }
  containsWithinBounds(): boolean {
    return false;
  }
  override add(): boolean {
    throw unsupported('cannot add to Empty Ranges');
  }
  override addAll(): boolean {
    throw unsupported('cannot add to Empty Ranges');
  }
  override insertAll(): boolean {
    throw unsupported('cannot add to Empty Ranges');
  }
  override remove(): boolean {
    throw unsupported('cannot remove from Empty Ranges');
  }
  override removeAt(): Value {
    throw unsupported('cannot remove from Empty Ranges');
  }
  override set(): Value {
    throw unsupported('cannot set in Empty Ranges');
  }
  override javaString(rt: Runtime): string {
    return `${rt.str(this.place)}..<${rt.str(this.place)}`;
  }
}

/** `from..to` and `from..<to` (ScriptBytecodeAdapter.createRange). */
export function createRange(rt: Runtime, from: Value, to: Value, inclusive: boolean): GroovyRange {
  if (typeof from === 'number' && typeof to === 'number' && (inclusive || from !== to)) return new IntRange(inclusive, from, to);
  if (!inclusive) {
    if (rt.equals(from, to)) return new EmptyRange(from);
    to = rt.invokeSync(to, rt.compare(from, to) > 0 ? 'next' : 'previous', []);
  }
  return objectRange(rt, from, to);
}

/** `new ObjectRange(from, to)` */
export function objectRange(rt: Runtime, from: Value, to: Value): ObjectRange {
  if (from === null) throw illegalArgument("Must specify a non-null value for the 'from' index in a Range");
  if (to === null) throw illegalArgument("Must specify a non-null value for the 'to' index in a Range");
  let reverse: boolean;
  try {
    reverse = rt.compare(from, to) > 0;
  } catch (e) {
    if (e instanceof JavaThrowable && e.typeName === 'java.lang.ClassCastException') {
      throw new JavaThrowable(
        'java.lang.IllegalArgumentException',
        `Unable to create range due to incompatible types: ${rt.classOf(from).simpleName}..${rt.classOf(to).simpleName} (possible missing brackets around range?)`,
        e,
      );
    }
    throw e;
  }
  return reverse ? new ObjectRange(rt, to, from, true) : new ObjectRange(rt, from, to, false);
}

function normalised(rt: Runtime, from: Value, to: Value): [Value, Value] {
  if (from instanceof Short) from = from.n;
  else if (from instanceof Float) from = new Double(from.n);
  if (to instanceof Short) to = to.n;
  else if (to instanceof Float) to = new Double(to.n);
  if (typeof from === 'number' && to instanceof Long) from = Long.of(from);
  else if (typeof to === 'number' && from instanceof Long) to = Long.of(to);
  const same = rt.classOf(from) === rt.classOf(to);
  if (typeof from === 'string' || typeof to === 'string') {
    // Such a range is walked by String.next, which must meet the end.
    const start = rt.str(from),
      end = rt.str(to);
    if (start.length > end.length) throw illegalArgument('Incompatible Strings for Range: starting String is longer than ending string');
    let i = 0;
    while (i < start.length && start[i] === end[i]) i++;
    if (i < start.length - 1) throw illegalArgument('Incompatible Strings for Range: String#next() will not reach the expected value');
  }
  return same ? [from, to] : [plainNumber(from), plainNumber(to)];
}

function plainNumber(v: Value): Value {
  if (v instanceof Character) return v.code;
  return typeof v === 'string' && v.length === 1 ? v.charCodeAt(0) : v;
}
function wholeNumber(v: Value): bigint | null {
  return typeof v === 'number' ? BigInt(v) : v instanceof Long ? v.big() : null;
}

/** `(to - from + 1)` cut to a whole number, of two decimal texts. */
function decimalSteps(from: string, to: string): number {
  const a = decimal(from),
    b = decimal(to);
  const scale = Math.max(a.scale, b.scale);
  const unit = 10n ** BigInt(scale);
  const diff = b.unscaled * 10n ** BigInt(scale - b.scale) - a.unscaled * 10n ** BigInt(scale - a.scale);
  return Number(BigInt.asIntN(32, (diff + unit) / unit));
}
function decimal(text: string): { unscaled: bigint; scale: number } {
  const m = /^([+-]?\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (m === null) throw new JavaThrowable('java.lang.NumberFormatException');
  const fraction = m[2] ?? '';
  const scale = fraction.length - Number(m[3] ?? 0);
  const digits = BigInt((m[1] ?? '') + fraction || '0');
  return scale >= 0 ? { unscaled: digits, scale } : { unscaled: digits * 10n ** BigInt(-scale), scale: 0 };
}
