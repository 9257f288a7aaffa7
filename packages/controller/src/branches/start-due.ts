/**
 * Queues builds of heads that are due: so many of one multibranch job wait at once, the next follow as these start. The mark
 * goes in the transaction that queues the build, so nothing is lost and nothing starts twice.
 */
import type { MultibranchConfig } from '@millrace/protocol';
import type { Enqueue } from '../builds/enqueue.ts';
import type { Cause } from '../builds/records.ts';
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Store } from '../store/store.ts';
import type { Revision } from './head.ts';

export interface Starting {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly enqueue: Enqueue;
}

const MERGED_AT_ONCE = 200;

/** Answers how many were queued, and whether some have to wait. */
export async function startDue({ store, write, enqueue }: Starting): Promise<{ readonly queued: number; readonly left: boolean }> {
  const parents = await store.db
    .selectFrom('heads')
    .innerJoin('items', 'items.id', 'heads.parent_id')
    .select(['heads.parent_id as id', 'items.config as config'])
    .distinct()
    .where('heads.due_at', 'is not', null)
    .execute();
  let queued = 0,
    left = false;
  for (const { id, config } of parents) {
    const { startsAtOnce } = parse<MultibranchConfig>(config);
    const waiting = await store.db
      .selectFrom('builds')
      .innerJoin('items', 'items.id', 'builds.item_id')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('builds.state', '=', 'queued')
      .where('items.parent_id', '=', id)
      .executeTakeFirstOrThrow();
    const room = startsAtOnce - Number(waiting.count);
    const due =
      room <= 0
        ? []
        : await store.db
            .selectFrom('heads')
            .select('id')
            .where('parent_id', '=', id)
            .where('due_at', 'is not', null)
            .orderBy('due_at')
            .orderBy('id')
            .limit(room + 1)
            .execute();
    if (room <= 0 || due.length > room) left = true;
    // One that waits already is built at the newer commit: that takes no room.
    const merging = await store.db
      .selectFrom('heads')
      .innerJoin('builds', 'builds.item_id', 'heads.item_id')
      .select('heads.id as id')
      .distinct()
      .where('heads.parent_id', '=', id)
      .where('heads.due_at', 'is not', null)
      .where('builds.state', '=', 'queued')
      .limit(MERGED_AT_ONCE)
      .execute();
    const heads = [...new Set([...due.slice(0, Math.max(0, room)), ...merging].map((h) => h.id))];
    if (heads.length === 0) continue;
    queued += await write(async (tx, wakes) => {
      let count = 0;
      for (const head of heads) {
        const row = await tx.selectFrom('heads').selectAll().where('id', '=', head).executeTakeFirst();
        if (row === undefined || row.due === null || row.item_id === null) continue;
        const revision = parse<Revision>(row.revision);
        await tx.updateTable('heads').set({ due: null, due_at: null, built: row.revision }).where('id', '=', head).execute();
        const item = await tx.selectFrom('items').select('disabled').where('id', '=', row.item_id).executeTakeFirst();
        // Somebody has disabled it meanwhile: as in Jenkins, what came then is not built.
        if (item?.disabled !== 0) continue;
        await enqueue(tx, wakes, {
          item: { id: row.item_id },
          given: {},
          causes: parse<Cause[]>(row.due),
          quietSeconds: null,
          priority: null,
          merge: true,
          lenient: true,
          origin: { revision },
        });
        count++;
      }
      return count;
    });
  }
  return { queued, left };
}
