/** Takes ended builds out of the database, and their blobs out of the store after it: what is seen is whole. */
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Store, Tx } from '../store/store.ts';
import { parse } from './records.ts';

/** Tables whose rows belong to a build. */
const OF_BUILD = ['build_chunks', 'artifacts', 'stashes', 'tests', 'published', 'inputs', 'downstream', 'milestones'] as const;

/** In a transaction. Answers the blobs that nobody needs any more once it has committed. Builds that run are passed over. */
export async function deleteBuildRows(tx: Tx, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('builds')
    .select(['id', 'record', 'parameters'])
    .where('id', 'in', [...ids])
    .where('state', 'in', ['ended', 'cancelled'])
    .execute();
  const ended = rows.map((r) => r.id);
  if (ended.length === 0) return [];
  const keys = [...(await blobsOf(tx, ended)), ...rows.flatMap((r) => recordBlobs(r.record)), ...rows.flatMap((r) => fileBlobs(r.parameters))];
  for (const table of OF_BUILD) await tx.deleteFrom(table).where('build_id', 'in', ended).execute();
  await tx.deleteFrom('builds').where('id', 'in', ended).execute();
  return keys;
}

/** Artifacts, stashes and published files of builds. */
export async function blobsOf(tx: Tx, ids: readonly number[]): Promise<string[]> {
  const artifacts = await tx
    .selectFrom('artifacts')
    .select('blob')
    .where('build_id', 'in', [...ids])
    .execute();
  const stashes = await tx
    .selectFrom('stashes')
    .select('blob')
    .where('build_id', 'in', [...ids])
    .execute();
  return [...artifacts, ...stashes].map((r) => r.blob);
}

function recordBlobs(record: string | null): string[] {
  return record === null
    ? []
    : Object.values(parse<{ [name: string]: unknown }>(record)).filter((v): v is string => typeof v === 'string' && v.startsWith('builds/'));
}
function fileBlobs(parameters: string): string[] {
  return Object.values(parse<{ [name: string]: unknown }>(parameters)).flatMap((v) => {
    const file = v !== null && typeof v === 'object' ? (v as { $file?: unknown }).$file : undefined;
    return typeof file === 'string' ? [file] : [];
  });
}

/** Both steps. A kill between them leaves blobs that nothing names; the sweep of the blob store finds them. */
export async function deleteBuilds(store: Store, blobs: BlobStore, ids: readonly number[]): Promise<void> {
  const keys = await store.write((tx, wakes) => {
    for (const id of ids) wakes.add(`build ${id}`);
    return deleteBuildRows(tx, ids);
  });
  await blobs.delete(keys);
}
