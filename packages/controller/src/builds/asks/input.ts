/** `input`: a row that a person's answer completes, through whichever controller it comes. */
import type { Json } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import { parse } from '../records.ts';

export async function input(cx: AskContext<'input'>): Promise<void> {
  const { store, sealer, now } = cx.services;
  const where = { build_id: cx.build.id, ask_id: cx.ask.id };
  cx.onCancel(() => {
    store
      .write((tx) => tx.deleteFrom('inputs').where('build_id', '=', where.build_id).where('ask_id', '=', where.ask_id).where('state', '=', 'waiting').execute())
      .catch(cx.services.onError);
  });
  await store.write(async (tx, wakes) => {
    await tx
      .insertInto('inputs')
      .values({
        ...where,
        input_id: cx.request.id,
        request: JSON.stringify(cx.request),
        state: 'waiting',
        answer: null,
        by_user: null,
        created_at: now(),
      })
      .onConflict((c) => c.columns(['build_id', 'ask_id']).doNothing())
      .execute();
    wakes.add(`build ${cx.build.id}`);
  });
  cx.watch(async () => {
    const row = await store.db.selectFrom('inputs').selectAll().where('build_id', '=', where.build_id).where('ask_id', '=', where.ask_id).executeTakeFirst();
    if (row === undefined || row.state === 'waiting') return row === undefined;
    if (row.state === 'aborted') cx.fail({ code: 'MR_INPUT_ABORTED', message: 'Rejected', ...(row.by_user === null ? {} : { user: row.by_user }) });
    else cx.answer({ user: row.by_user, values: row.answer === null ? {} : parse<{ [name: string]: Json }>(sealer.open(row.answer)) });
    return true;
  });
}
