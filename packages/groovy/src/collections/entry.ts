/** Map.Entry. */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { unsupported } from './failures.ts';

/** One pair of a map; as long as it is in the map, `setValue` writes to the map. */
export class MapEntry extends JavaObject {
  readonly key: Value;
  value: Value;
  /** The key's hash when it was put in. Made when needed where the key is a JavaScript primitive. */
  hash: number;
  constructor(key: Value, value: Value, hash = 0) {
    super();
    this.key = key;
    this.value = value;
    this.hash = hash;
  }
  get $type(): string {
    return 'java.util.LinkedHashMap$Entry';
  }
  setValue(_rt: Runtime, value: Value): Value {
    const old = this.value;
    this.value = value;
    return old;
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return this === other || (other instanceof MapEntry && rt.javaEquals(this.key, other.key) && rt.javaEquals(this.value, other.value));
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.key) ^ rt.hash(this.value);
  }
  override javaString(rt: Runtime): string {
    return `${rt.str(this.key)}=${rt.str(this.value)}`;
  }
}

/** `new AbstractMap.SimpleEntry(k, v)` and its like: belongs to no map. */
export class FreeEntry extends MapEntry {
  private readonly typeName: string;
  private readonly mutable: boolean;
  constructor(key: Value, value: Value, typeName = 'java.util.AbstractMap$SimpleEntry', mutable = true) {
    super(key, value);
    this.typeName = typeName;
    this.mutable = mutable;
  }
  override get $type(): string {
    return this.typeName;
  }
  override setValue(rt: Runtime, value: Value): Value {
    if (!this.mutable) throw unsupported();
    return super.setValue(rt, value);
  }
}
