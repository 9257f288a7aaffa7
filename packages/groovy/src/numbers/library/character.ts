/** java.lang.Character: the code unit, and what Unicode says of characters. */
import { JavaArray } from '../../collections/model.ts';
import type { NativeClass, Signatures } from '../../runtime/native.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { Character } from '../boxes.ts';
import { digitValue } from '../parse.ts';

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
function matches(code: number, pattern: RegExp): boolean {
  return code >= 0 && code <= 0x10ffff && !isSurrogate(code) && pattern.test(String.fromCodePoint(code));
}
/** `Character.isWhitespace`: separators that may break, and the control characters that part words. */
export function isWhitespace(code: number): boolean {
  if ((code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f)) return true;
  return code !== 0xa0 && code !== 0x2007 && code !== 0x202f && matches(code, /^\p{Z}$/u);
}
/** One character to one: where the upper case of a character is longer, Java leaves it as it is. */
export function toUpperCase(code: number): number {
  return changeCase(code, (text) => text.toUpperCase());
}
export function toLowerCase(code: number): number {
  return code === 0x130 ? 0x69 : changeCase(code, (text) => text.toLowerCase());
}
function changeCase(code: number, change: (text: string) => string): number {
  if (code < 0 || code > 0x10ffff || isSurrogate(code)) return code;
  const changed = change(String.fromCodePoint(code));
  const point = changed.codePointAt(0) as number;
  return String.fromCodePoint(point).length === changed.length ? point : code;
}
function toTitleCase(code: number): number {
  // The Latin digraphs DŽ, LJ, NJ and DZ have a third form.
  if (code >= 0x1c4 && code <= 0x1cc) return 0x1c5 + Math.floor((code - 0x1c4) / 3) * 3;
  return code >= 0x1f1 && code <= 0x1f3 ? 0x1f2 : toUpperCase(code);
}
/** `Character.getNumericValue`: digits, and a to z as 10 to 35; -1 for others, -2 for fractions (not known here). */
function numericValue(code: number): number {
  return digitValue(code, 36);
}

/** Control and format characters that an identifier may hold unseen. */
function isIgnorable(c: number): boolean {
  return (c >= 0 && c <= 8) || (c >= 0xe && c <= 0x1b) || (c >= 0x7f && c <= 0x9f) || matches(c, /^\p{Cf}$/u);
}

/** Each test exists for a char and for a code point. */
const TESTS: Readonly<Record<string, (code: number) => boolean>> = {
  isDigit: (c) => matches(c, /^\p{Nd}$/u),
  isLetter: (c) => matches(c, /^\p{L}$/u),
  isLetterOrDigit: (c) => matches(c, /^[\p{L}\p{Nd}]$/u),
  isUpperCase: (c) => matches(c, /^\p{Uppercase}$/u),
  isLowerCase: (c) => matches(c, /^\p{Lowercase}$/u),
  isTitleCase: (c) => matches(c, /^\p{Lt}$/u),
  isWhitespace,
  isSpaceChar: (c) => matches(c, /^\p{Z}$/u),
  isISOControl: (c) => c <= 0x9f && (c >= 0x7f || (c >= 0 && c <= 0x1f)),
  isDefined: (c) => isSurrogate(c) || matches(c, /^\P{Cn}$/u),
  isMirrored: (c) => matches(c, /^\p{Bidi_Mirrored}$/u),
  isIdentifierIgnorable: isIgnorable,
  isJavaIdentifierStart: (c) => matches(c, /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u),
  isJavaIdentifierPart: (c) => isIgnorable(c) || matches(c, /^[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}]$/u),
  isUnicodeIdentifierStart: (c) => matches(c, /^\p{ID_Start}$/u),
  isUnicodeIdentifierPart: (c) => isIgnorable(c) || matches(c, /^\p{ID_Continue}$/u),
};
function tests(): Signatures {
  const table: Record<string, (rt: unknown, self: unknown, c: Character | number) => boolean> = {};
  for (const [name, test] of Object.entries(TESTS)) {
    table[`${name}(char)`] = (_rt, _self, c) => test((c as Character).code);
    table[`${name}(int)`] = (_rt, _self, c) => test(c as number);
  }
  return table as Signatures;
}

/** A code point as its UTF-16 text. Throws IllegalArgumentException outside Unicode. */
function pointText(point: number): string {
  if (point < 0 || point > 0x10ffff) {
    throw new JavaThrowable('java.lang.IllegalArgumentException', `Not a valid Unicode code point: 0x${(point >>> 0).toString(16).toUpperCase()}`);
  }
  return String.fromCodePoint(point);
}

