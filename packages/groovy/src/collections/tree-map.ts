/** java.util.TreeMap: the pairs in an array sorted by key. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { compareBy } from './comparators.ts';
import { MapEntry } from './entry.ts';
import { nullPointer } from './failures.ts';
import { JavaMap } from './map.ts';

export class TreeMap extends JavaMap {
  private sorted: MapEntry[] = [];
  /** A Comparator or closure; null for the keys' natural order. */
  readonly comparator: Value;
  private readonly typeName: string;
  constructor(comparator: Value = null, typeName = 'java.util.TreeMap') {
    super();
    this.comparator = comparator;
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
  override get size(): number {
    return this.sorted.length;
  }

  compareKeys(rt: Runtime, a: Value, b: Value): number {
    return compareBy(rt, this.comparator, a, b);
  }
  /** The first place whose key is not below; `above`: whose key is above. */
  private place(rt: Runtime, key: Value, above: boolean): number {
    const { sorted } = this;
    let low = 0,
      high = sorted.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      // The key looked for is the one whose compareTo is called, as in Java.
      const c = this.compareKeys(rt, key, (sorted[mid] as MapEntry).key);
      if (c > 0 || (above && c === 0)) low = mid + 1;
      else high = mid;
    }
    return low;
  }
  override find(rt: Runtime, key: Value): MapEntry | undefined {
    // Java compares with the root before anything, so that a null key fails on a map that is not empty.
    const at = this.place(rt, key, false);
    const e = this.sorted[at];
    return e !== undefined && this.compareKeys(rt, key, e.key) === 0 ? e : undefined;
  }
  protected override insert(rt: Runtime, key: Value, value: Value): MapEntry {
    if (this.sorted.length === 0) {
      if (key === null && this.comparator === null) throw nullPointer('Cannot invoke "java.lang.Comparable.compareTo(Object)" because "k1" is null');
      this.compareKeys(rt, key, key);
    }
    const e = new MapEntry(key, value);
    this.modCount++;
    this.sorted.splice(this.place(rt, key, false), 0, e);
    return e;
  }
  protected override drop(e: MapEntry): void {
    this.modCount++;
    this.sorted.splice(this.sorted.indexOf(e), 1);
  }
  override clear(): void {
    this.modCount++;
    this.sorted = [];
  }
  override entries(): MapEntry[] {
    return this.sorted.slice();
  }

  /** Nearest pairs: `floor` at or below, `lower` below, `ceiling` at or above, `higher` above. */
  near(rt: Runtime, key: Value, how: 'floor' | 'lower' | 'ceiling' | 'higher'): MapEntry | undefined {
    switch (how) {
      case 'floor':
        return this.sorted[this.place(rt, key, true) - 1];
      case 'lower':
        return this.sorted[this.place(rt, key, false) - 1];
      case 'ceiling':
        return this.sorted[this.place(rt, key, false)];
      case 'higher':
        return this.sorted[this.place(rt, key, true)];
    }
  }
  first(): MapEntry | undefined {
    return this.sorted[0];
  }
  last(): MapEntry | undefined {
    return this.sorted[this.sorted.length - 1];
  }
}
