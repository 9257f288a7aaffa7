/**
 * Caches of builds, as rows that name blobs. A cache belongs to the job whose build has saved it: builds of this job alone
 * write there. A build reads those of its own job, then those of the job beside it that its step names. So what the build of a
 * fork or of another branch saves is read by nobody who does not name its job.
 */
import { createHash } from 'node:crypto';
import type { CacheFiles } from '@millrace/pipeline';
import { sql } from 'kysely';
import { claimBlob, noteMaking, noteUnnamed } from '../blobs/loose-blobs.ts';
import { JOBS } from '../jobs/kinds.ts';
import { lengthOf } from '../store/below.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';

/** How much is kept, and for how long. Bytes as they are stored. */
export interface CacheLimits {
  /** Of the caches of one job together, and so of each. */
  readonly jobBytes: number;
  /** Of all jobs; null: no limit. */
  readonly totalBytes: number | null;
  /** Those that nobody has used for so long go. */
  readonly unusedMs: number;
}

export const DEFAULT_CACHE_LIMITS: CacheLimits = { jobBytes: 5 * 2 ** 30, totalBytes: null, unusedMs: 14 * 86_400_000 };

export interface CacheWanted {
  /** The jobs to look in, one after the other. */
  readonly items: readonly number[];
  readonly files: CacheFiles;
  readonly key: string;
  readonly restoreKeys: readonly string[];
}

/** The key itself in the first job that has it, else the newest below the first restore key that has any: job by job. */
export async function findCache({ db }: Store, { items, files, key, restoreKeys }: CacheWanted): Promise<Row<'caches'> | null> {
  for (const item of items) {
    const all = db.selectFrom('caches').selectAll().where('item_id', '=', item).where('files_hash', '=', hashOf(files));
    const exact = await all.where('key', '=', key).executeTakeFirst();
    if (exact !== undefined) return exact;
    for (const prefix of restoreKeys) {
      const newest = await all
        .where(sql<boolean>`substr(key, 1, ${sql.lit(lengthOf(prefix))}) = ${prefix}`)
        .orderBy('created_at', 'desc')
        .orderBy('key')
        .executeTakeFirst();
      if (newest !== undefined) return newest;
    }
  }
  return null;
}

/** A job and the one beside it of that name, where there is one. */
export async function jobsToLookIn({ db }: Store, item: number, beside: string | null): Promise<number[]> {
  if (beside === null) return [item];
  const own = await db.selectFrom('items').select('parent_id').where('id', '=', item).executeTakeFirst();
  const other = await db
    .selectFrom('items')
    .select('id')
    .where('parent_id', own?.parent_id == null ? 'is' : '=', own?.parent_id ?? null)
    .where('name', '=', beside)
    .where('kind', 'in', JOBS)
    .where('deleted', '=', 0)
    .executeTakeFirst();
  return other === undefined || other.id === item ? [item] : [item, other.id];
}

export interface SavedCache {
  readonly build: number;
  readonly files: CacheFiles;
  readonly key: string;
  /** Of what the key holds already. */
  readonly replace: boolean;
  readonly blob: string;
  readonly size: number;
  readonly sha256: string;
  readonly now: number;
}

/** Before the blob is complete. False: the key holds this one already, since the same was done before, or keeps another. */
export async function noteCache(tx: Tx, { build, files, key, replace, blob, now }: SavedCache): Promise<boolean> {
  const row = await rowOf(tx, await jobOf(tx, build), files, key);
  if (row !== undefined && (row.blob === blob || !replace)) return false;
  const noted = await tx.selectFrom('loose_blobs').select('since').where('key', '=', blob).executeTakeFirst();
  if (noted === undefined) await noteMaking(tx, blob, now);
  return true;
}

/** When the blob is there: the key holds it from now on. Answers the blobs that no row names any more, which may be its own. */
export async function nameCache(tx: Tx, wakes: Wakes, { build, files, key, replace, blob, size, sha256, now }: SavedCache): Promise<string[]> {
  const item = await jobOf(tx, build);
  const before = await rowOf(tx, item, files, key);
  if (before?.blob === blob || !(await claimBlob(tx, blob))) return [];
  if (before !== undefined && !replace) {
    await noteUnnamed(tx, [blob]);
    return [blob];
  }
  const row = { blob, size, sha256, build_id: build, created_at: now, used_at: now };
  await tx
    .insertInto('caches')
    .values({ item_id: item, files_hash: hashOf(files), key, ...row })
    .onConflict((c) => c.columns(['item_id', 'files_hash', 'key']).doUpdateSet(row))
    .execute();
  wakes.add(`cache ${item}`);
  if (before === undefined) return [];
  await noteUnnamed(tx, [before.blob]);
  return [before.blob];
}

async function jobOf(tx: Tx, build: number): Promise<number> {
  return (await tx.selectFrom('builds').select('item_id').where('id', '=', build).executeTakeFirstOrThrow()).item_id;
}

function rowOf(tx: Tx, item: number, files: CacheFiles, key: string): Promise<Row<'caches'> | undefined> {
  return tx.selectFrom('caches').selectAll().where('item_id', '=', item).where('files_hash', '=', hashOf(files)).where('key', '=', key).executeTakeFirst();
}

/** The rows of these jobs go, or those of one key, and what they name is noted as unnamed. Answers the blobs. */
export async function forgetCaches(tx: Tx, items: readonly number[], key: string | null = null): Promise<string[]> {
  const ofJobs = tx
    .selectFrom('caches')
    .select('blob')
    .where('item_id', 'in', [...items]);
  const rows = await (key === null ? ofJobs : ofJobs.where('key', '=', key)).execute();
  if (rows.length === 0) return [];
  const going = tx.deleteFrom('caches').where('item_id', 'in', [...items]);
  await (key === null ? going : going.where('key', '=', key)).execute();
  const blobs = rows.map((row) => row.blob);
  await noteUnnamed(tx, blobs);
  return blobs;
}

/** Only what was saved of the same paths fits. */
export function hashOf({ paths, selection }: CacheFiles): string {
  return createHash('sha256')
    .update(JSON.stringify([paths, selection === null ? null : [selection.includes, selection.excludes, selection.defaultExcludes]]))
    .digest('hex')
    .slice(0, 32);
}
