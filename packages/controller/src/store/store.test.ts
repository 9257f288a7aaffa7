import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { Store } from './store.ts';
import type { TestDatabase } from './testing/databases.ts';
import { eachEngine } from './testing/databases.ts';

async function register(store: Store, id: string, key = 1): Promise<void> {
  await store.write((tx) =>
    tx
      .insertInto('controllers')
      .values({ id, name: id, url: null, labels: '[]', version: '0', state: 'up', lock_key: key, write_token: 0, started_at: 0, seen_at: 0 })
      .execute(),
  );
  store.become(id);
}
const open = (d: TestDatabase, origin: string): Promise<Store> => Store.open({ ...d, origin });

eachEngine('the store', (databases) => {
  it('keeps what was written, for the next one that opens it', async () => {
    const database = await databases.make();
    const one = await open(database, 'a');
    await one.write((tx) => tx.insertInto('meta').values({ key: 'k', value: 'v' }).execute());
    await one.close();
    const two = await open(database, 'b');
    assert.equal((await two.db.selectFrom('meta').select('value').where('key', '=', 'k').executeTakeFirst())?.value, 'v');
    await two.close();
  });

  it('keeps every text as it is, also what the databases themselves refuse or cut', async () => {
    const store = await open(await databases.make(), 'a');
    const texts = ['a\0b', '\0', 'half \uD83D of a pair \uDE00', 'whole \u{1F600}', 'escape \uFDD0 \uFDD00000', '\uFFFE', ''];
    for (const [i, value] of texts.entries())
      await store.write((tx) =>
        tx
          .insertInto('meta')
          .values({ key: `${i}`, value })
          .execute(),
      );
    const rows = await store.db.selectFrom('meta').select('value').orderBy('key').execute();
    assert.deepEqual(
      rows.map((r) => r.value),
      texts,
    );
    for (const value of texts) assert.equal((await store.db.selectFrom('meta').select('key').where('value', '=', value).execute()).length, 1);
    await store.close();
  });

  it('does many writes in one transaction, and an error of one fails that one alone', async () => {
    const store = await open(await databases.make(), 'a');
    const all = await Promise.allSettled(['x', 'y', 'x', 'z'].map((key) => store.write((tx) => tx.insertInto('meta').values({ key, value: '' }).execute())));
    assert.deepEqual(
      all.map((a) => a.status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    const rows = await store.db.selectFrom('meta').select('key').orderBy('key').execute();
    assert.deepEqual(
      rows.map((r) => r.key),
      ['x', 'y', 'z'],
    );
    await store.close();
  });

  it('refuses the writes of a controller that was declared down, and tells it once', async () => {
    const store = await open(await databases.make(), 'a');
    await register(store, 'c1');
    const told: string[] = [];
    store.onFenced = (id) => told.push(id);
    await store.write((tx) => tx.updateTable('controllers').set({ state: 'down' }).where('id', '=', 'c1').execute());
    const writes = ['m', 'n'].map((key) => store.write((tx) => tx.insertInto('meta').values({ key, value: '' }).execute()));
    for (const result of await Promise.allSettled(writes)) {
      assert.equal(result.status, 'rejected');
      assert.equal((result as PromiseRejectedResult).reason.code, 'MR_FENCED');
    }
    assert.deepEqual(told, ['c1']);
    assert.deepEqual(await store.db.selectFrom('meta').selectAll().execute(), []);
    await store.close();
  });

  it('wakes its own listeners after the commit', async () => {
    const store = await open(await databases.make(), 'a');
    const heard: string[] = [];
    store.wakes.on('build', (topic) => heard.push(topic));
    await store.write(async (_tx, wakes) => {
      wakes.add('build 7');
      wakes.add('queue');
    });
    assert.deepEqual(heard, ['build 7']);
    await store.close();
  });

  if (databases.kind === 'sqlite')
    it('writes the states that conditions of indexes name into its statements, so that what is open is not looked for among all that is kept', async () => {
      const store = await open(await databases.make(), 'a');
      const { rows } = await sql<{ name: string; table: 'builds'; text: string }>`
        SELECT name, tbl_name AS "table", sql AS text FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'`.execute(store.db);
      let named = 0;
      for (const { name, table, text } of rows)
        for (const [, state] of text.slice(text.indexOf(' WHERE ')).matchAll(/'([a-z]+)'/g)) {
          named++;
          const query = store.db
            .selectFrom(table)
            .selectAll()
            .where('state', '=', state as 'queued')
            .compile();
          assert.deepEqual(query.parameters, [], `${name}: ${query.sql}`);
        }
      assert.ok(named >= 9, `${named}`);
      await store.close();
    });
});
