/** `(T) v` and assignments to typed variables, after `DefaultTypeTransformation.castToType` of Groovy 2.4. */
import { JavaArray } from '../collections/model.ts';
import { castToNumberType, toChar } from '../numbers/conversions.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import { AbstractClosure } from '../runtime/closure.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject, JavaThrowable } from '../runtime/values.ts';
import { javaClassName, nameOfClass } from './class-names.ts';
import { construct } from './construct.ts';
import { singleAbstractMethod } from './functional.ts';
import { elements } from './iterate.ts';
import { makeProxy, ProxyObject } from './proxy.ts';
import { collectionItems, isMap } from './shapes.ts';
import { throwableText } from './throwable-text.ts';

const PRIMITIVES: Readonly<Record<string, string>> = {
  int: 'java.lang.Integer',
  long: 'java.lang.Long',
  double: 'java.lang.Double',
  float: 'java.lang.Float',
  short: 'java.lang.Short',
  byte: 'java.lang.Byte',
  char: 'java.lang.Character',
  boolean: 'java.lang.Boolean',
};
const NUMBERS: ReadonlySet<string> = new Set([
  'java.lang.Integer',
  'java.lang.Long',
  'java.lang.Double',
  'java.lang.Float',
  'java.lang.Short',
  'java.lang.Byte',
  'java.math.BigInteger',
  'java.math.BigDecimal',
  'java.lang.Number',
]);

/** Casts a value to a type given by its full name. Throws GroovyCastException. */
export function cast(rt: Runtime, v: Value, type: string): Value {
  const primitive = Object.hasOwn(PRIMITIVES, type);
  if (v === null) return primitive ? castNull(type) : null;
  if (type === 'java.lang.Object') return v;
  if (primitive) return castToBox(rt, v, type);
  switch (type) {
    case 'java.lang.String':
      return rt.str(v);
    case 'java.lang.Boolean':
      return typeof v === 'boolean' ? v : rt.truth(v);
    case 'java.lang.Character':
      return toChar(rt, v);
  }
  if (rt.instanceOf(v, type)) return v;
  if (type.endsWith('[]')) return castToArray(rt, v, type);
  const cls = rt.findClass(type);
  if (cls === null) throw castFailure(rt, v, type);
  if (isEnum(cls)) return castToEnum(rt, v, cls);
  if (isA(rt, cls, 'java.util.Collection')) {
    const made = castToCollection(rt, v, cls);
    if (made !== null) return made;
  }
  if (type === 'java.lang.Class') return castToClass(rt, v);
  if (NUMBERS.has(type)) return castToBox(rt, v, type);
  return castByConstruction(rt, v, cls);
}

/** GroovyCastException with its usual sentence; `cause` is the failure of a constructor that was tried. */
export function castFailure(rt: Runtime, v: Value, type: string, cause: JavaThrowable | null = null): JavaThrowable {
  const reason = cause === null ? '' : ` due to: ${throwableText(rt, cause)}`;
  return new JavaThrowable(
    'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
    `Cannot cast object '${rt.str(v)}' with class '${nameOfClass(rt, v)}' to class '${javaClassName(type)}'${reason}`,
  );
}

function castNull(type: string): Value {
  if (type === 'boolean') return false;
  if (type === 'char') throw new JavaThrowable('java.lang.NullPointerException');
  throw new JavaThrowable(
    'org.codehaus.groovy.runtime.typehandling.GroovyCastException',
    `Cannot cast object 'null' with class 'null' to class '${type}'. Try '${PRIMITIVES[type]}' instead`,
  );
}

/** To a primitive, its box or another number class: `asked` is what the message names. */
function castToBox(rt: Runtime, v: Value, asked: string): Value {
  if (asked === 'boolean') return typeof v === 'boolean' ? v : rt.truth(v);
  return castToNumberType(rt, v, asked) as Value;
}

function castToArray(rt: Runtime, v: Value, type: string): Value {
  const component = type.slice(0, -2);
  const items = elements(rt, v);
  rt.alloc(items.length);
  return new JavaArray(
    component,
    items.map((item) => cast(rt, item, component)),
  );
}

export function isEnum(cls: GroovyClass): boolean {
  return cls.kind === 'enum';
}

function isA(rt: Runtime, cls: GroovyClass, name: string): boolean {
  const other = rt.findClass(name);
  return other !== null && cls.isSubclassOf(other);
}

/** A constant by its name. Throws IllegalArgumentException for an unknown one, as `valueOf` does. */
export function castToEnum(rt: Runtime, v: Value, cls: GroovyClass): Value {
  if (typeof v === 'string' || v instanceof GString) return rt.invokeSync(rt.classValue(cls), 'valueOf', [rt.str(v)]);
  throw castFailure(rt, v, cls.name);
}

function castToClass(rt: Runtime, v: Value): Value {
  const cls = rt.findClass('java.lang.Class');
  if (cls === null || !(typeof v === 'string' || v instanceof GString)) throw castFailure(rt, v, 'java.lang.Class');
  // By the method, so that the sandbox has its say.
  return rt.invokeSync(rt.classValue(cls), 'forName', [rt.str(v)]);
}

/** Collections to sets, arrays to any collection; null where Groovy goes on to other ways. */
function castToCollection(rt: Runtime, v: Value, cls: GroovyClass): Value | null {
  const linked = rt.findClass('java.util.LinkedHashSet');
  const list = rt.findClass('java.util.ArrayList');
  if (linked === null || list === null) return null;
  const items = v instanceof JavaArray ? v.items : null;
  if (items === null) {
    if (collectionItems(v) === null || !linked.isSubclassOf(cls) || !(cls === linked || cls.isAbstract)) return null;
    return construct(rt, linked, [v]);
  }
  const target = cls.isAbstract && list.isSubclassOf(cls) ? list : cls.isAbstract && linked.isSubclassOf(cls) ? linked : cls;
  const made = construct(rt, target, []);
  for (const item of items) rt.invokeSync(made, 'add', [item]);
  return made;
}

/** What is left: a closure for an interface of one method, a list or a map as the arguments of a constructor. */
function castByConstruction(rt: Runtime, v: Value, cls: GroovyClass): Value {
  if (v instanceof AbstractClosure && cls.isInterface && singleAbstractMethod(cls) !== null) return makeProxy(rt, v, cls);
  let args: readonly Value[] | null = null;
  if (v instanceof JavaObject) {
    if (v instanceof JavaArray) args = v.component.length > 0 && !Object.hasOwn(PRIMITIVES, v.component) ? v.items : null;
    else args = collectionItems(v) ?? (isMap(v) ? [v] : null);
  }
  if (args === null || v instanceof ProxyObject) throw castFailure(rt, v, cls.name);
  if (cls.isInterface) {
    const types = args.map((a) => nameOfClass(rt, a)).join(', ');
    throw castFailure(
      rt,
      v,
      cls.name,
      new JavaThrowable('groovy.lang.GroovyRuntimeException', `Could not find matching constructor for: ${cls.name}(${types})`),
    );
  }
  try {
    return construct(rt, cls, [...args]);
  } catch (failure) {
    if (!(failure instanceof JavaThrowable) || !isMissingConstructor(failure)) throw failure;
    try {
      return construct(rt, cls, [v]);
    } catch (second) {
      if (!(second instanceof JavaThrowable) || !isMissingConstructor(second)) throw second;
      throw castFailure(rt, v, cls.name, failure);
    }
  }
}

function isMissingConstructor(t: JavaThrowable): boolean {
  return t.typeName === 'groovy.lang.GroovyRuntimeException' && (t.detail ?? '').startsWith('Could not find matching constructor for');
}
