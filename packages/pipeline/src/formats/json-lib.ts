/**
 * JSON as net.sf.json reads and writes it, which `readJSON` and `writeJSON` are made of: objects are maps in their order
 * whose text is JSON, and it forgives single quotes, words without quotes and `;` between members.
 */

import type { NativeClass, Runtime, Value } from '@millrace/groovy';
import { Double, Float, GString, JavaArray, JavaList, JavaMap, JavaObject, JavaSet, JavaThrowable, Long } from '@millrace/groovy';

export class JsonObject extends JavaMap {
  override get $type(): string {
    return 'net.sf.json.JSONObject';
  }
  override javaString(rt: Runtime): string {
    return writeJson(rt, this, 0);
  }
}
export class JsonArray extends JavaList {
  override get $type(): string {
    return 'net.sf.json.JSONArray';
  }
  override javaString(rt: Runtime): string {
    return writeJson(rt, this, 0);
  }
}
/** `null` of a text: not Groovy's null, though equal to it for Java. */
export class JsonNull extends JavaObject {
  get $type(): string {
    return 'net.sf.json.JSONNull';
  }
  override javaString(): string {
    return 'null';
  }
  override javaHash(): number {
    return 42 + 4;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other === null || other instanceof JsonNull;
  }
}

export const JSON_CLASSES: readonly NativeClass[] = [
  {
    name: 'net.sf.json.JSONObject',
    interfaces: ['java.util.Map', 'java.lang.Comparable'],
    methods: {
      'toString()': (rt, self: JsonObject) => writeJson(rt, self, 0),
      'isArray()': () => false,
      'isNullObject()': () => false,
      'has(java.lang.String)': (rt, self: JsonObject, key: string) => self.has(rt, key),
      'getString(java.lang.String)': (rt, self: JsonObject, key: string) => rt.str(needed(rt, self, key)),
      'optString(java.lang.String)': (rt, self: JsonObject, key: string) => (self.has(rt, key) ? rt.str(self.get(rt, key)) : ''),
      'optString(java.lang.String, java.lang.String)': (rt, self: JsonObject, key: string, other: string) =>
        self.has(rt, key) ? rt.str(self.get(rt, key)) : other,
      'getJSONObject(java.lang.String)': (rt, self: JsonObject, key: string) => needed(rt, self, key),
      'getJSONArray(java.lang.String)': (rt, self: JsonObject, key: string) => needed(rt, self, key),
      'toString(int)': (rt, self: JsonObject, indent: number) => writeJson(rt, self, indent),
    },
  },
  {
    name: 'net.sf.json.JSONArray',
    interfaces: ['java.util.List', 'java.lang.Comparable'],
    methods: {
      'toString()': (rt, self: JsonArray) => writeJson(rt, self, 0),
      'isArray()': () => true,
      'toString(int)': (rt, self: JsonArray, indent: number) => writeJson(rt, self, indent),
    },
  },
  { name: 'net.sf.json.JSONNull' },
];

function failure(message: string): JavaThrowable {
  return new JavaThrowable('net.sf.json.JSONException', message);
}
function needed(rt: Runtime, object: JsonObject, key: string): Value {
  if (!object.has(rt, key)) throw failure(`JSONObject["${key}"] not found.`);
  return object.get(rt, key);
}

/** Throws JSONException. */
export function readJson(rt: Runtime, text: string): Value {
  const trimmed = text.trim();
  if (trimmed.startsWith('null')) return new JsonNull();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) throw failure('Invalid JSON String');
  const reader = new Reader(rt, trimmed);
  return reader.value(0);
}

/** Without the classes of net.sf.json: LinkedHashMap, ArrayList, null. */
export function toPojo(rt: Runtime, value: Value): Value {
  if (value instanceof JsonNull) return null;
  if (value instanceof JsonArray) return new JavaList(value.items.map((v) => toPojo(rt, v)));
  if (value instanceof JsonObject) {
    const map = new JavaMap();
    for (const e of value.entries()) map.put(rt, e.key, toPojo(rt, e.value));
    return map;
  }
  return value;
}

const MAX_DEPTH = 1000;
const ENDS = ',:]}/\\"[{;=#';

class Reader {
  private readonly rt: Runtime;
  private readonly text: string;
  private at = 0;
  constructor(rt: Runtime, text: string) {
    this.rt = rt;
    this.text = text;
  }

