/**
 * `milestone`: builds of a job pass it in the order of their numbers. Who comes after a newer build has passed ends; who
 * passes ends the older builds that have not come so far. Follows MilestoneStepExecution.
 */
import type { AskContext } from '../ask-context.ts';

export async function milestone(cx: AskContext<'milestone'>): Promise<void> {
  const { store } = cx.services;
  const { itemId, id, number } = cx.build;
  const { ordinal } = cx.request;
  const superseded = await store.write(async (tx, wakes) => {
    await store.engine.exclusive(tx, `milestones ${itemId}`);
    const rows = await tx.selectFrom('milestones').selectAll().where('item_id', '=', itemId).execute();
    // It may be asked again after a crash: what it passed it has passed.
    const mine = rows.find((r) => r.build_id === id);
    if (mine !== undefined && mine.ordinal >= ordinal) return null;
    const newer = rows.filter((r) => r.number > number && r.ordinal >= ordinal).sort((a, b) => b.number - a.number)[0];
    if (newer !== undefined) return newer.number;
    const row = { item_id: itemId, build_id: id, number, ordinal };
    await tx
      .insertInto('milestones')
      .values(row)
      .onConflict((c) => c.columns(['item_id', 'build_id']).doUpdateSet({ ordinal }))
      .execute();
    const passed = new Map(rows.map((r) => [r.build_id, r.ordinal]));
    const older = await tx
      .selectFrom('builds')
      .select(['id', 'number'])
      .where('item_id', '=', itemId)
      .where('state', '=', 'running')
      .where('number', '<', number)
      .where('abort', 'is', null)
      .execute();
    for (const build of older) {
      // Builds without any milestone so far are held to it too: they come later.
      if ((passed.get(build.id) ?? -1) >= ordinal) continue;
      const because = `Superseded by #${number}`;
      await tx
        .updateTable('builds')
        .set({ abort: JSON.stringify({ by: null, hard: false, because }), parked: 0 })
        .where('id', '=', build.id)
        .execute();
      wakes.add(`abort ${build.id}`);
      wakes.add('queue');
    }
    return null;
  });
  cx.answer({ superseded: superseded === null ? null : { by: `#${superseded}` } });
}
