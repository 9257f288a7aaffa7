/**
 * Which of several methods of a name a call means: Groovy's rules (`MetaClassHelper.calculateParameterDistance`,
 * 2.4), by which every argument's class has a distance to the parameter's type and the smallest sum wins.
 */
import type { GroovyClass, Method } from './classes.ts';
import type { Registry } from './registry.ts';
import { boxed, isPrimitive } from './signature.ts';

const PRIMITIVE_SHIFT = 2 ** 21,
  OBJECT_SHIFT = 2 ** 23,
  VARARGS_SHIFT = 2 ** 44;

/** How far a number's class is from a parameter's type, as an index: MetaClassHelper's table of primitive distances, by rows. */
const WIDER = ['float', 'java.lang.Float', 'double', 'java.lang.Double', 'java.math.BigDecimal', 'java.lang.Number', 'java.lang.Object'];
const FROM_INT = ['int', 'java.lang.Integer', 'long', 'java.lang.Long', 'java.math.BigInteger', ...WIDER];
const PARAMETER_ORDER: Readonly<Record<string, readonly string[]>> = {
  'java.lang.Byte': ['java.lang.Byte', 'byte', 'short', 'java.lang.Short', ...FROM_INT],
  'java.lang.Short': ['java.lang.Short', 'short', ...FROM_INT],
  'java.lang.Integer': ['java.lang.Integer', 'int', 'long', 'java.lang.Long', 'java.math.BigInteger', ...WIDER],
  'java.lang.Long': ['java.lang.Long', 'long', 'java.math.BigInteger', ...WIDER],
  'java.math.BigInteger': [
    'java.math.BigInteger',
    'java.lang.Number',
    'java.lang.Object',
    'long',
    'java.lang.Long',
    'int',
    'java.lang.Integer',
    'short',
    'java.lang.Short',
    'byte',
    'java.lang.Byte',
    'java.math.BigDecimal',
    'double',
    'java.lang.Double',
    'float',
    'java.lang.Float',
  ],
  'java.lang.Float': [
    'java.lang.Float',
    'float',
    'double',
    'java.lang.Double',
    'java.math.BigDecimal',
    'java.lang.Number',
    'java.lang.Object',
    'java.math.BigInteger',
  ],
  'java.lang.Double': [
    'java.lang.Double',
    'double',
    'java.math.BigDecimal',
    'java.lang.Number',
    'java.lang.Object',
    'float',
    'java.lang.Float',
    'java.math.BigInteger',
  ],
  'java.math.BigDecimal': [
    'java.math.BigDecimal',
    'java.lang.Number',
    'java.lang.Object',
    'double',
    'java.lang.Double',
    'float',
    'java.lang.Float',
    'java.math.BigInteger',
  ],
  'java.lang.Boolean': ['java.lang.Boolean', 'boolean', 'java.lang.Object'],
  'java.lang.Character': ['java.lang.Character', 'char', ...FROM_INT],
};
/** The number of types that MetaClassHelper's table has. */
const PRIMITIVES = 20;
/** Which argument classes a numeric type takes besides its own (`MetaClassHelper.isAssignableFrom`). */
const NUMERIC_FROM: Readonly<Record<string, readonly string[]>> = {
  'java.lang.Integer': ['java.lang.Short', 'java.lang.Byte', 'java.math.BigInteger'],
  'java.lang.Double': [
    'java.lang.Integer',
    'java.lang.Long',
    'java.lang.Short',
    'java.lang.Byte',
    'java.lang.Float',
    'java.math.BigDecimal',
    'java.math.BigInteger',
  ],
  'java.math.BigDecimal': [
    'java.lang.Double',
    'java.lang.Integer',
    'java.lang.Long',
    'java.lang.Short',
    'java.lang.Byte',
    'java.lang.Float',
    'java.math.BigInteger',
  ],
  'java.math.BigInteger': ['java.lang.Integer', 'java.lang.Long', 'java.lang.Short', 'java.lang.Byte'],
  'java.lang.Long': ['java.lang.Integer', 'java.lang.Short', 'java.lang.Byte'],
  'java.lang.Float': ['java.lang.Integer', 'java.lang.Long', 'java.lang.Short', 'java.lang.Byte'],
  'java.lang.Short': ['java.lang.Byte'],
};

const CLOSURE = 'groovy.lang.Closure';
const NULL_OBJECT = 'org.codehaus.groovy.runtime.NullObject';

/** Whether an argument of class `arg` (NullObject for null) can be given for a parameter of type `param`. */
export function accepts(registry: Registry, param: string, arg: GroovyClass): boolean {
  if (param === 'java.lang.Object' || param === arg.name) return true;
  if (arg.name === NULL_OBJECT) return !isPrimitive(param);
  const target = boxed(param);
  if (target === arg.name) return true;
  const from = Object.hasOwn(NUMERIC_FROM, target) ? NUMERIC_FROM[target] : undefined;
  if (from?.includes(arg.name)) return true;
  if (target === 'java.lang.String' && arg.name.endsWith('GStringImpl')) return true;
  const cls = registry.find(target);
  if (cls === null) return false;
  if (arg.isSubclassOf(cls)) return true;
  // A closure stands for an interface with one method.
  return arg.isSubclassOf(registry.get(CLOSURE)) && isFunctional(cls);
}

