/** Names of classes as Java spells them. Types are kept in the language's spelling (`int[]`), which messages don't use. */
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';

const ARRAY_CODES: Readonly<Record<string, string>> = {
  int: 'I',
  long: 'J',
  double: 'D',
  float: 'F',
  short: 'S',
  byte: 'B',
  char: 'C',
  boolean: 'Z',
};

/** `Class.getName()` of a type's name: `[I` for `int[]`, `[Ljava.lang.String;` for `java.lang.String[]`. */
export function javaClassName(type: string): string {
  if (!type.endsWith('[]')) return type;
  let element = type,
    dimensions = '';
  while (element.endsWith('[]')) {
    element = element.slice(0, -2);
    dimensions += '[';
  }
  return `${dimensions}${Object.hasOwn(ARRAY_CODES, element) ? ARRAY_CODES[element] : `L${element};`}`;
}

/** `x.getClass().getName()`; `null` for null, as Groovy's messages have it. */
export function nameOfClass(rt: Runtime, v: Value): string {
  return v === null ? 'null' : javaClassName(rt.classOf(v).name);
}
