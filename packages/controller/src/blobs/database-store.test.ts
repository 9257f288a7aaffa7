import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { it } from 'node:test';
import { CompiledQuery, sql } from 'kysely';
import { Store } from '../store/store.ts';
import type { TestDatabase } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { contentOf } from './database-content.ts';
import { DatabaseStore } from './database-store.ts';
import { blobContract } from './testing/blob-contract.ts';
import { content, contentStream, factsOf } from './testing/content.ts';

eachEngine('blobs', (databases) => {
  blobContract(`a database (${databases.kind})`, async () => {
    const database = await databases.make();
    const opened: Store[] = [];
    const openStore = async (): Promise<Store> => {
      // SQLite is one process's alone, and both of its controllers' stores are on one connection.
      if (database.kind === 'sqlite' && opened[0] !== undefined) return opened[0];
      const store = await Store.open({ ...database, origin: `t${opened.length}` });
      opened.push(store);
      return store;
    };
    const alone = async (): Promise<void> => {
      for (const store of opened.splice(0)) await store.close();
    };
    return {
      open: async () => new DatabaseStore(await openStore()),
      alone,
      child: { choice: 'database', folder: database.folder, databaseUrl: database.url },
      damage: async (key) => {
        const store = await openStore();
        await store.write(async (tx) => {
          const pointer = await tx.selectFrom('blob_parts').select('data').where('key', '=', key).executeTakeFirstOrThrow();
          const name = contentOf(pointer.data);
          const { data } = await tx.selectFrom('blob_parts').select('data').where('key', '=', name).where('part', '=', 0).executeTakeFirstOrThrow();
          const changed = Buffer.from(data);
          changed[7] = (changed[7] as number) ^ 1;
          await tx.updateTable('blob_parts').set({ data: changed }).where('key', '=', name).where('part', '=', 0).execute();
        });
      },
      close: alone,
    };
  });

  const open = (database: TestDatabase): Promise<Store> => Store.open({ ...database, origin: 'x' });

  it('lists a prefix by an index, and sorts nothing', async () => {
    const store = await open(await databases.make());
    const blobs = new DatabaseStore(store);
    const keys = Array.from({ length: 4_000 }, (_, i) => `builds/${i}/artifacts/x`);
    for (let at = 0; at < keys.length; at += 500)
      await store.write((tx) =>
        tx
          .insertInto('blobs')
          .values(keys.slice(at, at + 500).map((key) => ({ key, size: 0, sha256: '', created_at: 0 })))
          .execute(),
      );
    await store.write((tx) => sql`ANALYZE`.execute(tx));
    const query = blobs.page('builds/77/', '').compile();
    const words = databases.kind === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const { rows } = await store.db.executeQuery(CompiledQuery.raw(`${words} ${query.sql}`, [...query.parameters]));
    const plan = rows.map((row) => Object.values(row as object).join(' ')).join('\n');
    assert.match(plan, databases.kind === 'sqlite' ? /SEARCH blobs USING (?:COVERING )?INDEX/ : /Index(?: Only)? Scan using blobs_listed/);
    assert.doesNotMatch(plan, /Sort|TEMP B-TREE/);
    const listed: string[] = [];
    for await (const key of blobs.list('builds/77/')) listed.push(key);
    assert.deepEqual(listed, ['builds/77/artifacts/x']);
    await store.close();
  });

  it('leaves no part behind: not of replaced, deleted, failed or completed ones', async () => {
    const store = await open(await databases.make());
    const blobs = new DatabaseStore(store);
    for (const size of [3_000_000, 10, 2_000_000]) await blobs.put('a', contentStream(size));
    await blobs.append('b', 0, content(900_000));
    await blobs.complete('b', factsOf(content(900_000)));
    await blobs.append('c', 0, content(900_000));
    await blobs.discard('c');
    const failing = contentStream(3_000_000, 1, (before) => {
      if (before > 2_000_000) throw new Error('broke');
    });
    await assert.rejects(blobs.put('d', failing));
    await blobs.delete(['a', 'b']);
    assert.deepEqual(await store.db.selectFrom('blob_parts').select('key').execute(), []);
    assert.deepEqual(await store.db.selectFrom('blobs').select('key').execute(), []);
    await store.close();
  });

  it('finds a part that is gone', async () => {
    const store = await open(await databases.make());
    const blobs = new DatabaseStore(store);
    await blobs.put('a', contentStream(3_000_000));
    await store.write((tx) => tx.deleteFrom('blob_parts').where('part', '=', 2).execute());
    await assert.rejects(async () => buffer(await blobs.read('a')), { code: 'MR_BLOB_DAMAGED' });
    await store.close();
  });

  it('keeps whole what two put at once', async () => {
    const database = await databases.make();
    const one = await open(database);
    const two = database.kind === 'sqlite' ? one : await open(database);
    const contents = [content(1_500_000, 1), content(700_000, 2)];
    for (let round = 0; round < 10; round++) {
      await Promise.all([one, two].map((store, i) => new DatabaseStore(store).put('same', Readable.from([contents[i] as Buffer]))));
      const found = await buffer(await new DatabaseStore(one).read('same'));
      assert.ok(contents.some((bytes) => bytes.equals(found)));
    }
    await new DatabaseStore(one).delete(['same']);
    assert.deepEqual(await one.db.selectFrom('blob_parts').select('key').execute(), []);
    await one.close();
    if (two !== one) await two.close();
  });
});
