/**
 * Reading JSON as groovy.json.JsonSlurper of Groovy 2.4 does (its default, "char buffer" parser), with that parser's
 * tolerance, numbers and messages: it stops after the first value, forgives a comma before `}`, and lets whole numbers
 * beyond 64 bits wrap round. Objects come out sorted by key, as its LazyMap is on the Java versions in use.
 */
import { JavaList } from '../collections/model.ts';
import { TreeMap } from '../collections/tree-map.ts';
import { Long } from '../numbers/boxes.ts';
import { decimalOf } from '../numbers/decimal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';

export const LAZY_MAP = 'groovy.json.internal.LazyMap';
/** Nesting that Java's own recursion would not survive by much either. */
export const MAX_DEPTH = 1500;

export const jsonFailure = (message: string, cause: JavaThrowable | null = null): JavaThrowable =>
  new JavaThrowable('groovy.json.JsonException', message, cause);

function describe(code: number): string {
  const shown = code === 32 ? '[SPACE]' : code === 9 ? '[TAB]' : code === 10 ? '[NEWLINE]' : `'${String.fromCharCode(code)}'`;
  return `${shown} with an int value of ${code}`;
}

/** Throws JsonException, IllegalArgumentException for no text at all. */
export function parseJson(rt: Runtime, text: string | null): Value {
  if (text === null || text === '') throw new JavaThrowable('java.lang.IllegalArgumentException', 'Text must not be null or empty');
  rt.alloc(text.length);
  return new JsonParser(rt, text).value(0);
}

class JsonParser {
  readonly #rt: Runtime;
  readonly #text: string;
  #at = 0;
  /** The character that messages call the current one: the last that was looked at. */
  #current = 0;

  constructor(rt: Runtime, text: string) {
    this.#rt = rt;
    this.#text = text;
  }

