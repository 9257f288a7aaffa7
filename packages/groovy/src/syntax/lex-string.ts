/**
 * The inside of strings: from behind the opening quote (or a value) to the closing quote or the next value.
 *
 * Most strings hold neither escapes nor values; for them the text is one slice of the source.
 */
import { isJavaIdentifierStart, quoteCharacter, unexpectedCharacter } from './characters.ts';
import type { Lexer } from './lexer.ts';
import { LexerStop } from './lexer-stop.ts';

export const SINGLE = 1;
export const TRIPLE_SINGLE = 2;
export const DOUBLE = 3;
export const TRIPLE_DOUBLE = 4;
export const SLASHY = 5;
export const DOLLAR_SLASHY = 6;

export interface StringPart {
  readonly text: string;
  /** Whether the string ended; else a value follows, and the lexer stands behind its `$`. */
  readonly ended: boolean;
}

export function readString(lexer: Lexer, mode: number): StringPart {
  switch (mode) {
    case SINGLE:
      return readQuoted(lexer, 39, false, false);
    case TRIPLE_SINGLE:
      return readQuoted(lexer, 39, true, false);
    case DOUBLE:
      return readQuoted(lexer, 34, false, true);
    case TRIPLE_DOUBLE:
      return readQuoted(lexer, 34, true, true);
    case SLASHY:
      return readSlashy(lexer);
    default:
      return readDollarSlashy(lexer);
  }
}

function readQuoted(lexer: Lexer, quote: number, triple: boolean, values: boolean): StringPart {
  const source = lexer.text;
  let text = '';
  let from = lexer.at;
  let at = from;
  for (;;) {
    const c = source.charCodeAt(at);
    if (c === quote) {
      if (!triple || (source.charCodeAt(at + 1) === quote && source.charCodeAt(at + 2) === quote)) {
        text += source.slice(from, at);
        lexer.at = at + (triple ? 3 : 1);
        return { text, ended: true };
      }
      at++;
    } else if (c === 92) {
      text += source.slice(from, at);
      lexer.at = at;
      text += readEscape(lexer);
      from = at = lexer.at;
    } else if (c === 10 || c === 13) {
      if (!triple) throw new LexerStop(values ? "expecting anything but ''\\n''; got it anyway" : `expecting ''', found ${quoteCharacter(c)}`, at);
      text += source.slice(from, at);
      from = at = readLineEnd(lexer, at);
      text += '\n';
    } else if (c === 36 && values) {
      if (!startsValue(source, at)) {
        lexer.at = at + 1;
        throw new LexerStop(
          'illegal string body character after dollar sign;\n' +
            '   solution: either escape a literal dollar sign "\\$5" or bracket the value expression "${5}"',
          at + 1,
          true,
        );
      }
      text += source.slice(from, at);
      lexer.at = at + 1;
      return { text, ended: false };
    } else if (Number.isNaN(c)) {
      throw new LexerStop(values ? unexpectedCharacter(c) : `expecting ''', found ${quoteCharacter(c)}`, at);
    } else {
      at++;
    }
  }
}

/** Reads `\n`, `\101`, a backslash before a line's end, … and gives what stands for it. */
function readEscape(lexer: Lexer): string {
  const source = lexer.text;
  const at = lexer.at;
  const c = source.charCodeAt(at + 1);
  lexer.at = at + 2;
  switch (c) {
    case 110:
      return '\n';
    case 114:
      return '\r';
    case 116:
      return '\t';
    case 98:
      return '\b';
    case 102:
      return '\f';
    case 34:
      return '"';
    case 39:
      return "'";
    case 92:
      return '\\';
    case 36:
      return '$';
    case 10:
    case 13:
      readLineEnd(lexer, at + 1);
      return '';
  }
  if (!(c >= 48 && c <= 55)) {
    lexer.at = at;
    throw new LexerStop(unexpectedCharacter(92), at);
  }
  // Octal: up to three digits, the value up to 255.
  let value = c - 48;
  const most = c <= 51 ? 2 : 1;
  for (let i = 0; i < most; i++) {
    const digit = source.charCodeAt(lexer.at);
    if (!(digit >= 48 && digit <= 55)) break;
    value = value * 8 + digit - 48;
    lexer.at++;
  }
  return String.fromCharCode(value);
}

function readSlashy(lexer: Lexer): StringPart {
  const source = lexer.text;
  let text = '';
  let from = lexer.at;
  let at = from;
  for (;;) {
    const c = source.charCodeAt(at);
    if (c === 47) {
      text += source.slice(from, at);
      lexer.at = at + 1;
      return { text, ended: true };
    }
    if (c === 92) {
      const next = source.charCodeAt(at + 1);
      if (next === 47) {
        text += source.slice(from, at);
        from = at + 1;
        at += 2;
      } else if (next === 10 || next === 13) {
        text += source.slice(from, at);
        from = at = readLineEnd(lexer, at + 1);
      } else {
        at++;
      }
    } else if (c === 10 || c === 13) {
      text += source.slice(from, at);
      from = at = readLineEnd(lexer, at);
      text += '\n';
    } else if (c === 36 && startsValue(source, at)) {
      text += source.slice(from, at);
      lexer.at = at + 1;
      return { text, ended: false };
    } else if (Number.isNaN(c)) {
      throw new LexerStop(unexpectedCharacter(c), at);
    } else {
      at++;
    }
  }
}

function readDollarSlashy(lexer: Lexer): StringPart {
  const source = lexer.text;
  let text = '';
  let from = lexer.at;
  let at = from;
  for (;;) {
    const c = source.charCodeAt(at);
    if (c === 47 && source.charCodeAt(at + 1) === 36) {
      text += source.slice(from, at);
      lexer.at = at + 2;
      return { text, ended: true };
    }
    if (c === 36) {
      const next = source.charCodeAt(at + 1);
      if (next === 47 || next === 36) {
        text += source.slice(from, at);
        from = at + 1;
        at += 2;
      } else if (startsValue(source, at)) {
        text += source.slice(from, at);
        lexer.at = at + 1;
        return { text, ended: false };
      } else {
        at++;
      }
    } else if (c === 92 && (source.charCodeAt(at + 1) === 10 || source.charCodeAt(at + 1) === 13)) {
      text += source.slice(from, at);
      from = at = readLineEnd(lexer, at + 1);
    } else if (c === 10 || c === 13) {
      text += source.slice(from, at);
      from = at = readLineEnd(lexer, at);
      text += '\n';
    } else if (Number.isNaN(c)) {
      throw new LexerStop(unexpectedCharacter(c), at);
    } else {
      at++;
    }
  }
}

/** Moves behind the line's end at `at`, whichever of the three kinds it is. */
function readLineEnd(lexer: Lexer, at: number): number {
  lexer.at = at + (lexer.text.charCodeAt(at) === 13 && lexer.text.charCodeAt(at + 1) === 10 ? 2 : 1);
  lexer.newline();
  return lexer.at;
}

/** `${` or `$name`; `$$` and `$5` are none. */
function startsValue(source: string, at: number): boolean {
  const c = source.charCodeAt(at + 1);
  return c === 123 || (c !== 36 && isJavaIdentifierStart(c));
}
