/**
 * Which commits have started builds of a job already, whoever told of them: a delivery, a poll, or one after the other. It stands
 * with each trigger of the job that looks at repositories, so that none of them starts a build for what another one has.
 */
import { parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { PollState } from './poll.ts';

/** A commit that a source (watched-sources.ts) has come to; `key` null: the job's own. */
export interface SeenCommit {
  readonly key: string | null;
  /** `refs/heads/main`; null: unknown, or a commit was asked for. */
  readonly ref: string | null;
  readonly commit: string;
}

/** Of the branches of one job's repositories. */
const MOST = 100;

export function hasStarted({ commit, others, started }: PollState, seen: SeenCommit): boolean {
  if (seen.key === null) return commit === seen.commit;
  return others?.[seen.key] === seen.commit || started?.[nameOf(seen)] === seen.commit;
}

/** In the transaction that starts the build. */
export async function noteStarted(tx: Tx, item: number, seen: readonly SeenCommit[]): Promise<void> {
  if (seen.length === 0) return;
  const own = seen.find((one) => one.key === null);
  const others = seen.filter((one) => one.key !== null).map((one) => [nameOf(one), one.commit] as const);
  const rows = await tx.selectFrom('triggers').select(['seq', 'state']).where('item_id', '=', item).where('kind', 'in', ['push', 'poll', 'gitlab']).execute();
  for (const { seq, state } of rows) {
    const before = parse<PollState>(state);
    const kept = Object.entries(before.started ?? {}).filter(([name]) => !others.some(([other]) => other === name));
    const next: PollState = {
      ...before,
      ...(own === undefined ? {} : { commit: own.commit }),
      ...(others.length === 0 ? {} : { started: Object.fromEntries([...kept, ...others].slice(-MOST)) }),
    };
    await tx
      .updateTable('triggers')
      .set({ state: JSON.stringify(next) })
      .where('item_id', '=', item)
      .where('seq', '=', seq)
      .execute();
  }
}

function nameOf({ key, ref }: SeenCommit): string {
  return `${key} ${ref}`;
}
