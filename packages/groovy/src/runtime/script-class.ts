/** Classes that scripts define: making them of what the compiler says, and making their instances. */

import { capitalized } from './bean-names.ts';
import { callMethod, choose, prepare, runCode, spread } from './call.ts';
import type { ClassKind, Code, Field, Method } from './classes.ts';
import { GroovyClass, Instance } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import { missingConstructor } from './refusals.ts';
import { ScriptObject } from './script-object.ts';
import { transformClass } from './transforms.ts';
import type { Computation, Pending, Value } from './values.ts';
import { type JavaObject, JavaThrowable, PENDING } from './values.ts';

export interface FieldSpec {
  readonly name: string;
  readonly type: string;
  readonly isStatic: boolean;
  readonly isProperty: boolean;
  readonly isFinal: boolean;
  readonly isPrivate: boolean;
  readonly annotations: readonly AnnotationSpec[];
}
export interface MethodSpec {
  readonly name: string;
  readonly params: readonly string[];
  readonly paramNames: readonly string[];
  /** How many of the last defaults each callable form leaves out: one entry a form, the indexes of the given parameters; null for the full one. */
  readonly forms: readonly (readonly number[] | null)[];
  readonly returns: string | null;
  readonly isStatic: boolean;
  readonly isPrivate: boolean;
  readonly code: Code | null;
  readonly annotations: readonly AnnotationSpec[];
}
export interface AnnotationSpec {
  readonly name: string;
  readonly members: ReadonlyMap<string, Value>;
}
export interface ClassSpec {
  readonly name: string;
  readonly kind: ClassKind;
  readonly superName: string | null;
  readonly interfaces: readonly string[];
  readonly outerName: string | null;
  /** Instances know the outer class's. */
  readonly isInner: boolean;
  readonly fields: readonly FieldSpec[];
  readonly methods: readonly MethodSpec[];
  readonly constructors: readonly MethodSpec[];
  readonly instanceInit: Code | null;
  readonly staticInit: Code | null;
  readonly annotations: readonly AnnotationSpec[];
  readonly fileName: string;
  readonly enumConstants: readonly string[];
}

/** Defines the classes of one unit. They may name each other, so all exist before any is filled. */
export function defineClasses(vm: Interpreter, specs: readonly ClassSpec[]): GroovyClass[] {
  const made = specs.map((spec) => {
    const cls = new GroovyClass(spec.name, spec.kind, { isScriptCode: true, fileName: spec.fileName });
    vm.registry.define(cls);
    for (const m of spec.methods) vm.noteUserName(m.name);
    for (const f of spec.fields) if (f.isProperty) for (const prefix of ['get', 'set', 'is']) vm.noteUserName(prefix + capitalized(f.name));
    return cls;
  });
  vm.epoch++;
  const bySpec = new Map(specs.map((s, i) => [s.name, made[i] as GroovyClass]));
  const filled = new Set<string>();
  const fillInOrder = (i: number): void => {
    const spec = specs[i] as ClassSpec;
    if (filled.has(spec.name)) return;
    filled.add(spec.name);
    for (const above of [spec.superName, ...spec.interfaces]) {
      const at = specs.findIndex((s) => s.name === above);
      if (at >= 0) fillInOrder(at);
    }
    fill(vm, made[i] as GroovyClass, spec, bySpec);
  };
  for (let i = 0; i < specs.length; i++) fillInOrder(i);
  return made;
}

