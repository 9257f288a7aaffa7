/** Deleting folders and jobs with their builds. What runs is aborted first where that is wanted; then nothing is deleted yet. */
import { ApiError } from '@millrace/protocol';
import type { Actor } from '../auth/audit.ts';
import { abortRunning, cancelQueued } from '../builds/stop-build.ts';
import { isAtOrBelow } from '../store/below.ts';
import { deleteItemRows } from './delete-item-rows.ts';
import type { ItemServices } from './item-changes.ts';
import { holdNames, itemOf } from './item-rows.ts';

export interface Deletion {
  /** Builds that are being aborted: nothing is deleted yet. */
  readonly aborting: readonly number[];
  readonly blobs: readonly string[];
}

export function deleteItem(
  { store, audit, now }: ItemServices,
  actor: Actor,
  path: string,
  revision: number | null,
  { recursive, abort }: { readonly recursive: boolean; readonly abort: boolean },
): Promise<Deletion> {
  return audit.change(actor, async (tx, wakes, note) => {
    await holdNames(store, tx);
    const row = await itemOf(tx, path, revision);
    const items = await tx.selectFrom('items').select('id').where(isAtOrBelow('full_name', path)).execute();
    if (items.length > 1 && !recursive) throw new ApiError('MR_FOLDER_FULL');
    const ids = items.map((i) => i.id);
    const open = await tx.selectFrom('builds').select(['id', 'state']).where('item_id', 'in', ids).where('state', 'in', ['queued', 'running']).execute();
    if (open.length > 0 && !abort) throw new ApiError('MR_JOB_BUSY', `${open.length} of them.`);
    const aborting: number[] = [];
    for (const { id, state } of open) {
      if (state === 'queued' && (await cancelQueued(tx, wakes, id, now()))) continue;
      if (await abortRunning(tx, wakes, id, { by: actor.user, hard: false })) aborting.push(id);
    }
    if (aborting.length > 0) {
      note('item.abort', path, { builds: aborting.map(String) });
      return { aborting, blobs: [] };
    }
    const builds = await tx
      .selectFrom('builds')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('item_id', 'in', ids)
      .executeTakeFirstOrThrow();
    const blobs = (await deleteItemRows(tx, wakes, row.id)) ?? [];
    note('item.delete', path, { kind: row.kind, items: items.length, builds: Number(builds.count) });
    return { aborting: [], blobs };
  });
}
