/**
 * Milestones of one job: builds pass each in the order of their numbers (MilestoneStepExecution).
 *
 * - When a build passes a milestone, all older running builds that have not passed it are cancelled.
 * - When a build ends that has passed one, older builds that have not got beyond that one are cancelled.
 * - A build that comes to a milestone which a newer one has passed is superseded. In Jenkins that cannot happen, for the
 *   cancelling reaches it first; here it may, since a cancelled build may be on another controller. So newer builds that
 *   have ended are remembered as long as an older one runs.
 */
export interface Milestones {
  /** The last milestone of each build that runs; null: none yet. */
  readonly running: ReadonlyMap<number, number | null>;
  /** Ended builds that an older running one could still meet. */
  readonly ended: ReadonlyMap<number, number>;
}
export interface MilestoneOutcome {
  readonly state: Milestones;
  /** Builds to cancel with `Superseded by #…` and the result NOT_BUILT. */
  readonly cancel: readonly { readonly build: number; readonly by: number }[];
  /** The build that asked must end itself: this newer one has passed. */
  readonly supersededBy: number | null;
}

export const NO_MILESTONES: Milestones = { running: new Map(), ended: new Map() };

export function buildStarted(state: Milestones, build: number): Milestones {
  return state.running.has(build) ? state : { ...state, running: new Map(state.running).set(build, null) };
}

/** The same build may ask for the same milestone again: a resumed one does. */
export function passMilestone(state: Milestones, build: number, ordinal: number): MilestoneOutcome {
  const before = state.running.get(build) ?? null;
  const newer = [
    ...[...state.running].filter(([other, passed]) => other > build && passed !== null && passed >= ordinal),
    ...[...state.ended].filter(([other, passed]) => other > build && (before === null || before <= passed)),
  ];
  if (newer.length > 0) return { state, cancel: [], supersededBy: Math.min(...newer.map(([other]) => other)) };
  const next = { ...state, running: new Map(state.running).set(build, before === null ? ordinal : Math.max(before, ordinal)) };
  return { state: next, cancel: olderThan(next, build, ordinal), supersededBy: null };
}

export function buildEnded(state: Milestones, build: number): MilestoneOutcome {
  const last = state.running.get(build) ?? null,
    running = new Map(state.running),
    ended = new Map(state.ended);
  running.delete(build);
  if (last !== null) ended.set(build, last);
  const oldest = Math.min(...running.keys());
  for (const [number, passed] of ended) {
    const isOutdone = [...ended].some(([other, more]) => other > number && more >= passed);
    if (number < oldest || isOutdone) ended.delete(number);
  }
  const next = { running, ended };
  return { state: next, cancel: last === null ? [] : olderThan(next, build, last + 1), supersededBy: null };
}

function olderThan({ running }: Milestones, build: number, ordinal: number): { build: number; by: number }[] {
  return [...running]
    .filter(([other, passed]) => other < build && (passed === null || passed < ordinal))
    .map(([other]) => ({ build: other, by: build }))
    .sort((a, b) => a.build - b.build);
}
