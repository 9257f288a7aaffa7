/**
 * Which waiting requests nothing will serve: all that existing and coming executors can take are matched with them first, as
 * many as possible at all (augmenting paths), so that no node is made for a request that another one could have been moved for.
 */
import type { LabelExpression } from '../queue/label-expression.ts';
import { parseLabelExpression } from '../queue/label-expression.ts';

export interface Wanted {
  readonly id: string;
  readonly label: string | null;
}
/** Executors that are free, or will be. */
export interface Source {
  readonly name: string | null;
  readonly labels: readonly string[];
  readonly mode: 'normal' | 'exclusive';
  readonly free: number;
}

/** Whether a node serves requests with such a label; a label that cannot be read matches none. */
export function servesLabel(label: string | null): (node: Omit<Source, 'free'>) => boolean {
  if (label === null) return (node) => node.mode === 'normal';
  let expression: LabelExpression;
  try {
    expression = parseLabelExpression(label);
  } catch {
    return () => false;
  }
  return ({ name, labels }) => expression.matches(new Set(name === null ? labels : [...labels, name]));
}

export class Supply {
  private readonly sources: { readonly source: Source; readonly takers: Wanted[] }[] = [];
  private readonly fits = new Map<string | null, Map<number, boolean>>();
  private readonly matchers = new Map<string | null, ReturnType<typeof servesLabel>>();
  /** Labels for which nothing is left. A request that found none now finds none later, until there are new executors. */
  private readonly exhausted = new Set<string | null>();

  /** Answers the place, for `takersOf`. */
  add(source: Source): number {
    this.exhausted.clear();
    this.sources.push({ source, takers: [] });
    return this.sources.length - 1;
  }
  /** Whether it is served, by moving others where needed. */
  serve(wanted: Wanted): boolean {
    if (this.exhausted.has(wanted.label)) return false;
    if (this.place(wanted, new Set())) return true;
    this.exhausted.add(wanted.label);
    return false;
  }
  takersOf(place: number): readonly Wanted[] {
    return this.sources[place]?.takers ?? [];
  }

  private place(wanted: Wanted, visited: Set<number>): boolean {
    const open: number[] = [];
    for (const [i, { source, takers }] of this.sources.entries()) {
      if (source.free <= 0 || visited.has(i) || !this.fit(wanted.label, i)) continue;
      if (takers.length < source.free) {
        takers.push(wanted);
        return true;
      }
      open.push(i);
    }
    for (const i of open) {
      if (visited.has(i)) continue;
      visited.add(i);
      const { takers } = this.sources[i] as (typeof this.sources)[number];
      const tried = new Set<string | null>([wanted.label]);
      for (const [at, taker] of [...takers].entries()) {
        if (tried.has(taker.label)) continue;
        tried.add(taker.label);
        if (!this.place(taker, visited)) continue;
        takers[at] = wanted;
        return true;
      }
    }
    return false;
  }
  private fit(label: string | null, place: number): boolean {
    const known = this.fits.get(label) ?? new Map<number, boolean>();
    this.fits.set(label, known);
    const answer = known.get(place);
    if (answer !== undefined) return answer;
    const matcher = this.matchers.get(label) ?? servesLabel(label);
    this.matchers.set(label, matcher);
    const made = matcher((this.sources[place] as (typeof this.sources)[number]).source);
    known.set(place, made);
    return made;
  }
}
