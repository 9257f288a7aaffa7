/** How the last builds of jobs went: weather, the last duration, and how long one is expected to take. */
import type { ItemSummary } from '@millrace/protocol';
import { estimatedDuration } from '../queue/estimates.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type Past = Pick<ItemSummary, 'health' | 'lastDurationMs' | 'estimatedMs'>;
export type PastRow = Pick<Row<'builds'>, 'number' | 'state' | 'result' | 'started_at' | 'ended_at'>;

/** Numbers that are looked at; builds that were deleted leave gaps. */
const WINDOW = 12,
  JUDGED = 5;

/** Of each job: by its next number, so that what is kept of older builds costs nothing. */
export async function pastOf(db: Tx, items: readonly number[]): Promise<Map<number, Past>> {
  if (items.length === 0) return new Map();
  const rows = await db
    .selectFrom('items')
    .innerJoin('builds', (join) => join.onRef('builds.item_id', '=', 'items.id').on((e) => e('builds.number', '>=', e('items.next_number', '-', WINDOW))))
    .select(['builds.item_id', 'builds.number', 'builds.state', 'builds.result', 'builds.started_at', 'builds.ended_at'])
    .where('items.id', 'in', [...items])
    .orderBy('builds.item_id')
    .orderBy('builds.number', 'desc')
    .execute();
  const all = new Map<number, PastRow[]>();
  for (const row of rows) {
    const own = all.get(row.item_id);
    if (own === undefined) all.set(row.item_id, [row]);
    else own.push(row);
  }
  return new Map([...all].map(([item, builds]) => [item, judged(builds)]));
}

/** `builds`: the newest first. What was aborted or not built says nothing (Job.getBuildStabilityHealthReport). */
export function judged(builds: readonly PastRow[]): Past {
  const ended = builds.filter((b) => b.state === 'ended' && b.started_at !== null && b.ended_at !== null);
  const telling = ended.filter((b) => b.result === 'SUCCESS' || b.result === 'UNSTABLE' || b.result === 'FAILURE').slice(0, JUDGED);
  const took = (b: PastRow): number => Math.max(0, (b.ended_at ?? 0) - (b.started_at ?? 0));
  const [last] = ended;
  return {
    health: telling.length === 0 ? null : { good: telling.filter((b) => b.result !== 'FAILURE').length, count: telling.length },
    lastDurationMs: last === undefined ? null : took(last),
    estimatedMs: estimatedDuration(ended.map((b) => ({ number: b.number ?? 0, result: b.result as 'SUCCESS', durationMs: took(b) }))),
  };
}

export const NO_PAST: Past = { health: null, lastDurationMs: null, estimatedMs: null };
