/**
 * Characters to bytes and back, for the encodings that Java always has. Bytes are numbers from 0 to 255.
 * What an encoding can't write becomes `?`, what it can't read U+FFFD, as String.getBytes and new String do.
 */
export type Encoding =
  | 'UTF-8'
  | 'UTF-16'
  | 'UTF-16BE'
  | 'UTF-16LE'
  | 'UTF-32'
  | 'UTF-32BE'
  | 'UTF-32LE'
  | 'ISO-8859-1'
  | 'US-ASCII'
  | 'windows-1252'
  | 'ISO-8859-15';

const ALIASES: Readonly<Record<string, Encoding>> = {
  'utf-8': 'UTF-8',
  utf8: 'UTF-8',
  'unicode-1-1-utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  utf_16: 'UTF-16',
  utf16: 'UTF-16',
  unicode: 'UTF-16',
  unicodebig: 'UTF-16',
  'utf-16be': 'UTF-16BE',
  utf_16be: 'UTF-16BE',
  'iso-10646-ucs-2': 'UTF-16BE',
  'x-utf-16be': 'UTF-16BE',
  unicodebigunmarked: 'UTF-16BE',
  'utf-16le': 'UTF-16LE',
  utf_16le: 'UTF-16LE',
  'x-utf-16le': 'UTF-16LE',
  unicodelittleunmarked: 'UTF-16LE',
  'utf-32': 'UTF-32',
  utf_32: 'UTF-32',
  utf32: 'UTF-32',
  'iso-10646-ucs-4': 'UTF-32',
  'utf-32be': 'UTF-32BE',
  'utf-32le': 'UTF-32LE',
  'iso-8859-1': 'ISO-8859-1',
  iso8859_1: 'ISO-8859-1',
  latin1: 'ISO-8859-1',
  l1: 'ISO-8859-1',
  'iso_8859-1': 'ISO-8859-1',
  'iso8859-1': 'ISO-8859-1',
  '8859_1': 'ISO-8859-1',
  cp819: 'ISO-8859-1',
  ibm819: 'ISO-8859-1',
  iso_8859_1: 'ISO-8859-1',
  'us-ascii': 'US-ASCII',
  ascii: 'US-ASCII',
  ascii7: 'US-ASCII',
  iso646_us: 'US-ASCII',
  'iso646-us': 'US-ASCII',
  us: 'US-ASCII',
  'ansi_x3.4-1968': 'US-ASCII',
  cp367: 'US-ASCII',
  '646': 'US-ASCII',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-15': 'ISO-8859-15',
  iso8859_15: 'ISO-8859-15',
  'iso8859-15': 'ISO-8859-15',
  latin9: 'ISO-8859-15',
  'latin-9': 'ISO-8859-15',
  '8859_15': 'ISO-8859-15',
  l9: 'ISO-8859-15',
};

/** The encoding of that name or alias, in any case; null where there is none here. */
export function findEncoding(name: string): Encoding | null {
  const key = name.toLowerCase();
  return Object.hasOwn(ALIASES, key) ? (ALIASES[key] as Encoding) : null;
}

/** The names that Java lists for an encoding besides its own are not all here; these are the ones known. */
export function aliasesOf(encoding: Encoding): string[] {
  return Object.keys(ALIASES).filter((alias) => ALIASES[alias] === encoding && alias !== encoding.toLowerCase());
}

const QUESTION = 0x3f,
  UNREADABLE = 0xfffd;
/** Bytes 0x80 to 0x9f of windows-1252; 0 where there is no character. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
  0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];
const LATIN_9: ReadonlyMap<number, number> = new Map([
  [0xa4, 0x20ac],
  [0xa6, 0x160],
  [0xa8, 0x161],
  [0xb4, 0x17d],
  [0xb8, 0x17e],
  [0xbc, 0x152],
  [0xbd, 0x153],
  [0xbe, 0x178],
]);

/** The character of a byte, 0 where there is none (but for byte 0). */
function single(encoding: Encoding, byte: number): number {
  if (byte < 0x80) return byte;
  switch (encoding) {
    case 'US-ASCII':
      return 0;
    case 'windows-1252':
      return byte < 0xa0 ? (WINDOWS_1252[byte - 0x80] as number) : byte;
    case 'ISO-8859-15':
      return LATIN_9.get(byte) ?? byte;
    default:
      return byte;
  }
}

/** Text to bytes; `UTF-16` begins with a byte order mark, as in Java. */
export function encode(text: string, encoding: Encoding = 'UTF-8'): Uint8Array {
  switch (encoding) {
    case 'UTF-8':
      return encodeUtf8(text);
    case 'UTF-16':
      return encodeUnits(text.length === 0 ? text : `\ufeff${text}`, true);
    case 'UTF-16BE':
      return encodeUnits(text, true);
    case 'UTF-16LE':
      return encodeUnits(text, false);
    case 'UTF-32':
    case 'UTF-32BE':
      return encodePoints(text, true);
    case 'UTF-32LE':
      return encodePoints(text, false);
  }
  const reverse = new Map<number, number>();
  for (let b = 0x80; b < 0x100; b++) {
    const c = single(encoding, b);
    if (c !== 0) reverse.set(c, b);
  }
  const out = new Uint8Array(text.length);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    out[n++] = c < 0x80 ? c : (reverse.get(c) ?? QUESTION);
    // A pair is one character that can't be written.
    if (isPair(text, i)) i++;
  }
  return out.subarray(0, n);
}

const isPair = (text: string, i: number): boolean =>
  (text.charCodeAt(i) & 0xfc00) === 0xd800 && i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;

