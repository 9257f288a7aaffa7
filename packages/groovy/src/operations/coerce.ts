/** `v as T` for the built-in types: the `asType` methods of DefaultGroovyMethods and StringGroovyMethods, Groovy 2.4. */
import { JavaArray, JavaList } from '../collections/model.ts';
import { Byte, Character } from '../numbers/boxes.ts';
import { numberFromText } from '../numbers/conversions.ts';
import { intValue, isNumber } from '../numbers/number-values.ts';
import type { GroovyClass } from '../runtime/classes.ts';
import { AbstractClosure } from '../runtime/closure.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { GString, JavaObject, JavaThrowable } from '../runtime/values.ts';
import { cast, castFailure, castToEnum, isEnum } from './cast.ts';
import { javaClassName } from './class-names.ts';
import { construct } from './construct.ts';
import { elements } from './iterate.ts';
import { makeProxy } from './proxy.ts';
import { collectionItems, isMap } from './shapes.ts';

/** Types that a String is parsed for. */
const PARSED: Readonly<Record<string, string>> = {
  int: 'toInteger',
  'java.lang.Integer': 'toInteger',
  long: 'toLong',
  'java.lang.Long': 'toLong',
  short: 'toShort',
  'java.lang.Short': 'toShort',
  byte: 'toByte',
  'java.lang.Byte': 'toByte',
  double: 'toDouble',
  'java.lang.Double': 'toDouble',
  float: 'toFloat',
  'java.lang.Float': 'toFloat',
  'java.math.BigDecimal': 'toBigDecimal',
  'java.math.BigInteger': 'toBigInteger',
};
/** `null as int` fails and `null as boolean` is false. */
const UNBOXED: Readonly<Record<string, true>> = { int: true, long: true, double: true, float: true, short: true, byte: true, char: true, boolean: true };
/** What `as` an abstract collection makes. */
const DEFAULT_COLLECTIONS: Readonly<Record<string, string>> = {
  'java.util.Set': 'java.util.LinkedHashSet',
  'java.util.SortedSet': 'java.util.TreeSet',
  'java.util.Queue': 'java.util.LinkedList',
  'java.util.Stack': 'java.util.Stack',
};

/** `v as type`. Throws GroovyCastException where there is no way, NumberFormatException for text that is no number. */
export function coerce(rt: Runtime, v: Value, type: string): Value {
  if (v === null) return Object.hasOwn(UNBOXED, type) ? cast(rt, v, type) : null;
  if (type === 'java.lang.Object') return v;
  if (typeof v === 'string' || v instanceof GString) return coerceText(rt, v, type);
  if (isNumber(v)) return coerceNumber(rt, v, type);
  if (!(v instanceof JavaObject)) return coerceAny(rt, v, type);
  if (v instanceof JavaArray) return coerceArray(rt, v, type);
  if (v instanceof AbstractClosure) return coerceImplementation(rt, v, type, 'closure');
  if (collectionItems(v) !== null) return coerceCollection(rt, v, type);
  if (isMap(v)) return coerceImplementation(rt, v, type, 'map');
  const cls = rt.findClass(type);
  if (cls !== null && isSubtype(rt, cls, 'java.util.Collection') && !rt.instanceOf(v, type) && rt.instanceOf(v, 'java.lang.Iterable')) {
    return coerceCollection(rt, new JavaList(elements(rt, v)), type);
  }
  return coerceAny(rt, v, type);
}

function isSubtype(rt: Runtime, cls: GroovyClass, name: string): boolean {
  const other = rt.findClass(name);
  return other !== null && cls.isSubclassOf(other);
}

function coerceText(rt: Runtime, v: string | GString, type: string): Value {
  if (v instanceof GString && type === 'groovy.lang.GString') return v;
  const text = rt.str(v);
  if (Object.hasOwn(PARSED, type)) {
    const method = PARSED[type] as string;
    return method === 'toByte' ? new Byte(intValue(numberFromText(text, 'toInteger'))) : numberFromText(text, method);
  }
  switch (type) {
    case 'java.util.List':
      return new JavaList(elements(rt, text));
    case 'char':
    case 'java.lang.Character':
      return new Character(text.charCodeAt(0) || noCharacter());
  }
  const cls = rt.findClass(type);
  if (cls !== null && type === 'java.io.File') return construct(rt, cls, [text]);
  if (cls !== null && isEnum(cls)) return castToEnum(rt, text, cls);
  return coerceAny(rt, text, type);
}

function noCharacter(): never {
  throw new JavaThrowable('java.lang.StringIndexOutOfBoundsException', 'String index out of range: 0');
}

