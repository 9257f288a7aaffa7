/** Making folders and jobs, and changing what they say. Answers the full name. */
import type { ItemConfig, NewItem } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Actor, Audit } from '../auth/audit.ts';
import { followConfig } from '../branches/follow-config.ts';
import { keepScanRows } from '../branches/scan-rows.ts';
import { parse } from '../builds/records.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Store } from '../store/store.ts';
import type { Templates } from '../templates/templates.ts';
import { templateColumns } from '../templates/templates.ts';
import { checkConfig } from './check-config.ts';
import { freshItem } from './fresh-item.ts';
import { folderOf, freeName, holdNames, isBranchJob, itemOf } from './item-rows.ts';
import { sealDefaults } from './password-defaults.ts';

export interface ItemServices {
  readonly store: Store;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly templates: Templates;
  readonly now: () => number;
}

/** As a scan's log says it. */
export function startedBy({ user }: Actor): string {
  return `Started by user ${user ?? 'anonymous'}`;
}

export async function createItem({ store, audit, sealer, templates, now }: ItemServices, actor: Actor, request: NewItem): Promise<string> {
  checkConfig(request.kind, request.config);
  await templates.checkJob(request.config, request.folder);
  const config = JSON.stringify(sealDefaults(request.config, null, sealer));
  return audit.change(actor, async (tx, wakes, note) => {
    await holdNames(store, tx);
    const folder = await folderOf(tx, request.folder);
    const full = await freeName(tx, folder, request.name);
    const { kind, name, description } = request;
    const { id } = await tx
      .insertInto('items')
      .values({ ...freshItem({ parent_id: folder?.id ?? null, kind, name, full_name: full, description, config }, now()), ...templateColumns(request.config) })
      .returning('id')
      .executeTakeFirstOrThrow();
    wakes.add(`job ${id}`);
    if ('sources' in request.config || 'source' in request.config) await keepScanRows(tx, wakes, id, request.config, startedBy(actor), now());
    note('item.create', full, { kind });
    return full;
  });
}

export async function configureItem(
  { audit, sealer, templates, now }: ItemServices,
  actor: Actor,
  path: string,
  revision: number | null,
  config: ItemConfig,
): Promise<string> {
  await templates.checkJob(config, path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null);
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await itemOf(tx, path, revision);
    if (isBranchJob(row)) throw new ApiError('MR_BRANCH_JOB');
    checkConfig(row.kind, config);
    await tx
      .updateTable('items')
      .set({
        config: JSON.stringify(sealDefaults(config, parse(row.config), sealer)),
        ...templateColumns(config),
        revision: row.revision + 1,
        updated_at: now(),
      })
      .where('id', '=', row.id)
      .execute();
    if ('sources' in config || 'source' in config) {
      await keepScanRows(tx, wakes, row.id, config, startedBy(actor), now());
      // The Jenkinsfile may be another, and what its jobs say.
      if ('sources' in config) await followConfig(tx, wakes, row.id, config, now());
    }
    wakes.add(`job ${row.id}`);
    wakes.add('queue');
    note('item.configure', path, { revision: row.revision + 1 });
    return path;
  });
}

export async function changeItem(
  { audit, now }: ItemServices,
  actor: Actor,
  path: string,
  revision: number | null,
  change: { readonly description?: string | undefined; readonly disabled?: boolean | undefined },
): Promise<string> {
  if (change.description === undefined && change.disabled === undefined) throw new ApiError('MR_REQUEST', 'Nothing is to be changed.');
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await itemOf(tx, path, revision);
    await tx
      .updateTable('items')
      .set({
        ...(change.description === undefined ? {} : { description: change.description }),
        ...(change.disabled === undefined ? {} : { disabled: change.disabled ? 1 : 0 }),
        revision: row.revision + 1,
        updated_at: now(),
      })
      .where('id', '=', row.id)
      .execute();
    wakes.add(`job ${row.id}`);
    wakes.add('queue');
    note(change.disabled === undefined ? 'item.describe' : change.disabled ? 'item.disable' : 'item.enable', path);
    return path;
  });
}
