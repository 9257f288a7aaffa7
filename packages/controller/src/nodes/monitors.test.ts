import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { watchMonitors } from './monitors.ts';

const NODE = {
  kind: 'permanent',
  description: '',
  labels: '[]',
  executors: 1,
  mode: 'normal',
  root: '/srv',
  env: '{}',
  secret_hash: '',
  retention: '{}',
  facts: '{}',
  revision: 1,
  created_at: 0,
} as const;

eachEngine('node monitors', (databases) => {
  it('take a node offline with the cause, bring it back when it is well again, and leave what a user took offline', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'a' });
    const thresholds = { freeDiskBytes: 2 ** 30, freeTempBytes: null, clockOffsetMs: 60_000, latencyMs: null };
    const stop = watchMonitors({ store, thresholds, now: () => 7, onError: assert.ifError });
    const offline = async (): Promise<{ by: string | null; message: string; at: number } | null> =>
      JSON.parse((await store.db.selectFrom('nodes').select('offline').executeTakeFirstOrThrow()).offline ?? 'null');
    const set = async (values: { monitors?: string; offline?: string | null }): Promise<void> => {
      await store.write(async (tx, wakes) => {
        await tx.updateTable('nodes').set(values).execute();
        wakes.add('node 1');
      });
    };
    /** The duty's own change is announced. */
    const judged = (): Promise<void> =>
      new Promise((resolve) => {
        // The watch's own timers keep no process alive.
        const alive = setInterval(() => undefined, 1_000);
        const off = store.wakes.on('queue', () => {
          off();
          clearInterval(alive);
          resolve();
        });
      });
    try {
      await store.write((tx) =>
        tx
          .insertInto('nodes')
          .values({ name: 'n', ...NODE, monitors: '{}' })
          .execute(),
      );
      let change = judged();
      await set({ monitors: `{"freeDiskBytes":${2 ** 29},"clockOffsetMs":10}` });
      await change;
      assert.deepEqual(await offline(), {
        by: null,
        message: 'Disk space is below the threshold of 1.00 GiB: only 0.50 GiB left on /srv.',
        at: 7,
        monitors: ['freeDiskBytes'],
      });
      change = judged();
      await set({ monitors: `{"freeDiskBytes":${2 ** 31},"clockOffsetMs":-90000}` });
      await change;
      assert.equal((await offline())?.message, "The clock is 90 s behind the server's, more than 60 s.");
      change = judged();
      await set({ monitors: `{"freeDiskBytes":${2 ** 31},"clockOffsetMs":0}` });
      await change;
      assert.equal(await offline(), null);

      const byUser = '{"by":"ada","message":"a new disk","at":1}';
      await set({ offline: byUser, monitors: '{"freeDiskBytes":0}' });
      await set({ monitors: `{"freeDiskBytes":${2 ** 31}}` });
      change = judged();
      // A second node's change comes after what was heard of the first.
      await store.write(async (tx, wakes) => {
        await tx
          .insertInto('nodes')
          .values({ name: 'm', ...NODE, monitors: '{"freeDiskBytes":0}' })
          .execute();
        wakes.add('node 2');
      });
      await change;
      assert.equal((await store.db.selectFrom('nodes').select('offline').where('name', '=', 'n').executeTakeFirst())?.offline, byUser);
    } finally {
      stop();
      await store.close();
    }
  });
});
