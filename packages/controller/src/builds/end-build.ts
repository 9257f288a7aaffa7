/**
 * The end of a build: its result, what it still held, and who waits for it, in one transaction. A build that could not run at
 * all gets its reason into its log, as Jenkins prints it.
 */

import { noteStatus } from '../branches/commit-status.ts';
import { lockTable } from '../queue/lock-table.ts';
import type { Engine } from '../store/engine.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { milestonesAtEnd } from './asks/milestone.ts';
import type { BuildRecordFacts, Cause } from './records.ts';
import { parse } from './records.ts';
import { wakeWaiters } from './waiters.ts';

export interface Ending {
  readonly id: number;
  readonly owner: string;
  readonly epoch: number;
  readonly result: string;
  readonly endedAt: number;
  readonly facts: BuildRecordFacts;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly logBytes: number | null;
  readonly exclusive: Engine['exclusive'];
}

/** False: the build is not this owner's any more, and nothing was done. */
export async function endBuild(tx: Tx, wakes: Wakes, ending: Ending): Promise<boolean> {
  const { id, owner, epoch, result, endedAt, failure } = ending;
  const { keepLog, ...said } = ending.facts;
  const row = await tx.selectFrom('builds').selectAll().where('id', '=', id).where('owner', '=', owner).where('epoch', '=', epoch).executeTakeFirst();
  if (row === undefined || row.state !== 'running') return false;
  const logBytes = failure === null ? ending.logBytes : await tellFailure(tx, id, parse<Cause[]>(row.causes), failure);
  const facts = await mergedFacts(tx, id, said);
  await tx
    .updateTable('builds')
    .set({
      state: 'ended',
      result,
      ended_at: endedAt,
      owner: null,
      parked: 0,
      wake_at: null,
      facts,
      log_bytes: logBytes ?? 0,
      ...(keepLog === true ? { kept: 1 } : {}),
    })
    .where('id', '=', id)
    .execute();
  await noteStatus(tx, wakes, { ...row, facts }, { now: 'ended', result }, endedAt);
  await releaseAll(tx, wakes, ending.exclusive, id);
  if (row.number !== null) await milestonesAtEnd(tx, wakes, ending.exclusive, { id, itemId: row.item_id, number: row.number });
  await wakeWaiters(tx, wakes, id);
  wakes.add(`build ${id}`);
  wakes.add(`job ${row.item_id}`);
  wakes.add('queue');
  return true;
}

/**
 * The JSON of a build's facts with what its program says put over it. A name or a description that only a user has given
 * stays.
 */
export async function mergedFacts(tx: Tx, id: number, said: BuildRecordFacts): Promise<string> {
  const row = await tx.selectFrom('builds').select('facts').where('id', '=', id).executeTakeFirst();
  const known = parse<BuildRecordFacts>(row?.facts ?? '{}');
  const { displayName, description, ...rest } = said;
  return JSON.stringify({
    ...known,
    ...rest,
    ...(displayName == null ? {} : { displayName }),
    ...(description == null ? {} : { description }),
  });
}

/** What an ended build may not hold any longer, whatever became of its program. */
export async function releaseAll(tx: Tx, wakes: Wakes, exclusive: Engine['exclusive'], id: number): Promise<void> {
  // Deleted first: a grant of the scheduler's that is under way is waited for, and then its workspace is seen.
  const leases = await tx.deleteFrom('leases').where('build_id', '=', id).returning(['id', 'node_id']).execute();
  for (const { id: lease, node_id: node } of leases) {
    await tx.updateTable('workspaces').set({ lease: null, ask_id: null }).where('lease', '=', lease).execute();
    if (node !== null) wakes.add(`node ${node}`);
  }
  await tx.deleteFrom('pod_templates').where('build_id', '=', id).execute();
  await tx.deleteFrom('inputs').where('build_id', '=', id).where('state', '=', 'waiting').execute();
  const locks = await tx.selectFrom('locks').select('id').where('build_id', '=', id).execute();
  if (locks.length > 0)
    await lockTable(exclusive).release(
      tx,
      wakes,
      locks.map((l) => l.id),
      Date.now(),
    );
  // Work that still runs is ended on its machine; what has a result is done with.
  // Locked first: a result that another controller is writing is waited for, and then goes too.
  await tx.updateTable('work').set({ cancel: 'killed' }).where('build_id', '=', id).where('kind', '<>', 'lease.end').execute();
  await tx.deleteFrom('work').where('build_id', '=', id).where('result', 'is not', null).execute();
  const open = await tx.selectFrom('work').select('node_id').distinct().where('build_id', '=', id).where('kind', '<>', 'lease.end').execute();
  for (const { node_id } of open) wakes.add(`work ${node_id}`);
}

/** The console of a build whose program could not begin, or could not go on. */
async function tellFailure(tx: Tx, id: number, causes: readonly Cause[], failure: { readonly code: string; readonly message: string }): Promise<number> {
  const last = await tx
    .selectFrom('build_chunks')
    .select(['seq', 'log', 'log_at'])
    .where('build_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const at = last === undefined ? 0 : last.log_at + Buffer.byteLength(last.log ?? '');
  const head = at === 0 ? causes.map((c) => `${c.text}\n`).join('') : '';
  const said = failure.code === 'MR_COMPILATION' ? failure.message : `ERROR: ${failure.code}: ${failure.message}`;
  const text = `${head}${said}\nFinished: FAILURE\n`;
  await tx
    .insertInto('build_chunks')
    .values({
      build_id: id,
      seq: (last?.seq ?? -1) + 1,
      journal: '',
      records: JSON.stringify({ at: Date.now(), pieces: [{ node: '2', length: text.length }] }),
      tree: '',
      log: text,
      log_at: at,
    })
    .execute();
  return at + Buffer.byteLength(text);
}
