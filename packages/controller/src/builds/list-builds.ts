/** The builds of a job, the newest first. What has no number yet is listed by the time that it was queued. */
import type { BuildSummary } from '@millrace/protocol';
import { jobOf } from '../jobs/item-rows.ts';
import type { Store } from '../store/store.ts';
import { buildSummary, SUMMARY_COLUMNS } from './build-summary.ts';

export interface BuildFilter {
  readonly state?: BuildSummary['state'] | undefined;
  readonly result?: string | undefined;
}

/** By what `before` counts. */
export function orderOf({ state }: BuildFilter): 'id' | 'number' {
  return state === 'queued' || state === 'cancelled' ? 'id' : 'number';
}

export async function listBuilds({ db }: Store, path: string, filter: BuildFilter, before: number | null, limit: number): Promise<BuildSummary[]> {
  const job = await jobOf(db, path);
  const order = orderOf(filter);
  let query = db.selectFrom('builds').select(SUMMARY_COLUMNS).where('item_id', '=', job.id).orderBy(order, 'desc').limit(limit);
  if (order === 'number') query = query.where('number', 'is not', null);
  if (before !== null) query = query.where(order, '<', before);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.result !== undefined) query = query.where('result', '=', filter.result);
  return (await query.execute()).map(buildSummary);
}
