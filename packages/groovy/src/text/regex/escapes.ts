/** What follows a backslash outside `\p{…}` and `\Q…\E`. */

import { escapeSet } from './classes.ts';
import { UNICODE_CHARACTER_CLASS, UNIX_LINES } from './flags.ts';
import { textOfPoints } from './folding.ts';
import type { Parser } from './parser.ts';
import type { Reader } from './reader.ts';
import { foldOf, hexValue, isAsciiDigit } from './reader.ts';
import type { Anchor, Node } from './syntax.ts';

export interface EscapePlace {
  /** The parser, where the escape is not inside a class. */
  readonly outside: Parser | null;
  /** Nothing precedes it in the run of plain characters. */
  readonly firstInText: boolean;
  /** One end of `x-y` in a class. */
  readonly inRange: boolean;
}

const BACKSLASH = 0x5c;

/** A character, or the node that the escape stands for. The cursor is on the backslash. */
export function parseEscape(reader: Reader, place: EscapePlace): number | Node {
  const ch = reader.skip();
  const letter = String.fromCodePoint(ch);
  switch (letter) {
    case '0':
      return octal(reader);
    case 'a':
      return 7;
    case 'c':
      return control(reader);
    case 'e':
      return 27;
    case 'f':
      return 12;
    case 'n':
      return 10;
    case 'r':
      return 13;
    case 't':
      return 9;
    case 'u':
      return unicode(reader);
    case 'x':
      return hexadecimal(reader);
    case 'N':
      return characterName(reader);
    case 'v':
      if (place.inRange) return 11;
      return shorthand(reader, letter);
    case 'd':
    case 'D':
    case 's':
    case 'S':
    case 'w':
    case 'W':
    case 'h':
    case 'H':
    case 'V':
      return shorthand(reader, letter);
  }
  if (place.outside !== null) {
    if (ch >= 0x31 && ch <= 0x39) return reference(place.outside, ch - 0x30, place);
    const node = special(place.outside, letter);
    if (node !== null) return node;
  }
  if ((ch >= 0x41 && ch <= 0x5a) || (ch >= 0x61 && ch <= 0x7a) || isAsciiDigit(ch)) throw reader.error('Illegal/unsupported escape sequence');
  return ch;
}

/** The set of `\\d` and its like under the flags in force. */
function shorthand(reader: Reader, letter: string): Node {
  return { kind: 'set', set: escapeSet(letter, reader.has(UNICODE_CHARACTER_CLASS)) };
}

const anchor = (at: Anchor): Node => ({ kind: 'anchor', at });

/** The escapes that a class can't hold. */
function special(parser: Parser, letter: string): Node | null {
  const reader = parser.reader;
  switch (letter) {
    case 'A':
      return anchor('inputStart');
    case 'G':
      return anchor('lastMatch');
    case 'z':
      return anchor('inputEnd');
    case 'Z':
      return anchor(reader.has(UNIX_LINES) ? 'unixFinalEnd' : 'finalEnd');
    case 'B':
      return anchor(reader.has(UNICODE_CHARACTER_CLASS) ? 'notUnicodeWordBoundary' : 'notWordBoundary');
    case 'b':
      if (reader.peek() === 0x7b && reader.at(reader.cursor + 1) === 0x67 && reader.at(reader.cursor + 2) === 0x7d) {
        reader.cursor += 3;
        return anchor('graphemeBoundary');
      }
      return anchor(reader.has(UNICODE_CHARACTER_CLASS) ? 'unicodeWordBoundary' : 'wordBoundary');
    case 'R':
      return { kind: 'lineBreak' };
    case 'X':
      return { kind: 'grapheme' };
    case 'k': {
      if (reader.read() !== 0x3c) throw reader.error("\\k is not followed by '<' for named capturing group");
      const name = parser.groupName(reader.read());
      const index = parser.names.get(name);
      if (index === undefined) throw reader.error(`named capturing group <${name}> does not exist`);
      return { kind: 'reference', index, fold: foldOf(reader) };
    }
    default:
      return null;
  }
}

/** `\1`; more digits belong to it as long as there are so many groups up to here. */
function reference(parser: Parser, first: number, place: EscapePlace): Node {
  const reader = parser.reader;
  let index = first;
  // Behind plain characters it is read again later, as the first one.
  if (place.firstInText) {
    for (;;) {
      const ch = reader.peek();
      if (!isAsciiDigit(ch)) break;
      const longer = index * 10 + ch - 0x30;
      if (parser.groups < longer) break;
      index = longer;
      reader.read();
    }
  }
  return { kind: 'reference', index, fold: foldOf(reader) };
}

function octal(reader: Reader): number {
  const isOctal = (ch: number): boolean => ch >= 0x30 && ch <= 0x37;
  const first = reader.read();
  if (!isOctal(first)) throw reader.error('Illegal octal escape sequence');
  const second = reader.read();
  if (!isOctal(second)) {
    reader.unread();
    return first - 0x30;
  }
  const third = reader.read();
  if (isOctal(third) && first <= 0x33) return (first - 0x30) * 64 + (second - 0x30) * 8 + third - 0x30;
  reader.unread();
  return (first - 0x30) * 8 + second - 0x30;
}

function control(reader: Reader): number {
  if (reader.atEnd) throw reader.error('Illegal control escape sequence');
  return reader.read() ^ 64;
}

function hexadecimal(reader: Reader): number {
  const first = reader.read();
  if (hexValue(first) >= 0) {
    const second = reader.read();
    if (hexValue(second) >= 0) return hexValue(first) * 16 + hexValue(second);
  } else if (first === 0x7b && hexValue(reader.peek()) >= 0) {
    let value = 0,
      ch = reader.read();
    for (; hexValue(ch) >= 0; ch = reader.read()) {
      value = value * 16 + hexValue(ch);
      if (value > 0x10ffff) throw reader.error('Hexadecimal codepoint is too big');
    }
    if (ch !== 0x7d) throw reader.error('Unclosed hexadecimal escape sequence');
    return value;
  }
  throw reader.error('Illegal hexadecimal escape sequence');
}

function unicode(reader: Reader): number {
  const high = fourDigits(reader);
  if (high < 0xd800 || high > 0xdbff) return high;
  const cursor = reader.cursor;
  if (reader.read() === BACKSLASH && reader.read() === 0x75) {
    const low = fourDigits(reader);
    if (low >= 0xdc00 && low <= 0xdfff) return (high - 0xd800) * 0x400 + low - 0xdc00 + 0x10000;
  }
  reader.cursor = cursor;
  return high;
}
function fourDigits(reader: Reader): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const digit = hexValue(reader.read());
    if (digit < 0) throw reader.error('Illegal Unicode escape sequence');
    value = value * 16 + digit;
  }
  return value;
}

/** `\N{WHITE SMILING FACE}`: the names of characters are not part of the language's library here. */
function characterName(reader: Reader): number {
  if (reader.read() !== 0x7b) throw reader.error('Illegal character name escape sequence');
  const start = reader.cursor;
  while (reader.read() !== 0x7d) {
    if (reader.atEnd) throw reader.error('Unclosed character name escape sequence');
  }
  const name = textOfPoints(reader.points.slice(start, reader.cursor - 1));
  throw reader.error(`Unknown character name [${name}]`);
}
