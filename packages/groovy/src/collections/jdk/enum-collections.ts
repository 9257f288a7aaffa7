/** Maps and sets for particular keys: EnumMap, EnumSet, IdentityHashMap, Hashtable. */
import { GroovyClass } from '../../runtime/classes.ts';
import type { NativeClass } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaThrowable } from '../../runtime/values.ts';
import type { MapEntry } from '../entry.ts';
import { illegalArgument, nullPointer } from '../failures.ts';
import { entryHash } from '../hash-order.ts';
import { elements } from '../iteration.ts';
import { JavaMap } from '../map.ts';
import type { JavaArray } from '../model.ts';
import { TreeSet } from '../set.ts';
import { fill } from '../similar.ts';
import { TreeMap } from '../tree-map.ts';

const MAP = 'java.util.Map',
  ENUM = 'java.lang.Enum',
  COLLECTION = 'java.util.Collection',
  ENUM_SET = 'java.util.RegularEnumSet';

/** Sorted as the constants are declared, which is how enum constants compare. */
class EnumMap extends TreeMap {
  constructor() {
    super(null, 'java.util.EnumMap');
  }
  override find(rt: Runtime, key: Value): MapEntry | undefined {
    return key !== null && rt.instanceOf(key, ENUM) ? super.find(rt, key) : undefined;
  }
}

/** Keys are the same when they are one object; Strings and numbers are told apart by value here, as literals are in Java. */
class IdentityMap extends JavaMap {
  override get $type(): string {
    return 'java.util.IdentityHashMap';
  }
  override find(rt: Runtime, key: Value): MapEntry | undefined {
    if (typeof key !== 'object' || key === null) return super.find(rt, key);
    return this.entries().find((e) => e.key === key);
  }
}

/** Walked from the last bucket to the first, the newest of a bucket first. */
class Hashtable extends JavaMap {
  override get $type(): string {
    return 'java.util.Hashtable';
  }
  override put(rt: Runtime, key: Value, value: Value): Value {
    if (key === null || value === null) throw nullPointer();
    return super.put(rt, key, value);
  }
  override entries(): MapEntry[] {
    let buckets: MapEntry[][] = Array.from({ length: 11 }, () => []);
    const place = (e: MapEntry): MapEntry[] => buckets[(entryHash(e) & 0x7fffffff) % buckets.length] as MapEntry[];
    let count = 0;
    for (const e of super.entries()) {
      if (count >= Math.floor(buckets.length * 0.75)) {
        const old = buckets;
        buckets = Array.from({ length: old.length * 2 + 1 }, () => []);
        for (const bucket of old.reverse()) for (const moved of bucket) place(moved).unshift(moved);
      }
      place(e).unshift(e);
      count++;
    }
    return buckets.reverse().flat();
  }
}

function enumSet(rt: Runtime, items: readonly Value[]): TreeSet {
  for (const item of items) if (item === null) throw nullPointer();
  return fill(rt, new TreeSet(new TreeMap(), ENUM_SET), items);
}
function constants(rt: Runtime, cls: Value): readonly Value[] {
  if (cls === null) throw nullPointer();
  if (!(cls instanceof GroovyClass) || cls.kind !== 'enum') throw new JavaThrowable('java.lang.ClassCastException', `${rt.str(cls)} not an enum`);
  return (rt.invokeSync(cls, 'values', []) as JavaArray).items;
}
function enumClass(rt: Runtime, v: Value): Value {
  const cls = rt.classOf(v);
  return rt.classValue(cls.kind === 'enum' || cls.superclass === null ? cls : cls.superclass);
}
function filled(rt: Runtime, map: JavaMap, source: JavaMap | null): JavaMap {
  if (source === null) throw nullPointer();
  map.putAll(rt, source);
  return map;
}

const of = (n: number): string => Array.from({ length: n }, () => ENUM).join(', ');

export const enumCollectionClasses: readonly NativeClass[] = [
  {
    name: 'java.util.EnumMap',
    superclass: 'java.util.AbstractMap',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable'],
    constructors: {
      '(java.lang.Class)': (rt, _self, cls: Value) => {
        constants(rt, cls);
        return new EnumMap();
      },
      [`(${MAP})`]: (rt, _self, m: JavaMap | null) => {
        if (m !== null && m.size === 0 && !(m instanceof EnumMap)) throw illegalArgument('Specified map is empty');
        return filled(rt, new EnumMap(), m);
      },
    },
    methods: { 'clone()': (rt, self: EnumMap) => filled(rt, new EnumMap(), self) },
  },
  {
    name: 'java.util.EnumSet',
    kind: 'abstract',
    superclass: 'java.util.AbstractSet',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable'],
    statics: {
      'noneOf(java.lang.Class)': (rt, _self, cls: Value) => {
        constants(rt, cls);
        return enumSet(rt, []);
      },
      'allOf(java.lang.Class)': (rt, _self, cls: Value) => enumSet(rt, constants(rt, cls)),
      ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`of(${of(n)})`, (rt: Runtime, _self: null, ...items: Value[]): Value => enumSet(rt, items)])),
      [`of(${ENUM}, ${ENUM}[])`]: (rt, _self, first: Value, rest: JavaArray) => enumSet(rt, [first, ...rest.items]),
      [`copyOf(${COLLECTION})`]: (rt, _self, c: Value) => {
        if (c === null) throw nullPointer();
        const items = elements(rt, c);
        if (items.length === 0 && rt.classOf(c).name !== ENUM_SET) throw illegalArgument('Collection is empty');
        return enumSet(rt, [...items]);
      },
      [`range(${ENUM}, ${ENUM})`]: (rt, _self, from: Value, to: Value) => {
        if (rt.compare(from, to) > 0) throw illegalArgument(`${rt.str(from)} > ${rt.str(to)}`);
        return enumSet(
          rt,
          constants(rt, enumClass(rt, from)).filter((c) => rt.compare(c, from) >= 0 && rt.compare(c, to) <= 0),
        );
      },
      'complementOf(java.util.EnumSet)': (rt, _self, set: TreeSet | null) => {
        const items = set === null ? [] : set.toArray();
        const [first] = items;
        if (first === undefined) return enumSet(rt, []);
        return enumSet(
          rt,
          constants(rt, enumClass(rt, first)).filter((c) => !items.includes(c)),
        );
      },
    },
    methods: { 'clone()': (rt, self: TreeSet) => enumSet(rt, self.toArray()) },
  },
  { name: ENUM_SET, superclass: 'java.util.EnumSet' },
  {
    name: 'java.util.IdentityHashMap',
    superclass: 'java.util.AbstractMap',
    constructors: {
      '()': () => new IdentityMap(),
      '(int)': () => new IdentityMap(),
      [`(${MAP})`]: (rt, _self, m: JavaMap | null) => filled(rt, new IdentityMap(), m),
    },
  },
  {
    name: 'java.util.Hashtable',
    interfaces: [MAP, 'java.io.Serializable', 'java.lang.Cloneable'],
    constructors: {
      '()': () => new Hashtable(),
      '(int)': () => new Hashtable(),
      [`(${MAP})`]: (rt, _self, m: JavaMap | null) => filled(rt, new Hashtable(), m),
    },
    methods: {
      'clone()': (rt, self: Hashtable) => filled(rt, new Hashtable(), self),
      'contains(java.lang.Object)': (rt, self: Hashtable, v: Value) => self.entries().some((e) => rt.javaEquals(e.value, v)),
    },
  },
];
