/** sum, min, max, join. */
import { Byte, Character, Double, Float, Long, Short } from '../../numbers/boxes.ts';
import type { Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { toInt } from '../comparators.ts';
import { elements, itemCaller, iterator, quickIterator } from '../iteration.ts';
import type { JavaArray } from '../model.ts';
import { ARRAY, ARRAYS, CLOSURE, COLLECTION, COMPARATOR, ITERABLE, ITERATOR, MAP, OBJECT, on } from './receivers.ts';

const START = Symbol('no initial value');

function* sumUp(rt: Runtime, self: Value, initial: Value | typeof START, closure: Value): Computation {
  let total: Value | typeof START = initial;
  const call = closure === null ? null : itemCaller(rt, self, closure);
  const it = call === null ? quickIterator(rt, self) : iterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    let r = call === null ? item : call(item);
    if (r === PENDING) r = yield* rt.take();
    if (total === START) {
      total = r as Value;
      continue;
    }
    let sum: ReturnType<Runtime['invoke']> =
      typeof total === 'number' && typeof r === 'number' ? (total + r) | 0 : rt.invoke(total as Value, 'plus', [r as Value]);
    if (sum === PENDING) sum = yield* rt.take();
    total = sum as Value;
  }
  return total === START ? null : (total as Value);
}
function* sum(rt: Runtime, self: Value): Computation {
  return yield* sumUp(rt, self, START, null);
}
function* sumFrom(rt: Runtime, self: Value, initial: Value): Computation {
  return yield* sumUp(rt, self, initial, null);
}
function* sumBy(rt: Runtime, self: Value, closure: Value): Computation {
  return yield* sumUp(rt, self, START, closure);
}
function* sumByFrom(rt: Runtime, self: Value, initial: Value, closure: Value): Computation {
  return yield* sumUp(rt, self, initial, closure);
}

/** Sums of primitive arrays stay in their type and wrap around in it. */
const PRIMITIVE_SUMS: { readonly [type: string]: (items: readonly Value[], initial: Value | undefined) => Value } = {
  int: (items, initial) => items.reduce<number>((a, b) => (a + (b as number)) | 0, (initial as number) ?? 0),
  long: (items, initial) => Long.of(items.reduce<bigint>((a, b) => a + (b as Long).big(), initial === undefined ? 0n : (initial as Long).big())),
  short: (items, initial) => new Short(items.reduce<number>((a, b) => a + (b as Short).n, initial === undefined ? 0 : (initial as Short).n)),
  byte: (items, initial) => new Byte(items.reduce<number>((a, b) => a + (b as Byte).n, initial === undefined ? 0 : (initial as Byte).n)),
  char: (items, initial) => new Character(items.reduce<number>((a, b) => a + (b as Character).code, initial === undefined ? 0 : (initial as Character).code)),
  double: (items, initial) => new Double(items.reduce<number>((a, b) => a + (b as Double).n, initial === undefined ? 0 : (initial as Double).n)),
  float: (items, initial) => new Float(items.reduce<number>((a, b) => Math.fround(a + (b as Float).n), initial === undefined ? 0 : (initial as Float).n)),
};
function primitiveSums(): Signatures {
  const out: Record<string, Signatures[string]> = {};
  for (const type in PRIMITIVE_SUMS) {
    const add = PRIMITIVE_SUMS[type] as (items: readonly Value[], initial: Value | undefined) => Value;
    out[`sum(${type}[])`] = (_rt, self: JavaArray) => add(self.items, undefined);
    out[`sum(${type}[], ${type})`] = (_rt, self: JavaArray, initial: Value) => add(self.items, initial);
  }
  return out;
}

function extreme(rt: Runtime, self: Value, sign: number): Value {
  // Nulls are left out (GroovyCollections.min).
  let best: Value = null;
  const it = quickIterator(rt, self);
  while (it.hasNext()) {
    const item = it.next();
    if (item !== null && (best === null || rt.compare(item, best) * sign > 0)) best = item;
  }
  return best;
}
function min(rt: Runtime, self: Value): Value {
  return extreme(rt, self, -1);
}
function max(rt: Runtime, self: Value): Value {
  return extreme(rt, self, 1);
}

function* extremeBy(rt: Runtime, self: Value, by: Value, sign: number): Computation {
  const items = elements(rt, self);
  if (items.length === 0) return null;
  let best = items[0] as Value;
  if (rt.isCallable(by) && rt.arity(by) === 1) {
    let bestKey: Value = null;
    for (let i = 0; i < items.length; i++) {
      let r = rt.call(by, [items[i] as Value]);
      if (r === PENDING) r = yield* rt.take();
      if (i === 0 || rt.compare(r as Value, bestKey) * sign > 0) {
        best = items[i] as Value;
        bestKey = r as Value;
      }
    }
    return best;
  }
  const callable = rt.isCallable(by);
  for (let i = 1; i < items.length; i++) {
    const pair = [items[i] as Value, best];
    let r = callable ? rt.call(by, pair) : rt.invoke(by, 'compare', pair);
    if (r === PENDING) r = yield* rt.take();
    if (toInt(rt, r as Value) * sign > 0) best = items[i] as Value;
  }
  return best;
}
function* minBy(rt: Runtime, self: Value, by: Value): Computation {
  return yield* extremeBy(rt, self, by, -1);
}
function* maxBy(rt: Runtime, self: Value, by: Value): Computation {
  return yield* extremeBy(rt, self, by, 1);
}

function join(rt: Runtime, self: Value, separator: string | null = ''): Value {
  const between = separator ?? '';
  let text = '';
  let first = true;
  const it = quickIterator(rt, self);
  while (it.hasNext()) {
    if (first) first = false;
    else text += between;
    const item = it.next();
    const part = typeof item === 'string' ? item : rt.format(item);
    text += part;
    rt.alloc(part.length + between.length);
  }
  return text;
}
function joinEmpty(rt: Runtime, self: Value): Value {
  return join(rt, self, '');
}

const ALL = [ITERABLE, COLLECTION, ARRAY, ITERATOR];

export const foldMethods: Signatures = {
  ...on(ALL, 'sum()', sum),
  ...on(ALL, `sum(${OBJECT})`, sumFrom),
  ...on(ALL, `sum(${CLOSURE})`, sumBy),
  ...on(ALL, `sum(${OBJECT}, ${CLOSURE})`, sumByFrom),
  ...primitiveSums(),
  ...on(ALL, 'min()', min),
  ...on(ALL, 'max()', max),
  ...on([...ALL, MAP], `min(${CLOSURE})`, minBy),
  ...on([...ALL, MAP], `max(${CLOSURE})`, maxBy),
  ...on(ALL, `min(${COMPARATOR})`, minBy),
  ...on(ALL, `max(${COMPARATOR})`, maxBy),
  ...on([ITERABLE, COLLECTION, ITERATOR, ...ARRAYS], 'join(java.lang.String)', join),
  ...on([ITERABLE, COLLECTION, ITERATOR, ...ARRAYS], 'join()', joinEmpty),
};
