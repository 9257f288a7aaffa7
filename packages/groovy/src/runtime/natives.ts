/** The native tables of what belongs to the evaluator itself: closures, scripts, GStrings. */
import { JavaArray, JavaList, JavaMap } from '../collections/index.ts';
import { BindingObject, bindingTable } from './binding-object.ts';
import { callClosure } from './call.ts';
import type { GroovyClass, Instance } from './classes.ts';
import { type AbstractClosure, Closure, CurriedClosure, type MethodClosure, NativeClosure } from './closure.ts';
import { evaluate, evaluatingTables } from './evaluate.ts';
import type { Interpreter } from './interpreter.ts';
import type { Library, NativeClass, Signatures } from './native.ts';
import type { Runtime } from './runtime.ts';
import type { ScriptObject } from './script-object.ts';
import type { Computation, Value } from './values.ts';
import { GString, JavaThrowable, PENDING } from './values.ts';

const vmOf = (rt: Runtime): Interpreter => rt as Interpreter;
const rest = (list: JavaArray): Value[] => list.items;

function copyOf(c: AbstractClosure): AbstractClosure {
  if (c instanceof Closure) return c.copy();
  if (c instanceof CurriedClosure) return new CurriedClosure(copyOf(c.base), c.curried, c.index);
  return c;
}

function compose(first: AbstractClosure, second: AbstractClosure, rt: Runtime): NativeClosure {
  return new NativeClosure(first.arity, function* (args): Computation {
    let a = rt.call(first, args);
    if (a === PENDING) a = yield* rt.take();
    let b = rt.call(second, [a as Value]);
    if (b === PENDING) b = yield* rt.take();
    return b as Value;
  });
}

/** Keeps the answers of earlier calls, by arguments; at most `max` of them, the oldest going first. */
function memoize(c: AbstractClosure, max: number, rt: Runtime): NativeClosure {
  const known = new JavaMap();
  return new NativeClosure(c.arity, function* (args): Computation {
    const key = new JavaList([...args]);
    if (known.has(rt, key)) return known.get(rt, key);
    let r = rt.call(c, args);
    if (r === PENDING) r = yield* rt.take();
    if (max > 0) {
      while (known.size >= max) {
        const oldest = known.keys()[Symbol.iterator]().next();
        if (oldest.done === true) break;
        known.remove(rt, oldest.value as Value);
      }
    }
    known.put(rt, key, r as Value);
    return r as Value;
  });
}

/** A trampoline's step: a closure to go on with, not yet called. */
class TrampolineClosure extends NativeClosure {
  readonly original: AbstractClosure;
  constructor(original: AbstractClosure, rt: Runtime) {
    super(original.arity, function* (args): Computation {
      let r: Value = yield* one(original, args);
      while (r instanceof TrampolineClosure) r = yield* one(r.original, []);
      return r;
    });
    this.original = original;
    function* one(c: AbstractClosure, args: readonly Value[]): Computation {
      let r = rt.call(c, args);
      if (r === PENDING) r = yield* rt.take();
      return r as Value;
    }
  }
}

