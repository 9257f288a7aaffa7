/** Java's small interfaces. Their methods are called on proxies of closures and maps; script classes have their own. */
import { Long } from '../numbers/boxes.ts';
import { compareTo } from '../operations/compare.ts';
import { FUNCTIONAL_INTERFACES } from '../operations/functional.ts';
import { invokeProxy, ProxyObject } from '../operations/proxy.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { JavaThrowable, PENDING } from '../runtime/values.ts';

const MARKERS: readonly string[] = [
  'java.io.Serializable',
  'java.lang.Cloneable',
  'java.util.RandomAccess',
  'java.io.Externalizable',
  'groovy.lang.GroovyObject',
  'groovy.lang.GroovyInterceptable',
  'groovy.lang.Writable',
  'groovy.lang.Buildable',
];

/** How many parameters the method of a functional interface has, where it is not one. */
const PARAMETERS: Readonly<Record<string, number>> = {
  'java.lang.Runnable': 0,
  'java.util.concurrent.Callable': 0,
  'java.util.Comparator': 2,
  'java.lang.Iterable': 0,
  'java.lang.AutoCloseable': 0,
  'java.io.Closeable': 0,
  'java.io.Flushable': 0,
  'java.util.Observer': 2,
  'java.io.FilenameFilter': 2,
  'java.util.function.BiFunction': 2,
  'java.util.function.BinaryOperator': 2,
  'java.util.function.BiPredicate': 2,
  'java.util.function.BiConsumer': 2,
  'java.util.function.Supplier': 0,
  'java.util.function.BooleanSupplier': 0,
  'java.util.function.IntSupplier': 0,
  'java.util.function.LongSupplier': 0,
  'java.util.function.DoubleSupplier': 0,
  'java.util.function.ObjIntConsumer': 2,
  'java.util.function.ObjLongConsumer': 2,
  'java.util.function.ObjDoubleConsumer': 2,
  'java.util.function.IntBinaryOperator': 2,
  'java.util.function.LongBinaryOperator': 2,
  'java.util.function.DoubleBinaryOperator': 2,
  'java.util.function.ToIntBiFunction': 2,
  'java.util.function.ToLongBiFunction': 2,
  'java.util.function.ToDoubleBiFunction': 2,
};
const EXTENDS: Readonly<Record<string, readonly string[]>> = {
  'java.io.Closeable': ['java.lang.AutoCloseable'],
  'java.util.function.UnaryOperator': ['java.util.function.Function'],
  'java.util.function.BinaryOperator': ['java.util.function.BiFunction'],
};
/** Interfaces of which only the name is told here: their methods are the business of the classes that implement them. */
const ELSEWHERE: ReadonlySet<string> = new Set(['java.util.Comparator', 'java.lang.Iterable', 'java.util.EventListener']);

/** A call through an interface: to the proxy's closure, else to whatever method the object has of that name. */
function through(name: string): Native {
  return function* (rt: Runtime, self: Value, ...args: Value[]): Computation {
    if (!(self instanceof ProxyObject)) throw new JavaThrowable('java.lang.AbstractMethodError', name);
    let r = invokeProxy(rt, self, name, args);
    if (r === PENDING) r = yield* rt.take();
    return r as Value;
  };
}

function signature(name: string, n: number): string {
  return `${name}(${Array.from({ length: n }, () => 'java.lang.Object').join(', ')})`;
}

function functional(name: string): NativeClass {
  const method = FUNCTIONAL_INTERFACES[name] as string;
  const methods: Record<string, Native> = {};
  if (method !== '') methods[signature(method, Object.hasOwn(PARAMETERS, name) ? (PARAMETERS[name] as number) : 1)] = through(method);
  return { name, kind: 'interface', interfaces: EXTENDS[name] ?? [], methods: methods as Signatures };
}

const comparable: NativeClass = {
  name: 'java.lang.Comparable',
  kind: 'interface',
  methods: {
    'compareTo(java.lang.Object)': function* (rt: Runtime, self: Value, other: Value): Computation {
      if (!(self instanceof ProxyObject)) {
        if (other === null && (typeof self === 'number' || self instanceof Long))
          throw new JavaThrowable(
            'java.lang.NullPointerException',
            `Cannot read field "value" because "another${typeof self === 'number' ? 'Integer' : 'Long'}" is null`,
          );
        return compareTo(rt, self, other, true);
      }
      let r = invokeProxy(rt, self, 'compareTo', [other]);
      if (r === PENDING) r = yield* rt.take();
      return r as Value;
    },
  },
};

export const interfaceTables: readonly NativeClass[] = [
  ...MARKERS.map((name): NativeClass => ({ name, kind: 'interface', methods: {} })),
  ...Object.keys(FUNCTIONAL_INTERFACES)
    .filter((name) => !ELSEWHERE.has(name) && name !== 'java.lang.Comparable')
    .map(functional),
  { name: 'java.util.Comparator', kind: 'interface', methods: { [signature('compare', 2)]: through('compare') } },
  { name: 'java.lang.Iterable', kind: 'interface', methods: {} },
  { name: 'java.util.EventListener', kind: 'interface', methods: {} },
  { name: 'java.lang.CharSequence', kind: 'interface', methods: {} },
  comparable,
];
