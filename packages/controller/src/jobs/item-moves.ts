/**
 * Copies, new names, new places. A move changes the full name of everything below, of its builds and what they hold, and of
 * the rights on it, in one transaction; running builds go on, since they know their job by its id.
 */
import { ApiError } from '@millrace/protocol';
import type { Actor } from '../auth/audit.ts';
import { keepScanRows } from '../branches/scan-rows.ts';
import { parse } from '../builds/records.ts';
import { isAtOrBelow, renamed } from '../store/below.ts';
import type { Tx } from '../store/store.ts';
import { freshItem } from './fresh-item.ts';
import type { ItemServices } from './item-changes.ts';
import { startedBy } from './item-changes.ts';
import { folderOf, freeName, holdNames, isBranchJob, isMadeByScan, itemOf } from './item-rows.ts';
import { followMove } from './job-references.ts';

/** Answers the copy's full name. It has no builds; what a Jenkinsfile declared comes along, so that its parameters are known. */
export function copyItem(
  { store, audit, now }: ItemServices,
  actor: Actor,
  path: string,
  to: { readonly folder: string | null; readonly name: string },
): Promise<string> {
  return audit.change(actor, async (tx, wakes, note) => {
    await holdNames(store, tx);
    const source = await itemOf(tx, path);
    if (isBranchJob(source)) throw new ApiError('MR_BRANCH_JOB');
    const folder = await folderOf(tx, to.folder);
    const full = await freeName(tx, folder, to.name);
    const all = await tx.selectFrom('items').selectAll().where(isAtOrBelow('full_name', path)).where('deleted', '=', 0).orderBy('full_name').execute();
    const ids = new Map<number, number>();
    // What scans have made they make again.
    const scanned = new Set(all.filter((row) => row.kind === 'multibranch' || row.kind === 'organization').map((row) => row.full_name));
    const isMade = (name: string): boolean => name.split('/').some((_, i, parts) => i > 0 && scanned.has(parts.slice(0, i).join('/')));
    // Parents before children: the source first, then level by level.
    for (const row of all.sort((a, b) => a.full_name.split('/').length - b.full_name.split('/').length)) {
      const isTop = row.id === source.id;
      if (!isTop && isMade(row.full_name)) continue;
      const { build: _, ...properties } = parse<{ build?: number }>(row.properties);
      const { id } = await tx
        .insertInto('items')
        .values({
          ...freshItem(
            {
              parent_id: isTop ? (folder?.id ?? null) : (ids.get(row.parent_id as number) as number),
              kind: row.kind,
              name: isTop ? to.name : row.name,
              full_name: full + row.full_name.slice(path.length),
              description: row.description,
              config: row.config,
            },
            now(),
          ),
          disabled: row.disabled,
          template: row.template,
          template_version: row.template_version,
          properties: JSON.stringify(properties),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      ids.set(row.id, id);
      wakes.add(`job ${id}`);
      if (scanned.has(row.full_name)) await keepScanRows(tx, wakes, id, parse(row.config), startedBy(actor), now());
    }
    note('item.copy', full, { from: path });
    return full;
  });
}

/** `folder` undefined: where it is. Answers the new full name. */
export function moveItem(
  { store, audit, now }: ItemServices,
  actor: Actor,
  path: string,
  revision: number | null,
  to: { readonly folder?: string | null; readonly name?: string },
): Promise<string> {
  return audit.change(actor, async (tx, wakes, note) => {
    await holdNames(store, tx);
    const row = await itemOf(tx, path, revision);
    if (await isMadeByScan(tx, row)) throw new ApiError('MR_BRANCH_JOB');
    const here = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null;
    const target = to.folder === undefined ? here : to.folder;
    if (target !== null && (target === path || target.startsWith(`${path}/`))) throw new ApiError('MR_NAME', 'A folder cannot be in itself.');
    const folder = await folderOf(tx, target);
    const name = to.name ?? row.name;
    const full = await freeName(tx, folder, name, row.id);
    const moved = await tx.selectFrom('items').select('id').where(isAtOrBelow('full_name', path)).execute();
    await renameAll(tx, path, full);
    if (full !== path) await followMove(tx, wakes, path, full, now());
    await tx
      .updateTable('items')
      .set((e) => ({ parent_id: folder?.id ?? null, name, revision: e('revision', '+', 1), updated_at: now() }))
      .where('id', '=', row.id)
      .execute();
    for (const { id } of moved) wakes.add(`job ${id}`);
    wakes.add('queue');
    note(target === here ? 'item.rename' : 'item.move', full, { from: path });
    return full;
  });
}

async function renameAll(tx: Tx, from: string, to: string): Promise<void> {
  if (from === to) return;
  const ids = tx.selectFrom('items').select('id').where(isAtOrBelow('full_name', from));
  for (const table of ['builds', 'leases'] as const)
    await tx
      .updateTable(table)
      .set({ job: renamed('job', from, to) })
      .where('item_id', 'in', ids)
      .where(isAtOrBelow('job', from))
      .execute();
  // Rights that somebody had on another thing of that name are over with it.
  if (!to.startsWith(`${from}/`) && to.toLowerCase() !== from.toLowerCase()) await tx.deleteFrom('grants').where(isAtOrBelow('scope', to)).execute();
  await tx
    .updateTable('grants')
    .set({ scope: renamed('scope', from, to) })
    .where(isAtOrBelow('scope', from))
    .execute();
  await tx
    .updateTable('items')
    .set({ full_name: renamed('full_name', from, to) })
    .where(isAtOrBelow('full_name', from))
    .execute();
}
