import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createServer } from '../http/server.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-wal-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Holds each sync of the disk until it is let go. */
function heldDisk(): { readonly waiting: (() => void)[]; release(): void } {
  const real = fs.fdatasync;
  const waiting: (() => void)[] = [];
  fs.fdatasync = ((fd: number, done: (error: Error | null) => void) => {
    waiting.push(() => {
      real(fd, done);
    });
  }) as typeof fs.fdatasync;
  syncBuiltinESMExports();
  return {
    waiting,
    release: () => {
      fs.fdatasync = real;
      syncBuiltinESMExports();
      for (const go of waiting.splice(0)) go();
    },
  };
}
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 20);
  });

describe("SQLite's write-ahead log", () => {
  it('is on the disk before a write is acknowledged, and the process works on meanwhile', async () => {
    const store = await Store.open({ url: null, folder: join(folder, 'held'), origin: 'a' });
    const disk = heldDisk();
    try {
      let acknowledged = 0;
      const write = (key: string): Promise<void> =>
        store.write((tx) => tx.insertInto('meta').values({ key, value: '' }).execute()).then(() => void acknowledged++);
      const first = write('a');
      while (disk.waiting.length === 0) await turn();
      const second = write('b');
      await turn();
      assert.equal(acknowledged, 0);
      assert.notEqual(store.engine.durable(), null);
      // Reads go on.
      assert.equal((await store.db.selectFrom('meta').select('key').where('key', '=', 'a').execute()).length, 1);
      disk.release();
      await Promise.all([first, second]);
      assert.equal(store.engine.durable(), null);
    } finally {
      disk.release();
      await store.close();
    }
  });

  it('is on the disk before an answer over HTTP tells what was read', async () => {
    const store = await Store.open({ url: null, folder: join(folder, 'answer'), origin: 'a' });
    const app = createServer({ store, logger: pino({ level: 'silent' }), registry: new Registry(), draining: () => false });
    const disk = heldDisk();
    try {
      const written = store.write((tx) => tx.insertInto('meta').values({ key: 'a', value: '' }).execute());
      while (disk.waiting.length === 0) await turn();
      let answered = false;
      const answer = app.inject('/readyz').then(({ statusCode }) => {
        answered = true;
        return statusCode;
      });
      await turn();
      assert.equal(answered, false);
      disk.release();
      assert.equal(await answer, 200);
      await written;
    } finally {
      disk.release();
      await app.close();
      await store.close();
    }
  });

  it('ends the process where the disk reports an error, and acknowledges nothing', () => {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { Store } = await import(${JSON.stringify(import.meta.resolve('./store.ts'))});
      const store = await Store.open({ url: null, folder: ${JSON.stringify(join(folder, 'broken'))}, origin: 'a' });
      fs.fdatasync = (_fd, done) => setImmediate(done, new Error('EIO: i/o error'));
      syncBuiltinESMExports();
      await store.write((tx) => tx.insertInto('meta').values({ key: 'k', value: '' }).execute());
      console.log('acknowledged');`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.notEqual(status, 0);
    assert.match(stderr, /MR_STORE_SYNC: The disk did not keep what was written\. .*EIO/);
    assert.equal(stdout, '');
  });
});
