import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { FolderStore } from '../blobs/folder-store.ts';
import { FRAME, TAIL } from './record-format.ts';
import type { RecordBytes } from './record-object.ts';
import { RecordObject } from './record-object.ts';
import type { FlushRow } from './record-rows.ts';
import { RecordWriter } from './record-writer.ts';

const FLUSH = 60_000,
  FLUSHES = 2_200;

/** 130 MB, a flush at a time. */
async function* largeBuild(): AsyncGenerator<FlushRow> {
  let log_at = 0,
    n = 0;
  for (let seq = 0; seq < FLUSHES; seq++) {
    let log = '';
    while (log.length < FLUSH) log += `line ${++n} of module ${(n * 7919) % 1_009}: ${((n * 2_654_435_761) % 2 ** 32).toString(36)} äöü\n`;
    const records = JSON.stringify({ at: seq, pieces: [{ node: String(seq % 50), length: log.length }] });
    yield { seq, journal: seq % 100 === 0 ? `{"seq":${seq}}\n` : '', tree: '', records, log, log_at };
    log_at += Buffer.byteLength(log);
  }
}

describe('the object of a large log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const blobs = new FolderStore(folder);
  const reads: number[] = [];
  let object: RecordBytes,
    largest = 0,
    digest = '',
    total = 0;

  before(async () => {
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<FlushRow> {
      for await (const row of largeBuild()) {
        hash.update(row.log ?? '');
        total += Buffer.byteLength(row.log ?? '');
        yield row;
      }
    }
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const piece of new RecordWriter().write(hashed())) {
        largest = Math.max(largest, piece.length);
        yield piece;
      }
    }
    const { size } = await blobs.put('large', Readable.from(measured(), { objectMode: false }));
    digest = hash.digest('hex');
    object = {
      name: 'large',
      size,
      read: async (from, to) => {
        reads.push(to - from);
        return buffer(await blobs.read('large', { from, to }));
      },
    };
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made and read a frame at a time', async () => {
    assert.ok(total > 125_000_000, String(total));
    assert.ok(largest <= FRAME + 2 * FLUSH, String(largest));
    const record = await RecordObject.open(object);
    const hash = createHash('sha256');
    let lines = 0;
    for await (const { log } of record.log(0, true)) {
      hash.update(log ?? '');
      lines++;
    }
    assert.deepEqual([lines, hash.digest('hex'), await record.logSize()], [FLUSHES, digest, total]);
    assert.ok(Math.max(...reads) <= FRAME + 2 * FLUSH, String(Math.max(...reads)));
    assert.ok(object.size < total / 3, `${object.size} of ${total}`);
  });

  it('gives a byte, a line and a step in its middle without the rest', async () => {
    const record = await RecordObject.open(object);
    reads.length = 0;
    const at = Math.floor(total / 2);
    const seq = await record.flushAt(at);
    for await (const row of record.log(seq, false)) {
      assert.ok(row.log_at <= at && at < row.log_at + Buffer.byteLength(row.log ?? ''));
      break;
    }
    const line = 1_500_000;
    const start = await record.flushAtLine(line);
    for await (const row of record.log(start.seq, false)) {
      const first = Number(/^line (\d+) /.exec(row.log ?? '')?.[1]);
      assert.deepEqual([first, row.log_at], [start.line + 1, start.byte]);
      assert.ok(first <= line && line - first < (2 * FRAME) / 30, `${first}`);
      break;
    }
    assert.ok(reads.length <= 2, reads.join());
    assert.equal((await record.printing()).size, 50);
    assert.ok(reads.reduce((sum, n) => sum + n, 0) <= TAIL + 2 * FRAME);
  });

  it('tells that it is damaged, wherever that is', async () => {
    for (const damage of [(all: Buffer) => all.fill(0, 1_000, 1_100), (all: Buffer) => all.fill(0, all.length - 3_000, all.length - 4)]) {
      const spoiled = { ...object, read: async (from: number, to: number) => damage(await buffer(await blobs.read('large'))).subarray(from, to) };
      await assert.rejects(
        async () => {
          const record = await RecordObject.open(spoiled);
          for await (const _ of record.log(0, false)) break;
        },
        { code: 'MR_BLOB_DAMAGED' },
      );
    }
  });
});
