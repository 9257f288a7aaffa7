import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHA256_CONSTANTS, SHA256_INITIAL, SHA384_INITIAL, SHA512_CONSTANTS, SHA512_INITIAL } from './sha2Constants.ts';

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}
/** The whole part of the n-th root, by bisection. */
function root(value: bigint, n: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(value.toString(2).length) / n + 1n);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** n <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
const fraction = (prime: bigint, n: bigint, bits: bigint): bigint => BigInt.asUintN(Number(bits), root(prime << (bits * n), n));

test('the constants of SHA-2 are the fractions of roots of primes', () => {
  const p = primes(80);
  assert.deepEqual(
    SHA512_INITIAL,
    p.slice(0, 8).map((x) => fraction(x, 2n, 64n)),
  );
  assert.deepEqual(
    SHA384_INITIAL,
    p.slice(8, 16).map((x) => fraction(x, 2n, 64n)),
  );
  assert.deepEqual(
    SHA512_CONSTANTS,
    p.map((x) => fraction(x, 3n, 64n)),
  );
  assert.deepEqual(
    SHA256_INITIAL,
    p.slice(0, 8).map((x) => Number(fraction(x, 2n, 32n)) | 0),
  );
  assert.deepEqual(
    SHA256_CONSTANTS,
    p.slice(0, 64).map((x) => Number(fraction(x, 3n, 32n)) | 0),
  );
});
