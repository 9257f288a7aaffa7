/**
 * Call sites: each remembers which method its last call meant, and for which classes. A call that means the same
 * again costs a few comparisons.
 */

import { ProxyObject } from '../operations/proxy.ts';
import { capitalized } from './bean-names.ts';
import { callMethod, choose, coercersOf, instanceMethods, invokeMethod, nativeAnswer, staticMethods } from './call.ts';
import type { Code, Method } from './classes.ts';
import { GroovyClass, Instance } from './classes.ts';
import { AbstractClosure, OWNER_FIRST, OWNER_ONLY } from './closure.ts';
import { HostObject } from './host-object.ts';
import type { Interpreter } from './interpreter.ts';
import { getProperty, readProperty } from './property.ts';
import { missingProperty } from './refusals.ts';
import { ScriptObject } from './script-object.ts';
import { select } from './select.ts';
import { boxed, isPrimitive } from './signature.ts';
import { trustedCall, trustedCallIn, trustedRead } from './trusted.ts';
import type { Pending, Value } from './values.ts';
import { PENDING } from './values.ts';

type Answer = Value | Pending;

export class CallSite {
  readonly name: string;
  epoch = -1;
  cls: GroovyClass | null = null;
  method: Method | null = null;
  /** The method takes any arguments of that number, so their classes need no look. */
  loose = false;
  argClasses: readonly GroovyClass[] = [];
  count = -1;
  /** Property reads: the slot of an instance's field. */
  slot = -1;
  constructor(name: string) {
    this.name = name;
  }
}

/** Whether calls of the method can skip conversions: every parameter takes its argument as it is. */
function direct(vm: Interpreter, m: Method, args: readonly Value[]): boolean {
  if (m.variable || m.slots !== null || m.refused !== null || m.params.length !== args.length) return false;
  if (m.code === null && m.native === null) return false;
  const coercers = coercersOf(vm, m);
  if (coercers === null) return true;
  return m.params.every((p, i) => {
    if (coercers[i] === null) return true;
    const a = args[i] as Value;
    const name = vm.classOf(a).name;
    return a !== null && (name === p || (isPrimitive(p) && BOXED[p] === name));
  });
}
const BOXED: Readonly<Record<string, string>> = {
  int: 'java.lang.Integer',
  long: 'java.lang.Long',
  double: 'java.lang.Double',
  boolean: 'java.lang.Boolean',
  char: 'java.lang.Character',
  float: 'java.lang.Float',
  short: 'java.lang.Short',
  byte: 'java.lang.Byte',
};

