/** The rows of builds that go, all of them. Answers the blobs that nothing refers to any more. */
import type { Tx } from '../store/store.ts';
import { parse } from './records.ts';

const BATCH = 500;
const TABLES = ['build_chunks', 'artifacts', 'stashes', 'tests', 'published', 'inputs', 'downstream', 'milestones', 'locks', 'work'] as const;

export async function deleteBuilds(tx: Tx, ids: readonly number[]): Promise<string[]> {
  const blobs: string[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const some = ids.slice(at, at + BATCH);
    for (const table of ['artifacts', 'stashes'] as const)
      for (const { blob } of await tx.selectFrom(table).select('blob').where('build_id', 'in', some).execute()) blobs.push(blob);
    for (const { parameters } of await tx.selectFrom('builds').select('parameters').where('id', 'in', some).where('parameters', 'like', '%"$file"%').execute())
      for (const value of Object.values(parse<{ [name: string]: unknown }>(parameters))) {
        const key = (value as { $file?: unknown } | null)?.$file;
        if (typeof key === 'string') blobs.push(key);
      }
    for (const table of TABLES) await tx.deleteFrom(table).where('build_id', 'in', some).execute();
    await tx.deleteFrom('builds').where('id', 'in', some).execute();
  }
  return blobs;
}
