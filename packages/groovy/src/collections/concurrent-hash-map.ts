/**
 * java.util.concurrent.ConcurrentHashMap: no nulls, no ConcurrentModificationException, walked by table index. (Java's
 * turns some chains of colliding keys round when its table grows; here they stay in the order of insertion.)
 */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { MapEntry } from './entry.ts';
import { nullPointer } from './failures.ts';
import { HashMap } from './hash-map.ts';

export class ConcurrentHashMap extends HashMap {
  constructor(initialCapacity: number | null = null, loadFactor = 0.75) {
    // Its table for a given capacity is half as large again (JDK 17's constructor), and `n >= 0.75 · table` enlarges it.
    super(initialCapacity === null ? null : Math.floor(1 + initialCapacity / loadFactor), 0.75, 'java.util.concurrent.ConcurrentHashMap');
  }
  override get(rt: Runtime, key: Value): Value {
    if (key === null) throw nullPointer();
    return super.get(rt, key);
  }
  override put(rt: Runtime, key: Value, value: Value): Value {
    if (key === null || value === null) throw nullPointer();
    const old = super.put(rt, key, value);
    this.modCount = 0;
    return old;
  }
  override has(rt: Runtime, key: Value): boolean {
    if (key === null) throw nullPointer();
    return super.has(rt, key);
  }
  override take(rt: Runtime, key: Value): MapEntry | undefined {
    const e = super.take(rt, key);
    this.modCount = 0;
    return e;
  }
}