export const characterTable: NativeClass = {
  name: 'java.lang.Character',
  interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
  constructors: { '(char)': (_rt, _self, c: Character) => c },
  fields: {
    MIN_VALUE: () => new Character(0),
    MAX_VALUE: () => new Character(0xffff),
    MIN_RADIX: () => 2,
    MAX_RADIX: () => 36,
    SIZE: () => 16,
    BYTES: () => 2,
    MIN_CODE_POINT: () => 0,
    MAX_CODE_POINT: () => 0x10ffff,
    MIN_SUPPLEMENTARY_CODE_POINT: () => 0x10000,
    MIN_HIGH_SURROGATE: () => new Character(0xd800),
    MAX_HIGH_SURROGATE: () => new Character(0xdbff),
    MIN_LOW_SURROGATE: () => new Character(0xdc00),
    MAX_LOW_SURROGATE: () => new Character(0xdfff),
    MIN_SURROGATE: () => new Character(0xd800),
    MAX_SURROGATE: () => new Character(0xdfff),
  },
  methods: {
    'charValue()': (_rt, self: Character) => self,
    'compareTo(java.lang.Character)': (_rt, self: Character, other: Character) => self.code - other.code,
  },
  statics: {
    ...tests(),
    'isAlphabetic(int)': (_rt, _self, c: number) => matches(c, /^\p{Alphabetic}$/u),
    'isIdeographic(int)': (_rt, _self, c: number) => matches(c, /^\p{Ideographic}$/u),
    'isValidCodePoint(int)': (_rt, _self, c: number) => c >= 0 && c <= 0x10ffff,
    'isBmpCodePoint(int)': (_rt, _self, c: number) => c >= 0 && c <= 0xffff,
    'isSupplementaryCodePoint(int)': (_rt, _self, c: number) => c >= 0x10000 && c <= 0x10ffff,
    'isSurrogate(char)': (_rt, _self, c: Character) => isSurrogate(c.code),
    'isHighSurrogate(char)': (_rt, _self, c: Character) => c.code >= 0xd800 && c.code <= 0xdbff,
    'isLowSurrogate(char)': (_rt, _self, c: Character) => c.code >= 0xdc00 && c.code <= 0xdfff,
    'isSurrogatePair(char, char)': (_rt, _self, h: Character, l: Character) => h.code >= 0xd800 && h.code <= 0xdbff && l.code >= 0xdc00 && l.code <= 0xdfff,
    'toUpperCase(char)': (_rt, _self, c: Character) => new Character(toUpperCase(c.code)),
    'toUpperCase(int)': (_rt, _self, c: number) => toUpperCase(c),
    'toLowerCase(char)': (_rt, _self, c: Character) => new Character(toLowerCase(c.code)),
    'toLowerCase(int)': (_rt, _self, c: number) => toLowerCase(c),
    'toTitleCase(char)': (_rt, _self, c: Character) => new Character(toTitleCase(c.code)),
    'toTitleCase(int)': (_rt, _self, c: number) => toTitleCase(c),
    'toString(char)': (_rt, _self, c: Character) => c.text,
    'toString(int)': (_rt, _self, c: number) => pointText(c),
    'valueOf(char)': (_rt, _self, c: Character) => c,
    'hashCode(char)': (_rt, _self, c: Character) => c.code,
    'compare(char, char)': (_rt, _self, a: Character, b: Character) => a.code - b.code,
    'getNumericValue(char)': (_rt, _self, c: Character) => numericValue(c.code),
    'getNumericValue(int)': (_rt, _self, c: number) => numericValue(c),
    'digit(char, int)': (_rt, _self, c: Character, radix: number) => (radix < 2 || radix > 36 ? -1 : digitValue(c.code, radix)),
    'digit(int, int)': (_rt, _self, c: number, radix: number) => (radix < 2 || radix > 36 ? -1 : digitValue(c, radix)),
    'forDigit(int, int)': (_rt, _self, digit: number, radix: number) =>
      new Character(radix < 2 || radix > 36 || digit < 0 || digit >= radix ? 0 : digit.toString(36).charCodeAt(0)),
    'toChars(int)': (_rt, _self, point: number) =>
      new JavaArray(
        'char',
        [...pointText(point).split('')].map((c) => new Character(c.charCodeAt(0))),
      ),
    'charCount(int)': (_rt, _self, point: number) => (point >= 0x10000 ? 2 : 1),
    'toCodePoint(char, char)': (_rt, _self, h: Character, l: Character) => ((h.code << 10) + l.code + (0x10000 - (0xd800 << 10) - 0xdc00)) | 0,
    'highSurrogate(int)': (_rt, _self, point: number) => new Character((point >>> 10) + (0xd800 - (0x10000 >>> 10))),
    'lowSurrogate(int)': (_rt, _self, point: number) => new Character((point & 0x3ff) + 0xdc00),
    'reverseBytes(char)': (_rt, _self, c: Character) => new Character(((c.code & 0xff) << 8) | (c.code >> 8)),
  },
};
