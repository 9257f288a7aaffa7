/** java.util.Base64 and Groovy's encodeBase64, decodeBase64, encodeHex, decodeHex. */
import type { JavaArray } from '../collections/model.ts';
import type { Extension, NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { decode } from '../text/charsets.ts';
import { byteArray, bytesOf, encode } from './bytes.ts';

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASIC = `${COMMON}+/`,
  URL_SAFE = `${COMMON}-_`;

export function toBase64(bytes: Uint8Array, alphabet = BASIC, padding = true): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number,
      b = bytes[i + 1],
      c = bytes[i + 2];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    let four = (alphabet[bits >> 18] as string) + (alphabet[(bits >> 12) & 63] as string);
    four += b === undefined ? (padding ? '=' : '') : (alphabet[(bits >> 6) & 63] as string);
    four += c === undefined ? (padding ? '=' : '') : (alphabet[bits & 63] as string);
    parts.push(four);
  }
  return parts.join('');
}

const illegal = (message: string): JavaThrowable => new JavaThrowable('java.lang.IllegalArgumentException', message);

/** Java's decoder with its messages. `mime` skips what is not of the alphabet. */
export function fromBase64(source: Uint8Array, alphabet: string, mime: boolean): Uint8Array {
  const length = source.length;
  if (length === 0) return new Uint8Array();
  if (length < 2 && !(mime && !alphabet.includes(String.fromCharCode(source[0] as number)))) {
    throw illegal('Input byte[] should at least have 2 bytes for base64 bytes');
  }
  const out: number[] = [];
  let bits = 0,
    shift = 18,
    at = 0;
  for (; at < length; ) {
    const code = source[at++] as number;
    const value = alphabet.indexOf(String.fromCharCode(code));
    if (code === 61) {
      // xx= and xx==: the place of the first sign decides.
      if ((shift === 6 && (at === length || source[at++] !== 61)) || shift === 18) throw illegal('Input byte array has wrong 4-byte ending unit');
      break;
    }
    if (value < 0) {
      if (mime) continue;
      throw illegal(`Illegal base64 character ${code.toString(16)}`);
    }
    bits |= value << shift;
    shift -= 6;
    if (shift < 0) {
      out.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
      shift = 18;
      bits = 0;
    }
  }
  if (shift === 6) out.push((bits >> 16) & 255);
  else if (shift === 0) out.push((bits >> 16) & 255, (bits >> 8) & 255);
  else if (shift === 12) throw illegal('Last unit does not have enough valid bits');
  for (; at < length; at++) {
    if (mime && (source[at] === 61 || !alphabet.includes(String.fromCharCode(source[at] as number)))) continue;
    throw illegal(`Input byte array has incorrect ending byte at ${at}`);
  }
  return Uint8Array.from(out);
}

class Encoder extends JavaObject {
  readonly alphabet: string;
  readonly padding: boolean;
  /** Characters a line, 0 for one line. */
  readonly lineLength: number;
  readonly separator: string;
  constructor(alphabet: string, padding = true, lineLength = 0, separator = '\r\n') {
    super();
    this.alphabet = alphabet;
    this.padding = padding;
    this.lineLength = lineLength;
    this.separator = separator;
  }
  get $type(): string {
    return 'java.util.Base64$Encoder';
  }
  encode(bytes: Uint8Array): string {
    const text = toBase64(bytes, this.alphabet, this.padding);
    if (this.lineLength === 0) return text;
    const lines: string[] = [];
    for (let i = 0; i < text.length; i += this.lineLength) lines.push(text.slice(i, i + this.lineLength));
    return lines.join(this.separator);
  }
}
class Decoder extends JavaObject {
  readonly alphabet: string;
  readonly mime: boolean;
  constructor(alphabet: string, mime = false) {
    super();
    this.alphabet = alphabet;
    this.mime = mime;
  }
  get $type(): string {
    return 'java.util.Base64$Decoder';
  }
}

/** Puts the bytes into an array that is there already; answers how many. */
function fill(rt: Runtime, target: JavaArray, bytes: Uint8Array): number {
  if (target.items.length < bytes.length) throw illegal('Output byte array is too small for encoding all input bytes');
  byteArray(rt, bytes).items.forEach((item, i) => {
    target.items[i] = item;
  });
  return bytes.length;
}
const latin = (text: string): Uint8Array => encode(text, 'ISO-8859-1');

