/** Artifacts of a build: lists, one file, and an archive that is made while it is sent. */

import type { Readable } from 'node:stream';
import { ApiError } from '@millrace/protocol';
import { sql } from 'kysely';
import { ZipFile } from 'yazl';
import type { BlobStore } from '../blobs/blob-store.ts';
import { isBelow } from '../store/below.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export function listArtifacts({ db }: Store, build: number, folder: string | undefined, after: string | null, limit: number): Promise<Row<'artifacts'>[]> {
  let query = db.selectFrom('artifacts').selectAll().where('build_id', '=', build).orderBy('path').limit(limit);
  if (after !== null) query = query.where('path', '>', after);
  if (folder !== undefined) query = query.where(isBelow('path', folder));
  return query.execute();
}

export async function artifactOf({ db }: Store, build: number, path: string): Promise<Row<'artifacts'>> {
  const row = await db.selectFrom('artifacts').selectAll().where('build_id', '=', build).where('path', '=', path).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_ARTIFACT_UNKNOWN', path);
  return row;
}

const PAGE = 500;

/** `onError`: the archive breaks off. */
export async function archive(
  store: Store,
  blobs: BlobStore,
  build: number,
  folder: string | undefined,
  at: Date,
  onError: (error: unknown) => void,
): Promise<Readable> {
  const first = await listArtifacts(store, build, folder, null, PAGE);
  if (first.length === 0) throw new ApiError('MR_ARTIFACT_UNKNOWN');
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  const fail = (error: unknown): void => {
    onError(error);
    out.destroy(error as Error);
  };
  zip.on('error', fail);
  const add = async (): Promise<void> => {
    for (let rows = first; rows.length > 0; rows = rows.length < PAGE ? [] : await listArtifacts(store, build, folder, rows.at(-1)?.path ?? null, PAGE))
      for (const { path, blob, size } of rows)
        zip.addReadStreamLazy(path, { mtime: at, size, mode: 0o100644 }, (done) => {
          blobs.read(blob).then(
            (content) => {
              content.on('error', fail);
              done(null, content);
            },
            (error: unknown) => {
              fail(error);
            },
          );
        });
    zip.end();
  };
  add().catch(fail);
  return out;
}

export async function fingerprintUses({ db }: Store, md5: string) {
  return db
    .selectFrom('artifacts')
    .innerJoin('builds', 'builds.id', 'artifacts.build_id')
    .select([
      'builds.job as job',
      'builds.number as number',
      'builds.id as build',
      'artifacts.path as path',
      'artifacts.size as size',
      'artifacts.sha256 as sha256',
    ])
    .where('artifacts.md5', '=', md5)
    .where('artifacts.fingerprint', '=', sql.lit(1))
    .orderBy('builds.id')
    .limit(500)
    .execute();
}