function fill(vm: Interpreter, cls: GroovyClass, spec: ClassSpec, siblings: ReadonlyMap<string, GroovyClass>): void {
  const find = (name: string): GroovyClass => siblings.get(name) ?? vm.findClass(name) ?? vm.registry.get(name);
  if (spec.outerName !== null) {
    cls.outer = find(spec.outerName);
    cls.isInner = spec.isInner;
  }
  cls.annotations = spec.annotations;
  if (!cls.isInterface) cls.superclass = find(spec.superName ?? (spec.kind === 'enum' ? 'java.lang.Enum' : 'java.lang.Object'));
  cls.interfaces = spec.interfaces.map(find);
  if (!cls.isInterface) cls.interfaces.push(vm.registry.get('groovy.lang.GroovyObject'));
  if (!cls.isInterface) for (const trait of traitsOf(spec.interfaces.map(find))) cls.superclass = layer(cls, trait, cls.superclass as GroovyClass);
  cls.slotCount = cls.superclass?.slotCount ?? 0;
  for (let c = cls.superclass; c !== null && cls.nativeBase === null; c = c.superclass) {
    if (c.isScriptCode) cls.nativeBase = c.nativeBase;
    else if (c.name !== 'java.lang.Object' && c.name !== 'groovy.lang.Script' && c.name !== 'java.lang.Enum') cls.nativeBase = c;
    if (c.name === 'java.lang.Object') break;
  }
  if (spec.kind === 'enum' && cls.slotCount === 0) cls.slotCount = 2;
  if (cls.kind === 'trait') traitFields.set(cls, spec.fields);
  for (const f of spec.fields) addField(cls, f);
  for (const m of spec.methods) addMethod(cls, m);
  for (const m of spec.constructors) for (const form of forms(cls, m, '<init>')) cls.constructors.push(form);
  cls.instanceInit = spec.instanceInit;
  const { staticInit } = spec;
  if (spec.kind === 'enum') cls.enumConstants = [];
  cls.initialize = (): void => {
    const above = cls.superclass;
    if (above !== null) vm.initialize(above);
    if (staticInit !== null) vm.settle(runCode(vm, staticInit, cls, []), `The static initialiser of ${cls.name} (${spec.fileName})`);
  };
  transformClass(vm, cls, spec);
}

/** What a trait declares is given to each class that has it. */
const traitFields = new WeakMap<GroovyClass, readonly FieldSpec[]>();

/**
 * The traits, the one that answers first at the end. As Groovy's Traits.collectAllInterfacesReverseOrder: each interface
 * where it is first met, from the last declared to the first, those above it next to it.
 */
function traitsOf(interfaces: readonly GroovyClass[]): GroovyClass[] {
  const met: GroovyClass[] = [];
  const collect = (list: readonly GroovyClass[]): void => {
    for (const i of [...list].reverse()) {
      if (i.kind === 'trait' && !met.includes(i)) met.push(i);
      collect(i.interfaces);
    }
  };
  collect(interfaces);
  return met.reverse();
}

function layer(cls: GroovyClass, trait: GroovyClass, above: GroovyClass): GroovyClass {
  const made = new GroovyClass(cls.name, 'class', { isScriptCode: true });
  made.traitLayer = trait;
  made.superclass = above;
  made.slotCount = above.slotCount;
  for (const f of traitFields.get(trait) ?? []) addField(made, f);
  for (const [name, list] of trait.ownMethods)
    made.ownMethods.set(
      name,
      list
        .filter((m) => m.slot === undefined || !made.ownMethods.has(name))
        .map((m) => (m.slot !== undefined ? ((made.ownMethods.get(name) as Method[])[0] as Method) : { ...m, owner: made })),
    );
  for (const [name, list] of trait.ownStatics) made.ownStatics.set(name, list);
  for (const [name, field] of trait.staticFields) made.staticFields.set(name, field);
  made.instanceInit = trait.instanceInit;
  return made;
}

function addField(cls: GroovyClass, f: FieldSpec): void {
  if (f.isStatic || (cls.isInterface && cls.kind !== 'trait')) {
    cls.staticFields.set(f.name, { name: f.name, type: f.type, isProperty: f.isProperty, isFinal: f.isFinal, value: undefined, make: null });
    const field = cls.staticFields.get(f.name);
    if (field !== undefined) field.value = defaultOf(f.type);
    if (f.isFinal && field !== undefined) field.value = undefined;
    if (f.isProperty) accessors(cls, f, null);
    return;
  }
  const field: Field = { name: f.name, type: f.type, slot: cls.slotCount++, isProperty: f.isProperty, isFinal: f.isFinal, isPrivate: f.isPrivate, owner: cls };
  cls.ownFields.set(f.name, field);
  if (f.isProperty) accessors(cls, f, field);
}

