/**
 * Check runs as rows: written in the transaction of what they tell of, sent by the duty `checks` when it can. A run is of one
 * build, one commit and one name; what is said later goes in place of what was said before, but for annotations, which add up.
 */
import { randomUUID } from 'node:crypto';
import { parse } from '../../builds/records.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { Wakes } from '../../store/wakes.ts';
import type { StatusTarget } from '../build-place.ts';
import type { CheckSaid } from './check-said.ts';
import { MOST_ANNOTATIONS } from './check-said.ts';

export interface NewCheck {
  readonly build: Pick<Row<'builds'>, 'id' | 'item_id'>;
  readonly target: StatusTarget;
  readonly commit: string;
  readonly name: string;
  readonly said: Omit<CheckSaid, 'asks' | 'startedAt' | 'completedAt'>;
  /** The ask that says it; null: the build's own state does. */
  readonly ask: string | null;
}

export async function putCheck(tx: Tx, wakes: Wakes, { build, target, commit, name, said, ask }: NewCheck, now: number): Promise<void> {
  const row = await tx
    .selectFrom('check_runs')
    .select(['said', 'asked'])
    .where('build_id', '=', build.id)
    .where('commit_hash', '=', commit)
    .where('name', '=', name)
    .executeTakeFirst();
  const before = row === undefined ? null : parse<CheckSaid>(row.said);
  if (ask !== null && before?.asks.includes(ask) === true) return;
  const whole: CheckSaid = {
    ...said,
    annotations: [...(before?.annotations ?? []), ...said.annotations].slice(0, MOST_ANNOTATIONS),
    startedAt: before?.startedAt ?? (said.status === 'queued' ? null : now),
    completedAt: said.status === 'completed' ? now : null,
    asks: [...(before?.asks ?? []), ...(ask === null ? [] : [ask])],
  };
  const values = {
    item_id: build.item_id,
    target: JSON.stringify(target),
    said: JSON.stringify(whole),
    attempts: 0,
    due_at: now,
    asked_at: now,
    failure: null,
  };
  const key = { build_id: build.id, commit_hash: commit, name };
  await tx
    .insertInto('check_runs')
    .values({ ...key, external_id: randomUUID(), remote_id: null, annotated: 0, open: 0, asked: 1, ...values })
    .onConflict((c) => c.columns(['build_id', 'commit_hash', 'name']).doUpdateSet((e) => ({ ...values, asked: e('check_runs.asked', '+', 1) })))
    .execute();
  wakes.add('check');
}

/**
 * The build has ended: what it left unfinished is finished as it was, and rows that have said all go. Jenkins leaves a check that
 * `withChecks` has begun and nobody has ended in progress for ever.
 */
export async function closeChecks(
  tx: Tx,
  wakes: Wakes,
  build: Pick<Row<'builds'>, 'id'>,
  { commit, conclusion, now }: { readonly commit: string; readonly conclusion: CheckSaid['conclusion']; readonly now: number },
): Promise<void> {
  const rows = await tx.selectFrom('check_runs').selectAll().where('build_id', '=', build.id).where('commit_hash', '=', commit).execute();
  for (const row of rows) {
    const said = parse<CheckSaid>(row.said);
    const own = { build_id: row.build_id, commit_hash: row.commit_hash, name: row.name };
    if (said.status !== 'completed') {
      const ended: CheckSaid = { ...said, status: 'completed', conclusion, completedAt: now };
      await tx
        .updateTable('check_runs')
        .set((e) => ({ said: JSON.stringify(ended), asked: e('asked', '+', 1), due_at: row.due_at ?? now, asked_at: now }))
        .where((e) => e.and(own))
        .execute();
    } else if (row.due_at === null) {
      await tx
        .deleteFrom('check_runs')
        .where((e) => e.and(own))
        .where('due_at', 'is', null)
        .execute();
    } else {
      // Whoever sends it just now may have seen the build run still, and would keep the row: it looks again.
      await tx
        .updateTable('check_runs')
        .set((e) => ({ asked: e('asked', '+', 1), due_at: row.due_at }))
        .where((e) => e.and(own))
        .execute();
    }
  }
  if (rows.length > 0) wakes.add('check');
}
