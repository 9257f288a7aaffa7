/** While a rollout runs, an older controller may be given a build that a newer one has begun. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';

eachEngine('a build whose journal a newer version has written', (databases) => {
  it('waits for a controller that can read it, and goes on where it was; who aborts it ends it', async (t) => {
    const { url, folder } = await databases.make();
    const server = await TestServer.start({ data: folder, databaseUrl: url });
    t.after(() => server.stop());
    const { store } = server;
    const row = (id: number) =>
      store.db.selectFrom('builds').select(['state', 'result', 'owner', 'parked', 'wake_at']).where('id', '=', id).executeTakeFirstOrThrow();
    const replace = (id: number, from: RegExp, to: string): Promise<void> =>
      store.write(async (tx) => {
        const chunk = tx.selectFrom('build_chunks').select('journal').where('build_id', '=', id).where('seq', '=', 0);
        const { journal } = await chunk.executeTakeFirstOrThrow();
        assert.match(journal, from);
        await tx
          .updateTable('build_chunks')
          .set({ journal: journal.replace(from, to) })
          .where('build_id', '=', id)
          .where('seq', '=', 0)
          .execute();
      });
    /** Let go while it waits, then of a newer version, then woken. */
    const postponed = async (job: string): Promise<number> => {
      const id = await server.trigger(`input 'go on?'\necho 'went on'`, job);
      await server.until(async () => (await row(id)).parked === 1);
      await replace(id, /"flags":\[/, '"flags":[9999,');
      await server.answerInput(id, {});
      await server.until(async () => (await row(id)).wake_at !== null, { ms: 20_000, seen: async () => JSON.stringify(await row(id)) });
      assert.deepEqual({ ...(await row(id)), wake_at: 0 }, { state: 'running', result: null, owner: null, parked: 1, wake_at: 0 });
      return id;
    };
    const one = await postponed('one');
    await replace(one, /9999,/, '');
    await store.write(async (tx, wakes) => {
      await tx.updateTable('builds').set({ wake_at: 0 }).where('id', '=', one).execute();
      wakes.add('queue');
    });
    const { result, log } = await server.ended(one);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /\nwent on\n/);
    const two = await postponed('two');
    await server.abort(two);
    assert.equal((await server.ended(two)).result, 'FAILURE');
  });
});
