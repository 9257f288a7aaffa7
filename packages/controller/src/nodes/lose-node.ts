/**
 * A machine that is lost: what it was to do fails with MR_NODE_LOST, which is neither a result nor the user's failure: the build
 * is aborted, as Jenkins cancels the body of a `node` whose agent was removed, and `retry(conditions: [agent()])` takes it up.
 * Lost is a node that was deleted, or whose agent was silent for so long.
 */

import { INTERRUPTED } from '../builds/ask-context.ts';
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import type { StoredResult } from '../builds/asks/work.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

/** As Jenkins waits for an agent that went away. */
export const LOST_MS = 5 * 60_000;
const LOOK_MS = 5_000;

/** What the work on it fails with. */
export interface Loss {
  /** Lost, or ended by what ran there or by a limit that was set for it. */
  readonly code: 'MR_NODE_LOST' | 'MR_POD_ENDED';
  readonly message: string;
}

/** Answers how many pieces of work were given up. */
export async function loseNode(tx: Tx, wakes: Wakes, sealer: Sealer, nodeId: number, err: Loss): Promise<number> {
  const rows = await tx
    .selectFrom('work')
    .select(['id', 'build_id', 'ask_id', 'kind', 'cancel'])
    .where('node_id', '=', nodeId)
    .where('result', 'is', null)
    .execute();
  const result = sealer.seal(JSON.stringify({ err: { ...err, type: INTERRUPTED } } satisfies StoredResult));
  for (const row of rows) {
    if (row.kind === 'lease.end' || row.cancel === 'killed') {
      await tx.deleteFrom('work').where('id', '=', row.id).execute();
      continue;
    }
    await tx.updateTable('work').set({ result }).where('id', '=', row.id).execute();
    await wakeAsk(tx, wakes, row.build_id, row.ask_id);
  }
  return rows.length;
}

export interface LostNodesOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly lostMs?: number;
  readonly onError: (error: unknown) => void;
}

/** Part of the duty `nodes`: looks for agents that were silent for too long. Answers how to stop. */
export function watchLostNodes({ store, sealer, now, lostMs = LOST_MS, onError }: LostNodesOptions): () => void {
  const look = async (): Promise<void> => {
    const before = now() - lostMs;
    const silent = await store.db
      .selectFrom('nodes')
      .select(['id', 'name'])
      .where('seen_at', '<', before)
      .where((e) => e.exists(e.selectFrom('work').select('work.id').whereRef('work.node_id', '=', 'nodes.id').where('work.result', 'is', null)))
      .execute();
    for (const { id, name } of silent)
      await store.write(async (tx, wakes) => {
        const still = await tx.selectFrom('nodes').select('id').where('id', '=', id).where('seen_at', '<', before).executeTakeFirst();
        if (still !== undefined)
          await loseNode(tx, wakes, sealer, id, {
            code: 'MR_NODE_LOST',
            message: `${name} was lost: no word from its agent for ${Math.round(lostMs / 1_000)} s`,
          });
      });
  };
  const timer = setInterval(() => {
    look().catch(onError);
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
