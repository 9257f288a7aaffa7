/**
 * Maps. `JavaMap` is the LinkedHashMap, which Groovy's literals make, and the base of all others.
 *
 * Keys that are JavaScript primitives (String, Integer, Boolean, BigInteger, null) are the JavaScript Map's own keys,
 * so that `map.get(rt, 'x')` costs one lookup. A key of any other kind is found through its Java hash among `buckets`;
 * its entry object is then the JavaScript Map's key. Both kinds thus share one insertion order.
 */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { MapEntry } from './entry.ts';

export class JavaMap extends JavaObject {
  /** Counts structural changes, so that an iterator notices one that it did not make. */
  modCount = 0;
  private readonly table = new Map<unknown, MapEntry>();
  private buckets: Map<number, MapEntry[]> | null = null;

  get $type(): string {
    return 'java.util.LinkedHashMap';
  }
  get size(): number {
    return this.table.size;
  }

  /** The pair of a key, undefined where there is none. */
  find(rt: Runtime, key: Value): MapEntry | undefined {
    if (typeof key !== 'object' || key === null) return this.table.get(key);
    const bucket = this.buckets?.get(rt.hash(key));
    if (bucket === undefined) return undefined;
    for (const e of bucket) if (e.key === key || rt.javaEquals(key, e.key)) return e;
    return undefined;
  }
  /** `Map.get`: null where there is none. */
  get(rt: Runtime, key: Value): Value {
    const e = this.find(rt, key);
    return e === undefined ? null : e.value;
  }
  has(rt: Runtime, key: Value): boolean {
    return this.find(rt, key) !== undefined;
  }
  /** `Map.put`: answers what was there, or null. */
  put(rt: Runtime, key: Value, value: Value): Value {
    const e = this.find(rt, key);
    if (e !== undefined) {
      const old = e.value;
      e.value = value;
      return old;
    }
    this.insert(rt, key, value);
    return null;
  }
  /** Puts a pair whose key is not there. */
  protected insert(rt: Runtime, key: Value, value: Value): MapEntry {
    this.modCount++;
    if (typeof key !== 'object' || key === null) {
      const e = new MapEntry(key, value);
      this.table.set(key, e);
      return e;
    }
    const hash = rt.hash(key);
    const e = new MapEntry(key, value, hash);
    this.buckets ??= new Map();
    const bucket = this.buckets.get(hash);
    if (bucket === undefined) this.buckets.set(hash, [e]);
    else bucket.push(e);
    this.table.set(e, e);
    return e;
  }
  /** Takes the key's pair out and answers it. */
  take(rt: Runtime, key: Value): MapEntry | undefined {
    const e = this.find(rt, key);
    if (e !== undefined) this.drop(e);
    return e;
  }
  protected drop(e: MapEntry): void {
    this.modCount++;
    const { key } = e;
    if (typeof key !== 'object' || key === null) this.table.delete(key);
    else {
      this.table.delete(e);
      const bucket = this.buckets?.get(e.hash);
      if (bucket !== undefined) {
        bucket.splice(bucket.indexOf(e), 1);
        if (bucket.length === 0) this.buckets?.delete(e.hash);
      }
    }
  }
  /** `Map.remove`: answers the value, or null. */
  remove(rt: Runtime, key: Value): Value {
    return this.take(rt, key)?.value ?? null;
  }
  clear(): void {
    this.modCount++;
    this.table.clear();
    this.buckets = null;
  }
  putAll(rt: Runtime, other: JavaMap): void {
    for (const e of other.entries()) this.put(rt, e.key, e.value);
  }

  /** The pairs in the map's order, as a fresh array. */
  entries(): MapEntry[] {
    return [...this.table.values()];
  }
  keys(): Value[] {
    return this.entries().map((e) => e.key);
  }
  values(): Value[] {
    return this.entries().map((e) => e.value);
  }

  override javaEquals(rt: Runtime, other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof JavaMap) || other.size !== this.size) return false;
    for (const e of this.entries()) {
      const o = other.find(rt, e.key);
      if (o === undefined || !rt.javaEquals(e.value, o.value)) return false;
    }
    return true;
  }
  override javaHash(rt: Runtime): number {
    let h = 0;
    for (const e of this.entries()) h = (h + e.javaHash(rt)) | 0;
    return h;
  }
  override javaString(rt: Runtime): string {
    let text = '{';
    for (const e of this.entries()) {
      if (text.length > 1) text += ', ';
      text += `${e.key === this ? '(this Map)' : rt.str(e.key)}=${e.value === this ? '(this Map)' : rt.str(e.value)}`;
    }
    return `${text}}`;
  }
}
