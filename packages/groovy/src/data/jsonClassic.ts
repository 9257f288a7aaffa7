/** groovy.json.JsonSlurperClassic: the strict reader, whose maps are HashMaps; and the lexer that prettyPrint uses too. */
import { HashMap } from '../collections/hash-map.ts';
import { JavaList } from '../collections/model.ts';
import { Long } from '../numbers/boxes.ts';
import { decimalOf } from '../numbers/decimal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { jsonFailure, MAX_DEPTH } from './json.ts';

export type TokenType = '{' | '}' | '[' | ']' | ':' | ',' | 'null' | 'true' | 'false' | 'number' | 'string';
export interface JsonToken {
  readonly type: TokenType;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const LABELS: Readonly<Record<TokenType, string>> = {
  '{': "an openning curly brace '{'",
  '}': "a closing curly brace '}'",
  '[': "an openning square bracket '['",
  ']': "a closing square bracket ']'",
  ':': "a colon ':'",
  ',': "a comma ','",
  null: "the constant 'null'",
  true: "the constant 'true'",
  false: "the constant 'false'",
  number: 'a number',
  string: 'a string',
};
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const STRING = /^"(?:[^"\\]|\\["\\bfnrt/]|\\u[0-9a-fA-F]{4})*"$/;

export class JsonLexer {
  readonly #text: string;
  #at = 0;
  line = 1;
  column = 1;
  constructor(text: string) {
    this.#text = text;
  }

  #advance(count: number): void {
    for (let i = 0; i < count && this.#at < this.#text.length; i++) {
      if (this.#text[this.#at++] === '\n') {
        this.line++;
        this.column = 1;
      } else this.column++;
    }
  }
  #failed(read: string, type: TokenType): JavaThrowable {
    return jsonFailure(`Lexing failed on line: ${this.line}, column: ${this.column}, while reading '${read}', was trying to match ${LABELS[type]}`);
  }

  /** Null at the end, and where a string or a number has none. */
  next(): JsonToken | null {
    while (/[\s\u001c-\u001f]/.test(this.#text[this.#at] ?? '')) this.#advance(1);
    const first = this.#text[this.#at];
    if (first === undefined) return null;
    const { line, column } = this;
    const type: TokenType | null = '{}[]:,'.includes(first)
      ? (first as TokenType)
      : first === 't'
        ? 'true'
        : first === 'f'
          ? 'false'
          : first === 'n'
            ? 'null'
            : first === '"'
              ? 'string'
              : /[-\d]/.test(first)
                ? 'number'
                : null;
    if (type === null) {
      throw jsonFailure(
        `Lexing failed on line: ${line}, column: ${column}, while reading '${first}', no possible valid JSON value or punctuation could be recognized.`,
      );
    }
    const token = (text: string): JsonToken => ({ type, text, line, column });
    if (type === 'string') {
      let end = this.#at + 1;
      while (end < this.#text.length) {
        if (this.#text[end] === '\\') end++;
        else if (this.#text[end] === '"' && STRING.test(this.#text.slice(this.#at, end + 1))) break;
        else if (this.#text[end] === '"') return this.#end();
        end++;
      }
      if (end >= this.#text.length) return this.#end();
      const raw = this.#text.slice(this.#at, end + 1);
      this.#advance(raw.length);
      return token(unescape(raw));
    }
    if (type === 'number') {
      const raw = /^[-+.eE\d]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
      if (this.#at + raw.length >= this.#text.length) return this.#end();
      this.#advance(raw.length);
      if (!NUMBER.test(raw)) throw this.#failed(raw, type);
      return token(raw);
    }
    const read = this.#text.slice(this.#at, this.#at + type.length).padEnd(type.length, '\0');
    const actual = this.#text.slice(this.#at, this.#at + type.length).length;
    if (read === type) {
      this.#advance(type.length);
      return token(read);
    }
    this.#advance(actual);
    throw this.#failed(read, type);
  }
  #end(): null {
    this.#advance(this.#text.length - this.#at);
    return null;
  }
}

function unescape(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, hex: string | undefined, c: string) =>
    hex !== undefined
      ? String.fromCharCode(Number.parseInt(hex, 16))
      : c === 'n'
        ? '\n'
        : c === 't'
          ? '\t'
          : c === 'r'
            ? '\r'
            : c === 'b'
              ? '\b'
              : c === 'f'
                ? '\f'
                : c,
  );
}

/** The value of a token of a constant, number or string. */
function tokenValue(token: JsonToken): Value {
  switch (token.type) {
    case 'string':
      return token.text.slice(1, -1);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
  }
  if (/[.eE]/.test(token.text)) return decimalOf(token.text);
  const n = BigInt(token.text);
  return n >= -2_147_483_648n && n <= 2_147_483_647n ? Number(n) : BigInt.asIntN(64, n) === n ? Long.of(n) : n;
}
const isValue = (token: JsonToken): boolean => token.type.length > 1;

export function parseClassic(rt: Runtime, text: string | null): Value {
  if (text === null || text === '') throw new JavaThrowable('java.lang.IllegalArgumentException', 'The JSON input text should neither be null nor empty.');
  rt.alloc(text.length);
  const lexer = new JsonLexer(text);
  const token = lexer.next();
  if (token === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null');
  if (token.type === '{') return readObject(rt, lexer, 0);
  if (token.type === '[') return readArray(rt, lexer, 0);
  throw jsonFailure(
    `A JSON payload should start with ${LABELS['{']} or ${LABELS['[']}.\nInstead, '${token.text}' was found on line: ${token.line}, column: ${token.column}`,
  );
}

const where = (at: { line: number; column: number }, comma = ','): string => `on line: ${at.line}${comma} column: ${at.column}.\n`;

function readArray(rt: Runtime, lexer: JsonLexer, depth: number): Value {
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  const items: Value[] = [];
  for (;;) {
    let token = lexer.next();
    if (token === null) throw jsonFailure(`Expected a value ${where(lexer)}But got an unterminated array.`);
    if (token.type === '{') items.push(readObject(rt, lexer, depth + 1));
    else if (token.type === '[') items.push(readArray(rt, lexer, depth + 1));
    else if (isValue(token)) items.push(tokenValue(token));
    else if (token.type === ']') return new JavaList(items);
    else throw jsonFailure(`Expected a value, an array, or an object ${where(token)}But got '${token.text}' instead.`);
    token = lexer.next();
    if (token === null) throw jsonFailure(`Expected ${LABELS[']']} or ${LABELS[',']} ${where(lexer)}But got an unterminated array.`);
    if (token.type === ']') return new JavaList(items);
    if (token.type !== ',') throw jsonFailure(`Expected a value or ${LABELS[']']} ${where(token, '')}But got '${token.text}' instead.`);
  }
}

function readObject(rt: Runtime, lexer: JsonLexer, depth: number): Value {
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  const map = new HashMap();
  let key: string | null = null;
  for (;;) {
    let token = lexer.next();
    if (token === null) throw jsonFailure(`Expected a String key ${where(lexer)}But got an unterminated object.`);
    if (token.type === '}') return map;
    if (token.type !== 'string') throw jsonFailure(`Expected ${LABELS.string} key ${where(token)}But got '${token.text}' instead.`);
    key = token.text.slice(1, -1);
    token = lexer.next();
    if (token === null) throw jsonFailure(`Expected ${LABELS[':']} ${where(lexer)}But got an unterminated object.`);
    if (token.type !== ':') throw jsonFailure(`Expected ${LABELS[':']} ${where(token)}But got '${token.text}' instead.`);
    token = lexer.next();
    if (token === null) throw jsonFailure(`Expected a value ${where(lexer)}But got an unterminated object.`);
    if (token.type === '{') map.put(rt, key, readObject(rt, lexer, depth + 1));
    else if (token.type === '[') map.put(rt, key, readArray(rt, lexer, depth + 1));
    else if (isValue(token)) map.put(rt, key, tokenValue(token));
    else throw jsonFailure(`Expected a value, an array, or an object ${where(token)}But got '${token.text}' instead.`);
    token = lexer.next();
    if (token === null) throw jsonFailure(`Expected ${LABELS['}']} or ${LABELS[',']} ${where(lexer)}But got an unterminated object.`);
    if (token.type === '}') return map;
    if (token.type !== ',') throw jsonFailure(`Expected a value or ${LABELS['}']} ${where(token)}But got '${token.text}' instead.`);
  }
}
