/** The IEEE 754 patterns of doubles and floats, as `Double.doubleToLongBits` and its like give them. */

/** `Double.doubleToLongBits` as an unsigned 64-bit pattern; every NaN is 0x7ff8000000000000. */
export function doubleBits(value: number): bigint {
  if (Number.isNaN(value)) return 0x7ff8000000000000n;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** `Double.longBitsToDouble` */
export function doubleFromBits(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}

/** `Float.floatToIntBits`, an int32; every NaN is 0x7fc00000. */
export function floatBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getInt32(0);
}

/** `Float.intBitsToFloat` */
export function floatFromBits(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, bits);
  return view.getFloat32(0);
}
