/** java.lang.Object and what Groovy adds to every object (DefaultGroovyMethods with an Object as receiver). */
import { JavaArray, JavaList } from '../collections/model.ts';
import { nameOfClass } from '../operations/class-names.ts';
import { elements } from '../operations/iterate.ts';
import { GroovyClass, Instance } from '../runtime/classes.ts';
import { type AbstractClosure, DELEGATE_FIRST } from '../runtime/closure.ts';
import type { Extension, NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable, PENDING } from '../runtime/values.ts';
import { inTableOrder, methodsNamed, propertyNames } from './members.ts';
import { formatted } from './writers.ts';

export const objectTable: NativeClass = {
  name: 'java.lang.Object',
  constructors: { '()': () => new PlainObject() },
  methods: {
    'equals(java.lang.Object)': (_rt, self: Value, other: Value) => equalsOf(_rt, self, other),
    'hashCode()': (rt, self: Value) => hashOf(rt, self),
    'toString()': (rt, self: Value) => textOf(rt, self),
    'getClass()': (rt, self: Value) => rt.classValue(rt.classOf(self)),
  },
  restricted: [
    'method clone',
    'method finalize',
    'method notify',
    'method notifyAll',
    'method wait',
    'method wait long',
    'method wait long int',
    // Those of groovy.lang.GroovyObject, which Groovy gives every object through its metaclass.
    'method getMetaClass',
    'method setMetaClass groovy.lang.MetaClass',
    'method invokeMethod java.lang.String java.lang.Object',
  ],
  trusted: {
    methods: {
      'getMetaClass()': (rt, self: Value) => rt.metaClassOf(self),
      'invokeMethod(java.lang.String, java.lang.Object)': function* (rt: Runtime, self: Value, name: string, args: Value) {
        let r = rt.invoke(self, name, args === null ? [] : args instanceof JavaArray || args instanceof JavaList ? args.items : [args]);
        if (r === PENDING) r = yield* rt.take();
        return r as Value;
      },
    },
  },
};

/** `new Object()` */
export class PlainObject extends JavaObject {
  get $type(): string {
    return 'java.lang.Object';
  }
}

// `super.equals(x)` in a script's class arrives here with its own instance: that must not go back to the script.
function equalsOf(rt: Runtime, self: Value, other: Value): boolean {
  if (self instanceof Instance) return self === other;
  return typeof self === 'object' && self !== null && self.$class !== undefined && !(self instanceof JavaThrowable)
    ? self.javaEquals(rt, other)
    : self instanceof JavaThrowable
      ? self === other
      : rt.javaEquals(self, other);
}
function hashOf(rt: Runtime, self: Value): number {
  if (self instanceof Instance || self instanceof JavaThrowable) return rt.identityHash(self);
  return self instanceof JavaObject ? self.javaHash(rt) : rt.hash(self);
}
function textOf(rt: Runtime, self: Value): string {
  // Groovy gives arrays a toString of their own, by their elements.
  if (self instanceof JavaArray) return rt.format(self);
  if (self instanceof Instance) {
    if (self.$class.enumConstants !== null || self.$class.superclass?.enumConstants != null) return self.fields[0] as string;
    return `${self.$class.name}@${(rt.hash(self) >>> 0).toString(16)}`;
  }
  return self instanceof JavaObject ? self.javaString(rt) : rt.str(self);
}

