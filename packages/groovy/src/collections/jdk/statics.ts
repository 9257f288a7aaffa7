/** java.util.Collections, Arrays, Objects: static methods. */

import type { NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import { compareBy, NativeComparator, numberAware } from '../comparators.ts';
import { arrayIndexOutOfBounds, illegalArgument, noSuchElement, nullPointer } from '../failures.ts';
import { groovyCollectionsStatics } from '../gdk/combine.ts';
import { elements } from '../iteration.ts';
import { ArrayBackedList, UnmodifiableList } from '../lists.ts';
import { JavaMap } from '../map.ts';
import { UnmodifiableMap } from '../map-wrappers.ts';
import type { JavaIterator } from '../model.ts';
import { ArrayIterator, JavaArray, type JavaCollection, JavaList } from '../model.ts';
import { naturalOrder } from '../natural-order.ts';
import { LifoQueue } from '../queues.ts';
import { JavaSet, WrappedSet } from '../set.ts';
import { sortedByComparator, sortedNaturally } from '../sorting.ts';
import { synchronizedView, unmodifiableView } from '../wrapping.ts';
import { applySync } from './functions.ts';

const OBJECT = 'java.lang.Object';
const COLLECTION = 'java.util.Collection';
const LIST = 'java.util.List';
const COMPARATOR = 'java.util.Comparator';

export const NATURAL = new NativeComparator(naturalOrder, 'java.util.Comparators$NaturalOrderComparator');
export const REVERSED = new NativeComparator((rt, a, b) => naturalOrder(rt, b, a), 'java.util.Collections$ReverseComparator');
export function reversed(comparator: Value): NativeComparator {
  if (comparator === null || comparator === NATURAL) return REVERSED;
  if (comparator === REVERSED) return NATURAL;
  return new NativeComparator((rt, a, b) => compareBy(rt, comparator, b, a), 'java.util.Collections$ReverseComparator2');
}

function extreme(rt: Runtime, c: Value, comparator: Value, sign: number): Value {
  const items = elements(rt, c);
  if (items.length === 0) throw noSuchElement();
  let best = items[0] as Value;
  for (let i = 1; i < items.length; i++) if (compareBy(rt, comparator, items[i] as Value, best) * sign > 0) best = items[i] as Value;
  return best;
}
function search(rt: Runtime, items: readonly Value[], key: Value, comparator: Value): number {
  let low = 0,
    high = items.length - 1;
  while (low <= high) {
    const mid = (low + high) >>> 1;
    const c = compareBy(rt, comparator, items[mid] as Value, key);
    if (c < 0) low = mid + 1;
    else if (c > 0) high = mid - 1;
    else return mid;
  }
  return -(low + 1);
}
function subListAt(rt: Runtime, source: JavaList, target: JavaList, last: boolean): number {
  const a = source.items,
    b = target.items;
  const from = last ? a.length - b.length : 0,
    step = last ? -1 : 1;
  for (let i = from; i >= 0 && i <= a.length - b.length; i += step) if (b.every((x, j) => rt.javaEquals(x, a[i + j] as Value))) return i;
  return -1;
}
function shuffle(list: JavaList, next: (bound: number) => number): Value {
  const items = list.toArray();
  for (let i = items.length; i > 1; i--) {
    const j = next(i);
    [items[i - 1], items[j]] = [items[j] as Value, items[i - 1] as Value];
  }
  list.rearrange(items);
  return null;
}
const same = (_rt: Runtime, _self: null, v: Value): Value => v;
const unmodifiable = (_rt: Runtime, _self: null, v: Value): Value => {
  if (v === null) throw nullPointer();
  return unmodifiableView(v);
};
const synchronizedOf = (_rt: Runtime, _self: null, v: Value): Value => {
  if (v === null) throw nullPointer();
  return synchronizedView(v);
};

const collectionsStatics: Signatures = {
  [`addAll(${COLLECTION}, ${OBJECT}[])`]: (rt, _s, c: JavaCollection, items: JavaArray) => {
    let changed = false;
    for (const x of items.items) changed = c.add(rt, x) || changed;
    return changed;
  },
  [`sort(${LIST})`]: (rt, _s, list: JavaList) => {
    list.rearrange(sortedNaturally(rt, list.items));
    list.modCount++;
    return null;
  },
  *[`sort(${LIST}, ${COMPARATOR})`](rt: Runtime, _s: null, list: JavaList, c: Value): Computation {
    list.rearrange(yield* sortedByComparator(rt, list.items, c));
    list.modCount++;
    return null;
  },
  [`reverse(${LIST})`]: (_rt, _s, list: JavaList) => {
    list.rearrange(list.toArray().reverse());
    return null;
  },
  'reverseOrder()': () => REVERSED,
  [`reverseOrder(${COMPARATOR})`]: (_rt, _s, c: Value) => reversed(c),
  [`swap(${LIST}, int, int)`]: (rt, _s, list: JavaList, i: number, j: number) => {
    list.set(rt, i, list.set(rt, j, list.get(rt, i)));
    return null;
  },
  [`shuffle(${LIST})`]: (rt, _s, list: JavaList) => shuffle(list, (n) => Math.floor(rt.world.random() * n)),
  [`shuffle(${LIST}, java.util.Random)`]: (rt, _s, list: JavaList, random: Value) => shuffle(list, (n) => rt.invokeSync(random, 'nextInt', [n]) as number),
  [`rotate(${LIST}, int)`]: (_rt, _s, list: JavaList, by: number) => {
    const items = list.toArray(),
      n = items.length;
    if (n > 0) {
      const k = ((by % n) + n) % n;
      list.rearrange([...items.slice(n - k), ...items.slice(0, n - k)]);
    }
    return null;
  },
  [`fill(${LIST}, ${OBJECT})`]: (rt, _s, list: JavaList, x: Value) => {
    for (let i = 0; i < list.size; i++) list.set(rt, i, x);
    return null;
  },
  [`copy(${LIST}, ${LIST})`]: (rt, _s, to: JavaList, from: JavaList) => {
    if (from.size > to.size) throw new JavaThrowable('java.lang.IndexOutOfBoundsException', 'Source does not fit in dest');
    for (const [i, x] of from.toArray().entries()) to.set(rt, i, x);
    return null;
  },
  [`nCopies(int, ${OBJECT})`]: (rt, _s, n: number, x: Value) => {
    if (n < 0) throw illegalArgument(`List length = ${n}`);
    rt.alloc(n);
    return new UnmodifiableList(new JavaList(new Array<Value>(n).fill(x)), 'java.util.Collections$CopiesList');
  },
  [`max(${COLLECTION})`]: (rt, _s, c: Value) => extreme(rt, c, null, 1),
  [`max(${COLLECTION}, ${COMPARATOR})`]: (rt, _s, c: Value, by: Value) => extreme(rt, c, by, 1),
  [`min(${COLLECTION})`]: (rt, _s, c: Value) => extreme(rt, c, null, -1),
  [`min(${COLLECTION}, ${COMPARATOR})`]: (rt, _s, c: Value, by: Value) => extreme(rt, c, by, -1),
  [`frequency(${COLLECTION}, ${OBJECT})`]: (rt, _s, c: Value, x: Value) => elements(rt, c).filter((y) => rt.javaEquals(x, y)).length,
  [`disjoint(${COLLECTION}, ${COLLECTION})`]: (rt, _s, a: JavaCollection, b: JavaCollection) => !a.toArray().some((x) => b.contains(rt, x)),
  [`binarySearch(${LIST}, ${OBJECT})`]: (rt, _s, list: JavaList, x: Value) => search(rt, list.items, x, null),
  [`binarySearch(${LIST}, ${OBJECT}, ${COMPARATOR})`]: (rt, _s, list: JavaList, x: Value, by: Value) => search(rt, list.items, x, by),
  [`indexOfSubList(${LIST}, ${LIST})`]: (rt, _s, a: JavaList, b: JavaList) => subListAt(rt, a, b, false),
  [`lastIndexOfSubList(${LIST}, ${LIST})`]: (rt, _s, a: JavaList, b: JavaList) => subListAt(rt, a, b, true),
  [`replaceAll(${LIST}, ${OBJECT}, ${OBJECT})`]: (rt, _s, list: JavaList, old: Value, x: Value) => {
    let changed = false;
    list.toArray().forEach((y, i) => {
      if (rt.javaEquals(old, y)) {
        list.set(rt, i, x);
        changed = true;
      }
    });
    return changed;
  },
  'emptyList()': () => new UnmodifiableList(new JavaList(), 'java.util.Collections$EmptyList'),
  'emptySet()': () => new WrappedSet(new JavaSet(), 'java.util.Collections$EmptySet'),
  'emptyMap()': () => new UnmodifiableMap(new JavaMap(), 'java.util.Collections$EmptyMap'),
  'emptyIterator()': () => new ArrayIterator([]),
  'emptyListIterator()': () => new ArrayIterator([]),
  'emptyEnumeration()': () => new ArrayIterator([], 'java.util.Collections$3'),
  [`singletonList(${OBJECT})`]: (_rt, _s, x: Value) => new UnmodifiableList(new JavaList([x]), 'java.util.Collections$SingletonList'),
  [`singleton(${OBJECT})`]: (rt, _s, x: Value) => new WrappedSet(JavaSet.from(rt, [x]), 'java.util.Collections$SingletonSet'),
  [`singletonMap(${OBJECT}, ${OBJECT})`]: (rt, _s, k: Value, v: Value) => {
    const m = new JavaMap();
    m.put(rt, k, v);
    return new UnmodifiableMap(m, 'java.util.Collections$SingletonMap');
  },
  [`enumeration(${COLLECTION})`]: (rt, _s, c: Value) => new ArrayIterator(elements(rt, c).slice(), 'java.util.Collections$3'),
  'list(java.util.Enumeration)': (rt, _s, e: JavaIterator) => new JavaList([...elements(rt, e)]),
  'asLifoQueue(java.util.Deque)': (_rt, _s, deque: JavaCollection) => new LifoQueue(deque),
  'newSetFromMap(java.util.Map)': (_rt, _s, m: JavaMap) => new JavaSet(m),
  [`unmodifiableCollection(${COLLECTION})`]: unmodifiable,
  [`unmodifiableList(${LIST})`]: unmodifiable,
  'unmodifiableSet(java.util.Set)': unmodifiable,
  'unmodifiableMap(java.util.Map)': unmodifiable,
  'unmodifiableSortedSet(java.util.SortedSet)': unmodifiable,
  'unmodifiableSortedMap(java.util.SortedMap)': unmodifiable,
  [`synchronizedCollection(${COLLECTION})`]: synchronizedOf,
  [`synchronizedList(${LIST})`]: synchronizedOf,
  'synchronizedSet(java.util.Set)': synchronizedOf,
  'synchronizedMap(java.util.Map)': synchronizedOf,
  'synchronizedSortedSet(java.util.SortedSet)': synchronizedOf,
  'synchronizedSortedMap(java.util.SortedMap)': synchronizedOf,
  // Checked views differ only in refusing what Groovy's own dispatch would let in; they answer the collection itself.
  [`checkedCollection(${COLLECTION}, java.lang.Class)`]: same,
  [`checkedList(${LIST}, java.lang.Class)`]: same,
  'checkedMap(java.util.Map, java.lang.Class, java.lang.Class)': same,
  'checkedSortedMap(java.util.SortedMap, java.lang.Class, java.lang.Class)': same,
  'checkedSortedSet(java.util.SortedSet, java.lang.Class)': same,
};

const ANY_ARRAY = ['java.lang.Object[]', 'int[]', 'long[]', 'double[]', 'float[]', 'short[]', 'byte[]', 'char[]', 'boolean[]'];
function arraysStatics(): Signatures {
  const out: Record<string, Signatures[string]> = {};
  for (const type of ANY_ARRAY) {
    const component = type.slice(0, -2);
    const checkRange = (a: JavaArray, from: number, to: number): void => {
      if (from > to) throw illegalArgument(`fromIndex(${from}) > toIndex(${to})`);
      if (from < 0) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Array index out of range: ${from}`);
      if (to > a.items.length) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Array index out of range: ${to}`);
    };
    const zero = (a: JavaArray, rt: Runtime): Value =>
      component === OBJECT ? null : component === 'boolean' ? false : component === 'char' ? rt.cast(0, 'char') : rt.cast(0, a.component);
    out[`toString(${type})`] = (rt, _s, a: JavaArray | null) => (a === null ? 'null' : `[${a.items.map((x) => rt.str(x)).join(', ')}]`);
    out[`sort(${type})`] = (rt, _s, a: JavaArray) => {
      sortedNaturally(rt, a.items).forEach((x, i) => {
        a.items[i] = x;
      });
      return null;
    };
    out[`equals(${type}, ${type})`] = (rt, _s, a: JavaArray | null, b: JavaArray | null) =>
      a === b || (a !== null && b !== null && a.items.length === b.items.length && a.items.every((x, i) => rt.javaEquals(x, b.items[i] as Value)));
    out[`hashCode(${type})`] = (rt, _s, a: JavaArray | null) => (a === null ? 0 : a.items.reduce<number>((h, x) => (Math.imul(h, 31) + rt.hash(x)) | 0, 1));
    out[`fill(${type}, ${component})`] = (_rt, _s, a: JavaArray, x: Value) => {
      a.items.fill(x);
      return null;
    };
    out[`copyOf(${type}, int)`] = (rt, _s, a: JavaArray, n: number) => {
      if (n < 0) throw new JavaThrowable('java.lang.NegativeArraySizeException', String(n));
      rt.alloc(n);
      const items = a.items.slice(0, n);
      while (items.length < n) items.push(zero(a, rt));
      return new JavaArray(a.component, items);
    };
    out[`copyOfRange(${type}, int, int)`] = (rt, _s, a: JavaArray, from: number, to: number) => {
      if (from > to) throw illegalArgument(`${from} > ${to}`);
      if (from < 0 || from > a.items.length) throw arrayIndexOutOfBounds(from, a.items.length);
      rt.alloc(to - from);
      const items = a.items.slice(from, to);
      while (items.length < to - from) items.push(zero(a, rt));
      return new JavaArray(a.component, items);
    };
    out[`sort(${type}, int, int)`] = (rt, _s, a: JavaArray, from: number, to: number) => {
      checkRange(a, from, to);
      sortedNaturally(rt, a.items.slice(from, to)).forEach((x, i) => {
        a.items[from + i] = x;
      });
      return null;
    };
    out[`binarySearch(${type}, ${component})`] = (rt, _s, a: JavaArray, x: Value) => search(rt, a.items, x, null);
  }
  return out;
}
function deepText(rt: Runtime, a: Value): string {
  return a instanceof JavaArray ? `[${a.items.map((x) => deepText(rt, x)).join(', ')}]` : rt.str(a);
}
function deepEquals(rt: Runtime, a: Value, b: Value): boolean {
  if (!(a instanceof JavaArray) || !(b instanceof JavaArray)) return rt.javaEquals(a, b);
  return a.items.length === b.items.length && a.items.every((x, i) => deepEquals(rt, x, b.items[i] as Value));
}
function notNull(v: Value, message: string | null): Value {
  if (v === null) throw nullPointer(message);
  return v;
}

