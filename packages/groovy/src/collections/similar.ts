/** New collections of the kind of a given one (DefaultGroovyMethodsSupport). */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { HashMap } from './hash-map.ts';
import { LinkedList, Stack, Vector } from './lists.ts';
import { JavaMap } from './map.ts';
import { MapWithDefault } from './map-wrappers.ts';
import { type JavaCollection, JavaList } from './model.ts';
import { ArrayDeque, PriorityQueue } from './queues.ts';
import { cloneHashSet, HashSet, JavaSet, TreeSet } from './set.ts';
import { TreeMap } from './tree-map.ts';

/** Whether it is a SortedSet, wrapped or not. */
export function sortedSet(v: Value): v is JavaSet & { readonly map: TreeMap } {
  return v instanceof JavaSet && v.map instanceof TreeMap;
}

/** `createSimilarCollection`: empty. Anything that is no collection gives an ArrayList. */
export function similarCollection(v: Value): JavaCollection {
  if (v instanceof JavaSet) return sortedSet(v) ? new TreeSet(new TreeMap(v.map.comparator)) : new JavaSet();
  if (v instanceof JavaList) return similarList(v);
  if (v instanceof ArrayDeque || v instanceof PriorityQueue) return new LinkedList();
  return new JavaList();
}
export function similarList(v: JavaList): JavaList {
  if (v instanceof LinkedList) return new LinkedList();
  if (v instanceof Stack) return new Stack();
  if (v instanceof Vector) return new Vector();
  return new JavaList();
}
/** `createSimilarMap`: empty. */
export function similarMap(v: JavaMap): JavaMap {
  return v instanceof TreeMap ? new TreeMap(v.comparator) : new JavaMap();
}

/** Adds all at once where the collection allows it. */
export function fill<T extends JavaCollection>(rt: Runtime, target: T, items: readonly Value[]): T {
  rt.alloc(items.length);
  if (target instanceof JavaList) target.addAll(rt, items);
  else for (const item of items) target.add(rt, item);
  return target;
}

/** `clone()`, where the kind has one, else a similar collection with the same elements. */
export function cloneCollection(rt: Runtime, v: Value, items: readonly Value[]): JavaCollection {
  if (v instanceof HashSet) return cloneHashSet(rt, items);
  return fill(rt, similarCollection(v), items);
}
/** `cloneSimilarMap`. Clones of a HashMap are HashMaps with a table of their own size. */
export function cloneMap(rt: Runtime, v: JavaMap): JavaMap {
  let out: JavaMap;
  if (v instanceof HashMap) out = new HashMap();
  else if (v instanceof TreeMap) out = new TreeMap(v.comparator);
  else if (v instanceof MapWithDefault) out = new JavaMap();
  else out = new JavaMap();
  rt.alloc(v.size);
  out.putAll(rt, v);
  return out;
}
