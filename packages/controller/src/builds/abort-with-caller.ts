/** As Jenkins: who waits for a build and is aborted aborts it too. */
import type { Store } from '../store/store.ts';
import { CALLER_CANCELLED } from './abort-causes.ts';
import type { AbortRequest } from './records.ts';

export async function abortWithCaller(store: Store, id: number): Promise<void> {
  await store.write(async (tx, wakes) => {
    const row = await tx.selectFrom('builds').select(['state', 'abort']).where('id', '=', id).executeTakeFirst();
    if (row === undefined || row.state === 'ended' || row.state === 'cancelled' || row.abort !== null) return;
    await tx
      .updateTable('builds')
      .set({ abort: JSON.stringify({ by: null, hard: false, because: CALLER_CANCELLED } satisfies AbortRequest), parked: 0 })
      .where('id', '=', id)
      .execute();
    wakes.add(`abort ${id}`);
    wakes.add('queue');
  });
}
