/** java.util.HashMap: walked in Java's order, which scripts see in their output. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { MapEntry } from './entry.ts';
import { HashTable } from './hash-order.ts';
import { JavaMap } from './map.ts';

export class HashMap extends JavaMap {
  private readonly hashTable: HashTable;
  private ordered: MapEntry[] | null = null;
  private readonly typeName: string;
  constructor(initialCapacity: number | null = null, loadFactor = 0.75, typeName = 'java.util.HashMap') {
    super();
    this.hashTable = new HashTable(initialCapacity, loadFactor, typeName === 'java.util.concurrent.ConcurrentHashMap');
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
  protected override insert(rt: Runtime, key: Value, value: Value): MapEntry {
    const e = super.insert(rt, key, value);
    this.ordered = null;
    this.hashTable.added(e, this.size, () => super.entries());
    return e;
  }
  protected override drop(e: MapEntry): void {
    super.drop(e);
    this.ordered = null;
    this.hashTable.removed(e);
  }
  override clear(): void {
    super.clear();
    this.ordered = null;
    this.hashTable.cleared();
  }
  override putAll(rt: Runtime, other: JavaMap): void {
    this.expect(other.size);
    super.putAll(rt, other);
  }
  /** What `putAll` and the copy constructor do before they put that many pairs in. */
  expect(more: number): void {
    this.hashTable.expect(more, () => super.entries());
  }
  override entries(): MapEntry[] {
    this.ordered ??= this.hashTable.order(super.entries());
    return this.ordered.slice();
  }
}