function accessors(cls: GroovyClass, f: FieldSpec, field: Field | null): void {
  const cap = capitalized(f.name);
  const table = field === null ? cls.ownStatics : cls.ownMethods;
  const base = {
    owner: cls,
    isStatic: field === null,
    isAbstract: false,
    isPrivate: false,
    variable: false,
    suspends: false,
    code: null,
    slots: null,
    refused: null,
    extension: null,
  };
  const read = (_rt: unknown, self: Value): Value =>
    field === null ? ((self as GroovyClass).findStaticField(f.name)?.field.value ?? null) : ((self as Instance).fields[field.slot] as Value);
  const getter: Method = { ...base, name: `get${cap}`, params: [], returns: f.type, native: read, total: 0, ...(field === null ? {} : { slot: field.slot }) };
  table.set(getter.name, [getter]);
  if (f.type === 'boolean') table.set(`is${cap}`, [{ ...getter, name: `is${cap}` }]);
  if (!f.isFinal) {
    const setter: Method = {
      ...base,
      name: `set${cap}`,
      params: [f.type],
      returns: 'void',
      total: 1,
      native: (_rt, self, value: Value) => {
        if (field === null) {
          const found = (self as GroovyClass).findStaticField(f.name);
          if (found !== null) found.field.value = value;
        } else (self as Instance).fields[field.slot] = value;
        return null;
      },
    };
    table.set(setter.name, [setter]);
  }
}

function forms(owner: GroovyClass, m: MethodSpec, name: string): Method[] {
  return m.forms.map((slots) => {
    const params = slots === null ? m.params : slots.map((i) => m.params[i] as string);
    return {
      name,
      owner,
      params,
      returns: m.returns,
      isStatic: m.isStatic,
      isAbstract: m.code === null,
      isPrivate: m.isPrivate,
      variable: params.length > 0 && (params[params.length - 1] as string).endsWith('[]'),
      native: null,
      suspends: true,
      code: m.code,
      slots,
      total: m.params.length,
      refused: null,
      extension: null,
    };
  });
}

function addMethod(cls: GroovyClass, m: MethodSpec): void {
  const table = m.isStatic ? cls.ownStatics : cls.ownMethods;
  for (const form of forms(cls, m, m.name)) {
    const list = table.get(m.name) ?? [];
    // A written getter takes the place of the one that a property brings.
    const same = list.findIndex((o) => o.params.length === form.params.length && o.params.every((p, i) => p === form.params[i] || o.native !== null));
    if (same >= 0) list[same] = form;
    else list.push(form);
    table.set(m.name, list);
  }
}

