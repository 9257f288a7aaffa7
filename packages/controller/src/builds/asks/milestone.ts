/**
 * `milestone`: builds of a job pass it in the order of their numbers. The rules are queue/milestones.ts; here its state is the
 * job's running builds and the rows of `milestones`.
 */
import type { Milestones } from '../../queue/milestones.ts';
import { buildEnded, passMilestone } from '../../queue/milestones.ts';
import type { Engine } from '../../store/engine.ts';
import type { Tx } from '../../store/store.ts';
import type { Wakes } from '../../store/wakes.ts';
import { displayNameOf, supersededAtMilestone } from '../abort-causes.ts';
import type { AskContext } from '../ask-context.ts';
import type { AbortRequest } from '../records.ts';

export async function milestone(cx: AskContext<'milestone'>): Promise<void> {
  const { store } = cx.services;
  const { itemId, id, number } = cx.build;
  const { ordinal } = cx.request;
  const by = await store.write(async (tx, wakes) => {
    await store.engine.exclusive(tx, `milestones ${itemId}`);
    const state = await load(tx, itemId);
    const outcome = passMilestone(state, number, ordinal);
    if (outcome.supersededBy !== null) return outcome.supersededBy;
    const passed = outcome.state.running.get(number) ?? ordinal;
    await tx
      .insertInto('milestones')
      .values({ item_id: itemId, build_id: id, number, ordinal: passed })
      .onConflict((c) => c.columns(['item_id', 'build_id']).doUpdateSet({ ordinal: passed }))
      .execute();
    await abortAll(tx, wakes, itemId, outcome.cancel);
    return null;
  });
  cx.answer({ superseded: by === null ? null : { by: `#${by}` } });
}

/** In the transaction that ends a build: older ones that have not come as far end too. */
export async function milestonesAtEnd(
  tx: Tx,
  wakes: Wakes,
  exclusive: Engine['exclusive'],
  build: { readonly id: number; readonly itemId: number; readonly number: number },
): Promise<void> {
  const own = await tx.selectFrom('milestones').select('ordinal').where('item_id', '=', build.itemId).where('build_id', '=', build.id).executeTakeFirst();
  if (own === undefined) return;
  await exclusive(tx, `milestones ${build.itemId}`);
  const state = await load(tx, build.itemId);
  const outcome = buildEnded({ ...state, running: new Map(state.running).set(build.number, own.ordinal) }, build.number);
  const remembered = [...outcome.state.ended.keys(), ...outcome.state.running.keys()];
  let forget = tx.deleteFrom('milestones').where('item_id', '=', build.itemId);
  if (remembered.length > 0) forget = forget.where('number', 'not in', remembered);
  await forget.execute();
  await abortAll(tx, wakes, build.itemId, outcome.cancel);
}

async function load(tx: Tx, item: number): Promise<Milestones> {
  const passed = await tx.selectFrom('milestones').select(['number', 'ordinal']).where('item_id', '=', item).execute();
  const builds = await tx.selectFrom('builds').select('number').where('item_id', '=', item).where('state', '=', 'running').execute();
  const running = new Map<number, number | null>(builds.map((b) => [b.number as number, null]));
  const ended = new Map<number, number>();
  for (const { number, ordinal } of passed) (running.has(number) ? running : ended).set(number, ordinal);
  return { running, ended };
}

async function abortAll(tx: Tx, wakes: Wakes, item: number, cancel: readonly { readonly build: number; readonly by: number }[]): Promise<void> {
  for (const { build, by } of cancel) {
    const because = supersededAtMilestone(await displayNameOf(tx, item, by));
    const row = await tx
      .updateTable('builds')
      .set({ abort: JSON.stringify({ by: null, hard: false, because } satisfies AbortRequest), parked: 0 })
      .where('item_id', '=', item)
      .where('number', '=', build)
      .where('state', '=', 'running')
      .where('abort', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) continue;
    wakes.add(`abort ${row.id}`);
    wakes.add('queue');
  }
}
