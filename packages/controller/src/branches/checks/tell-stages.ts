/**
 * A stage of a build has begun or ended: the check of the whole build is to show it. The row is due again, yet no sooner than
 * `everyMs` after it was said last: what happens meanwhile is said with it, since what a build shows is made when it is sent.
 * Nothing is kept but the row, and a build waits for nothing.
 */
import type { FlowNode } from '@millrace/pipeline';
import { parse } from '../../builds/records.ts';
import type { Row } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { CheckSaid } from './check-said.ts';

/** A request for each: of 5,000 an hour, which the least of installations have, forty such builds leave none. */
export const STAGES_EVERY_MS = 30_000;

export function tellsOfStages(nodes: readonly FlowNode[]): boolean {
  return nodes.some(({ kind, step, label }) => kind === 'body' && label !== null && (step === 'stage' || label.startsWith('Branch: ')));
}

/** One look where the build is told nowhere. */
export async function tellStages(store: Store, build: number, now: number, everyMs: number): Promise<void> {
  const rows = await store.db.selectFrom('check_runs').select(['said']).where('build_id', '=', build).execute();
  if (!rows.some(showsStages)) return;
  await store.write(async (tx, wakes) => {
    const all = await tx.selectFrom('check_runs').select(['build_id', 'commit_hash', 'name', 'said', 'asked_at']).where('build_id', '=', build).execute();
    for (const { build_id, commit_hash, name, asked_at } of all.filter(showsStages)) {
      const at = Math.max(now, asked_at + everyMs);
      await tx
        .updateTable('check_runs')
        .set((e) => ({
          asked: e('asked', '+', 1),
          due_at: e.fn.coalesce('due_at', e.val(at)),
          asked_at: e.case().when('due_at', 'is', null).then(at).else(e.ref('asked_at')).end(),
        }))
        .where((e) => e.and({ build_id, commit_hash, name }))
        .execute();
      wakes.add('check');
    }
  });
}

/** The check of a whole build that runs. */
export function showsStages({ said }: Pick<Row<'check_runs'>, 'said'>): boolean {
  const { output, status } = parse<CheckSaid>(said);
  return output === 'build' && status === 'in_progress';
}
