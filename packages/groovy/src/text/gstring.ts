/** groovy.lang.GString: what it has of its own. All else that is called on one is called on its text. */
import { JavaArray } from '../collections/model.ts';
import type { NativeClass } from '../runtime/native.ts';
import { GString } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { encodingNamed, charSequenceMethods } from './java-string.ts';
import { encode } from './charsets.ts';
import { bitwiseNegate } from './gdk/matching.ts';
import { byteArray } from './values.ts';

/** `"a${1}b" + "c${2}"`: one GString with the values of both. */
export function concatenate(left: GString, right: GString): GString {
  const last = left.strings.length > left.values.length;
  const strings = last
    ? [...left.strings.slice(0, -1), (left.strings[left.strings.length - 1] as string) + (right.strings[0] ?? ''), ...right.strings.slice(1)]
    : [...left.strings, ...right.strings];
  return new GString(strings, [...left.values, ...right.values]);
}

export const gstringClasses: readonly NativeClass[] = [
  {
    name: 'groovy.lang.GString',
    kind: 'abstract',
    interfaces: ['java.lang.Comparable', 'java.lang.CharSequence', 'groovy.lang.Writable', 'groovy.lang.Buildable', 'java.io.Serializable', 'groovy.lang.GroovyObject'],
    methods: {
      ...charSequenceMethods,
      'getValues()': (_rt, self: GString) => new JavaArray('java.lang.Object', [...self.values]),
      'getStrings()': (_rt, self: GString) => new JavaArray('java.lang.String', [...self.strings]),
      'getValueCount()': (_rt, self: GString) => self.values.length,
      'getValue(int)': (_rt, self: GString, index: number) => self.values[index] ?? null,
      'plus(groovy.lang.GString)': (_rt, self: GString, other: GString) => concatenate(self, other),
      'plus(java.lang.String)': (_rt, self: GString, text: string) => concatenate(self, new GString([text], [])),
      'compareTo(java.lang.Object)': (rt, self: GString, other: Value) => self.javaCompare(rt, other),
      'equals(java.lang.Object)': (rt, self: GString, other: Value) => self.javaEquals(rt, other),
      'hashCode()': (rt, self: GString) => self.javaHash(rt),
      'negate()': (rt, self: GString) => bitwiseNegate(rt, self),
      'getBytes()': (rt, self: GString) => byteArray(rt, encode(rt.str(self))),
      'getBytes(java.lang.String)': (rt, self: GString, name: string) => byteArray(rt, encode(rt.str(self), encodingNamed(name))),
    },
  },
  { name: 'org.codehaus.groovy.runtime.GStringImpl', superclass: 'groovy.lang.GString', methods: {} },
];