function encodeUtf8(text: string): Uint8Array {
  let out = new Uint8Array(text.length + (text.length >> 2) + 8);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    if (n + 4 > out.length) {
      const larger = new Uint8Array(out.length * 2);
      larger.set(out);
      out = larger;
    }
    let c = text.charCodeAt(i);
    if (c < 0x80) out[n++] = c;
    else if (c < 0x800) {
      out[n++] = 0xc0 | (c >> 6);
      out[n++] = 0x80 | (c & 0x3f);
    } else if ((c & 0xf800) === 0xd800) {
      if (!isPair(text, i)) {
        out[n++] = QUESTION;
        continue;
      }
      c = text.codePointAt(i++) as number;
      out[n++] = 0xf0 | (c >> 18);
      out[n++] = 0x80 | ((c >> 12) & 0x3f);
      out[n++] = 0x80 | ((c >> 6) & 0x3f);
      out[n++] = 0x80 | (c & 0x3f);
    } else {
      out[n++] = 0xe0 | (c >> 12);
      out[n++] = 0x80 | ((c >> 6) & 0x3f);
      out[n++] = 0x80 | (c & 0x3f);
    }
  }
  return out.subarray(0, n);
}

function encodeUnits(text: string, bigEndian: boolean): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    const inPair = isPair(text, i) || (i > 0 && isPair(text, i - 1));
    if ((c & 0xf800) === 0xd800 && !inPair) c = UNREADABLE;
    out[2 * i] = bigEndian ? c >> 8 : c & 0xff;
    out[2 * i + 1] = bigEndian ? c & 0xff : c >> 8;
  }
  return out;
}

function encodePoints(text: string, bigEndian: boolean): Uint8Array {
  const points = Array.from(text, (c) => c.codePointAt(0) as number);
  const out = new Uint8Array(points.length * 4);
  const view = new DataView(out.buffer);
  for (const [i, cp] of points.entries()) view.setUint32(4 * i, (cp & 0x1ff800) === 0xd800 ? QUESTION : cp, !bigEndian);
  return out;
}

/** Bytes to text. */
export function decode(bytes: Uint8Array, encoding: Encoding = 'UTF-8'): string {
  switch (encoding) {
    case 'UTF-8':
      return decodeUtf8(bytes);
    case 'UTF-16':
      if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUnits(bytes.subarray(2), false);
      return decodeUnits(bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2) : bytes, true);
    case 'UTF-16BE':
      return decodeUnits(bytes, true);
    case 'UTF-16LE':
      return decodeUnits(bytes, false);
    case 'UTF-32':
    case 'UTF-32BE':
      return decodePoints(bytes, true);
    case 'UTF-32LE':
      return decodePoints(bytes, false);
  }
  const units: number[] = [];
  for (const b of bytes) units.push(b === 0 ? 0 : single(encoding, b) || UNREADABLE);
  return fromUnits(units);
}

/** In pieces, since a call takes only so many arguments. */
export function fromUnits(units: readonly number[] | Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i += 8192) text += String.fromCharCode(...units.slice(i, i + 8192));
  return text;
}

/** As Java's decoder: each longest beginning of a valid sequence that does not go on becomes one U+FFFD. */
function decodeUtf8(bytes: Uint8Array): string {
  const units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i++] as number;
    if (b < 0x80) {
      units.push(b);
      continue;
    }
    let need = 0,
      value = 0,
      low = 0x80,
      high = 0xbf;
    if (b >= 0xc2 && b <= 0xdf) {
      need = 1;
      value = b & 0x1f;
    } else if (b >= 0xe0 && b <= 0xef) {
      need = 2;
      value = b & 0xf;
      if (b === 0xe0) low = 0xa0;
    } else if (b >= 0xf0 && b <= 0xf4) {
      need = 3;
      value = b & 7;
      if (b === 0xf0) low = 0x90;
      if (b === 0xf4) high = 0x8f;
    } else {
      units.push(UNREADABLE);
      continue;
    }
    let whole = true;
    for (; need > 0; need--) {
      const next = bytes[i];
      if (next === undefined || next < low || next > high) {
        whole = false;
        break;
      }
      value = (value << 6) | (next & 0x3f);
      low = 0x80;
      high = 0xbf;
      i++;
    }
    // A surrogate written in three bytes is one thing that can't be read.
    if (!whole || (value & 0x1ff800) === 0xd800) units.push(UNREADABLE);
    else if (value > 0xffff) units.push(0xd800 + ((value - 0x10000) >> 10), 0xdc00 + (value & 0x3ff));
    else units.push(value);
  }
  return fromUnits(units);
}

function decodeUnits(bytes: Uint8Array, bigEndian: boolean): string {
  const units: number[] = [];
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const a = bytes[i] as number,
      b = bytes[i + 1] as number;
    units.push(bigEndian ? (a << 8) | b : (b << 8) | a);
  }
  if (bytes.length % 2 === 1) units.push(UNREADABLE);
  // A surrogate without its other half is unreadable.
  for (let i = 0; i < units.length; i++) {
    const c = units[i] as number;
    if ((c & 0xf800) !== 0xd800) continue;
    if (c < 0xdc00 && ((units[i + 1] ?? 0) & 0xfc00) === 0xdc00) i++;
    else units[i] = UNREADABLE;
  }
  return fromUnits(units);
}

function decodePoints(bytes: Uint8Array, bigEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 4) {
    const cp = i + 4 <= bytes.length ? view.getUint32(i, !bigEndian) : -1;
    text += cp < 0 || cp > 0x10ffff ? '\ufffd' : String.fromCodePoint(cp);
  }
  return text;
}
