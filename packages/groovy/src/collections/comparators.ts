/** Comparators: Java's objects, Groovy's lenient order, and how natives call either. */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { naturalOrder } from './natural-order.ts';

/** A Comparator made by native code: `Collections.reverseOrder()`, `String.CASE_INSENSITIVE_ORDER`, `new OrderBy(…)`. */
export class NativeComparator extends JavaObject {
  readonly compare: (rt: Runtime, a: Value, b: Value) => number;
  private readonly typeName: string;
  constructor(compare: (rt: Runtime, a: Value, b: Value) => number, typeName = 'java.util.Comparators$NaturalOrderComparator') {
    super();
    this.compare = compare;
    this.typeName = typeName;
  }
  get $type(): string {
    return this.typeName;
  }
}

/** Compares at once by a Comparator, a closure of two parameters, or, where it is null, in the natural order. */
export function compareBy(rt: Runtime, comparator: Value, a: Value, b: Value): number {
  if (comparator === null) return naturalOrder(rt, a, b);
  if (comparator instanceof NativeComparator) return comparator.compare(rt, a, b);
  return toInt(rt, rt.isCallable(comparator) ? rt.callSync(comparator, [a, b]) : rt.invokeSync(comparator, 'compare', [a, b]));
}

export function toInt(rt: Runtime, v: Value): number {
  return typeof v === 'number' ? v : (rt.cast(v, 'int') as number);
}

/** Groovy's NumberAwareComparator: `<=>` where it works, else an order by hash codes that is never equal but for equals. */
export function numberAware(rt: Runtime, a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  try {
    return rt.compare(a, b);
  } catch (e) {
    if (!(e instanceof JavaThrowable) || !LENIENT.has(e.typeName)) throw e;
  }
  const x = rt.hash(a),
    y = rt.hash(b);
  if (x === y && rt.javaEquals(a, b)) return 0;
  return x > y ? 1 : -1;
}
const LENIENT = new Set([
  'java.lang.ClassCastException',
  'java.lang.IllegalArgumentException',
  'groovy.lang.GroovyRuntimeException',
  'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
]);

/** How `unique`, `minus` and Groovy's `equals` of collections compare elements. */
export function coercedEquals(rt: Runtime, a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (a !== null && rt.instanceOf(a, 'java.lang.Comparable')) {
    if (b === null || !rt.instanceOf(b, 'java.lang.Comparable') || numberAware(rt, a, b) !== 0) return false;
  }
  return rt.equals(a, b);
}
