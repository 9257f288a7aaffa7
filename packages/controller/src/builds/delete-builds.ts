/** The rows of builds that go, all of them. Answers the blobs that are noted as unnamed, for `deleteUnnamed` after the commit. */
import type { BlobStore } from '../blobs/blob-store.ts';
import { deleteUnnamed, noteUnnamed } from '../blobs/loose-blobs.ts';
import type { RecordPlace } from '../logs/record-object.ts';
import type { Store, Tx } from '../store/store.ts';
import { parse } from './records.ts';
import { fileBlobs } from './reports.ts';

const BATCH = 500;
const TABLES = [
  'build_chunks',
  'build_records',
  'build_stages',
  'artifacts',
  'stashes',
  'tests',
  'published',
  'inputs',
  'downstream',
  'milestones',
  'locks',
  'work',
  'build_revisions',
  'build_changes',
] as const;

export async function deleteBuilds(tx: Tx, ids: readonly number[]): Promise<string[]> {
  const blobs: string[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const some = ids.slice(at, at + BATCH);
    for (const table of ['artifacts', 'stashes'] as const)
      for (const { blob } of await tx.selectFrom(table).select('blob').where('build_id', 'in', some).execute()) blobs.push(blob);
    const published = await tx.selectFrom('published').select(['build_id', 'ask_id', 'files']).where('build_id', 'in', some).execute();
    blobs.push(...published.flatMap(fileBlobs));
    const rows = await tx
      .selectFrom('builds')
      .select(['parameters', 'record'])
      .where('id', 'in', some)
      .where((e) => e.or([e('record', 'is not', null), e('parameters', 'like', '%"$file"%')]))
      .execute();
    for (const { parameters, record } of rows) {
      for (const value of Object.values(parse<{ [name: string]: unknown }>(parameters))) {
        const key = (value as { $file?: unknown } | null)?.$file;
        if (typeof key === 'string') blobs.push(key);
      }
      const place = record === null ? null : parse<RecordPlace>(record);
      if (place !== null && 'blob' in place) blobs.push(place.blob);
    }
    for (const table of TABLES) await tx.deleteFrom(table).where('build_id', 'in', some).execute();
    await tx.deleteFrom('builds').where('id', 'in', some).execute();
  }
  await noteUnnamed(tx, blobs);
  return blobs;
}

/** Of these what has ended still, with its blobs. */
export async function deleteEndedBuilds(store: Store, blobs: BlobStore, ids: readonly number[]): Promise<void> {
  const keys = await store.write(async (tx, wakes) => {
    const ended = await tx
      .selectFrom('builds')
      .select('id')
      .where('id', 'in', [...ids])
      .where('state', 'in', ['ended', 'cancelled'])
      .where('kept', '=', 0)
      .execute();
    for (const { id } of ended) wakes.add(`build ${id}`);
    return deleteBuilds(
      tx,
      ended.map((r) => r.id),
    );
  });
  await deleteUnnamed(store, blobs, keys);
}
