/**
 * Who gets which resources: a pure function, after lockable-resources. A wait is for several wants at once, all or nothing.
 *
 * Order: the higher priority first, then who has waited longest; among waits that ask for `inverse` the newest build first.
 * A wait that cannot be served RESERVES what it could have now: who comes later gets none of it. So one that wants many is
 * not starved by a stream of those who want few; and since nobody holds a part of what it wants, nobody waits in a circle.
 */
export interface Resource {
  readonly name: string;
  readonly labels: readonly string[];
  /** Kept by a person. */
  readonly reserved: boolean;
}

/** One of `resource` and `label` is given. `quantity` 0: all with that label. */
export interface Want {
  readonly resource: string | null;
  readonly label: string | null;
  readonly quantity: number;
}

export interface LockWait {
  readonly id: string;
  readonly wants: readonly Want[];
  readonly priority: number;
  readonly inverse: boolean;
  readonly since: number;
  readonly build: number;
  /** Does not wait. */
  readonly skip: boolean;
}

export interface LockGrant {
  readonly id: string;
  readonly resources: readonly string[];
}

/** `held`: names that somebody holds. Resources by name that are not declared count as there and free. */
export function grantLocks(resources: readonly Resource[], held: ReadonlySet<string>, waits: readonly LockWait[]): readonly LockGrant[] {
  const taken = new Set(held);
  for (const resource of resources) if (resource.reserved) taken.add(resource.name);
  const grants: LockGrant[] = [];
  for (const wait of inOrder(waits)) {
    const { chosen, complete } = choose(wait, resources, taken);
    if (complete) grants.push({ id: wait.id, resources: chosen });
    if (complete || !wait.skip) for (const name of chosen) taken.add(name);
  }
  return grants;
}

function inOrder(waits: readonly LockWait[]): LockWait[] {
  return [...waits].sort((a, b) => {
    if (a.priority !== b.priority) return b.priority - a.priority;
    if (a.inverse && b.inverse && a.build !== b.build) return b.build - a.build;
    return a.since - b.since || (a.id < b.id ? -1 : 1);
  });
}

/** What it can have now, and whether that is all. */
function choose(wait: LockWait, resources: readonly Resource[], taken: ReadonlySet<string>): { chosen: string[]; complete: boolean } {
  const chosen: string[] = [];
  let complete = true;
  for (const want of wait.wants) {
    if (want.resource !== null) {
      if (chosen.includes(want.resource)) continue;
      if (taken.has(want.resource)) complete = false;
      else chosen.push(want.resource);
      continue;
    }
    const labelled = resources.filter((r) => r.labels.includes(want.label as string));
    const wanted = want.quantity > 0 ? want.quantity : labelled.length;
    const free = labelled.filter((r) => !taken.has(r.name) && !chosen.includes(r.name)).slice(0, wanted);
    chosen.push(...free.map((r) => r.name));
    if (free.length < wanted || wanted === 0) complete = false;
  }
  return { chosen, complete };
}
