/** groovy.json.JsonOutput: values as JSON, and JSON laid out for people. */
import { JavaMap } from '../collections/map.ts';
import { JavaArray, JavaCollection, JavaIterator } from '../collections/model.ts';
import { BigDecimal, Byte, Character, Double, Float, Long, Short } from '../numbers/boxes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject, JavaThrowable } from '../runtime/values.ts';
import { JavaCalendar } from '../time/calendar.ts';
import { formatDate, JavaDate } from '../time/date.ts';
import { fixedTimeZone } from '../time/timeZone.ts';
import { jsonFailure, MAX_DEPTH } from './json.ts';
import { JsonLexer } from './jsonClassic.ts';
import { closureContent } from './jsonDelegate.ts';

/** `JsonOutput.unescaped(text)`: written as it is. */
export class JsonUnescaped extends JavaObject {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  get $type(): string {
    return 'groovy.json.JsonOutput$JsonUnescaped';
  }
  override javaString(): string {
    return this.text;
  }
}

/** A String in quotes. What is outside of ASCII, and DEL, is escaped, as Groovy 2.4 does. */
export function jsonString(text: string): string {
  let out = '"';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const code = text.charCodeAt(i);
    if (c === '"' || c === '\\') out += `\\${c}`;
    else if (code >= 32 && code < 127) out += c;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (c === '\b') out += '\\b';
    else if (c === '\f') out += '\\f';
    else out += `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return `${out}"`;
}

function jsonNumber(rt: Runtime, value: Value): string {
  if (value instanceof Double || value instanceof Float) {
    if (Number.isNaN(value.n)) throw jsonFailure("Number NaN can't be serialized as JSON: NaN are not allowed in JSON.");
    if (!Number.isFinite(value.n)) throw jsonFailure(`Number ${rt.str(value)} can't be serialized as JSON: infinite are not allowed in JSON.`);
  }
  return rt.str(value);
}

export function jsonDate(rt: Runtime, ms: number): string {
  return `"${formatDate(rt, { ms }, "yyyy-MM-dd'T'HH:mm:ssZ", fixedTimeZone(0))}"`;
}

/** Any value as JSON. Throws JsonException, IllegalArgumentException for a null key. */
export function toJson(rt: Runtime, value: Value, depth = 0): string {
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return jsonString(value);
    case 'boolean':
      return String(value);
    case 'number':
    case 'bigint':
      return String(value);
  }
  if (value instanceof GString) return jsonString(rt.str(value));
  if (value instanceof JsonUnescaped) return value.text;
  if (value instanceof Character) return jsonString(value.text);
  if (
    value instanceof Long ||
    value instanceof BigDecimal ||
    value instanceof Double ||
    value instanceof Float ||
    value instanceof Short ||
    value instanceof Byte
  ) {
    return jsonNumber(rt, value);
  }
  if (value instanceof JavaDate) return jsonDate(rt, value.ms);
  if (value instanceof JavaCalendar) return jsonDate(rt, value.ms);
  if (value instanceof JavaMap) return jsonMap(rt, value, depth);
  if (value instanceof JavaArray) {
    if (value.component === 'char') return jsonString(value.items.map((c) => (c as Character).text).join(''));
    return jsonItems(rt, value.items, depth);
  }
  if (value instanceof JavaCollection || value instanceof JavaIterator) return jsonItems(rt, rt.iterate(value), depth);
  if (rt.instanceOf(value, 'groovy.lang.Closure')) return toJson(rt, closureContent(rt, value, []), depth + 1);
  if (rt.instanceOf(value, 'java.lang.CharSequence') || rt.instanceOf(value, 'java.util.UUID') || rt.instanceOf(value, 'java.net.URL'))
    return jsonString(rt.str(value));
  if (rt.instanceOf(value, 'groovy.util.Expando')) return toJson(rt, rt.invokeSync(value, 'getProperties', []), depth);
  if (rt.instanceOf(value, 'java.lang.Enum')) return jsonString(rt.str(rt.invokeSync(value, 'name', [])));
  if (rt.instanceOf(value, 'java.lang.Number')) return rt.str(value);
  if (rt.instanceOf(value, 'java.lang.Iterable') || rt.instanceOf(value, 'java.util.Iterator') || rt.instanceOf(value, 'java.util.Enumeration')) {
    return jsonItems(rt, rt.iterate(value), depth);
  }
  return jsonBean(rt, value, depth);
}

function jsonItems(rt: Runtime, items: Iterable<Value>, depth: number): string {
  const parts: string[] = [];
  for (const item of items) parts.push(toJson(rt, item, depth + 1));
  return charged(rt, `[${parts.join(',')}]`);
}
export function jsonMap(rt: Runtime, map: JavaMap, depth = 0): string {
  const parts = map.entries().map((entry) => {
    if (entry.key === null) throw new JavaThrowable('java.lang.IllegalArgumentException', "Maps with null keys can't be converted to JSON");
    return `${jsonString(rt.str(entry.key))}:${toJson(rt, entry.value, depth + 1)}`;
  });
  return charged(rt, `{${parts.join(',')}}`);
}
/** An object of another class by its properties. */
function jsonBean(rt: Runtime, value: Value, depth: number): string {
  const properties = rt.invokeSync(value, 'getProperties', []);
  if (!(properties instanceof JavaMap)) return jsonString(rt.str(value));
  const hidden = new Set<Value>(['class', 'declaringClass', 'metaClass']);
  const parts = properties
    .entries()
    .filter((entry) => !hidden.has(entry.key))
    .map((entry) => `${jsonString(rt.str(entry.key))}:${toJson(rt, entry.value, depth + 1)}`);
  return charged(rt, `{${parts.join(',')}}`);
}
function charged(rt: Runtime, text: string): string {
  rt.alloc(text.length);
  return text;
}

/** Four blanks a level, a line for every member; of several values after each other each is kept. */
export function prettyPrint(rt: Runtime, json: string): string {
  rt.alloc(json.length);
  const lexer = new JsonLexer(json);
  let level = 0;
  let out = '';
  const line = (): string => {
    rt.alloc(level * 4);
    return `\n${' '.repeat(level * 4)}`;
  };
  for (let token = lexer.next(); token !== null; token = lexer.next()) {
    switch (token.type) {
      case '{':
      case '[':
        level++;
        out += token.text + line();
        break;
      case '}':
      case ']':
        level = Math.max(0, level - 1);
        out += line() + token.text;
        break;
      case ',':
        out += `,${line()}`;
        break;
      case ':':
        out += ': ';
        break;
      case 'string':
        out += jsonString(token.text.slice(1, -1));
        break;
      default:
        out += token.text;
    }
  }
  return out;
}