function coerceNumber(rt: Runtime, v: Value, type: string): Value {
  switch (type) {
    case 'java.math.BigDecimal':
      return rt.invokeSync(v, 'toBigDecimal', []);
    case 'java.math.BigInteger':
      return rt.invokeSync(v, 'toBigInteger', []);
    case 'java.lang.Double':
      return rt.invokeSync(v, 'toDouble', []);
    case 'java.lang.Float':
      return rt.invokeSync(v, 'toFloat', []);
  }
  return coerceAny(rt, v, type);
}

function coerceArray(rt: Runtime, v: JavaArray, type: string): Value {
  switch (type) {
    case 'java.util.List':
      return new JavaList([...v.items]);
    case 'java.util.Set':
      return constructNamed(rt, 'java.util.HashSet', new JavaList([...v.items]));
    case 'java.util.SortedSet':
      return constructNamed(rt, 'java.util.TreeSet', new JavaList([...v.items]));
  }
  return coerceAny(rt, v, type);
}

function constructNamed(rt: Runtime, name: string, argument: Value): Value {
  const cls = rt.findClass(name);
  if (cls === null) throw castFailure(rt, argument, name);
  return construct(rt, cls, [argument]);
}

function coerceCollection(rt: Runtime, v: JavaObject, type: string): Value {
  if (rt.classOf(v).name === type) return v;
  if (type === 'java.util.List') return rt.instanceOf(v, type) ? v : new JavaList(elements(rt, v));
  if (Object.hasOwn(DEFAULT_COLLECTIONS, type)) {
    if (type === 'java.util.Stack' && !rt.instanceOf(v, type)) {
      const cls = rt.findClass(type);
      if (cls === null) throw castFailure(rt, v, type);
      const stack = construct(rt, cls, []);
      rt.invokeSync(stack, 'addAll', [v]);
      return stack;
    }
    return rt.instanceOf(v, type) ? v : constructNamed(rt, DEFAULT_COLLECTIONS[type] as string, v);
  }
  if (type.endsWith('[]')) {
    const component = type.slice(0, -2);
    const items: Value[] = [];
    for (const item of elements(rt, v)) {
      // Strings are parsed for an array of numbers, but for String[] Groovy casts.
      items.push(component === 'java.lang.String' ? cast(rt, item, component) : (coerce(rt, item, component) as Value));
    }
    return new JavaArray(component, items);
  }
  const cls = rt.findClass(type);
  if (cls === null) throw castFailure(rt, v, type);
  if (cls.isInterface || isEnum(cls) || cls.kind === 'primitive' || UNCONSTRUCTED.has(type)) return coerceAny(rt, v, type);
  try {
    return construct(rt, cls, [v]);
  } catch (failure) {
    if (!isMissing(failure)) throw failure;
  }
  return coerceAny(rt, v, type);
}
/** Types with constructors that must not take a collection by accident. */
const UNCONSTRUCTED: ReadonlySet<string> = new Set([
  'java.lang.String',
  'java.lang.Boolean',
  'java.lang.Class',
  'java.lang.Character',
  'java.lang.Integer',
  'java.lang.Long',
  'java.lang.Double',
  'java.lang.Float',
  'java.lang.Short',
  'java.lang.Byte',
  'java.math.BigDecimal',
  'java.math.BigInteger',
]);

function coerceImplementation(rt: Runtime, v: JavaObject, type: string, kind: 'closure' | 'map'): Value {
  const cls = rt.findClass(type);
  if (cls !== null && cls.kind !== 'trait' && cls.isInterface && !rt.instanceOf(v, type)) return makeProxy(rt, v, cls);
  try {
    return coerceAny(rt, v, type);
  } catch (failure) {
    if (failure instanceof JavaThrowable && failure.typeName.endsWith('GroovyCastException') && cls !== null && cls.kind === 'trait')
      return makeProxy(rt, v, cls);
    if (failure instanceof JavaThrowable && failure.typeName.endsWith('GroovyCastException') && cls !== null && (cls.kind === 'abstract' || cls.isScriptCode)) {
      throw new JavaThrowable(
        failure.typeName,
        `Error casting ${kind} to ${javaClassName(type)}, Reason: classes can't be made from a ${kind} here; use an interface`,
      );
    }
    throw failure;
  }
}

/** `DefaultGroovyMethods.asType(Object, Class)`: text for String, otherwise a cast. */
function coerceAny(rt: Runtime, v: Value, type: string): Value {
  if (type === 'java.lang.String') return rt.format(v);
  return cast(rt, v, type);
}

function isMissing(failure: unknown): boolean {
  return failure instanceof JavaThrowable && failure.typeName === 'groovy.lang.GroovyRuntimeException';
}
