/** `((Comparable) a).compareTo(b)`, as Java's sorted collections call it; Groovy's own `<=>` is more lenient (`rt.compare`). */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { nullPointer } from './failures.ts';

export function naturalOrder(rt: Runtime, a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (a === null) throw nullPointer();
  if (a instanceof JavaObject && a.$class !== undefined) {
    if (rt.instanceOf(a, 'java.lang.Comparable')) return rt.invokeSync(a, 'compareTo', [b]) as number;
    throw notComparable(rt, a);
  }
  if (b === null) throw nullPointer();
  if (rt.classOf(a) === rt.classOf(b)) {
    if (rt.instanceOf(a, 'java.lang.Comparable')) return rt.compare(a, b);
    throw notComparable(rt, a);
  }
  if (rt.instanceOf(a, 'groovy.lang.GString')) return rt.compare(a, b);
  if (!rt.instanceOf(a, 'java.lang.Comparable')) throw notComparable(rt, a);
  throw classCast(rt, b, rt.classOf(a).name);
}

function notComparable(rt: Runtime, a: Value): JavaThrowable {
  return classCast(rt, a, 'java.lang.Comparable');
}
/** Java 17's ClassCastException. */
export function classCast(rt: Runtime, v: Value, to: string): JavaThrowable {
  const from = rt.classOf(v);
  const where = from.isScriptCode
    ? `${from.name} is in unnamed module of loader groovy.lang.GroovyClassLoader$InnerLoader; ${to} is in module java.base of loader 'bootstrap'`
    : `${from.name} and ${to} are in module java.base of loader 'bootstrap'`;
  return new JavaThrowable('java.lang.ClassCastException', `class ${from.name} cannot be cast to class ${to} (${where})`);
}

/** `String.compareTo`: the difference of the first code units that differ, else of the lengths. */
export function compareStrings(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const d = a.charCodeAt(i) - b.charCodeAt(i);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}
