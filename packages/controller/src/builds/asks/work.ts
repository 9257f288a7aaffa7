/**
 * What a machine does for a step: a row in `work`, which the node's agent is told of, and whose result any controller writes
 * down. Its id is the ask's key: asking again finds the same work, and its result where there is one.
 */
import type { CancelReason, Json } from '@millrace/pipeline';
import type { AskContext } from '../ask-context.ts';
import { askKey, lostNode } from '../ask-context.ts';

/** What an agent answered: see WorkResult of the agent API. */
export type StoredResult =
  | { readonly ok: Json }
  | { readonly err: { readonly code: string; readonly message: string; readonly type?: string } }
  | { readonly exit: number; readonly stdout?: string; readonly lost?: boolean }
  /** What the step is answered, made from `ok`, whose files may be gone by now. */
  | { readonly answer: Json };

/** What an agent's answer becomes. `after`: what it no longer needs goes when the answer is kept. */
export interface MadeAnswer {
  readonly value: Json;
  readonly after?: () => Promise<void>;
}

/** `more` is added to the request: what the machine needs beside what the step asked. `kind`: what the machine does, where that is not the ask's own. */
export async function work(
  cx: AskContext,
  lease: string,
  more: { readonly [name: string]: Json } = {},
  answer?: (ok: Json) => Promise<MadeAnswer>,
  kind: string = cx.ask.kind,
): Promise<void> {
  const { store, sealer, now } = cx.services;
  cx.onCancel((reason) => {
    void cancelWork(cx, reason).catch(cx.services.onError);
  });
  const request = sealer.seal(JSON.stringify({ ...(cx.request as object), ...more }));
  const leaseKey = askKey(cx.build.id, lease);
  await store.write(async (tx, wakes) => {
    const known = await tx.selectFrom('work').select('id').where('id', '=', cx.key).executeTakeFirst();
    if (known !== undefined) return;
    const held = await tx.selectFrom('leases').select('node_id').where('id', '=', leaseKey).where('state', '=', 'held').executeTakeFirst();
    if (held?.node_id == null) throw lostNode('the node of this step is no longer held');
    const node = await tx.selectFrom('nodes').select('facts').where('id', '=', held.node_id).executeTakeFirst();
    const { disk = null } = JSON.parse(node?.facts ?? '{}') as { disk?: string };
    await tx
      .insertInto('work')
      .values({
        id: cx.key,
        build_id: cx.build.id,
        ask_id: cx.ask.id,
        node_id: held.node_id,
        kind,
        request,
        cancel: null,
        result: null,
        taken_by: disk,
        created_at: now(),
      })
      .execute();
    wakes.add(`work ${held.node_id}`);
  });
  cx.watch(async () => {
    const row = await store.db.selectFrom('work').select('result').where('id', '=', cx.key).executeTakeFirst();
    if (row === undefined) throw lostNode('the machine that ran the step was lost');
    if (row.result === null) return false;
    const result = JSON.parse(sealer.open(row.result)) as StoredResult;
    if ('err' in result) cx.fail(result.err);
    else if ('answer' in result) cx.answer(result.answer);
    else if ('ok' in result) cx.answer(answer === undefined ? result.ok : await made(cx, await answer(result.ok)));
    else cx.answer({ exit: result.exit, ...(result.stdout === undefined ? {} : { stdout: result.stdout }) });
    return true;
  });
}

async function made(cx: AskContext, { value, after }: MadeAnswer): Promise<Json> {
  if (after === undefined) return value;
  const result = cx.services.sealer.seal(JSON.stringify({ answer: value } satisfies StoredResult));
  await cx.services.store.write((tx) => tx.updateTable('work').set({ result }).where('id', '=', cx.key).execute());
  await after();
  return value;
}

async function cancelWork(cx: AskContext, reason: CancelReason): Promise<void> {
  if (reason.kind === 'obsolete') return;
  await cx.services.store.write(async (tx, wakes) => {
    const row = await tx.selectFrom('work').select(['node_id', 'result']).where('id', '=', cx.key).executeTakeFirst();
    if (row === undefined || row.result !== null) return;
    await tx.updateTable('work').set({ cancel: reason.kind }).where('id', '=', cx.key).execute();
    wakes.add(`work ${row.node_id}`);
  });
}
