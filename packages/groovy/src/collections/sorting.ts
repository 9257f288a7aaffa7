/**
 * Sorting by comparators that may suspend. Up to 31 elements as java.util.TimSort does it (a run, then binary
 * insertion), so that a comparator that contradicts itself gives Java's order; more by merging, stable too.
 */

import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Pending, Value } from '../runtime/values.ts';
import { PENDING } from '../runtime/values.ts';
import { NativeComparator, numberAware, toInt } from './comparators.ts';
import { naturalOrder } from './natural-order.ts';

/** Sorted by Groovy's number-aware order, as a new array. */
export function sortedNumberAware(rt: Runtime, items: readonly Value[]): Value[] {
  return sortSync(items, (a, b) => numberAware(rt, a, b));
}
/** Sorted by compareTo, as Java's `Collections.sort(list)`. */
export function sortedNaturally(rt: Runtime, items: readonly Value[]): Value[] {
  return sortSync(items, (a, b) => naturalOrder(rt, a, b));
}

/** Sorted as a closure says: of two parameters it compares, of one it gives what to compare by (asked once for each element). */
export function* sortedByClosure(rt: Runtime, items: readonly Value[], closure: Value): Computation<Value[]> {
  if (rt.arity(closure) !== 1) return yield* sortCalling(rt, items, (a, b) => rt.call(closure, [a, b]));
  if (items.length < 2) return items.slice();
  const keyed: { readonly item: Value; readonly key: Value }[] = [];
  for (let i = 0; i < items.length; i++) {
    let r = rt.call(closure, [items[i] as Value]);
    if (r === PENDING) r = yield* rt.take();
    keyed.push({ item: items[i] as Value, key: r as Value });
  }
  return sortSync(keyed, (a, b) => numberAware(rt, a.key, b.key)).map((k) => k.item);
}

/** Sorted by a Comparator (or null: naturally). */
export function* sortedByComparator(rt: Runtime, items: readonly Value[], comparator: Value): Computation<Value[]> {
  if (comparator === null) return sortedNaturally(rt, items);
  if (comparator instanceof NativeComparator) return sortSync(items, (a, b) => comparator.compare(rt, a, b));
  if (rt.isCallable(comparator)) return yield* sortCalling(rt, items, (a, b) => rt.call(comparator, [a, b]));
  return yield* sortCalling(rt, items, (a, b) => rt.invoke(comparator, 'compare', [a, b]));
}

function sortSync<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  const a = items.slice();
  const n = a.length;
  if (n < 2) return a;
  if (n >= 32) return a.sort(compare);
  let run = 1;
  if (compare(a[1] as T, a[0] as T) < 0) {
    for (run = 2; run < n && compare(a[run] as T, a[run - 1] as T) < 0; ) run++;
    reverseStart(a, run);
  } else for (run = 2; run < n && compare(a[run] as T, a[run - 1] as T) >= 0; ) run++;
  for (let start = run; start < n; start++) {
    const pivot = a[start] as T;
    let low = 0,
      high = start;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if (compare(pivot, a[mid] as T) < 0) high = mid;
      else low = mid + 1;
    }
    a.copyWithin(low + 1, low, start);
    a[low] = pivot;
  }
  return a;
}

function reverseStart(a: unknown[], n: number): void {
  for (let i = 0, j = n - 1; i < j; i++, j--) [a[i], a[j]] = [a[j], a[i]];
}

function* sortCalling(rt: Runtime, items: readonly Value[], call: (a: Value, b: Value) => Value | Pending): Computation<Value[]> {
  const a = items.slice();
  const n = a.length;
  if (n < 2) return a;
  if (n >= 32) return yield* mergeSort(rt, a, call);
  let r = call(a[1] as Value, a[0] as Value);
  if (r === PENDING) r = yield* rt.take();
  const descending = toInt(rt, r as Value) < 0;
  let run = 2;
  for (; run < n; run++) {
    r = call(a[run] as Value, a[run - 1] as Value);
    if (r === PENDING) r = yield* rt.take();
    if (toInt(rt, r as Value) < 0 !== descending) break;
  }
  if (descending) reverseStart(a, run);
  for (let start = run; start < n; start++) {
    const pivot = a[start] as Value;
    let low = 0,
      high = start;
    while (low < high) {
      const mid = (low + high) >>> 1;
      r = call(pivot, a[mid] as Value);
      if (r === PENDING) r = yield* rt.take();
      if (toInt(rt, r as Value) < 0) high = mid;
      else low = mid + 1;
    }
    a.copyWithin(low + 1, low, start);
    a[low] = pivot;
  }
  return a;
}

/** Bottom-up, from runs of one. */
function* mergeSort(rt: Runtime, items: Value[], call: (a: Value, b: Value) => Value | Pending): Computation<Value[]> {
  let from = items;
  let to: Value[] = new Array<Value>(items.length);
  const n = items.length;
  for (let width = 1; width < n; width *= 2) {
    for (let left = 0; left < n; left += 2 * width) {
      const middle = Math.min(left + width, n),
        right = Math.min(left + 2 * width, n);
      let i = left,
        j = middle,
        k = left;
      while (i < middle && j < right) {
        let r = call(from[j] as Value, from[i] as Value);
        if (r === PENDING) r = yield* rt.take();
        to[k++] = toInt(rt, r as Value) < 0 ? (from[j++] as Value) : (from[i++] as Value);
      }
      while (i < middle) to[k++] = from[i++] as Value;
      while (j < right) to[k++] = from[j++] as Value;
    }
    [from, to] = [to, from];
  }
  return from;
}
