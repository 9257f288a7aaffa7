/** java.security.MessageDigest, java.util.zip.CRC32, and Groovy's md5 and sha256 of texts. */
import type { JavaArray } from '../collections/model.ts';
import type { Byte } from '../numbers/boxes.ts';
import { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { byteArray, bytesOf } from './bytes.ts';
import { crc32, md5, sha1, sha256, sha384, sha512 } from './digest.ts';

const ALGORITHMS: Readonly<Record<string, (message: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  'SHA-1': sha1,
  SHA1: sha1,
  SHA: sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};

class MessageDigest extends JavaObject {
  readonly algorithm: string;
  #bytes = new Uint8Array();
  constructor(algorithm: string) {
    super();
    this.algorithm = algorithm;
  }
  get $type(): string {
    return 'java.security.MessageDigest';
  }
  update(rt: Runtime, bytes: Uint8Array): void {
    rt.alloc(this.#bytes.length + bytes.length);
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }
  digest(): Uint8Array {
    const digest = (ALGORITHMS[this.algorithm.toUpperCase()] as (message: Uint8Array) => Uint8Array)(this.#bytes);
    this.reset();
    return digest;
  }
  reset(): void {
    this.#bytes = new Uint8Array();
  }
  get length(): number {
    return this.digestLength();
  }
  digestLength(): number {
    return ({ MD5: 16, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as Record<string, number>)[this.algorithm.toUpperCase()] ?? 20;
  }
}
class Crc32 extends JavaObject {
  value = 0;
  get $type(): string {
    return 'java.util.zip.CRC32';
  }
}
const part = (bytes: JavaArray, offset: number, length: number): Uint8Array => {
  if (offset < 0 || length < 0 || offset + length > bytes.items.length) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException');
  return bytesOf(bytes).subarray(offset, offset + length);
};

export const digestClasses: readonly NativeClass[] = [
  {
    name: 'java.security.MessageDigest',
    kind: 'abstract',
    statics: {
      'getInstance(java.lang.String)': (_rt, _self, algorithm: string | null) => {
        if (algorithm === null) throw new JavaThrowable('java.lang.NullPointerException', 'null algorithm name');
        if (!Object.hasOwn(ALGORITHMS, algorithm.toUpperCase())) {
          throw new JavaThrowable('java.security.NoSuchAlgorithmException', `${algorithm} MessageDigest not available`);
        }
        return new MessageDigest(algorithm);
      },
      'isEqual(byte[], byte[])': (_rt, _self, a: JavaArray, b: JavaArray) => {
        const left = bytesOf(a),
          right = bytesOf(b);
        return left.length === right.length && left.every((byte, i) => byte === right[i]);
      },
    },
    methods: {
      'update(byte[])': (rt, self: MessageDigest, bytes: JavaArray) => {
        self.update(rt, bytesOf(bytes));
        return null;
      },
      'update(byte)': (rt, self: MessageDigest, byte: Byte) => {
        self.update(rt, Uint8Array.of(byte.n & 255));
        return null;
      },
      'update(byte[], int, int)': (rt, self: MessageDigest, bytes: JavaArray, offset: number, length: number) => {
        self.update(rt, part(bytes, offset, length));
        return null;
      },
      'digest()': (rt, self: MessageDigest) => byteArray(rt, self.digest()),
      'digest(byte[])': (rt, self: MessageDigest, bytes: JavaArray) => {
        self.update(rt, bytesOf(bytes));
        return byteArray(rt, self.digest());
      },
      'reset()': (_rt, self: MessageDigest) => {
        self.reset();
        return null;
      },
      'getAlgorithm()': (_rt, self: MessageDigest) => self.algorithm,
      'getDigestLength()': (_rt, self: MessageDigest) => self.digestLength(),
    },
  },
  { name: 'java.security.NoSuchAlgorithmException', superclass: 'java.security.GeneralSecurityException' },
  { name: 'java.security.GeneralSecurityException', superclass: 'java.lang.Exception' },
  {
    name: 'java.util.zip.CRC32',
    constructors: { '()': () => new Crc32() },
    methods: {
      'update(byte[])': (_rt, self: Crc32, bytes: JavaArray) => {
        self.value = crc32(bytesOf(bytes), self.value);
        return null;
      },
      'update(byte[], int, int)': (_rt, self: Crc32, bytes: JavaArray, offset: number, length: number) => {
        self.value = crc32(part(bytes, offset, length), self.value);
        return null;
      },
      'update(int)': (_rt, self: Crc32, byte: number) => {
        self.value = crc32(Uint8Array.of(byte & 255), self.value);
        return null;
      },
      'getValue()': (_rt, self: Crc32) => Long.of(self.value),
      'reset()': (_rt, self: Crc32) => {
        self.value = 0;
        return null;
      },
    },
  },
];
