/** What generated code calls, by the short names that it uses. One set an interpreter. */
import { JavaArray, JavaList, JavaMap } from '../collections/index.ts';
import { Double, Float, Long } from '../numbers/boxes.ts';
import { decimalOf } from '../numbers/decimal.ts';
import { ProxyObject } from '../operations/proxy.ts';
import { callMethod, choose, construct, instanceMethods, invokeMethod, invokeStatic } from '../runtime/call.ts';
import { makeCalls } from '../runtime/call-site.ts';
import { useCategories } from '../runtime/categories.ts';
import type { Code } from '../runtime/classes.ts';
import { GroovyClass, Instance } from '../runtime/classes.ts';
import type { ClosureInfo } from '../runtime/closure.ts';
import { Closure, MethodClosure } from '../runtime/closure.ts';
import { TICK } from '../runtime/coroutine.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { makeOperators } from '../runtime/operators.ts';
import type { Note } from '../runtime/power-assert.ts';
import { renderAssert } from '../runtime/power-assert.ts';
import { fieldsOf, getProperty, readProperty, setProperty, writeField, writeStaticField } from '../runtime/property.ts';
import { missingMethod, missingProperty } from '../runtime/refusals.ts';
import { allocate, runConstructor, superInit } from '../runtime/script-class.ts';
import { isPrimitive } from '../runtime/signature.ts';
import { trustedCall, trustedNew, trustedRead, trustedWrite } from '../runtime/trusted.ts';
import type { Computation, Pending, Value } from '../runtime/values.ts';
import { GString, JavaThrowable, PENDING } from '../runtime/values.ts';
import type { AssertText } from './assert-text.ts';

type Answer = Value | Pending;
const PLAIN_TARGETS = new Set(['java.lang.Object', 'java.lang.String', 'java.lang.Boolean', 'boolean']);
interface ClassRef {
  readonly name: string;
  cls: GroovyClass | null;
}