  #charAt(index: number): number {
    if (index >= this.#text.length) {
      throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Index ${index} out of bounds for length ${this.#text.length}`);
    }
    return this.#text.charCodeAt(index);
  }
  /** The character that `skip` has found; a method, so that the compiler does not remember an older one. */
  #now(): number {
    return this.#current;
  }
  #skip(): void {
    if (this.#at + 1 < this.#text.length) this.#current = this.#charAt(this.#at);
    else if (this.#at < this.#text.length) this.#current = this.#text.charCodeAt(this.#at);
    if (this.#current > 32) return;
    let at = this.#at;
    while (at < this.#text.length && this.#text.charCodeAt(at) <= 32) at++;
    if (at >= this.#text.length) at = this.#text.length - 1;
    this.#at = at;
    this.#current = this.#charAt(at);
  }
  #fail(message: string, cause: JavaThrowable | null = null): JavaThrowable {
    const before = this.#text.slice(0, this.#at);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = before.split('\n').length;
    const lineEnd = this.#text.indexOf('\n', lineStart);
    const shown = this.#text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
    return jsonFailure(
      `${message}\n\nThe current character read is ${describe(this.#current)}\n${message}\nline number ${line}\n` +
        `index number ${this.#at}\n${shown}\n${'.'.repeat(Math.max(0, this.#at - lineStart))}^`,
      cause,
    );
  }

  value(depth: number): Value {
    if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
    this.#skip();
    switch (String.fromCharCode(this.#current)) {
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true, 'true not parsed properly');
      case 'f':
        return this.#word('false', false, 'false not parsed properly');
      case 'n':
        return this.#word('null', null, 'null not parse properly');
      case '[':
        return this.#array(depth);
      case '{':
        return this.#object(depth);
      default:
        if (this.#current === 45 || (this.#current >= 48 && this.#current <= 57)) return this.#number();
        throw this.#fail('Unable to determine the current character, it is not a string, number, array, or object');
    }
  }

  #word(word: string, value: Value, message: string): Value {
    const { length } = word;
    if (this.#at + length <= this.#text.length) {
      let same = 0;
      while (same < length && this.#text[this.#at + same] === word[same]) same++;
      if (same === length) {
        this.#at += length;
        return value;
      }
      this.#at += same;
    }
    throw this.#fail(message);
  }

  #object(depth: number): Value {
    if (this.#current === 123) this.#at++;
    const map = new TreeMap(null, LAZY_MAP);
    for (; this.#at < this.#text.length; this.#at++) {
      this.#skip();
      if (this.#current === 34) {
        const key = this.#string();
        this.#skip();
        if (this.#now() !== 58) throw this.#fail(`expecting current character to be ${describe(this.#current)}\n`);
        this.#at++;
        this.#skip();
        const value = this.value(depth + 1);
        this.#skip();
        map.put(this.#rt, key, value);
      }
      if (this.#now() === 125) {
        this.#at++;
        break;
      }
      if (this.#now() !== 44) throw this.#fail(`expecting '}' or ',' but got current char ${describe(this.#current)}`);
    }
    return map;
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    let ended = false;
    try {
      if (this.#current === 91) this.#at++;
      this.#skip();
      if (this.#current === 93) {
        this.#at++;
        return new JavaList(items);
      }
      while (this.#at + 1 < this.#text.length) {
        items.push(this.value(depth + 1));
        let c = this.#charAt(this.#at);
        if (c === 44) {
          this.#at++;
          continue;
        }
        if (c === 93) {
          this.#at++;
          ended = true;
          break;
        }
        const before = this.#at;
        this.#skip();
        c = this.#charAt(this.#at);
        if (c === 44) {
          this.#at++;
          continue;
        }
        if (c === 93 && before !== this.#at) {
          this.#at++;
          ended = true;
          break;
        }
        throw this.#fail(`expecting a ',' or a ']',  but got \nthe current character of  ${describe(c)}  on array index of ${items.length} \n`);
      }
    } catch (failure) {
      if (!(failure instanceof JavaThrowable) || failure.typeName.startsWith('groovy.json.') || failure.typeName.endsWith('Error')) throw failure;
      throw this.#fail('issue parsing JSON array', failure);
    }
    if (!ended) throw this.#fail('Did not find end of Json Array');
    return new JavaList(items);
  }

  #string(): string {
    const start = this.#text[this.#at] === '"' ? this.#at + 1 : this.#at;
    let end = start;
    let escaped = false;
    while (end < this.#text.length && this.#text[end] !== '"') {
      if (this.#text[end] === '\\') {
        escaped = true;
        end++;
      }
      end++;
    }
    if (end > this.#text.length) end = this.#text.length;
    const raw = this.#text.slice(start, end);
    const value = escaped ? unescape(raw) : raw;
    this.#at = end < this.#text.length ? end + 1 : end;
    return value;
  }

  #number(): Value {
    const from = this.#at;
    let at = from + (this.#text[from] === '-' ? 1 : 0);
    const die = (message: string): JavaThrowable => new JavaThrowable('groovy.json.internal.Exceptions$JsonInternalException', message);
    if (at >= this.#text.length) throw die('died');
    let whole = true,
      point = false;
    for (; at < this.#text.length; at++) {
      const c = this.#text[at] as string;
      if (c >= '0' && c <= '9') continue;
      if (c <= ' ' || c === ',' || c === '}' || c === ']') break;
      if (c === '.') {
        if (point) throw die(`unexpected character ${c}`);
        point = true;
        whole = false;
      } else if ('eE-+'.includes(c)) whole = false;
      else throw die(`unexpected character ${c}`);
    }
    const digits = this.#text.slice(from, at);
    this.#at = at;
    if (!whole) return decimalOf(digits);
    const limit = digits[0] === '-' ? '2147483648' : '2147483647';
    const small = digits.length < limit.length || (digits.length === limit.length && digits <= limit);
    if (digits === '-') return 0;
    return small ? Number(digits) | 0 : Long.of(BigInt(digits));
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', '/': '/', '"': '"', f: '\f', t: '\t', '\\': '\\', b: '\b', r: '\r' };

function unescape(raw: string): string {
  let out = '';
  for (let i = 0; i < raw.length; i++) {
    const c = raw[i] as string;
    if (c !== '\\') {
      out += c;
      continue;
    }
    const kind = raw[++i];
    if (kind === undefined) break;
    if (kind === 'u') {
      const hex = raw.slice(i + 1, i + 5);
      if (hex.length < 4) continue;
      if (!/^[+-]?[0-9a-fA-F]+$/.test(hex)) throw new JavaThrowable('java.lang.NumberFormatException', `For input string: "${hex}" under radix 16`);
      out += String.fromCharCode(Number.parseInt(hex, 16));
      i += 4;
    } else {
      const plain = ESCAPES[kind];
      if (plain === undefined) throw jsonFailure('Unable to decode string');
      out += plain;
    }
  }
  return out;
}