  private fail(message: string): JavaThrowable {
    return failure(`${message} at character ${this.at} of ${this.text}`);
  }
  /** The next character that is no space or comment; '' at the end. */
  private peek(): string {
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) return '';
      if (c <= ' ') this.at++;
      else if (c === '/' && this.text[this.at + 1] === '/') this.to('\n');
      else if (c === '/' && this.text[this.at + 1] === '*') this.to('*/');
      else if (c === '#') this.to('\n');
      else return c;
    }
  }
  private to(mark: string): void {
    const end = this.text.indexOf(mark, this.at + 1);
    this.at = end < 0 ? this.text.length : end + mark.length;
  }

  value(depth: number): Value {
    if (depth > MAX_DEPTH) throw this.fail('JSON is nested too deeply');
    switch (this.peek()) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
      case "'":
        return this.quoted();
      default:
        return this.word();
    }
  }
  private object(depth: number): Value {
    const map = new JsonObject();
    this.at++;
    for (;;) {
      const c = this.peek();
      if (c === '') throw this.fail("A JSONObject text must end with '}'");
      if (c === '}') {
        this.at++;
        return map;
      }
      const key = c === '"' || c === "'" ? this.quoted() : this.rt.str(this.word());
      const mark = this.peek();
      if (mark === '=') this.at += this.text[this.at + 1] === '>' ? 2 : 1;
      else if (mark === ':') this.at++;
      else throw this.fail("Expected a ':' after a key");
      map.put(this.rt, key, this.value(depth + 1));
      const next = this.peek();
      if (next === ',' || next === ';') this.at++;
      else if (next !== '}') throw this.fail("Expected a ',' or '}'");
    }
  }
  private array(depth: number): Value {
    const items: Value[] = [];
    this.at++;
    for (;;) {
      const c = this.peek();
      if (c === '') throw this.fail("A JSONArray text must end with ']'");
      if (c === ']') {
        this.at++;
        return new JsonArray(items);
      }
      if (c === ',') {
        this.at++;
        items.push(new JsonNull());
        continue;
      }
      items.push(this.value(depth + 1));
      const next = this.peek();
      if (next === ',' || next === ';') this.at++;
      else if (next !== ']') throw this.fail("Expected a ',' or ']'");
    }
  }
  private quoted(): string {
    const quote = this.text[this.at++] as string;
    let out = '';
    for (;;) {
      const c = this.text[this.at++];
      if (c === undefined || c === '\n' || c === '\r') throw this.fail('Unterminated string');
      if (c === quote) return out;
      if (c !== '\\') {
        out += c;
        continue;
      }
      const e = this.text[this.at++] ?? '';
      switch (e) {
        case 'b':
          out += '\b';
          break;
        case 't':
          out += '\t';
          break;
        case 'n':
          out += '\n';
          break;
        case 'f':
          out += '\f';
          break;
        case 'r':
          out += '\r';
          break;
        case 'u':
          out += String.fromCharCode(Number.parseInt(this.text.slice(this.at, this.at + 4), 16));
          this.at += 4;
          break;
        default:
          out += e;
      }
    }
  }
  private word(): Value {
    const start = this.at;
    while (this.at < this.text.length && (this.text[this.at] as string) >= ' ' && !ENDS.includes(this.text[this.at] as string)) this.at++;
    const word = this.text.slice(start, this.at).trim();
    if (word === '') throw this.fail('Missing value.');
    const lower = word.toLowerCase();
    if (lower === 'true') return true;
    if (lower === 'false') return false;
    if (lower === 'null') return new JsonNull();
    if (/^[+-]?\d+$/.test(word)) {
      const n = BigInt(word);
      if (n === BigInt.asIntN(32, n)) return Number(n);
      return n === BigInt.asIntN(64, n) ? Long.of(n) : n;
    }
    if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) return new Double(Number(word));
    return word;
  }
}

/** `indent` 0: on one line. */
export function writeJson(rt: Runtime, value: Value, indent: number, margin = 0): string {
  if (value === null || value instanceof JsonNull) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof GString) return quote(rt.str(value));
  if (value instanceof Double || value instanceof Float) {
    // `JSONUtils.numberToString`: a whole double loses its `.0`.
    const text = rt.str(value);
    return text.includes('.') && !/[eE]/.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  }
  if (value instanceof JavaMap) {
    const entries = value.entries();
    if (entries.length === 0) return '{}';
    const parts = entries.map((e) => `${quote(rt.str(e.key))}:${indent > 0 ? ' ' : ''}${writeJson(rt, e.value, indent, margin + indent)}`);
    if (indent === 0) return `{${parts.join(',')}}`;
    if (parts.length === 1) return `{${parts[0]}}`;
    const space = ' '.repeat(margin + indent);
    return `{\n${parts.map((p) => space + p).join(',\n')}\n${' '.repeat(margin)}}`;
  }
  if (value instanceof JavaList || value instanceof JavaArray || value instanceof JavaSet) {
    const items = value instanceof JavaSet ? value.toArray() : value.items;
    if (items.length === 0) return '[]';
    const parts = items.map((item) => writeJson(rt, item, indent, margin + indent));
    if (indent === 0) return `[${parts.join(',')}]`;
    if (parts.length === 1) return `[${parts[0]}]`;
    const space = ' '.repeat(margin + indent);
    return `[\n${parts.map((p) => space + p).join(',\n')}\n${' '.repeat(margin)}]`;
  }
  const text = rt.str(value);
  return rt.instanceOf(value, 'java.lang.Number') ? text : quote(text);
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('</', '<\\/');
}
