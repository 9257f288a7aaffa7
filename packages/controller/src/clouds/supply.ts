/**
 * Which waiting requests nothing will serve: all that existing and coming executors can take are matched with them first, as
 * many as possible at all (augmenting paths), so that no node is made for a request that another one could have been moved for.
 */
import type { LabelExpression } from '../queue/label-expression.ts';
import { parseLabelExpression } from '../queue/label-expression.ts';

export interface Wanted {
  readonly id: string;
  readonly label: string | null;
  /** Clouds whose executors it may not have. */
  readonly without?: readonly string[];
}
/** Executors that are free, or will be. */
export interface Source {
  readonly name: string | null;
  /** Left out: it is of none. */
  readonly cloud?: string;
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
  private readonly places = new Map<string, number>();
  private readonly fits = new Map<string, Map<number, boolean>>();
  private readonly matchers = new Map<string | null, ReturnType<typeof servesLabel>>();
  /** Kinds of requests for which nothing is left. One that found none now finds none later, until there are new executors. */
  private readonly exhausted = new Set<string>();

  /** Answers the place, for `takersOf`. */
  add(source: Source): number {
    this.exhausted.clear();
    this.sources.push({ source, takers: [] });
    return this.sources.length - 1;
  }
  /** Whether it is served, by moving others where needed. */
  serve(wanted: Wanted): boolean {
    const kind = kindOf(wanted);
    if (this.exhausted.has(kind)) return false;
    if (this.place(wanted, new Set())) return true;
    this.exhausted.add(kind);
    return false;
  }
  /** By whom that request is served; null: by none. */
  placeOf(id: string): number | null {
    return this.places.get(id) ?? null;
  }
  takersOf(place: number): readonly Wanted[] {
    return this.sources[place]?.takers ?? [];
  }

  private place(wanted: Wanted, visited: Set<number>): boolean {
    const open: number[] = [];
    for (const [i, { source, takers }] of this.sources.entries()) {
      if (source.free <= 0 || visited.has(i) || !this.fit(wanted, i)) continue;
      if (takers.length < source.free) {
        takers.push(wanted);
        this.places.set(wanted.id, i);
        return true;
      }
      open.push(i);
    }
    for (const i of open) {
      if (visited.has(i)) continue;
      visited.add(i);
      const { takers } = this.sources[i] as (typeof this.sources)[number];
      const tried = new Set([kindOf(wanted)]);
      for (const [at, taker] of [...takers].entries()) {
        if (tried.has(kindOf(taker))) continue;
        tried.add(kindOf(taker));
        if (!this.place(taker, visited)) continue;
        takers[at] = wanted;
        this.places.set(wanted.id, i);
        return true;
      }
    }
    return false;
  }
  private fit(wanted: Wanted, place: number): boolean {
    const { label, without = [] } = wanted;
    const kind = kindOf(wanted);
    const known = this.fits.get(kind) ?? new Map<number, boolean>();
    this.fits.set(kind, known);
    const answer = known.get(place);
    if (answer !== undefined) return answer;
    const matcher = this.matchers.get(label) ?? servesLabel(label);
    this.matchers.set(label, matcher);
    const { source } = this.sources[place] as (typeof this.sources)[number];
    const made = (source.cloud === undefined || !without.includes(source.cloud)) && matcher(source);
    known.set(place, made);
    return made;
  }
}

/** Requests of a kind fit the same executors. */
function kindOf({ label, without = [] }: Wanted): string {
  return `${label === null ? '' : `=${label}`}\n${without.join('\n')}`;
}