export function defaultOf(type: string): Value {
  switch (type) {
    case 'int':
    case 'short':
    case 'byte':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

// ---------------------------------------------------------------- instances

/** An object of the class with its slots, before any constructor has run. */
export function allocate(vm: Interpreter, cls: GroovyClass, outer: Value): Value {
  let object: Value;
  const base = cls.nativeBase;
  if (base !== null) {
    if (base.isSubclassOf(vm.registry.get('java.lang.Throwable'))) {
      const e = new JavaThrowable(cls.name);
      e.$class = cls;
      e.fields = new Instance(cls).fields;
      (e as unknown as Instance).outer = outer;
      object = e;
    } else {
      const plain = choose(vm, base.ready().constructors, [], base.name, '<init>');
      // A class that the sandbox lets nobody make: the constructor that is called says so.
      if (plain?.refused != null || base.constructors.every((m) => m.refused !== null)) return new Instance(cls);
      if (plain === null)
        throw new JavaThrowable(
          'java.lang.UnsupportedOperationException',
          `A script's class cannot extend ${base.name} here: it has no constructor without arguments.`,
        );
      const made = vm.settle(callMethod(vm, plain, base, [])) as JavaObject;
      made.$class = cls;
      (made as unknown as Instance).fields = new Instance(cls).fields;
      (made as unknown as Instance).outer = outer;
      object = made;
    }
  } else if (cls.isSubclassOf(vm.registry.get('groovy.lang.Script'))) object = new ScriptObject(cls, new Map());
  else {
    const instance = new Instance(cls);
    instance.outer = outer;
    object = instance;
  }
  const { fields } = object as Instance;
  for (let c: GroovyClass | null = cls; c?.isScriptCode; c = c.superclass) {
    for (const f of c.ownFields.values())
      if (f.type !== 'java.lang.Object')
        fields[f.slot] = f.type === 'long' || f.type === 'double' || f.type === 'float' || f.type === 'char' ? vm.cast(0, f.type) : defaultOf(f.type);
  }
  return object;
}

/** Runs the constructor that the arguments choose; `cls` may be a superclass of the object's. */
export function* runConstructor(vm: Interpreter, cls: GroovyClass, object: Value, args: readonly Value[]): Computation<void> {
  let chosen = choose(vm, cls.constructors, args, cls.name, '<init>');
  let named: Value = null;
  if (chosen === null) {
    const map = args[0];
    const isNamed = args.length === 1 && map !== undefined && vm.isMap(map);
    const withoutArguments = isNamed ? choose(vm, cls.constructors, [], cls.name, '<init>') : null;
    if (cls.constructors.length === 0 || withoutArguments !== null) {
      if (isNamed) named = map as Value;
      chosen = withoutArguments;
    } else throw missingConstructor(vm, cls.name, args);
  }
  if (chosen === null) {
    if (cls.constructors.length === 0 && named === null && args.length > 0 && !passesOn(cls)) throw missingConstructor(vm, cls.name, args);
    yield* superInit(vm, cls, object, named === null ? args : []);
  } else if (chosen.native !== null) {
    const r = callMethod(vm, chosen, object, named === null ? args : []);
    if (r === PENDING) yield* vm.take();
  } else {
    const given = spread(chosen, prepare(vm, chosen, named === null ? args : []));
    const r = runCode(vm, chosen.code as Code, object, given);
    if (r === PENDING) yield* vm.take();
  }
  if (named !== null) yield* vm.setProperties(object, named);
}

/** Anonymous classes, trait layers and enum bodies hand their arguments to the superclass. */
function passesOn(cls: GroovyClass): boolean {
  return cls.traitLayer !== null || /\$\d+$/.test(cls.name) || cls.annotations.some((a) => a.name.endsWith('InheritConstructors'));
}

/** `super(args)` and then the class's own field initialisers. */
export function* superInit(vm: Interpreter, cls: GroovyClass, object: Value, args: readonly Value[]): Computation<void> {
  const above = cls.superclass;
  if (above?.isScriptCode) yield* runConstructor(vm, above, object, args);
  else if (object instanceof JavaThrowable) initThrowable(vm, object, args);
  else if (above !== null && args.length > 0 && above.name !== 'java.lang.Object' && above.name !== 'java.lang.Enum' && !(object instanceof ScriptObject)) {
    const m = choose(vm, above.ready().constructors, args, above.name, '<init>');
    if (m === null) throw missingConstructor(vm, above.name, args);
    const made = vm.settle(callMethod(vm, m, above, args)) as object;
    const { fields, $class, outer } = object as Instance;
    Object.assign(object as object, made, { fields, $class, outer });
  }
  if (cls.instanceInit !== null) {
    const r: Value | Pending = runCode(vm, cls.instanceInit, object, []);
    if (r === PENDING) yield* vm.take();
  }
}

function initThrowable(vm: Interpreter, e: JavaThrowable, args: readonly Value[]): void {
  for (const a of args) {
    if (a instanceof JavaThrowable) {
      e.causedBy = a;
      if (args.length === 1) e.detail = vm.str(a);
    } else if (a !== null && typeof a !== 'boolean') e.detail = vm.str(a);
  }
}
