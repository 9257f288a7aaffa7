/** java.lang.Class: names and relations; reflection is refused, as script-security does. */
import { JavaArray } from '../collections/model.ts';
import { javaClassName } from '../operations/class-names.ts';
import { construct } from '../operations/construct.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';

/** java.lang.Package: no more than its name. */
class Package extends JavaObject {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  get $type(): string {
    return 'java.lang.Package';
  }
  override javaString(): string {
    return `package ${this.name}`;
  }
}

function simpleName(cls: GroovyClass): string {
  let name = cls.name,
    suffix = '';
  while (name.endsWith('[]')) {
    name = name.slice(0, -2);
    suffix += '[]';
  }
  return suffix === '' ? cls.simpleName : `${name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1)}${suffix}`;
}

export const classTable: NativeClass = {
  name: 'java.lang.Class',
  interfaces: ['java.io.Serializable'],
  methods: {
    'getName()': (_rt, self: GroovyClass) => javaClassName(self.name),
    'getTypeName()': (_rt, self: GroovyClass) => self.name,
    'getSimpleName()': (_rt, self: GroovyClass) => simpleName(self),
    'getCanonicalName()': (_rt, self: GroovyClass) => self.name.replaceAll('$', '.'),
    'getPackageName()': (_rt, self: GroovyClass) => (self.kind === 'primitive' ? 'java.lang' : self.packageName),
    'getPackage()': (_rt, self: GroovyClass) => (self.packageName === '' ? null : new Package(self.packageName)),
    'toString()': (_rt, self: GroovyClass) => classText(self),
    'isInstance(java.lang.Object)': (rt, self: GroovyClass, v: Value) => v !== null && rt.instanceOf(v, self.name),
    'isAssignableFrom(java.lang.Class)': (_rt, self: GroovyClass, other: GroovyClass | null) => {
      if (other === null) throw new JavaThrowable('java.lang.NullPointerException');
      return other.isSubclassOf(self);
    },
    'getSuperclass()': (_rt, self: GroovyClass) => (self.isInterface ? null : self.superclass),
    'getInterfaces()': (_rt, self: GroovyClass) => new JavaArray('java.lang.Class', [...self.ready().interfaces]),
    'getEnclosingClass()': (_rt, self: GroovyClass) => self.outer,
    'getDeclaringClass()': (_rt, self: GroovyClass) => self.outer,
    'getComponentType()': (rt, self: GroovyClass) => (self.kind === 'array' ? rt.findClass(self.name.slice(0, -2)) : null),
    'getEnumConstants()': (rt, self: GroovyClass) => (self.kind === 'enum' ? rt.invokeSync(rt.classValue(self), 'values', []) : null),
    'isInterface()': (_rt, self: GroovyClass) => self.isInterface,
    'isArray()': (_rt, self: GroovyClass) => self.kind === 'array',
    'isEnum()': (_rt, self: GroovyClass) => self.kind === 'enum',
    'isPrimitive()': (_rt, self: GroovyClass) => self.kind === 'primitive',
    'isAnnotation()': (_rt, self: GroovyClass) => self.kind === 'annotation',
    'isAnonymousClass()': (_rt, self: GroovyClass) => self.simpleName === '',
    'cast(java.lang.Object)': (rt, self: GroovyClass, v: Value) => checkedCast(rt, self, v),
    'hashCode()': (rt, self: GroovyClass) => rt.identityHash(self),
    'equals(java.lang.Object)': (_rt, self: GroovyClass, other: Value) => self === other,
  },
  statics: {},
  restricted: [
    'staticMethod forName java.lang.String',
    'staticMethod forName java.lang.String boolean java.lang.ClassLoader',
    'method newInstance',
    'method getClassLoader',
    'method getResource java.lang.String',
    'method getResourceAsStream java.lang.String',
    'method getConstructor java.lang.Class[]',
    'method getConstructors',
    'method getDeclaredConstructor java.lang.Class[]',
    'method getDeclaredConstructors',
    'method getDeclaredField java.lang.String',
    'method getDeclaredFields',
    'method getDeclaredMethod java.lang.String java.lang.Class[]',
    'method getDeclaredMethods',
    'method getField java.lang.String',
    'method getFields',
    'method getMethod java.lang.String java.lang.Class[]',
    'method getMethods',
    'method getProtectionDomain',
    'method getModule',
    'method getModifiers',
    'method getAnnotations',
    'method getAnnotation java.lang.Class',
    'method getDeclaredClasses',
    'method getClasses',
    'method getGenericSuperclass',
    'method getSigners',
  ],
  trusted: {
    statics: {
      'forName(java.lang.String)': (rt, _self, name: string | null) => {
        const cls = name === null ? null : rt.findClass(name);
        if (cls === null) throw new JavaThrowable('java.lang.ClassNotFoundException', name);
        return rt.classValue(cls);
      },
    },
    methods: {
      'newInstance()': (rt, self: GroovyClass) => {
        if (self.isAbstract) throw new JavaThrowable('java.lang.InstantiationException', null);
        return construct(rt, self, []);
      },
    },
  },
};

function classText(cls: GroovyClass): string {
  return cls.kind === 'primitive' ? cls.name : `${cls.isInterface ? 'interface' : 'class'} ${javaClassName(cls.name)}`;
}

function checkedCast(rt: Runtime, cls: GroovyClass, v: Value): Value {
  if (v === null || rt.instanceOf(v, cls.name)) return v;
  throw new JavaThrowable('java.lang.ClassCastException', `Cannot cast ${javaClassName(rt.classOf(v).name)} to ${javaClassName(cls.name)}`);
}

export const packageTable: NativeClass = {
  name: 'java.lang.Package',
  methods: {
    'getName()': (_rt, self: Package) => self.name,
    'toString()': (_rt, self: Package) => self.javaString(),
  },
};
