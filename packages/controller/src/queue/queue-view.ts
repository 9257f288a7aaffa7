/** What waits, and why: builds in the queue, and requests of running builds for a node. */
import type { serverShapes } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { z } from 'zod';
import type { Actor, Audit } from '../auth/audit.ts';
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import { parse } from '../builds/records.ts';
import { cancelQueued } from '../builds/stop-build.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export type QueueItem = z.infer<typeof serverShapes.queueItem>;
export type NodeRequest = z.infer<typeof serverShapes.nodeRequest>;

const MOST = 5_000;

export async function queuedBuilds({ db }: Store): Promise<QueueItem[]> {
  const rows = await db.selectFrom('builds').selectAll().where('state', '=', 'queued').orderBy('id').limit(MOST).execute();
  return rows.map(queueItem);
}

export async function nodeRequests({ db }: Store): Promise<NodeRequest[]> {
  const rows = await db
    .selectFrom('leases')
    .leftJoin('builds', 'builds.id', 'leases.build_id')
    .selectAll('leases')
    .select('builds.number as number')
    .where('leases.state', '=', 'waiting')
    .orderBy('leases.since')
    .orderBy('leases.id')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    build: row.build_id,
    job: row.job,
    number: row.number,
    label: row.label,
    priority: row.priority,
    since: row.since,
    why: row.why === null ? null : parse<NonNullable<NodeRequest['why']>>(row.why),
    timeline: parse<NodeRequest['timeline']>(row.timeline),
  }));
}

/** It stays when the build has started, and when that has ended. */
export async function queueItemOf({ db }: Store, id: number): Promise<QueueItem> {
  const row = await db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_QUEUE_UNKNOWN');
  return queueItem(row);
}

export function queueItem(row: Row<'builds'>): QueueItem {
  return {
    id: row.id,
    job: row.job,
    state: row.state,
    number: row.number,
    result: row.result as QueueItem['result'],
    priority: row.priority,
    since: row.queued_at,
    quietUntil: row.quiet_until,
    why: row.why === null || row.state !== 'queued' ? null : parse<NonNullable<QueueItem['why']>>(row.why),
    timeline: parse<QueueItem['timeline']>(row.timeline),
  };
}

/** Of the request that waits under that id. */
export async function requestJob({ db }: Store, id: string): Promise<string> {
  const row = await db.selectFrom('leases').select('job').where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_QUEUE_UNKNOWN');
  return row.job;
}

/** The step that asks for the node finds its request gone, and fails. */
export function cancelRequest(audit: Audit, actor: Actor, id: string): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await tx.selectFrom('leases').select(['build_id', 'ask_id', 'job']).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst();
    const gone =
      row === undefined ? 0 : Number((await tx.deleteFrom('leases').where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst()).numDeletedRows);
    if (row === undefined || gone === 0) throw new ApiError('MR_QUEUE_UNKNOWN');
    await wakeAsk(tx, wakes, row.build_id, row.ask_id);
    wakes.add('queue');
    note('request.cancel', row.job, { request: id });
  });
}

export function cancelQueueItem(audit: Audit, actor: Actor, id: number, now: () => number): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await tx.selectFrom('builds').select(['job', 'state']).where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new ApiError('MR_QUEUE_UNKNOWN');
    if (!(await cancelQueued(tx, wakes, id, now()))) throw new ApiError(row.state === 'running' ? 'MR_BUILD_RUNNING' : 'MR_BUILD_ENDED');
    note('build.cancel', row.job, { queue: id });
  });
}

/** Of a build that waits: the scheduler looks again. */
export function prioritizeQueueItem(audit: Audit, actor: Actor, id: number, priority: number): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await tx.selectFrom('builds').select(['job', 'state', 'priority']).where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new ApiError('MR_QUEUE_UNKNOWN');
    const { numUpdatedRows } = await tx.updateTable('builds').set({ priority }).where('id', '=', id).where('state', '=', 'queued').executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new ApiError(row.state === 'running' ? 'MR_BUILD_RUNNING' : 'MR_BUILD_ENDED');
    wakes.add('queue');
    note('build.priority', row.job, { queue: id, from: row.priority, to: priority });
  });
}

export function prioritizeRequest(audit: Audit, actor: Actor, id: string, priority: number): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await tx.selectFrom('leases').select(['job', 'priority']).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst();
    const changed =
      row === undefined
        ? 0
        : Number((await tx.updateTable('leases').set({ priority }).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst()).numUpdatedRows);
    if (row === undefined || changed === 0) throw new ApiError('MR_QUEUE_UNKNOWN');
    wakes.add('queue');
    note('request.priority', row.job, { request: id, from: row.priority, to: priority });
  });
}