/** `trusted`: for a unit whose code may do what the sandbox refuses. */
export function makeOperations(vm: Interpreter, trusted: boolean) {
  const operators = makeOperators(vm);
  const calls = makeCalls(vm, trusted);
  const invoke = (receiver: Value, name: string, args: readonly Value[]): Answer => {
    const own = trusted ? trustedCall(vm, receiver, name, args) : undefined;
    return own === undefined ? invokeMethod(vm, receiver, name, args) : own;
  };
  const read = (object: Value, name: string): Answer => {
    const own = trusted ? trustedRead(vm, object, name) : undefined;
    return own === undefined ? getProperty(vm, object, name) : own;
  };

  // ---------------------------------------------------------------- literals
  const ref = (name: string): ClassRef => ({ name, cls: null });
  const cl = (r: ClassRef): GroovyClass => (r.cls ??= vm.findClass(r.name) ?? vm.registry.get(r.name));
  function number(type: string, text: string): Value {
    switch (type) {
      case 'Long':
        return Long.of(BigInt(text));
      case 'Double':
        return new Double(Number(text));
      case 'Float':
        return new Float(Number(text));
      default:
        return decimalOf(text);
    }
  }
  const L = (items: Value[]): JavaList => new JavaList(items);
  function M(pairs: readonly Value[]): JavaMap {
    const map = new JavaMap();
    for (let i = 0; i < pairs.length; i += 2) map.put(vm, pairs[i] as Value, pairs[i + 1] as Value);
    return map;
  }
  const G = (strings: readonly string[], values: Value[]): GString => new GString(strings, values);
  const C = (info: ClosureInfo, owner: Value, self: Value, gen: Code['gen'], plain: Code['plain']): Closure => new Closure(info, owner, self, gen, plain);
  function elements(v: Value): Value[] {
    if (v instanceof JavaList || v instanceof JavaArray) return v.items;
    if (v === null) return [null];
    if (vm.isMap(v)) throw new JavaThrowable('java.lang.IllegalArgumentException', `cannot spread the type ${vm.classOf(v).name} with value ${vm.format(v)}`);
    return [...vm.iterate(v)];
  }
  function entriesOf(v: Value): Value[] {
    const out: Value[] = [];
    if (v === null) return out;
    for (const e of vm.iterate(v)) {
      const entry = e as unknown as { key: Value; value: Value };
      out.push(entry.key, entry.value);
    }
    return out;
  }
  function arrayOf(type: string, dims: number, items: Value[]): JavaArray {
    const component = type + '[]'.repeat(dims - 1);
    return new JavaArray(
      component,
      items.map((x) => (component === 'java.lang.Object' ? x : vm.castForProperty(x, component))),
    );
  }
  function newArray(type: string, dims: number, sizes: readonly Value[]): Value {
    const make = (level: number): Value => {
      const n = vm.cast(sizes[level] as Value, 'int') as number;
      if (n < 0) throw new JavaThrowable('java.lang.NegativeArraySizeException', String(n));
      vm.alloc(n);
      const component = type + '[]'.repeat(dims - level - 1);
      const empty = level + 1 < sizes.length ? null : isPrimitive(component) ? vm.cast(component === 'boolean' ? false : 0, component) : null;
      const items: Value[] = [];
      for (let i = 0; i < n; i++) items.push(level + 1 < sizes.length ? make(level + 1) : empty);
      return new JavaArray(component, items);
    };
    return make(0);
  }

  // ---------------------------------------------------------------- calls and properties
  const named = (receiver: Value, name: string, args: readonly Value[]): Answer => invoke(receiver, name, args);
  const getNamed = (object: Value, name: string): Answer => read(object, name);
  const set = (object: Value, name: string, value: Value): Answer => {
    if (trusted && trustedWrite(vm, object, name, value)) return value;
    const r = setProperty(vm, object, name, value);
    return r === PENDING ? vm.defer(vm.afterwards(vm.take(), value)) : value;
  };
  function attribute(object: Value, name: string): Value {
    if (object === null) throw new JavaThrowable('java.lang.NullPointerException', `Cannot get property '${name}' on null object`);
    if (object instanceof GroovyClass) {
      const found = object.findStaticField(name);
      if (found !== null) return vm.staticValue(found.owner, found.field);
      throw new JavaThrowable('groovy.lang.MissingFieldException', `No such field: ${name} for class: ${object.name}`);
    }
    // An XML node's attributes: its class answers for `@id` itself.
    if (object instanceof HostObject) {
      const r = object.getProperty(vm, `@${name}`);
      if (r !== undefined) return vm.settle(r);
    }
    const cls = vm.classOf(object);
    const field = cls.findField(name);
    if (field !== null) return fieldsOf(object)[field.slot] as Value;
    const found = cls.findStaticField(name);
    if (found !== null) return vm.staticValue(found.owner, found.field);
    if (vm.isMap(object)) return vm.settle(vm.mapGet(object, name));
    throw new JavaThrowable('groovy.lang.MissingFieldException', `No such field: ${name} for class: ${cls.name}`);
  }
  function setAttribute(object: Value, name: string, value: Value): Value {
    if (object instanceof HostObject && object.setProperty(vm, `@${name}`, value)) return value;
    const cls = object instanceof GroovyClass ? object : vm.classOf(object);
    const field = object instanceof GroovyClass ? null : cls.findField(name);
    if (field !== null) {
      writeField(vm, object, field, value);
      return value;
    }
    const found = cls.findStaticField(name);
    if (found === null) throw new JavaThrowable('groovy.lang.MissingFieldException', `No such field: ${name} for class: ${cls.name}`);
    writeStaticField(vm, found.owner, found.field, value);
    return value;
  }
  const setStatic = (cls: GroovyClass, name: string, value: Value): Value => setAttribute(cls, name, value);
  function initField(cls: GroovyClass, object: Value, name: string, value: Value): void {
    // In a trait's initialiser the field is that of the class's layer.
    const field = cls.ownFields.get(name) ?? vm.classOf(object).findField(name);
    if (field != null) fieldsOf(object)[field.slot] = value;
  }
  function initStatic(cls: GroovyClass, name: string, value: Value): void {
    const field = cls.staticFields.get(name);
    if (field !== undefined) field.value = value;
  }
  function spreadGet(object: Value, name: string): Answer {
    if (object === null) return null;
    return vm.defer(eachOf(object, (x) => (x === null ? null : read(x, name))));
  }
  function spreadCall(object: Value, name: string, args: readonly Value[]): Answer {
    if (object === null) return null;
    return vm.defer(eachOf(object, (x) => (x === null ? null : invoke(x, name, args))));
  }
  function spreadSet(object: Value, name: string, value: Value): Answer {
    if (object === null) return null;
    return vm.defer(
      vm.afterwards(
        eachOf(object, (x) => setProperty(vm, x, name, value)),
        value,
      ),
    );
  }
  function* eachOf(object: Value, go: (x: Value) => Answer): Computation {
    const out: Value[] = [];
    for (const x of vm.iterate(object)) {
      let r = go(x);
      if (r === PENDING) r = yield* vm.take();
      out.push(r as Value);
    }
    return new JavaList(out);
  }
  function superCall(cls: GroovyClass, self: Value, name: string, args: readonly Value[]): Answer {
    const layerOf = cls.kind === 'trait' ? layerIn(vm.classOf(self), cls) : cls;
    let above = layerOf?.superclass ?? null;
    if (self instanceof GroovyClass) return above === null ? null : invokeStatic(vm, above, name, args);
    above ??= vm.registry.get('java.lang.Object');
    const m = choose(vm, instanceMethods(vm, above, name), args, above.name, name);
    if (m === null) {
      if (self instanceof Instance && vm.hooks.methodMissing !== undefined && 'binding' in self) {
        const answer = vm.hooks.methodMissing(vm, self as never, name, args);
        if (answer !== undefined) return answer;
      }
      throw missingMethod(vm, cls.name, name, args);
    }
    return callMethod(vm, m, self, args);
  }
  function layerIn(cls: GroovyClass, trait: GroovyClass): GroovyClass | null {
    for (let c: GroovyClass | null = cls; c !== null; c = c.superclass) if (c.traitLayer === trait) return c;
    return null;
  }
  function traitCall(trait: GroovyClass, self: Value, name: string, args: readonly Value[]): Answer {
    const at = layerIn(vm.classOf(self), trait) ?? trait;
    const m = choose(vm, instanceMethods(vm, at, name), args, at.name, name);
    if (m === null) throw missingMethod(vm, trait.name, name, args);
    return callMethod(vm, m, self, args);
  }
  /** A private method of the class itself. */
  function ownCall(cls: GroovyClass, self: Value, name: string, args: readonly Value[]): Answer {
    const m = choose(vm, cls.ownMethods.get(name) ?? [], args, cls.name, name);
    return m === null ? invokeMethod(vm, self, name, args) : callMethod(vm, m, self, args);
  }
  function superGet(cls: GroovyClass, self: Value, name: string): Answer {
    const above = cls.superclass;
    if (above !== null) {
      const getter = instanceMethods(vm, above, `get${name.charAt(0).toUpperCase()}${name.slice(1)}`).find((m) => m.params.length === 0);
      if (getter !== undefined) return callMethod(vm, getter, self, []);
    }
    const r = readProperty(vm, self, name);
    if (r !== undefined) return r;
    throw missingProperty(above?.name ?? cls.name, name);
  }
  const pointer = (object: Value, name: string): MethodClosure => {
    const cls = object instanceof GroovyClass ? object : vm.classOf(object);
    const found = instanceMethods(vm, cls, name)[0] ?? cls.ownStatics.get(name)?.[0];
    return new MethodClosure(object, name, found?.params.length ?? 0);
  };
  function outerThis(self: Value, cls: string): Value {
    for (let at: Value = self; at instanceof Instance; at = at.outer) if (vm.instanceOf(at, cls)) return at;
    return self;
  }

  // ---------------------------------------------------------------- objects
  function* make(cls: GroovyClass, args: readonly Value[], self: Value): Computation {
    const own = trusted ? trustedNew(vm, cls, args) : undefined;
    if (own !== undefined) return own === PENDING ? yield* vm.take() : (own as Value);
    const outer = cls.isInner ? (vm.instanceOf(self, cls.outer?.name ?? '') ? self : self instanceof Instance ? self.outer : null) : null;
    // `new Inner(outer)` from elsewhere.
    if (cls.isInner && outer === null && args.length > 0 && vm.instanceOf(args[0] as Value, cls.outer?.name ?? ''))
      return yield* construct(vm, cls, args.slice(1), args[0] as Value);
    return yield* construct(vm, cls, args, outer);
  }
  function* makeAnonymous(cls: GroovyClass, args: readonly Value[], self: Value, captured: unknown): Computation {
    vm.initialize(cls);
    const object = allocate(vm, cls, self) as Instance;
    object.captured = captured;
    yield* runConstructor(vm, cls, object, args);
    return object;
  }
  function* enumConstant(cls: GroovyClass, name: string, ordinal: number, args: readonly Value[], body: GroovyClass | null): Computation<void> {
    if (body !== null) vm.initialize(body);
    const object = allocate(vm, body ?? cls, null) as Instance;
    object.fields[0] = name;
    object.fields[1] = ordinal;
    const field = cls.staticFields.get(name);
    if (field !== undefined) field.value = object;
    cls.enumConstants?.push(object);
    yield* runConstructor(vm, body ?? cls, object, args);
  }
  const settleAll = (computation: Computation): Value => {
    vm.defer(computation);
    return vm.settle(PENDING);
  };

  // ---------------------------------------------------------------- types
  function toInt(v: Value): Value {
    return typeof v === 'number' ? v : vm.cast(v, 'int');
  }
  function castTo(v: Value, type: string): Answer {
    if (v === null && !isPrimitive(type)) return null;
    if (typeof v === 'string' && type === 'java.lang.String') return v;
    if (type === 'long') {
      if (v instanceof Long) return v;
      if (typeof v === 'number') return Long.of(v);
    } else if (type === 'double' && v instanceof Double) return v;
    if (typeof v === 'object' && v !== null && v.$type === type && v.$class === undefined) return v;
    return vm.cast(v, type);
  }
  const castNow = (v: Value, type: string): Value => vm.cast(v, type);
  function asType(v: Value, type: string): Answer {
    if (v !== null) {
      const cls = vm.findClass(type) ?? vm.registry.get(type);
      const own = instanceMethods(vm, vm.classOf(v), 'asType').find((m) => m.code !== null && m.params.length === 1);
      if (own !== undefined) return callMethod(vm, own, v, [cls]);
    }
    // script-security refuses this: the elements would become a constructor's arguments unseen.
    if (v instanceof ProxyObject && vm.instanceOf(v, 'java.util.Collection') && !(vm.findClass(type)?.isInterface ?? true) && !PLAIN_TARGETS.has(type)) {
      throw new JavaThrowable(
        'java.lang.UnsupportedOperationException',
        'Casting non-standard Collections to a type via constructor is not supported. Consider converting the value to an ArrayList first.',
      );
    }
    return vm.coerce(v, type);
  }
  function isA(v: Value, type: string): boolean {
    if (v === null) return false;
    if (v instanceof JavaThrowable && v.$class === undefined && v.typeName === type) return true;
    return vm.instanceOf(v, type);
  }
  const str = (v: Value): string => vm.str(v);

  // ---------------------------------------------------------------- control
  const iter = (v: Value): Iterable<Value> => (v instanceof JavaArray ? v.items : vm.iterate(v));
  function thrown(v: Value): JavaThrowable {
    if (v instanceof JavaThrowable) return v;
    if (v === null) return new JavaThrowable('java.lang.NullPointerException');
    return new JavaThrowable(
      'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
      `Cannot cast object '${vm.format(v)}' with class '${vm.classOf(v).name}' to class 'java.lang.Throwable'`,
    );
  }
  const caught = (e: unknown): JavaThrowable => vm.asThrowable(e);
  const settle = (r: Answer): Value => (r === PENDING ? vm.settle(r) : (r as Value));
  const take = (): Computation => vm.take();
  function note<T>(record: Note[], line: number, column: number, value: T): T {
    record.push({ line, column, value: value as Value });
    return value;
  }
  function assertFailed(text: AssertText, record: readonly Note[]): never {
    throw new JavaThrowable('org.codehaus.groovy.runtime.powerassert.PowerAssertionError', renderAssert(vm, text, record));
  }
  function assertWithMessage(text: AssertText, values: readonly Value[], message: Value): never {
    let shown = '';
    for (let i = 0; i < values.length; i += 2) shown += `${i === 0 ? '. Values: ' : ', '}${values[i] as string} = ${vm.format(values[i + 1] as Value)}`;
    const head = message === null ? '' : `${vm.format(message)}. `;
    throw new JavaThrowable('java.lang.AssertionError', `${head}Expression: ${text.condition}${shown}`);
  }
  const spreadAlone = (_v: Value): never => {
    throw new JavaThrowable('java.lang.IllegalArgumentException', 'The spread operator stands alone only in arguments and lists.');
  };

  return {
    ...operators,
    ...calls,
    ref,
    cl,
    number,
    L,
    M,
    G,
    C,
    elements,
    entriesOf,
    arrayOf,
    newArray,
    named,
    getNamed,
    set,
    attribute,
    setAttribute,
    setStatic,
    initField,
    initStatic,
    spreadGet,
    spreadCall,
    spreadSet,
    superCall,
    ownCall,
    traitCall,
    superGet,
    pointer,
    outerThis,
    make,
    makeAnonymous,
    enumConstant,
    settleAll,
    toInt,
    castTo,
    castNow,
    asType,
    isA,
    str,
    iter,
    thrown,
    caught,
    settle,
    take,
    note,
    assertFailed,
    assertWithMessage,
    spreadAlone,
    superInit: (cls: GroovyClass, self: Value, args: readonly Value[]) => superInit(vm, cls, self, args),
    thisInit: (cls: GroovyClass, self: Value, args: readonly Value[]) => runConstructor(vm, cls, self, args),
    useCategories: (args: readonly Value[]) => useCategories(vm, args),
    TICK,
  };
}