const closureMethods: Signatures = {
  'call(java.lang.Object[])': (rt, self: AbstractClosure, args: JavaArray) => callClosure(vmOf(rt), self, args.items),
  'getOwner()': (_rt, self: AbstractClosure) => self.owner,
  'getDelegate()': (_rt, self: AbstractClosure) => self.delegate,
  'setDelegate(java.lang.Object)': (_rt, self: AbstractClosure, d: Value) => {
    self.delegate = d;
    return null;
  },
  'getThisObject()': (_rt, self: AbstractClosure) => self.thisObject,
  'getResolveStrategy()': (_rt, self: AbstractClosure) => self.strategy,
  'setResolveStrategy(int)': (_rt, self: AbstractClosure, n: number) => {
    self.strategy = n;
    return null;
  },
  'getDirective()': (_rt, self: AbstractClosure) => self.directive,
  'setDirective(int)': (_rt, self: AbstractClosure, n: number) => {
    self.directive = n;
    return null;
  },
  'getMaximumNumberOfParameters()': (_rt, self: AbstractClosure) => self.arity,
  'getParameterTypes()': (rt, self: AbstractClosure) =>
    new JavaArray(
      'java.lang.Class',
      self.parameterTypes.map((t) => vmOf(rt).registry.get(t)),
    ),
  'curry(java.lang.Object[])': (_rt, self: AbstractClosure, args: JavaArray) => new CurriedClosure(self, rest(args), 0),
  'rcurry(java.lang.Object[])': (_rt, self: AbstractClosure, args: JavaArray) => new CurriedClosure(self, rest(args), -1),
  'ncurry(int, java.lang.Object[])': (_rt, self: AbstractClosure, n: number, args: JavaArray) =>
    new CurriedClosure(self, rest(args), n < 0 ? Math.max(0, self.arity + n) : n),
  'clone()': (_rt, self: AbstractClosure) => copyOf(self),
  'rehydrate(java.lang.Object, java.lang.Object, java.lang.Object)': (_rt, self: AbstractClosure, delegate: Value, owner: Value, thisObject: Value) => {
    const c = copyOf(self);
    c.delegate = delegate;
    c.owner = owner;
    c.thisObject = thisObject;
    return c;
  },
  'dehydrate()': (_rt, self: AbstractClosure) => {
    const c = copyOf(self);
    c.delegate = null;
    c.owner = null;
    c.thisObject = null;
    return c;
  },
  'leftShift(groovy.lang.Closure)': (rt, self: AbstractClosure, other: AbstractClosure) => compose(other, self, rt),
  'leftShift(java.lang.Object)': (rt, self: AbstractClosure, arg: Value) => callClosure(vmOf(rt), self, [arg]),
  'rightShift(groovy.lang.Closure)': (rt, self: AbstractClosure, other: AbstractClosure) => compose(self, other, rt),
  'isCase(java.lang.Object)': function* (rt, self: AbstractClosure, x: Value): Computation {
    let r = rt.call(self, [x]);
    if (r === PENDING) r = yield* rt.take();
    return rt.truth(r as Value);
  },
  'memoize()': (rt, self: AbstractClosure) => memoize(self, 0, rt),
  'memoizeAtMost(int)': (rt, self: AbstractClosure, n: number) => memoize(self, n, rt),
  'memoizeAtLeast(int)': (rt, self: AbstractClosure, _n: number) => memoize(self, 0, rt),
  'memoizeBetween(int, int)': (rt, self: AbstractClosure, _least: number, most: number) => memoize(self, most, rt),
  'trampoline()': (rt, self: AbstractClosure) => new TrampolineClosure(self, rt),
  'trampoline(java.lang.Object[])': (rt, self: AbstractClosure, args: JavaArray) => new TrampolineClosure(new CurriedClosure(self, rest(args), 0), rt),
  'run()': (rt, self: AbstractClosure) => callClosure(vmOf(rt), self, []),
  'asWritable()': (_rt, self: AbstractClosure) => self,
  'equals(java.lang.Object)': (_rt, self: AbstractClosure, other: Value) => self === other,
};

const CONSTANTS: NonNullable<NativeClass['fields']> = {
  OWNER_FIRST: () => 0,
  DELEGATE_FIRST: () => 1,
  OWNER_ONLY: () => 2,
  DELEGATE_ONLY: () => 3,
  TO_SELF: () => 4,
  DONE: () => 1,
  SKIP: () => 2,
  IDENTITY: () => new NativeClosure(1, (args) => args[0] ?? null),
};

