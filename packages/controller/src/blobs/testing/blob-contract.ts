/** What every blob store keeps of the contract in blob-store.ts. Each implementation's test runs it on real parts. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BlobStore } from '../blob-store.ts';
import { MAX_PIECE } from '../blob-store.ts';
import type { ChildWork } from './blob-child.ts';
import { content, contentStream, factsOf } from './content.ts';

const MIB = 1024 * 1024;

export interface BlobBed {
  /** A store as one more controller has it. */
  open(): Promise<BlobStore>;
  /** Closes what was opened, so that a child may use the same place alone. */
  alone(): Promise<void>;
  readonly child: Pick<ChildWork, 'choice' | 'folder' | 'databaseUrl'>;
  readonly env?: { readonly [name: string]: string };
  /** Changes a byte of what is stored, behind the store's back. */
  damage(key: string): Promise<void>;
  close(): Promise<void>;
}

export function blobContract(name: string, makeBed: () => Promise<BlobBed>): void {
  describe(`the contract of blob stores: ${name}`, () => {
    let bed: BlobBed;
    let store: BlobStore;
    before(async () => {
      bed = await makeBed();
      store = await bed.open();
    });
    after(() => bed.close());
    const read = async (key: string, range?: { from: number; to?: number }): Promise<Buffer> => buffer(await store.read(key, range));

    for (const size of [0, 1, 5 * MIB + 3])
      it(`keeps ${size} bytes, and ranges of them`, async () => {
        const bytes = content(size),
          key = `sizes/${size}`;
        const facts = factsOf(bytes);
        assert.equal(await store.stat(key), null);
        assert.deepEqual(await store.put(key, Readable.from([bytes]), { size }), facts);
        assert.deepEqual(await store.stat(key), facts);
        assert.ok((await read(key)).equals(bytes));
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [size - 1, size],
          [Math.floor(size / 3), Math.floor(size / 2)],
          [512 * 1024 - 1, 512 * 1024 + 1],
          [5, size + 100],
          [size, size + 1],
          [3, 2],
        ] as const)
          if (from >= 0) assert.ok((await read(key, { from, to })).equals(bytes.subarray(from, Math.max(from, to))), `${from} to ${to}`);
        assert.ok((await read(key, { from: 2 })).equals(bytes.subarray(2)));
      });

    it('streams 64 MiB there and back without holding them', async () => {
      const size = 64 * MIB;
      const gc = collector();
      gc();
      const base = process.memoryUsage().arrayBuffers;
      let most = 0;
      const look = (at: number): void => {
        if (at % (4 * MIB) !== 0) return;
        gc();
        most = Math.max(most, process.memoryUsage().arrayBuffers - base);
      };
      await store.put('large', contentStream(size, 7, look));
      const stream = await store.read('large');
      let at = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if ((at % (4 * MIB)) + chunk.length >= 4 * MIB) look(0);
        at += chunk.length;
      }
      assert.equal(at, size);
      assert.ok(most < 48 * MIB, `${Math.round(most / MIB)} MiB were held`);
    });

    it('makes the store wait for a slow reader, and forgets a reader that goes', async () => {
      await store.put('slow', contentStream(24 * MIB, 3));
      const gc = collector();
      gc();
      const base = process.memoryUsage().arrayBuffers;
      const streams = await Promise.all([1, 2, 3, 4].map(() => store.read('slow')));
      for (const stream of streams) await new Promise((resolve) => stream.once('readable', resolve));
      await settled(streams);
      gc();
      const held = process.memoryUsage().arrayBuffers - base;
      // Four readers of 24 MiB each: a piece or two and the connection's buffers for each, and never the whole.
      assert.ok(held < 48 * MIB, `${Math.round(held / MIB)} MiB were held`);
      for (const stream of streams) {
        const closed = new Promise((resolve) => stream.once('close', resolve));
        stream.destroy();
        await closed;
      }
    });

    it('replaces a blob, and one who reads the old one never gets a mixture', async () => {
      const old = content(3 * MIB, 1),
        fresh = content(3 * MIB, 2);
      await store.put('replaced', Readable.from([old]));
      const reader = await store.read('replaced');
      await store.put('replaced', Readable.from([fresh]));
      assert.ok((await read('replaced')).equals(fresh));
      const got = await buffer(reader).catch((error: { code: string }) => error.code);
      assert.ok(typeof got === 'string' ? got === 'MR_BLOB_MISSING' : got.equals(old), String(got).slice(0, 40));
    });

    it('refuses a put whose source fails, that is aborted, or that is not as long as announced, and keeps what was there', async () => {
      const old = content(100, 1);
      await store.put('kept', Readable.from([old]));
      const failing = contentStream(12 * MIB, 2, (before) => {
        if (before >= 10 * MIB) throw new Error('the source broke');
      });
      await assert.rejects(store.put('kept', failing), /the source broke/);
      const abort = new AbortController();
      const aborted = contentStream(12 * MIB, 2, (before) => {
        if (before >= 10 * MIB) abort.abort();
      });
      await assert.rejects(store.put('kept', aborted, { signal: abort.signal }));
      await assert.rejects(store.put('kept', Readable.from([old]), { size: 101 }), { code: 'MR_BLOB_MISMATCH' });
      assert.ok((await read('kept')).equals(old));
    });

    it('deletes, also what is not there; then there is nothing to read', async () => {
      await store.put('deleted/a', Readable.from([content(10)]));
      await store.put('deleted/b', Readable.from([content(9 * MIB)]));
      await store.delete(['deleted/a', 'deleted/b', 'deleted/never']);
      assert.equal(await store.stat('deleted/a'), null);
      await assert.rejects(store.read('deleted/b'), { code: 'MR_BLOB_MISSING' });
    });

    it('lists keys by their beginning, in order', async () => {
      const keys = [
        'list/a',
        'list/a/b',
        'list/a-b',
        'list/a.b',
        'list/a0',
        'list/B',
        'list/_',
        'lists',
        'list/a/b/c',
        ...Array.from({ length: 1_050 }, (_, i) => `list/many/${i}`),
      ];
      for (let at = 0; at < keys.length; at += 50) await Promise.all(keys.slice(at, at + 50).map((key) => store.put(key, Readable.from([Buffer.from(key)]))));
      await store.append('list/staged', 0, content(10));
      const listed = async (prefix: string): Promise<string[]> => {
        const out: string[] = [];
        for await (const key of store.list(prefix)) out.push(key);
        return out;
      };
      assert.deepEqual(await listed('list/'), keys.filter((key) => key.startsWith('list/')).sort());
      assert.deepEqual(await listed('list/a'), keys.filter((key) => key.startsWith('list/a')).sort());
      assert.deepEqual(await listed('nothing'), []);
      assert.ok((await listed('')).every((key) => !key.startsWith('.')));
      await store.discard('list/staged');
      await store.delete(keys);
      assert.deepEqual(await listed('list'), []);
    });

    it('refuses what is no key', async () => {
      for (const key of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', '.staged/a', 'a~', 'a b', 'é']) {
        await assert.rejects(store.put(key, Readable.from([])), { code: 'MR_BLOB_KEY' }, key);
        await assert.rejects(store.read(key), { code: 'MR_BLOB_KEY' }, key);
        await assert.rejects(store.append(key, 0, Buffer.from('a')), { code: 'MR_BLOB_KEY' }, key);
      }
    });

    it('takes an upload in pieces: repeated, overlapping, too early', async () => {
      const bytes = content(5 * MIB + 3, 4),
        key = 'staged/one';
      const piece = (from: number, to: number): Promise<number> => store.append(key, from, bytes.subarray(from, to));
      assert.equal(await store.staged(key), 0);
      assert.equal(await piece(100, 200), 0);
      assert.equal(await piece(0, 1_000), 1_000);
      assert.equal(await piece(0, 1_000), 1_000);
      assert.equal(await piece(200, 900), 1_000);
      assert.equal(await piece(2_000, 3_000), 1_000);
      assert.equal(await piece(500, 1_500), 1_500);
      assert.equal(await piece(1_500, 1_500), 1_500);
      assert.equal(await piece(0, MAX_PIECE), MAX_PIECE);
      assert.equal(await store.staged(key), MAX_PIECE);
      assert.equal(await store.stat(key), null);
      assert.equal(await piece(MAX_PIECE, bytes.length), bytes.length);
      await store.complete(key, factsOf(bytes));
      assert.ok((await read(key)).equals(bytes));
      assert.equal(await store.staged(key), 0);
      await store.complete(key, factsOf(bytes));
      assert.ok((await read(key)).equals(bytes));
    });

    it('completes an upload of nothing', async () => {
      await store.complete('staged/nothing', factsOf(Buffer.alloc(0)));
      assert.equal((await read('staged/nothing')).length, 0);
    });

    it('refuses to complete what is not as announced, and begins anew then', async () => {
      const bytes = content(10_000, 5),
        key = 'staged/wrong';
      for (const facts of [
        { ...factsOf(bytes), size: 10_001 },
        { ...factsOf(bytes), sha256: factsOf(Buffer.alloc(1)).sha256 },
      ]) {
        await store.append(key, 0, bytes);
        await assert.rejects(store.complete(key, facts), { code: 'MR_BLOB_MISMATCH' });
        assert.equal(await store.stat(key), null);
        assert.equal(await store.staged(key), 0);
      }
      await assert.rejects(store.complete('staged/never', factsOf(bytes)), { code: 'MR_BLOB_MISMATCH' });
      await store.append(key, 0, bytes);
      await store.discard(key);
      await store.discard(key);
      assert.equal(await store.staged(key), 0);
      await store.append(key, 0, bytes);
      await store.complete(key, factsOf(bytes));
      assert.ok((await read(key)).equals(bytes));
    });

    it('takes the same upload from two controllers at once, with pieces of other sizes, and completes it for both', async () => {
      const other = await bed.open();
      for (let round = 0; round < 3; round++) {
        const bytes = content(5 * MIB + 3, 10 + round),
          key = `staged/two-${round}`;
        const send = async (through: BlobStore, piece: number, back: number): Promise<void> => {
          for (let at = 0; at < bytes.length; ) {
            const from = Math.max(0, at - back);
            at = await through.append(key, from, bytes.subarray(from, from + piece));
          }
          await through.complete(key, factsOf(bytes));
        };
        await Promise.all([send(store, 700_001, 0), send(other, 1_100_000, 333)]);
        assert.ok((await buffer(await other.read(key))).equals(bytes));
        assert.deepEqual(await store.stat(key), factsOf(bytes));
        await store.discard(key);
      }
    });

    it('finds that what is stored was changed', async () => {
      for (const size of [10, 3 * MIB]) {
        await store.put('damaged', contentStream(size, 6));
        await bed.damage('damaged');
        const parts: Buffer[] = [];
        await assert.rejects(
          async () => {
            for await (const chunk of (await store.read('damaged')) as AsyncIterable<Buffer>) parts.push(chunk);
          },
          { code: 'MR_BLOB_DAMAGED' },
        );
        assert.ok(Buffer.concat(parts).length < size, 'nobody gets all of it');
      }
    });

    it('sweeps what uploads left, once it is old, and nothing else', async () => {
      await store.put('swept/blob', Readable.from([content(10)]));
      await store.append('swept/upload', 0, content(10));
      await store.sweep(Date.now() - 3_600_000);
      assert.equal(await store.staged('swept/upload'), 10);
      assert.ok((await store.sweep(Date.now() + 3_600_000)) >= 1);
      assert.equal(await store.staged('swept/upload'), 0);
      assert.equal((await read('swept/blob')).length, 10);
    });

    it('can be checked by using it', () => store.check());

    it('shows a blob whole or not at all when its writer is killed, and an upload goes on', async () => {
      const size = 9 * MIB + 5;
      const old = content(1_000, 30),
        bytes = content(size, 31);
      await store.put('kill/put', Readable.from([old]));
      await bed.alone();
      for (const pieces of [1, 5, 9]) {
        await runUntil(bed, { work: 'put', key: 'kill/put', size, seed: 31 }, 'piece', pieces);
        store = await bed.open();
        const found = await buffer(await store.read('kill/put'));
        assert.ok(found.equals(old) || found.equals(bytes), `after ${pieces} pieces`);
        await bed.alone();
      }
      for (const pieces of [1, 4]) await runUntil(bed, { work: 'append', key: 'kill/append', size, seed: 31 }, 'piece', pieces);
      store = await bed.open();
      assert.equal(await store.stat('kill/append'), null);
      let at = await store.staged('kill/append');
      assert.ok(at >= 4 * MIB, `${at} bytes are staged`);
      while (at < size) at = await store.append('kill/append', at, bytes.subarray(at, at + 700_000));
      await bed.alone();
      for (const later of [0, 5, 20, 45]) {
        await runUntil(bed, { work: 'complete', key: 'kill/append', size, seed: 31 }, 'begun', 1, later);
        store = await bed.open();
        const found = await store.stat('kill/append');
        if (found === null) assert.equal(await store.staged('kill/append'), size, `${later} ms into the completion`);
        else assert.ok((await read('kill/append')).equals(bytes));
        await bed.alone();
      }
      store = await bed.open();
      await store.complete('kill/append', factsOf(bytes));
      assert.ok((await read('kill/append')).equals(bytes));
      await store.sweep(Date.now() + 3_600_000);
      assert.ok((await read('kill/append')).equals(bytes));
    });
  });
}

/** Runs the child until it has told `line` so often, then kills it, `later` ms after. */
async function runUntil(bed: BlobBed, work: Omit<ChildWork, 'choice' | 'folder' | 'databaseUrl'>, line: string, times: number, later = 0): Promise<void> {
  const program = new URL('blob-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, JSON.stringify({ ...bed.child, ...work })], {
    env: { ...process.env, ...bed.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  let told = 0;
  for await (const found of createInterface({ input: child.stdout })) {
    if (found === line) told++;
    if (told < times) continue;
    setTimeout(() => child.kill('SIGKILL'), later);
    break;
  }
  const status = await ended;
  assert.ok(status === null || status === 0, `the child failed: ${errors}`);
  assert.ok(told >= times, `the child told ${told} of ${times} ${line}: ${errors}`);
}

/** Until what the streams hold has stopped to grow. */
async function settled(streams: readonly Readable[]): Promise<void> {
  for (let before = -1, same = 0; same < 5; ) {
    const now = streams.reduce((sum, stream) => sum + stream.readableLength, 0);
    same = now === before ? same + 1 : 0;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Buffers are let go of beside the program after a collection: the next one waits for that. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  return () => {
    gc();
    gc();
  };
}