/** `trusted`: of a unit whose code may do what the sandbox refuses; what a call site remembers is never that. */
export function makeCalls(vm: Interpreter, trusted: boolean) {
  /** Remembers what the call means and makes it; the slow way where it is not a plain method of the receiver's class. */
  function first(s: CallSite, receiver: Value, args: readonly Value[]): Answer {
    const own = trusted ? trustedCall(vm, receiver, s.name, args) : undefined;
    if (own !== undefined) return own;
    if (
      receiver === null ||
      receiver instanceof AbstractClosure ||
      receiver instanceof GroovyClass ||
      receiver instanceof HostObject ||
      receiver instanceof ProxyObject
    )
      return invokeMethod(vm, receiver, s.name, args);
    const cls = vm.classOf(receiver);
    const candidates = instanceMethods(vm, cls, s.name);
    const m = vm.userNames.has('invokeMethod') && cls.isScriptCode ? null : choose(vm, candidates, args, cls.name, s.name);
    if (m === null) return invokeMethod(vm, receiver, s.name, args);
    if (vm.categories === null && !m.isStatic && direct(vm, m, args)) {
      s.cls = cls;
      s.method = m;
      s.epoch = vm.epoch;
      s.count = args.length;
      s.loose = candidates.every((c) => c === m || (c.params.length !== args.length && !c.variable)) && m.params.every((p) => p === 'java.lang.Object');
      s.argClasses = args.map((a) => vm.classOf(a));
    } else s.cls = null;
    return callMethod(vm, m, m.isStatic ? m.owner : receiver, args);
  }
  function run0(m: Method, receiver: Value): Answer {
    if (m.native !== null) return nativeAnswer(vm, m.native(vm, receiver));
    const code = m.code as Code;
    if (code.plain !== null && vm.usable(code) && --vm.fuel >= 0) return code.plain(receiver);
    return vm.defer(code.gen(receiver));
  }
  function c0(s: CallSite, receiver: Value): Answer {
    if (receiver instanceof Instance ? receiver.$class === s.cls : vm.classOf(receiver) === s.cls) {
      if (s.count === 0 && s.epoch === vm.epoch) return run0(s.method as Method, receiver);
    }
    return first(s, receiver, []);
  }
  function c1(s: CallSite, receiver: Value, a: Value): Answer {
    if (
      s.count === 1 &&
      s.epoch === vm.epoch &&
      (receiver instanceof Instance ? receiver.$class : vm.classOf(receiver)) === s.cls &&
      (s.loose || vm.classOf(a) === s.argClasses[0])
    ) {
      const m = s.method as Method;
      if (m.native !== null) return nativeAnswer(vm, m.native(vm, receiver, a));
      const code = m.code as Code;
      if (code.plain !== null && vm.usable(code) && --vm.fuel >= 0) return code.plain(receiver, a);
      return vm.defer(code.gen(receiver, a));
    }
    return first(s, receiver, [a]);
  }
  function c2(s: CallSite, receiver: Value, a: Value, b: Value): Answer {
    if (
      s.count === 2 &&
      s.epoch === vm.epoch &&
      (receiver instanceof Instance ? receiver.$class : vm.classOf(receiver)) === s.cls &&
      (s.loose || (vm.classOf(a) === s.argClasses[0] && vm.classOf(b) === s.argClasses[1]))
    ) {
      const m = s.method as Method;
      if (m.native !== null) return nativeAnswer(vm, m.native(vm, receiver, a, b));
      const code = m.code as Code;
      if (code.plain !== null && vm.usable(code) && --vm.fuel >= 0) return code.plain(receiver, a, b);
      return vm.defer(code.gen(receiver, a, b));
    }
    return first(s, receiver, [a, b]);
  }
  function c3(s: CallSite, receiver: Value, a: Value, b: Value, c: Value): Answer {
    return cn(s, receiver, [a, b, c]);
  }
  function cn(s: CallSite, receiver: Value, args: readonly Value[]): Answer {
    if (
      s.count === args.length &&
      s.epoch === vm.epoch &&
      vm.classOf(receiver) === s.cls &&
      (s.loose || args.every((a, i) => vm.classOf(a) === s.argClasses[i]))
    ) {
      const m = s.method as Method;
      if (m.native !== null) return nativeAnswer(vm, m.native(vm, receiver, ...args));
      return vm.defer((m.code as Code).gen(receiver, ...args));
    }
    return first(s, receiver, args);
  }
  /** A call in which some arguments' types are written: they choose among methods of one name. */
  function ct(s: CallSite, receiver: Value, args: readonly Value[], types: readonly (string | null)[]): Answer {
    const own = trusted ? trustedCall(vm, receiver, s.name, args) : undefined;
    if (own !== undefined) return own;
    if (receiver !== null && !(receiver instanceof AbstractClosure) && !(receiver instanceof HostObject) && !(receiver instanceof ProxyObject)) {
      const cls = receiver instanceof GroovyClass ? receiver : vm.classOf(receiver);
      const candidates = receiver instanceof GroovyClass ? staticMethods(vm, cls, s.name) : instanceMethods(vm, cls, s.name);
      if (candidates.length > 1) {
        const picked = select(
          vm.registry,
          candidates,
          args.map((a, i) => {
            const t = types[i];
            return t === null || t === undefined ? vm.classOf(a) : (vm.registry.find(boxed(t)) ?? vm.classOf(a));
          }),
        );
        if (picked !== null && !Array.isArray(picked)) {
          const m = picked as Method;
          return callMethod(vm, m, m.isStatic ? m.owner : receiver, args);
        }
      }
    }
    return cn(s, receiver, args);
  }
  /** A call without a receiver inside a closure. Where only owners decide, it is a call on the object around. */
  function viaClosure(s: CallSite, closure: AbstractClosure, args: readonly Value[]): Answer {
    if (!CLOSURE_METHODS.has(s.name)) {
      const own = trusted ? trustedCallIn(vm, closure, s.name, args) : undefined;
      if (own !== undefined) return own;
      let at: Value = closure;
      while (at instanceof AbstractClosure && (at.strategy === OWNER_FIRST || at.strategy === OWNER_ONLY)) at = at.owner;
      if (at instanceof Instance && s.cls === at.$class && s.count === args.length && s.epoch === vm.epoch) return cn(s, at, args);
      if (at instanceof Instance) {
        const cls = at.$class;
        const m = choose(vm, instanceMethods(vm, cls, s.name), args, cls.name, s.name);
        if (m !== null && m.code !== null) return cn(s, at, args);
        if (at instanceof ScriptObject && m === null && onlyOwners(closure) && vm.callableProperty(at, cls, s.name) === null && !at.binding.has(s.name)) {
          // The usual step in a block: nobody on the way has such a method, so the host is asked at once.
          const answer = vm.hooks.methodMissing?.(vm, at, s.name, args);
          if (answer !== undefined) return answer;
        }
      }
    }
    return invokeMethod(vm, closure, s.name, args);
  }
  function onlyOwners(closure: AbstractClosure): boolean {
    let at: Value = closure;
    while (at instanceof AbstractClosure) {
      if (at.delegate !== at.owner) return false;
      at = at.owner;
    }
    return true;
  }

  function get(s: CallSite, object: Value): Answer {
    if (object instanceof Instance && object.$class === s.cls && s.epoch === vm.epoch && s.slot >= 0) return object.fields[s.slot] as Value;
    if (object instanceof Instance && vm.categories === null) {
      const cls = object.$class;
      const getters = instanceMethods(vm, cls, `get${capitalized(s.name)}`).filter((m) => m.params.length === 0);
      const getter = getters[0];
      if (getter?.slot !== undefined && vm.userGetProperty(cls) === null) {
        s.cls = cls;
        s.epoch = vm.epoch;
        s.slot = getter.slot;
        return object.fields[getter.slot] as Value;
      }
      s.slot = -1;
    }
    const own = trusted ? trustedRead(vm, object, s.name) : undefined;
    return own === undefined ? getProperty(vm, object, s.name) : own;
  }
  /** A bare name that is no local variable: of the object, of what is around it, or of the script's binding. */
  function gv(s: CallSite, self: Value): Answer {
    if (self instanceof ScriptObject) {
      const own = self.$class.ownFields.get(s.name);
      if (own !== undefined) return self.fields[own.slot] as Value;
      const bound = self.binding.get(s.name);
      if (bound !== undefined && self.$class.findField(s.name) === null) return bound;
    } else if (self instanceof Instance && !(self instanceof ScriptObject)) {
      // A class's own code reads its field, not its getter.
      const field = self.$class.findField(s.name);
      if (field !== null) return self.fields[field.slot] as Value;
    }
    const own = trusted ? trustedRead(vm, self, s.name) : undefined;
    const r = own === undefined ? readProperty(vm, self, s.name) : own;
    if (r !== undefined) return r;
    throw missingProperty(ownerName(self), s.name);
  }
  function ownerName(self: Value): string {
    let at = self;
    while (at instanceof AbstractClosure) at = at.owner;
    return at instanceof GroovyClass ? at.name : vm.classOf(at).name;
  }
  return { c0, c1, c2, c3, cn, ct, viaClosure, get, gv, site: (name: string) => new CallSite(name), P: PENDING };
}

/** Methods of closures themselves, which win over the owner's. */
const CLOSURE_METHODS = new Set([
  'call',
  'doCall',
  'curry',
  'rcurry',
  'ncurry',
  'rehydrate',
  'dehydrate',
  'memoize',
  'trampoline',
  'getOwner',
  'getDelegate',
  'setDelegate',
  'getThisObject',
  'setResolveStrategy',
  'getResolveStrategy',
  'getMaximumNumberOfParameters',
  'getParameterTypes',
  'asWritable',
  'leftShift',
  'rightShift',
  'clone',
  'run',
  'isCase',
  'getDirective',
  'setDirective',
  'getProperty',
  'setProperty',
]);
