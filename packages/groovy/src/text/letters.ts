/** Java's view of single characters and of case, where JavaScript's differs. */
import { lowerCodePoint, upperCodePoint } from './regex/folding.ts';

/** Character.isWhitespace: Unicode's spaces but for the non-breaking ones, and the controls that separate. */
export function isWhitespace(c: number): boolean {
  if (c < 0x80) return c === 32 || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
  return c === 0x1680 || (c >= 0x2000 && c <= 0x200a && c !== 0x2007) || c === 0x2028 || c === 0x2029 || c === 0x205f || c === 0x3000;
}

/** Character.toUpperCase(char): of one UTF-16 unit. */
export const upperUnit = (c: number): number => upperCodePoint(c);
export const lowerUnit = (c: number): number => lowerCodePoint(c);

/** How `equalsIgnoreCase` and `compareToIgnoreCase` see a unit. */
export function foldUnit(c: number): number {
  if (c < 0x80) return c >= 0x41 && c <= 0x5a ? c + 32 : c;
  return lowerCodePoint(upperCodePoint(c));
}

export function equalsIgnoreCase(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a.charCodeAt(i),
      y = b.charCodeAt(i);
    if (x !== y && foldUnit(x) !== foldUnit(y)) return false;
  }
  return true;
}

/** `String.compareTo`: by UTF-16 units, the difference of the first two that differ, else of the lengths. */
export function compareStrings(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
export function compareIgnoreCase(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const difference = foldUnit(a.charCodeAt(i)) - foldUnit(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `String.hashCode` */
export function hashString(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(31, h) + text.charCodeAt(i)) | 0;
  return h;
}

/** `trim`: all up to and with U+0020 at both ends. */
export function trim(text: string): string {
  let from = 0,
    to = text.length;
  while (from < to && text.charCodeAt(from) <= 32) from++;
  while (to > from && text.charCodeAt(to - 1) <= 32) to--;
  return text.slice(from, to);
}
export function stripLeading(text: string): string {
  let from = 0;
  while (from < text.length && isWhitespace(text.charCodeAt(from))) from++;
  return text.slice(from);
}
export function stripTrailing(text: string): string {
  let to = text.length;
  while (to > 0 && isWhitespace(text.charCodeAt(to - 1))) to--;
  return text.slice(0, to);
}
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isWhitespace(text.charCodeAt(i))) return false;
  return true;
}

/** Lines as BufferedReader and `String.lines` part them: at \n, \r and \r\n; no empty one after the last. */
export function readLines(text: string): string[] {
  const lines = text.split(/\r\n|[\r\n]/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** `new StringBuilder(text).reverse()`: pairs of surrogates stay in order. */
export function reverse(text: string): string {
  let out = '';
  for (let i = text.length - 1; i >= 0; i--) {
    const c = text.charCodeAt(i);
    if ((c & 0xfc00) === 0xdc00 && i > 0 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) {
      out += text.slice(i - 1, i + 1);
      i--;
    } else out += text.charAt(i);
  }
  return out;
}

/** The code point that begins at a place; of half a pair, the half. */
export const codePointAt = (text: string, index: number): number => text.codePointAt(index) as number;
export function codePointBefore(text: string, index: number): number {
  const low = text.charCodeAt(index - 1);
  if ((low & 0xfc00) === 0xdc00 && index > 1 && (text.charCodeAt(index - 2) & 0xfc00) === 0xd800) return text.codePointAt(index - 2) as number;
  return low;
}
/** How many code points there are between two places. */
export function codePointCount(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; count++) i += i + 1 < to && codePointAt(text, i) > 0xffff ? 2 : 1;
  return count;
}
/** The place so many code points further; -1 where the text ends before. */
export function offsetByCodePoints(text: string, index: number, offset: number): number {
  let at = index;
  for (let n = offset; n > 0; n--) {
    if (at >= text.length) return -1;
    at += codePointAt(text, at) > 0xffff ? 2 : 1;
  }
  for (let n = offset; n < 0; n++) {
    if (at <= 0) return -1;
    at -= codePointBefore(text, at) > 0xffff ? 2 : 1;
  }
  return at;
}
