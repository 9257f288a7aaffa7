/**
 * What a waiting request is told about its node. A reason whose code begins with `cloud-` is the provisioner's: the scheduler
 * leaves it alone, and it is taken back here when the clouds have nothing to say about the request any more.
 */
import type { HeldDuty } from '../fleet/duties.ts';
import type { Timeline } from '../queue/timeline.ts';
import { withEntry } from '../queue/timeline.ts';
import type { Why } from '../queue/why.ts';
import type { Store } from '../store/store.ts';
import type { Decision } from './provision.ts';

export async function tellReasons(
  { store, write, now }: { readonly store: Store; readonly write: HeldDuty['write']; readonly now: () => number },
  told: Decision['timeline'],
): Promise<void> {
  const rows = await store.db.selectFrom('leases').select(['id', 'why', 'timeline']).where('state', '=', 'waiting').execute();
  const reasons = new Map(told.map((t) => [t.lease, t]));
  const changed = rows.filter(({ id, why, timeline }) => {
    const reason = reasons.get(id);
    if (reason === undefined) return isOfCloud(why);
    const known = JSON.parse(timeline) as Timeline;
    return why !== JSON.stringify(reason.why) || withEntry(known, now(), reason.state, reason.why) !== known;
  });
  if (changed.length === 0) return;
  await write(async (tx, wakes) => {
    for (const { id } of changed) {
      const row = await tx.selectFrom('leases').select(['why', 'timeline']).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst();
      if (row === undefined) continue;
      const reason = reasons.get(id);
      const set =
        reason === undefined
          ? { why: null }
          : { why: JSON.stringify(reason.why), timeline: JSON.stringify(withEntry(JSON.parse(row.timeline) as Timeline, now(), reason.state, reason.why)) };
      await tx.updateTable('leases').set(set).where('id', '=', id).where('state', '=', 'waiting').execute();
      if (reason === undefined) wakes.add('queue');
    }
    wakes.add('waiting');
  });
}

function isOfCloud(text: string | null): boolean {
  return text !== null && (JSON.parse(text) as Why).code.startsWith('cloud-');
}
