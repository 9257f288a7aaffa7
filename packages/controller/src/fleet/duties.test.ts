import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import type { HeldDuty } from './duties.ts';
import { Duties } from './duties.ts';

async function register(store: Store, id: string): Promise<void> {
  await store.writeFree((tx) =>
    tx
      .insertInto('controllers')
      .values({ id, name: id, url: null, labels: '[]', version: '0', state: 'up', lock_key: 1, write_token: 0, started_at: 0, seen_at: 0 })
      .execute(),
  );
}

eachEngine('a duty', (databases) => {
  it('refuses what an old holder still writes after another one has it', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'a' });
    await register(store, 'one');
    await register(store, 'two');
    const held = new Map<string, HeldDuty>();
    const over: string[] = [];
    const duties = ['one', 'two'].map(
      (name) =>
        new Duties({
          store,
          self: () => name,
          onError: (error) => {
            throw error;
          },
          duties: [
            {
              name: 'scheduler',
              begin: (lease) => {
                held.set(name, lease);
                return () => over.push(name);
              },
            },
          ],
        }),
    );
    const [one, two] = duties as [Duties, Duties];
    await one.start();
    await two.start();
    assert.deepEqual([...held.keys()], ['one']);
    const mark = (name: string): Promise<unknown> =>
      (held.get(name) as HeldDuty).write((tx) =>
        tx
          .insertInto('meta')
          .values({ key: `by ${name}`, value: '' })
          .execute(),
      );
    await store.writeFree((tx) => tx.updateTable('controllers').set({ state: 'down' }).where('id', '=', 'one').execute());
    two.stop();
    const third = new Duties({
      store,
      self: () => 'two',
      onError: () => undefined,
      duties: [
        {
          name: 'scheduler',
          begin: (lease) => {
            held.set('two', lease);
            return () => undefined;
          },
        },
      ],
    });
    await third.start();
    assert.ok((held.get('two') as HeldDuty).fence > (held.get('one') as HeldDuty).fence);
    await assert.rejects(mark('one'), { code: 'MR_DUTY_LOST' });
    await mark('two');
    assert.deepEqual(
      (await store.db.selectFrom('meta').select('key').execute()).map((r) => r.key),
      ['by two'],
    );
    one.stop();
    third.stop();
    await store.close();
  });
});
