/** groovy.lang.GString: what the evaluator's own table leaves out. All else that is called on one is called on its text. */
import type { NativeClass } from '../runtime/native.ts';
import type { GString, Value } from '../runtime/values.ts';
import { encode } from './charsets.ts';
import { bitwiseNegate } from './gdk/matching.ts';
import { encodingNamed } from './java-string.ts';
import { byteArray } from './values.ts';

export const gstringClass: NativeClass = {
  name: 'groovy.lang.GString',
  interfaces: ['groovy.lang.Writable', 'groovy.lang.Buildable', 'java.io.Serializable', 'groovy.lang.GroovyObject'],
  methods: {
    'getValue(int)': (_rt, self: GString, index: number) => self.values[index] ?? null,
    'compareTo(java.lang.Object)': (rt, self: GString, other: Value) => self.javaCompare(rt, other),
    'negate()': (rt, self: GString) => bitwiseNegate(rt, self),
    'getBytes()': (rt, self: GString) => byteArray(rt, encode(rt.str(self))),
    'getBytes(java.lang.String)': (rt, self: GString, name: string) => byteArray(rt, encode(rt.str(self), encodingNamed(name))),
  },
};
