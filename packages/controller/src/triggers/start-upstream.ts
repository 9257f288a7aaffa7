/** Triggers that wait for the end of another job's build: what they start is written with that end. */

import type { ResultName } from '@millrace/pipeline/job';
import { RESULTS } from '@millrace/pipeline/job';
import type { Enqueue } from '../builds/enqueue.ts';
import { jobPath } from '../builds/job-path.ts';
import { parse } from '../builds/records.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { start } from './start-timed.ts';
import type { Spec } from './trigger-specs.ts';

const MOST = 1_000;

export interface EndedUpstream {
  readonly job: string;
  readonly number: number | null;
  readonly result: string;
}

export async function startUpstream(tx: Tx, wakes: Wakes, enqueue: Enqueue, { job, number, result }: EndedUpstream): Promise<void> {
  if (number === null) return;
  const found = await tx.selectFrom('triggers').select(['item_id', 'spec']).where('upstream', '=', job).orderBy('item_id').limit(MOST).execute();
  const cause = {
    type: 'hudson.model.Cause$UpstreamCause',
    text: `Started by upstream project "${job}" build number ${number}`,
    data: { upstreamProject: job, upstreamBuild: number, upstreamUrl: jobPath(job) },
  };
  const seen = new Set<number>();
  for (const { item_id, spec } of found) {
    const { threshold } = parse<Extract<Spec, { kind: 'upstream' }>>(spec);
    if (seen.has(item_id) || RESULTS.indexOf(result as ResultName) > RESULTS.indexOf(threshold as ResultName)) continue;
    seen.add(item_id);
    await start(tx, wakes, enqueue, item_id, cause);
  }
}
