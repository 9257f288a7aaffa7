/** java.math.BigInteger. */
import { JavaArray } from '../../collections/model.ts';
import type { NativeClass } from '../../runtime/native.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { Byte, Long } from '../boxes.ts';
import { arithmeticFailure, gcd } from '../decimal.ts';
import { abs, bitLength, checkCubic, checkQuadratic, multiplyWhole, powWhole, shiftLeftWhole } from '../magnitude.ts';
import { modWhole } from '../operators.ts';
import { parseBigInteger } from '../parse.ts';
import { wholeRoot } from './big-decimal.ts';

function nonZero(n: bigint): bigint {
  if (n === 0n) throw arithmeticFailure('BigInteger divide by zero');
  return n;
}
function bitIndex(n: number): bigint {
  if (n < 0) throw arithmeticFailure('Negative bit address');
  return BigInt(n);
}
function exact(n: bigint, bits: number, type: string): bigint {
  if (BigInt.asIntN(bits, n) !== n) throw arithmeticFailure(`BigInteger out of ${type} range`);
  return n;
}

function modInverse(a: bigint, modulus: bigint): bigint {
  if (modulus <= 0n) throw arithmeticFailure('BigInteger: modulus not positive');
  if (modulus === 1n) return 0n;
  checkQuadratic(modulus);
  let [r0, r1] = [modulus, modWhole(a, modulus)];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  if (r0 !== 1n) throw arithmeticFailure('BigInteger not invertible.');
  return modWhole(t0, modulus);
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus <= 0n) throw arithmeticFailure('BigInteger: modulus not positive');
  checkCubic(modulus);
  checkCubic(exponent);
  if (exponent < 0n) return modPow(modInverse(base, modulus), -exponent, modulus);
  let result = 1n % modulus,
    square = modWhole(base, modulus);
  for (const bit of [...exponent.toString(2)].reverse()) {
    if (bit === '1') result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Miller and Rabin's test with the first primes as bases, certain below 3.3 × 10^24. */
function isProbablePrime(n: bigint): boolean {
  n = abs(n);
  if (n < 2n) return false;
  const primes = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n];
  for (const p of primes) if (n % p === 0n) return n === p;
  let d = n - 1n,
    twos = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    twos++;
  }
  return primes.every((p) => {
    let x = modPow(p, d, n);
    if (x === 1n || x === n - 1n) return true;
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n;
      if (x === n - 1n) return true;
    }
    return false;
  });
}

/** Two's complement, the most significant byte first, as short as possible. */
function toBytes(n: bigint): JavaArray {
  const length = Math.floor(bitLength(n) / 8) + 1;
  const hex = BigInt.asUintN(length * 8, n)
    .toString(16)
    .padStart(length * 2, '0');
  return new JavaArray(
    'byte',
    (hex.match(/../g) ?? []).map((byte) => new Byte(Number.parseInt(byte, 16))),
  );
}
function magnitudeOf(bytes: JavaArray): bigint {
  return BigInt(`0x0${bytes.items.map((b) => ((b as Byte).n & 0xff).toString(16).padStart(2, '0')).join('')}`);
}
function fromBytes(bytes: JavaArray): bigint {
  if (bytes.items.length === 0) throw new JavaThrowable('java.lang.NumberFormatException', 'Zero length BigInteger');
  return BigInt.asIntN(bytes.items.length * 8, magnitudeOf(bytes));
}

