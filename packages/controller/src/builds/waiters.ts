/** Builds that wait for another one, by `build` and `waitForBuild`: rows, so that its start or end wakes them wherever they are. */
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { wakeAsk } from './asks/wake-ask.ts';

/** `downstream.wait`. */
export const UNTIL_END = 1;
export const UNTIL_START = 2;

/** At its end, or where it never starts; with `UNTIL_START` at its start, which others need not know of. */
export async function wakeWaiters(tx: Tx, wakes: Wakes, id: number, wait: number | null = null): Promise<void> {
  const waiting = tx.selectFrom('downstream').select(['build_id', 'ask_id']).where('downstream_id', '=', id);
  const waiters = await (wait === null ? waiting.where('wait', '<>', 0) : waiting.where('wait', '=', wait)).execute();
  for (const waiter of waiters) await wakeAsk(tx, wakes, waiter.build_id, waiter.ask_id);
}
