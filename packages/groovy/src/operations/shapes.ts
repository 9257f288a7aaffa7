/** The collections as the operations see them: null where a value is not of that kind. */
import { MapEntry } from '../collections/entry.ts';
import { JavaMap } from '../collections/map.ts';
import { JavaArray, JavaCollection, JavaList } from '../collections/model.ts';
import { JavaSet } from '../collections/set.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';

/** The elements of a java.util.Collection, not to be changed. */
export function collectionItems(v: Value): readonly Value[] | null {
  if (v instanceof JavaList) return v.items;
  return v instanceof JavaCollection ? v.toArray() : null;
}
/** The elements of a List or an array. */
export function listItems(v: Value): readonly Value[] | null {
  return v instanceof JavaList || v instanceof JavaArray ? v.items : null;
}
export function isSet(v: Value): v is JavaSet {
  return v instanceof JavaSet;
}
export function isMap(v: Value): v is JavaMap {
  return v instanceof JavaMap;
}
export function mapEntries(v: JavaMap): readonly (readonly [Value, Value])[] {
  return v.entries().map((e) => [e.key, e.value] as const);
}
/** undefined where the map has no such key. */
export function mapGet(rt: Runtime, map: Value, key: Value): Value | undefined {
  return map instanceof JavaMap ? map.find(rt, key)?.value : undefined;
}
export function isRange(v: Value): v is JavaList {
  if (!(v instanceof JavaList)) return false;
  const type = v.$type;
  return type === 'groovy.lang.IntRange' || type === 'groovy.lang.ObjectRange' || type === 'groovy.lang.EmptyRange';
}
export function isEntry(v: Value): v is MapEntry {
  return v instanceof MapEntry;
}