export const bigIntegerTable: NativeClass = {
  name: 'java.math.BigInteger',
  superclass: 'java.lang.Number',
  interfaces: ['java.lang.Comparable'],
  constructors: {
    '(java.lang.String)': (_rt, _self, text: string) => parseBigInteger(text),
    '(java.lang.String, int)': (_rt, _self, text: string, radix: number) => parseBigInteger(text, radix),
    '(byte[])': (_rt, _self, bytes: JavaArray) => fromBytes(bytes),
    '(int, byte[])': (_rt, _self, sign: number, bytes: JavaArray) => {
      if (sign < -1 || sign > 1) throw new JavaThrowable('java.lang.NumberFormatException', 'Invalid signum value');
      const n = magnitudeOf(bytes);
      if (sign === 0 && n !== 0n) throw new JavaThrowable('java.lang.NumberFormatException', 'signum-magnitude mismatch');
      return sign < 0 ? -n : n;
    },
  },
  fields: { ZERO: () => 0n, ONE: () => 1n, TWO: () => 2n, TEN: () => 10n },
  statics: { 'valueOf(long)': (_rt, _self, n: Long) => n.big() },
  methods: {
    'add(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self + n,
    'subtract(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self - n,
    'multiply(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => multiplyWhole(self, n),
    'divide(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self / nonZero(n),
    'remainder(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self % nonZero(n),
    'divideAndRemainder(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => new JavaArray('java.math.BigInteger', [self / nonZero(n), self % n]),
    'mod(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => modWhole(self, n),
    'modPow(java.math.BigInteger, java.math.BigInteger)': (_rt, self: bigint, n: bigint, m: bigint) => modPow(self, n, m),
    'modInverse(java.math.BigInteger)': (_rt, self: bigint, m: bigint) => modInverse(self, m),
    'pow(int)': (_rt, self: bigint, n: number) => {
      if (n < 0) throw arithmeticFailure('Negative exponent');
      return powWhole(self, n);
    },
    'sqrt()': (_rt, self: bigint) => {
      if (self < 0n) throw arithmeticFailure('Negative BigInteger');
      return wholeRoot(self);
    },
    'gcd(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => gcd(abs(self), abs(n)),
    'abs()': (_rt, self: bigint) => abs(self),
    'negate()': (_rt, self: bigint) => -self,
    'signum()': (_rt, self: bigint) => (self > 0n ? 1 : self < 0n ? -1 : 0),
    'and(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self & n,
    'or(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self | n,
    'xor(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self ^ n,
    'not()': (_rt, self: bigint) => ~self,
    'andNot(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => self & ~n,
    'testBit(int)': (_rt, self: bigint, n: number) => ((self >> bitIndex(n)) & 1n) === 1n,
    'setBit(int)': (_rt, self: bigint, n: number) => self | shiftLeftWhole(1n, Number(bitIndex(n))),
    'clearBit(int)': (_rt, self: bigint, n: number) => self & ~shiftLeftWhole(1n, Number(bitIndex(n))),
    'flipBit(int)': (_rt, self: bigint, n: number) => self ^ shiftLeftWhole(1n, Number(bitIndex(n))),
    'getLowestSetBit()': (_rt, self: bigint) => (self === 0n ? -1 : bitLength(self & -self) - 1),
    'bitLength()': (_rt, self: bigint) => bitLength(self),
    'bitCount()': (_rt, self: bigint) => (self < 0n ? ~self : self).toString(2).replaceAll('0', '').length,
    'shiftLeft(int)': (_rt, self: bigint, n: number) => shiftLeftWhole(self, n),
    'shiftRight(int)': (_rt, self: bigint, n: number) => shiftLeftWhole(self, -n),
    'isProbablePrime(int)': (_rt, self: bigint, certainty: number) => certainty <= 0 || isProbablePrime(self),
    'nextProbablePrime()': (_rt, self: bigint) => {
      if (self < 0n) throw arithmeticFailure(`start < 0: ${self}`);
      let n = self < 2n ? 2n : self + 1n + (self & 1n);
      while (!isProbablePrime(n)) n += 2n;
      return n;
    },
    'compareTo(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => (self < n ? -1 : self > n ? 1 : 0),
    'min(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => (self <= n ? self : n),
    'max(java.math.BigInteger)': (_rt, self: bigint, n: bigint) => (self >= n ? self : n),
    'toString(int)': (_rt, self: bigint, radix: number) => self.toString(radix < 2 || radix > 36 ? 10 : radix),
    'toByteArray()': (_rt, self: bigint) => toBytes(self),
    'intValueExact()': (_rt, self: bigint) => Number(exact(self, 32, 'int')),
    'longValueExact()': (_rt, self: bigint) => Long.of(exact(self, 64, 'long')),
  },
};
