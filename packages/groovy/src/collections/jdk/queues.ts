/** Queue, Deque, ArrayDeque, PriorityQueue; iterators and enumerations. */

import type { Native, NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { noSuchElement, nullPointer, unsupported } from '../failures.ts';
import { elements } from '../iteration.ts';
import { ArrayIterator, type JavaIterator, ListIterator } from '../model.ts';
import { ArrayDeque, type LifoQueue, PriorityQueue } from '../queues.ts';
import { fill } from '../similar.ts';

const OBJECT = 'java.lang.Object';
const COLLECTION = 'java.util.Collection';

function required(v: Value | undefined): Value {
  if (v === undefined) throw noSuchElement();
  return v;
}
function shift(self: ArrayDeque): Value | undefined {
  if (self.items.length > 0) self.modCount++;
  return self.items.shift();
}
function popLast(self: ArrayDeque): Value | undefined {
  if (self.items.length > 0) self.modCount++;
  return self.items.pop();
}

const dequeMethods: Signatures = {
  [`addFirst(${OBJECT})`]: (_rt, self: ArrayDeque, x: Value) => {
    self.addFirst(x);
    return null;
  },
  [`addLast(${OBJECT})`]: (rt, self: ArrayDeque, x: Value) => {
    self.add(rt, x);
    return null;
  },
  [`offer(${OBJECT})`]: (rt, self: ArrayDeque, x: Value) => self.add(rt, x),
  [`offerFirst(${OBJECT})`]: (_rt, self: ArrayDeque, x: Value) => {
    self.addFirst(x);
    return true;
  },
  [`offerLast(${OBJECT})`]: (rt, self: ArrayDeque, x: Value) => self.add(rt, x),
  [`push(${OBJECT})`]: (_rt, self: ArrayDeque, x: Value) => {
    self.addFirst(x);
    return null;
  },
  'pop()': (_rt, self: ArrayDeque) => required(shift(self)),
  'remove()': (_rt, self: ArrayDeque) => required(shift(self)),
  'removeFirst()': (_rt, self: ArrayDeque) => required(shift(self)),
  'removeLast()': (_rt, self: ArrayDeque) => required(popLast(self)),
  'poll()': (_rt, self: ArrayDeque) => shift(self) ?? null,
  'pollFirst()': (_rt, self: ArrayDeque) => shift(self) ?? null,
  'pollLast()': (_rt, self: ArrayDeque) => popLast(self) ?? null,
  'peek()': (_rt, self: ArrayDeque) => self.items[0] ?? null,
  'peekFirst()': (_rt, self: ArrayDeque) => self.items[0] ?? null,
  'peekLast()': (_rt, self: ArrayDeque) => self.items[self.items.length - 1] ?? null,
  'element()': (_rt, self: ArrayDeque) => required(self.items[0]),
  'getFirst()': (_rt, self: ArrayDeque) => required(self.items[0]),
  'getLast()': (_rt, self: ArrayDeque) => required(self.items[self.items.length - 1]),
  'descendingIterator()': (_rt, self: ArrayDeque) => new ArrayIterator(self.toArray().reverse()),
  [`removeFirstOccurrence(${OBJECT})`]: (rt, self: ArrayDeque, x: Value) => self.remove(rt, x),
  'clone()': (rt, self: ArrayDeque) => fill(rt, new ArrayDeque(), self.items),
};

const priorityMethods: Signatures = {
  [`offer(${OBJECT})`]: (rt, self: PriorityQueue, x: Value) => self.add(rt, x),
  'poll()': (rt, self: PriorityQueue) => self.poll(rt) ?? null,
  'remove()': (rt, self: PriorityQueue) => required(self.poll(rt)),
  'peek()': (_rt, self: PriorityQueue) => self.heap[0] ?? null,
  'element()': (_rt, self: PriorityQueue) => required(self.heap[0]),
  'comparator()': (_rt, self: PriorityQueue) => self.comparator,
};

function given(rt: Runtime, c: Value): readonly Value[] {
  if (c === null) throw nullPointer();
  return elements(rt, c).slice();
}
const iteratorMethods: Signatures = {
  'hasNext()': (_rt, self: JavaIterator) => self.hasNext(),
  'next()': (_rt, self: JavaIterator) => self.next(),
  'remove()': (rt, self: JavaIterator) => {
    self.remove(rt);
    return null;
  },
};
const enumerationMethods: Signatures = {
  'hasMoreElements()': (_rt, self: JavaIterator) => self.hasNext(),
  'nextElement()': (_rt, self: JavaIterator) => self.next(),
};
const forList =
  (f: (rt: Runtime, self: ListIterator, x: Value) => Value): Native =>
  (rt: Runtime, self: Value, x: Value) => {
    if (!(self instanceof ListIterator)) throw unsupported();
    return f(rt, self, x);
  };
const ITERATOR = 'java.util.Iterator';
const plain = (name: string): NativeClass => ({ name, interfaces: [ITERATOR] });

export const queueClasses: readonly NativeClass[] = [
  { name: 'java.util.Queue', kind: 'interface', interfaces: [COLLECTION] },
  { name: 'java.util.Deque', kind: 'interface', interfaces: ['java.util.Queue'] },
  { name: 'java.util.AbstractQueue', kind: 'abstract', superclass: 'java.util.AbstractCollection', interfaces: ['java.util.Queue'] },
  {
    name: 'java.util.ArrayDeque',
    superclass: 'java.util.AbstractCollection',
    interfaces: ['java.util.Deque', 'java.lang.Cloneable', 'java.io.Serializable'],
    methods: dequeMethods,
    constructors: {
      '()': () => new ArrayDeque(),
      '(int)': () => new ArrayDeque(),
      [`(${COLLECTION})`]: (rt, _self, c: Value) => fill(rt, new ArrayDeque(), given(rt, c)),
    },
  },
  {
    name: 'java.util.PriorityQueue',
    superclass: 'java.util.AbstractQueue',
    interfaces: ['java.io.Serializable'],
    methods: priorityMethods,
    constructors: {
      '()': () => new PriorityQueue(),
      '(int)': () => new PriorityQueue(),
      '(java.util.Comparator)': (_rt, _self, c: Value) => new PriorityQueue(c),
      '(int, java.util.Comparator)': (_rt, _self, _n: number, c: Value) => new PriorityQueue(c),
      [`(${COLLECTION})`]: (rt, _self, c: Value) => fill(rt, new PriorityQueue(), given(rt, c)),
    },
  },
  {
    name: 'java.util.Collections$AsLIFOQueue',
    superclass: 'java.util.AbstractQueue',
    methods: {
      [`offer(${OBJECT})`]: (rt, self: LifoQueue, x: Value) => self.add(rt, x),
      'peek()': (rt, self: LifoQueue) => rt.invokeSync(self.deque, 'peekFirst', []),
      'poll()': (rt, self: LifoQueue) => rt.invokeSync(self.deque, 'pollFirst', []),
      'remove()': (rt, self: LifoQueue) => rt.invokeSync(self.deque, 'removeFirst', []),
      'element()': (rt, self: LifoQueue) => rt.invokeSync(self.deque, 'getFirst', []),
    },
  },
  { name: ITERATOR, kind: 'interface', methods: iteratorMethods },
  { name: 'java.util.Enumeration', kind: 'interface', methods: enumerationMethods },
  {
    name: 'java.util.ListIterator',
    kind: 'interface',
    interfaces: [ITERATOR],
    methods: {
      'hasPrevious()': forList((_rt, self) => self.hasPrevious()),
      'previous()': forList((_rt, self) => self.previous()),
      'nextIndex()': forList((_rt, self) => self.nextIndex()),
      'previousIndex()': forList((_rt, self) => self.previousIndex()),
      [`set(${OBJECT})`]: forList((rt, self, x) => {
        self.set(rt, x);
        return null;
      }),
      [`add(${OBJECT})`]: forList((rt, self, x) => {
        self.add(rt, x);
        return null;
      }),
    },
  },
  plain('java.util.ArrayList$Itr'),
  { name: 'java.util.ArrayList$ListItr', superclass: 'java.util.ArrayList$Itr', interfaces: ['java.util.ListIterator'] },
  { name: 'java.util.LinkedList$ListItr', interfaces: ['java.util.ListIterator'] },
  ...[
    'java.util.Arrays$ArrayItr',
    'java.util.LinkedHashMap$LinkedKeyIterator',
    'java.util.LinkedHashMap$LinkedEntryIterator',
    'java.util.LinkedHashMap$LinkedValueIterator',
    'java.util.ArrayDeque$DeqIterator',
    'java.util.PriorityQueue$Itr',
    'groovy.lang.IntRange$IntRangeIterator',
    'groovy.lang.ObjectRange$1',
    'groovy.util.PermutationGenerator',
    'java.util.concurrent.CopyOnWriteArrayList$COWIterator',
    'java.util.Collections$UnmodifiableCollection$1',
  ].map(plain),
  { name: 'java.util.Collections$3', interfaces: ['java.util.Enumeration', ITERATOR] },
];
