/** groupBy, countBy, groupEntriesBy. */

import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import type { MapEntry } from '../entry.ts';
import { elements, itemCaller, iterator } from '../iteration.ts';
import { JavaMap } from '../map.ts';
import type { JavaArray } from '../model.ts';
import { JavaList } from '../model.ts';
import { similarMap } from '../similar.ts';
import { ARRAY, CLOSURE, COLLECTION, ITERABLE, ITERATOR, LIST, MAP, OBJECT, on } from './receivers.ts';

/** Lists of elements by what the closure says of them. */
function* grouped(rt: Runtime, self: Value, closure: Value | undefined): Computation<JavaMap> {
  const answer = new JavaMap();
  const call = closure === undefined ? null : itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = call === null ? item : call(item);
    if (r === PENDING) r = yield* rt.take();
    const group = answer.get(rt, r as Value);
    if (group instanceof JavaList) group.add(rt, item);
    else answer.put(rt, r as Value, new JavaList([item]));
  }
  return answer;
}
function* groupBy(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* groupByAll(rt, self, [closure]);
}
function* groupByAll(rt: Runtime, self: Value, closures: readonly Value[]): Computation<JavaMap> {
  const first = yield* grouped(rt, self, closures[0]);
  if (self instanceof JavaMap) for (const e of first.entries()) e.value = mapOfEntries(rt, self, e.value as JavaList);
  if (closures.length < 2) return first;
  const answer = new JavaMap();
  for (const e of first.entries()) answer.put(rt, e.key, yield* groupByAll(rt, e.value, closures.slice(1)));
  return answer;
}
function mapOfEntries(rt: Runtime, like: JavaMap, entries: JavaList): JavaMap {
  const out = similarMap(like);
  for (const e of entries.items as MapEntry[]) out.put(rt, e.key, e.value);
  return out;
}
function* groupBySeveral(rt: Runtime, self: Value, closures: JavaArray): Computation {
  return yield* groupByAll(rt, self, closures.items);
}
function* groupByList(rt: Runtime, self: Value, closures: Value): Computation {
  return yield* groupByAll(rt, self, elements(rt, closures));
}
function* groupEntriesBy(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* grouped(rt, self, closure);
}

function* countBy(rt: Runtime, self: Value, closure: Value): Computation {
  const answer = new JavaMap();
  const call = itemCaller(rt, self, closure);
  const it = iterator(rt, self);
  while (it.hasNext()) {
    let r = call(it.next());
    if (r === PENDING) r = yield* rt.take();
    answer.put(rt, r as Value, ((answer.get(rt, r as Value) as number | null) ?? 0) + 1);
  }
  return answer;
}

export const groupMethods: Signatures = {
  ...on([ITERABLE, COLLECTION, ARRAY, MAP], `groupBy(${CLOSURE})`, groupBy),
  ...on([ITERABLE, COLLECTION, ARRAY, MAP], `groupBy(${OBJECT}[])`, groupBySeveral),
  ...on([ITERABLE, COLLECTION, ARRAY, MAP], `groupBy(${LIST})`, groupByList),
  ...on([MAP], `groupEntriesBy(${CLOSURE})`, groupEntriesBy),
  ...on([ITERABLE, COLLECTION, ARRAY, ITERATOR, MAP], `countBy(${CLOSURE})`, countBy),
};
