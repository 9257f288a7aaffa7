/** Parts of collections: first, last, take, drop and their kin, collate. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import type { MapEntry } from '../entry.ts';
import { noSuchElement } from '../failures.ts';
import { elements, itemCaller, iterator } from '../iteration.ts';
import { JavaMap } from '../map.ts';
import { ArrayIterator, JavaArray, JavaCollection, JavaIterator, JavaList } from '../model.ts';
import { cloneMap, fill, similarCollection, similarMap } from '../similar.ts';
import { ARRAY, CLOSURE, ITERABLE, ITERATOR, LIST, MAP, on, SORTED_SET } from './receivers.ts';

/** A part of something, as its kind. */
function part(rt: Runtime, self: Value, items: readonly Value[]): Value {
  if (self instanceof JavaArray) return new JavaArray(self.component, items.slice());
  if (self instanceof JavaMap) return entriesMap(rt, self, items);
  return fill(rt, similarCollection(self), items);
}
function entriesMap(rt: Runtime, like: JavaMap, entries: readonly Value[]): JavaMap {
  const out = similarMap(like);
  for (const e of entries as readonly MapEntry[]) out.put(rt, e.key, e.value);
  return out;
}
function kindName(self: Value, array: string): string {
  return self instanceof JavaArray ? array : self instanceof JavaList ? 'List' : 'Iterable';
}

function first(rt: Runtime, self: Value): Value {
  const it = iterator(rt, self);
  if (!it.hasNext()) throw noSuchElement(`Cannot access first() element from an empty ${kindName(self, 'array')}`);
  return it.next();
}
function last(rt: Runtime, self: Value): Value {
  const items = elements(rt, self);
  if (items.length === 0) throw noSuchElement(`Cannot access last() element from an empty ${kindName(self, 'Array')}`);
  return items[items.length - 1] as Value;
}
function tail(rt: Runtime, self: Value): Value {
  const items = elements(rt, self);
  if (items.length === 0) throw noSuchElement(`Cannot access tail() for an empty ${self instanceof JavaArray ? 'array' : 'iterable'}`);
  return part(rt, self, items.slice(1));
}
function tailIterator(_rt: Runtime, self: JavaIterator): Value {
  if (!self.hasNext()) throw noSuchElement('Cannot access tail() for an empty Iterator');
  self.next();
  return self;
}
function init(rt: Runtime, self: Value): Value {
  const items = elements(rt, self);
  if (items.length === 0)
    throw noSuchElement(
      `Cannot access init() for an empty ${self instanceof JavaArray ? 'Object array' : self instanceof JavaIterator ? 'Iterator' : 'Iterable'}`,
    );
  const rest = items.slice(0, -1);
  return self instanceof JavaIterator ? new ArrayIterator(rest) : part(rt, self, rest);
}

/** The first elements without making all of a long range. */
function firstItems(rt: Runtime, self: Value, n: number): Value[] {
  const out: Value[] = [];
  if (n <= 0) return out;
  const it = iterator(rt, self);
  while (out.length < n && it.hasNext()) out.push(it.next());
  rt.alloc(out.length);
  return out;
}
function take(rt: Runtime, self: Value, n: number): Value {
  return part(rt, self, firstItems(rt, self, n));
}
function takeRight(rt: Runtime, self: Value, n: number): Value {
  return part(rt, self, n <= 0 ? [] : elements(rt, self).slice(-n));
}
function drop(rt: Runtime, self: Value, n: number): Value {
  return part(rt, self, n <= 0 ? elements(rt, self) : elements(rt, self).slice(n));
}
function dropRight(rt: Runtime, self: Value, n: number): Value {
  const items = elements(rt, self);
  const kept = n <= 0 ? items : items.slice(0, Math.max(0, items.length - n));
  return self instanceof JavaIterator ? new ArrayIterator(kept) : part(rt, self, kept);
}
function dropMap(rt: Runtime, self: JavaMap, n: number): Value {
  return n === 0 && self.size > 0 ? cloneMap(rt, self) : part(rt, self, self.entries().slice(Math.max(0, n)));
}
class TakeIterator extends JavaIterator {
  private readonly inner: JavaIterator;
  private left: number;
  constructor(inner: JavaIterator, left: number) {
    super();
    this.inner = inner;
    this.left = left;
  }
  hasNext(): boolean {
    return this.left > 0 && this.inner.hasNext();
  }
  next(): Value {
    if (this.left <= 0) throw noSuchElement();
    this.left--;
    return this.inner.next();
  }
}
function takeIterator(_rt: Runtime, self: JavaIterator, n: number): Value {
  return new TakeIterator(self, n);
}
function dropIterator(_rt: Runtime, self: JavaIterator, n: number): Value {
  for (let i = 0; i < n && self.hasNext(); i++) self.next();
  return self;
}

