/**
 * java.util.stream: each operation is done at once over an array, since nobody sees the difference but for endless
 * streams, which are not offered.
 */
import { Double, Long } from '../../numbers/boxes.ts';
import type { NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaObject, JavaThrowable, PENDING } from '../../runtime/values.ts';
import { compareBy } from '../comparators.ts';
import { illegalArgument, illegalState } from '../failures.ts';
import { HashMap } from '../hash-map.ts';
import { UnmodifiableList } from '../lists.ts';
import { JavaMap } from '../map.ts';
import { ArrayIterator, JavaArray, type JavaCollection, JavaList } from '../model.ts';
import { HashSet } from '../set.ts';
import { Optional } from '../small-values.ts';
import { sortedByComparator, sortedNaturally } from '../sorting.ts';
import { apply } from './functions.ts';

const OBJECT = 'java.lang.Object';
const fn = (name: string): string => `java.util.function.${name}`;

type StreamKind = 'Stream' | 'IntStream' | 'LongStream' | 'DoubleStream';
const ELEMENT: Readonly<Record<StreamKind, string | null>> = { Stream: null, IntStream: 'int', LongStream: 'long', DoubleStream: 'double' };

class JavaStream extends JavaObject {
  private items: readonly Value[] | null;
  readonly kind: StreamKind;
  constructor(items: readonly Value[], kind: StreamKind = 'Stream') {
    super();
    this.items = items;
    this.kind = kind;
  }
  get $type(): string {
    return `java.util.stream.${this.kind}`;
  }
  /** The elements; a stream can be used once. */
  use(): readonly Value[] {
    const { items } = this;
    if (items === null) throw illegalState('stream has already been operated upon or closed');
    this.items = null;
    return items;
  }
  like(items: readonly Value[]): JavaStream {
    return new JavaStream(items, this.kind);
  }
}
export function intStreamOf(items: readonly Value[]): JavaStream {
  return new JavaStream(items, 'IntStream');
}
export function streamOf(items: readonly Value[]): JavaStream {
  return new JavaStream(items);
}

class Collector extends JavaObject {
  readonly run: (rt: Runtime, items: readonly Value[]) => Computation;
  constructor(run: (rt: Runtime, items: readonly Value[]) => Computation) {
    super();
    this.run = run;
  }
  get $type(): string {
    return 'java.util.stream.Collectors$CollectorImpl';
  }
}

/** What a function says of each element. */
function* mapped(rt: Runtime, items: readonly Value[], f: Value, method: string): Computation<Value[]> {
  const out: Value[] = [];
  for (const item of items) {
    let r = apply(rt, f, method, [item]);
    if (r === PENDING) r = yield* rt.take();
    out.push(r as Value);
  }
  return out;
}
function* call(rt: Runtime, f: Value, method: string, args: readonly Value[]): Computation {
  let r = apply(rt, f, method, args);
  if (r === PENDING) r = yield* rt.take();
  return r as Value;
}
function* reduce(rt: Runtime, items: readonly Value[], initial: Value | undefined, f: Value): Computation<Value | undefined> {
  let total = initial;
  for (const item of items) total = total === undefined ? item : yield* call(rt, f, 'apply', [total, item]);
  return total;
}
function converted(rt: Runtime, items: readonly Value[], kind: StreamKind): JavaStream {
  const type = ELEMENT[kind];
  return new JavaStream(type === null ? items : items.map((x) => rt.cast(x, type)), kind);
}

