/** java.util.UUID. Random ones are made of the world's random numbers. */
import type { JavaArray } from '../collections/model.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { Byte } from './boxes.ts';
import { Long } from './boxes.ts';
import { hashLong } from './hash.ts';
import { md5 } from './md5.ts';

export class JavaUuid extends JavaObject {
  /** Unsigned 64-bit halves. */
  readonly high: bigint;
  readonly low: bigint;
  constructor(high: bigint, low: bigint) {
    super();
    this.high = BigInt.asUintN(64, high);
    this.low = BigInt.asUintN(64, low);
  }
  get $type(): string {
    return 'java.util.UUID';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof JavaUuid && other.high === this.high && other.low === this.low;
  }
  override javaHash(): number {
    return hashLong(BigInt.asIntN(64, this.high ^ this.low));
  }
  override javaString(): string {
    const hex = this.high.toString(16).padStart(16, '0') + this.low.toString(16).padStart(16, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
  /** By the halves as signed numbers. */
  override javaCompare(rt: Runtime, other: Value): number {
    if (!(other instanceof JavaUuid))
      throw new JavaThrowable('java.lang.ClassCastException', `class ${rt.classOf(other).name} cannot be cast to class java.util.UUID`);
    const o = other;
    const a = BigInt.asIntN(64, this.high),
      b = BigInt.asIntN(64, o.high);
    if (a !== b) return a < b ? -1 : 1;
    const c = BigInt.asIntN(64, this.low),
      d = BigInt.asIntN(64, o.low);
    return c < d ? -1 : c > d ? 1 : 0;
  }
  get version(): number {
    return Number((this.high >> 12n) & 0xfn);
  }
}

/** With the version and variant bits set. */
function made(high: bigint, low: bigint, version: bigint): JavaUuid {
  return new JavaUuid((high & ~0xf000n) | (version << 12n), (low & 0x3fffffffffffffffn) | 0x8000000000000000n);
}
export function randomUuid(rt: Runtime): JavaUuid {
  const word = (): bigint => BigInt(Math.floor(rt.world.random() * 2 ** 32));
  return made((word() << 32n) | word(), (word() << 32n) | word(), 4n);
}
function ofName(bytes: JavaArray): JavaUuid {
  const digest = md5(Uint8Array.from(bytes.items, (b) => (b as Byte).n & 0xff));
  const view = new DataView(digest.buffer);
  return made(view.getBigUint64(0), view.getBigUint64(8), 3n);
}
function parse(text: string): JavaUuid {
  if (text.length > 36) throw new JavaThrowable('java.lang.IllegalArgumentException', 'UUID string too large');
  const parts = text.split('-');
  if (parts.length !== 5 || parts.some((p) => p === '')) throw new JavaThrowable('java.lang.IllegalArgumentException', `Invalid UUID string: ${text}`);
  const [a, b, c, d, e] = parts.map((p) => {
    const wrong = /[^0-9a-fA-F]/.exec(p);
    if (wrong !== null) throw new JavaThrowable('java.lang.NumberFormatException', `Error at index ${wrong.index} in: "${p}"`);
    return BigInt(`0x${p}`);
  }) as [bigint, bigint, bigint, bigint, bigint];
  return new JavaUuid(((a & 0xffffffffn) << 32n) | ((b & 0xffffn) << 16n) | (c & 0xffffn), ((d & 0xffffn) << 48n) | (e & 0xffffffffffffn));
}

export const uuidTable: NativeClass = {
  name: 'java.util.UUID',
  interfaces: ['java.io.Serializable', 'java.lang.Comparable'],
  constructors: { '(long, long)': (_rt, _self, high: Long, low: Long) => new JavaUuid(high.big(), low.big()) },
  statics: {
    'randomUUID()': (rt) => randomUuid(rt),
    'nameUUIDFromBytes(byte[])': (_rt, _self, bytes: JavaArray) => ofName(bytes),
    'fromString(java.lang.String)': (_rt, _self, text: string) => parse(text),
  },
  methods: {
    'getMostSignificantBits()': (_rt, self: JavaUuid) => Long.of(self.high),
    'getLeastSignificantBits()': (_rt, self: JavaUuid) => Long.of(self.low),
    'version()': (_rt, self: JavaUuid) => self.version,
    'variant()': (_rt, self: JavaUuid) => {
      const top = Number(self.low >> 61n);
      return top < 4 ? 0 : top < 6 ? 2 : top;
    },
    'timestamp()': (_rt, self: JavaUuid) => {
      if (self.version !== 1) throw new JavaThrowable('java.lang.UnsupportedOperationException', 'Not a time-based UUID');
      return Long.of(((self.high & 0xfffn) << 48n) | (((self.high >> 16n) & 0xffffn) << 32n) | (self.high >> 32n));
    },
    'compareTo(java.util.UUID)': (rt, self: JavaUuid, other: JavaUuid) => self.javaCompare(rt, other),
  },
};
