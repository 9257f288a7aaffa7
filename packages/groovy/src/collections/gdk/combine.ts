/** combinations, permutations, subsequences, transpose (groovy.util.GroovyCollections, PermutationGenerator). */

import type { Native, Signatures } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { noSuchElement } from '../failures.ts';
import { elements } from '../iteration.ts';
import { JavaIterator, JavaList } from '../model.ts';
import { HashSet } from '../set.ts';
import { CLOSURE, COLLECTION, ITERABLE, LIST, on } from './receivers.ts';

/** Every choice of one element from each; the first varies fastest. What is no collection counts as one element. */
function combined(rt: Runtime, self: Value): Value[] {
  let choices: Value[][] | null = null;
  for (const part of elements(rt, self)) {
    const items = rt.instanceOf(part, ITERABLE) || rt.instanceOf(part, 'java.lang.Object[]') ? elements(rt, part) : [part];
    if (choices === null) choices = items.map((x) => [x]);
    else {
      const longer: Value[][] = [];
      rt.alloc(choices.length * items.length * ((choices[0]?.length ?? 0) + 1));
      for (const x of items) for (const c of choices) longer.push([...c, x]);
      choices = longer;
    }
  }
  return (choices ?? []).map((c) => new JavaList(c));
}
function combinations(rt: Runtime, self: Value): Value {
  return new JavaList(combined(rt, self));
}
function* callEach(rt: Runtime, items: readonly Value[], closure: Value): Computation<Value[]> {
  const out: Value[] = [];
  for (const item of items) {
    let r = rt.call(closure, [item]);
    if (r === PENDING) r = yield* rt.take();
    out.push(r as Value);
  }
  return out;
}
function* combinationsBy(rt: Runtime, self: Value, closure: Value): Computation {
  return new JavaList(yield* callEach(rt, combined(rt, self), closure));
}
function* eachCombination(rt: Runtime, self: Value, closure: Value): Computation {
  yield* callEach(rt, combined(rt, self), closure);
  return null;
}

/** Permutations in the order of their places, by the next-permutation step that Groovy's generator makes. */
class Permutations extends JavaIterator {
  private readonly items: readonly Value[];
  private readonly places: number[];
  private left: bigint;
  constructor(items: readonly Value[]) {
    super();
    this.items = items;
    this.places = items.map((_, i) => i);
    this.left = 1n;
    for (let i = 2n; i <= BigInt(items.length); i++) this.left *= i;
    this.total = this.left;
  }
  private readonly total: bigint;
  override get $type(): string {
    return 'groovy.util.PermutationGenerator';
  }
  hasNext(): boolean {
    return this.left > 0n;
  }
  next(): Value {
    if (this.left <= 0n) throw noSuchElement();
    const { places } = this;
    if (this.left < this.total) {
      let i = places.length - 2;
      while (i >= 0 && (places[i] as number) > (places[i + 1] as number)) i--;
      let j = places.length - 1;
      while ((places[j] as number) < (places[i] as number)) j--;
      [places[i], places[j]] = [places[j] as number, places[i] as number];
      for (let a = i + 1, b = places.length - 1; a < b; a++, b--) [places[a], places[b]] = [places[b] as number, places[a] as number];
    }
    this.left--;
    return new JavaList(places.map((p) => this.items[p] as Value));
  }
}
function permuted(rt: Runtime, self: Value): HashSet {
  const items = elements(rt, self);
  let n = items.length;
  for (let i = 2; i <= items.length && n < 1e15; i++) n *= i;
  rt.alloc(n);
  const out = new HashSet();
  for (const all = new Permutations(items); all.hasNext(); ) {
    out.add(rt, all.next());
    // What a list and its place in the set take, in elements.
    rt.alloc(items.length + 20);
  }
  return out;
}
function permutations(rt: Runtime, self: Value): Value {
  return permuted(rt, self);
}
function* permutationsBy(rt: Runtime, self: Value, closure: Value): Computation {
  return new JavaList(yield* callEach(rt, permuted(rt, self).toArray(), closure));
}
function* eachPermutation(rt: Runtime, self: Value, closure: Value): Computation {
  const all = new Permutations(elements(rt, self).slice());
  while (all.hasNext()) {
    const r = rt.call(closure, [all.next()]);
    if (r === PENDING) yield* rt.take();
  }
  return all;
}

function subsequences(rt: Runtime, self: Value): Value {
  let found = new HashSet();
  const items = elements(rt, self);
  if (items.length < 60) rt.alloc(2 ** items.length * items.length);
  else rt.alloc(Number.MAX_SAFE_INTEGER);
  for (const item of items) {
    const next = new HashSet();
    for (const head of found.toArray()) next.add(rt, new JavaList([...(head as JavaList).items, item]));
    for (const known of found.toArray()) next.add(rt, known);
    next.add(rt, new JavaList([item]));
    found = next;
  }
  return found;
}

function transpose(rt: Runtime, self: Value): Value {
  const rows = elements(rt, self).map((row) => elements(rt, row));
  if (rows.length === 0) return new JavaList();
  const width = Math.min(...rows.map((r) => r.length));
  const out: Value[] = [];
  for (let i = 0; i < width; i++) out.push(new JavaList(rows.map((r) => r[i] as Value)));
  return new JavaList(out);
}

export const combineMethods: Signatures = {
  ...on([ITERABLE, COLLECTION], 'combinations()', combinations as Native),
  ...on([ITERABLE], `combinations(${CLOSURE})`, combinationsBy),
  ...on([ITERABLE], `eachCombination(${CLOSURE})`, eachCombination),
  ...on([ITERABLE, LIST], 'permutations()', permutations),
  ...on([ITERABLE, LIST], `permutations(${CLOSURE})`, permutationsBy),
  ...on([ITERABLE, COLLECTION], `eachPermutation(${CLOSURE})`, eachPermutation),
  ...on([LIST], 'subsequences()', subsequences),
  ...on([LIST], 'transpose()', transpose),
};
export const groovyCollectionsStatics: Signatures = {
  [`combinations(${ITERABLE})`]: (rt, _self, all) => combinations(rt, all),
  'combinations(java.lang.Object[])': (rt, _self, all) => combinations(rt, all),
  [`transpose(${LIST})`]: (rt, _self, all) => transpose(rt, all),
  'transpose(java.lang.Object[])': (rt, _self, all) => transpose(rt, all),
  [`subsequences(${LIST})`]: (rt, _self, all) => subsequences(rt, all),
};
