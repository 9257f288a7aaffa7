/** Walking over anything, as the natives do. */

import type { Runtime } from '../runtime/runtime.ts';
import type { Pending, Value } from '../runtime/values.ts';
import type { MapEntry } from './entry.ts';
import { noSuchElement } from './failures.ts';
import { JavaMap } from './map.ts';
import { ArrayIterator, JavaArray, JavaCollection, JavaIterator, JavaList } from './model.ts';
import { GroovyRange } from './range.ts';
import { EntrySet } from './set.ts';

/** What Groovy's methods of Object walk over (`InvokerHelper.asIterator`), noticing changes made meanwhile as Java's iterators do. */
export function iterator(rt: Runtime, v: Value): JavaIterator {
  if (v instanceof JavaIterator) return v;
  if (v instanceof JavaCollection) return v.iterator(rt);
  if (v instanceof JavaArray) return new ArrayIterator(v.items);
  if (v instanceof JavaMap) return new EntrySet(v).iterator();
  const items = rt.iterate(v);
  return Array.isArray(items) ? new ArrayIterator(items as Value[]) : new IterableIterator(items);
}

/** Over a JavaScript iterable, a step ahead at most when asked whether there is more. */
export class IterableIterator extends JavaIterator {
  private readonly source: Iterator<Value>;
  private ahead: IteratorResult<Value> | null = null;
  constructor(source: Iterable<Value>) {
    super();
    this.source = source[Symbol.iterator]();
  }
  override get $type(): string {
    return 'java.util.Iterator';
  }
  hasNext(): boolean {
    this.ahead ??= this.source.next();
    return this.ahead.done !== true;
  }
  next(): Value {
    const r = this.ahead ?? this.source.next();
    if (r.done === true) {
      this.ahead = r;
      throw noSuchElement();
    }
    this.ahead = null;
    return r.value;
  }
}

/** As `iterator`, for a walk in which nothing of the script runs and so nothing could stop it: a range's size is announced. */
export function quickIterator(rt: Runtime, v: Value): JavaIterator {
  if (v instanceof GroovyRange) rt.alloc(v.size);
  return iterator(rt, v);
}

/** The elements of anything as an array, not to be changed; announces its size. */
export function elements(rt: Runtime, v: Value): readonly Value[] {
  if (v instanceof JavaList) {
    rt.alloc(v.size);
    return v.items;
  }
  if (v instanceof JavaArray) return v.items;
  if (v instanceof JavaCollection) return v.toArray();
  if (v instanceof JavaMap) return v.entries();
  const it = iterator(rt, v);
  const out: Value[] = [];
  while (it.hasNext()) {
    out.push(it.next());
    if ((out.length & 4095) === 0) rt.alloc(4096);
  }
  return out;
}

/** Calls a closure with an element; of a map, with key and value where the closure has two parameters, else with the entry. */
export function itemCaller(rt: Runtime, self: Value, closure: Value): (item: Value) => Value | Pending {
  if (self instanceof JavaMap && rt.arity(closure) === 2) {
    return (item) => rt.call(closure, [(item as MapEntry).key, (item as MapEntry).value]);
  }
  return (item) => rt.call(closure, [item]);
}
