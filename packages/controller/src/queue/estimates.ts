/** How long a build takes, from what its job did before (Job.getEstimatedDuration), and when waiting ones may begin. */
export interface PastBuild {
  readonly number: number;
  /** Null while it runs. */
  readonly result: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED' | null;
  readonly durationMs: number;
}

const CANDIDATES = 3,
  LOOKED_AT = 6;

/**
 * The mean of three: the last successful build, then successful or unstable ones among the last six, then failed ones
 * among these. Null where there is nothing to go by. `builds`: the newest first; the last successful one may follow after a gap.
 */
export function estimatedDuration(builds: readonly PastBuild[]): number | null {
  const isGood = (b: PastBuild): boolean => b.result === 'SUCCESS' || b.result === 'UNSTABLE';
  const last = builds.find(isGood);
  const recent = builds.slice(0, LOOKED_AT).filter((b) => b !== last);
  const candidates = [...(last === undefined ? [] : [last]), ...recent.filter(isGood), ...recent.filter((b) => b.result === 'FAILURE')].slice(0, CANDIDATES);
  const total = candidates.reduce((sum, b) => sum + b.durationMs, 0);
  return total === 0 ? null : Math.round(total / candidates.length);
}

export interface Slot {
  readonly node: string;
  /** When the executor is expected to be free; null: nobody knows. At or before now: it is free. */
  readonly freeAt: number | null;
}
export interface WaitingItem {
  readonly id: string;
  /** Nodes that it may run on. */
  readonly nodes: ReadonlySet<string>;
  readonly estimatedMs: number | null;
}

/**
 * When each waiting item is expected to begin, in the order in which they are given; null: nobody knows. An item whose
 * own length is unknown makes the executor that it takes unknown. For a page of the queue, not for the scheduler: items
 * times executors.
 */
export function expectedStarts(now: number, slots: readonly Slot[], waiting: readonly WaitingItem[]): Map<string, number | null> {
  const free = slots.map(({ node, freeAt }) => ({ node, freeAt: freeAt === null ? null : Math.max(now, freeAt) }));
  const starts = new Map<string, number | null>();
  for (const item of waiting) {
    let first: (typeof free)[number] | null = null;
    for (const slot of free) if (slot.freeAt !== null && item.nodes.has(slot.node) && (first?.freeAt == null || slot.freeAt < first.freeAt)) first = slot;
    const at = first?.freeAt ?? null;
    starts.set(item.id, at);
    if (first !== null && at !== null) first.freeAt = item.estimatedMs === null ? null : at + item.estimatedMs;
  }
  return starts;
}