const objectsStatics: Signatures = {
  [`equals(${OBJECT}, ${OBJECT})`]: (rt, _s, a: Value, b: Value) => rt.javaEquals(a, b),
  [`deepEquals(${OBJECT}, ${OBJECT})`]: (rt, _s, a: Value, b: Value) => deepEquals(rt, a, b),
  [`hash(${OBJECT}[])`]: (rt, _s, a: JavaArray) => a.items.reduce<number>((h, x) => (Math.imul(h, 31) + rt.hash(x)) | 0, 1),
  [`hashCode(${OBJECT})`]: (rt, _s, a: Value) => rt.hash(a),
  [`toString(${OBJECT})`]: (rt, _s, a: Value) => rt.str(a),
  [`toString(${OBJECT}, java.lang.String)`]: (rt, _s, a: Value, otherwise: Value) => (a === null ? otherwise : rt.str(a)),
  [`isNull(${OBJECT})`]: (_rt, _s, a: Value) => a === null,
  [`nonNull(${OBJECT})`]: (_rt, _s, a: Value) => a !== null,
  [`requireNonNull(${OBJECT})`]: (_rt, _s, a: Value) => notNull(a, null),
  [`requireNonNull(${OBJECT}, java.lang.String)`]: (_rt, _s, a: Value, message: string | null) => notNull(a, message),
  [`requireNonNullElse(${OBJECT}, ${OBJECT})`]: (_rt, _s, a: Value, b: Value) => a ?? notNull(b, 'defaultObj'),
  [`compare(${OBJECT}, ${OBJECT}, ${COMPARATOR})`]: (rt, _s, a: Value, b: Value, c: Value) => (a === b ? 0 : compareBy(rt, c, a, b)),
};

