/** The order in which java.util.HashMap is walked: by table index, then by insertion. */
import { hashBigInteger } from '../numbers/hash.ts';
import { hashString } from '../text/letters.ts';
import type { MapEntry } from './entry.ts';

/** The Java hash of an entry's key, spread as HashMap spreads it. */
export function spreadHash(e: MapEntry): number {
  const h = entryHash(e);
  return h ^ (h >>> 16);
}

export function entryHash(e: MapEntry): number {
  const { key } = e;
  switch (typeof key) {
    case 'string':
      return hashString(key);
    case 'number':
      return key;
    case 'boolean':
      return key ? 1231 : 1237;
    case 'bigint':
      return hashBigInteger(key);
  }
  return e.hash;
}

/** The smallest power of two that is not smaller (`HashMap.tableSizeFor`). */
export function tableSizeFor(capacity: number): number {
  let n = 1;
  while (n < capacity && n < 1 << 30) n <<= 1;
  return n;
}

/**
 * What a HashMap's table of buckets would look like: its size alone, since that and the order of insertion give the
 * order of walking. (Buckets that became trees, eight collisions in a table of 64 or more, may differ.)
 */
export class HashTable {
  /** 0 while nothing was put in. */
  private capacity = 0;
  /** The size of the first table; 0 where none was asked for, which then is 16. */
  private initial: number;
  private readonly loadFactor: number;
  /** How full each bucket is, kept while the table is small: a bucket of nine enlarges a table below 64. */
  private bins: number[] | null = null;

  /** ConcurrentHashMap's grows when it is as full as it may be, HashMap's when it is fuller. */
  private readonly early: boolean;

  constructor(initialCapacity: number | null = null, loadFactor = 0.75, early = false) {
    this.early = early;
    this.initial = initialCapacity === null ? 0 : tableSizeFor(initialCapacity);
    this.loadFactor = loadFactor;
  }
  /** Before `more` pairs are put in at once (`putAll`, the copy constructor). */
  expect(more: number, present: () => Iterable<MapEntry>): void {
    if (more === 0) return;
    if (this.capacity === 0) this.initial = Math.max(this.initial, tableSizeFor(Math.floor(more / this.loadFactor + 1)));
    else while (more > this.capacity * this.loadFactor && this.capacity < 1 << 30) this.resize(present);
  }
  /** After a pair was put in; `size` counts it. `present` are all pairs, it included. */
  added(e: MapEntry, size: number, present: () => Iterable<MapEntry>): void {
    if (this.capacity === 0) {
      this.capacity = this.initial === 0 ? 16 : this.initial;
      this.bins = this.capacity < 64 ? new Array<number>(this.capacity).fill(0) : null;
    }
    if (this.bins !== null) {
      const at = spreadHash(e) & (this.capacity - 1);
      const n = this.bins[at] as number;
      this.bins[at] = n + 1;
      if (n >= 8) this.resize(present);
    }
    const limit = this.capacity * this.loadFactor;
    if (size > limit || (this.early && size === limit)) this.resize(present);
  }
  removed(e: MapEntry): void {
    if (this.bins !== null) {
      const at = spreadHash(e) & (this.capacity - 1);
      this.bins[at] = (this.bins[at] as number) - 1;
    }
  }
  cleared(): void {
    if (this.bins !== null) this.bins.fill(0);
  }
  private resize(present: () => Iterable<MapEntry>): void {
    this.capacity *= 2;
    if (this.capacity >= 64) {
      this.bins = null;
      return;
    }
    const bins = new Array<number>(this.capacity).fill(0);
    for (const e of present()) {
      const at = spreadHash(e) & (this.capacity - 1);
      bins[at] = (bins[at] as number) + 1;
    }
    this.bins = bins;
  }
  /** Entries given in the order of insertion, in the order of walking. */
  order(inserted: MapEntry[]): MapEntry[] {
    const mask = this.capacity - 1;
    const places = inserted.map((e) => ({ e, at: spreadHash(e) & mask }));
    places.sort((a, b) => a.at - b.at);
    return places.map((p) => p.e);
  }
}
