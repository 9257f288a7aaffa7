/** Java enums of this folder: constants are shared, immutable objects; each enum is a subclass that names its type. */
import { JavaArray } from '../collections/model.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { illegalArgument, nullPointer } from './failures.ts';

export abstract class EnumConstant extends JavaObject {
  readonly name: string;
  readonly ordinal: number;
  constructor(name: string, ordinal: number) {
    super();
    this.name = name;
    this.ordinal = ordinal;
  }
  override javaString(_rt: Runtime): string {
    return this.name;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof EnumConstant && other.$type === this.$type ? this.ordinal - other.ordinal : 0;
  }
}

export function constantNamed<T extends EnumConstant>(type: string, constants: readonly T[], name: string | null): T {
  if (name === null) throw nullPointer('Name is null');
  const found = constants.find((constant) => constant.name === name);
  if (found === undefined) throw illegalArgument(`No enum constant ${type}.${name}`);
  return found;
}

/** The table of an enum, with what `java.lang.Enum` gives each. */
export function enumClass<T extends EnumConstant>(
  type: string,
  constants: readonly T[],
  more: { interfaces?: readonly string[]; methods?: Signatures; statics?: Signatures } = {},
): NativeClass {
  return {
    name: type,
    kind: 'enum',
    superclass: 'java.lang.Enum',
    interfaces: more.interfaces ?? [],
    fields: Object.fromEntries(constants.map((constant) => [constant.name, () => constant])),
    methods: {
      'name()': (_rt, self: T) => self.name,
      'ordinal()': (_rt, self: T) => self.ordinal,
      'toString()': (rt, self: T) => self.javaString(rt),
      'compareTo(java.lang.Enum)': (rt, self: T, other: Value) => self.javaCompare(rt, other),
      ...more.methods,
    },
    statics: {
      'values()': () => new JavaArray(type, [...constants]),
      'valueOf(java.lang.String)': (_rt, _self, name: string | null) => constantNamed(type, constants, name),
      ...more.statics,
    },
  };
}
