/** `==` of Groovy (`DefaultTypeTransformation.compareEqual`) and `equals` of Java. */

import type { JavaMap } from '../collections/map.ts';
import { JavaArray } from '../collections/model.ts';
import { isNumber } from '../numbers/number-values.ts';
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject, JavaThrowable } from '../runtime/values.ts';
import { compareAcrossTypes, compareTo, isComparable } from './compare.ts';
import { isEntry, isMap, isSet, listItems } from './shapes.ts';

/**
 * Groovy's `a == b`. Comparable objects are equal when compareTo gives 0 (so 1 == 1.0), collections and arrays when
 * their elements are equal by this same rule, everything else by its `equals`.
 */
export function groovyEquals(rt: Runtime, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const ta = typeof a,
    tb = typeof b;
  if (ta === tb && ta !== 'object') return false;
  if (isComparable(rt, a)) return equalByOrder(rt, a, b);
  if (a instanceof JavaArray && b instanceof JavaArray) return sameElements(rt, a.items, b.items, 0);
  const left = listItems(a),
    right = listItems(b);
  // Two Lists, or a List and an array; Groovy's rule, unless a script's class has its own.
  if (left !== null && right !== null && !hasOwnEquals(a)) return sameElements(rt, left, right, 0);
  if (isEntry(a) && isEntry(b)) return rt.javaEquals(a.key, b.key) && rt.equals(a.value, b.value);
  if (!hasOwnEquals(a)) {
    if (isSet(a) && isSet(b)) return sameSet(rt, a.toArray(), b.toArray());
    if (isMap(a) && isMap(b)) return sameMap(rt, a, b);
  }
  return callEquals(rt, a, b);
}

/** Java's `a.equals(b)`; two nulls are equal. */
export function javaEquals(rt: Runtime, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object') return false;
  return callEquals(rt, a, b);
}

function hasOwnEquals(a: Value): boolean {
  return a !== null && typeof a === 'object' && a.$class !== undefined && userMethod(a.$class, 'equals', 1);
}

function callEquals(rt: Runtime, a: Value, b: Value): boolean {
  if (hasOwnEquals(a)) return rt.truth(rt.invokeSync(a, 'equals', [b]));
  return a instanceof JavaObject ? a.javaEquals(rt, b) : a === b;
}

/** `compareToWithEqualityCheck(a, b, true) == 0`: compareTo counts only between related classes. */
function equalByOrder(rt: Runtime, a: Value, b: Value): boolean {
  const mixed = compareAcrossTypes(rt, a, b);
  if (mixed !== undefined) return mixed === 0;
  if (isNumber(a) || typeof a === 'boolean' || typeof a === 'string') return false;
  if (!(a instanceof GString && (typeof b === 'string' || b instanceof GString))) {
    const classA = rt.classOf(a),
      classB = rt.classOf(b);
    if (!classB.isSubclassOf(classA) && !(classB.name !== 'java.lang.Object' && classA.isSubclassOf(classB))) return false;
  }
  try {
    return compareTo(rt, a, b) === 0;
  } catch (failure) {
    if (failure instanceof JavaThrowable && failure.typeName === 'java.lang.ClassCastException') return false;
    throw failure;
  }
}

/** Elements are compared as `coercedEquals` of DefaultGroovyMethods does. */
function sameElements(rt: Runtime, a: readonly Value[], b: readonly Value[], depth: number): boolean {
  if (a.length !== b.length) return false;
  if (depth > 2000) throw new JavaThrowable('java.lang.StackOverflowError');
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as Value,
      y = b[i] as Value;
    if (x === y) continue;
    if (x === null || y === null) return false;
    const left = listItems(x),
      right = listItems(y);
    if (left !== null && right !== null && !hasOwnEquals(x)) {
      if (!sameElements(rt, left, right, depth + 1)) return false;
    } else if (!rt.equals(x, y)) return false;
  }
  return true;
}

function sameSet(rt: Runtime, a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  for (const item of a) {
    // Equal ones usually stand at the same place; the search starts at the front, so that is quick.
    const at = rest.findIndex((other) => rt.equals(item, other));
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return true;
}

function sameMap(rt: Runtime, a: JavaMap, b: JavaMap): boolean {
  if (a.size !== b.size) return false;
  for (const { key, value } of a.entries()) {
    const other = b.find(rt, key);
    if (other === undefined || !rt.equals(value, other.value)) return false;
  }
  return true;
}
