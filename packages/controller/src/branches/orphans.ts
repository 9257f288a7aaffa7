/**
 * Jobs whose branch (or repository) is gone: deleted by age and number, as the folder plug-in's DefaultOrphanedItemStrategy
 * does. One that a build of runs or waits stays until that has ended.
 */
import type { Orphans } from '@millrace/protocol';
import type { HeldDuty } from '../fleet/duties.ts';
import { deleteItemRows } from '../jobs/delete-item-rows.ts';
import type { Store, Tx } from '../store/store.ts';
import type { ScanLog } from './scan-log.ts';

const DAY_MS = 86_400_000,
  BATCH = 50;

export interface Pruning {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly parent: { readonly id: number };
  readonly orphans: Orphans;
  readonly table: 'heads' | 'repositories';
  readonly log: ScanLog;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly deleteBlobs: (keys: readonly string[]) => Promise<void>;
}

export async function pruneOrphans({ store, write, parent, orphans, table, log, now, signal, deleteBlobs }: Pruning): Promise<void> {
  if (!orphans.prune) return;
  const before = orphans.days === null ? now() + 1 : now() - orphans.days * DAY_MS;
  const skipped: string[] = [];
  for (;;) {
    signal.throwIfAborted();
    const due = await dueItems(store.db, { parent: parent.id, table, orphans, before, skipped });
    if (due.length === 0) return;
    const blobs = await log.write(write, async (tx, wakes, print) => {
      await store.engine.exclusive(tx, 'item names');
      const gone: string[] = [];
      for (const { item, path } of due) {
        const deleted = await deleteItemRows(tx, wakes, item, { unlessBusy: true });
        if (deleted === null) {
          skipped.push(path);
          continue;
        }
        gone.push(...deleted);
        print(`Will remove ${path}`);
      }
      return gone;
    });
    await deleteBlobs(blobs);
  }
}

interface Due {
  readonly item: number;
  readonly path: string;
}

/** By age where there is one, by number where there is one; with neither, all. */
async function dueItems(
  db: Tx,
  { parent, table, orphans, before, skipped }: { parent: number; table: Pruning['table']; orphans: Orphans; before: number; skipped: readonly string[] },
): Promise<Due[]> {
  const query = db
    .selectFrom(table)
    .innerJoin('items', 'items.id', `${table}.item_id`)
    .select(['items.id as item', 'items.full_name as path'])
    .where(`${table}.parent_id`, '=', parent)
    .where(`${table}.gone_at`, 'is not', null)
    .$if(skipped.length > 0, (q) => q.where('items.full_name', 'not in', skipped.slice(0, 1_000)));
  const found = new Map<number, Due>();
  if (orphans.days !== null || orphans.number === null)
    for (const row of await query.where(`${table}.gone_at`, '<', before).orderBy(`${table}.gone_at`).limit(BATCH).execute()) found.set(row.item, row);
  if (orphans.number !== null)
    for (const row of await query.orderBy(`${table}.gone_at`, 'desc').offset(orphans.number).limit(BATCH).execute()) found.set(row.item, row);
  return [...found.values()];
}
