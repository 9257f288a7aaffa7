/** ArrayDeque and PriorityQueue. (LinkedList, a Deque too, is in lists.ts.) */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { compareBy } from './comparators.ts';
import { concurrentModification, nullPointer } from './failures.ts';
import type { JavaIterator } from './model.ts';
import { ArrayIterator, indexOf, JavaCollection } from './model.ts';

export class ArrayDeque extends JavaCollection {
  readonly items: Value[] = [];
  get $type(): string {
    return 'java.util.ArrayDeque';
  }
  get size(): number {
    return this.items.length;
  }
  toArray(): Value[] {
    return this.items.slice();
  }
  iterator(_rt: Runtime): JavaIterator {
    return new WatchedIterator(this, this.items.slice(), 'java.util.ArrayDeque$DeqIterator');
  }
  add(_rt: Runtime, value: Value): boolean {
    if (value === null) throw nullPointer();
    this.modCount++;
    this.items.push(value);
    return true;
  }
  addFirst(value: Value): void {
    if (value === null) throw nullPointer();
    this.modCount++;
    this.items.unshift(value);
  }
  remove(rt: Runtime, value: Value): boolean {
    const at = indexOf(rt, this.items, value);
    if (at < 0) return false;
    this.modCount++;
    this.items.splice(at, 1);
    return true;
  }
  clear(): void {
    this.modCount++;
    this.items.length = 0;
  }
}

/** `Collections.asLifoQueue(deque)`: adds at the front. */
export class LifoQueue extends JavaCollection {
  readonly deque: JavaCollection;
  constructor(deque: JavaCollection) {
    super();
    this.deque = deque;
  }
  get $type(): string {
    return 'java.util.Collections$AsLIFOQueue';
  }
  get size(): number {
    return this.deque.size;
  }
  toArray(): Value[] {
    return this.deque.toArray();
  }
  iterator(rt: Runtime): JavaIterator {
    return this.deque.iterator(rt);
  }
  add(rt: Runtime, value: Value): boolean {
    if (this.deque instanceof ArrayDeque) this.deque.addFirst(value);
    else rt.invokeSync(this.deque, 'addFirst', [value]);
    return true;
  }
  remove(rt: Runtime, value: Value): boolean {
    return this.deque.remove(rt, value);
  }
  clear(): void {
    this.deque.clear();
  }
}

/** java.util.PriorityQueue: a binary heap laid out as Java's, since its toString and iteration show the layout. */
export class PriorityQueue extends JavaCollection {
  readonly heap: Value[] = [];
  readonly comparator: Value;
  constructor(comparator: Value = null) {
    super();
    this.comparator = comparator;
  }
  get $type(): string {
    return 'java.util.PriorityQueue';
  }
  get size(): number {
    return this.heap.length;
  }
  toArray(): Value[] {
    return this.heap.slice();
  }
  iterator(_rt: Runtime): JavaIterator {
    return new WatchedIterator(this, this.heap.slice(), 'java.util.PriorityQueue$Itr');
  }
  private compare(rt: Runtime, a: Value, b: Value): number {
    return compareBy(rt, this.comparator, a, b);
  }
  add(rt: Runtime, value: Value): boolean {
    if (value === null) throw nullPointer();
    this.modCount++;
    this.heap.push(value);
    if (this.heap.length === 1) this.compare(rt, value, value);
    this.up(rt, this.heap.length - 1, value);
    return true;
  }
  private up(rt: Runtime, k: number, x: Value): void {
    const { heap } = this;
    while (k > 0) {
      const parent = (k - 1) >>> 1;
      const e = heap[parent] as Value;
      if (this.compare(rt, x, e) >= 0) break;
      heap[k] = e;
      k = parent;
    }
    heap[k] = x;
  }
  private down(rt: Runtime, k: number, x: Value): void {
    const { heap } = this;
    const n = heap.length,
      half = n >>> 1;
    while (k < half) {
      let child = 2 * k + 1;
      if (child + 1 < n && this.compare(rt, heap[child] as Value, heap[child + 1] as Value) > 0) child++;
      if (this.compare(rt, x, heap[child] as Value) <= 0) break;
      heap[k] = heap[child] as Value;
      k = child;
    }
    heap[k] = x;
  }
  /** The least, taken out; undefined where the queue is empty. */
  poll(rt: Runtime): Value | undefined {
    const { heap } = this;
    if (heap.length === 0) return undefined;
    this.modCount++;
    const least = heap[0] as Value;
    const x = heap.pop() as Value;
    if (heap.length > 0) this.down(rt, 0, x);
    return least;
  }
  remove(rt: Runtime, value: Value): boolean {
    const { heap } = this;
    const at = indexOf(rt, heap, value);
    if (at < 0) return false;
    this.modCount++;
    const moved = heap.pop() as Value;
    if (at < heap.length) {
      this.down(rt, at, moved);
      if (heap[at] === moved) this.up(rt, at, moved);
    }
    return true;
  }
  clear(): void {
    this.modCount++;
    this.heap.length = 0;
  }
}

class WatchedIterator extends ArrayIterator {
  private readonly owner: JavaCollection;
  private expected: number;
  constructor(owner: JavaCollection, items: readonly Value[], typeName: string) {
    super(items, typeName, (rt, item) => {
      owner.remove(rt, item);
      this.expected = owner.modCount;
    });
    this.owner = owner;
    this.expected = owner.modCount;
  }
  override next(): Value {
    if (this.owner.modCount !== this.expected) throw concurrentModification();
    return super.next();
  }
}
