/** What a write comes to when its connection breaks at the worst moment: it happens once. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Store } from './store.ts';
import type { Break } from './testing/breaking-proxy.ts';
import { BreakingProxy } from './testing/breaking-proxy.ts';
import { TestPostgres } from './testing/databases.ts';

const NONE = { name: 'x', url: null, labels: '[]', version: '0', state: 'up' as const, lock_key: 1, write_token: 0, started_at: 0, seen_at: 0 };

describe('a write whose connection breaks', () => {
  const server = new TestPostgres();
  after(() => server.stop());

  async function writeThrough(word: string, how: Break): Promise<{ audit: number; breaks: number; answers: unknown[] }> {
    const url = await server.database();
    const proxy = await BreakingProxy.to(url);
    const store = await Store.open({ url: proxy.url, folder: server.folders.make(), origin: 'a' });
    try {
      await store.writeFree((tx) =>
        tx
          .insertInto('controllers')
          .values({ id: 'c', ...NONE })
          .execute(),
      );
      store.become('c');
      const entry = { at: 0, user_id: null, address: null, action: 'a', subject: 's', detail: '' };
      const put = (n: number): Promise<number> =>
        store.write(async (tx) => {
          await tx
            .insertInto('audit')
            .values({ ...entry, subject: String(n) })
            .execute();
          return n;
        });
      await put(0);
      proxy.breakAt(word, how);
      const answers = await Promise.all([put(1), put(2)]);
      await put(3);
      const rows = await store.db.selectFrom('audit').select('subject').execute();
      return { audit: rows.length, breaks: proxy.breaks, answers };
    } finally {
      await store.close();
      proxy.stop();
    }
  }

  for (const word of ['begin', 'update "controllers"', 'insert into "audit"', 'commit'])
    for (const how of ['before', 'after', 'late'] as const)
      it(`happens once: ${how === 'late' ? 'given up before' : how} \`${word}\`${how === 'late' ? ' arrives late' : ''}`, async () => {
        assert.deepEqual(await writeThrough(word, how), { audit: 4, breaks: 1, answers: [1, 2] });
      });

  it('is refused where the controller was declared down meanwhile, also what waited behind it', async () => {
    const url = await server.database();
    const store = await Store.open({ url, folder: server.folders.make(), origin: 'a' });
    const other = await Store.open({ url, folder: server.folders.make(), origin: 'b' });
    await store.writeFree((tx) =>
      tx
        .insertInto('controllers')
        .values({ id: 'c', ...NONE })
        .execute(),
    );
    store.become('c');
    const put = (key: string): Promise<unknown> => store.write((tx) => tx.insertInto('meta').values({ key, value: '' }).execute());
    await put('before');
    await other.writeFree((tx) => tx.updateTable('controllers').set({ state: 'down' }).execute());
    // The second is given while the first is under way: it waits in the queue when the fence is met.
    const first = put('first');
    const second = new Promise<unknown>((resolve, reject) => {
      setImmediate(() => put('second').then(resolve, reject));
    });
    await assert.rejects(first, { code: 'MR_FENCED' });
    await assert.rejects(second, { code: 'MR_FENCED' });
    await assert.rejects(put('third'), { code: 'MR_FENCED' });
    const keys = (await other.db.selectFrom('meta').select('key').execute()).map((r) => r.key);
    assert.deepEqual(keys, ['before']);
    await store.close();
    await other.close();
  });

  it('does not keep others from declaring a controller down that stands still in its transaction', { timeout: 60_000 }, async () => {
    const url = await server.database();
    const still = await Store.open({ url, folder: server.folders.make(), origin: 'a' });
    const other = await Store.open({ url, folder: server.folders.make(), origin: 'b' });
    await still.writeFree((tx) =>
      tx
        .insertInto('controllers')
        .values({ id: 'c', ...NONE })
        .execute(),
    );
    still.become('c');
    let inside = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      inside = resolve;
    });
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const write = still.write(async (tx) => {
      inside();
      await gate;
      await tx.insertInto('meta').values({ key: 'late', value: '' }).execute();
    });
    await begun;
    await other.writeFree((tx) => tx.updateTable('controllers').set({ state: 'down' }).where('id', '=', 'c').execute());
    go();
    await assert.rejects(write, { code: 'MR_FENCED' });
    assert.deepEqual(await other.db.selectFrom('meta').selectAll().execute(), []);
    await still.close();
    await other.close();
  });
});
