/** Groovy truth: what `if`, `!`, `&&` and casts to boolean ask of a value (`asBoolean`). */
import { JavaMap } from '../collections/map.ts';
import { JavaArray, JavaCollection, JavaIterator } from '../collections/model.ts';
import { Character } from '../numbers/boxes.ts';
import { isNumber, isZero } from '../numbers/number-values.ts';
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject } from '../runtime/values.ts';

export function truth(rt: Runtime, a: Value): boolean {
  switch (typeof a) {
    case 'boolean':
      return a;
    case 'string':
      return a.length > 0;
    case 'number':
      return a !== 0;
    case 'bigint':
      return a !== 0n;
  }
  if (a === null) return false;
  if (a.$class !== undefined && userMethod(a.$class, 'asBoolean', 0)) return rt.invokeSync(a, 'asBoolean', []) === true;
  if (!(a instanceof JavaObject)) return true;
  if (isNumber(a)) return !isZero(a);
  if (a instanceof Character) return a.code !== 0;
  if (a instanceof GString) return a.javaString(rt).length > 0;
  if (a instanceof JavaArray) return a.items.length > 0;
  if (a instanceof JavaCollection || a instanceof JavaMap) return a.size > 0;
  if (a instanceof JavaIterator) return a.hasNext();
  if (rt.instanceOf(a, 'java.util.Iterator')) return rt.invokeSync(a, 'hasNext', []) === true;
  if (rt.instanceOf(a, 'java.util.Enumeration')) return rt.invokeSync(a, 'hasMoreElements', []) === true;
  if (rt.instanceOf(a, 'java.lang.CharSequence')) return rt.str(a).length > 0;
  // A Matcher is true when it finds something, and stands there afterwards.
  if (rt.instanceOf(a, 'java.util.regex.Matcher')) return rt.invokeSync(a, 'asBoolean', []) === true;
  return true;
}
