/** java.util.Set and its classes. */

import type { NativeClass, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import type { MapEntry } from '../entry.ts';
import { illegalArgument, noSuchElement, nullPointer } from '../failures.ts';
import { elements } from '../iteration.ts';
import { ArrayIterator } from '../model.ts';
import { cloneHashSet, HashSet, JavaSet, TreeSet } from '../set.ts';
import { fill, sortedSet } from '../similar.ts';
import { TreeMap } from '../tree-map.ts';

const OBJECT = 'java.lang.Object';
const COLLECTION = 'java.util.Collection';

function given(rt: Runtime, c: Value): readonly Value[] {
  if (c === null) throw nullPointer();
  return elements(rt, c).slice();
}
function checked(n: number): number {
  if (n < 0) throw illegalArgument(`Illegal initial capacity: ${n}`);
  return n;
}
function keyOr(e: MapEntry | undefined): Value {
  return e === undefined ? null : e.key;
}
function key(e: MapEntry | undefined): Value {
  if (e === undefined) throw noSuchElement();
  return e.key;
}
/** A part of a sorted set. A copy: changes do not write through. */
function part(rt: Runtime, self: TreeSet, keep: (x: Value) => boolean): TreeSet {
  return fill(rt, new TreeSet(new TreeMap(self.map.comparator)), self.toArray().filter(keep));
}
function order(rt: Runtime, self: TreeSet, a: Value, b: Value): number {
  return self.map.compareKeys(rt, a, b);
}

const treeMethods: Signatures = {
  'comparator()': (_rt, self: TreeSet) => self.map.comparator,
  'first()': (_rt, self: TreeSet) => key(self.map.first()),
  'last()': (_rt, self: TreeSet) => key(self.map.last()),
  'pollFirst()': (rt, self: TreeSet) => {
    const e = self.map.first();
    if (e !== undefined) self.map.take(rt, e.key);
    return keyOr(e);
  },
  'pollLast()': (rt, self: TreeSet) => {
    const e = self.map.last();
    if (e !== undefined) self.map.take(rt, e.key);
    return keyOr(e);
  },
  [`floor(${OBJECT})`]: (rt, self: TreeSet, x: Value) => keyOr(self.map.near(rt, x, 'floor')),
  [`lower(${OBJECT})`]: (rt, self: TreeSet, x: Value) => keyOr(self.map.near(rt, x, 'lower')),
  [`ceiling(${OBJECT})`]: (rt, self: TreeSet, x: Value) => keyOr(self.map.near(rt, x, 'ceiling')),
  [`higher(${OBJECT})`]: (rt, self: TreeSet, x: Value) => keyOr(self.map.near(rt, x, 'higher')),
  [`headSet(${OBJECT})`]: (rt, self: TreeSet, to: Value) => part(rt, self, (x) => order(rt, self, x, to) < 0),
  [`headSet(${OBJECT}, boolean)`]: (rt, self: TreeSet, to: Value, inclusive: boolean) => part(rt, self, (x) => order(rt, self, x, to) < (inclusive ? 1 : 0)),
  [`tailSet(${OBJECT})`]: (rt, self: TreeSet, from: Value) => part(rt, self, (x) => order(rt, self, x, from) >= 0),
  [`tailSet(${OBJECT}, boolean)`]: (rt, self: TreeSet, from: Value, inclusive: boolean) =>
    part(rt, self, (x) => order(rt, self, x, from) > (inclusive ? -1 : 0)),
  [`subSet(${OBJECT}, ${OBJECT})`]: (rt, self: TreeSet, from: Value, to: Value) =>
    part(rt, self, (x) => order(rt, self, x, from) >= 0 && order(rt, self, x, to) < 0),
  'descendingSet()': (rt, self: TreeSet) => JavaSet.from(rt, self.toArray().reverse()),
  'descendingIterator()': (_rt, self: TreeSet) => new ArrayIterator(self.toArray().reverse()),
  'clone()': (rt, self: TreeSet) => part(rt, self, () => true),
};

const COPIED = ['java.lang.Cloneable', 'java.io.Serializable'];
const view = (name: string, superclass = 'java.util.AbstractSet'): NativeClass => ({ name, superclass });

export const setClasses: readonly NativeClass[] = [
  { name: 'java.util.Set', kind: 'interface', interfaces: [COLLECTION] },
  { name: 'java.util.SortedSet', kind: 'interface', interfaces: ['java.util.Set'] },
  { name: 'java.util.NavigableSet', kind: 'interface', interfaces: ['java.util.SortedSet'] },
  { name: 'java.util.AbstractSet', kind: 'abstract', superclass: 'java.util.AbstractCollection', interfaces: ['java.util.Set'] },
  {
    name: 'java.util.HashSet',
    superclass: 'java.util.AbstractSet',
    interfaces: ['java.util.Set', ...COPIED],
    constructors: {
      '()': () => new HashSet(),
      '(int)': (_rt, _self, n: number) => new HashSet(checked(n)),
      '(int, float)': (_rt, _self, n: number, load: { readonly n: number }) => new HashSet(checked(n), load.n),
      [`(${COLLECTION})`]: (rt, _self, c: Value) => HashSet.copy(rt, given(rt, c)),
    },
    methods: { 'clone()': (rt, self: JavaSet) => cloneHashSet(rt, self.toArray()) },
  },
  {
    name: 'java.util.LinkedHashSet',
    superclass: 'java.util.HashSet',
    constructors: {
      '()': () => new JavaSet(),
      '(int)': (_rt, _self, n: number) => {
        checked(n);
        return new JavaSet();
      },
      '(int, float)': (_rt, _self, n: number) => {
        checked(n);
        return new JavaSet();
      },
      [`(${COLLECTION})`]: (rt, _self, c: Value) => JavaSet.from(rt, given(rt, c)),
    },
    methods: { 'clone()': (rt, self: JavaSet) => JavaSet.from(rt, self.toArray()) },
  },
  {
    name: 'java.util.TreeSet',
    superclass: 'java.util.AbstractSet',
    interfaces: ['java.util.NavigableSet', ...COPIED],
    methods: treeMethods,
    constructors: {
      '()': () => new TreeSet(),
      '(java.util.Comparator)': (_rt, _self, c: Value) => new TreeSet(new TreeMap(c)),
      [`(${COLLECTION})`]: (rt, _self, c: Value) => fill(rt, new TreeSet(), given(rt, c)),
      '(java.util.SortedSet)': (rt, _self, s: Value) => fill(rt, new TreeSet(new TreeMap(sortedSet(s) ? s.map.comparator : null)), given(rt, s)),
    },
  },
  { name: 'java.util.concurrent.ConcurrentHashMap$KeySetView', interfaces: ['java.util.Set'] },
  { name: 'java.util.concurrent.CopyOnWriteArraySet', superclass: 'java.util.AbstractSet' },
  ...['Set', 'SortedSet'].flatMap((kind): NativeClass[] =>
    ['Unmodifiable', 'Synchronized'].map((how) => ({
      name: `java.util.Collections$${how}${kind}`,
      superclass: kind === 'Set' ? `java.util.Collections$${how}Collection` : `java.util.Collections$${how}Set`,
      interfaces: [`java.util.${kind}`],
    })),
  ),
  view('java.util.Collections$EmptySet'),
  view('java.util.Collections$SingletonSet'),
  view('java.util.Collections$SetFromMap'),
  ...['HashMap$', 'TreeMap$', 'LinkedHashMap$Linked'].flatMap((map): NativeClass[] => [
    view(`java.util.${map}KeySet`),
    view(`java.util.${map}EntrySet`),
    view(`java.util.${map}Values`, 'java.util.AbstractCollection'),
  ]),
];
