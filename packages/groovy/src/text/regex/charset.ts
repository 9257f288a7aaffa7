/**
 * Sets of code points, as a character class denotes them. ASCII is answered from a table; `ranges` holds the whole
 * set as sorted pairs where it is known (`\p{L}` is only known by its test).
 */
import { JavaThrowable } from '../../runtime/values.ts';

export interface CharSet {
  readonly ascii: Uint8Array;
  readonly has: (cp: number) => boolean;
  readonly ranges: readonly number[] | null;
  /** How many tests may call each other to answer. */
  readonly depth: number;
}

const MAX = 0x10ffff;
const MAX_DEPTH = 500;

function tableOf(test: (cp: number) => boolean): Uint8Array {
  const ascii = new Uint8Array(128);
  for (let i = 0; i < 128; i++) if (test(i)) ascii[i] = 1;
  return ascii;
}

/** A set known by its test alone. Answers for the basic plane are remembered, since such tests are slow. */
export function setOf(test: (cp: number) => boolean, depth = 1): CharSet {
  // Sets of sets of sets: where Java's own recursion would end.
  if (depth > MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
  let known: Uint8Array | null = null;
  const has = (cp: number): boolean => {
    if (cp > 0xffff) return test(cp);
    known ??= new Uint8Array(0x10000);
    const answer = known[cp] as number;
    if (answer !== 0) return answer === 1;
    const found = test(cp);
    known[cp] = found ? 1 : 2;
    return found;
  };
  return { ascii: tableOf(test), has, ranges: null, depth };
}

function inRanges(ranges: readonly number[], cp: number): boolean {
  if (ranges.length <= 8) {
    for (let i = 0; i < ranges.length; i += 2) if (cp >= (ranges[i] as number) && cp <= (ranges[i + 1] as number)) return true;
    return false;
  }
  let low = 0,
    high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (cp < (ranges[middle * 2] as number)) high = middle - 1;
    else if (cp > (ranges[middle * 2 + 1] as number)) low = middle + 1;
    else return true;
  }
  return false;
}

/** A set of the given pairs of first and last, in any order, overlapping or not. */
export function rangesSet(pairs: readonly number[]): CharSet {
  const ranges = normalise(pairs);
  const has = (cp: number): boolean => inRanges(ranges, cp);
  return { ascii: tableOf(has), has, ranges, depth: 0 };
}
function normalise(pairs: readonly number[]): number[] {
  const list: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) list.push([pairs[i] as number, pairs[i + 1] as number]);
  list.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [first, last] of list) {
    const end = out.length - 1;
    if (end > 0 && first <= (out[end] as number) + 1) out[end] = Math.max(out[end] as number, last);
    else out.push(first, last);
  }
  return out;
}

export function union(a: CharSet, b: CharSet): CharSet {
  return unionOf([a, b]);
}
export function unionOf(sets: readonly CharSet[]): CharSet {
  const ranges = rangesSet(sets.flatMap((set) => set.ranges ?? []));
  const others = sets.filter((set) => set.ranges === null);
  if (others.length === 0) return ranges;
  const depth = others.reduce((most, set) => Math.max(most, set.depth), 0);
  return setOf((cp) => ranges.has(cp) || others.some((set) => set.has(cp)), depth + 1);
}
export function negate(a: CharSet): CharSet {
  if (a.ranges === null) return setOf((cp) => !a.has(cp), a.depth + 1);
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < a.ranges.length; i += 2) {
    if ((a.ranges[i] as number) > next) out.push(next, (a.ranges[i] as number) - 1);
    next = (a.ranges[i + 1] as number) + 1;
  }
  if (next <= MAX) out.push(next, MAX);
  return rangesSet(out);
}
export function intersection(a: CharSet, b: CharSet): CharSet {
  if (a.ranges !== null && b.ranges !== null) return negate(union(negate(a), negate(b)));
  return setOf((cp) => a.has(cp) && b.has(cp), Math.max(a.depth, b.depth) + 1);
}
