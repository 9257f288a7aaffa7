/** Finding and calling methods: Groovy's dispatch by the classes that the arguments have at run time. */

import { JavaArray, JavaList } from '../collections/model.ts';
import { invokeProxy, ProxyObject } from '../operations/proxy.ts';
import type { Code, Coercer, Method } from './classes.ts';
import { GroovyClass, Instance } from './classes.ts';
import { AbstractClosure, Closure, CurriedClosure, DELEGATE_FIRST, DELEGATE_ONLY, MethodClosure, NativeClosure, OWNER_ONLY, TO_SELF } from './closure.ts';
import { HostObject } from './host-object.ts';
import type { Interpreter } from './interpreter.ts';
import { ambiguousMethod, missingConstructor, missingMethod, missingStaticMethod, rejected } from './refusals.ts';
import { ScriptObject } from './script-object.ts';
import { select } from './select.ts';
import { boxed, isPrimitive } from './signature.ts';
import type { Computation, Pending, Value } from './values.ts';
import { GString, JavaThrowable, PENDING } from './values.ts';

// ---------------------------------------------------------------- finding

/** All methods of the name that an instance of the class has: own, inherited, extensions; overridden ones left out. */
export function instanceMethods(vm: Interpreter, cls: GroovyClass, name: string): readonly Method[] {
  if (vm.categories === null) {
    const known = cls.methodCache.get(name);
    if (known !== undefined) return known;
  }
  const found: Method[] = [];
  const take = (list: readonly Method[] | undefined): void => {
    for (const m of list ?? []) {
      const same = found.findIndex((o) => sameParams(o, m));
      if (same < 0) found.push(m);
      else if ((found[same] as Method).isAbstract && !m.isAbstract) found[same] = m;
    }
  };
  if (vm.categories !== null) for (const category of vm.categories) for (const c of cls.ancestors()) take(category.get(c.name)?.get(name));
  for (const c of cls.ancestors()) {
    c.ready();
    take(c.added?.get(name));
    take(c.ownMethods.get(name));
    // A static method can be called on an instance.
    if (!c.isInterface) take(c.ownStatics.get(name));
    take(vm.registry.extensionsOf(c, name, false));
  }
  if (vm.categories === null) cls.methodCache.set(name, found);
  return found;
}

export function staticMethods(vm: Interpreter, cls: GroovyClass, name: string): readonly Method[] {
  const known = cls.staticCache.get(name);
  if (known !== undefined) return known;
  const found: Method[] = [];
  for (const c of cls.ancestors()) {
    c.ready();
    for (const m of [...(c.ownStatics.get(name) ?? []), ...vm.registry.extensionsOf(c, name, true)]) if (!found.some((o) => sameParams(o, m))) found.push(m);
  }
  cls.staticCache.set(name, found);
  return found;
}

function sameParams(a: Method, b: Method): boolean {
  if (a.params.length !== b.params.length) return false;
  for (let i = 0; i < a.params.length; i++) if (a.params[i] !== b.params[i]) return false;
  return true;
}

export function choose(vm: Interpreter, candidates: readonly Method[], args: readonly Value[], ownerName: string, name: string): Method | null {
  if (candidates.length === 0) return null;
  const { choices } = vm;
  const known = choices.recall(vm, candidates, args);
  if (known !== undefined) return known;
  const chosen = chooseAnew(vm, candidates, args, ownerName, name);
  choices.keep(vm, candidates, args, chosen);
  return chosen;
}
function chooseAnew(vm: Interpreter, candidates: readonly Method[], args: readonly Value[], ownerName: string, name: string): Method | null {
  if (args.length === 0 && !candidates.some((m) => m.params.length === 0 || (m.variable && m.params.length === 1))) {
    // A method of one parameter may be called with none: it gets null.
    const one = candidates.filter((m) => m.params.length === 1 && !isPrimitive(m.params[0] as string) && m.code !== null);
    return one.find((m) => m.params[0] === 'java.lang.Object') ?? one[0] ?? null;
  }
  const picked = select(
    vm.registry,
    candidates,
    args.map((a) => vm.classOf(a)),
  );
  if (picked === null || !Array.isArray(picked)) return picked as Method | null;
  throw ambiguousMethod(vm, ownerName, name, args, picked as Method[]);
}

// ---------------------------------------------------------------- calling what was found

