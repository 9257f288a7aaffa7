/**
 * Groovy's `<=>` and the ordering operators, after `DefaultTypeTransformation.compareTo`: null first, numbers by value
 * across their types, characters and one-letter strings as each other, everything else by its own `compareTo`.
 */
import { compareNumbers } from '../numbers/arithmetic.ts';
import { Character } from '../numbers/boxes.ts';
import { isNumber } from '../numbers/number-values.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject, JavaThrowable } from '../runtime/values.ts';
import { javaClassName, nameOfClass } from './class-names.ts';

/** The order of Strings in Java: by UTF-16 code unit, then by length, with the difference as the answer. */
export function compareStrings(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const d = a.charCodeAt(i) - b.charCodeAt(i);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

/** `a <=> b` in Groovy: -1, 0 or 1. */
export function compare(rt: Runtime, a: Value, b: Value): number {
  return Math.sign(difference(rt, a, b));
}

/** `DefaultTypeTransformation.compareTo`: whatever the classes' own compareTo answers. */
function difference(rt: Runtime, a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : 1;
  if (a === null) return -1;
  if (b === null) return 1;
  const mixed = compareAcrossTypes(rt, a, b);
  if (mixed !== undefined) return mixed;
  if (isComparable(rt, a)) return compareTo(rt, a, b);
  throw new JavaThrowable(
    'groovy.lang.GroovyRuntimeException',
    `Cannot compare ${nameOfClass(rt, a)} with value '${rt.str(a)}' and ${nameOfClass(rt, b)} with value '${rt.str(b)}'`,
  );
}

/** The comparisons that Groovy makes itself, whatever the classes' own compareTo says; undefined where it makes none. */
export function compareAcrossTypes(rt: Runtime, a: Value, b: Value): number | undefined {
  if (isNumber(a)) {
    if (isNumber(b)) return compareNumbers(a, b);
    if (b instanceof Character) return compareNumbers(a, b.code);
    if (typeof b === 'string' && b.length === 1) return compareNumbers(a, b.charCodeAt(0));
  } else if (a instanceof Character) {
    if (b instanceof Character) return a.code - b.code;
    if (typeof b === 'string' && b.length === 1) return a.code - b.charCodeAt(0);
    if (isNumber(b)) return compareNumbers(a.code, b);
  } else if (typeof a === 'string') {
    if (typeof b === 'string') return compareStrings(a, b);
    if (isNumber(b)) return a.length === 1 ? compareNumbers(a.charCodeAt(0), b) : undefined;
    if (b instanceof Character) return compareStrings(a, b.text);
    if (b instanceof GString) return compareStrings(a, rt.str(b));
  }
  return undefined;
}

/** Whether the value's class implements Comparable. */
export function isComparable(rt: Runtime, a: Value): boolean {
  switch (typeof a) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return true;
  }
  if (a === null) return false;
  if (a instanceof JavaObject && a.javaCompare !== undefined) return true;
  return a.$class !== undefined ? rt.instanceOf(a, 'java.lang.Comparable') : false;
}

/** `a.compareTo(b)`, for an `a` that is Comparable; a ClassCastException where `b` is of another kind. `last`: no method of the class has taken it. */
export function compareTo(rt: Runtime, a: Value, b: Value, last = false): number {
  if (a !== null && typeof a === 'object' && a.$class !== undefined && userMethod(a.$class, 'compareTo', 1)) {
    const answer = rt.invokeSync(a, 'compareTo', [b]);
    return typeof answer === 'number' ? answer : (rt.cast(answer, 'int') as number);
  }
  if (b === null) throw new JavaThrowable('java.lang.NullPointerException');
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b ? 0 : a ? 1 : -1;
  if (isNumber(a) && isNumber(b) && nameOfClass(rt, a) === nameOfClass(rt, b)) return compareNumbers(a, b);
  if (a instanceof Character && b instanceof Character) return a.code - b.code;
  if (a instanceof JavaObject && a.javaCompare !== undefined && !isNumber(a)) return a.javaCompare(rt, b);
  // Enum constants of scripts, and proxies: by the method their class inherits.
  if (!last && a !== null && typeof a === 'object' && a.$class !== undefined && isComparable(rt, a)) return rt.invokeSync(a, 'compareTo', [b]) as number;
  throw new JavaThrowable('java.lang.ClassCastException', castText(rt, b, isComparable(rt, a) ? rt.classOf(a) : null));
}

/** Java 17's sentence, which tells modules too. */
function castText(rt: Runtime, from: Value, to: GroovyClass | null): string {
  const a = nameOfClass(rt, from),
    b = to === null ? 'java.lang.Comparable' : javaClassName(to.name);
  const fromScript = rt.classOf(from).isScriptCode,
    toScript = to?.isScriptCode;
  if (fromScript || toScript) return `class ${a} cannot be cast to class ${b}`;
  return `class ${a} cannot be cast to class ${b} (${a} and ${b} are in module java.base of loader 'bootstrap')`;
}

/**
 * The order by which `sort()`, `max()`, `unique()` and their like compare (`NumberAwareComparator`): as `<=>`, and
 * by hash code where `<=>` fails, so that mixed lists sort at all.
 */
export function compareLeniently(rt: Runtime, a: Value, b: Value): number {
  try {
    return compare(rt, a, b);
  } catch (failure) {
    if (
      !(failure instanceof JavaThrowable) ||
      (failure.typeName !== 'groovy.lang.GroovyRuntimeException' && failure.typeName !== 'java.lang.ClassCastException')
    )
      throw failure;
  }
  const x = rt.hash(a),
    y = rt.hash(b);
  if (x === y && rt.javaEquals(a, b)) return 0;
  return x > y ? 1 : -1;
}
