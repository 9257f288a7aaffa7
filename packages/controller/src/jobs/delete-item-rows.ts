/** An item and all that is below it, with builds, caches and rights, as rows. */
import { forgetBranches } from '../branches/forget-items.ts';
import { forgetCaches } from '../builds/caches.ts';
import { deleteBuilds } from '../builds/delete-builds.ts';
import { isAtOrBelow } from '../store/below.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

/**
 * Names have to be held. Answers the blobs that go; null with `unlessBusy` where a build of it waits or runs, and nothing is
 * deleted.
 */
export async function deleteItemRows(tx: Tx, wakes: Wakes, id: number, { unlessBusy = false } = {}): Promise<string[] | null> {
  const top = await tx.selectFrom('items').select('full_name').where('id', '=', id).executeTakeFirst();
  if (top === undefined) return [];
  const path = top.full_name;
  const items = await tx.selectFrom('items').select('id').where(isAtOrBelow('full_name', path)).execute();
  const ids = items.map((i) => i.id);
  if (unlessBusy) {
    const open = await tx.selectFrom('builds').select('id').where('item_id', 'in', ids).where('state', 'in', ['queued', 'running']).limit(1).executeTakeFirst();
    if (open !== undefined) return null;
  }
  const builds = await tx.selectFrom('builds').select('id').where('item_id', 'in', ids).execute();
  const blobs = await deleteBuilds(
    tx,
    builds.map((b) => b.id),
  );
  blobs.push(...(await forgetCaches(tx, ids)));
  await forgetBranches(tx, ids);
  await tx.deleteFrom('workspaces').where('item_id', 'in', ids).execute();
  await tx.deleteFrom('grants').where(isAtOrBelow('scope', path)).execute();
  await tx.deleteFrom('triggers').where('item_id', 'in', ids).execute();
  await tx.deleteFrom('watched_repositories').where('item_id', 'in', ids).execute();
  await tx.deleteFrom('credentials').where('item_id', 'in', ids).execute();
  await tx.deleteFrom('favourites').where('item_id', 'in', ids).execute();
  await tx.deleteFrom('items').where('id', 'in', ids).execute();
  for (const item of ids) wakes.add(`job ${item}`);
  wakes.add('queue');
  return blobs;
}