/** How many of the first elements the closure accepts. */
function* countWhile(rt: Runtime, self: Value, items: readonly Value[], closure: Value): Computation<number> {
  const call = itemCaller(rt, self, closure);
  let n = 0;
  for (; n < items.length; n++) {
    let r = call(items[n] as Value);
    if (r === PENDING) r = yield* rt.take();
    if (!rt.truth(r as Value)) break;
  }
  return n;
}
function* takeWhile(rt: Runtime, self: Value, closure: Value): Computation {
  const items = elements(rt, self);
  const kept = items.slice(0, yield* countWhile(rt, self, items, closure));
  return self instanceof JavaIterator ? new ArrayIterator(kept) : part(rt, self, kept);
}
function* dropWhile(rt: Runtime, self: Value, closure: Value): Computation {
  const items = elements(rt, self);
  const kept = items.slice(yield* countWhile(rt, self, items, closure));
  return self instanceof JavaIterator ? new ArrayIterator(kept) : part(rt, self, kept);
}

function collate(rt: Runtime, self: Value, size: number, step: number, keepRemainder: boolean): Value {
  const items = elements(rt, self);
  const out: Value[] = [];
  if (size <= 0) return new JavaList([self instanceof JavaCollection ? self : new JavaList(items.slice())]);
  // Groovy fills its memory with a step of 0.
  if (step === 0 && items.length > 0) rt.alloc(Number.MAX_SAFE_INTEGER);
  for (let at = 0; at < items.length && at > -1; at += step) {
    if (!keepRemainder && at > items.length - size) break;
    rt.alloc(Math.min(size, items.length) + 1);
    out.push(new JavaList(items.slice(at, at + size)));
  }
  return new JavaList(out);
}

const SLICED = [ITERABLE, LIST, ARRAY];

export const sliceMethods: Signatures = {
  ...on(SLICED, 'first()', first),
  ...on(SLICED, 'head()', first),
  ...on(SLICED, 'last()', last),
  ...on([...SLICED, SORTED_SET], 'tail()', tail),
  ...on([ITERATOR], 'tail()', tailIterator),
  ...on([...SLICED, SORTED_SET, ITERATOR], 'init()', init),
  ...on([...SLICED, SORTED_SET, MAP], 'take(int)', take),
  ...on([ITERATOR], 'take(int)', takeIterator),
  ...on([...SLICED, SORTED_SET], 'takeRight(int)', takeRight),
  ...on([...SLICED, SORTED_SET], 'drop(int)', drop),
  ...on([MAP], 'drop(int)', dropMap),
  ...on([ITERATOR], 'drop(int)', dropIterator),
  ...on([...SLICED, SORTED_SET, ITERATOR], 'dropRight(int)', dropRight),
  ...on([...SLICED, SORTED_SET, MAP, ITERATOR], `takeWhile(${CLOSURE})`, takeWhile),
  ...on([...SLICED, SORTED_SET, MAP, ITERATOR], `dropWhile(${CLOSURE})`, dropWhile),
  ...on([ITERABLE, LIST], 'collate(int)', (rt, self, size) => collate(rt, self, size, size, true)),
  ...on([ITERABLE, LIST], 'collate(int, boolean)', (rt, self, size, keep) => collate(rt, self, size, size, keep)),
  ...on([ITERABLE, LIST], 'collate(int, int)', (rt, self, size, step) => collate(rt, self, size, step, true)),
  ...on([ITERABLE, LIST], 'collate(int, int, boolean)', collate),
};
