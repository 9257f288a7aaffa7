/** `hashCode()` of Java's numbers, to the bit: it decides the order of HashMaps and HashSets. */
import { doubleBits, floatBits } from './bits.ts';

/** `Long.hashCode`, for a value within 64 bits. */
export function hashLong(value: number | bigint): number {
  if (typeof value === 'number' && value === (value | 0)) return value < 0 ? ~value : value;
  const bits = BigInt.asUintN(64, BigInt(value));
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

/** `Double.hashCode`: the halves of the IEEE 754 pattern, all NaNs being one. */
export function hashDouble(value: number): number {
  const bits = doubleBits(value);
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

/** `Float.hashCode`: the bits. */
export function hashFloat(value: number): number {
  return floatBits(value);
}

/** `BigInteger.hashCode`: over the 32-bit words of the magnitude, the most significant first, times the sign. */
export function hashBigInteger(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  let h = 0;
  for (let end = hex.length % 8 || 8, start = 0; start < hex.length; start = end, end += 8) {
    h = (Math.imul(h, 31) + Number.parseInt(hex.slice(start, end), 16)) | 0;
  }
  return value < 0n ? -h | 0 : h;
}
