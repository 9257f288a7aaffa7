/**
 * What trusted code may do beyond the sandbox (docs/adr/0024-rights-of-trusted-libraries.md). The right belongs to the
 * compiled unit that makes a call: its operations ask here first. What is called gets none of it, so whatever a trusted unit
 * hands out, or is handed, runs as the unit that it was compiled in.
 *
 * Each function answers undefined where the plain way is right: nothing there that the sandbox refuses.
 */
import { JavaArray, JavaList } from '../collections/model.ts';
import { capitalized } from './bean-names.ts';
import { choose, instanceMethods, nativeAnswer, prepare, staticMethods } from './call.ts';
import type { Method } from './classes.ts';
import { GroovyClass } from './classes.ts';
import { AbstractClosure, DELEGATE_FIRST, DELEGATE_ONLY, OWNER_ONLY } from './closure.ts';
import { HostObject } from './host-object.ts';
import type { Interpreter } from './interpreter.ts';
import { getterOf } from './property.ts';
import { unavailable } from './refusals.ts';
import type { Computation, Pending, Value } from './values.ts';
import { PENDING } from './values.ts';

type Answer = Value | Pending;

/** `receiver.name(args)` */
export function trustedCall(vm: Interpreter, receiver: Value, name: string, args: readonly Value[]): Answer | undefined {
  if (receiver === null) return undefined;
  if (receiver instanceof HostObject) {
    const own = receiver.trustedMethod(vm, name, args);
    if (own !== undefined) return own;
  }
  const m = meant(vm, receiver, name, args);
  if (m === null && receiver instanceof HostObject) lackedBy(receiver, name);
  return m === null ? undefined : permitted(vm, m, receiver, args);
}

/** A call without a receiver in a closure: of the first around it that has such a method. */
export function trustedCallIn(vm: Interpreter, closure: AbstractClosure, name: string, args: readonly Value[]): Answer | undefined {
  for (const target of targetsOf(closure)) {
    if (target instanceof HostObject) {
      if (target.hasMethod(name)) return trustedCall(vm, target, name, args);
    } else if (target !== null) {
      const m = meant(vm, target, name, args);
      if (m !== null) return permitted(vm, m, target, args);
    }
  }
  return undefined;
}

/** `object.name` */
export function trustedRead(vm: Interpreter, object: Value, name: string): Answer | undefined {
  if (object === null || vm.isMap(object)) return undefined;
  if (object instanceof HostObject) {
    const own = object.trustedProperty(vm, name);
    if (own !== undefined) return own;
    if (name === 'metaClass') return vm.metaClassOf(object);
    if (name !== 'class' && getterOf(vm, vm.classOf(object), name) === null) lackedBy(object, name);
    return undefined;
  }
  if (object instanceof AbstractClosure) {
    for (const target of targetsOf(object)) {
      const own = target instanceof HostObject ? target.trustedProperty(vm, name) : undefined;
      if (own !== undefined) return own;
    }
    return undefined;
  }
  if (name === 'metaClass') return vm.metaClassOf(object);
  if (object instanceof GroovyClass) {
    const getter = choose(vm, staticMethods(vm, object, `get${capitalized(name)}`), [], object.name, name);
    if (getter !== null) return permitted(vm, getter, object, []);
    if (object.findStaticField(name) !== null) return undefined;
    const own = getterOf(vm, vm.registry.get('java.lang.Class'), name);
    return own === null ? undefined : permitted(vm, own, object, []);
  }
  const getter = getterOf(vm, vm.classOf(object), name);
  if (getter !== null) return permitted(vm, getter, object, []);
  if ((object instanceof JavaList || object instanceof JavaArray) && object.items.some((x) => x instanceof HostObject))
    return vm.defer(readEach(vm, object.items, name));
  return undefined;
}

/** `object.name = value` */
export function trustedWrite(vm: Interpreter, object: Value, name: string, value: Value): boolean {
  return object instanceof HostObject && object.trustedSet(vm, name, value);
}

/** `new cls(args)` */
export function trustedNew(vm: Interpreter, cls: GroovyClass, args: readonly Value[]): Answer | undefined {
  if (cls.isScriptCode) return undefined;
  const m = choose(vm, cls.ready().constructors, args, cls.name, '<init>');
  return m === null ? undefined : permitted(vm, m, cls, args);
}

/** The method that the call means; null where none fits, which the plain way tells. */
function meant(vm: Interpreter, receiver: Value, name: string, args: readonly Value[]): Method | null {
  if (receiver instanceof GroovyClass) {
    vm.initialize(receiver);
    const own = choose(vm, staticMethods(vm, receiver, name), args, receiver.name, name);
    return own ?? choose(vm, instanceMethods(vm, vm.registry.get('java.lang.Class'), name), args, 'java.lang.Class', name);
  }
  const cls = vm.classOf(receiver);
  return choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
}

function lackedBy(object: HostObject, name: string): void {
  const lacking = object.lacks(name);
  if (lacking !== null) throw lacking;
}

function permitted(vm: Interpreter, m: Method, self: Value, args: readonly Value[]): Answer | undefined {
  if (m.refused === null) return undefined;
  if (m.native === null) throw unavailable(vm, m.refused);
  return nativeAnswer(vm, m.native(vm, m.isStatic && !(self instanceof GroovyClass) ? m.owner : self, ...prepare(vm, m, args)));
}

function* targetsOf(closure: AbstractClosure): Generator<Value> {
  const { owner, delegate, strategy } = closure;
  const order =
    strategy === OWNER_ONLY ? [owner] : strategy === DELEGATE_ONLY ? [delegate] : strategy === DELEGATE_FIRST ? [delegate, owner] : [owner, delegate];
  for (const target of order[0] === order[1] ? order.slice(0, 1) : order) {
    if (target instanceof AbstractClosure) yield* targetsOf(target);
    else if (target !== null && target !== undefined) yield target;
  }
}

/** As the plain way reads a property of a list: of each element, null ones left out. */
function* readEach(vm: Interpreter, items: readonly Value[], name: string): Computation {
  const out: Value[] = [];
  for (const item of [...items]) {
    if (item === null) continue;
    const own = trustedRead(vm, item, name);
    let r = own === undefined ? vm.getProperty(item, name) : own;
    if (r === PENDING) r = yield* vm.take();
    out.push(r as Value);
  }
  return new JavaList(out);
}
