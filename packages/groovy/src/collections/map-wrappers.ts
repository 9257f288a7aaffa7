/** Maps over another map: unmodifiable and synchronized ones, and Groovy's `withDefault`. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { MapEntry } from './entry.ts';
import { FreeEntry } from './entry.ts';
import { unsupported } from './failures.ts';
import { JavaMap } from './map.ts';

/** Writes through to the map under it. `$type` says which kind of Java it is. */
export class WrappedMap extends JavaMap {
  readonly inner: JavaMap;
  private readonly typeName: string;
  constructor(inner: JavaMap, typeName: string) {
    super();
    this.inner = inner;
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
  override get size(): number {
    return this.inner.size;
  }
  override find(rt: Runtime, key: Value): MapEntry | undefined {
    return this.inner.find(rt, key);
  }
  override get(rt: Runtime, key: Value): Value {
    return this.inner.get(rt, key);
  }
  override put(rt: Runtime, key: Value, value: Value): Value {
    return this.inner.put(rt, key, value);
  }
  override take(rt: Runtime, key: Value): MapEntry | undefined {
    return this.inner.take(rt, key);
  }
  override clear(): void {
    this.inner.clear();
  }
  override entries(): MapEntry[] {
    return this.inner.entries();
  }
}

export class UnmodifiableMap extends WrappedMap {
  constructor(inner: JavaMap, typeName = 'java.util.Collections$UnmodifiableMap') {
    super(inner, typeName);
  }
  override put(): Value {
    throw unsupported();
  }
  override putAll(): void {
    throw unsupported();
  }
  override take(): MapEntry | undefined {
    throw unsupported();
  }
  override clear(): void {
    throw unsupported();
  }
  override entries(): MapEntry[] {
    return this.inner
      .entries()
      .map((e) => new FreeEntry(e.key, e.value, 'java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet$UnmodifiableEntry', false));
  }
}

/** `map.withDefault { … }` */
export class MapWithDefault extends WrappedMap {
  readonly init: Value;
  private readonly autoGrow: boolean;
  private readonly autoShrink: boolean;
  constructor(inner: JavaMap, init: Value, autoGrow = true, autoShrink = false) {
    super(inner, 'groovy.lang.MapWithDefault');
    this.init = init;
    this.autoGrow = autoGrow;
    this.autoShrink = autoShrink;
  }
  override get(rt: Runtime, key: Value): Value {
    const e = this.inner.find(rt, key);
    if (e !== undefined) return e.value;
    const value = rt.callSync(this.init, [key]);
    if (this.autoGrow) this.inner.put(rt, key, value);
    return value;
  }
  override put(rt: Runtime, key: Value, value: Value): Value {
    // Where absent keys stand for the default, one that gets the default need not be kept.
    if (this.autoShrink && rt.javaEquals(rt.callSync(this.init, [key]), value)) return this.inner.remove(rt, key);
    return this.inner.put(rt, key, value);
  }
}