/** A function that turns an argument into a parameter's type, or null where none is needed. */
export function coercerFor(vm: Interpreter, type: string): Coercer | null {
  if (type === 'java.lang.Object') return null;
  const target = boxed(type);
  if (target === 'java.lang.String') return (v) => (v === null || typeof v === 'string' ? v : vm.cast(v, 'java.lang.String'));
  if (NUMBERS.has(target)) {
    const want = vm.registry.get(target);
    return (v) => (v === null || vm.classOf(v) === want ? v : vm.cast(v, target));
  }
  if (isPrimitive(type)) return null;
  const cls = vm.registry.find(type);
  if (cls?.isScriptCode && cls.isInterface) return (v) => (v instanceof AbstractClosure ? (vm.coerceNow(v, type) as Value) : v);
  return null;
}
const NUMBERS = new Set([
  'java.lang.Integer',
  'java.lang.Long',
  'java.lang.Double',
  'java.lang.Float',
  'java.lang.Short',
  'java.lang.Byte',
  'java.math.BigDecimal',
  'java.math.BigInteger',
  'java.lang.Character',
]);

export function coercersOf(vm: Interpreter, m: Method): readonly (Coercer | null)[] | null {
  if (m.coercers !== undefined) return m.coercers;
  const list = m.params.map((p) => coercerFor(vm, p));
  const made = list.some((c) => c !== null) ? list : null;
  m.coercers = made;
  return made;
}

/** Arguments in the form that the method declares: variable ones packed, each converted. */
export function prepare(vm: Interpreter, m: Method, args: readonly Value[]): readonly Value[] {
  const n = m.params.length;
  if (args.length === 0 && n === 1 && !m.variable) return [null];
  let given = args;
  if (m.variable) {
    const last = args[n - 1];
    const arrayType = m.params[n - 1] as string;
    const fits = args.length === n && (last === null || (last instanceof JavaArray && vm.instanceOf(last, arrayType)));
    if (!fits) {
      const component = arrayType.slice(0, -2);
      const coerce = coercerFor(vm, component);
      const rest = args.slice(n - 1);
      given = [...args.slice(0, n - 1), new JavaArray(component, coerce === null ? rest : rest.map(coerce))];
    }
  }
  const coercers = coercersOf(vm, m);
  if (coercers === null) return given;
  const out = given === args ? [...args] : (given as Value[]);
  for (let i = 0; i < out.length; i++) {
    const c = coercers[i];
    if (c !== null && c !== undefined) out[i] = c(out[i] as Value);
  }
  return out;
}

export function runCode(vm: Interpreter, code: Code, self: Value, args: readonly Value[]): Value | Pending {
  if (code.plain !== null && vm.usable(code)) {
    if (--vm.fuel >= 0) return code.plain(self, ...args);
    return vm.defer(vm.afterTick(() => (code.plain as NonNullable<typeof code.plain>)(self, ...args)));
  }
  return vm.defer(code.gen(self, ...args));
}

const GENERATOR = Object.getPrototypeOf(function* () {}).prototype as object;

/** What a native function answered: a value, PENDING, or a computation that is still to be run. */
export function nativeAnswer(vm: Interpreter, r: Value | Pending | Computation): Value | Pending {
  if (typeof r === 'object' && r !== null && Object.prototype.isPrototypeOf.call(GENERATOR, r)) return vm.defer(r as Computation);
  return r as Value | Pending;
}

export function callMethod(vm: Interpreter, m: Method, self: Value, args: readonly Value[]): Value | Pending {
  if (m.refused !== null && (vm.sandbox || m.native === null)) throw rejected(vm, m.refused);
  const given = prepare(vm, m, args);
  if (m.native !== null) {
    return nativeAnswer(vm, m.native(vm, self, ...given));
  }
  if (m.code === null && self instanceof ProxyObject) return invokeProxy(vm, self, m.name, args);
  if (m.code === null) throw new JavaThrowable('java.lang.AbstractMethodError', `${m.owner.name}.${m.name}()`);
  return runCode(vm, m.code, self, spread(m, given));
}

/** Puts the arguments of a form with defaults left out where the whole parameter list has them. */
export function spread(m: Method, args: readonly Value[]): readonly Value[] {
  if (m.slots === null) return args;
  const all: (Value | undefined)[] = new Array(m.total).fill(undefined);
  for (let i = 0; i < m.slots.length; i++) all[m.slots[i] as number] = args[i];
  return all as Value[];
}

