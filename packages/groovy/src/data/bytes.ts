/** Java's byte arrays, and java.nio.charset.Charset. */
import { JavaArray } from '../collections/model.ts';
import { Byte } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { Encoding } from '../text/charsets.ts';
import { decode, encode, findEncoding } from '../text/charsets.ts';

export function bytesOf(array: JavaArray): Uint8Array {
  return Uint8Array.from(array.items, (item) => (item as Byte).n & 0xff);
}
export function byteArray(rt: Runtime, bytes: Uint8Array): JavaArray {
  rt.alloc(bytes.length);
  return new JavaArray(
    'byte',
    Array.from(bytes, (b) => new Byte(b)),
  );
}
export const decodeBytes = (array: JavaArray, encoding: Encoding): string => decode(bytesOf(array), encoding);

export class Charset extends JavaObject {
  readonly encoding: Encoding;
  constructor(encoding: Encoding) {
    super();
    this.encoding = encoding;
  }
  get $type(): string {
    return 'java.nio.charset.Charset';
  }
  override javaString(): string {
    return this.encoding;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Charset && other.encoding === this.encoding;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.encoding);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof Charset ? (this.encoding < other.encoding ? -1 : this.encoding > other.encoding ? 1 : 0) : 0;
  }
}

/** `Charset.forName`. Throws IllegalCharsetNameException, UnsupportedCharsetException. */
export function charset(name: string | null): Charset {
  if (name === null) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Null charset name');
  if (!/^[A-Za-z0-9][-+.:_A-Za-z0-9]*$/.test(name)) throw new JavaThrowable('java.nio.charset.IllegalCharsetNameException', name);
  const encoding = findEncoding(name);
  if (encoding === null) throw new JavaThrowable('java.nio.charset.UnsupportedCharsetException', name);
  return new Charset(encoding);
}
/** An encoding for methods that take its name. Throws UnsupportedEncodingException. */
export function encodingNamed(name: string | null): Encoding {
  if (name === null) throw new JavaThrowable('java.lang.NullPointerException', 'charsetName');
  const encoding = findEncoding(name);
  if (encoding === null) throw new JavaThrowable('java.io.UnsupportedEncodingException', name);
  return encoding;
}
export { encode };

const STANDARD: readonly (readonly [string, Encoding])[] = [
  ['US_ASCII', 'US-ASCII'],
  ['ISO_8859_1', 'ISO-8859-1'],
  ['UTF_8', 'UTF-8'],
  ['UTF_16BE', 'UTF-16BE'],
  ['UTF_16LE', 'UTF-16LE'],
  ['UTF_16', 'UTF-16'],
];

export const charsetClasses: readonly NativeClass[] = [
  {
    name: 'java.nio.charset.Charset',
    kind: 'abstract',
    interfaces: ['java.lang.Comparable'],
    statics: {
      'forName(java.lang.String)': (_rt, _self, name: string | null) => charset(name),
      'defaultCharset()': () => new Charset('UTF-8'),
      'isSupported(java.lang.String)': (_rt, _self, name: string) => findEncoding(name) !== null,
    },
    methods: {
      'name()': (_rt, self: Charset) => self.encoding,
      'displayName()': (_rt, self: Charset) => self.encoding,
      'canEncode()': () => true,
    },
  },
  { name: 'java.nio.charset.StandardCharsets', fields: Object.fromEntries(STANDARD.map(([name, encoding]) => [name, () => new Charset(encoding)])) },
  { name: 'java.nio.charset.IllegalCharsetNameException', superclass: 'java.lang.IllegalArgumentException' },
  { name: 'java.nio.charset.UnsupportedCharsetException', superclass: 'java.lang.IllegalArgumentException' },
];
