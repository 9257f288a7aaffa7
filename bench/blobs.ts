/** Blob stores: how fast large blobs come and go, and how many small ones. S3 is the server of the tests, in memory, so it shows our side's cost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { BlobStore } from '../packages/controller/src/blobs/blob-store.ts';
import { openBlobs } from '../packages/controller/src/blobs/open-blobs.ts';
import { content, factsOf } from '../packages/controller/src/blobs/testing/content.ts';
import { startS3 } from '../packages/controller/src/blobs/testing/s3-server.ts';
import { Store } from '../packages/controller/src/store/store.ts';
import { TestPostgres } from '../packages/controller/src/store/testing/databases.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { timed } from './benchmark.ts';

const MEGABYTES = 128;
const SMALL = 300;
const PIECE = 4 * 1024 * 1024;

export const blobs: Benchmark = {
  name: 'blobs',
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const s3 = await startS3('bench');
    Object.assign(process.env, s3.env);
    const postgres = new TestPostgres();
    const sqlite = await Store.open({ url: null, folder, origin: 'bench' });
    const shared = await Store.open({ url: await postgres.database(), folder, origin: 'bench' });
    try {
      const figures: Figure[] = [];
      for (const [name, choice, store] of [
        ['folder', `folder:${folder}/blobs`, sqlite],
        ['SQLite', 'database', sqlite],
        ['PostgreSQL', 'database', shared],
        ['S3', `s3://bench?endpoint=${s3.endpoint}`, sqlite],
      ] as const) {
        const opened = openBlobs({ choice, folder, store });
        figures.push(...(await measure(name, opened)));
        await opened.close();
      }
      return { figures };
    } finally {
      await sqlite.close();
      await shared.close();
      await postgres.stop();
      await s3.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(name: string, store: BlobStore): Promise<Figure[]> {
  const bytes = content(MEGABYTES * 1_000_000);
  const speed = async (work: () => Promise<unknown>): Promise<number> => (MEGABYTES * 1_000) / (await timed(work));
  const put = await speed(() => store.put('large', Readable.from(slices(bytes), { objectMode: false })));
  const read = await speed(async () => {
    for await (const _ of await store.read('large')) {
      /* it is read */
    }
  });
  const staged = await speed(async () => {
    for (let at = 0; at < bytes.length; ) at = await store.append('staged', at, bytes.subarray(at, at + PIECE));
    await store.complete('staged', factsOf(bytes));
  });
  const small = content(2_000);
  const one = await timed(async () => {
    for (let i = 0; i < SMALL; i++) await store.put(`one/${i}`, Readable.from([small]));
  });
  const many = await timed(() => Promise.all(Array.from({ length: SMALL }, (_, i) => store.put(`many/${i}`, Readable.from([small])))));
  return [
    { what: `${name}: a blob put`, value: put, unit: 'MB/s' },
    { what: `${name}: a blob read, with its digest checked`, value: read, unit: 'MB/s' },
    { what: `${name}: a blob staged in pieces and completed`, value: staged, unit: 'MB/s' },
    { what: `${name}: small blobs put, one after the other`, value: (SMALL * 1_000) / one, unit: '/s', goal: { atLeast: 100 } },
    { what: `${name}: small blobs put, all at once`, value: (SMALL * 1_000) / many, unit: '/s', goal: { atLeast: 100 } },
  ];
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