/** Annotations: known by name, so that imports find them. What each does is the compiler's or `transforms.ts`'. */
const ANNOTATIONS = [
  ...[
    'Field',
    'ToString',
    'EqualsAndHashCode',
    'Canonical',
    'Immutable',
    'TupleConstructor',
    'CompileStatic',
    'TypeChecked',
    'TypeCheckingMode',
    'PackageScope',
    'Memoized',
    'InheritConstructors',
    'BaseScript',
    'Sortable',
    'AutoClone',
    'Synchronized',
    'WithReadLock',
    'WithWriteLock',
    'SelfType',
    'Trait',
    'CompileDynamic',
    'ThreadInterrupt',
    'TimedInterrupt',
    'ConditionalInterrupt',
    'IndexedProperty',
    'ExternalizeMethods',
  ].map((n) => `groovy.transform.${n}`),
  ...['Lazy', 'Delegate', 'Singleton', 'Mixin', 'Category', 'Newify', 'Grab', 'Grapes', 'GrabConfig', 'GrabExclude', 'GrabResolver', 'DelegatesTo'].map(
    (n) => `groovy.lang.${n}`,
  ),
  ...['Override', 'Deprecated', 'SuppressWarnings', 'SafeVarargs', 'FunctionalInterface'].map((n) => `java.lang.${n}`),
  'groovy.transform.builder.Builder',
  'com.cloudbees.groovy.cps.NonCPS',
  'org.jenkinsci.plugins.workflow.libs.Library',
].map((name): NativeClass => ({ name, kind: 'interface' }));

