/** Reading and writing properties: fields, getters and setters, map keys, spread over collections, what hosts answer. */
import { JavaArray, JavaList } from '../collections/model.ts';
import { capitalized } from './bean-names.ts';
import { callMethod, choose, instanceMethods, staticMethods } from './call.ts';
import type { Field, Method, StaticField } from './classes.ts';
import { GroovyClass, Instance } from './classes.ts';
import { AbstractClosure, DELEGATE_FIRST, DELEGATE_ONLY, OWNER_ONLY } from './closure.ts';
import { HostObject } from './host-object.ts';
import type { Interpreter } from './interpreter.ts';
import { missingProperty, readOnlyProperty, rejected } from './refusals.ts';
import { ScriptObject } from './script-object.ts';
import type { Computation, Pending, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

function accessor(prefix: string, name: string): string {
  return prefix + capitalized(name);
}

/** undefined where there is no such property: the caller says what that means. */
export function readProperty(vm: Interpreter, object: Value, name: string): Value | Pending | undefined {
  if (object === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot get property '${name}' on null object`);
  if (name === 'metaClass' && !vm.sandbox && !(object instanceof HostObject) && !vm.isMap(object)) return vm.metaClassOf(object);
  if (object instanceof GroovyClass) return readStatic(vm, object, name);
  if (object instanceof AbstractClosure) return readOfClosure(vm, object, name);
  if (object instanceof HostObject) {
    const r = object.getProperty(vm, name);
    if (r !== undefined) return r;
  }
  const cls = vm.classOf(object);
  if (vm.isMap(object)) {
    // A map's property is its entry, whatever getters its class has.
    return vm.mapGet(object, name);
  }
  if (object instanceof Instance || object instanceof JavaThrowable) {
    if (cls.isScriptCode) {
      const own = vm.userGetProperty(cls);
      if (own !== null) return callMethod(vm, own, object, [name]);
    }
  }
  const r = readPlain(vm, object, cls, name);
  if (r !== undefined) return r;
  if (object instanceof JavaArray && name === 'length') return object.items.length;
  if (name === 'class') return cls;
  if (vm.isCollection(object) || object instanceof JavaArray) return vm.defer(spreadProperty(vm, object, name));
  if (object instanceof Instance) {
    if (object instanceof ScriptObject) {
      const bound = object.binding.get(name);
      if (bound !== undefined) return bound;
      const answer = vm.hooks.propertyMissing?.(vm, object, name);
      if (answer !== undefined) return answer;
    }
    const missing = choose(vm, instanceMethods(vm, cls, 'propertyMissing'), [name], cls.name, 'propertyMissing');
    if (missing !== null && missing.code !== null) return callMethod(vm, missing, object, [name]);
    if (object.outer !== null) return readProperty(vm, object.outer, name);
  }
  return undefined;
}

/** Getter, field, static member; no fallback. */
function readPlain(vm: Interpreter, object: Value, cls: GroovyClass, name: string): Value | Pending | undefined {
  const getter = getterOf(vm, cls, name);
  if (getter !== null) return callMethod(vm, getter, getter.isStatic ? getter.owner : object, []);
  const field = cls.findField(name);
  if (field !== null) return fieldsOf(object)[field.slot] as Value;
  const found = cls.findStaticField(name);
  if (found !== null) return vm.staticValue(found.owner, found.field);
  return undefined;
}

/** The getter of a property, or null; kept under a name that no method has. */
export function getterOf(vm: Interpreter, cls: GroovyClass, name: string): Method | null {
  if (name === '') return null;
  if (vm.categories !== null) return findGetter(vm, cls, name);
  const key = `?${name}`;
  let known = cls.methodCache.get(key);
  if (known === undefined) {
    const getter = findGetter(vm, cls, name);
    known = getter === null ? NO_METHODS : [getter];
    cls.methodCache.set(key, known);
  }
  return known[0] ?? null;
}
const NO_METHODS: readonly Method[] = [];
function findGetter(vm: Interpreter, cls: GroovyClass, name: string): Method | null {
  for (const getterName of [accessor('get', name), accessor('is', name)]) {
    for (const m of instanceMethods(vm, cls, getterName)) {
      if (m.params.length === 0 && (m.extension === null || m.native !== null)) {
        // An `isX` must say that it gives a boolean.
        if (getterName.startsWith('is') && m.native === null && m.returns !== 'boolean' && m.returns !== 'java.lang.Boolean') continue;
        return m;
      }
    }
  }
  return null;
}

export function fieldsOf(object: Value): Value[] {
  return (object as Instance).fields;
}

export function readStatic(vm: Interpreter, cls: GroovyClass, name: string): Value | Pending | undefined {
  vm.initialize(cls);
  const getter =
    choose(vm, staticMethods(vm, cls, accessor('get', name)), [], cls.name, name) ??
    choose(vm, staticMethods(vm, cls, accessor('is', name)), [], cls.name, name);
  if (getter !== null) return callMethod(vm, getter, cls, []);
  const found = cls.findStaticField(name);
  if (found !== null) return vm.staticValue(found.owner, found.field);
  if (name === 'class') return cls;
  const nested = vm.registry.find(`${cls.name}$${name}`);
  if (nested !== null) return nested;
  const meta = vm.registry.get('java.lang.Class');
  const own = getterOf(vm, meta, name);
  if (own !== null) return callMethod(vm, own, cls, []);
  const missing = choose(vm, staticMethods(vm, cls, '$static_propertyMissing'), [name], cls.name, name);
  if (missing !== null) return callMethod(vm, missing, cls, [name]);
  if (cls.outer?.isScriptCode) return readStatic(vm, cls.outer, name);
  return undefined;
}

function* spreadProperty(vm: Interpreter, object: Value, name: string): Computation {
  const out: Value[] = [];
  for (const item of vm.iterate(object)) {
    // Groovy's `list.name`: null elements are left out.
    if (item === null) continue;
    try {
      let r = vm.getProperty(item, name);
      if (r === PENDING) r = yield* vm.take();
      out.push(r as Value);
    } catch (e) {
      if (!(e instanceof JavaThrowable) || e.typeName !== 'groovy.lang.MissingPropertyException') throw e;
      throw new JavaThrowable(e.typeName, `Exception evaluating property '${name}' for ${vm.classOf(object).name}, Reason: ${e.typeName}: ${e.detail}`);
    }
  }
  return new JavaList(out);
}

const CLOSURE_PROPERTIES = new Set([
  'owner',
  'delegate',
  'thisObject',
  'resolveStrategy',
  'directive',
  'maximumNumberOfParameters',
  'parameterTypes',
  'class',
  'metaClass',
]);

function readOfClosure(vm: Interpreter, closure: AbstractClosure, name: string): Value | Pending | undefined {
  if (CLOSURE_PROPERTIES.has(name)) {
    switch (name) {
      case 'owner':
        return closure.owner;
      case 'delegate':
        return closure.delegate;
      case 'thisObject':
        return closure.thisObject;
      case 'resolveStrategy':
        return closure.strategy;
      case 'directive':
        return closure.directive;
      case 'maximumNumberOfParameters':
        return closure.arity;
      case 'parameterTypes':
        return new JavaArray(
          'java.lang.Class',
          closure.parameterTypes.map((t) => vm.registry.get(t)),
        );
      case 'class':
        return vm.classOf(closure);
    }
  }
  const { owner, delegate, strategy } = closure;
  const order =
    strategy === OWNER_ONLY ? [owner] : strategy === DELEGATE_ONLY ? [delegate] : strategy === DELEGATE_FIRST ? [delegate, owner] : [owner, delegate];
  const targets = order[0] === order[1] ? order.slice(0, 1) : order;
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i];
    if (target === null || target === undefined) continue;
    // A map as a delegate answers every name, with null: it is asked as Groovy asks it.
    const r = readProperty(vm, target, name);
    if (r !== undefined) return r;
  }
  return undefined;
}

export function getProperty(vm: Interpreter, object: Value, name: string): Value | Pending {
  const r = readProperty(vm, object, name);
  if (r !== undefined) return r;
  throw missingProperty(nameForMissing(vm, object), name);
}
function nameForMissing(vm: Interpreter, object: Value): string {
  let at = object;
  while (at instanceof AbstractClosure) at = at.strategy === DELEGATE_ONLY || at.strategy === DELEGATE_FIRST ? at.owner : at.owner;
  return at instanceof GroovyClass ? at.name : vm.classOf(at).name;
}

// ---------------------------------------------------------------- writing

export function setProperty(vm: Interpreter, object: Value, name: string, value: Value): Value | Pending {
  if (object === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot set property '${name}' on null object`);
  if (object instanceof GroovyClass) return writeStatic(vm, object, name, value);
  if (object instanceof AbstractClosure) return writeOfClosure(vm, object, name, value);
  if (object instanceof HostObject) {
    if (object.setProperty(vm, name, value)) return value;
    throw missingProperty(object.$type, name);
  }
  if (vm.isMap(object)) {
    vm.mapPut(object, name, value);
    return value;
  }
  const cls = vm.classOf(object);
  if (cls.isScriptCode) {
    const own = vm.userSetProperty(cls);
    if (own !== null) return callMethod(vm, own, object, [name, value]);
  }
  const r = tryWrite(vm, object, cls, name, value);
  if (r !== undefined) return r;
  if (object instanceof ScriptObject) {
    if (vm.hooks.setProperty?.(vm, object, name, value) === true) return value;
    object.binding.set(name, value);
    return value;
  }
  if (object instanceof Instance) {
    const missing = choose(vm, instanceMethods(vm, cls, 'propertyMissing'), [name, value], cls.name, 'propertyMissing');
    if (missing !== null && missing.code !== null) return callMethod(vm, missing, object, [name, value]);
    if (object.outer !== null) return setProperty(vm, object.outer, name, value);
  }
  if (vm.isCollection(object)) return vm.defer(spreadWrite(vm, object, name, value));
  if (getterOf(vm, cls, name) !== null) throw readOnlyProperty(cls.name, name);
  throw missingProperty(cls.name, name);
}

function* spreadWrite(vm: Interpreter, object: Value, name: string, value: Value): Computation {
  for (const item of vm.iterate(object)) {
    const r = setProperty(vm, item, name, value);
    if (r === PENDING) yield* vm.take();
  }
  return value;
}

/** Setter, then field, then static field; undefined where the class has none. */
function tryWrite(vm: Interpreter, object: Value, cls: GroovyClass, name: string, value: Value): Value | Pending | undefined {
  const setters = settersOf(vm, cls, name);
  // One setter alone takes a cast of the value where it does not take the value.
  const setter = choose(vm, setters, [value], cls.name, name) ?? (setters.length === 1 ? (setters[0] ?? null) : null);
  if (setter !== null) {
    const given = setter.params[0] === 'java.lang.Object' ? value : vm.castForProperty(value, setter.params[0] as string);
    const r = callMethod(vm, setter, setter.isStatic ? setter.owner : object, [given]);
    return r === PENDING ? r : value;
  }
  const field = cls.findField(name);
  if (field !== null) {
    if (field.isFinal && field.isProperty) throw readOnlyProperty(cls.name, name);
    writeField(vm, object, field, value);
    return value;
  }
  const found = cls.findStaticField(name);
  if (found !== null) {
    writeStaticField(vm, found.owner, found.field, value);
    return value;
  }
  return undefined;
}
/** The setters of a property; kept under a name that no method has. */
function settersOf(vm: Interpreter, cls: GroovyClass, name: string): readonly Method[] {
  const key = `=${name}`;
  if (vm.categories === null) {
    const known = cls.methodCache.get(key);
    if (known !== undefined) return known;
  }
  const setters = instanceMethods(vm, cls, accessor('set', name)).filter((m) => m.params.length === 1);
  if (vm.categories === null) cls.methodCache.set(key, setters);
  return setters;
}

export function writeField(vm: Interpreter, object: Value, field: Field, value: Value): void {
  fieldsOf(object)[field.slot] = field.type === 'java.lang.Object' ? value : vm.castForProperty(value, field.type);
}

export function writeStaticField(vm: Interpreter, owner: GroovyClass, field: StaticField, value: Value): void {
  if (!owner.isScriptCode) throw vm.sandbox ? rejected(vm, `staticField ${owner.name} ${field.name}`) : readOnlyProperty(owner.name, field.name);
  if (field.isFinal && field.value !== undefined) throw readOnlyProperty(owner.name, field.name);
  field.value = field.type === 'java.lang.Object' ? value : vm.castForProperty(value, field.type);
}

function writeStatic(vm: Interpreter, cls: GroovyClass, name: string, value: Value): Value | Pending {
  vm.initialize(cls);
  const setter = choose(vm, staticMethods(vm, cls, accessor('set', name)), [value], cls.name, name);
  if (setter !== null) {
    const r = callMethod(vm, setter, cls, [value]);
    return r === PENDING ? r : value;
  }
  const found = cls.findStaticField(name);
  if (found !== null) {
    writeStaticField(vm, found.owner, found.field, value);
    return value;
  }
  throw missingProperty(cls.name, name);
}

function writeOfClosure(vm: Interpreter, closure: AbstractClosure, name: string, value: Value): Value | Pending {
  switch (name) {
    case 'delegate':
      closure.delegate = value;
      return value;
    case 'resolveStrategy':
      closure.strategy = vm.cast(value, 'int') as number;
      return value;
    case 'directive':
      closure.directive = vm.cast(value, 'int') as number;
      return value;
  }
  const { owner, delegate, strategy } = closure;
  const order =
    strategy === OWNER_ONLY ? [owner] : strategy === DELEGATE_ONLY ? [delegate] : strategy === DELEGATE_FIRST ? [delegate, owner] : [owner, delegate];
  const targets = (order[0] === order[1] ? order.slice(0, 1) : order).filter((t) => t !== null && t !== undefined);
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i] as Value;
    const last = i === targets.length - 1;
    try {
      return setProperty(vm, target, name, value);
    } catch (e) {
      if (last || !(e instanceof JavaThrowable) || e.typeName !== 'groovy.lang.MissingPropertyException') throw e;
    }
  }
  throw missingProperty(nameForMissing(vm, closure), name);
}
