/** java.lang.Enum: what every enum constant has. `values` and `valueOf` belong to each enum itself. */

import { nameOfClass } from '../operations/class-names.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import { Instance } from '../runtime/classes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaThrowable } from '../runtime/values.ts';

/** A script's constants keep name and ordinal in their first two fields, Java's in properties of the same name. */
interface Named {
  readonly name: string;
  readonly ordinal: number;
}
function nameOf(self: Value): string {
  return self instanceof Instance ? (self.fields[0] as string) : (self as unknown as Named).name;
}
function ordinalOf(self: Value): number {
  return self instanceof Instance ? (self.fields[1] as number) : (self as unknown as Named).ordinal;
}

/** The enum itself, also for a constant with a body of its own. */
function declaringClass(rt: Runtime, self: Value): GroovyClass {
  const cls = rt.classOf(self);
  return cls.superclass !== null && cls.superclass.kind === 'enum' && cls.superclass.name !== 'java.lang.Enum' ? cls.superclass : cls;
}

export const enumTable: NativeClass = {
  name: 'java.lang.Enum',
  kind: 'abstract',
  interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
  methods: {
    'name()': (_rt, self: Value) => nameOf(self),
    'ordinal()': (_rt, self: Value) => ordinalOf(self),
    'toString()': (_rt, self: Value) => nameOf(self),
    'equals(java.lang.Object)': (_rt, self: Value, other: Value) => self === other,
    'hashCode()': (rt, self: Value) => rt.identityHash(self as never),
    'compareTo(java.lang.Enum)': (rt, self: Value, other: Value) => {
      if (other === null) throw new JavaThrowable('java.lang.NullPointerException');
      if (declaringClass(rt, self) !== declaringClass(rt, other)) {
        throw new JavaThrowable('java.lang.ClassCastException', `class ${nameOfClass(rt, self)} cannot be cast to class ${nameOfClass(rt, other)}`);
      }
      return ordinalOf(self) - ordinalOf(other);
    },
    'getDeclaringClass()': (rt, self: Value) => declaringClass(rt, self),
  },
  statics: {
    'valueOf(java.lang.Class, java.lang.String)': (rt, _self, cls: GroovyClass, name: string) => rt.invokeSync(rt.classValue(cls), 'valueOf', [name]),
  },
};