/** Interfaces of one abstract method that closures are coerced to. Collections and markers are not. */
function isFunctional(cls: GroovyClass): boolean {
  if (cls.isScriptCode) {
    let count = 0;
    for (const c of cls.ancestors()) for (const list of c.ready().ownMethods.values()) for (const m of list) if (m.isAbstract) count++;
    return cls.isAbstract && count === 1;
  }
  return FUNCTIONAL.has(cls.name) || cls.name.startsWith('java.util.function.');
}
const FUNCTIONAL = new Set([
  'java.lang.Runnable',
  'java.util.concurrent.Callable',
  'java.util.Comparator',
  'java.lang.Comparable',
  'java.lang.Iterable',
  'java.io.FileFilter',
  'java.io.FilenameFilter',
  'java.time.temporal.TemporalAdjuster',
]);

function distance(registry: Registry, param: string, arg: GroovyClass): number {
  if (param === arg.name) return 0;
  const isNull = arg.name === NULL_OBJECT;
  const cls = registry.find(boxed(param));
  if (cls?.isInterface) {
    const d = isNull ? -1 : interfaceDistance(arg, cls);
    if (d > -1 || !arg.isSubclassOf(registry.get(CLOSURE))) return d;
  }
  if (isNull) {
    let d = isPrimitive(param) ? 2 : 0;
    if (d === 0) for (let c = cls; c !== null && c.name !== 'java.lang.Object'; c = c.superclass) d += 2;
    return d * OBJECT_SHIFT;
  }
  if (Object.hasOwn(PARAMETER_ORDER, arg.name)) {
    const d = (PARAMETER_ORDER[arg.name] as readonly string[]).indexOf(param);
    if (d >= 0) return d * PRIMITIVE_SHIFT;
  }
  let d = PRIMITIVES + 1;
  if (arg.kind === 'array' && !param.endsWith('[]')) d += 4;
  for (let c: GroovyClass | null = arg; c !== null; c = c.superclass) {
    if (c.name === param) break;
    if (c.name.endsWith('GString') && param === 'java.lang.String') {
      d += 2;
      break;
    }
    d += 3;
  }
  return d * OBJECT_SHIFT;
}

/** The longest way from a class to an interface; -1 where there is none. */
function interfaceDistance(arg: GroovyClass | null, target: GroovyClass): number {
  if (arg === null) return -1;
  if (arg === target) return 0;
  let longest = -1;
  for (const i of arg.interfaces) {
    const d = interfaceDistance(i, target);
    if (d >= 0) longest = Math.max(longest, d + 1);
  }
  const above = interfaceDistance(arg.superclass, target);
  return above < 0 ? longest : Math.max(longest, above + 1);
}

function applicable(registry: Registry, m: Method, args: readonly GroovyClass[]): boolean {
  const n = m.params.length;
  if (args.length === n) {
    let ok = true;
    for (let i = 0; i < n && ok; i++) ok = accepts(registry, m.params[i] as string, args[i] as GroovyClass);
    if (ok) return true;
  }
  return m.variable && applicableAsVariable(registry, m, args);
}

function applicableAsVariable(registry: Registry, m: Method, args: readonly GroovyClass[]): boolean {
  const fixed = m.params.length - 1;
  if (args.length < fixed) return false;
  for (let i = 0; i < fixed; i++) if (!accepts(registry, m.params[i] as string, args[i] as GroovyClass)) return false;
  const component = (m.params[fixed] as string).slice(0, -2);
  for (let i = fixed; i < args.length; i++) if (!accepts(registry, component, args[i] as GroovyClass)) return false;
  return true;
}

function totalDistance(registry: Registry, m: Method, args: readonly GroovyClass[]): number {
  const n = m.params.length;
  if (n === 0) return 0;
  let sum = 0;
  for (let i = 0; i < n - 1; i++) sum += distance(registry, m.params[i] as string, args[i] as GroovyClass);
  const last = m.params[n - 1] as string;
  if (args.length === n) {
    const given = args[n - 1] as GroovyClass;
    if (!m.variable || accepts(registry, last, given)) return sum + distance(registry, last, given);
    return sum + 2 * VARARGS_SHIFT + distance(registry, last.slice(0, -2), given);
  }
  if (args.length < n) return sum + VARARGS_SHIFT;
  sum += (2 + args.length - n) * VARARGS_SHIFT;
  for (let i = n - 1; i < args.length; i++) sum += distance(registry, last.slice(0, -2), args[i] as GroovyClass);
  return sum;
}

/** The method that a call with arguments of these classes means; null where none fits; several where it is ambiguous. */
export function select(registry: Registry, candidates: readonly Method[], args: readonly GroovyClass[]): Method | null | readonly Method[] {
  if (candidates.length === 1) return applicable(registry, candidates[0] as Method, args) ? (candidates[0] as Method) : null;
  let best: Method | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  let ties: Method[] | null = null;
  for (const m of candidates) {
    if (!applicable(registry, m, args)) continue;
    const d = totalDistance(registry, m, args);
    if (d === 0) return m;
    if (d < bestDistance) {
      best = m;
      bestDistance = d;
      ties = null;
    } else if (d === bestDistance && best !== null) (ties ??= [best]).push(m);
  }
  if (ties !== null && best !== null) {
    // A script's own method wins over the library's, the more specific owner over the more general one.
    const own = ties.filter((m) =>
      ties.every((o) => o === m || (m.owner !== o.owner && m.owner.isSubclassOf(o.owner)) || (m.extension === null && o.extension !== null)),
    );
    if (own.length === 1) return own[0] as Method;
    // A constructor's argument is often cast to tell which is meant, and a null does not remember that.
    if (ties.every((m) => m.code === null && m.name === '<init>')) return best;
    return ties;
  }
  return best;
}