// ---------------------------------------------------------------- calls by name

/** Groovy's method call: `receiver.name(args)`. */
export function invokeMethod(vm: Interpreter, receiver: Value, name: string, args: readonly Value[]): Value | Pending {
  if (receiver instanceof AbstractClosure) return invokeOnClosure(vm, receiver, name, args);
  if (receiver instanceof GroovyClass) return invokeStatic(vm, receiver, name, args);
  if (receiver instanceof ProxyObject) return invokeOnProxy(vm, receiver, name, args);
  if (receiver instanceof HostObject) {
    const r = receiver.invokeMethod(vm, name, args);
    if (r !== undefined) return r;
  }
  const cls = vm.classOf(receiver);
  if (cls.isScriptCode && name !== 'invokeMethod' && vm.userNames.has('invokeMethod') && vm.instanceOf(receiver, 'groovy.lang.GroovyInterceptable')) {
    return invokeMethod(vm, receiver, 'invokeMethod', [name, new JavaArray('java.lang.Object', [...args])]);
  }
  const candidates = instanceMethods(vm, cls, name);
  const m = choose(vm, candidates, args, cls.name, name);
  if (m !== null) return callMethod(vm, m, m.isStatic ? m.owner : receiver, args);
  const only = args[0];
  if (args.length === 1 && only instanceof JavaList) {
    // A list may stand for the arguments: `m[1, 2]` calls getAt(1, 2).
    const spreadOut = choose(vm, candidates, only.items, cls.name, name);
    if (spreadOut !== null) return callMethod(vm, spreadOut, spreadOut.isStatic ? spreadOut.owner : receiver, only.items);
  }
  if (receiver instanceof GString) return invokeMethod(vm, receiver.javaString(vm), name, args);
  if (receiver === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot invoke method ${name}() on null object`);
  return invokeMissing(vm, receiver, cls, name, args);
}

/** A closure or map that stands for an interface: the interface's methods are its own, the rest Object's. */
function invokeOnProxy(vm: Interpreter, proxy: ProxyObject, name: string, args: readonly Value[]): Value | Pending {
  const cls = vm.classOf(proxy);
  const m = choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
  if (m !== null && !(m.isAbstract || m.owner.isInterface || m.owner.name === 'java.util.Collections')) {
    if (m.owner.name !== 'java.lang.Object' || m.extension === null) return callMethod(vm, m, proxy, args);
  }
  if (m === null || !m.owner.isInterface) {
    if (m !== null) return callMethod(vm, m, proxy, args);
    if (proxy.target instanceof AbstractClosure && !proxy.$class.interfaces.some((i) => i.isScriptCode && instanceMethods(vm, i, name).length === 0))
      return invokeProxy(vm, proxy, name, args);
    throw missingMethod(vm, cls.name, name, args);
  }
  return invokeProxy(vm, proxy, name, args);
}

/** What Groovy tries when no method fits: a property that holds a closure, methodMissing, invokeMethod, the outer object, the host. */
function invokeMissing(vm: Interpreter, receiver: Value, cls: GroovyClass, name: string, args: readonly Value[]): Value | Pending {
  const callable = vm.callableProperty(receiver, cls, name);
  if (callable !== null) return callable instanceof AbstractClosure ? callClosure(vm, callable, args) : invokeMethod(vm, callable, 'call', args);
  if (receiver instanceof Instance) {
    for (let c: GroovyClass | null = cls; c !== null; c = c.superclass)
      for (const field of c.delegates ?? []) {
        const delegate = receiver.fields[c.findField(field)?.slot ?? -1] ?? null;
        if (delegate !== null && findOn(vm, delegate, name, args) !== null) return invokeMethod(vm, delegate, name, args);
      }
    if (receiver.outer !== null) {
      const outerMethod = findOn(vm, receiver.outer, name, args);
      if (outerMethod !== null || (receiver.outer instanceof ScriptObject && vm.hooks.methodMissing !== undefined))
        return invokeMethod(vm, receiver.outer, name, args);
    }
    const list = new JavaArray('java.lang.Object', [...args]);
    const missing = choose(vm, instanceMethods(vm, cls, 'methodMissing'), [name, list], cls.name, 'methodMissing');
    if (missing !== null && missing.code !== null) return callMethod(vm, missing, receiver, [name, list]);
    const invoke = choose(vm, instanceMethods(vm, cls, 'invokeMethod'), [name, list], cls.name, 'invokeMethod');
    if (invoke !== null && invoke.code !== null) return callMethod(vm, invoke, receiver, [name, list]);
  }
  if (receiver instanceof ScriptObject) {
    const bound = receiver.binding.get(name);
    if (bound !== undefined && bound !== null) return bound instanceof AbstractClosure ? callClosure(vm, bound, args) : invokeMethod(vm, bound, 'call', args);
    const answer = vm.hooks.methodMissing?.(vm, receiver, name, args);
    if (answer !== undefined) return answer;
  }
  throw missingMethod(vm, cls.name, name, args);
}

function findOn(vm: Interpreter, receiver: Value, name: string, args: readonly Value[]): Method | null {
  if (receiver instanceof GroovyClass) return choose(vm, staticMethods(vm, receiver, name), args, receiver.name, name);
  const cls = vm.classOf(receiver);
  return choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
}

export function invokeStatic(vm: Interpreter, cls: GroovyClass, name: string, args: readonly Value[]): Value | Pending {
  vm.initialize(cls);
  const m = choose(vm, staticMethods(vm, cls, name), args, cls.name, name);
  // In a script's static method `this` is the class that declares it.
  if (m !== null) return callMethod(vm, m, m.code === null ? cls : m.owner, args);
  const meta = vm.registry.get('java.lang.Class');
  const own = choose(vm, instanceMethods(vm, meta, name), args, meta.name, name);
  if (own !== null) return callMethod(vm, own, cls, args);
  const field = cls.findStaticField(name);
  if (field !== null) {
    const value = vm.staticValue(field.owner, field.field);
    if (value instanceof AbstractClosure) return callClosure(vm, value, args);
  }
  const list = new JavaArray('java.lang.Object', [...args]);
  const missing = choose(vm, staticMethods(vm, cls, '$static_methodMissing'), [name, list], cls.name, name);
  if (missing !== null) return callMethod(vm, missing, cls, [name, list]);
  if (cls.outer?.isScriptCode) {
    const outer = choose(vm, staticMethods(vm, cls.outer, name), args, cls.outer.name, name);
    if (outer !== null) return callMethod(vm, outer, cls.outer, args);
  }
  throw missingStaticMethod(vm, cls.name, name, args);
}

function invokeOnClosure(vm: Interpreter, closure: AbstractClosure, name: string, args: readonly Value[]): Value | Pending {
  if (name === 'call' || name === 'doCall') return callClosure(vm, closure, args);
  const cls = vm.registry.get(closure instanceof MethodClosure ? 'org.codehaus.groovy.runtime.MethodClosure' : 'groovy.lang.Closure');
  const own = choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
  // Methods of Object's extension such as `print` are the owner's first where it has its own.
  if (own !== null && !(own.extension !== null && own.owner.name === 'java.lang.Object' && ownerHas(vm, closure, name, args)))
    return callMethod(vm, own, closure, args);
  return callOutOfClosure(vm, closure, name, args, true);
}

function ownerHas(vm: Interpreter, closure: AbstractClosure, name: string, args: readonly Value[]): boolean {
  let owner: Value = closure.owner;
  while (owner instanceof AbstractClosure) owner = owner.owner;
  if (owner instanceof ScriptObject && vm.hooks.hasMethod?.(name)) return true;
  const m = owner === null ? null : findOn(vm, owner, name, args);
  return m !== null && m.code !== null;
}

/** A call without a receiver inside a closure: the owner's or the delegate's method, by the strategy. */
function callOutOfClosure(vm: Interpreter, closure: AbstractClosure, name: string, args: readonly Value[], last: boolean): Value | Pending {
  const { owner, delegate, strategy } = closure;
  const order =
    strategy === OWNER_ONLY
      ? [owner]
      : strategy === DELEGATE_ONLY
        ? [delegate]
        : strategy === TO_SELF
          ? []
          : strategy === DELEGATE_FIRST
            ? [delegate, owner]
            : [owner, delegate];
  const targets = order[0] === order[1] ? order.slice(0, 1) : order;
  // First whoever has such a method, then whoever answers for missing ones.
  for (const target of targets) {
    const chain = reaches(vm, target, name, args);
    if (chain !== null) return chain();
  }
  for (const target of targets) {
    const answer = answersForMissing(vm, target, name, args);
    if (answer !== undefined) return answer;
  }
  const self = innermost(closure);
  if (last) throw missingMethod(vm, vm.classOf(self).name, name, args);
  throw missingMethod(vm, vm.classOf(self).name, name, args);
}

function innermost(closure: AbstractClosure): Value {
  let at: Value = closure.strategy === DELEGATE_ONLY ? closure.delegate : closure.owner;
  while (at instanceof AbstractClosure) at = at.owner;
  return at;
}

function reaches(vm: Interpreter, target: Value, name: string, args: readonly Value[]): (() => Value | Pending) | null {
  if (target === null || target === undefined) return null;
  if (target instanceof AbstractClosure) {
    const { owner, delegate, strategy } = target;
    const cls = vm.registry.get('groovy.lang.Closure');
    const own = choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
    if (own !== null && own.extension === null) return () => callMethod(vm, own, target, args);
    const order =
      strategy === OWNER_ONLY ? [owner] : strategy === DELEGATE_ONLY ? [delegate] : strategy === DELEGATE_FIRST ? [delegate, owner] : [owner, delegate];
    for (const t of order[0] === order[1] ? order.slice(0, 1) : order) {
      const r = reaches(vm, t, name, args);
      if (r !== null) return r;
    }
    return null;
  }
  if (target instanceof HostObject) return target.hasMethod(name) ? () => invokeMethod(vm, target, name, args) : null;
  if (target instanceof GroovyClass) return findOn(vm, target, name, args) !== null ? () => invokeMethod(vm, target, name, args) : null;
  const cls = vm.classOf(target);
  const m = choose(vm, instanceMethods(vm, cls, name), args, cls.name, name);
  if (m !== null) {
    if (m.extension !== null && target instanceof ScriptObject && vm.hooks.hasMethod?.(name)) return () => invokeMissing(vm, target, cls, name, args);
    return () => callMethod(vm, m, m.isStatic ? m.owner : target, args);
  }
  if (target instanceof Instance && target.outer !== null) {
    const outer = reaches(vm, target.outer, name, args);
    if (outer !== null) return outer;
  }
  if (vm.callableProperty(target, cls, name) !== null) return () => invokeMissing(vm, target, cls, name, args);
  return null;
}

/** methodMissing, invokeMethod and the host's answer; undefined where nobody answers. */
function answersForMissing(vm: Interpreter, target: Value, name: string, args: readonly Value[]): Value | Pending | undefined {
  if (target instanceof AbstractClosure) {
    const { owner, delegate, strategy } = target;
    const order =
      strategy === DELEGATE_FIRST ? [delegate, owner] : strategy === DELEGATE_ONLY ? [delegate] : strategy === OWNER_ONLY ? [owner] : [owner, delegate];
    for (const t of order[0] === order[1] ? order.slice(0, 1) : order) {
      const r = answersForMissing(vm, t, name, args);
      if (r !== undefined) return r;
    }
    return undefined;
  }
  if (target instanceof HostObject) return target.invokeMethod(vm, name, args);
  if (!(target instanceof Instance)) return undefined;
  const cls = vm.classOf(target);
  const list = new JavaArray('java.lang.Object', [...args]);
  for (const special of ['methodMissing', 'invokeMethod']) {
    const m = choose(vm, instanceMethods(vm, cls, special), [name, list], cls.name, special);
    if (m !== null && m.code !== null) return callMethod(vm, m, target, [name, list]);
  }
  if (target instanceof ScriptObject) {
    const bound = target.binding.get(name);
    if (bound !== undefined && bound !== null) return bound instanceof AbstractClosure ? callClosure(vm, bound, args) : invokeMethod(vm, bound, 'call', args);
    return vm.hooks.methodMissing?.(vm, target, name, args);
  }
  return target.outer !== null ? answersForMissing(vm, target.outer, name, args) : undefined;
}

// ---------------------------------------------------------------- closures

export function callClosure(vm: Interpreter, closure: AbstractClosure, args: readonly Value[]): Value | Pending {
  if (closure instanceof Closure) return callCompiled(vm, closure, args);
  if (closure instanceof CurriedClosure) return callClosure(vm, closure.base, closure.merge(args));
  if (closure instanceof MethodClosure) return invokeMethod(vm, closure.owner, closure.methodName, args);
  if (closure instanceof NativeClosure) {
    return nativeAnswer(vm, closure.run(args));
  }
  throw new JavaThrowable('java.lang.IllegalStateException', `cannot call ${closure.$type}`);
}

function callCompiled(vm: Interpreter, closure: Closure, args: readonly Value[]): Value | Pending {
  const { info } = closure;
  const n = info.params.length;
  let given = args;
  if (args.length !== n || info.variable) {
    if (info.implicitIt && args.length === 0) given = [null];
    else if (!info.variable && args.length === 1 && n > 1 && args[0] instanceof JavaList && args[0].items.length <= n && args[0].items.length >= info.required)
      given = args[0].items;
    else if (info.variable) {
      const last = args[n - 1];
      if (!(args.length === n && last instanceof JavaArray && vm.instanceOf(last, info.params[n - 1] as string))) {
        if (args.length < n - 1) throw missingMethod(vm, info.className, 'call', args);
        const component = (info.params[n - 1] as string).slice(0, -2);
        const coerce = coercerFor(vm, component);
        const rest = args.slice(n - 1);
        given = [...args.slice(0, n - 1), new JavaArray(component, coerce === null ? rest : rest.map(coerce))];
      }
    } else if (args.length < info.required || args.length > n) throw missingMethod(vm, info.className, 'call', args);
  }
  if (info.typed) given = coerceClosureArgs(vm, closure, given, args);
  return runClosure(vm, closure, given);
}

function runClosure(vm: Interpreter, closure: Closure, args: readonly Value[]): Value | Pending {
  const { plain } = closure;
  if (plain !== null && vm.usable(closure.info)) {
    if (--vm.fuel >= 0) return args.length === 1 ? plain(closure, args[0]) : plain(closure, ...args);
    return vm.defer(vm.afterTick(() => plain(closure, ...args)));
  }
  return vm.defer(closure.gen(closure, ...args));
}

function coerceClosureArgs(vm: Interpreter, closure: Closure, given: readonly Value[], original: readonly Value[]): readonly Value[] {
  const { info } = closure;
  const out = [...given];
  for (let i = 0; i < out.length; i++) {
    const type = info.params[i] as string;
    if (type === 'java.lang.Object') continue;
    const v = out[i] as Value;
    const one = select(vm.registry, [probe(type)], [vm.classOf(v)]);
    if (one === null) throw missingMethod(vm, info.className, 'call', original);
    const c = coercerFor(vm, type);
    if (c !== null) out[i] = c(v);
  }
  return out;
}
function probe(type: string): Method {
  return { name: 'doCall', params: [type], variable: false, extension: null, code: null } as unknown as Method;
}

// ---------------------------------------------------------------- constructors

/** `new cls(args)` */
export function* construct(vm: Interpreter, cls: GroovyClass, args: readonly Value[], outer: Value = null): Computation {
  vm.initialize(cls);
  cls.ready();
  if (cls.isAbstract) throw new JavaThrowable('java.lang.InstantiationException', cls.isScriptCode ? `${cls.name}` : null);
  if (cls.kind === 'enum') throw missingConstructor(vm, cls.name, args);
  return yield* constructAny(vm, cls, args, outer);
}

export function* constructAny(vm: Interpreter, cls: GroovyClass, args: readonly Value[], outer: Value): Computation {
  if (!cls.isScriptCode) {
    const m = choose(vm, cls.constructors, args, cls.name, '<init>');
    if (m === null) {
      const made = yield* byNamedArguments(vm, cls, args);
      if (made !== null) return made;
      throw missingConstructor(vm, cls.name, args);
    }
    let r = callMethod(vm, m, cls, args);
    if (r === PENDING) r = yield* vm.take();
    return r as Value;
  }
  return yield* vm.constructScript(cls, args, outer);
}

/** `new Date(year: 2000)` on a Java class: the constructor without arguments, then the properties. */
function* byNamedArguments(vm: Interpreter, cls: GroovyClass, args: readonly Value[]): Computation<Value | null> {
  const map = args[0];
  if (args.length !== 1 || map === undefined || !vm.instanceOf(map, 'java.util.Map')) return null;
  const plain = choose(vm, cls.constructors, [], cls.name, '<init>');
  if (plain === null) return null;
  let r = callMethod(vm, plain, cls, []);
  if (r === PENDING) r = yield* vm.take();
  yield* vm.setProperties(r as Value, map);
  return r as Value;
}
