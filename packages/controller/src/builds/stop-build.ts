/** Taking a build out of the queue, and telling a running one to end. */

import { noteStatus } from '../branches/commit-status.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { AbortRequest } from './records.ts';
import { wakeWaiters } from './waiters.ts';

/** False: it waits no longer. Whoever waits for it is told. */
export async function cancelQueued(tx: Tx, wakes: Wakes, id: number, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('builds')
    .set({ state: 'cancelled', result: 'NOT_BUILT', ended_at: at, why: null })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  await wakeWaiters(tx, wakes, id);
  const row = await tx.selectFrom('builds').select(['id', 'item_id', 'job', 'number', 'origin']).where('id', '=', id).executeTakeFirstOrThrow();
  const { item_id } = row;
  await noteStatus(tx, wakes, row, { now: 'ended', result: 'ABORTED' }, at);
  wakes.add(`build ${id}`);
  wakes.add(`job ${item_id}`);
  wakes.add('queue');
  return true;
}

/** False: it does not run. A hard request takes the place of a soft one, never the reverse. */
export async function abortRunning(tx: Tx, wakes: Wakes, id: number, request: AbortRequest): Promise<boolean> {
  const row = await tx.selectFrom('builds').select(['state', 'abort']).where('id', '=', id).executeTakeFirst();
  if (row?.state !== 'running') return false;
  const before = row.abort === null ? null : (JSON.parse(row.abort) as AbortRequest);
  if (before !== null && (before.hard || !request.hard)) return true;
  const { numUpdatedRows } = await tx
    .updateTable('builds')
    .set({ abort: JSON.stringify(request), parked: 0 })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  wakes.add(`abort ${id}`);
  wakes.add(`build ${id}`);
  wakes.add('queue');
  return true;
}