const common: Signatures = {
  *[`filter(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    const items = self.use();
    const keep = yield* mapped(rt, items, f, 'test');
    return self.like(items.filter((_, i) => rt.truth(keep[i] as Value)));
  },
  *[`map(${fn('Function')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return converted(rt, yield* mapped(rt, self.use(), f, self.kind === 'Stream' ? 'apply' : `applyAs${self.kind.slice(0, -6)}`), self.kind);
  },
  *[`mapToObj(${fn('Function')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return new JavaStream(yield* mapped(rt, self.use(), f, 'apply'));
  },
  *[`mapToInt(${fn('ToIntFunction')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return converted(rt, yield* mapped(rt, self.use(), f, 'applyAsInt'), 'IntStream');
  },
  *[`mapToLong(${fn('ToLongFunction')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return converted(rt, yield* mapped(rt, self.use(), f, 'applyAsLong'), 'LongStream');
  },
  *[`mapToDouble(${fn('ToDoubleFunction')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return converted(rt, yield* mapped(rt, self.use(), f, 'applyAsDouble'), 'DoubleStream');
  },
  *[`flatMap(${fn('Function')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    const out: Value[] = [];
    for (const s of yield* mapped(rt, self.use(), f, 'apply')) if (s !== null) for (const x of (s as JavaStream).use()) out.push(x);
    rt.alloc(out.length);
    return self.like(out);
  },
  *[`peek(${fn('Consumer')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    const items = self.use();
    yield* mapped(rt, items, f, 'accept');
    return self.like(items);
  },
  *[`forEach(${fn('Consumer')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    yield* mapped(rt, self.use(), f, 'accept');
    return null;
  },
  *[`forEachOrdered(${fn('Consumer')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    yield* mapped(rt, self.use(), f, 'accept');
    return null;
  },
  *[`anyMatch(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    for (const x of self.use()) if (rt.truth(yield* call(rt, f, 'test', [x]))) return true;
    return false;
  },
  *[`allMatch(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    for (const x of self.use()) if (!rt.truth(yield* call(rt, f, 'test', [x]))) return false;
    return true;
  },
  *[`noneMatch(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    for (const x of self.use()) if (rt.truth(yield* call(rt, f, 'test', [x]))) return false;
    return true;
  },
  *[`takeWhile(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    const items = self.use();
    let n = 0;
    while (n < items.length && rt.truth(yield* call(rt, f, 'test', [items[n] as Value]))) n++;
    return self.like(items.slice(0, n));
  },
  *[`dropWhile(${fn('Predicate')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    const items = self.use();
    let n = 0;
    while (n < items.length && rt.truth(yield* call(rt, f, 'test', [items[n] as Value]))) n++;
    return self.like(items.slice(n));
  },
  *[`reduce(${OBJECT}, ${fn('BinaryOperator')})`](rt: Runtime, self: JavaStream, initial: Value, f: Value): Computation {
    return (yield* reduce(rt, self.use(), initial, f)) as Value;
  },
  *[`reduce(${fn('BinaryOperator')})`](rt: Runtime, self: JavaStream, f: Value): Computation {
    return new Optional((yield* reduce(rt, self.use(), undefined, f)) ?? null);
  },
  *'collect(java.util.stream.Collector)'(rt: Runtime, self: JavaStream, collector: Collector): Computation {
    return yield* collector.run(rt, self.use());
  },
  *'sorted(java.util.Comparator)'(rt: Runtime, self: JavaStream, c: Value): Computation {
    return self.like(yield* sortedByComparator(rt, self.use(), c));
  },
  'sorted()': (rt, self: JavaStream) => self.like(sortedNaturally(rt, self.use())),
  'distinct()': (rt, self: JavaStream) => {
    const seen = new JavaMap();
    for (const x of self.use()) seen.put(rt, x, true);
    return self.like(seen.keys());
  },
  'limit(long)': (_rt, self: JavaStream, n: Long) => {
    if (n.num() < 0) throw illegalArgument(String(n.n));
    return self.like(self.use().slice(0, n.num()));
  },
  'skip(long)': (_rt, self: JavaStream, n: Long) => {
    if (n.num() < 0) throw illegalArgument(String(n.n));
    return self.like(self.use().slice(n.num()));
  },
  'count()': (_rt, self: JavaStream) => Long.of(self.use().length),
  'findFirst()': (_rt, self: JavaStream) => new Optional(self.use()[0] ?? null),
  'findAny()': (_rt, self: JavaStream) => new Optional(self.use()[0] ?? null),
  'min(java.util.Comparator)': (rt, self: JavaStream, c: Value) => extreme(rt, self.use(), c, -1),
  'max(java.util.Comparator)': (rt, self: JavaStream, c: Value) => extreme(rt, self.use(), c, 1),
  'min()': (rt, self: JavaStream) => extreme(rt, self.use(), null, -1),
  'max()': (rt, self: JavaStream) => extreme(rt, self.use(), null, 1),
  'sum()': (rt, self: JavaStream) => {
    const type = ELEMENT[self.kind] ?? 'int';
    let total = rt.cast(0, type);
    for (const x of self.use()) total = rt.cast(rt.invokeSync(total, 'plus', [x]), type);
    return total;
  },
  'average()': (rt, self: JavaStream) => {
    const items = self.use();
    return new Optional(items.length === 0 ? null : new Double(items.reduce<number>((a, x) => a + (rt.cast(x, 'double') as Double).n, 0) / items.length));
  },
  'boxed()': (_rt, self: JavaStream) => new JavaStream(self.use()),
  'asLongStream()': (rt, self: JavaStream) => converted(rt, self.use(), 'LongStream'),
  'asDoubleStream()': (rt, self: JavaStream) => converted(rt, self.use(), 'DoubleStream'),
  'toList()': (_rt, self: JavaStream) => new UnmodifiableList(new JavaList([...self.use()]), 'java.util.ImmutableCollections$ListN'),
  'toArray()': (_rt, self: JavaStream) => new JavaArray(ELEMENT[self.kind] ?? OBJECT, [...self.use()]),
  'iterator()': (_rt, self: JavaStream) => new ArrayIterator(self.use()),
  'parallel()': (_rt, self: JavaStream) => self,
  'sequential()': (_rt, self: JavaStream) => self,
  'unordered()': (_rt, self: JavaStream) => self,
  'close()': () => null,
};
function extreme(rt: Runtime, items: readonly Value[], comparator: Value, sign: number): Value {
  let best: Value = items[0] ?? null;
  for (const x of items) if (compareBy(rt, comparator, x, best) * sign > 0) best = x;
  return new Optional(best);
}

// ---------------------------------------------------------------- Collectors

const collector = (run: (rt: Runtime, items: readonly Value[]) => Computation): Collector => new Collector(run);
/** One that calls nothing of the script. */
function plain(run: (rt: Runtime, items: readonly Value[]) => Value): Collector {
  // The others suspend, this one has no need to.
  return new Collector(function* (rt, items) {
    return run(rt, items);
  });
}
function* grouped(rt: Runtime, items: readonly Value[], f: Value, target: JavaMap, downstream: Collector): Computation {
  const groups = new JavaMap();
  for (const item of items) {
    const key = yield* call(rt, f, 'apply', [item]);
    if (key === null) throw new JavaThrowable('java.lang.NullPointerException', 'element cannot be mapped to a null key');
    const group = groups.get(rt, key);
    if (group instanceof JavaList) group.add(rt, item);
    else groups.put(rt, key, new JavaList([item]));
  }
  for (const e of groups.entries()) target.put(rt, e.key, yield* downstream.run(rt, (e.value as JavaList).items));
  return target;
}
const toList = (): Collector =>
  plain((_rt, items) => {
    return new JavaList([...items]);
  });
function* toMap(rt: Runtime, items: readonly Value[], key: Value, value: Value, merge: Value, target: JavaMap): Computation {
  for (const item of items) {
    const k = yield* call(rt, key, 'apply', [item]);
    const v = yield* call(rt, value, 'apply', [item]);
    const old = target.find(rt, k);
    if (old === undefined) target.put(rt, k, v);
    else if (merge === null) throw illegalState(`Duplicate key ${rt.str(k)} (attempted merging values ${rt.str(old.value)} and ${rt.str(v)})`);
    else target.put(rt, k, yield* call(rt, merge, 'apply', [old.value, v]));
  }
  return target;
}
const CHARS = 'java.lang.CharSequence';
const COLLECTOR = 'java.util.stream.Collector';
function joining(separator: string, prefix: string, suffix: string): Collector {
  return plain((rt, items) => {
    const text = prefix + items.map((x) => rt.str(x)).join(separator) + suffix;
    rt.alloc(text.length);
    return text;
  });
}
const collectors: Signatures = {
  'toList()': toList,
  'toUnmodifiableList()': () =>
    plain((_rt, items) => {
      return new UnmodifiableList(new JavaList([...items]), 'java.util.ImmutableCollections$ListN');
    }),
  'toSet()': () =>
    plain((rt, items) => {
      const s = new HashSet();
      for (const x of items) s.add(rt, x);
      return s;
    }),
  [`toCollection(${fn('Supplier')})`]: (_rt, _s, make: Value) =>
    collector(function* (rt, items) {
      const c = (yield* call(rt, make, 'get', [])) as JavaCollection;
      for (const x of items) c.add(rt, x);
      return c;
    }),
  'joining()': () => joining('', '', ''),
  [`joining(${CHARS})`]: (rt, _s, separator: Value) => joining(rt.str(separator), '', ''),
  [`joining(${CHARS}, ${CHARS}, ${CHARS})`]: (rt, _s, separator: Value, prefix: Value, suffix: Value) =>
    joining(rt.str(separator), rt.str(prefix), rt.str(suffix)),
  [`groupingBy(${fn('Function')})`]: (_rt, _s, f: Value) => collector((rt, items) => grouped(rt, items, f, new HashMap(), toList())),
  [`groupingBy(${fn('Function')}, ${COLLECTOR})`]: (_rt, _s, f: Value, down: Collector) => collector((rt, items) => grouped(rt, items, f, new HashMap(), down)),
  [`groupingBy(${fn('Function')}, ${fn('Supplier')}, ${COLLECTOR})`]: (_rt, _s, f: Value, make: Value, down: Collector) =>
    collector(function* (rt, items) {
      return yield* grouped(rt, items, f, (yield* call(rt, make, 'get', [])) as JavaMap, down);
    }),
  [`partitioningBy(${fn('Predicate')})`]: (_rt, _s, f: Value) =>
    collector(function* (rt, items) {
      const keep = yield* mapped(rt, items, f, 'test');
      const out = new JavaMap();
      for (const side of [false, true]) out.put(rt, side, new JavaList(items.filter((_, i) => rt.truth(keep[i] as Value) === side)));
      return out;
    }),
  [`mapping(${fn('Function')}, ${COLLECTOR})`]: (_rt, _s, f: Value, down: Collector) =>
    collector(function* (rt, items) {
      return yield* down.run(rt, yield* mapped(rt, items, f, 'apply'));
    }),
  'counting()': () =>
    plain((_rt, items) => {
      return Long.of(items.length);
    }),
  [`summingInt(${fn('ToIntFunction')})`]: (_rt, _s, f: Value) =>
    collector(function* (rt, items) {
      let n = 0;
      for (const x of yield* mapped(rt, items, f, 'applyAsInt')) n = (n + (rt.cast(x, 'int') as number)) | 0;
      return n;
    }),
  [`toMap(${fn('Function')}, ${fn('Function')})`]: (_rt, _s, k: Value, v: Value) => collector((rt, items) => toMap(rt, items, k, v, null, new HashMap())),
  [`toMap(${fn('Function')}, ${fn('Function')}, ${fn('BinaryOperator')})`]: (_rt, _s, k: Value, v: Value, m: Value) =>
    collector((rt, items) => toMap(rt, items, k, v, m, new HashMap())),
  [`toMap(${fn('Function')}, ${fn('Function')}, ${fn('BinaryOperator')}, ${fn('Supplier')})`]: (_rt, _s, k: Value, v: Value, m: Value, make: Value) =>
    collector(function* (rt, items) {
      return yield* toMap(rt, items, k, v, m, (yield* call(rt, make, 'get', [])) as JavaMap);
    }),
};

function intRange(rt: Runtime, from: number, to: number): JavaStream {
  rt.alloc(Math.max(0, to - from));
  const out: Value[] = [];
  for (let i = from; i < to; i++) out.push(i);
  return new JavaStream(out, 'IntStream');
}
const streamOfCollection = (_rt: Runtime, self: JavaCollection): Value => new JavaStream(self.toArray());
export const streamClasses: readonly NativeClass[] = [
  ...(['Stream', 'IntStream', 'LongStream', 'DoubleStream'] as const).map(
    (kind): NativeClass => ({
      name: `java.util.stream.${kind}`,
      methods: common,
      statics:
        kind === 'IntStream'
          ? {
              'range(int, int)': (rt, _s, a: number, b: number) => intRange(rt, a, b),
              'rangeClosed(int, int)': (rt, _s, a: number, b: number) => intRange(rt, a, b + 1),
              'of(int[])': (_rt, _s, a: JavaArray) => new JavaStream(a.items.slice(), 'IntStream'),
            }
          : { [`of(${OBJECT}[])`]: (_rt, _s, a: JavaArray) => new JavaStream(a.items.slice(), kind), 'empty()': () => new JavaStream([], kind) },
    }),
  ),
  { name: 'java.util.stream.Collector', kind: 'interface' },
  { name: 'java.util.stream.Collectors$CollectorImpl', interfaces: ['java.util.stream.Collector'] },
  { name: 'java.util.stream.Collectors', statics: collectors },
  { name: 'java.util.Collection', kind: 'interface', methods: { 'stream()': streamOfCollection, 'parallelStream()': streamOfCollection } },
  {
    name: 'java.util.Arrays',
    statics: {
      [`stream(${OBJECT}[])`]: (_rt, _s, a: JavaArray) => new JavaStream(a.items.slice()),
      'stream(int[])': (_rt, _s, a: JavaArray) => new JavaStream(a.items.slice(), 'IntStream'),
    },
  },
];
