import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { Sealer } from '../builds/worker/sealer.ts';
import { resealPortion } from '../credentials/reseal.ts';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { addKey, changeInstallationKey, KEY_SPREAD_MS, openKeys, readKeys } from './keys.ts';

eachEngine('the keys that seal', (databases) => {
  it('are the same at every start, and another installation key is refused', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const key = randomBytes(32);
    const first = await openKeys(store, key, 1);
    assert.deepEqual(await openKeys(store, key, 2), first);
    assert.notDeepEqual(first.first, key);
    await assert.rejects(openKeys(store, randomBytes(32), 3), { code: 'MR_KEY' });
    assert.ok(!JSON.stringify(await store.db.selectFrom('keys').selectAll().execute()).includes(Buffer.from(first.first).toString('base64')));
    await store.close();
  });

  it('of a database that is older than them begin with the installation key, which sealed before', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const key = randomBytes(32);
    await openKeys(store, key, 1);
    await store.write((tx) => tx.deleteFrom('keys').execute());
    const sealed = new Sealer(key).seal('old');
    const keys = await openKeys(store, key, 2);
    assert.equal(new Sealer(keys.first, keys.later).open(sealed), 'old');
    await store.close();
  });

  it('are wrapped anew by another installation key, and what they sealed stays readable', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const old = randomBytes(32),
      other = randomBytes(32);
    const before = await openKeys(store, old, 1);
    await store.write((tx) => addKey(tx, old, 1));
    const sealed = new Sealer(before.first).seal('kept');
    await assert.rejects(changeInstallationKey(store, other, old), { code: 'MR_KEY' });
    assert.equal(await changeInstallationKey(store, old, other), 2);
    await assert.rejects(openKeys(store, old, 2), { code: 'MR_KEY' });
    const after = await openKeys(store, other, 2);
    assert.equal(new Sealer(after.first, after.later).open(sealed), 'kept');
    await store.close();
  });

  it('change: a new one seals only when all have read it, and everything kept is sealed anew, also where that is cut off', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'test' });
    const key = randomBytes(32);
    const { first } = await openKeys(store, key, 1);
    const sealer = new Sealer(first);
    const credential = (i: number) => ({
      item_id: 0,
      id: `c${i}`,
      type: 'string',
      description: '',
      shown: '{}',
      data: sealer.seal(`{"secret":"s${i}"}`),
      key_id: '',
      allow: '{}',
      revision: 1,
      created_at: 1,
      updated_at: 1,
      used_at: null,
    });
    await store.write((tx) =>
      tx
        .insertInto('credentials')
        .values(Array.from({ length: 150 }, (_, i) => credential(i)))
        .execute(),
    );
    await store.write((tx) => addKey(tx, key, Date.now()));
    sealer.use((await readKeys(store, key)).later);
    assert.equal(sealer.current, '', 'not before the others know it');
    assert.equal(((await readKeys(store, key)).later[0]?.activeAt as number) > Date.now() + KEY_SPREAD_MS / 2, true);
    await store.write((tx) => tx.updateTable('keys').set({ active_at: 0 }).where('id', '=', 'k2').execute());
    sealer.use((await readKeys(store, key)).later);
    assert.equal(sealer.current, 'k2');
    // The holder of the duty is killed after its first portion; the next one goes on.
    const write = store.write.bind(store);
    assert.equal(await resealPortion({ store, write, sealer }), 100);
    const next = new Sealer(first, (await readKeys(store, key)).later);
    while ((await resealPortion({ store, write, sealer: next })) > 0);
    const rows = await store.db.selectFrom('credentials').selectAll().execute();
    assert.deepEqual([...new Set(rows.map((r) => r.key_id))], ['k2']);
    for (const row of rows) assert.deepEqual(JSON.parse(next.open(row.data)), { secret: row.id.replace('c', 's') });
    assert.equal(await resealPortion({ store, write, sealer: next }), 0);
    await store.close();
  });
});
