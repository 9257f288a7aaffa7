/** java.util.Collection, List and their classes. */

import type { NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { JavaThrowable, PENDING } from '../../runtime/values.ts';
import { illegalArgument, indexAndSize, noSuchElement, nullPointer } from '../failures.ts';
import { elements, iterator } from '../iteration.ts';
import { CopyOnWriteList, checkSubList, LinkedList, Stack, SubList, Vector } from '../lists.ts';
import { indexOf, JavaArray, JavaCollection, JavaList, ListIterator, lastIndexOf } from '../model.ts';
import { EmptyRange, GroovyRange, IntRange, ObjectRange } from '../range.ts';
import { fill } from '../similar.ts';
import { sortedByComparator } from '../sorting.ts';

const OBJECT = 'java.lang.Object';
const COLLECTION = 'java.util.Collection';

/** The elements of a Collection argument, which must not be null. */
function given(rt: Runtime, c: Value): readonly Value[] {
  if (c === null) throw nullPointer();
  return elements(rt, c);
}

function removeAll(rt: Runtime, self: JavaCollection, other: Value): Value {
  if (other === null) throw nullPointer();
  const has = membership(rt, other);
  return self.retain(rt, (x) => !has(x));
}
function retainAll(rt: Runtime, self: JavaCollection, other: Value): Value {
  if (other === null) throw nullPointer();
  return self.retain(rt, membership(rt, other));
}
function membership(rt: Runtime, other: Value): (x: Value) => boolean {
  if (other instanceof JavaCollection) return (x) => other.contains(rt, x);
  return (x) => rt.truth(rt.invokeSync(other, 'contains', [x]));
}

const collectionMethods: Signatures = {
  'size()': (_rt, self: JavaCollection) => self.size,
  'isEmpty()': (_rt, self: JavaCollection) => self.size === 0,
  [`contains(${OBJECT})`]: (rt, self: JavaCollection, x: Value) => self.contains(rt, x),
  [`containsAll(${COLLECTION})`]: (rt, self: JavaCollection, c: Value) => given(rt, c).every((x) => self.contains(rt, x)),
  [`add(${OBJECT})`]: (rt, self: JavaCollection, x: Value) => {
    rt.alloc(1);
    return self.add(rt, x);
  },
  [`addAll(${COLLECTION})`]: (rt, self: JavaCollection, c: Value) => {
    const items = given(rt, c).slice();
    if (self instanceof JavaList) {
      rt.alloc(items.length);
      return self.addAll(rt, items);
    }
    let changed = false;
    for (const item of items) changed = self.add(rt, item) || changed;
    return changed;
  },
  [`remove(${OBJECT})`]: (rt, self: JavaCollection, x: Value) => self.remove(rt, x),
  [`removeAll(${COLLECTION})`]: removeAll,
  [`retainAll(${COLLECTION})`]: retainAll,
  *'removeIf(java.util.function.Predicate)'(rt: Runtime, self: JavaCollection, test: Value): Computation {
    const items = self.toArray();
    const flags: boolean[] = [];
    for (const item of items) {
      let r = rt.isCallable(test) ? rt.call(test, [item]) : rt.invoke(test, 'test', [item]);
      if (r === PENDING) r = yield* rt.take();
      const keep = !rt.truth(r as Value);
      flags.push(keep);
    }
    let i = 0;
    return self.retain(rt, () => flags[i++] as boolean);
  },
  'clear()': (_rt, self: JavaCollection) => {
    self.clear();
    return null;
  },
  'iterator()': (rt, self: JavaCollection) => self.iterator(rt),
  'toArray()': (_rt, self: JavaCollection) => new JavaArray(OBJECT, self.toArray()),
  'toArray(java.lang.Object[])': (_rt, self: JavaCollection, like: JavaArray) => {
    const items = self.toArray();
    if (items.length > like.items.length) return new JavaArray(like.component, items);
    items.forEach((x, i) => {
      like.items[i] = x;
    });
    if (items.length < like.items.length) like.items[items.length] = null;
    return like;
  },
  [`equals(${OBJECT})`]: (rt, self: JavaCollection, other: Value) => self.javaEquals(rt, other),
  'hashCode()': (rt, self: JavaCollection) => self.javaHash(rt),
  // A script's call gets DefaultGroovyMethods.toString, Groovy's text; Java's own text is for Java's callers.
  // A range's own toString is `1..3`.
  'toString()': (rt, self: JavaCollection) => (self instanceof GroovyRange ? self.javaString(rt) : rt.format(self)),
};

const listMethods: Signatures = {
  'get(int)': (rt, self: JavaList, i: number) => self.get(rt, i),
  [`set(int, ${OBJECT})`]: (rt, self: JavaList, i: number, x: Value) => self.set(rt, i, x),
  [`add(int, ${OBJECT})`]: (rt, self: JavaList, i: number, x: Value) => {
    rt.alloc(1);
    self.insert(rt, i, x);
    return null;
  },
  [`addAll(int, ${COLLECTION})`]: (rt, self: JavaList, i: number, c: Value) => self.insertAll(rt, i, given(rt, c).slice()),
  'remove(int)': (rt, self: JavaList, i: number) => self.removeAt(rt, i),
  [`indexOf(${OBJECT})`]: (rt, self: JavaList, x: Value) => indexOf(rt, self.items, x),
  [`lastIndexOf(${OBJECT})`]: (rt, self: JavaList, x: Value) => lastIndexOf(rt, self.items, x),
  'subList(int, int)': (_rt, self: JavaList, from: number, to: number) => {
    checkSubList(from, to, self.size);
    if (self instanceof IntRange && from < to) return new IntRange(null, from + self.from, to + self.from - 1, self.reverse);
    if (self instanceof ObjectRange && from < to) return new JavaList(self.items.slice(from, to));
    return new SubList(self, from, to);
  },
  'listIterator()': (_rt, self: JavaList) => new ListIterator(self, 0, true),
  'listIterator(int)': (_rt, self: JavaList, at: number) => {
    if (at < 0 || at > self.size) throw indexAndSize(at, self.size);
    return new ListIterator(self, at, true);
  },
  *'replaceAll(java.util.function.UnaryOperator)'(rt: Runtime, self: JavaList, f: Value): Computation {
    for (let i = 0; i < self.size; i++) {
      let r = rt.isCallable(f) ? rt.call(f, [self.items[i] as Value]) : rt.invoke(f, 'apply', [self.items[i] as Value]);
      if (r === PENDING) r = yield* rt.take();
      self.set(rt, i, r as Value);
    }
    return null;
  },
  *'sort(java.util.Comparator)'(rt: Runtime, self: JavaList, comparator: Value): Computation {
    self.rearrange(yield* sortedByComparator(rt, self.items, comparator));
    self.modCount++;
    return null;
  },
};

/** Queue and Deque as LinkedList has them, but for push and pop: those are Groovy's, which work at the end of the list. */
const linkedMethods: Signatures = {
  [`addFirst(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    self.insert(rt, 0, x);
    return null;
  },
  [`addLast(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    self.add(rt, x);
    return null;
  },
  [`offer(${OBJECT})`]: (rt, self: JavaList, x: Value) => self.add(rt, x),
  [`offerFirst(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    self.insert(rt, 0, x);
    return true;
  },
  [`offerLast(${OBJECT})`]: (rt, self: JavaList, x: Value) => self.add(rt, x),
  'remove()': (rt, self: JavaList) => takeFirst(rt, self),
  'removeFirst()': (rt, self: JavaList) => takeFirst(rt, self),
  'removeLast()': (rt, self: JavaList) => {
    if (self.size === 0) throw noSuchElement();
    return self.removeAt(rt, self.size - 1);
  },
  'poll()': (rt, self: JavaList) => (self.size === 0 ? null : self.removeAt(rt, 0)),
  'pollFirst()': (rt, self: JavaList) => (self.size === 0 ? null : self.removeAt(rt, 0)),
  'pollLast()': (rt, self: JavaList) => (self.size === 0 ? null : self.removeAt(rt, self.size - 1)),
  'peek()': (_rt, self: JavaList) => self.items[0] ?? null,
  'peekFirst()': (_rt, self: JavaList) => self.items[0] ?? null,
  'peekLast()': (_rt, self: JavaList) => self.items[self.size - 1] ?? null,
  'element()': (_rt, self: JavaList) => firstOf(self),
  'getFirst()': (_rt, self: JavaList) => firstOf(self),
  'getLast()': (_rt, self: JavaList) => {
    if (self.size === 0) throw noSuchElement();
    return self.items[self.size - 1] as Value;
  },
  [`removeFirstOccurrence(${OBJECT})`]: (rt, self: JavaList, x: Value) => self.remove(rt, x),
  'descendingIterator()': (rt, self: JavaList) => iterator(rt, new JavaArray(OBJECT, self.toArray().reverse())),
};
function firstOf(self: JavaList): Value {
  if (self.size === 0) throw noSuchElement();
  return self.items[0] as Value;
}
function takeFirst(rt: Runtime, self: JavaList): Value {
  firstOf(self);
  return self.removeAt(rt, 0);
}

const vectorMethods: Signatures = {
  [`addElement(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    self.add(rt, x);
    return null;
  },
  'elementAt(int)': (rt, self: JavaList, i: number) => {
    if (i >= self.size) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `${i} >= ${self.size}`);
    return self.get(rt, i);
  },
  'firstElement()': (_rt, self: JavaList) => firstOf(self),
  'lastElement()': (_rt, self: JavaList) => {
    if (self.size === 0) throw noSuchElement();
    return self.items[self.size - 1] as Value;
  },
  'removeAllElements()': (_rt, self: JavaList) => {
    self.clear();
    return null;
  },
  'elements()': (rt, self: JavaList) => self.iterator(rt),
};
const emptyStack = (): JavaThrowable => new JavaThrowable('java.util.EmptyStackException');
const stackMethods: Signatures = {
  [`push(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    self.add(rt, x);
    return x;
  },
  'pop()': (rt, self: JavaList) => {
    if (self.size === 0) throw emptyStack();
    return self.removeAt(rt, self.size - 1);
  },
  'peek()': (_rt, self: JavaList) => {
    if (self.size === 0) throw emptyStack();
    return self.items[self.size - 1] as Value;
  },
  'empty()': (_rt, self: JavaList) => self.size === 0,
  [`search(${OBJECT})`]: (rt, self: JavaList, x: Value) => {
    const i = lastIndexOf(rt, self.items, x);
    return i < 0 ? -1 : self.size - i;
  },
};

/** `()`, `(int)` and `(Collection)` of a class of lists. */
function constructors(make: () => JavaList, capacity: boolean): Signatures {
  return {
    '()': () => make(),
    [`(${COLLECTION})`]: (rt, _self, c: Value) => fill(rt, make(), given(rt, c).slice()),
    ...(capacity
      ? {
          '(int)': (_rt: Runtime, _self: null, n: number) => {
            if (n < 0) throw illegalArgument(`Illegal Capacity: ${n}`);
            return make();
          },
        }
      : {}),
  };
}

const LIST_ONLY = ['java.util.List'];
const view = (name: string, interfaces: readonly string[] = LIST_ONLY): NativeClass => ({ name, superclass: 'java.util.AbstractList', interfaces });

export const listClasses: readonly NativeClass[] = [
  {
    name: 'java.lang.Iterable',
    kind: 'interface',
    methods: {
      'iterator()': (rt, self: Value) => iterator(rt, self),
      *'forEach(java.util.function.Consumer)'(rt: Runtime, self: Value, action: Value): Computation {
        const it = iterator(rt, self);
        while (it.hasNext()) {
          const r = rt.isCallable(action) ? rt.call(action, [it.next()]) : rt.invoke(action, 'accept', [it.next()]);
          if (r === PENDING) yield* rt.take();
        }
        return null;
      },
    },
  },
  { name: COLLECTION, kind: 'interface', interfaces: ['java.lang.Iterable'], methods: collectionMethods },
  { name: 'java.util.List', kind: 'interface', interfaces: [COLLECTION], methods: listMethods },
  { name: 'java.util.RandomAccess', kind: 'interface' },
  { name: 'java.util.AbstractCollection', kind: 'abstract', interfaces: [COLLECTION] },
  { name: 'java.util.AbstractList', kind: 'abstract', superclass: 'java.util.AbstractCollection', interfaces: LIST_ONLY },
  { name: 'java.util.AbstractSequentialList', kind: 'abstract', superclass: 'java.util.AbstractList' },
  {
    name: 'java.util.ArrayList',
    superclass: 'java.util.AbstractList',
    interfaces: ['java.util.List', 'java.util.RandomAccess', 'java.lang.Cloneable', 'java.io.Serializable'],
    constructors: constructors(() => new JavaList(), true),
    methods: { 'clone()': (_rt, self: JavaList) => new JavaList(self.toArray()), 'ensureCapacity(int)': () => null, 'trimToSize()': () => null },
  },
  {
    name: 'java.util.LinkedList',
    superclass: 'java.util.AbstractSequentialList',
    interfaces: ['java.util.List', 'java.util.Deque', 'java.lang.Cloneable', 'java.io.Serializable'],
    constructors: constructors(() => new LinkedList(), false),
    methods: { ...linkedMethods, 'clone()': (_rt, self: JavaList) => new LinkedList(self.toArray()) },
  },
  {
    name: 'java.util.Vector',
    superclass: 'java.util.AbstractList',
    interfaces: ['java.util.List', 'java.util.RandomAccess', 'java.lang.Cloneable', 'java.io.Serializable'],
    constructors: constructors(() => new Vector(), true),
    methods: { ...vectorMethods, 'clone()': (_rt, self: JavaList) => new Vector(self.toArray()) },
  },
  {
    name: 'java.util.Stack',
    superclass: 'java.util.Vector',
    constructors: { '()': () => new Stack() },
    methods: { ...stackMethods, 'clone()': (_rt, self: JavaList) => new Stack(self.toArray()) },
  },
  {
    name: 'java.util.concurrent.CopyOnWriteArrayList',
    interfaces: ['java.util.List', 'java.util.RandomAccess', 'java.lang.Cloneable', 'java.io.Serializable'],
    constructors: constructors(() => new CopyOnWriteList(), false),
  },
  view('java.util.Arrays$ArrayList', ['java.util.RandomAccess', 'java.io.Serializable']),
  view('java.util.ArrayList$SubList', ['java.util.RandomAccess']),
  view('java.util.Collections$EmptyList', ['java.util.RandomAccess', 'java.io.Serializable']),
  view('java.util.Collections$SingletonList', ['java.util.RandomAccess', 'java.io.Serializable']),
  view('java.util.Collections$CopiesList', ['java.util.RandomAccess', 'java.io.Serializable']),
  view('java.util.ImmutableCollections$ListN', ['java.util.RandomAccess', 'java.io.Serializable']),
  { name: 'java.util.Collections$UnmodifiableList', superclass: 'java.util.Collections$UnmodifiableCollection', interfaces: LIST_ONLY },
  { name: 'java.util.Collections$UnmodifiableRandomAccessList', superclass: 'java.util.Collections$UnmodifiableList', interfaces: ['java.util.RandomAccess'] },
  { name: 'java.util.Collections$UnmodifiableCollection', interfaces: [COLLECTION, 'java.io.Serializable'] },
  { name: 'java.util.Collections$SynchronizedCollection', interfaces: [COLLECTION, 'java.io.Serializable'] },
  { name: 'java.util.Collections$SynchronizedList', superclass: 'java.util.Collections$SynchronizedCollection', interfaces: LIST_ONLY },
  { name: 'java.util.Collections$SynchronizedRandomAccessList', superclass: 'java.util.Collections$SynchronizedList', interfaces: ['java.util.RandomAccess'] },
  { name: 'groovy.lang.ListWithDefault', interfaces: LIST_ONLY },
  {
    name: 'groovy.lang.Range',
    kind: 'interface',
    interfaces: LIST_ONLY,
    methods: {
      'getFrom()': (_rt, self: GroovyRange) => self.from,
      'getTo()': (_rt, self: GroovyRange) => self.to,
      'isReverse()': (_rt, self: GroovyRange) => self.reverse,
      [`containsWithinBounds(${OBJECT})`]: (rt, self: GroovyRange, x: Value) => self.containsWithinBounds(rt, x),
      [`isCase(${OBJECT})`]: (rt, self: GroovyRange, x: Value) => self.contains(rt, x),
      'inspect()': (rt, self: GroovyRange) => inspectRange(rt, self),
      'step(int)': (rt, self: GroovyRange, step: number) => {
        if (step !== 0) rt.alloc(self.size / Math.abs(step));
        return new JavaList([...steps(rt, self, step)]);
      },
      *'step(int, groovy.lang.Closure)'(rt: Runtime, self: GroovyRange, step: number, closure: Value): Computation {
        for (const x of steps(rt, self, step)) if (rt.call(closure, [x]) === PENDING) yield* rt.take();
        return null;
      },
    },
  },
  {
    name: 'groovy.lang.IntRange',
    superclass: 'java.util.AbstractList',
    interfaces: ['groovy.lang.Range'],
    constructors: {
      '(int, int)': (_rt, _self, from: number, to: number) => new IntRange(null, from, to),
      '(boolean, int, int)': (_rt, _self, inclusive: boolean, from: number, to: number) => new IntRange(inclusive, from, to),
    },
    methods: {
      'getInclusive()': (_rt, self: IntRange) => self.inclusive,
      'getFromInt()': (_rt, self: IntRange) => self.from,
      'getToInt()': (_rt, self: IntRange) => self.to,
    },
  },
];

function inspectRange(rt: Runtime, range: GroovyRange): string {
  if (range instanceof IntRange) return range.javaString();
  const from = rt.inspect(range.from),
    to = rt.inspect(range.to);
  if (range instanceof EmptyRange) return `${from}..<${to}`;
  return range.reverse ? `${to}..${from}` : `${from}..${to}`;
}

/** The values that `step` visits. */
function* steps(rt: Runtime, range: GroovyRange, by: number): Generator<Value> {
  if (range.size === 0 && !(range instanceof IntRange)) return;
  if (by === 0) {
    if (!rt.equals(range.from, range.to)) throw new JavaThrowable('groovy.lang.GroovyRuntimeException', 'Infinite loop detected due to step size of 0');
    return;
  }
  const step = range.reverse ? -by : by;
  if (range instanceof IntRange) {
    if (step > 0) for (let v = range.from; v <= range.to; v += step) yield v;
    else for (let v = range.to; v >= range.from; v += step) yield v;
    return;
  }
  const items = range.items;
  const upward = range.reverse ? items.slice().reverse() : items;
  if (step > 0) for (let i = 0; i < upward.length; i += step) yield upward[i] as Value;
  else for (let i = upward.length - 1; i >= 0; i += step) yield upward[i] as Value;
}
