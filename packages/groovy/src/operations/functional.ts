/** Interfaces of a single abstract method, which a closure can stand for (`CachedSAMClass`). */
import type { GroovyClass } from '../runtime/classes.ts';

/** Java's own by name, with the method that a closure becomes. */
export const FUNCTIONAL_INTERFACES: Readonly<Record<string, string>> = {
  'java.lang.Runnable': 'run',
  'java.util.concurrent.Callable': 'call',
  'java.util.Comparator': 'compare',
  'java.lang.Comparable': 'compareTo',
  'java.lang.Iterable': 'iterator',
  'java.lang.AutoCloseable': 'close',
  'java.io.Closeable': 'close',
  'java.io.Flushable': 'flush',
  'java.io.FileFilter': 'accept',
  'java.io.FilenameFilter': 'accept',
  'java.lang.Readable': 'read',
  'java.util.Observer': 'update',
  'java.util.EventListener': '',
  'java.util.function.Function': 'apply',
  'java.util.function.BiFunction': 'apply',
  'java.util.function.UnaryOperator': 'apply',
  'java.util.function.BinaryOperator': 'apply',
  'java.util.function.Predicate': 'test',
  'java.util.function.BiPredicate': 'test',
  'java.util.function.Consumer': 'accept',
  'java.util.function.BiConsumer': 'accept',
  'java.util.function.Supplier': 'get',
  'java.util.function.BooleanSupplier': 'getAsBoolean',
  'java.util.function.IntSupplier': 'getAsInt',
  'java.util.function.LongSupplier': 'getAsLong',
  'java.util.function.DoubleSupplier': 'getAsDouble',
  'java.util.function.IntFunction': 'apply',
  'java.util.function.LongFunction': 'apply',
  'java.util.function.DoubleFunction': 'apply',
  'java.util.function.IntPredicate': 'test',
  'java.util.function.LongPredicate': 'test',
  'java.util.function.DoublePredicate': 'test',
  'java.util.function.IntConsumer': 'accept',
  'java.util.function.LongConsumer': 'accept',
  'java.util.function.DoubleConsumer': 'accept',
  'java.util.function.ObjIntConsumer': 'accept',
  'java.util.function.ObjLongConsumer': 'accept',
  'java.util.function.ObjDoubleConsumer': 'accept',
  'java.util.function.IntUnaryOperator': 'applyAsInt',
  'java.util.function.LongUnaryOperator': 'applyAsLong',
  'java.util.function.DoubleUnaryOperator': 'applyAsDouble',
  'java.util.function.IntBinaryOperator': 'applyAsInt',
  'java.util.function.LongBinaryOperator': 'applyAsLong',
  'java.util.function.DoubleBinaryOperator': 'applyAsDouble',
  'java.util.function.ToIntFunction': 'applyAsInt',
  'java.util.function.ToLongFunction': 'applyAsLong',
  'java.util.function.ToDoubleFunction': 'applyAsDouble',
  'java.util.function.ToIntBiFunction': 'applyAsInt',
  'java.util.function.ToLongBiFunction': 'applyAsLong',
  'java.util.function.ToDoubleBiFunction': 'applyAsDouble',
};

/** The one method to implement, or null where the class has none or several. */
export function singleAbstractMethod(cls: GroovyClass): string | null {
  if (!cls.isScriptCode) return Object.hasOwn(FUNCTIONAL_INTERFACES, cls.name) ? FUNCTIONAL_INTERFACES[cls.name] || null : null;
  if (!cls.isAbstract) return null;
  let found: string | null = null;
  const implemented = new Set<string>();
  for (const c of cls.ancestors()) {
    for (const [name, methods] of c.ready().ownMethods) {
      for (const m of methods) {
        const key = `${name}/${m.params.join()}`;
        if (!m.isAbstract) implemented.add(key);
        else if (!implemented.has(key)) {
          if (found !== null && found !== name) return null;
          found = name;
        }
      }
    }
    if (!c.isScriptCode && Object.hasOwn(FUNCTIONAL_INTERFACES, c.name)) {
      const inherited = FUNCTIONAL_INTERFACES[c.name] as string;
      if (inherited !== '' && found !== inherited) {
        if (found !== null) return null;
        found = inherited;
      }
    }
  }
  return found;
}
