/**
 * Java's boxed numbers that JavaScript has no value of its own for. All are immutable.
 * Integer is a JavaScript number, BigInteger a bigint (see runtime/values.ts).
 */
import { JavaObject } from '../runtime/values.ts';

/** A 64-bit integer. Held as a number while it is a safe integer (arithmetic on it is then a machine's), as a bigint beyond. */
export class Long extends JavaObject {
  /** A safe integer as a number, anything else as a bigint; always within 64 bits. */
  readonly n: number | bigint;
  private constructor(n: number | bigint) { super(); this.n = n; }
  get $type(): string { return 'java.lang.Long'; }
  /** Wraps around at 64 bits, as Java's arithmetic does. A number must be an integer. */
  static of(n: number | bigint): Long {
    if (typeof n === 'number') {
      if (Number.isSafeInteger(n)) return new Long(n);
      n = BigInt(n);
    }
    const wrapped = BigInt.asIntN(64, n);
    return new Long(wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped);
  }
  big(): bigint { return BigInt(this.n); }
  /** As a double: exact while safe. */
  num(): number { return Number(this.n); }
}

export class Short extends JavaObject {
  readonly n: number;
  constructor(n: number) { super(); this.n = (n << 16) >> 16; }
  get $type(): string { return 'java.lang.Short'; }
}

export class Byte extends JavaObject {
  readonly n: number;
  constructor(n: number) { super(); this.n = (n << 24) >> 24; }
  get $type(): string { return 'java.lang.Byte'; }
}

export class Double extends JavaObject {
  readonly n: number;
  constructor(n: number) { super(); this.n = n; }
  get $type(): string { return 'java.lang.Double'; }
}

export class Float extends JavaObject {
  readonly n: number;
  constructor(n: number) { super(); this.n = Math.fround(n); }
  get $type(): string { return 'java.lang.Float'; }
}

/** One UTF-16 code unit. */
export class Character extends JavaObject {
  readonly code: number;
  constructor(code: number) { super(); this.code = code & 0xffff; }
  get $type(): string { return 'java.lang.Character'; }
  get text(): string { return String.fromCharCode(this.code); }
}

/** unscaled × 10^-scale, as java.math.BigDecimal; `1.0` and `1.00` differ. */
export class BigDecimal extends JavaObject {
  readonly unscaled: bigint;
  readonly scale: number;
  constructor(unscaled: bigint, scale: number) { super(); this.unscaled = unscaled; this.scale = scale; }
  get $type(): string { return 'java.math.BigDecimal'; }
}
