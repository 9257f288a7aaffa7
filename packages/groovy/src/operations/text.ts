/**
 * Values as text. Java's way (`str`: String.valueOf) and Groovy's (`format`: InvokerHelper.toString, which println and
 * GStrings use) differ for lists, maps and arrays: `{a=1}` and `[a:1]`, `[Ljava.lang.String;@1b` and `[x, y]`.
 */
import type { MapEntry } from '../collections/entry.ts';
import type { JavaMap } from '../collections/map.ts';
import { JavaArray } from '../collections/model.ts';
import type { Character } from '../numbers/boxes.ts';
import { StringWriter } from '../objects/writers.ts';
import { userMethod } from '../runtime/classes.ts';
import { AbstractClosure } from '../runtime/closure.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { type JavaObject, JavaThrowable } from '../runtime/values.ts';
import { collectionItems, isMap, isRange } from './shapes.ts';
import { throwableText } from './throwable-text.ts';

/** Deep enough for any real structure; a list that contains itself through another one would never end. */
const MAX_DEPTH = 1000;

/** Java's `String.valueOf(a)`. */
export function str(rt: Runtime, a: Value): string {
  switch (typeof a) {
    case 'string':
      return a;
    case 'number':
    case 'bigint':
      return a.toString();
    case 'boolean':
      return a ? 'true' : 'false';
  }
  if (a === null) return 'null';
  if (a instanceof JavaThrowable) return throwableText(rt, a);
  if (a.$class !== undefined && userMethod(a.$class, 'toString', 0)) {
    const text = rt.invokeSync(a, 'toString', []);
    return text === null ? 'null' : typeof text === 'string' ? text : str(rt, text);
  }
  return a.javaString(rt);
}

/** `InvokerHelper.toString(a)`: the text that println writes. A range is written by its elements, but within a list as `1..3`. */
export function format(rt: Runtime, a: Value): string {
  return isRange(a) ? formatItems(rt, a, a.items, false, 0) : formatNested(rt, a, false, 0);
}

/** `a.inspect()`: strings in single quotes with escapes, so that it reads as Groovy source. */
export function inspect(rt: Runtime, a: Value): string {
  return formatNested(rt, a, true, 0);
}

function formatNested(rt: Runtime, a: Value, verbose: boolean, depth: number): string {
  if (typeof a === 'string') return verbose ? quote(a) : a;
  if (a === null || typeof a !== 'object') return str(rt, a);
  if (a instanceof JavaThrowable) return str(rt, a);
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  if (a instanceof JavaArray) {
    if (a.component === 'char') return a.items.map((c) => (c as Character).text).join('');
    return formatItems(rt, a, a.items, verbose, depth);
  }
  if (isRange(a)) {
    if (!verbose) return str(rt, a);
    return rt.str(rt.invokeSync(a, 'inspect', []));
  }
  const items = collectionItems(a);
  if (items !== null) return formatItems(rt, a, items, verbose, depth);
  if (isMap(a)) return formatEntries(rt, a, verbose, depth);
  return str(rt, a);
}

function formatItems(rt: Runtime, whole: Value, items: readonly Value[], verbose: boolean, depth: number): string {
  let text = '[';
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Value;
    if (i > 0) text += ', ';
    text += item === whole ? '(this Collection)' : formatNested(rt, item, verbose, depth + 1);
  }
  rt.alloc(text.length);
  return `${text}]`;
}

function formatEntries(rt: Runtime, map: JavaMap, verbose: boolean, depth: number): string {
  const entries = map.entries();
  if (entries.length === 0) return '[:]';
  let text = '[';
  for (let i = 0; i < entries.length; i++) {
    const { key, value } = entries[i] as MapEntry;
    if (i > 0) text += ', ';
    text += `${formatNested(rt, key, verbose, depth + 1)}:`;
    text += value === map ? '(this Map)' : formatNested(rt, value, verbose, depth + 1);
  }
  rt.alloc(text.length);
  return `${text}]`;
}

function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\f', '\\f')
    .replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/** What a `${…}` writes: a closure without parameters is called for its value, one with a parameter gets a Writer. */
export function gstringPart(rt: Runtime, a: Value): string {
  if (typeof a === 'string') return a;
  if (!(a instanceof AbstractClosure)) return format(rt, a);
  switch (a.arity) {
    case 0:
      return format(rt, rt.callSync(a, []));
    case 1: {
      const writer = new StringWriter();
      rt.callSync(a, [writer]);
      return writer.text;
    }
    default:
      throw new JavaThrowable('groovy.lang.GroovyRuntimeException', `Trying to evaluate a GString containing a Closure taking ${a.arity} parameters`);
  }
}

/** `InvokerHelper.toMapString`. */
export function toMapString(rt: Runtime, map: JavaMap): string {
  return formatEntries(rt, map, false, 0);
}
/** `InvokerHelper.toListString`. */
export function toListString(rt: Runtime, list: JavaObject): string {
  return formatItems(rt, list, collectionItems(list) ?? [], false, 0);
}
