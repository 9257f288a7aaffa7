/** java.lang.Integer, Long, Short and Byte. */
import type { NativeClass, Signatures } from '../../runtime/native.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { Byte, Long, Short } from '../boxes.ts';
import { hashLong } from '../hash.ts';
import { bitLength } from '../magnitude.ts';
import { decodeWhole, parseByte, parseInt, parseLong, parseShort, parseUnsigned } from '../parse.ts';

const INTERFACES = ['java.lang.Comparable', 'java.io.Serializable'];

function sign(n: number | bigint): number {
  return n > 0 ? 1 : n < 0 ? -1 : 0;
}
function order(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
/** Java takes radix 10 for one that it does not know. */
function radixOf(radix: number): number {
  return radix < 2 || radix > 36 ? 10 : radix;
}
function ones(n: bigint): number {
  return n.toString(2).replaceAll('0', '').length;
}
function unsigned(n: Long): bigint {
  return BigInt.asUintN(64, n.big());
}
function nonZero(n: number | bigint): void {
  if (n === 0 || n === 0n) throw new JavaThrowable('java.lang.ArithmeticException', '/ by zero');
}

const reverseBits = (n: bigint, width: number): bigint => BigInt(`0b${[...n.toString(2).padStart(width, '0')].reverse().join('')}`);
const reverseBytes = (n: bigint, width: number): bigint =>
  BigInt(
    `0x${(
      n
        .toString(16)
        .padStart(width / 4, '0')
        .match(/../g) ?? []
    )
      .reverse()
      .join('')}`,
  );

export const integerTable: NativeClass = {
  name: 'java.lang.Integer',
  superclass: 'java.lang.Number',
  interfaces: INTERFACES,
  constructors: {
    '(int)': (_rt, _self, n: number) => n,
    '(java.lang.String)': (_rt, _self, text: string | null) => parseInt(text),
  },
  fields: {
    MAX_VALUE: () => 2147483647,
    MIN_VALUE: () => -2147483648,
    SIZE: () => 32,
    BYTES: () => 4,
  },
  methods: {
    'compareTo(java.lang.Integer)': (_rt, self: number, other: number) => order(self, other),
  },
  statics: {
    'parseInt(java.lang.String)': (_rt, _self, text: string | null) => parseInt(text),
    'parseInt(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => parseInt(text, radix),
    'parseUnsignedInt(java.lang.String)': (_rt, _self, text: string | null) => Number(parseUnsigned(text, 10, 32)),
    'parseUnsignedInt(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => Number(parseUnsigned(text, radix, 32)),
    'valueOf(int)': (_rt, _self, n: number) => n,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => parseInt(text),
    'valueOf(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => parseInt(text, radix),
    'decode(java.lang.String)': (_rt, _self, text: string) => Number(decodeWhole(text, 32)),
    'toString(int)': (_rt, _self, n: number) => n.toString(),
    'toString(int, int)': (_rt, _self, n: number, radix: number) => n.toString(radixOf(radix)),
    'toUnsignedString(int)': (_rt, _self, n: number) => (n >>> 0).toString(),
    'toUnsignedString(int, int)': (_rt, _self, n: number, radix: number) => (n >>> 0).toString(radixOf(radix)),
    'toUnsignedLong(int)': (_rt, _self, n: number) => Long.of(n >>> 0),
    'toHexString(int)': (_rt, _self, n: number) => (n >>> 0).toString(16),
    'toOctalString(int)': (_rt, _self, n: number) => (n >>> 0).toString(8),
    'toBinaryString(int)': (_rt, _self, n: number) => (n >>> 0).toString(2),
    'hashCode(int)': (_rt, _self, n: number) => n,
    'compare(int, int)': (_rt, _self, a: number, b: number) => order(a, b),
    'compareUnsigned(int, int)': (_rt, _self, a: number, b: number) => order(a >>> 0, b >>> 0),
    'divideUnsigned(int, int)': (_rt, _self, a: number, b: number) => {
      nonZero(b);
      return ((a >>> 0) / (b >>> 0)) | 0;
    },
    'remainderUnsigned(int, int)': (_rt, _self, a: number, b: number) => {
      nonZero(b);
      return ((a >>> 0) % (b >>> 0)) | 0;
    },
    'signum(int)': (_rt, _self, n: number) => sign(n),
    'sum(int, int)': (_rt, _self, a: number, b: number) => (a + b) | 0,
    'max(int, int)': (_rt, _self, a: number, b: number) => Math.max(a, b),
    'min(int, int)': (_rt, _self, a: number, b: number) => Math.min(a, b),
    'bitCount(int)': (_rt, _self, n: number) => ones(BigInt(n >>> 0)),
    'highestOneBit(int)': (_rt, _self, n: number) => (n === 0 ? 0 : -2147483648 >>> Math.clz32(n)) | 0,
    'lowestOneBit(int)': (_rt, _self, n: number) => n & -n,
    'numberOfLeadingZeros(int)': (_rt, _self, n: number) => Math.clz32(n),
    'numberOfTrailingZeros(int)': (_rt, _self, n: number) => (n === 0 ? 32 : 31 - Math.clz32(n & -n)),
    'rotateLeft(int, int)': (_rt, _self, n: number, by: number) => (n << by) | (n >>> -by),
    'rotateRight(int, int)': (_rt, _self, n: number, by: number) => (n >>> by) | (n << -by),
    'reverse(int)': (_rt, _self, n: number) => Number(BigInt.asIntN(32, reverseBits(BigInt(n >>> 0), 32))),
    'reverseBytes(int)': (_rt, _self, n: number) => Number(BigInt.asIntN(32, reverseBytes(BigInt(n >>> 0), 32))),
  },
};

export const longTable: NativeClass = {
  name: 'java.lang.Long',
  superclass: 'java.lang.Number',
  interfaces: INTERFACES,
  constructors: {
    '(long)': (_rt, _self, n: Long) => n,
    '(java.lang.String)': (_rt, _self, text: string | null) => parseLong(text),
  },
  fields: {
    MAX_VALUE: () => Long.of(9223372036854775807n),
    MIN_VALUE: () => Long.of(-9223372036854775808n),
    SIZE: () => 64,
    BYTES: () => 8,
  },
  methods: {
    'compareTo(java.lang.Long)': (_rt, self: Long, other: Long) => order(self.n, other.n),
  },
  statics: {
    'parseLong(java.lang.String)': (_rt, _self, text: string | null) => parseLong(text),
    'parseLong(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => parseLong(text, radix),
    'parseUnsignedLong(java.lang.String)': (_rt, _self, text: string | null) => Long.of(parseUnsigned(text, 10, 64)),
    'parseUnsignedLong(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => Long.of(parseUnsigned(text, radix, 64)),
    'valueOf(long)': (_rt, _self, n: Long) => n,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => parseLong(text),
    'valueOf(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => parseLong(text, radix),
    'decode(java.lang.String)': (_rt, _self, text: string) => Long.of(decodeWhole(text, 64)),
    'toString(long)': (_rt, _self, n: Long) => n.n.toString(),
    'toString(long, int)': (_rt, _self, n: Long, radix: number) => n.n.toString(radixOf(radix)),
    'toUnsignedString(long)': (_rt, _self, n: Long) => unsigned(n).toString(),
    'toUnsignedString(long, int)': (_rt, _self, n: Long, radix: number) => unsigned(n).toString(radixOf(radix)),
    'toHexString(long)': (_rt, _self, n: Long) => unsigned(n).toString(16),
    'toOctalString(long)': (_rt, _self, n: Long) => unsigned(n).toString(8),
    'toBinaryString(long)': (_rt, _self, n: Long) => unsigned(n).toString(2),
    'hashCode(long)': (_rt, _self, n: Long) => hashLong(n.n),
    'compare(long, long)': (_rt, _self, a: Long, b: Long) => order(a.n, b.n),
    'compareUnsigned(long, long)': (_rt, _self, a: Long, b: Long) => order(unsigned(a), unsigned(b)),
    'divideUnsigned(long, long)': (_rt, _self, a: Long, b: Long) => {
      nonZero(b.n);
      return Long.of(unsigned(a) / unsigned(b));
    },
    'remainderUnsigned(long, long)': (_rt, _self, a: Long, b: Long) => {
      nonZero(b.n);
      return Long.of(unsigned(a) % unsigned(b));
    },
    'signum(long)': (_rt, _self, n: Long) => sign(n.n),
    'sum(long, long)': (_rt, _self, a: Long, b: Long) => Long.of(a.big() + b.big()),
    'max(long, long)': (_rt, _self, a: Long, b: Long) => (a.n >= b.n ? a : b),
    'min(long, long)': (_rt, _self, a: Long, b: Long) => (a.n <= b.n ? a : b),
    'bitCount(long)': (_rt, _self, n: Long) => ones(unsigned(n)),
    'highestOneBit(long)': (_rt, _self, n: Long) => Long.of(n.n === 0 ? 0n : 1n << BigInt(bitLength(unsigned(n)) - 1)),
    'lowestOneBit(long)': (_rt, _self, n: Long) => Long.of(n.big() & -n.big()),
    'numberOfLeadingZeros(long)': (_rt, _self, n: Long) => 64 - bitLength(unsigned(n)),
    'numberOfTrailingZeros(long)': (_rt, _self, n: Long) => (n.n === 0 ? 64 : bitLength(unsigned(n) & -unsigned(n)) - 1),
    'rotateLeft(long, int)': (_rt, _self, n: Long, by: number) => rotate(n, by),
    'rotateRight(long, int)': (_rt, _self, n: Long, by: number) => rotate(n, -by),
    'reverse(long)': (_rt, _self, n: Long) => Long.of(reverseBits(unsigned(n), 64)),
    'reverseBytes(long)': (_rt, _self, n: Long) => Long.of(reverseBytes(unsigned(n), 64)),
  },
};
function rotate(n: Long, by: number): Long {
  const distance = BigInt(by & 63);
  return Long.of((unsigned(n) << distance) | (unsigned(n) >> (64n - distance)));
}

/** What Short and Byte have alike. */
function smallStatics<T extends Short | Byte>(
  type: 'short' | 'byte',
  name: 'Short' | 'Byte',
  parse: (text: string | null, radix?: number) => T,
  make: (n: number) => T,
): Signatures {
  return {
    [`parse${name}(java.lang.String)`]: (_rt, _self, text: string | null) => parse(text),
    [`parse${name}(java.lang.String, int)`]: (_rt, _self, text: string | null, radix: number) => parse(text, radix),
    [`valueOf(${type})`]: (_rt, _self, n: T) => n,
    'valueOf(java.lang.String)': (_rt, _self, text: string | null) => parse(text),
    'valueOf(java.lang.String, int)': (_rt, _self, text: string | null, radix: number) => parse(text, radix),
    'decode(java.lang.String)': (_rt, _self, text: string) => {
      const n = Number(decodeWhole(text, 32)),
        made = make(n);
      if (made.n !== n) throw new JavaThrowable('java.lang.NumberFormatException', `Value ${n} out of range from input ${text}`);
      return made;
    },
    [`toString(${type})`]: (_rt, _self, n: T) => n.n.toString(),
    [`hashCode(${type})`]: (_rt, _self, n: T) => n.n,
    [`compare(${type}, ${type})`]: (_rt, _self, a: T, b: T) => a.n - b.n,
    [`toUnsignedInt(${type})`]: (_rt, _self, n: T) => n.n & (type === 'short' ? 0xffff : 0xff),
    [`toUnsignedLong(${type})`]: (_rt, _self, n: T) => Long.of(n.n & (type === 'short' ? 0xffff : 0xff)),
  };
}

export const shortTable: NativeClass = {
  name: 'java.lang.Short',
  superclass: 'java.lang.Number',
  interfaces: INTERFACES,
  constructors: {
    '(short)': (_rt, _self, n: Short) => n,
    '(java.lang.String)': (_rt, _self, text: string | null) => parseShort(text),
  },
  fields: { MAX_VALUE: () => new Short(32767), MIN_VALUE: () => new Short(-32768), SIZE: () => 16, BYTES: () => 2 },
  methods: { 'compareTo(java.lang.Short)': (_rt, self: Short, other: Short) => self.n - other.n },
  statics: smallStatics('short', 'Short', parseShort, (n) => new Short(n)),
};

export const byteTable: NativeClass = {
  name: 'java.lang.Byte',
  superclass: 'java.lang.Number',
  interfaces: INTERFACES,
  constructors: {
    '(byte)': (_rt, _self, n: Byte) => n,
    '(java.lang.String)': (_rt, _self, text: string | null) => parseByte(text),
  },
  fields: { MAX_VALUE: () => new Byte(127), MIN_VALUE: () => new Byte(-128), SIZE: () => 8, BYTES: () => 1 },
  methods: { 'compareTo(java.lang.Byte)': (_rt, self: Byte, other: Byte) => self.n - other.n },
  statics: smallStatics('byte', 'Byte', parseByte, (n) => new Byte(n)),
};
