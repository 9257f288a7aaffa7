/** What the tables of branches hold of items that go. */
import type { Tx } from '../store/store.ts';
import { deleteRuns } from './scan-log.ts';

/** A branch whose job somebody has deleted gets another at the next scan, as in Jenkins; one that is gone is forgotten. */
export async function forgetBranches(tx: Tx, ids: readonly number[]): Promise<void> {
  const all = [...ids];
  await tx.deleteFrom('heads').where('item_id', 'in', all).where('gone_at', 'is not', null).execute();
  await tx.updateTable('heads').set({ item_id: null, looked: null, built: null, due: null, due_at: null }).where('item_id', 'in', all).execute();
  await tx.deleteFrom('heads').where('parent_id', 'in', all).execute();
  await tx.deleteFrom('repositories').where('item_id', 'in', all).where('gone_at', 'is not', null).execute();
  await tx.updateTable('repositories').set({ item_id: null, marker: null }).where('item_id', 'in', all).execute();
  await tx.deleteFrom('repositories').where('parent_id', 'in', all).execute();
  for (const table of ['scans', 'scan_events', 'scan_addresses', 'commit_statuses', 'check_runs', 'merge_comments'] as const)
    await tx.deleteFrom(table).where('item_id', 'in', all).execute();
  const runs = await tx.selectFrom('scan_runs').select('id').where('item_id', 'in', all).execute();
  await deleteRuns(
    tx,
    runs.map((r) => r.id),
  );
}
