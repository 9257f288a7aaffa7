/**
 * Java's boxed numbers that JavaScript has no value of its own for. All are immutable.
 * Integer is a JavaScript number, BigInteger a bigint (see runtime/values.ts).
 */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { compareDecimals, decimalToString } from './decimal-text.ts';
import { doubleToString, floatToString } from './floating-text.ts';
import { hashBigInteger, hashDouble, hashFloat, hashLong } from './hash.ts';

/** A 64-bit integer. Held as a number while it is a safe integer (arithmetic on it is then a machine's), as a bigint beyond. */
export class Long extends JavaObject {
  /** A safe integer as a number (never -0), anything else as a bigint; always within 64 bits. */
  readonly n: number | bigint;
  private constructor(n: number | bigint) {
    super();
    this.n = n;
  }
  get $type(): string {
    return 'java.lang.Long';
  }
  /** Wraps around at 64 bits, as Java's arithmetic does. A number must be an integer. */
  static of(n: number | bigint): Long {
    if (typeof n === 'number') {
      // `+ 0` turns -0 into 0.
      if (Number.isSafeInteger(n)) return new Long(n + 0);
      n = BigInt(n);
    }
    const wrapped = BigInt.asIntN(64, n);
    return new Long(wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped);
  }
  big(): bigint {
    return BigInt(this.n);
  }
  /** As a double: exact while safe. */
  num(): number {
    return Number(this.n);
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Long && other.n === this.n;
  }
  override javaHash(): number {
    return hashLong(this.n);
  }
  override javaString(): string {
    return this.n.toString();
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Long)) throw uncomparable(this, other);
    return this.n < other.n ? -1 : this.n > other.n ? 1 : 0;
  }
}

export class Short extends JavaObject {
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = (n << 16) >> 16;
  }
  get $type(): string {
    return 'java.lang.Short';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Short && other.n === this.n;
  }
  override javaHash(): number {
    return this.n;
  }
  override javaString(): string {
    return this.n.toString();
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Short)) throw uncomparable(this, other);
    return this.n - other.n;
  }
}

export class Byte extends JavaObject {
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = (n << 24) >> 24;
  }
  get $type(): string {
    return 'java.lang.Byte';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Byte && other.n === this.n;
  }
  override javaHash(): number {
    return this.n;
  }
  override javaString(): string {
    return this.n.toString();
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Byte)) throw uncomparable(this, other);
    return this.n - other.n;
  }
}

export class Double extends JavaObject {
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = n;
  }
  get $type(): string {
    return 'java.lang.Double';
  }
  /** By bits: NaN equals NaN, 0.0 does not equal -0.0. */
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Double && Object.is(other.n, this.n);
  }
  override javaHash(): number {
    return hashDouble(this.n);
  }
  override javaString(): string {
    return doubleToString(this.n);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Double)) throw uncomparable(this, other);
    return compareDoubles(this.n, other.n);
  }
}

export class Float extends JavaObject {
  readonly n: number;
  constructor(n: number) {
    super();
    this.n = Math.fround(n);
  }
  get $type(): string {
    return 'java.lang.Float';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Float && Object.is(other.n, this.n);
  }
  override javaHash(): number {
    return hashFloat(this.n);
  }
  override javaString(): string {
    return floatToString(this.n);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Float)) throw uncomparable(this, other);
    return compareDoubles(this.n, other.n);
  }
}

/** One UTF-16 code unit. */
export class Character extends JavaObject {
  readonly code: number;
  constructor(code: number) {
    super();
    this.code = code & 0xffff;
  }
  get $type(): string {
    return 'java.lang.Character';
  }
  get text(): string {
    return String.fromCharCode(this.code);
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Character && other.code === this.code;
  }
  override javaHash(): number {
    return this.code;
  }
  override javaString(): string {
    return this.text;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof Character)) throw uncomparable(this, other);
    return this.code - other.code;
  }
}

/** unscaled × 10^-scale, as java.math.BigDecimal; `1.0` and `1.00` differ. */
export class BigDecimal extends JavaObject {
  readonly unscaled: bigint;
  /** An int32. */
  readonly scale: number;
  constructor(unscaled: bigint, scale: number) {
    super();
    this.unscaled = unscaled;
    this.scale = scale;
  }
  get $type(): string {
    return 'java.math.BigDecimal';
  }
  /** By value and scale; `compareTo` is by value alone. */
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof BigDecimal && other.scale === this.scale && other.unscaled === this.unscaled;
  }
  override javaHash(): number {
    return (Math.imul(31, hashBigInteger(this.unscaled)) + this.scale) | 0;
  }
  override javaString(): string {
    return decimalToString(this.unscaled, this.scale);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    if (!(other instanceof BigDecimal)) throw uncomparable(this, other);
    return compareDecimals(this.unscaled, this.scale, other.unscaled, other.scale);
  }
}

/** `Double.compare`: NaN above all and equal to itself, -0.0 below 0.0. */
export function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b && a !== 0) return 0;
  const rankA = Number.isNaN(a) ? 2 : Object.is(a, -0) ? 0 : 1;
  const rankB = Number.isNaN(b) ? 2 : Object.is(b, -0) ? 0 : 1;
  return rankA === rankB ? 0 : rankA < rankB ? -1 : 1;
}

/** What `compareTo` throws for an argument of another class. */
function uncomparable(self: JavaObject, other: Value): JavaThrowable {
  if (other === null) return new JavaThrowable('java.lang.NullPointerException');
  return new JavaThrowable('java.lang.ClassCastException', `${numberTypeName(other)} cannot be cast to ${self.$type}`);
}

function numberTypeName(v: Value): string {
  switch (typeof v) {
    case 'number':
      return 'java.lang.Integer';
    case 'bigint':
      return 'java.math.BigInteger';
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    default:
      return v === null ? 'null' : v.$type;
  }
}
