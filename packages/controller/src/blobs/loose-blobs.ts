/**
 * Blobs that no row names, written down so that none is left for ever whoever is killed: one that is being made is noted
 * before its first byte, and claimed in the transaction that names it; one that is to go is noted in the transaction that
 * forgets it. What stays noted is given up after a while. What is given up cannot be claimed any more, so it can be deleted.
 */
import type { Store, Tx } from '../store/store.ts';
import type { BlobStore } from './blob-store.ts';

const PAGE = 500;

/** Before a blob is written: it can be claimed. */
export async function noteMaking(tx: Tx, key: string, now: number): Promise<void> {
  await tx.insertInto('loose_blobs').values({ key, since: now }).execute();
}
/** A row of this transaction names it from now on. False: it was given up, and may be gone. */
export async function claimBlob(tx: Tx, key: string): Promise<boolean> {
  return Number((await tx.deleteFrom('loose_blobs').where('key', '=', key).where('since', '>', 0).executeTakeFirst()).numDeletedRows) === 1;
}

/** Nothing names them any more, from this transaction on. */
export async function noteUnnamed(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const some of pages(keys))
    await tx
      .insertInto('loose_blobs')
      .values(some.map((key) => ({ key, since: 0 })))
      .onConflict((c) => c.column('key').doUpdateSet({ since: 0 }))
      .execute();
}

/** One that was not claimed, and will not be. */
export async function giveUpBlob(store: Store, blobs: BlobStore, key: string): Promise<void> {
  const { numUpdatedRows } = await store.write((tx) => tx.updateTable('loose_blobs').set({ since: 0 }).where('key', '=', key).executeTakeFirst());
  if (Number(numUpdatedRows) > 0) await deleteUnnamed(store, blobs, [key]);
}

/** Of blobs that were noted as unnamed. What it does not get to is deleted by the sweep. */
export async function deleteUnnamed(store: Store, blobs: BlobStore, keys: readonly string[]): Promise<void> {
  for (const some of pages(keys)) {
    await blobs.delete(some);
    await store.write((tx) => tx.deleteFrom('loose_blobs').where('key', 'in', some).where('since', '=', 0).execute());
  }
}

/** Deletes what was noted before `olderThan` (ms since 1970), and all that is unnamed. Answers how many. */
export async function sweepLoose(store: Store, blobs: BlobStore, olderThan: number): Promise<number> {
  for (let swept = 0; ; ) {
    const rows = await store.db.selectFrom('loose_blobs').select('key').where('since', '<', olderThan).orderBy('key').limit(PAGE).execute();
    const keys = rows.map((row) => row.key);
    if (keys.length === 0) return swept;
    await store.write((tx) => tx.updateTable('loose_blobs').set({ since: 0 }).where('key', 'in', keys).where('since', '<', olderThan).execute());
    await deleteUnnamed(store, blobs, keys);
    swept += keys.length;
  }
}

function* pages(keys: readonly string[]): Generator<string[]> {
  for (let at = 0; at < keys.length; at += PAGE) yield keys.slice(at, at + PAGE);
}
