/** What `for (x in v)` and the methods that Groovy gives every object walk over (`InvokerHelper.asIterator`). */
import { JavaMap } from '../collections/map.ts';
import { JavaArray, JavaCollection, JavaIterator } from '../collections/model.ts';
import { EntrySet } from '../collections/set.ts';
import { GroovyClass, userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject } from '../runtime/values.ts';

const NOTHING: readonly Value[] = [];

/**
 * Collections give their elements, maps their entries, arrays their elements, Strings their characters as Strings,
 * iterators and enumerations what is left of them, enum classes their constants, null nothing, and anything else itself.
 */
export function iterate(rt: Runtime, v: Value): Iterable<Value> {
  if (v === null) return NOTHING;
  if (typeof v === 'string') return characters(v);
  if (!(v instanceof JavaObject)) return [v];
  if (v instanceof JavaArray) return v.items;
  if (v instanceof GString) return characters(v.javaString(rt));
  if (v.$class !== undefined && userMethod(v.$class, 'iterator', 0)) return iterate(rt, rt.invokeSync(v, 'iterator', []));
  if (v instanceof JavaCollection) return new Walk(v.iterator(rt));
  if (v instanceof JavaMap) return new Walk(new EntrySet(v).iterator());
  if (v instanceof JavaIterator) return new Walk(v);
  if (v instanceof GroovyClass) return v.enumConstants ?? (v.kind === 'enum' ? iterate(rt, rt.invokeSync(v, 'values', [])) : [v]);
  if (rt.instanceOf(v, 'java.util.Iterator')) return walk(rt, v, 'hasNext', 'next');
  if (rt.instanceOf(v, 'java.util.Enumeration')) return walk(rt, v, 'hasMoreElements', 'nextElement');
  if (rt.instanceOf(v, 'java.util.regex.Matcher') || rt.instanceOf(v, 'java.lang.Iterable')) return iterate(rt, rt.invokeSync(v, 'iterator', []));
  return [v];
}

/** A Java iterator for JavaScript's loops; it throws ConcurrentModificationException where Java's does. */
class Walk implements Iterable<Value>, Iterator<Value> {
  private readonly source: JavaIterator;
  constructor(source: JavaIterator) {
    this.source = source;
  }
  [Symbol.iterator](): Iterator<Value> {
    return this;
  }
  next(): IteratorResult<Value> {
    return this.source.hasNext() ? { done: false, value: this.source.next() } : { done: true, value: null };
  }
}

function* walk(rt: Runtime, iterator: JavaObject, more: string, next: string): Generator<Value> {
  while (rt.truth(rt.invokeSync(iterator, more, []))) yield rt.invokeSync(iterator, next, []);
}

/** UTF-16 code units, each as a String. */
function characters(text: string): Value[] {
  const out: Value[] = [];
  for (let i = 0; i < text.length; i++) out.push(text[i] as string);
  return out;
}

/** `DefaultTypeTransformation.asCollection(v)` as a fresh array. */
export function elements(rt: Runtime, v: Value): Value[] {
  if (v instanceof JavaCollection && v.$class === undefined) return v.toArray();
  return [...iterate(rt, v)];
}
