/** The check of a store at the start: what a controller does with it, done once with a few bytes. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BlobStore } from './blob-store.ts';
import { BlobError } from './errors.ts';

/** `explain`: an error in the words of who can mend it. Throws MR_BLOB_CONFIG. */
export async function checkByUse(store: BlobStore, choice: string, explain: (error: unknown) => string = (e) => (e as Error).message): Promise<void> {
  const key = `check/${randomUUID()}`;
  const part = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw new BlobError('MR_BLOB_CONFIG', choice, `cannot ${name}: ${explain(error)}`, error);
    }
  };
  await part('write', () => store.put(key, Readable.from([Buffer.from('millrace')]), { size: 8 }));
  await part('read', async () => buffer(await store.read(key)));
  await part('list', async () => {
    for await (const found of store.list(key)) if (found !== key) throw new Error(`found ${found} instead of ${key}`);
  });
  await part('delete', () => store.delete([key]));
}
