/** Who is in the fleet: the dead are found at once, the silent by their lease, and who comes back is somebody new. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import pg from 'pg';
import { Store } from '../store/store.ts';
import { TestPostgres } from '../store/testing/databases.ts';
import { Membership } from './membership.ts';

interface Member {
  readonly store: Store;
  readonly membership: Membership;
  readonly origin: string;
  readonly events: string[];
}

describe('a place in the fleet', () => {
  const server = new TestPostgres();
  after(() => server.stop());

  async function join(url: string, name: string): Promise<Member> {
    const events: string[] = [];
    const origin = `${name}-${Math.random().toString(36).slice(2)}`;
    const store = await Store.open({ url, folder: server.folders.make(), origin });
    const membership = new Membership({
      store,
      name,
      labels: [],
      version: '0',
      url: () => null,
      random: Math.random,
      expelled: () => events.push('expelled'),
      rejoined: () => events.push('rejoined'),
      onError: () => undefined,
    });
    await membership.join();
    return { store, membership, origin, events };
  }
  const leave = async ({ store, membership }: Member): Promise<void> => {
    await membership.leave();
    await store.close();
  };
  const stateOf = async ({ store }: Member, id: string): Promise<string | undefined> =>
    (await store.db.selectFrom('controllers').select('state').where('id', '=', id).executeTakeFirst())?.state;
  async function until(condition: () => Promise<boolean>): Promise<number> {
    const begun = Date.now();
    while (!(await condition())) {
      assert.ok(Date.now() - begun < 30_000, 'what was waited for did not happen');
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    return Date.now() - begun;
  }

  it('goes to another incarnation when it was declared down, and its late writes are refused', { timeout: 60_000 }, async () => {
    const url = await server.database();
    const one = await join(url, 'one');
    const two = await join(url, 'two');
    const first = one.membership.id;
    await two.store.write((tx) => tx.updateTable('controllers').set({ state: 'down' }).where('id', '=', first).execute());
    await assert.rejects(
      one.store.write((tx) => tx.insertInto('meta').values({ key: 'late', value: '' }).execute()),
      { code: 'MR_FENCED' },
    );
    await until(async () => one.events.includes('rejoined'));
    assert.notEqual(one.membership.id, first);
    assert.equal(await stateOf(two, one.membership.id), 'up');
    assert.equal(await stateOf(two, first), 'down');
    await one.store.write((tx) => tx.insertInto('meta').values({ key: 'anew', value: '' }).execute());
    await leave(one);
    await leave(two);
  });

  it('is kept by all when the sessions of all break at once', { timeout: 60_000 }, async () => {
    const url = await server.database();
    const members = [await join(url, 'one'), await join(url, 'two'), await join(url, 'three')];
    const ids = members.map((m) => m.membership.id);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (let i = 0; i < 3; i++) {
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'millrace %'`);
      // Until each has stamped its row again.
      const at = Date.now();
      const [one] = members as [Member];
      await until(async () => {
        const rows = await one.store.db
          .selectFrom('controllers')
          .select('seen_at')
          .where('state', '=', 'up')
          .execute()
          .catch(() => []);
        return rows.length === 3 && rows.every((r) => r.seen_at > at + 1_500);
      });
    }
    await client.end();
    assert.deepEqual(
      members.map((m) => m.membership.id),
      ids,
    );
    assert.deepEqual(
      members.flatMap((m) => m.events),
      [],
    );
    for (const member of members) await leave(member);
  });

  it('is lost at once by a process whose session is gone, and by one that is silent after a while', { timeout: 60_000 }, async () => {
    const url = await server.database();
    const watcher = await join(url, 'watcher');
    const joined = Date.now();
    const silent = (id: string, key: number): Promise<unknown> =>
      watcher.store.write((tx) =>
        tx
          .insertInto('controllers')
          .values({
            id,
            name: id,
            url: null,
            labels: '[]',
            version: '0',
            state: 'up',
            lock_key: key,
            write_token: 0,
            started_at: 0,
            seen_at: watcher.store.engine.clock,
          })
          .execute(),
      );
    // Who is new judges nobody yet. A stamp as of now, and nobody who holds the lock: a process that was killed.
    await until(async () => Date.now() - joined > 3_200);
    await silent('killed', 11);
    const killedMs = await until(async () => (await stateOf(watcher, 'killed')) === 'down');
    assert.ok(killedMs < 3_000, `${killedMs} ms`);
    // The lock is held, and no stamp comes: a process that stands still.
    const session = watcher.store.engine.session({ key: 12, heard: () => undefined, lost: () => undefined, restored: () => undefined });
    await session.ready;
    await silent('still', 12);
    const stillMs = await until(async () => (await stateOf(watcher, 'still')) === 'down');
    assert.ok(stillMs > 4_000, `${stillMs} ms`);
    await session.close();
    await leave(watcher);
  });
});