function comparing(rt: Runtime, f: Value, a: Value, b: Value): number {
  return naturalOrder(rt, applySync(rt, f, 'apply', [a]), applySync(rt, f, 'apply', [b]));
}
function then(first: Value, second: (rt: Runtime, a: Value, b: Value) => number): NativeComparator {
  return new NativeComparator((rt, a, b) => compareBy(rt, first, a, b) || second(rt, a, b));
}
/** Compares by what each closure says, the first that tells a difference deciding. */
function orderBy(closures: readonly Value[]): NativeComparator {
  return new NativeComparator((rt, a, b) => {
    for (const by of closures) {
      const c = numberAware(rt, rt.callSync(by, [a]), rt.callSync(by, [b]));
      if (c !== 0) return c;
    }
    return 0;
  }, 'groovy.util.OrderBy');
}
const FUNCTION = 'java.util.function.Function';
const comparatorNames = [
  'java.util.Comparators$NaturalOrderComparator',
  'java.util.Collections$ReverseComparator',
  'java.util.Collections$ReverseComparator2',
  'org.codehaus.groovy.runtime.NumberAwareComparator',
  'groovy.util.OrderBy',
  'groovy.util.ClosureComparator',
];

export const staticClasses: readonly NativeClass[] = [
  {
    name: 'java.util.Collections',
    statics: collectionsStatics,
    fields: {
      EMPTY_LIST: () => new UnmodifiableList(new JavaList(), 'java.util.Collections$EmptyList'),
      EMPTY_SET: () => new WrappedSet(new JavaSet(), 'java.util.Collections$EmptySet'),
      EMPTY_MAP: () => new UnmodifiableMap(new JavaMap(), 'java.util.Collections$EmptyMap'),
    },
  },
  {
    name: 'java.util.Arrays',
    statics: {
      ...arraysStatics(),
      [`asList(${OBJECT}[])`]: (_rt, _s, a: JavaArray) => new ArrayBackedList(a.items),
      [`deepToString(${OBJECT}[])`]: (rt, _s, a: Value) => deepText(rt, a),
      [`deepEquals(${OBJECT}[], ${OBJECT}[])`]: (rt, _s, a: Value, b: Value) => deepEquals(rt, a, b),
      *[`sort(${OBJECT}[], ${COMPARATOR})`](rt: Runtime, _s: null, a: JavaArray, c: Value): Computation {
        (yield* sortedByComparator(rt, a.items, c)).forEach((x, i) => {
          a.items[i] = x;
        });
        return null;
      },
    },
  },
  { name: 'java.util.Objects', statics: objectsStatics },
  { name: 'groovy.util.GroovyCollections', statics: groovyCollectionsStatics },
  {
    name: COMPARATOR,
    kind: 'interface',
    statics: {
      'naturalOrder()': () => NATURAL,
      'reverseOrder()': () => REVERSED,
      [`comparing(${FUNCTION})`]: (_rt, _s, f: Value) => new NativeComparator((rt, a, b) => comparing(rt, f, a, b)),
      [`comparing(${FUNCTION}, ${COMPARATOR})`]: (_rt, _s, f: Value, c: Value) =>
        new NativeComparator((rt, a, b) => compareBy(rt, c, applySync(rt, f, 'apply', [a]), applySync(rt, f, 'apply', [b]))),
      'comparingInt(java.util.function.ToIntFunction)': (_rt, _s, f: Value) =>
        new NativeComparator((rt, a, b) => rt.compare(applySync(rt, f, 'applyAsInt', [a]), applySync(rt, f, 'applyAsInt', [b]))),
    },
    methods: {
      'reversed()': (_rt, self: Value) => reversed(self),
      [`thenComparing(${COMPARATOR})`]: (_rt, self: Value, c: Value) => then(self, (rt, a, b) => compareBy(rt, c, a, b)),
      [`thenComparing(${FUNCTION})`]: (_rt, self: Value, f: Value) => then(self, (rt, a, b) => comparing(rt, f, a, b)),
    },
  },
  {
    name: 'groovy.util.OrderBy',
    constructors: {
      '(groovy.lang.Closure)': (_rt, _s, by: Value) => orderBy([by]),
      '(java.util.List)': (_rt, _s, by: JavaList) => orderBy(by.items),
    },
  },
  {
    name: 'groovy.util.ClosureComparator',
    constructors: {
      '(groovy.lang.Closure)': (_rt, _s, by: Value) => new NativeComparator((rt, a, b) => compareBy(rt, by, a, b), 'groovy.util.ClosureComparator'),
    },
  },
  ...comparatorNames.map(
    (name): NativeClass => ({
      name,
      interfaces: [COMPARATOR],
      methods: { [`compare(${OBJECT}, ${OBJECT})`]: (rt, self: NativeComparator, a: Value, b: Value) => self.compare(rt, a, b) },
    }),
  ),
];
