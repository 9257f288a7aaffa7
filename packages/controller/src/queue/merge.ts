/**
 * A trigger that asks for what is queued already does not make a second build: its causes are added to the queued one, and
 * the shorter of the two quiet periods holds (Queue.scheduleInternal).
 */
export interface ParameterValue {
  readonly name: string;
  /** `string`, `boolean`, `file`, … */
  readonly kind: string;
  readonly value: string | number | boolean | null;
}
export interface MergeRequest<Cause> {
  readonly job: string;
  readonly parameters: readonly ParameterValue[];
  /** It has a script, a revision or a starting stage of its own: a replay, a restart from a stage. */
  readonly isSpecial: boolean;
  readonly causes: readonly Cause[];
  readonly quietUntil: number;
}
export interface Mergeable<Cause> extends MergeRequest<Cause> {
  readonly id: string;
  readonly number: number;
}
export interface Merge<Cause> {
  /** The queued build that the trigger is answered with. */
  readonly id: string;
  readonly causes: readonly Cause[];
  readonly quietUntil: number;
}

/** `queued`: builds that have not started. The oldest that is the same, or null: the trigger makes a build. */
export function mergeTarget<Cause>(request: MergeRequest<Cause>, queued: readonly Mergeable<Cause>[]): Merge<Cause> | null {
  const wanted = identity(request);
  if (wanted === null) return null;
  let target: Mergeable<Cause> | null = null;
  for (const build of queued) {
    if (build.job !== request.job || (target !== null && target.number < build.number)) continue;
    if (identity(build) === wanted) target = build;
  }
  if (target === null) return null;
  return { id: target.id, causes: [...target.causes, ...request.causes], quietUntil: Math.min(target.quietUntil, request.quietUntil) };
}

/** Equal for the same set of parameters, in whatever order. Null: never the same as another; a file's content is not compared. */
function identity({ parameters, isSpecial }: MergeRequest<unknown>): string | null {
  if (isSpecial || parameters.some((p) => p.kind === 'file')) return null;
  return JSON.stringify(parameters.map((p) => JSON.stringify([p.name, p.kind, p.value])).sort());
}
