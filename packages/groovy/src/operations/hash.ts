/** Java's `hashCode()`. They decide the order in which a HashSet and a HashMap are walked, so they must be Java's to the bit. */
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';

/** `String.hashCode`: s[0]·31^(n-1) + … + s[n-1] over UTF-16 code units. */
export function hashString(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h;
}

/** `Long.hashCode`, for a value within 64 bits. */
export function hashLong(value: number | bigint): number {
  if (typeof value === 'number' && value === (value | 0)) return value < 0 ? ~value : value;
  const bits = BigInt.asUintN(64, BigInt(value));
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

/** `Double.hashCode`: the halves of the IEEE 754 pattern, all NaNs being one. */
export function hashDouble(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Number.isNaN(value) ? NaN : value);
  if (Number.isNaN(value)) return 0x7ff80000;
  return view.getInt32(0) ^ view.getInt32(4);
}

/** `Float.hashCode`: the bits. */
export function hashFloat(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getInt32(0);
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

/** Java's `hashCode()` of any value; 0 for null. */
export function hash(rt: Runtime, a: Value): number {
  switch (typeof a) {
    case 'string':
      return hashString(a);
    case 'number':
      return a;
    case 'boolean':
      return a ? 1231 : 1237;
    case 'bigint':
      return hashBigInteger(a);
  }
  if (a === null) return 0;
  if (a.$class !== undefined && userMethod(a.$class, 'hashCode', 0)) return rt.invokeSync(a, 'hashCode', []) as number;
  return a instanceof JavaObject ? a.javaHash(rt) : rt.identityHash(a);
}
