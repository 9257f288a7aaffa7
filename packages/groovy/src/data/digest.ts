/** MD5, SHA-1, SHA-256, SHA-512 (RFC 1321, FIPS 180-4) and CRC-32, in plain arithmetic: this package has no crypto of a platform. */
import { SHA256_CONSTANTS, SHA256_INITIAL, SHA384_INITIAL, SHA512_CONSTANTS, SHA512_INITIAL } from './sha2Constants.ts';

/** The message with its 1 bit, zeros and length, in whole blocks. */
function padded(message: Uint8Array, block: number, bigEndian: boolean): DataView {
  const lengthBytes = block === 128 ? 16 : 8;
  const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(size);
  out.set(message);
  out[message.length] = 0x80;
  const view = new DataView(out.buffer);
  const bits = BigInt(message.length) * 8n;
  view.setBigUint64(size - 8, bits, !bigEndian);
  return view;
}
const words = (state: readonly number[], littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  state.forEach((word, i) => view.setUint32(i * 4, word >>> 0, littleEndian));
  return new Uint8Array(view.buffer);
};
const left = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_CONSTANTS = Array.from({ length: 64 }, (_none, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 4_294_967_296) | 0);

export function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, false);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15;
      const sum = (a + f + (MD5_CONSTANTS[i] as number) + view.getInt32(start + word * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + left(sum, MD5_SHIFTS[round * 4 + (i & 3)] as number)) | 0;
    }
    [a, b, c, d].forEach((word, i) => {
      state[i] = ((state[i] as number) + word) | 0;
    });
  }
  return words(state, true);
}

export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, true);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(start + i * 4);
    for (let i = 16; i < 80; i++) w[i] = left((w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number), 1);
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (left(a, 5) + (f as number) + e + (k as number) + (w[i] as number)) | 0;
      e = d;
      d = c;
      c = left(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((word, i) => {
      state[i] = ((state[i] as number) + word) | 0;
    });
  }
  return words(state, false);
}

export function sha256(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, true);
  const state = [...SHA256_INITIAL];
  const right = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
  const w = new Int32Array(64);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(start + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] as number,
        y = w[i - 2] as number;
      w[i] = ((w[i - 16] as number) + (w[i - 7] as number) + (right(x, 7) ^ right(x, 18) ^ (x >>> 3)) + (right(y, 17) ^ right(y, 19) ^ (y >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + (SHA256_CONSTANTS[i] as number) + (w[i] as number)) | 0;
      const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = ((state[i] as number) + word) | 0;
    });
  }
  return words(state, false);
}

function sha512Family(message: Uint8Array, initial: readonly bigint[], size: number): Uint8Array {
  const view = padded(message, 128, true);
  const state = [...initial];
  const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);
  const right = (x: bigint, n: bigint): bigint => wrap((x >> n) | (x << (64n - n)));
  const w: bigint[] = new Array<bigint>(80);
  for (let start = 0; start < view.byteLength; start += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(start + i * 8);
    for (let i = 16; i < 80; i++) {
      const x = w[i - 15] as bigint,
        y = w[i - 2] as bigint;
      w[i] = wrap((w[i - 16] as bigint) + (w[i - 7] as bigint) + (right(x, 1n) ^ right(x, 8n) ^ (x >> 7n)) + (right(y, 19n) ^ right(y, 61n) ^ (y >> 6n)));
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const t1 = h + (right(e, 14n) ^ right(e, 18n) ^ right(e, 41n)) + ((e & f) ^ (wrap(~e) & g)) + (SHA512_CONSTANTS[i] as bigint) + (w[i] as bigint);
      const t2 = (right(a, 28n) ^ right(a, 34n) ^ right(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, wrap(d + t1), c, b, a, wrap(t1 + t2)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = wrap((state[i] as bigint) + word);
    });
  }
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => out.setBigUint64(i * 8, word));
  return new Uint8Array(out.buffer).slice(0, size);
}
export const sha512 = (message: Uint8Array): Uint8Array => sha512Family(message, SHA512_INITIAL, 64);
export const sha384 = (message: Uint8Array): Uint8Array => sha512Family(message, SHA384_INITIAL, 48);

const CRC_TABLE = Int32Array.from({ length: 256 }, (_none, i) => {
  let c = i;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
/** Goes on from `crc`, which begins as 0. */
export function crc32(message: Uint8Array, crc = 0): number {
  let c = ~crc;
  for (const byte of message) c = (CRC_TABLE[(c ^ byte) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
}
