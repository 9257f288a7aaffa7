/**
 * Numbers: `1`, `1_000`, `0xFF`, `0b1`, `017`, `1.5`, `1e3`, with the suffixes `i l g d f`.
 * A `.` belongs to a number only before a digit, so `1..3` is a range and `1.abs()` a call.
 */
import { isDigit, quoteCharacter, unexpectedCharacter } from './characters.ts';
import type { Lexer } from './lexer.ts';
import { LexerStop } from './lexer-stop.ts';
import { isHexDigit } from './source-text.ts';
import * as T from './tokens.ts';

/** Reads a number from its first digit on and gives its kind. */
export function readNumber(lexer: Lexer): number {
  const text = lexer.text;
  let decimal = true;
  if (text.charCodeAt(lexer.at) === 48) {
    const mark = text.charCodeAt(lexer.at + 1) | 32;
    if (mark === 120) {
      lexer.at += 2;
      readDigits(lexer, isHexDigit, "'0'..'9'");
      decimal = false;
    } else if (mark === 98) {
      lexer.at += 2;
      readDigits(lexer, isBinaryDigit, "'0'..'1'");
      decimal = false;
    } else if (leadsToFraction(text, lexer.at)) {
      readDigits(lexer, isDigit, "'0'..'9'");
    } else {
      lexer.at++;
      if (isOctalDigit(text.charCodeAt(lexer.at))) {
        readDigits(lexer, isOctalDigit, "'0'..'7'");
        decimal = false;
      }
    }
  } else {
    readDigits(lexer, isDigit, "'0'..'9'");
  }
  switch (text.charCodeAt(lexer.at) | 32) {
    case 108:
      lexer.at++;
      return T.NUM_LONG;
    case 105:
      lexer.at++;
      return T.NUM_INT;
    case 103:
      lexer.at++;
      return T.NUM_BIG_INT;
  }
  return decimal ? readFraction(lexer) : T.NUM_INT;
}

/** Digits with underscores between them; the first and the last are digits. */
function readDigits(lexer: Lexer, is: (c: number) => boolean, range: string): void {
  const text = lexer.text;
  if (!is(text.charCodeAt(lexer.at))) throw new LexerStop(unexpectedCharacter(text.charCodeAt(lexer.at)), lexer.at);
  let at = lexer.at + 1;
  let c = text.charCodeAt(at);
  while (is(c) || c === 95) c = text.charCodeAt(++at);
  lexer.at = at;
  if (text.charCodeAt(at - 1) === 95) throw new LexerStop(`expecting token in range: ${range}, found ${quoteCharacter(c)}`, at);
}

/** `.5`, `e10`, and what says the type behind them. */
function readFraction(lexer: Lexer): number {
  const text = lexer.text;
  let fraction = false;
  if (text.charCodeAt(lexer.at) === 46) {
    if (!isDigit(text.charCodeAt(lexer.at + 1))) return T.NUM_INT;
    lexer.at++;
    readDigits(lexer, isDigit, "'0'..'9'");
    fraction = true;
  }
  if ((text.charCodeAt(lexer.at) | 32) === 101) {
    lexer.at++;
    const sign = text.charCodeAt(lexer.at);
    if (sign === 43 || sign === 45) lexer.at++;
    readDigits(lexer, isDigit, "'0'..'9'");
    fraction = true;
  }
  switch (text.charCodeAt(lexer.at) | 32) {
    case 102:
      lexer.at++;
      return T.NUM_FLOAT;
    case 100:
      lexer.at++;
      return T.NUM_DOUBLE;
    case 103:
      if (fraction) {
        lexer.at++;
        return T.NUM_BIG_DECIMAL;
      }
  }
  return fraction ? T.NUM_DOUBLE : T.NUM_INT;
}

/** Whether a number that starts with 0 is a decimal fraction (`09.5`, `01e3`, `0f`) rather than octal. */
function leadsToFraction(text: string, at: number): boolean {
  let c = text.charCodeAt(at);
  while (isDigit(c) || c === 95) c = text.charCodeAt(++at);
  if (text.charCodeAt(at - 1) === 95) return false;
  if (c === 46) return isDigit(text.charCodeAt(at + 1));
  c |= 32;
  if (c === 102 || c === 100) return true;
  if (c !== 101) return false;
  const next = text.charCodeAt(at + 1);
  return isDigit(next) || ((next === 43 || next === 45) && isDigit(text.charCodeAt(at + 2)));
}

function isOctalDigit(c: number): boolean {
  return c >= 48 && c <= 55;
}

function isBinaryDigit(c: number): boolean {
  return c === 48 || c === 49;
}
