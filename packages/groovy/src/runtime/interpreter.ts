/**
 * One running program: its classes, its threads' common state and the operations that native code and compiled
 * code use. One Interpreter a build; several live side by side in one process and share nothing but tables.
 */

import { JavaMap } from '../collections/index.ts';
import { JavaList } from '../collections/model.ts';
import * as operations from '../operations/index.ts';
import { callClosure, callMethod, choose, construct, instanceMethods, invokeMethod, runCode } from './call.ts';
import { Choices } from './choices.ts';
import type { Code, Method, StaticField } from './classes.ts';
import { GroovyClass, Instance } from './classes.ts';
import type { ClosureInfo } from './closure.ts';
import { AbstractClosure, Closure } from './closure.ts';
import type { Outcome } from './coroutine.ts';
import { Coroutine, Killed, TICK } from './coroutine.ts';
import { HostObject } from './host-object.ts';
import { MetaClassObject } from './meta-class.ts';
import type { NativeClass } from './native.ts';
import { getProperty, readProperty, setProperty } from './property.ts';
import type { LibraryIndex } from './registry.ts';
import { Registry } from './registry.ts';
import type { Runtime, World } from './runtime.ts';
import { allocate, runConstructor } from './script-class.ts';
import type { ScriptObject } from './script-object.ts';
import type { UnitMap } from './trace.ts';
import { traceOf } from './trace.ts';
import type { Computation, Pending, Value } from './values.ts';
import { type JavaObject, JavaThrowable, PENDING } from './values.ts';

/** Where the embedding program answers for what a script does not define. */
export interface Hooks {
  /** Whether `methodMissing` would answer: such a name wins over an extension method of every object. */
  hasMethod?(name: string): boolean;
  methodMissing?(rt: Interpreter, script: ScriptObject, name: string, args: readonly Value[]): Value | Pending | undefined;
  propertyMissing?(rt: Interpreter, script: ScriptObject, name: string): Value | Pending | undefined;
  /** true: written. */
  setProperty?(rt: Interpreter, script: ScriptObject, name: string, value: Value): boolean;
  /** Finds the source of a class that no unit has defined yet (shared libraries); the class must be defined on return. */
  findClass?(rt: Interpreter, name: string): GroovyClass | null;
  /**
   * Asked for a class that an import or a full name means and that is nowhere: a table answers for it then (a class of the
   * host's that scripts may name and not use). Never asked for names that a star import might mean.
   */
  absentClass?(name: string): NativeClass | null;
  /** Compiles a text that trusted code evaluates, with that code's rights. Throws JavaThrowable; null: it holds classes alone. */
  compileText?(rt: Interpreter, text: string): GroovyClass | null;
  /** The words for what the sandbox refuses and trusted code finds missing: the whitelist's line. */
  unavailable?(line: string): string;
}

export interface Limits {
  /** Calls and loop rounds in one time slice. */
  readonly slice: number;
  /** Depth of calls, as Jenkins limits it (1,024 there). */
  readonly depth: number;
  /** Slices that code which cannot be suspended (toString, a Comparator of a TreeMap) may use. */
  readonly nestedSlices: number;
  /** Elements or characters that one operation may make. */
  readonly allocation: number;
  /** Bytes that the process's heap may hold; asked between slices through `heapUsed`. */
  readonly heap: number;
  readonly heapUsed: (() => number) | null;
}
export const DEFAULT_LIMITS: Limits = {
  slice: 100_000,
  depth: 1_024,
  nestedSlices: 100,
  allocation: 100_000_000,
  heap: Number.POSITIVE_INFINITY,
  heapUsed: null,
};

export interface InterpreterOptions {
  readonly world: World;
  readonly index: LibraryIndex;
  readonly sandbox: boolean;
  readonly hooks?: Hooks;
  readonly limits?: Partial<Limits>;
}

