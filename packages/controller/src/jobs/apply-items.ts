/** Many folders and jobs as they are to be, in one transaction. What is wrong with one holds up none of the others. */
import { isDeepStrictEqual } from 'node:util';
import type { ApplyOutcome, NewItem } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Actor } from '../auth/audit.ts';
import { followConfig } from '../branches/follow-config.ts';
import { keepScanRows } from '../branches/scan-rows.ts';
import { parse } from '../builds/records.ts';
import { readOnce } from '../templates/read-once.ts';
import { templateColumns, templateOf } from '../templates/templates.ts';
import { checkConfig } from './check-config.ts';
import { freshItem } from './fresh-item.ts';
import type { ItemServices } from './item-changes.ts';
import { startedBy } from './item-changes.ts';
import { folderOf, freeName, holdNames, isBranchJob } from './item-rows.ts';
import { sameDefaults, sealDefaults } from './password-defaults.ts';

type Outcome = ApplyOutcome['items'][number];
type Prepared = { readonly item: NewItem; readonly path: string; readonly error: ApiError | null };

export interface ApplyOptions {
  /** Nothing is written. */
  readonly dryRun: boolean;
  /** Folders that a dry run takes for made. */
  readonly assumed: readonly string[];
  /** Throws what the user is to be told where this may not be. */
  readonly may: (item: NewItem, path: string, isThere: boolean) => void;
}

export async function applyItems(
  services: ItemServices,
  actor: Actor,
  items: readonly NewItem[],
  { dryRun, assumed, may }: ApplyOptions,
): Promise<ApplyOutcome> {
  const { store, audit, sealer, now } = services;
  const prepared = await prepare(services, items);
  return audit.change(actor, async (tx, wakes, note) => {
    if (!dryRun) await holdNames(store, tx);
    const outcomes: Outcome[] = [];
    const folders = new Set(assumed);
    let woken = false;
    const applyOne = async ({ item, path, error }: Prepared): Promise<'created' | 'changed' | 'unchanged'> => {
      const row = await tx.selectFrom('items').selectAll().where('full_name', '=', path).where('deleted', '=', 0).executeTakeFirst();
      may(item, path, row !== undefined);
      if (error !== null) throw error;
      const { kind, name, description } = item;
      if (row === undefined) {
        if (dryRun && item.folder !== null && folders.has(item.folder)) return 'created';
        const folder = await folderOf(tx, item.folder);
        await freeName(tx, folder, name);
        if (dryRun) return 'created';
        const config = JSON.stringify(sealDefaults(item.config, null, sealer));
        const fresh = freshItem({ parent_id: folder?.id ?? null, kind, name, full_name: path, description, config }, now());
        const { id } = await tx
          .insertInto('items')
          .values({ ...fresh, ...templateColumns(item.config) })
          .returning('id')
          .executeTakeFirstOrThrow();
        wakes.add(`job ${id}`);
        if ('sources' in item.config || 'source' in item.config) await keepScanRows(tx, wakes, id, item.config, startedBy(actor), now());
        note('item.create', path, { kind });
        return 'created';
      }
      if (isBranchJob(row)) throw new ApiError('MR_BRANCH_JOB');
      if (row.kind !== kind) throw new ApiError('MR_JOB_KIND', `${path} is a ${row.kind}.`);
      const before = parse<object>(row.config);
      const config = sealDefaults(sameDefaults(item.config, before, sealer), before, sealer);
      if (row.description === description && isDeepStrictEqual(JSON.parse(JSON.stringify(config)), before)) return 'unchanged';
      if (dryRun) return 'changed';
      await tx
        .updateTable('items')
        .set({ description, config: JSON.stringify(config), ...templateColumns(config), revision: row.revision + 1, updated_at: now() })
        .where('id', '=', row.id)
        .execute();
      if ('sources' in config || 'source' in config) {
        await keepScanRows(tx, wakes, row.id, config, startedBy(actor), now());
        if ('sources' in config) await followConfig(tx, wakes, row.id, config, now());
      }
      wakes.add(`job ${row.id}`);
      woken = true;
      note('item.configure', path, { revision: row.revision + 1 });
      return 'changed';
    };
    for (const one of prepared)
      try {
        const outcome = await applyOne(one);
        if (one.item.kind === 'folder') folders.add(one.path);
        outcomes.push({ path: one.path, outcome, code: null, detail: null, errors: [] });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        outcomes.push({ path: one.path, outcome: 'refused', code: error.code, detail: error.detail ?? error.message, errors: [...error.errors] });
      }
    if (woken) wakes.add('queue');
    return { items: outcomes };
  });
}

/** What asks repositories is done before the transaction. */
async function prepare({ templates }: ItemServices, items: readonly NewItem[]): Promise<Prepared[]> {
  const read = readOnce(templates);
  return Promise.all(
    items.map(async (item) => {
      const path = item.folder === null ? item.name : `${item.folder}/${item.name}`;
      try {
        checkConfig(item.kind, item.config);
        const definition = templateOf(item.config);
        if (definition !== null) {
          const errors = await templates.problems(await read(definition, item.folder), item.folder, definition.parameters);
          if (errors.length > 0) throw new ApiError('MR_REQUEST', `${errors[0]?.pointer}: ${errors[0]?.detail}`, { errors });
        }
        return { item, path, error: null };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { item, path, error };
      }
    }),
  );
}