export const base64Classes: readonly NativeClass[] = [
  {
    name: 'java.util.Base64',
    statics: {
      'getEncoder()': () => new Encoder(BASIC),
      'getUrlEncoder()': () => new Encoder(URL_SAFE),
      'getMimeEncoder()': () => new Encoder(BASIC, true, 76),
      'getMimeEncoder(int, byte[])': (_rt, _self, length: number, separator: JavaArray) =>
        new Encoder(BASIC, true, Math.max(0, length & ~3), decode(bytesOf(separator), 'ISO-8859-1')),
      'getDecoder()': () => new Decoder(BASIC),
      'getUrlDecoder()': () => new Decoder(URL_SAFE),
      'getMimeDecoder()': () => new Decoder(BASIC, true),
    },
  },
  {
    name: 'java.util.Base64$Encoder',
    methods: {
      'encode(byte[])': (rt, self: Encoder, bytes: JavaArray) => byteArray(rt, latin(self.encode(bytesOf(bytes)))),
      'encode(byte[], byte[])': (rt, self: Encoder, bytes: JavaArray, target: JavaArray) => fill(rt, target, latin(self.encode(bytesOf(bytes)))),
      'encodeToString(byte[])': (rt, self: Encoder, bytes: JavaArray) => {
        rt.alloc(bytes.items.length * 2);
        return self.encode(bytesOf(bytes));
      },
      'withoutPadding()': (_rt, self: Encoder) => new Encoder(self.alphabet, false, self.lineLength, self.separator),
    },
  },
  {
    name: 'java.util.Base64$Decoder',
    methods: {
      'decode(byte[])': (rt, self: Decoder, bytes: JavaArray) => byteArray(rt, fromBase64(bytesOf(bytes), self.alphabet, self.mime)),
      'decode(java.lang.String)': (rt, self: Decoder, text: string) => byteArray(rt, fromBase64(latin(text), self.alphabet, self.mime)),
      'decode(byte[], byte[])': (rt, self: Decoder, bytes: JavaArray, target: JavaArray) =>
        fill(rt, target, fromBase64(bytesOf(bytes), self.alphabet, self.mime)),
    },
  },
];

/** Text that a GDK method makes for later writing: here simply a text that answers toString and writeTo. */
class Writable extends JavaObject {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  get $type(): string {
    return 'groovy.lang.Writable';
  }
  override javaString(): string {
    return this.text;
  }
}
export const writableClass: NativeClass = {
  name: 'groovy.lang.Writable',
  kind: 'interface',
  methods: {
    'toString()': (_rt, self: Writable) => self.text,
    'writeTo(java.io.Writer)': (rt, self: Writable, writer: Value) => {
      rt.invokeSync(writer, 'write', [self.text]);
      return writer;
    },
  },
};

/** Groovy's own decoder skips white space and fails on anything else. */
function groovyDecode(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0,
    count = 0,
    done = false;
  for (const c of text) {
    if (/[\n\r \t]/.test(c)) continue;
    const value = BASIC.indexOf(c);
    if (c === '=') {
      done = true;
      continue;
    }
    if (value < 0 || done) throw new JavaThrowable('java.lang.RuntimeException', 'bad character in base64 value');
    bits = (bits << 6) | value;
    count++;
    if (count === 4) {
      out.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
      bits = 0;
      count = 0;
    }
  }
  if (count === 2) out.push((bits >> 4) & 255);
  else if (count === 3) out.push((bits >> 10) & 255, (bits >> 2) & 255);
  return Uint8Array.from(out);
}
function chunked(text: string): string {
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += 76) lines.push(`${text.slice(i, i + 76)}\n`);
  return lines.join('');
}

export const encodingMethods: Extension = {
  holder: 'org.codehaus.groovy.runtime.EncodingGroovyMethods',
  methods: {
    'encodeBase64(byte[])': (_rt, self: JavaArray) => new Writable(toBase64(bytesOf(self))),
    'encodeBase64(byte[], boolean)': (_rt, self: JavaArray, chunk: boolean) => new Writable(chunk ? chunked(toBase64(bytesOf(self))) : toBase64(bytesOf(self))),
    'encodeBase64(java.lang.Byte[])': (_rt, self: JavaArray) => new Writable(toBase64(bytesOf(self))),
    'decodeBase64(java.lang.String)': (rt, self: string) => byteArray(rt, groovyDecode(self)),
    'encodeHex(byte[])': (_rt, self: JavaArray) => new Writable(hex(bytesOf(self))),
    'encodeHex(java.lang.Byte[])': (_rt, self: JavaArray) => new Writable(hex(bytesOf(self))),
    'decodeHex(java.lang.String)': (rt, self: string) => {
      if (self.length % 2 !== 0) throw new JavaThrowable('java.lang.NumberFormatException', 'odd number of characters in hex string');
      const bad = /[^0-9a-fA-F]/.test(self);
      if (bad) {
        const pair = self.match(/../g)?.find((two) => !/^[0-9a-fA-F]{2}$/.test(two)) ?? self;
        throw new JavaThrowable('java.lang.NumberFormatException', `For input string: "${pair}" under radix 16`);
      }
      return byteArray(
        rt,
        Uint8Array.from(self.match(/../g) ?? [], (two) => Number.parseInt(two, 16)),
      );
    },
  },
};
export const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
