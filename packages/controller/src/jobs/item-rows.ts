/** Finding folders and jobs in a transaction, and placing new ones. */
import { ApiError } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { CONTAINERS, isJob } from './kinds.ts';

const LONGEST_PATH = 4_000;

/** Throws MR_ITEM_UNKNOWN; MR_REVISION where it is another revision. */
export async function itemOf(tx: Tx, path: string, revision: number | null = null): Promise<Row<'items'>> {
  const row = await tx.selectFrom('items').selectAll().where('full_name', '=', path).where('deleted', '=', 0).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_ITEM_UNKNOWN', path);
  if (revision !== null && row.revision !== revision) throw new ApiError('MR_REVISION');
  return row;
}

/** One that a scan has made: its multibranch job says what it is. */
export function isBranchJob(row: Pick<Row<'items'>, 'kind' | 'config'>): boolean {
  return (
    row.kind === 'pipeline' && row.config.includes('"kind":"branch"') && parse<{ definition?: { kind?: string } }>(row.config).definition?.kind === 'branch'
  );
}

/** Also the job of a repository in an organization folder. */
export async function isMadeByScan(tx: Tx, row: Row<'items'>): Promise<boolean> {
  if (isBranchJob(row)) return true;
  if (row.kind !== 'multibranch' || row.parent_id === null) return false;
  return (await tx.selectFrom('items').select('kind').where('id', '=', row.parent_id).executeTakeFirst())?.kind === 'organization';
}

export async function jobOf(tx: Tx, path: string): Promise<Row<'items'>> {
  const row = await itemOf(tx, path);
  if (!isJob(row.kind)) throw new ApiError('MR_JOB_KIND', `${path} is a ${row.kind}.`);
  return row;
}

/** A folder of any kind. Null: the top. */
export async function containerOf(tx: Tx, path: string | null): Promise<Row<'items'> | null> {
  if (path === null) return null;
  const row = await itemOf(tx, path);
  if (!(CONTAINERS as readonly string[]).includes(row.kind)) throw new ApiError('MR_JOB_KIND', `${path} is no folder.`);
  return row;
}

/** One that people put things into. Null: the top. */
export async function folderOf(tx: Tx, path: string | null): Promise<Row<'items'> | null> {
  if (path === null) return null;
  const row = await itemOf(tx, path);
  if (row.kind !== 'folder') throw new ApiError('MR_JOB_KIND', `${path} is no folder.`);
  return row;
}

/** Names come and go one at a time in the whole installation, so that none comes twice. */
export function holdNames(store: Store, tx: Tx): Promise<void> {
  return store.engine.exclusive(tx, 'item names');
}

/** The full name of something called `name` in a folder. Throws MR_NAME_TAKEN, also where only capitals differ; `except` may have it. */
export async function freeName(tx: Tx, folder: Row<'items'> | null, name: string, except: number | null = null): Promise<string> {
  const full = folder === null ? name : `${folder.full_name}/${name}`;
  if (full.length > LONGEST_PATH) throw new ApiError('MR_NAME', 'The full name is too long.');
  const lower = name.toLowerCase();
  let query = tx
    .selectFrom('items')
    .select(['id', 'name'])
    .where('parent_id', folder === null ? 'is' : '=', folder?.id ?? null);
  // SQLite's lower() knows ASCII alone: the others are compared here.
  if (isAscii(name)) query = query.where((e) => e(e.fn<string>('lower', ['name']), '=', lower));
  const same = (await query.execute()).find((row) => row.id !== except && row.name.toLowerCase() === lower);
  if (same !== undefined) throw new ApiError('MR_NAME_TAKEN', `${same.name} is there.`);
  return full;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
