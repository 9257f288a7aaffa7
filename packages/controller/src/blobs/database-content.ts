/** Content in the table blob_parts: pieces of PART bytes under a name of its own, all full but the last. */
import type { Tx } from '../store/store.ts';

/** Small enough for one statement in memory, large enough that the round trips do not count. */
export const PART = 512 * 1024;

export type ContentName = string & { readonly is?: 'content' };

export function contentName(id: string): ContentName {
  return `#${id}`;
}
export function contentOf(pointer: Uint8Array): ContentName {
  return Buffer.from(pointer).toString();
}

export async function pointTo(tx: Tx, key: string, name: ContentName): Promise<void> {
  const data = Buffer.from(name);
  await tx
    .insertInto('blob_parts')
    .values({ key, part: 0, data })
    .onConflict((c) => c.columns(['key', 'part']).doUpdateSet({ data }))
    .execute();
}
/** The names of the content of those keys that are there. */
export async function pointers(db: Tx, keys: readonly string[]): Promise<ContentName[]> {
  const rows = await db.selectFrom('blob_parts').select('data').where('key', 'in', keys).where('part', '=', 0).execute();
  return rows.map((row) => contentOf(row.data));
}
export async function dropContent(tx: Tx, names: readonly ContentName[]): Promise<void> {
  if (names.length > 0) await tx.deleteFrom('blob_parts').where('key', 'in', names).execute();
}

/** Adds at the end, first to the last piece where that is not full. Answers the size after it. */
export async function addToContent(tx: Tx, name: ContentName, size: number, chunk: Uint8Array): Promise<number> {
  let part = Math.floor(size / PART),
    rest = chunk;
  const open = size % PART;
  if (open > 0) {
    const row = await tx.selectFrom('blob_parts').select('data').where('key', '=', name).where('part', '=', part).executeTakeFirstOrThrow();
    const taken = rest.subarray(0, PART - open);
    await tx
      .updateTable('blob_parts')
      .set({ data: Buffer.concat([row.data, taken]) })
      .where('key', '=', name)
      .where('part', '=', part)
      .execute();
    rest = rest.subarray(taken.length);
    part++;
  }
  for (; rest.length > 0; part++) {
    const data = Buffer.from(rest.subarray(0, PART));
    await tx.insertInto('blob_parts').values({ key: name, part, data }).execute();
    rest = rest.subarray(PART);
  }
  return size + chunk.length;
}
