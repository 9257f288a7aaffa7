/** `x[i]` and `x[i] = v` of lists, arrays, maps and iterators: single places, ranges, lists of places. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { GString, JavaThrowable, PENDING } from '../../runtime/values.ts';
import { illegalArgument } from '../failures.ts';
import { elements } from '../iteration.ts';
import { ListWithDefault } from '../list-with-default.ts';
import { checkSubList } from '../lists.ts';
import type { JavaMap } from '../map.ts';
import type { JavaIterator } from '../model.ts';
import { JavaArray, JavaCollection, JavaList } from '../model.ts';
import { EmptyRange, GroovyRange, IntRange } from '../range.ts';
import { fill, similarList } from '../similar.ts';
import { ARRAY, ARRAYS, COLLECTION, ITERABLE, ITERATOR, LIST, MAP, OBJECT, on, PRIMITIVE_ARRAYS } from './receivers.ts';

/** A place counted from the end where it is negative. */
export function placeOf(index: number, size: number): number {
  if (index >= 0) return index;
  if (index + size < 0) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', `Negative array index [${index}] too large for array size ${size}`);
  return index + size;
}

interface Borders {
  readonly from: number;
  readonly to: number;
  readonly reverse: boolean;
}

/** Which places a range means (`subListBorders`). */
export function borders(rt: Runtime, range: GroovyRange, size: number): Borders {
  if (range instanceof IntRange && range.inclusive !== null) return range.borders(size);
  let from = placeOf(rt.cast(range.from, 'int') as number, size);
  if (range instanceof EmptyRange) return { from, to: from, reverse: false };
  let to = placeOf(rt.cast(range.to, 'int') as number, size);
  let { reverse } = range;
  if (from > to) {
    [from, to] = [to, from];
    reverse = !reverse;
  }
  return { from, to: to + 1, reverse };
}

export function getAt(rt: Runtime, self: JavaList, index: number): Value {
  if (self instanceof ListWithDefault) return self.getOrGrow(rt, index);
  if (self instanceof GroovyRange) {
    const i = placeOf(index, self.size);
    return i < self.size ? self.at(rt, i) : null;
  }
  const { items } = self;
  const i = placeOf(index, items.length);
  return i < items.length ? (items[i] as Value) : null;
}
function getAtRange(rt: Runtime, self: Value, range: GroovyRange | null): Value {
  if (range === null) throw new JavaThrowable('java.lang.NullPointerException');
  const list = self instanceof JavaList ? self : null;
  const answer = list === null ? new JavaList() : similarList(list);
  if (range instanceof EmptyRange) return answer;
  const all = elements(rt, self);
  const { from, to, reverse } = borders(rt, range, all.length);
  checkSubList(from, to, all.length);
  const items = all.slice(from, to);
  return fill(rt, answer, reverse ? items.reverse() : items);
}
function* getAtPlaces(rt: Runtime, self: Value, places: Value): Computation {
  const out: Value[] = [];
  for (const place of elements(rt, places)) {
    if (place instanceof JavaCollection) {
      let r = rt.invoke(self, 'getAt', [place]);
      if (r === PENDING) r = yield* rt.take();
      for (const x of elements(rt, r as Value)) out.push(x);
    } else {
      const index = rt.cast(place, 'int') as number;
      out.push(self instanceof JavaArray ? arrayAt(rt, self, index) : getAt(rt, self as JavaList, index));
    }
  }
  rt.alloc(out.length);
  return new JavaList(out);
}
export function arrayAt(_rt: Runtime, self: JavaArray, index: number): Value {
  return self.get(placeOf(index, self.items.length));
}
/** A value as an array takes it: numbers are converted, other things must be of its type (ArrayMetaMethods). */
function arrayItem(rt: Runtime, component: string, value: Value): Value {
  if (component === OBJECT) return value;
  const primitive = !component.includes('.') && !component.endsWith('[]');
  if (primitive || rt.instanceOf(value, 'java.lang.Number')) return rt.cast(value, component);
  if (value === null || rt.instanceOf(value, component)) return value;
  if (rt.findClass(component)?.superclass?.name === 'java.lang.Number') {
    const text = rt.str(value);
    if (text.length !== 1) throw illegalArgument(`String of length 1 expected but got a bigger one`);
    return rt.cast(value, component);
  }
  throw new JavaThrowable('java.lang.ArrayStoreException', rt.classOf(value).name);
}
function putInArray(rt: Runtime, self: JavaArray, index: number, value: Value): Value {
  const i = placeOf(index, self.items.length);
  self.get(i);
  const item = arrayItem(rt, self.component, value);
  self.items[i] = item;
  return item;
}
function getAtIterator(rt: Runtime, self: JavaIterator, index: number): Value {
  if (index < 0) return elements(rt, self).at(index) ?? null;
  for (let i = 0; self.hasNext(); i++) {
    const item = self.next();
    if (i === index) return item;
  }
  return null;
}
function getAtIterable(rt: Runtime, self: Value, index: number): Value {
  return elements(rt, self).at(index) ?? null;
}
/** `list['name']`, `list*.name`: the property of each element that is not null. */
function* getAtProperty(rt: Runtime, self: Value, name: string): Computation {
  const out: Value[] = [];
  for (const item of elements(rt, self).slice()) {
    if (item === null) continue;
    try {
      let r = rt.getProperty(item, name);
      if (r === PENDING) r = yield* rt.take();
      out.push(r as Value);
    } catch (failure) {
      if (!(failure instanceof JavaThrowable) || failure.typeName !== 'groovy.lang.MissingPropertyException') throw failure;
      throw new JavaThrowable(
        failure.typeName,
        `Exception evaluating property '${name}' for ${rt.classOf(self).name}, Reason: ${failure.typeName}: ${failure.detail}`,
      );
    }
  }
  return new JavaList(out);
}

