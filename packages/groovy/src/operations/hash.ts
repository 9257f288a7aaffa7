/** Java's `hashCode()`. They decide the order in which a HashSet and a HashMap are walked, so they must be Java's to the bit. */
import { hashBigInteger } from '../numbers/hash.ts';
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { hashString } from '../text/letters.ts';

/** Java's `hashCode()` of any value; 0 for null. */
export function hash(rt: Runtime, a: Value): number {
  switch (typeof a) {
    case 'string':
      return hashString(a);
    case 'number':
      return a;
    case 'boolean':
      return a ? 1231 : 1237;
    case 'bigint':
      return hashBigInteger(a);
  }
  if (a === null) return 0;
  if (a.$class !== undefined && userMethod(a.$class, 'hashCode', 0)) return rt.invokeSync(a, 'hashCode', []) as number;
  return a instanceof JavaObject ? a.javaHash(rt) : rt.identityHash(a);
}