/** Runs a closure with `self` as its delegate and first argument. */
function* withDelegate(rt: Runtime, self: Value, closure: AbstractClosure | null) {
  if (closure === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke "groovy.lang.Closure.clone()" because "closure" is null');
  const copy = cloneClosure(rt, closure);
  copy.strategy = DELEGATE_FIRST;
  copy.delegate = self;
  let r = rt.call(copy, [self]);
  if (r === PENDING) r = yield* rt.take();
  return r as Value;
}
function cloneClosure(rt: Runtime, closure: AbstractClosure): AbstractClosure {
  const copy = (closure as { copy?: () => AbstractClosure }).copy;
  return copy === undefined ? (rt.invokeSync(closure, 'clone', []) as AbstractClosure) : copy.call(closure);
}

const print = (rt: Runtime, text: string): null => {
  rt.world.print(text);
  return null;
};

export const objectExtension: Extension = {
  holder: 'org.codehaus.groovy.runtime.DefaultGroovyMethods',
  methods: {
    'with(java.lang.Object, groovy.lang.Closure)': withDelegate,
    'identity(java.lang.Object, groovy.lang.Closure)': withDelegate,
    'is(java.lang.Object, java.lang.Object)': (_rt, self: Value, other: Value) => identical(self, other),
    'isCase(java.lang.Object, java.lang.Object)': (rt, self: Value, candidate: Value) =>
      self instanceof JavaArray ? elements(rt, self).some((x) => rt.equals(x, candidate)) : rt.equals(candidate, self),
    'isCase(java.lang.Class, java.lang.Object)': (rt, self: GroovyClass, candidate: Value) =>
      (candidate instanceof GroovyClass ? candidate.isSubclassOf(self) : false) || (candidate !== null && rt.instanceOf(candidate, self.name)),
    'println(java.lang.Object)': (rt) => print(rt, '\n'),
    'println(java.lang.Object, java.lang.Object)': (rt, _self, v: Value) => print(rt, `${rt.format(v)}\n`),
    'println(groovy.lang.Closure)': (rt) => print(rt, '\n'),
    'println(groovy.lang.Closure, java.lang.Object)': (rt, _self, v: Value) => print(rt, `${rt.format(v)}\n`),
    'print(java.lang.Object, java.lang.Object)': (rt, _self, v: Value) => print(rt, rt.format(v)),
    'print(groovy.lang.Closure, java.lang.Object)': (rt, _self, v: Value) => print(rt, rt.format(v)),
    'printf(java.lang.Object, java.lang.String, java.lang.Object)': (rt, _self, format: string, arg: Value) =>
      print(rt, formatted(rt, format, argumentsOf(rt, arg))),
    'printf(java.lang.Object, java.lang.String, java.lang.Object[])': (rt, _self, format: string, args: JavaArray) =>
      print(rt, formatted(rt, format, args.items)),
    'sprintf(java.lang.Object, java.lang.String, java.lang.Object)': (rt, _self, format: string, arg: Value) => formatted(rt, format, argumentsOf(rt, arg)),
    'sprintf(java.lang.Object, java.lang.String, java.lang.Object[])': (rt, _self, format: string, args: JavaArray) => formatted(rt, format, args.items),
    'inspect(java.lang.Object)': (rt, self: Value) => rt.inspect(self),
    'toString(java.lang.Object)': (rt, self: Value) => rt.format(self),
    'dump(java.lang.Object)': dump,
    'asBoolean(java.lang.Object)': (rt, self: Value) => rt.truth(self),
    'asType(java.lang.Object, java.lang.Class)': (rt, self: Value, type: GroovyClass) => rt.coerce(self, type.name),
    // Both go through the runtime's own property access and so through the sandbox's rules for that property.
    'getAt(java.lang.Object, java.lang.String)': propertyOf,
    'putAt(java.lang.Object, java.lang.String, java.lang.Object)': putProperty,
    'hasProperty(java.lang.Object, java.lang.String)': (rt, self: Value, name: string) =>
      propertyNames(rt, self).includes(name) ? new MetaProperty(rt.classOf(self), name) : null,
    'respondsTo(java.lang.Object, java.lang.String)': (rt, self: Value, name: string) =>
      new JavaList(methodsNamed(rt, self, name).map((m) => new MetaMethod(m.name, m.params))),
    'respondsTo(java.lang.Object, java.lang.String, java.lang.Object[])': (rt, self: Value, name: string, types: JavaArray) =>
      new JavaList(
        methodsNamed(rt, self, name)
          .filter((m) => m.params.length === types.items.length)
          .map((m) => new MetaMethod(m.name, m.params)),
      ),
    'getProperties(java.lang.Object)': allProperties,
    'iterator(java.lang.Object)': (rt, self: Value) => rt.invokeSync(new JavaList(elements(rt, self)), 'iterator', []),
  },
  restricted: [
    'getMetaPropertyValues java.lang.Object',
    'getMetaClass java.lang.Object',
    'getMetaClass java.lang.Class',
    'metaClass java.lang.Object groovy.lang.Closure',
    'metaClass java.lang.Class groovy.lang.Closure',
    'setMetaClass java.lang.Object groovy.lang.MetaClass',
    'mixin java.lang.Class java.lang.Class',
    'mixin java.lang.Class java.util.List',
    'mixin java.lang.Class java.lang.Class[]',
    'addShutdownHook java.lang.Object groovy.lang.Closure',
    'getRootLoader java.lang.ClassLoader',
    'newInstance java.lang.Class',
    'newInstance java.lang.Class java.lang.Object[]',
    'execute java.lang.String',
    'execute java.lang.String java.lang.String[] java.io.File',
    'execute java.lang.String java.util.List java.io.File',
    'execute java.lang.String[]',
    'execute java.lang.String[] java.lang.String[] java.io.File',
    'execute java.lang.String[] java.util.List java.io.File',
    'execute java.util.List',
    'execute java.util.List java.lang.String[] java.io.File',
    'execute java.util.List java.util.List java.io.File',
  ],
};

/** Reference identity; values that are JavaScript's own are the same when they are equal. */
export function identical(a: Value, b: Value): boolean {
  return a === b;
}

function argumentsOf(rt: Runtime, arg: Value): readonly Value[] {
  return rt.instanceOf(arg, 'java.util.List') || arg instanceof JavaArray ? elements(rt, arg) : [arg];
}

function* propertyOf(rt: Runtime, self: Value, name: string) {
  let r = rt.getProperty(self, name);
  if (r === PENDING) r = yield* rt.take();
  return r as Value;
}
function* putProperty(rt: Runtime, self: Value, name: string, value: Value) {
  const r = rt.setProperty(self, name, value);
  if (r === PENDING) yield* rt.take();
  return null;
}

/** `o.properties`: the bean properties by name, `class` among them. */
function* allProperties(rt: Runtime, self: Value) {
  const cls = rt.findClass('java.util.LinkedHashMap');
  if (cls === null) throw new JavaThrowable('java.lang.NoClassDefFoundError', 'java/util/LinkedHashMap');
  const map = rt.cast(new JavaList([]), 'java.util.LinkedHashMap');
  for (const name of inTableOrder(propertyNames(rt, self))) {
    let value: Value | typeof PENDING;
    try {
      value = rt.getProperty(self, name);
      if (value === PENDING) value = yield* rt.take();
    } catch (failure) {
      if (!(failure instanceof JavaThrowable)) throw failure;
      continue;
    }
    rt.invokeSync(map, 'put', [name, value as Value]);
  }
  return map;
}

/** `<Point@1f x=1 y=2>`: the class, the identity and the fields. */
function dump(rt: Runtime, self: Value): string {
  if (self === null) throw new JavaThrowable('java.lang.NullPointerException', 'Cannot invoke method hashCode() on null object');
  let text = `<${nameOfClass(rt, self)}@${(rt.hash(self) >>> 0).toString(16)}`;
  if (self instanceof Instance) {
    const names: { readonly name: string; readonly slot: number }[] = [];
    for (let c: GroovyClass | null = self.$class; c !== null; c = c.superclass) for (const f of c.ready().ownFields.values()) names.push(f);
    for (const f of names) text += ` ${f.name}=${rt.format(self.fields[f.slot] ?? null)}`;
  }
  return `${text}>`;
}

/** What `hasProperty` answers: true in a condition, with a name and a type. */
export class MetaProperty extends JavaObject {
  readonly owner: GroovyClass;
  readonly name: string;
  constructor(owner: GroovyClass, name: string) {
    super();
    this.owner = owner;
    this.name = name;
  }
  get $type(): string {
    return 'groovy.lang.MetaProperty';
  }
}
/** What `respondsTo` lists. */
export class MetaMethod extends JavaObject {
  readonly name: string;
  readonly params: readonly string[];
  constructor(name: string, params: readonly string[]) {
    super();
    this.name = name;
    this.params = params;
  }
  get $type(): string {
    return 'groovy.lang.MetaMethod';
  }
  override javaString(): string {
    return `${this.name}(${this.params.join(', ')})`;
  }
}
export const metaTables: readonly NativeClass[] = [
  {
    name: 'groovy.lang.MetaProperty',
    methods: {
      'getName()': (_rt, self: MetaProperty) => self.name,
      'getProperty(java.lang.Object)': (rt, self: MetaProperty, object: Value) => rt.getProperty(object, self.name) as Value,
    },
  },
  {
    name: 'groovy.lang.MetaMethod',
    methods: {
      'getName()': (_rt, self: MetaMethod) => self.name,
      'toString()': (_rt, self: MetaMethod) => self.javaString(),
    },
  },
];
