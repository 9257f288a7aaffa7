/** The classes that Groovy's collection methods are added to, and how a table names one method on several of them. */
import type { Native, Signatures } from '../../runtime/native.ts';

export const HOLDER = 'org.codehaus.groovy.runtime.DefaultGroovyMethods';
export const OBJECT = 'java.lang.Object';
export const ITERABLE = 'java.lang.Iterable';
export const COLLECTION = 'java.util.Collection';
export const LIST = 'java.util.List';
export const SET = 'java.util.Set';
export const SORTED_SET = 'java.util.SortedSet';
export const MAP = 'java.util.Map';
export const SORTED_MAP = 'java.util.SortedMap';
export const ITERATOR = 'java.util.Iterator';
export const ENUMERATION = 'java.util.Enumeration';
export const ARRAY = 'java.lang.Object[]';
export const CLOSURE = 'groovy.lang.Closure';
export const COMPARATOR = 'java.util.Comparator';
export const PRIMITIVE_ARRAYS: readonly string[] = ['boolean[]', 'byte[]', 'char[]', 'double[]', 'float[]', 'int[]', 'long[]', 'short[]'];
export const ARRAYS: readonly string[] = [ARRAY, ...PRIMITIVE_ARRAYS];

/** One function under several receivers: `on([LIST, ARRAY], 'take(int)', take)` is `take(java.util.List, int)` and so on. */
export function on(receivers: readonly string[], signature: string, native: Native): Signatures {
  const open = signature.indexOf('(');
  const name = signature.slice(0, open),
    rest = signature.slice(open + 1, -1);
  const out: Record<string, Native> = {};
  for (const receiver of receivers) out[`${name}(${receiver}${rest === '' ? '' : `, ${rest}`})`] = native;
  return out;
}
