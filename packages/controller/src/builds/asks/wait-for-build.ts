/** `waitForBuild`: the end of a build that somebody else has started. */
import { abortWithCaller } from '../abort-with-caller.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure } from '../ask-context.ts';
import { UNTIL_END } from '../waiters.ts';
import { answerOf } from './other-builds.ts';

/** `runId`: `folder/job#12`. */
export async function waitForBuild(cx: AskContext, { runId, propagateAbort }: { readonly runId: string; readonly propagateAbort?: true }): Promise<void> {
  const { store, onError } = cx.services;
  const known = await store.db
    .selectFrom('downstream')
    .select('downstream_id')
    .where('build_id', '=', cx.build.id)
    .where('ask_id', '=', cx.ask.id)
    .executeTakeFirst();
  const id = known?.downstream_id ?? (await idOf(cx, runId));
  if (id === null) {
    cx.answer(null);
    return;
  }
  const first = await store.db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst();
  if (known === undefined && first?.state === 'ended') {
    cx.answer({ result: first.result, build: answerOf(cx, first), already: true });
    return;
  }
  await store.write((tx) =>
    tx
      .insertInto('downstream')
      .values({ build_id: cx.build.id, ask_id: cx.ask.id, downstream_id: id, wait: UNTIL_END })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
      .execute(),
  );
  if (first !== undefined) cx.print(`Waiting for ${first.job.replaceAll('/', ' » ')} #${first.number} to complete\n`);
  if (propagateAbort === true) cx.onCancel(() => void abortWithCaller(store, id).catch(onError));
  cx.watch(async () => {
    const row = await store.db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new AskFailure({ code: 'MR_BUILD_UNKNOWN', message: `${runId} was deleted` });
    if (row.state !== 'ended') return false;
    cx.answer({ result: row.result, build: answerOf(cx, row) });
    return true;
  });
}

async function idOf(cx: AskContext, runId: string): Promise<number | null> {
  const m = /^(.+)#(\d{1,9})$/.exec(runId);
  if (m === null) return null;
  const { db } = cx.services.store;
  const item = await db
    .selectFrom('items')
    .select('id')
    .where('full_name', '=', m[1] as string)
    .where('deleted', '=', 0)
    .executeTakeFirst();
  if (item === undefined) return null;
  const row = await db.selectFrom('builds').select('id').where('item_id', '=', item.id).where('number', '=', Number(m[2])).executeTakeFirst();
  return row?.id ?? null;
}
