/** java.lang.String: its methods. Statics and constructors are in string-statics.ts. */
import { intStreamOf, streamOf } from '../collections/jdk/streams.ts';
import type { JavaArray } from '../collections/model.ts';
import { Character } from '../numbers/boxes.ts';
import type { Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { JavaThrowable, PENDING } from '../runtime/values.ts';
import type { Encoding } from './charsets.ts';
import { encode, findEncoding } from './charsets.ts';
import { checkBounds, checkIndex, illegalArgument, indexOutOfBounds, nullPointer, required, stringIndex } from './failures.ts';
import * as letters from './letters.ts';
import { patternOf } from './regex/cache.ts';
import { replace } from './regex/replacement.ts';
import { splitString } from './split.ts';
import { byteArray, charArray, stringArray, textOf } from './values.ts';

/** The encoding of that name, or UnsupportedEncodingException. */
export function encodingNamed(name: string | null): Encoding {
  if (name === null) throw nullPointer('charsetName');
  const encoding = findEncoding(name);
  if (encoding === null) throw new JavaThrowable('java.io.UnsupportedEncodingException', name);
  return encoding;
}
/** The encoding of a java.nio.charset.Charset. */
export const encodingOf = (rt: Runtime, charset: Value): Encoding => encodingNamed(charset === null ? null : rt.str(charset));

/** A character given as an int, for indexOf. */
function pointText(cp: number): string | null {
  return cp < 0 || cp > 0x10ffff ? null : String.fromCodePoint(cp);
}
function indexOfPoint(text: string, cp: number, from: number): number {
  const wanted = pointText(cp);
  return wanted === null ? -1 : text.indexOf(wanted, from);
}
function lastIndexOfText(text: string, wanted: string | null, from: number): number {
  return wanted === null || from < 0 ? -1 : text.lastIndexOf(wanted, from);
}

export function regionMatches(text: string, ignoreCase: boolean, at: number, other: string, otherAt: number, length: number): boolean {
  if (at < 0 || otherAt < 0 || at > text.length - length || otherAt > other.length - length) return false;
  if (length <= 0) return true;
  const a = text.slice(at, at + length),
    b = other.slice(otherAt, otherAt + length);
  return ignoreCase ? letters.equalsIgnoreCase(a, b) : a === b;
}

/** `getChars(srcBegin, srcEnd, dst, dstBegin)` */
export function copyChars(text: string, begin: number, end: number, target: JavaArray, at: number): null {
  checkBounds(begin, end, text.length);
  const count = end - begin;
  if (at < 0 || at > target.items.length - count) throw stringIndex(`offset ${at}, count ${count}, length ${target.items.length}`);
  for (let i = 0; i < count; i++) target.items[at + i] = new Character(text.charCodeAt(begin + i));
  return null;
}

export function repeat(rt: Runtime, text: string, count: number): string {
  rt.alloc(text.length * count);
  return text.repeat(count);
}

/** `indent(n)`: spaces before each line, or taken from it. */
function indentLines(text: string, n: number): string {
  if (text === '') return '';
  const lines = letters.readLines(text).map((line) => {
    if (n >= 0) return ' '.repeat(n) + line;
    let drop = 0;
    while (drop < -n && drop < line.length && letters.isWhitespace(line.charCodeAt(drop))) drop++;
    return line.slice(drop);
  });
  return `${lines.join('\n')}\n`;
}

/** JDK 15's `stripIndent`, as text blocks have it. It hides Groovy's method of that name, which GStrings still get. */
function stripIndent(text: string): string {
  if (text === '') return '';
  const ended = /[\r\n]$/.test(text);
  const lines = letters.readLines(text);
  let indent = ended ? 0 : Infinity;
  lines.forEach((line, i) => {
    const own = line.length - letters.stripLeading(line).length;
    if (own < line.length || i === lines.length - 1) indent = Math.min(indent, own);
  });
  return lines.map((line) => letters.stripTrailing(line).slice(indent)).join('\n') + (ended ? '\n' : '');
}

function replaceText(rt: Runtime, text: string, target: string, by: string): string {
  if (target === '') rt.alloc((text.length + 1) * by.length);
  else if (by.length > target.length) rt.alloc((text.length / target.length) * by.length);
  return text.replaceAll(target, () => by);
}

function translateEscapes(text: string): string {
  return text.replace(/\\(?:([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|[\s\S]?))/g, (_whole, octal: string | undefined, other: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
    switch (other) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 's':
        return ' ';
      case 't':
        return '\t';
      case "'":
      case '"':
      case '\\':
        return other;
      case '\n':
      case '\r':
      case '\r\n':
        return '';
      default:
        throw illegalArgument(`Invalid escape sequence: \\${other} \\\\u${other.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
    }
  });
}

export const stringMethods: Signatures = {
  'length()': (_rt, self: string) => self.length,
  'isEmpty()': (_rt, self: string) => self.length === 0,
  'charAt(int)': (_rt, self: string, index: number) => {
    if (index < 0 || index >= self.length) throw stringIndex(`String index out of range: ${index}`);
    return new Character(self.charCodeAt(index));
  },
  'codePointAt(int)': (_rt, self: string, index: number) => {
    checkIndex(index, self.length);
    return letters.codePointAt(self, index);
  },
  'codePointBefore(int)': (_rt, self: string, index: number) => {
    if (index < 1 || index > self.length) throw stringIndex(`String index out of range: ${index}`);
    return letters.codePointBefore(self, index);
  },
  'codePointCount(int, int)': (_rt, self: string, from: number, to: number) => {
    if (from < 0 || from > to || to > self.length) throw new JavaThrowable('java.lang.IndexOutOfBoundsException');
    return letters.codePointCount(self, from, to);
  },
  'offsetByCodePoints(int, int)': (_rt, self: string, index: number, offset: number) => {
    const at = index < 0 || index > self.length ? -1 : letters.offsetByCodePoints(self, index, offset);
    if (at < 0) throw new JavaThrowable('java.lang.IndexOutOfBoundsException');
    return at;
  },
  'getChars(int, int, char[], int)': (_rt, self: string, begin: number, end: number, target: JavaArray, at: number) =>
    copyChars(self, begin, end, required(target), at),
  'toCharArray()': (rt, self: string) => charArray(rt, self),
  'getBytes()': (rt, self: string) => byteArray(rt, encode(self)),
  'getBytes(java.lang.String)': (rt, self: string, name: string) => byteArray(rt, encode(self, encodingNamed(name))),
  'getBytes(java.nio.charset.Charset)': (rt, self: string, charset: Value) => byteArray(rt, encode(self, encodingOf(rt, required(charset)))),

  'equals(java.lang.Object)': (_rt, self: string, other: Value) => self === other,
  'hashCode()': (_rt, self: string) => letters.hashString(self),
  'toString()': (_rt, self: string) => self,
  'compareTo(java.lang.String)': (_rt, self: string, other: string) => letters.compareStrings(self, required(other)),
  'lines()': (_rt, self: string) => streamOf(letters.readLines(self)),
  'chars()': (rt, self: string) => {
    rt.alloc(self.length);
    return intStreamOf(Array.from({ length: self.length }, (_, i) => self.charCodeAt(i)));
  },
  'codePoints()': (rt, self: string) => {
    rt.alloc(self.length);
    return intStreamOf([...self].map((c) => c.codePointAt(0) as number));
  },
  'compareToIgnoreCase(java.lang.String)': (_rt, self: string, other: string) => letters.compareIgnoreCase(self, required(other)),
  'equalsIgnoreCase(java.lang.String)': (_rt, self: string, other: string | null) => other !== null && letters.equalsIgnoreCase(self, other),
  'contentEquals(java.lang.CharSequence)': (rt, self: string, other: Value) => self === textOf(rt, other),
  'contentEquals(java.lang.StringBuffer)': (rt, self: string, other: Value) => self === textOf(rt, other),
  'regionMatches(int, java.lang.String, int, int)': (_rt, self: string, at: number, other: string, otherAt: number, length: number) =>
    regionMatches(self, false, at, required(other), otherAt, length),
  'regionMatches(boolean, int, java.lang.String, int, int)': (
    _rt,
    self: string,
    ignoreCase: boolean,
    at: number,
    other: string,
    otherAt: number,
    length: number,
  ) => regionMatches(self, ignoreCase, at, required(other), otherAt, length),

  'startsWith(java.lang.String)': (_rt, self: string, prefix: string) => self.startsWith(required(prefix)),
  'startsWith(java.lang.String, int)': (_rt, self: string, prefix: string, at: number) =>
    at >= 0 && at <= self.length - required(prefix).length && self.startsWith(prefix, at),
  'endsWith(java.lang.String)': (_rt, self: string, suffix: string) => self.endsWith(required(suffix)),
  'contains(java.lang.CharSequence)': (rt, self: string, text: Value) => self.includes(textOf(rt, text)),
  'indexOf(int)': (_rt, self: string, cp: number) => indexOfPoint(self, cp, 0),
  'indexOf(int, int)': (_rt, self: string, cp: number, from: number) => indexOfPoint(self, cp, from),
  'indexOf(java.lang.String)': (_rt, self: string, text: string) => self.indexOf(required(text)),
  'indexOf(java.lang.String, int)': (_rt, self: string, text: string, from: number) => self.indexOf(required(text), from),
  'lastIndexOf(int)': (_rt, self: string, cp: number) => lastIndexOfText(self, pointText(cp), self.length),
  'lastIndexOf(int, int)': (_rt, self: string, cp: number, from: number) => lastIndexOfText(self, pointText(cp), from),
  'lastIndexOf(java.lang.String)': (_rt, self: string, text: string) => lastIndexOfText(self, required(text), self.length),
  'lastIndexOf(java.lang.String, int)': (_rt, self: string, text: string, from: number) => lastIndexOfText(self, required(text), from),

  'substring(int)': (_rt, self: string, begin: number) => {
    checkBounds(begin, self.length, self.length);
    return self.slice(begin);
  },
  'substring(int, int)': (_rt, self: string, begin: number, end: number) => {
    checkBounds(begin, end, self.length);
    return self.slice(begin, end);
  },
  'subSequence(int, int)': (_rt, self: string, begin: number, end: number) => {
    checkBounds(begin, end, self.length);
    return self.slice(begin, end);
  },
  'concat(java.lang.String)': (rt, self: string, other: string) => {
    rt.alloc(required(other).length);
    return self + other;
  },
  'replace(char, char)': (_rt, self: string, from: Character, to: Character) => self.replaceAll(from.text, () => to.text),
  'replace(java.lang.CharSequence, java.lang.CharSequence)': (rt, self: string, target: Value, by: Value) =>
    replaceText(rt, self, textOf(rt, target), textOf(rt, by)),
  'matches(java.lang.String)': (rt, self: string, regex: string) => patternOf(rt, required(regex)).matches(self),
  'replaceAll(java.lang.String, java.lang.String)': (rt, self: string, regex: string, by: string) =>
    replace(patternOf(rt, required(regex)), self, required(by), false, (n) => rt.alloc(n)),
  'replaceFirst(java.lang.String, java.lang.String)': (rt, self: string, regex: string, by: string) =>
    replace(patternOf(rt, required(regex)), self, required(by), true, (n) => rt.alloc(n)),
  'split(java.lang.String)': (rt, self: string, regex: string) => stringArray(splitString(rt, self, required(regex), 0)),
  'split(java.lang.String, int)': (rt, self: string, regex: string, limit: number) => stringArray(splitString(rt, self, required(regex), limit)),

  'toLowerCase()': (_rt, self: string) => self.toLowerCase(),
  'toLowerCase(java.util.Locale)': (rt, self: string, locale: Value) => self.toLocaleLowerCase(localeTag(rt, locale)),
  'toUpperCase()': (_rt, self: string) => self.toUpperCase(),
  'toUpperCase(java.util.Locale)': (rt, self: string, locale: Value) => self.toLocaleUpperCase(localeTag(rt, locale)),
  'trim()': (_rt, self: string) => letters.trim(self),
  'strip()': (_rt, self: string) => letters.stripLeading(letters.stripTrailing(self)),
  'stripLeading()': (_rt, self: string) => letters.stripLeading(self),
  'stripTrailing()': (_rt, self: string) => letters.stripTrailing(self),
  'isBlank()': (_rt, self: string) => letters.isBlank(self),
  'repeat(int)': (rt, self: string, count: number) => {
    if (count < 0) throw illegalArgument(`count is negative: ${count}`);
    return repeat(rt, self, count);
  },
  'indent(int)': (rt, self: string, n: number) => {
    rt.alloc(Math.max(n, 0) * letters.readLines(self).length);
    return indentLines(self, n);
  },
  'stripIndent()': (_rt, self: string) => stripIndent(self),
  'translateEscapes()': (_rt, self: string) => translateEscapes(self),
  'intern()': (_rt, self: string) => self,
  'transform(java.util.function.Function)': function* (rt: Runtime, self: string, f: Value): Computation {
    let r = rt.call(f, [self]);
    if (r === PENDING) r = yield* rt.take();
    return r as Value;
  },
};

/** Only Turkish, Azeri and Lithuanian have their own case rules. */
function localeTag(rt: Runtime, locale: Value): string {
  const language = rt.str(required(locale)).split('_')[0] as string;
  return language === 'tr' || language === 'az' || language === 'lt' ? language : 'en';
}

/** The methods of java.lang.CharSequence, for whatever is one. */
export const charSequenceMethods: Signatures = {
  'length()': (rt, self: Value) => textOf(rt, self).length,
  'isEmpty()': (rt, self: Value) => textOf(rt, self) === '',
  'charAt(int)': (rt, self: Value, index: number) => {
    const text = textOf(rt, self);
    if (index < 0 || index >= text.length) throw stringIndex(`String index out of range: ${index}`);
    return new Character(text.charCodeAt(index));
  },
  'subSequence(int, int)': (rt, self: Value, begin: number, end: number) => {
    const text = textOf(rt, self);
    checkBounds(begin, end, text.length);
    return text.slice(begin, end);
  },
  'toString()': (rt, self: Value) => rt.str(self),
};

/** A part of a CharSequence for builders: `start 1, end 5, length 3`. */
export function sequencePart(rt: Runtime, value: Value, start: number, end: number): string {
  const text = value === null ? 'null' : rt.str(value);
  if (start < 0 || start > end || end > text.length) throw indexOutOfBounds(`start ${start}, end ${end}, length ${text.length}`);
  return text.slice(start, end);
}