export class Interpreter implements Runtime {
  readonly world: World;
  readonly registry: Registry;
  readonly sandbox: boolean;
  readonly hooks: Hooks;
  readonly limits: Limits;
  /** What is left of the time slice. */
  fuel = 0;
  depth = 0;
  /** `use (Category)`: receiver type → name → methods; the innermost first. */
  categories: readonly ReadonlyMap<string, ReadonlyMap<string, readonly Method[]>>[] | null = null;
  /** Changes when a call site's memory of a method may be wrong. */
  epoch = 0;
  readonly choices = new Choices();
  /** Method names that scripts define: a plain form that relies on one of them is not used. */
  readonly userNames = new Set<string>();
  userNamesVersion = 0;
  readonly units: UnitMap[] = [];
  private pending: Computation | null = null;
  current: Coroutine | null = null;
  private allocated = 0;
  private heapReadings = 0;
  private identities = new WeakMap<object, number>();
  private identity = 0x1b0375b3;

  private readonly integerClass: GroovyClass;
  private readonly stringClass: GroovyClass;
  private readonly booleanClass: GroovyClass;
  private readonly bigIntegerClass: GroovyClass;
  private readonly nullClass: GroovyClass;
  private readonly mapClass: GroovyClass;
  private readonly collectionClass: GroovyClass;

  constructor(options: InterpreterOptions) {
    this.world = options.world;
    this.registry = new Registry(options.index);
    this.sandbox = options.sandbox;
    this.hooks = options.hooks ?? {};
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.fuel = this.limits.slice;
    const get = (name: string): GroovyClass => this.registry.get(name);
    this.integerClass = get('java.lang.Integer');
    this.stringClass = get('java.lang.String');
    this.booleanClass = get('java.lang.Boolean');
    this.bigIntegerClass = get('java.math.BigInteger');
    this.nullClass = get('org.codehaus.groovy.runtime.NullObject');
    this.mapClass = get('java.util.Map');
    this.collectionClass = get('java.util.Collection');
  }

  // ---------------------------------------------------------------- threads

