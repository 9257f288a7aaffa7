/** An answer that comes while its build is being parked. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Ask } from '@millrace/pipeline';
import { sql } from 'kysely';
import { Store } from '../store/store.ts';
import type { TestDatabase } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { wakeAsk } from './asks/wake-ask.ts';
import { parkBuild } from './parking.ts';

const ASK = '0:1';
const OPEN = [{ id: ASK, kind: 'input', at: 0, request: {} }] as unknown as readonly Ask[];

async function withBuild(store: Store): Promise<number> {
  return store.writeFree(async (tx) => {
    const { id } = await tx
      .insertInto('builds')
      .values({
        item_id: 1,
        job: 'j',
        number: 1,
        state: 'running',
        result: null,
        priority: 0,
        causes: '[]',
        parameters: '{}',
        origin: '{}',
        queued_at: 0,
        quiet_until: 0,
        started_at: 0,
        ended_at: null,
        owner: 'c',
        epoch: 1,
        crashes: 0,
        parked: 0,
        wake_at: null,
        abort: null,
        facts: '{}',
        kept: 0,
        why: null,
        timeline: '[]',
        record: null,
        log_bytes: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('inputs')
      .values({ build_id: id, ask_id: ASK, input_id: 'i', request: '{}', state: 'waiting', answer: null, by_user: null, created_at: 0 })
      .execute();
    return id;
  });
}
const park = (store: Store, id: number): Promise<void> => store.writeFree((tx, wakes) => parkBuild(tx, wakes, { id, owner: 'c', epoch: 1, open: OPEN }));
const answer = (store: Store, id: number, beforeCommit: () => Promise<void>): Promise<void> =>
  store.writeFree(async (tx, wakes) => {
    await tx.updateTable('inputs').set({ state: 'proceeded' }).where('build_id', '=', id).execute();
    await wakeAsk(tx, wakes, id, ASK);
    await beforeCommit();
  });

eachEngine('parking', (databases) => {
  const parked = async (store: Store, id: number): Promise<number | undefined> =>
    (await store.db.selectFrom('builds').select('parked').where('id', '=', id).executeTakeFirst())?.parked;

  it('leaves a build parked that has no answer, and its answer wakes it', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'a' });
    const id = await withBuild(store);
    await park(store, id);
    assert.equal(await parked(store, id), 1);
    await answer(store, id, async () => undefined);
    assert.equal(await parked(store, id), 0);
    await store.close();
  });

  it('does not park a build whose answer came first', async () => {
    const store = await Store.open({ ...(await databases.make()), origin: 'a' });
    const id = await withBuild(store);
    await answer(store, id, async () => undefined);
    await park(store, id);
    assert.equal(await parked(store, id), 0);
    await store.close();
  });

  if (databases.kind === 'sqlite') return;
  it('sees an answer that another controller has written and not committed yet', async () => {
    const database: TestDatabase = await databases.make();
    const one = await Store.open({ ...database, origin: 'a' });
    const two = await Store.open({ ...database, origin: 'b' });
    const id = await withBuild(one);
    let parking: Promise<unknown> = Promise.resolve();
    await answer(two, id, async () => {
      let over = false;
      parking = park(one, id).finally(() => {
        over = true;
      });
      // Either it waits for this transaction, or it does not and is over: both are events.
      for (;;) {
        if (over) return;
        const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`.execute(one.db);
        if ((rows[0]?.n ?? 0) > 0) return;
      }
    });
    await parking;
    assert.equal(await parked(one, id), 0);
    await one.close();
    await two.close();
  });
});
