/**
 * Which resources would serve a request: those that it names, all of a label, or so many of a label. Where several labels
 * compete for a resource, they are matched (augmenting paths), so that what can be served is.
 */
import { LabelExpressionError, parseLabelExpression } from './label-expression.ts';
import type { Resource, Want } from './lock-state.ts';

export interface Pick {
  /** In the order of the wants. Where it is not complete: as much as there is. */
  readonly resources: readonly string[];
  readonly complete: boolean;
}

export function pick(wants: readonly Want[], resources: readonly Resource[], isFree: (resource: Resource) => boolean): Pick {
  const taken = new Map<string, number>();
  let complete = true;
  const byWant = wants.map((want) => matching(want, resources));
  const countOf = (want: Want, i: number): number => (want.resource !== null || want.quantity <= 0 ? (byWant[i] as Resource[]).length : want.quantity);

  // What must be this one and no other.
  wants.forEach((want, i) => {
    const all = byWant[i] as Resource[];
    if (countOf(want, i) > all.length || all.length === 0) complete = false;
    if (want.resource === null && want.quantity > 0) return;
    for (const resource of all) {
      if (!isFree(resource)) complete = false;
      else if (!taken.has(resource.name)) taken.set(resource.name, i);
    }
  });
  const fixed = new Set(taken.keys());
  /** One more for this want; another want that can do with something else may have to. Each want is asked once. */
  const serve = (i: number, asked: Set<number>): boolean => {
    asked.add(i);
    const free = (byWant[i] as Resource[]).filter((r) => !fixed.has(r.name) && isFree(r));
    const found =
      free.find(({ name }) => !taken.has(name)) ??
      free.find(({ name }) => {
        const other = taken.get(name) as number;
        return !asked.has(other) && serve(other, asked);
      });
    if (found !== undefined) taken.set(found.name, i);
    return found !== undefined;
  };
  wants.forEach((want, i) => {
    if (want.resource !== null || want.quantity <= 0) return;
    for (let n = 0; n < want.quantity; n++) {
      if (serve(i, new Set())) continue;
      complete = false;
      break;
    }
  });
  const order = new Map(resources.map((r, i) => [r.name, i]));
  const picked = [...taken].sort(([a, i], [b, j]) => i - j || (order.get(a) as number) - (order.get(b) as number));
  return { resources: picked.map(([name]) => name), complete };
}

/** Every resource that a want could be served by. */
export function matching(want: Want, resources: readonly Resource[]): Resource[] {
  if (want.resource !== null) return resources.filter((r) => r.name === want.resource);
  const matches = labelMatcher(want.label ?? '');
  return resources.filter(matches);
}

/** A label, else an expression of labels (LockableResource.isValidLabel). What is neither matches nothing. */
function labelMatcher(label: string): (resource: Resource) => boolean {
  try {
    const expression = parseLabelExpression(label);
    return ({ labels }) => labels.includes(label) || expression.matches(new Set(labels));
  } catch (e) {
    if (!(e instanceof LabelExpressionError)) throw e;
    return ({ labels }) => labels.includes(label);
  }
}
