/** The blob store that the configuration names, by one text. */
import type { Store } from '../store/store.ts';
import type { BlobStore } from './blob-store.ts';
import { DatabaseStore } from './database-store.ts';
import { BlobError } from './errors.ts';
import { FolderStore } from './folder-store.ts';
import { sweepLoose } from './loose-blobs.ts';
import { parseS3Address } from './s3-address.ts';
import { S3Store } from './s3-store.ts';

export interface BlobChoice {
  /**
   * `folder`, `folder:PATH`, `database`, or `s3://BUCKET/PREFIX?endpoint=…&region=…&pathStyle=true`. Null: the folder with
   * SQLite, the database with PostgreSQL, since other controllers have to reach it.
   */
  readonly choice: string | null;
  readonly folder: string;
  readonly store: Store;
  readonly env?: { readonly [name: string]: string | undefined };
}

/** How long an upload may stand still before it is taken for left over. */
export const STALE_MS = 24 * 60 * 60 * 1_000;

/** Throws MR_BLOB_CONFIG with what is wrong. It asks nothing of the store yet: `check` does. */
export function openBlobs({ choice, folder, store, env = process.env }: BlobChoice): BlobStore {
  const wanted = choice ?? (store.engine.shared ? 'database' : 'folder');
  if (wanted === 'folder') return new FolderStore(folder);
  if (wanted === 'database') return new DatabaseStore(store);
  if (wanted.startsWith('s3:')) return new S3Store(parseS3Address(wanted, env));
  if (!wanted.startsWith('folder:')) throw new BlobError('MR_BLOB_CONFIG', wanted, 'it is none of folder, folder:PATH, database, s3://BUCKET/PREFIX');
  const path = wanted.slice('folder:'.length);
  if (!path.startsWith('/')) throw new BlobError('MR_BLOB_CONFIG', wanted, 'the path does not begin with /');
  return new FolderStore(path);
}

/** For the duty `retention`: what uploads have left that nobody goes on with, and what no row names. Answers how many. */
export async function sweepBlobs(store: Store, blobs: BlobStore, now: number): Promise<number> {
  const before = now - STALE_MS;
  return (await blobs.sweep(before)) + (await sweepLoose(store, blobs, before));
}