  /** A thread that will run the computation that `begin` starts. */
  start(begin: () => Value | Pending): Coroutine {
    return new Coroutine(this, this.beginning(begin));
  }
  private *beginning(begin: () => Value | Pending): Computation {
    const r = begin();
    return r === PENDING ? yield* this.take() : (r as Value);
  }
  /** Runs to the end at once; for programs that have no steps. */
  run(begin: () => Value | Pending, interrupt?: () => JavaThrowable | null): Value {
    const thread = this.start(begin);
    let error: JavaThrowable | null = null;
    for (;;) {
      const outcome: Outcome = error === null ? thread.resume() : thread.throw(error);
      error = outcome.kind === 'tick' ? (interrupt?.() ?? null) : null;
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'failed') throw outcome.error;
      if (outcome.kind === 'request') throw new JavaThrowable('java.lang.IllegalStateException', 'this program asks for something that only a pipeline has');
    }
  }

  /** For Coroutine alone. */
  enter(
    thread: Coroutine,
    depth: number,
    categories: Interpreter['categories'],
  ): { readonly thread: Coroutine | null; readonly depth: number; readonly categories: Interpreter['categories']; readonly traceLimit: number } {
    const outer = { thread: this.current, depth: this.depth, categories: this.categories, traceLimit: Error.stackTraceLimit };
    this.current = thread;
    this.depth = depth;
    this.setCategories(categories);
    this.fuel = this.limits.slice;
    this.pending = null;
    Error.stackTraceLimit = 50;
    return outer;
  }
  leave(outer: ReturnType<Interpreter['enter']>): void {
    this.current = outer.thread;
    this.depth = outer.depth;
    this.setCategories(outer.categories);
    Error.stackTraceLimit = outer.traceLimit;
  }
  setCategories(categories: Interpreter['categories']): void {
    if (this.categories !== categories) {
      this.categories = categories;
      this.epoch++;
    }
  }

  defer(computation: Computation): Pending {
    this.pending = computation;
    return PENDING;
  }
  take(): Computation {
    const c = this.pending;
    if (c === null) throw new Killed('a suspended call was taken twice');
    this.pending = null;
    return c;
  }
  *afterTick(go: () => Value): Computation {
    yield TICK;
    this.nextSlice();
    return go();
  }
  /** Waits for the computation, and answers something else. */
  *afterwards(computation: Computation, value: Value): Computation {
    yield* computation;
    return value;
  }
  /** What `<` and its like compare by. */
  compareForOrder(a: Value, b: Value): number {
    return operations.compare(this, a, b);
  }
  usable(code: Pick<Code, 'deps' | 'checkedAt' | 'usable'>): boolean {
    if (code.checkedAt !== this.userNamesVersion) {
      code.checkedAt = this.userNamesVersion;
      code.usable = code.deps.every((name) => !this.userNames.has(name));
    }
    return code.usable;
  }
  noteUserName(name: string): void {
    if (!this.userNames.has(name)) {
      this.userNames.add(name);
      this.userNamesVersion++;
    }
  }
  /** Runs what a PENDING stands for to its end here and now. `what`: its name in errors. */
  settle(r: Value | Pending, what: string | null = null): Value {
    if (r !== PENDING) return r as Value;
    const computation = this.take();
    const fuel = this.fuel;
    const limit = this.limits.nestedSlices;
    let slices = 0;
    try {
      for (;;) {
        const step = computation.next();
        if (step.done === true) return step.value;
        if (step.value !== TICK) {
          throw new JavaThrowable(
            'java.lang.IllegalStateException',
            what === null
              ? 'A step was called where the program cannot be suspended: in toString, equals, hashCode, compareTo or a property that the library reads by itself. Call the step before, and keep its result in a variable.'
              : `${what} called a step, and cannot be suspended. Call the step in a method.`,
          );
        }
        if (++slices > limit)
          throw new JavaThrowable(
            'java.lang.IllegalStateException',
            `${what ?? 'A method that the library calls by itself (toString, equals, hashCode, compareTo)'} did not come to an end.`,
          );
        this.fuel = this.limits.slice;
      }
    } finally {
      this.fuel = fuel;
    }
  }

  // ---------------------------------------------------------------- calls

  call(closure: Value, args: readonly Value[]): Value | Pending {
    if (closure instanceof AbstractClosure) return callClosure(this, closure, args);
    const target = operations.proxied?.(closure);
    if (target !== undefined && target !== null && target instanceof AbstractClosure) return callClosure(this, target, args);
    // A script's Comparator, Runnable, Callable: its one method.
    if (closure instanceof Instance) {
      const single = this.singleMethod(closure.$class);
      if (single !== null) return invokeMethod(this, closure, single, args);
    }
    return invokeMethod(this, closure, 'call', args);
  }
  private singleMethod(cls: GroovyClass): string | null {
    for (const c of cls.ancestors()) {
      if (c.isScriptCode || !c.isInterface) continue;
      const name = SINGLE_METHODS[c.name];
      if (name !== undefined) return name;
    }
    return null;
  }
  invoke(receiver: Value, name: string, args: readonly Value[]): Value | Pending {
    return invokeMethod(this, receiver, name, args);
  }
  callSync(closure: Value, args: readonly Value[]): Value {
    return this.settle(this.call(closure, args));
  }
  invokeSync(receiver: Value, name: string, args: readonly Value[]): Value {
    return this.settle(this.invoke(receiver, name, args));
  }
  isCallable(x: Value): boolean {
    return x instanceof AbstractClosure;
  }
  arity(closure: Value): number {
    return closure instanceof AbstractClosure ? closure.arity : 1;
  }
  construct(cls: GroovyClass, args: readonly Value[], outer: Value = null): Computation {
    return construct(this, cls, args, outer);
  }
  *constructScript(cls: GroovyClass, args: readonly Value[], outer: Value): Computation {
    const object = allocate(this, cls, outer);
    yield* runConstructor(this, cls, object, args);
    return object;
  }
  *setProperties(object: Value, map: Value): Computation<void> {
    for (const entry of (map as JavaMap).entries()) {
      const [key, value] = entryOf(entry);
      const r = setProperty(this, object, this.str(key), value);
      if (r === PENDING) yield* this.take();
    }
  }
  initialize(cls: GroovyClass): void {
    const go = cls.initialize;
    if (go !== null) {
      cls.initialize = null;
      go();
    }
  }
  staticValue(owner: GroovyClass, field: StaticField): Value {
    this.initialize(owner);
    if (field.value === undefined) field.value = field.make === null ? null : field.make(this);
    return field.value as Value;
  }
  /** A property that can be called: a closure, or an object with `call`, in a field or map entry. */
  callableProperty(object: Value, cls: GroovyClass, name: string): Value {
    let value: Value | Pending | undefined = null;
    if (this.isMap(object)) value = this.mapGet(object, name);
    else {
      const field = cls.findField(name);
      if (field !== null) value = (object as Instance).fields[field.slot] as Value;
      else {
        const found = cls.findStaticField(name);
        if (found !== null) value = this.staticValue(found.owner, found.field);
        else if (object instanceof Instance) {
          const getter = choose(this, instanceMethods(this, cls, `get${name.charAt(0).toUpperCase()}${name.slice(1)}`), [], cls.name, name);
          if (getter?.code != null) value = this.settle(callMethod(this, getter, object, []));
        }
      }
    }
    if (value instanceof AbstractClosure) return value;
    if (value instanceof Instance && instanceMethods(this, value.$class, 'call').length > 0) return value;
    return null;
  }
  userGetProperty(cls: GroovyClass): Method | null {
    return this.userHook(cls, 'getProperty', 1);
  }
  userSetProperty(cls: GroovyClass): Method | null {
    return this.userHook(cls, 'setProperty', 2);
  }
  private userHook(cls: GroovyClass, name: string, n: number): Method | null {
    if (!this.userNames.has(name)) return null;
    return instanceMethods(this, cls, name).find((m) => m.code !== null && m.params.length === n) ?? null;
  }

  // ---------------------------------------------------------------- the language's operations

  equals(a: Value, b: Value): boolean {
    return operations.groovyEquals(this, a, b);
  }
  javaEquals(a: Value, b: Value): boolean {
    return operations.javaEquals(this, a, b);
  }
  hash(a: Value): number {
    return operations.hash(this, a);
  }
  compare(a: Value, b: Value): number {
    return operations.compare(this, a, b);
  }
  truth(a: Value): boolean {
    return operations.truth(this, a);
  }
  str(a: Value): string {
    return operations.str(this, a);
  }
  format(a: Value): string {
    return operations.format(this, a);
  }
  inspect(a: Value): string {
    return operations.inspect(this, a);
  }
  gstringPart(a: Value): string {
    return operations.gstringPart(this, a);
  }
  iterate(v: Value): Iterable<Value> {
    return operations.iterate(this, v);
  }
  getProperty(object: Value, name: string): Value | Pending {
    return getProperty(this, object, named(name));
  }
  setProperty(object: Value, name: string, value: Value): Value | Pending {
    return setProperty(this, object, named(name), value);
  }
  readProperty(object: Value, name: string): Value | Pending | undefined {
    return readProperty(this, object, name);
  }
  cast(v: Value, type: string): Value {
    return operations.cast(this, v, type);
  }
  /** The cast that assigning to a typed property makes. */
  castForProperty(v: Value, type: string): Value {
    return v === null && !PRIMITIVES.has(type) ? null : this.cast(v, type);
  }
  coerce(v: Value, type: string): Value | Pending {
    return operations.coerce(this, v, type);
  }
  coerceNow(v: Value, type: string): Value {
    return this.settle(this.coerce(v, type));
  }
  instanceOf(v: Value, type: string): boolean {
    if (v === null) return false;
    const cls = this.registry.find(type);
    return cls !== null && this.classOf(v).isSubclassOf(cls);
  }
  identityHash(a: JavaObject | JavaThrowable): number {
    let h = this.identities.get(a);
    if (h === undefined) {
      // A sequence that every replay repeats; Java's own is as arbitrary.
      this.identity = (Math.imul(this.identity, 1664525) + 1013904223) | 0;
      h = this.identity & 0x7fffffff;
      this.identities.set(a, h);
    }
    return h;
  }
  isMap(v: Value): boolean {
    return v instanceof JavaMap || (typeof v === 'object' && v !== null && this.classOf(v).isSubclassOf(this.mapClass));
  }
  isCollection(v: Value): boolean {
    return v instanceof JavaList || (typeof v === 'object' && v !== null && this.classOf(v).isSubclassOf(this.collectionClass));
  }
  mapGet(map: Value, key: Value): Value | Pending {
    if (map instanceof JavaMap && map.$class === undefined && map.$type === 'java.util.LinkedHashMap') return map.get(this, key) ?? null;
    return invokeMethod(this, map, 'get', [key]);
  }
  mapPut(map: Value, key: Value, value: Value): void {
    if (map instanceof JavaMap && map.$class === undefined && map.$type === 'java.util.LinkedHashMap') map.put(this, key, value);
    else this.settle(invokeMethod(this, map, 'put', [key, value]));
  }

  // ---------------------------------------------------------------- classes

  classOf(v: Value): GroovyClass {
    switch (typeof v) {
      case 'number':
        return this.integerClass;
      case 'string':
        return this.stringClass;
      case 'boolean':
        return this.booleanClass;
      case 'bigint':
        return this.bigIntegerClass;
      default: {
        if (v === null || v === undefined) return this.nullClass;
        const own = (v as JavaObject).$class;
        if (own !== undefined) return own;
        return v instanceof Closure ? this.closureClass(v) : this.registry.get((v as JavaObject).$type);
      }
    }
  }
  metaClassOf(object: Value): Value {
    if (object instanceof GroovyClass) return new MetaClassObject(this, object, null);
    return new MetaClassObject(this, this.classOf(object), object instanceof Instance ? object : null, false, object instanceof HostObject ? object : null);
  }
  /** After a class got new methods: whatever remembers old answers asks again. */
  forgetMethods(): void {
    this.epoch++;
    this.registry.forgetMethods();
  }
  /** Each closure expression has a class of its own, as in Groovy. */
  private closureClass(c: Closure): GroovyClass {
    let cls = this.closureClasses.get(c.info);
    if (cls === undefined) {
      cls = new GroovyClass(c.info.className, 'class');
      cls.superclass = this.registry.get('groovy.lang.Closure');
      this.closureClasses.set(c.info, cls);
    }
    return cls;
  }
  private readonly closureClasses = new Map<ClosureInfo, GroovyClass>();
  findClass(name: string): GroovyClass | null {
    return this.registry.find(name) ?? this.hooks.findClass?.(this, name) ?? null;
  }
  /** Defines what the hook `absentClass` answers. */
  absentClass(name: string): GroovyClass | null {
    const table = this.hooks.absentClass?.(name) ?? null;
    return table === null ? null : this.registry.defineNative(table);
  }
  classValue(cls: GroovyClass): Value {
    return cls;
  }

  // ---------------------------------------------------------------- limits and errors

  alloc(n: number): void {
    if (n > this.limits.allocation || !(n >= 0)) throw new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
    this.allocated += n;
    if (this.allocated > 8_000_000) {
      const full = this.heapFull();
      if (full !== null) throw full;
    }
  }
  /** For Coroutine alone: where the program goes on, it is told that the heap is full. */
  fullAtTick = false;
  /** After a tick: makes the error of a full heap where the program stands, so that its trace has the place. */
  nextSlice(): void {
    if (!this.fullAtTick) return;
    this.fullAtTick = false;
    throw new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
  }
  /** The error of a full heap, where it is: asked between time slices and after each few million elements made. */
  heapFull(): JavaThrowable | null {
    this.allocated = 0;
    const { heap, heapUsed } = this.limits;
    if (heapUsed === null) return null;
    const used = heapUsed();
    // A reading may count what the next collection frees: only many in a row are believed, fewer the nearer the end is.
    this.heapReadings = used <= heap ? 0 : this.heapReadings + (used > heap * 1.35 ? 21 : used > heap * 1.15 ? 6 : 1);
    if (this.heapReadings <= 20) return null;
    this.heapReadings = 0;
    return new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
  }
  overflow(): never {
    this.depth = Math.max(0, this.depth - 1);
    throw new JavaThrowable(
      'java.lang.StackOverflowError',
      `Excessively nested closures/functions: look for unbounded recursion - call depth: ${this.limits.depth + 1}`,
    );
  }
  /** What a catch clause or a driver sees of anything that was thrown. */
  asThrowable(e: unknown): JavaThrowable {
    if (e instanceof JavaThrowable) return e;
    if (e instanceof Killed) throw e;
    if (e instanceof RangeError && /call stack/.test(e.message)) return new JavaThrowable('java.lang.StackOverflowError', null);
    if (e instanceof RangeError && /Invalid (string|array) length|Maximum BigInt/.test(e.message))
      return new JavaThrowable('java.lang.OutOfMemoryError', 'Java heap space');
    // An error of ours: told as one, with where it came from, never as the script's fault.
    const inner = e instanceof Error ? e : new Error(String(e));
    const told = new JavaThrowable('java.lang.InternalError', `Millrace: ${inner.name}: ${inner.message}`);
    told.data = inner.stack;
    // A function of the library that was given null where Java's fails too.
    if (inner instanceof TypeError && / of null | null$|'null'| is null/.test(inner.message) && inNative(inner)) {
      const missing = new JavaThrowable('java.lang.NullPointerException', null);
      missing.data = inner.stack;
      return missing;
    }
    return told;
  }
  trace(e: JavaThrowable): NonNullable<JavaThrowable['trace']> {
    return (e.trace ??= traceOf(this, e));
  }

  // ---------------------------------------------------------------- scripts

  newScript(cls: GroovyClass, binding: Map<string, Value>): ScriptObject {
    const script = allocate(this, cls, null) as ScriptObject;
    script.binding = binding;
    return script;
  }
  /** Runs the field initialisers of a new script. */
  *initializeScript(script: Value): Computation<void> {
    yield* runConstructor(this, this.classOf(script), script, []);
  }
  /** Runs a compiled piece of code on `self`. */
  runCode(code: Code, self: Value, args: readonly Value[]): Value | Pending {
    return runCode(this, code, self, args);
  }
}

