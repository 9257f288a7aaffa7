/**
 * Says, in the transaction that changes it, that an ask has an answer. The build may be in some controller's memory, which
 * then looks; or it is parked, and then is taken up again. Called after the row of the answer was changed: see parking.ts for
 * a build that is being parked at the same time.
 */
import type { Tx } from '../../store/store.ts';
import type { Wakes } from '../../store/wakes.ts';
import { askKey } from '../ask-context.ts';

export async function wakeAsk(tx: Tx, wakes: Wakes, build: number, ask: string): Promise<void> {
  wakes.add(`ask ${askKey(build, ask)}`);
  const { numUpdatedRows } = await tx
    .updateTable('builds')
    .set({ parked: 0, wake_at: null })
    .where('id', '=', build)
    .where('parked', '=', 1)
    .executeTakeFirst();
  if (Number(numUpdatedRows) > 0) wakes.add('queue');
}
