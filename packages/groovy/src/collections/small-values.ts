/** Small value classes of java.util and groovy.lang: Optional, tuples, StringJoiner, Expando's state is a map. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { unsupported } from './failures.ts';
import { JavaList } from './model.ts';

/** `value` null is empty. */
export class Optional extends JavaObject {
  readonly value: Value;
  constructor(value: Value) {
    super();
    this.value = value;
  }
  get $type(): string {
    return 'java.util.Optional';
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return other instanceof Optional && rt.javaEquals(this.value, other.value);
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.value);
  }
  override javaString(rt: Runtime): string {
    return this.value === null ? 'Optional.empty' : `Optional[${rt.str(this.value)}]`;
  }
}

/** groovy.lang.Tuple, and Tuple2 with its `first` and `second`: lists that cannot be changed. */
export class Tuple extends JavaList {
  private readonly typeName: string;
  constructor(items: Value[], typeName = 'groovy.lang.Tuple') {
    super(items);
    this.typeName = typeName;
  }
  override get $type(): string {
    return this.typeName;
  }
  override javaHash(rt: Runtime): number {
    let h = 0;
    for (const item of this.items) h ^= item === null ? 0xbabe : rt.hash(item);
    return h === 0 ? 0xbabe : h;
  }
  override add(): boolean {
    throw unsupported();
  }
  override addAll(_rt: Runtime, values: readonly Value[]): boolean {
    if (values.length > 0) throw unsupported();
    return false;
  }
  override insert(): void {
    throw unsupported();
  }
  override insertAll(): boolean {
    throw unsupported();
  }
  override set(): Value {
    throw unsupported();
  }
  override removeAt(): Value {
    throw unsupported();
  }
  override removeRange(from: number, to: number): void {
    if (to > from) throw unsupported();
  }
  override rearrange(): void {
    throw unsupported();
  }
  override retain(): boolean {
    throw unsupported();
  }
  override clear(): void {
    if (this.size > 0) throw unsupported();
  }
}

export class StringJoiner extends JavaObject {
  readonly separator: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly parts: string[] = [];
  emptyValue: string | null = null;
  constructor(separator: string, prefix = '', suffix = '') {
    super();
    this.separator = separator;
    this.prefix = prefix;
    this.suffix = suffix;
  }
  get $type(): string {
    return 'java.util.StringJoiner';
  }
  override javaString(): string {
    if (this.parts.length === 0 && this.emptyValue !== null) return this.emptyValue;
    return this.prefix + this.parts.join(this.separator) + this.suffix;
  }
}