const PRIMITIVES = new Set(['int', 'long', 'double', 'float', 'short', 'byte', 'char', 'boolean']);
/** The library asks by names that a script may have computed. */
function named(name: string | null): string {
  if (name === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke "Object.hashCode()" because "key" is null');
  return name;
}
/** Whether an error arose in a native function or at most two calls below one. */
function inNative(e: Error): boolean {
  return (e.stack ?? '')
    .split('\n')
    .slice(1, 5)
    .some((frame) => frame.includes('[as native]'));
}
const SINGLE_METHODS: Readonly<Record<string, string>> = {
  'java.util.Comparator': 'compare',
  'java.lang.Runnable': 'run',
  'java.util.concurrent.Callable': 'call',
  'java.util.function.Function': 'apply',
  'java.util.function.Predicate': 'test',
  'java.util.function.Consumer': 'accept',
  'java.util.function.Supplier': 'get',
  'java.util.function.BiFunction': 'apply',
  'java.util.function.UnaryOperator': 'apply',
  'java.util.function.BinaryOperator': 'apply',
};

function entryOf(entry: unknown): readonly [Value, Value] {
  if (Array.isArray(entry)) return entry as unknown as readonly [Value, Value];
  const e = entry as { key: Value; value: Value };
  return [e.key, e.value];
}