export function putAt(rt: Runtime, self: JavaList, index: number, value: Value): Value {
  const size = self.size;
  const i = placeOf(index, size);
  if (i < size) self.set(rt, i, value);
  else {
    rt.alloc(i - size + 1);
    for (let n = size; n < i; n++) self.add(rt, null);
    self.add(rt, value);
  }
  return null;
}
function putAtRange(rt: Runtime, self: JavaList, range: GroovyRange, value: Value): Value {
  const { from, to } = borders(rt, range, self.size);
  if (to > self.size && !(range instanceof EmptyRange)) {
    rt.alloc(to - self.size);
    for (let n = self.size; n < to; n++) self.add(rt, null);
  }
  checkSubList(from, to, self.size);
  if (to > from) self.removeRange(from, to);
  if (value instanceof JavaCollection) self.insertAll(rt, from, value.toArray());
  else self.insert(rt, from, value);
  return null;
}
function checkPlaces(rt: Runtime, places: readonly Value[]): void {
  const [head] = places;
  if (typeof head !== 'number') throw illegalArgument(`Can only index a List with another List of Integers, not a List of ${rt.classOf(head ?? null).name}`);
}
function putAtPlaces(rt: Runtime, self: JavaList, places: Value, values: Value): Value {
  const at = elements(rt, places),
    from = elements(rt, values);
  if (at.length === 0) {
    if (from.length > 0) throw illegalArgument(`Trying to replace 0 elements with ${from.length} elements`);
    return null;
  }
  checkPlaces(rt, at);
  if (at.length !== from.length) throw illegalArgument(`Trying to replace ${at.length} elements with ${from.length} elements`);
  for (let i = 0; i < at.length; i++) putAt(rt, self, rt.cast(at[i] as Value, 'int') as number, from[i] as Value);
  return null;
}
function putAtEach(rt: Runtime, self: JavaList, places: Value, value: Value): Value {
  const at = elements(rt, places);
  if (at.length === 0) return null;
  checkPlaces(rt, at);
  for (const place of at) self.set(rt, rt.cast(place, 'int') as number, value);
  return null;
}

/**
 * A GString in brackets is a property's name: Groovy's dispatch means `getAt(Object, String)` by it, so that
 * `map["${x}"]` reads and writes the String's key, unlike `map.get("${x}")`.
 */
function subscript(rt: Runtime, key: Value): Value {
  return key instanceof GString ? rt.str(key) : key;
}
function getFromMap(rt: Runtime, self: JavaMap, key: Value): Value {
  return self.get(rt, subscript(rt, key));
}
function putInMap(rt: Runtime, self: JavaMap, key: Value, value: Value): Value {
  self.put(rt, subscript(rt, key), value);
  return value;
}
function getOrPut(rt: Runtime, self: JavaMap, key: Value, otherwise: Value): Value {
  const e = self.find(rt, key);
  if (e !== undefined) return e.value;
  self.put(rt, key, otherwise);
  return self.get(rt, key);
}

const RANGES = ['groovy.lang.Range', 'groovy.lang.IntRange', 'groovy.lang.ObjectRange', 'groovy.lang.EmptyRange'];

export const accessMethods: Signatures = {
  ...on([LIST], 'getAt(int)', getAt),
  ...on([ITERABLE], 'getAt(int)', getAtIterable),
  ...on([ITERATOR], 'getAt(int)', getAtIterator),
  ...on(ARRAYS, 'getAt(int)', arrayAt),
  ...(Object.assign({}, ...RANGES.map((range) => on([LIST, ...ARRAYS], `getAt(${range})`, getAtRange))) as Signatures),
  ...on([LIST, ...ARRAYS], `getAt(${COLLECTION})`, getAtPlaces),
  ...on([COLLECTION], 'getAt(java.lang.String)', getAtProperty),
  ...on([LIST], `putAt(int, ${OBJECT})`, putAt),
  ...on([ARRAY, ...PRIMITIVE_ARRAYS], `putAt(int, ${OBJECT})`, putInArray),
  ...on([LIST], `putAt(groovy.lang.IntRange, ${OBJECT})`, putAtRange),
  ...on([LIST], `putAt(groovy.lang.IntRange, ${COLLECTION})`, putAtRange),
  ...on([LIST], `putAt(groovy.lang.EmptyRange, ${OBJECT})`, putAtRange),
  ...on([LIST], `putAt(groovy.lang.EmptyRange, ${COLLECTION})`, putAtRange),
  ...on([LIST], `putAt(${LIST}, ${LIST})`, putAtPlaces),
  ...on([LIST], `putAt(${LIST}, ${OBJECT})`, putAtEach),
  ...on([MAP], `getAt(${OBJECT})`, getFromMap),
  ...on([MAP], `putAt(${OBJECT}, ${OBJECT})`, putInMap),
  ...on([MAP], `get(${OBJECT}, ${OBJECT})`, getOrPut),
};