export const evaluatorLibrary: Library = {
  classes: [
    ...ANNOTATIONS,
    {
      name: 'groovy.lang.GroovyObject',
      kind: 'interface',
      methods: {
        'getProperty(java.lang.String)': function* (rt, self: Value, name: string): Computation {
          let r = rt.getProperty(self, name);
          if (r === PENDING) r = yield* rt.take();
          return r as Value;
        },
        'setProperty(java.lang.String, java.lang.Object)': function* (rt, self: Value, name: string, value: Value): Computation {
          const r = rt.setProperty(self, name, value);
          if (r === PENDING) yield* rt.take();
          return null;
        },
        'invokeMethod(java.lang.String, java.lang.Object)': function* (rt, self: Value, name: string | null, args: Value): Computation {
          if (name === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke "String.hashCode()" because "name" is null');
          let r = rt.invoke(self, name, args instanceof JavaArray || args instanceof JavaList ? args.items : args === null ? [] : [args]);
          if (r === PENDING) r = yield* rt.take();
          return r as Value;
        },
      },
    },
    {
      name: 'org.codehaus.groovy.runtime.NullObject',
      superclass: 'java.lang.Object',
      methods: {
        'plus(java.lang.String)': (_rt, _self, text: string) => `null${text}`,
        'plus(java.lang.Object)': (rt, _self, x: Value) => {
          throw new JavaThrowable('java.lang.NullPointerException', `Cannot execute null+${rt.str(x)}`);
        },
        'iterator()': (rt) => rt.invokeSync(new JavaList([]), 'iterator', []),
        'is(java.lang.Object)': (_rt, _self, x: Value) => x === null,
        'equals(java.lang.Object)': (_rt, _self, x: Value) => x === null,
        'asBoolean()': () => false,
        'asType(java.lang.Class)': () => null,
        'toString()': () => 'null',
        'hashCode()': () => {
          throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke method hashCode() on null object');
        },
        'clone()': () => {
          throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke method clone() on null object');
        },
      },
    },
    {
      name: 'groovy.lang.Closure',
      interfaces: ['groovy.lang.GroovyObject', 'java.lang.Runnable', 'java.lang.Cloneable', 'java.io.Serializable'],
      methods: closureMethods,
      fields: CONSTANTS,
    },
    { name: 'org.codehaus.groovy.runtime.CurriedClosure', superclass: 'groovy.lang.Closure' },
    {
      name: 'org.codehaus.groovy.runtime.MethodClosure',
      superclass: 'groovy.lang.Closure',
      methods: { 'getMethod()': (_rt, self: MethodClosure) => self.methodName },
    },
    {
      name: 'groovy.lang.Script',
      kind: 'abstract',
      interfaces: ['groovy.lang.GroovyObject'],
      methods: {
        'getBinding()': (_rt, self: ScriptObject) => new BindingObject(self.binding),
        'println()': (rt) => {
          rt.world.print('\n');
          return null;
        },
        'println(java.lang.Object)': (rt, _self, x: Value) => {
          rt.world.print(`${rt.format(x)}\n`);
          return null;
        },
        'print(java.lang.Object)': (rt, _self, x: Value) => {
          rt.world.print(rt.format(x));
          return null;
        },
      },
      restricted: ['method run java.io.File java.lang.String[]', 'method evaluate java.lang.String', 'method evaluate java.io.File'],
      trusted: {
        methods: {
          *'evaluate(java.lang.String)'(rt, self: ScriptObject, text: string) {
            return yield* evaluate(rt, text, self.binding);
          },
        },
      },
    },
    {
      name: 'java.lang.Enum',
      kind: 'abstract',
      methods: {
        'next()': (_rt, self: Instance) => neighbour(self, 1),
        'previous()': (_rt, self: Instance) => neighbour(self, -1),
      },
      // The receiver is the enum's own class.
      statics: {
        'values()': (_rt, self: GroovyClass) => new JavaArray(self.name, [...constantsOf(self)]),
        'valueOf(java.lang.String)': (_rt, self: GroovyClass, name: string) => {
          const found = constantsOf(self).find((c) => (c as Instance).fields[0] === name);
          if (found === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', `No enum constant ${self.name.replaceAll('$', '.')}.${name}`);
          return found;
        },
        'getMIN_VALUE()': (_rt, self: GroovyClass) => constantsOf(self)[0] ?? null,
        'getMAX_VALUE()': (_rt, self: GroovyClass) => constantsOf(self)[constantsOf(self).length - 1] ?? null,
      },
    },
    bindingTable,
    ...evaluatingTables,
    { name: 'groovy.lang.GString', kind: 'abstract', interfaces: ['java.lang.Comparable', 'java.lang.CharSequence'] },
    {
      name: 'org.codehaus.groovy.runtime.GStringImpl',
      superclass: 'groovy.lang.GString',
      methods: {
        'getStrings()': (_rt, self: GString) => new JavaArray('java.lang.String', [...self.strings]),
        'getValues()': (_rt, self: GString) => new JavaArray('java.lang.Object', [...self.values]),
        'getValueCount()': (_rt, self: GString) => self.values.length,
        'plus(groovy.lang.GString)': (_rt, self: GString, o: GString) => join(self, o),
        'plus(java.lang.String)': (_rt, self: GString, o: string) => join(self, new GString([o], [])),
        'toString()': (rt, self: GString) => self.javaString(rt),
        'hashCode()': (rt, self: GString) => self.javaHash(rt),
        'equals(java.lang.Object)': (rt, self: GString, o: Value) => self.javaEquals(rt, o),
        'length()': (rt, self: GString) => self.javaString(rt).length,
      },
    },
  ],
  extensions: [],
};

function constantsOf(cls: GroovyClass): readonly Value[] {
  for (let c: GroovyClass | null = cls; c !== null; c = c.superclass) if (c.kind === 'enum') return c.enumConstants ?? [];
  return [];
}
/** The constant after or before; Groovy goes round at the ends. */
function neighbour(self: Instance, by: number): Value {
  const all = constantsOf(self.$class);
  return all[((self.fields[1] as number) + by + all.length) % all.length] as Value;
}

function join(a: GString, b: GString): GString {
  const strings = [...a.strings];
  const last = strings.pop() ?? '';
  strings.push(last + (b.strings[0] ?? ''), ...b.strings.slice(1));
  return new GString(strings, [...a.values, ...b.values]);
}
