/** Annotations that give a class members: `@ToString`, `@EqualsAndHashCode`, `@Canonical`, `@Immutable` and their like. */
import { JavaArray, JavaList, JavaMap } from '../collections/index.ts';
import type { Field, GroovyClass, Instance, Method } from './classes.ts';
import { AbstractClosure } from './closure.ts';
import type { Interpreter } from './interpreter.ts';
import type { Native } from './native.ts';
import { writeField } from './property.ts';
import type { AnnotationSpec, ClassSpec } from './script-class.ts';
import type { Computation, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as new () => unknown;

function find(list: readonly AnnotationSpec[], name: string): AnnotationSpec | null {
  return list.find((a) => a.name === name || a.name === `groovy.transform.${name}` || a.name === `groovy.lang.${name}`) ?? null;
}

function method(cls: GroovyClass, name: string, params: readonly string[], native: Native, isStatic = false): Method {
  return {
    name,
    owner: cls,
    params,
    returns: null,
    isStatic,
    isAbstract: false,
    isPrivate: false,
    variable: false,
    native,
    suspends: native instanceof GeneratorFunction,
    code: null,
    slots: null,
    total: params.length,
    refused: null,
    extension: null,
  };
}
/** Adds a method unless the class has written its own. */
function give(cls: GroovyClass, name: string, params: readonly string[], native: Native): void {
  const list = cls.ownMethods.get(name) ?? [];
  if (list.some((m) => m.params.length === params.length && m.code !== null)) return;
  cls.ownMethods.set(name, [...list, method(cls, name, params, native)]);
}

function words(a: AnnotationSpec | null, member: string): readonly string[] {
  const v = a?.members.get(member);
  if (typeof v === 'string')
    return v
      .split(',')
      .map((w) => w.trim())
      .filter((w) => w !== '');
  return Array.isArray(v) ? (v as string[]) : [];
}
function flag(a: AnnotationSpec | null, member: string): boolean {
  return a?.members.get(member) === true;
}

function chosenFields(cls: GroovyClass, a: AnnotationSpec | null): Field[] {
  const includes = words(a, 'includes');
  const excludes = words(a, 'excludes');
  const all = [...cls.ownFields.values()].filter((f) => f.isProperty || flag(a, 'includeFields'));
  return all.filter((f) => (includes.length === 0 || includes.includes(f.name)) && !excludes.includes(f.name));
}

export function transformClass(vm: Interpreter, cls: GroovyClass, spec: ClassSpec): void {
  const { annotations } = spec;
  const canonical = find(annotations, 'Canonical');
  const immutable = find(annotations, 'Immutable');
  const all = canonical ?? immutable;
  const text = find(annotations, 'ToString');
  const equality = find(annotations, 'EqualsAndHashCode');
  const tuple = find(annotations, 'TupleConstructor');
  if (text !== null || all !== null) addToString(cls, text ?? all);
  if (equality !== null || all !== null) addEquality(cls, equality ?? all);
  if (tuple !== null || all !== null) addTupleConstructor(vm, cls, tuple ?? all);
  if (immutable !== null) addMapConstructor(vm, cls);
  if (find(annotations, 'Singleton') !== null) addSingleton(cls);
  if (find(annotations, 'Sortable') !== null) addCompareTo(cls, find(annotations, 'Sortable'));
  if (find(annotations, 'AutoClone') !== null) addClone(cls);
  for (const f of spec.fields) {
    if (find(f.annotations, 'Delegate') !== null) addDelegate(vm, cls, f.name);
    if (find(f.annotations, 'Lazy') !== null) addLazy(cls, f.name);
  }
  for (const m of spec.methods) if (find(m.annotations, 'Memoized') !== null) addMemoized(cls, m.name);
}

const slotOf = (self: Value, f: Field): Value => (self as Instance).fields[f.slot] as Value;

function addToString(cls: GroovyClass, a: AnnotationSpec | null): void {
  const name = a?.members.get('includePackage') === false ? cls.simpleName : cls.name;
  give(cls, 'toString', [], (rt, self: Value) => {
    const parts = chosenFields(cls, a)
      .filter((f) => !(flag(a, 'ignoreNulls') && slotOf(self, f) === null))
      .map((f) => {
        const v = slotOf(self, f);
        return (flag(a, 'includeNames') ? `${f.name}:` : '') + (v === self ? '(this)' : rt.format(v));
      });
    if (flag(a, 'includeSuper') && cls.superclass !== null) {
      const above = (rt as Interpreter).registry.find(cls.superclass.name)?.ownMethods.get('toString')?.[0];
      if (above?.native != null) parts.push((flag(a, 'includeNames') ? 'super:' : '') + rt.str(above.native(rt, self) as Value));
    }
    return `${name}(${parts.join(', ')})`;
  });
}

function addEquality(cls: GroovyClass, a: AnnotationSpec | null): void {
  give(cls, 'equals', ['java.lang.Object'], (rt, self: Value, other: Value) => {
    if (self === other) return true;
    if (other === null || rt.classOf(other) !== rt.classOf(self)) return false;
    return chosenFields(cls, a).every((f) => rt.equals(slotOf(self, f), slotOf(other, f)));
  });
  // After groovy.util's HashCodeHelper.
  give(cls, 'hashCode', [], (rt, self: Value) => {
    let h = 127;
    for (const f of chosenFields(cls, a)) {
      const v = slotOf(self, f);
      if (v !== self) h = (Math.imul(59, h) + rt.hash(v)) | 0;
    }
    return h;
  });
}

function addTupleConstructor(vm: Interpreter, cls: GroovyClass, a: AnnotationSpec | null): void {
  if (cls.constructors.length > 0) return;
  const fields = chosenFields(cls, a);
  for (let n = fields.length; n >= 0; n--) {
    const given = fields.slice(0, n);
    cls.constructors.push(
      method(
        cls,
        '<init>',
        given.map((f) => f.type),
        function* (_rt, self: Value, ...args: Value[]): Computation {
          if (cls.instanceInit !== null) yield* cls.instanceInit.gen(self);
          given.forEach((f, i) => {
            (self as Instance).fields[f.slot] = args[i] as Value;
          });
          return null;
        },
      ),
    );
  }
  void vm;
}

/** `new P(x: 1)` of a class whose properties cannot be set later. */
function addMapConstructor(vm: Interpreter, cls: GroovyClass): void {
  cls.constructors.unshift(
    method(cls, '<init>', ['java.util.LinkedHashMap'], function* (rt, self: Value, map: JavaMap): Computation {
      if (cls.instanceInit !== null) yield* cls.instanceInit.gen(self);
      for (const key of map.keys()) {
        const f = cls.ownFields.get(rt.str(key));
        if (f === undefined) throw new JavaThrowable('groovy.lang.MissingPropertyException', `No such property: ${rt.str(key)} for class: ${cls.name}`);
        writeField(vm, self, f, map.get(rt, key));
      }
      return null;
    }),
  );
  for (const f of cls.ownFields.values()) {
    cls.ownMethods.delete(`set${f.name.charAt(0).toUpperCase()}${f.name.slice(1)}`);
    cls.ownFields.set(f.name, { ...f, isFinal: true });
  }
}

function addSingleton(cls: GroovyClass): void {
  let made: Value = null;
  cls.ownStatics.set('getInstance', [
    method(
      cls,
      'getInstance',
      [],
      function* (rt): Computation {
        if (made === null) {
          making = true;
          try {
            made = yield* (rt as Interpreter).construct(cls, []);
          } finally {
            making = false;
          }
        }
        return made;
      },
      true,
    ),
  ]);
  let making = false;
  if (cls.constructors.length === 0) {
    cls.constructors.push(
      method(cls, '<init>', [], function* (_rt, self: Value): Computation {
        if (!making) throw new JavaThrowable('java.lang.RuntimeException', `Can't instantiate singleton ${cls.name}. Use ${cls.name}.instance`);
        if (cls.instanceInit !== null) yield* cls.instanceInit.gen(self);
        return null;
      }),
    );
  }
}

function addCompareTo(cls: GroovyClass, a: AnnotationSpec | null): void {
  give(cls, 'compareTo', ['java.lang.Object'], (rt, self: Value, other: Value) => {
    for (const f of chosenFields(cls, a)) {
      const c = rt.compare(slotOf(self, f), slotOf(other, f));
      if (c !== 0) return c;
    }
    return 0;
  });
}

function addClone(cls: GroovyClass): void {
  give(cls, 'clone', [], function* (rt, self: Value): Computation {
    const copy = yield* (rt as Interpreter).construct(cls, []);
    (copy as Instance).fields = [...(self as Instance).fields];
    return copy;
  });
}

/** The methods of a field's type, called on the field. */
function addDelegate(vm: Interpreter, cls: GroovyClass, name: string): void {
  const field = cls.ownFields.get(name);
  const type = field === undefined ? null : vm.findClass(field.type);
  if (field === undefined || type === null) return;
  (cls.delegates ??= []).push(name);
  for (const c of type.ancestors()) {
    if (c.name === 'java.lang.Object' || c.name === 'groovy.lang.GroovyObject') continue;
    for (const [methodName, list] of c.ready().ownMethods) {
      vm.noteUserName(methodName);
      for (const m of list) {
        if (cls.ownMethods.get(methodName)?.some((o) => o.params.length === m.params.length)) continue;
        give(cls, methodName, m.params, function* (rt, self: Value, ...args: Value[]): Computation {
          let r = rt.invoke(
            slotOf(self, field),
            methodName,
            m.variable && args.length > 0 && args[args.length - 1] instanceof JavaArray
              ? [...args.slice(0, -1), ...(args[args.length - 1] as JavaArray).items]
              : args,
          );
          if (r === PENDING) r = yield* rt.take();
          return r as Value;
        });
      }
    }
  }
}

/** The field holds a closure that computes it until somebody asks. */
function addLazy(cls: GroovyClass, name: string): void {
  const field = cls.ownFields.get(name);
  if (field === undefined) return;
  // Code of the class itself goes through the getter too.
  cls.ownFields.delete(name);
  cls.ownFields.set(`$${name}`, field);
  const getter = `get${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const done = new WeakSet<object>();
  const read: Native = function* (rt, self: Value): Computation {
    const object = self as Instance;
    const v = object.fields[field.slot] as Value;
    if (done.has(object) || !(v instanceof AbstractClosure)) return v;
    let r = rt.call(v, []);
    if (r === PENDING) r = yield* rt.take();
    done.add(object);
    object.fields[field.slot] = field.type === 'java.lang.Object' ? (r as Value) : rt.cast(r as Value, field.type);
    return object.fields[field.slot] as Value;
  };
  cls.ownMethods.set(getter, [method(cls, getter, [], read)]);
}

/** Keeps a method's answers by its arguments, an object at a time. */
function addMemoized(cls: GroovyClass, name: string): void {
  for (const table of [cls.ownMethods, cls.ownStatics]) {
    const list = table.get(name);
    if (list === undefined) continue;
    table.set(
      name,
      list.map((m) => {
        const { code } = m;
        if (code === null || m.slots !== null) return m;
        const known = new WeakMap<object, JavaMap>();
        const run: Native = function* (rt, self: Value, ...args: Value[]): Computation {
          let answers = known.get(self as object);
          if (answers === undefined) known.set(self as object, (answers = new JavaMap()));
          const key = new JavaList(args);
          if (answers.has(rt, key)) return answers.get(rt, key);
          const r = yield* code.gen(self, ...args);
          answers.put(rt, key, r);
          return r;
        };
        return { ...m, native: run, code: null, suspends: true };
      }),
    );
  }
}
