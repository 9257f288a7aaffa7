/**
 * `node`: a row in `leases`, which the scheduler grants. Its id is the ask's key, so asking again finds the same one.
 * `node.release` ends it; the machine is told to end what the lease's steps have left behind.
 */
import type { Json, NodeAnswer } from '@millrace/pipeline';
import { retentionOf } from '../../clouds/load-clouds.ts';
import { tell, toldOf, withLines } from '../../clouds/told.ts';
import { parseLabelExpression } from '../../queue/label-expression.ts';
import type { Row } from '../../store/schema.ts';
import type { Tx } from '../../store/store.ts';
import type { Wakes } from '../../store/wakes.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, askKey, INTERRUPTED, lostNode } from '../ask-context.ts';
import { parse } from '../records.ts';

/** How long a request may wait before the console tells why: as Jenkins. */
const PATIENCE_MS = 5_000;

export async function node(cx: AskContext<'node'>): Promise<void> {
  const { store, now } = cx.services;
  const { label, job } = cx.request;
  if (label !== null) checkLabel(label);
  cx.onCancel(() => {
    void giveBack(cx, cx.ask.id).catch(cx.services.onError);
  });
  await store.write(async (tx, wakes) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('leases')
      .values({
        id: cx.key,
        build_id: cx.build.id,
        ask_id: cx.ask.id,
        item_id: cx.build.itemId,
        job,
        label,
        state: 'waiting',
        priority: cx.build.priority,
        since: now(),
        node_id: null,
        executor: null,
        workspace: null,
        granted_at: null,
        why: null,
        timeline: '[]',
      })
      .onConflict((c) => c.column('id').doNothing())
      .executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows ?? 0) > 0) wakes.add('queue');
  });
  const patience = setTimeout(() => {
    store.write((tx, wakes) => tellPatience(tx, wakes, cx.key)).catch(cx.services.onError);
  }, PATIENCE_MS);
  cx.onGone(() => {
    clearTimeout(patience);
  });
  let printed = 0;
  cx.watch(async () => {
    const row = await store.db.selectFrom('leases').selectAll().where('id', '=', cx.key).executeTakeFirst();
    if (row === undefined)
      throw new AskFailure({ code: 'MR_NODE_LOST', message: 'the request for a node was taken out of the queue', type: 'hudson.AbortException' });
    const { lines, failure } = toldOf(row.cloud);
    for (const { text } of lines.slice(printed)) cx.print(`${text}\n`);
    printed = lines.length;
    if (failure !== null) {
      await giveBack(cx, cx.ask.id);
      cx.print('Queue task was cancelled\n');
      // As Jenkins takes an item out of its queue whose machine cannot be had: nothing of the script has failed.
      throw new AskFailure({ ...failure, type: INTERRUPTED });
    }
    if (row.state !== 'held') return false;
    cx.answer((await answerOf(cx, row)) as unknown as Json);
    return true;
  });
}

/** In the row, so that whoever goes on with the build prints the same in the same order. */
async function tellPatience(tx: Tx, wakes: Wakes, lease: string): Promise<void> {
  const row = await tx.selectFrom('leases').select('why').where('id', '=', lease).executeTakeFirst();
  const why = row?.why == null ? '' : `\n${parse<{ message: string }>(row.why).message}`;
  await tell(tx, wakes, lease, (told) => withLines(told, [{ key: 'patience', text: `Still waiting to schedule task${why}` }]));
}

function checkLabel(label: string): void {
  try {
    parseLabelExpression(label);
  } catch (error) {
    throw new AskFailure({
      code: 'MR_LABEL_EXPRESSION',
      message: `Invalid label expression: ${label}: ${(error as Error).message}`,
      type: 'java.lang.IllegalArgumentException',
    });
  }
}

async function answerOf(cx: AskContext, lease: Row<'leases'>): Promise<NodeAnswer> {
  const found = await cx.services.store.db.selectFrom('nodes').selectAll().where('id', '=', lease.node_id).executeTakeFirst();
  if (found === undefined) throw lostNode('the node was deleted');
  const facts = parse<{ env?: Record<string, string>; windows?: boolean }>(found.facts);
  const workspace = lease.workspace as string;
  const { retries = 1 } = found.kind === 'cloud' ? retentionOf(found) : {};
  return {
    lease: cx.ask.id,
    name: found.name,
    displayName: found.kind === 'built-in' ? 'Jenkins' : found.name,
    labels: [...new Set([...parse<string[]>(found.labels), found.name])],
    executor: lease.executor as number,
    workspace,
    temporary: `${workspace}@tmp`,
    windows: facts.windows === true,
    env: { ...facts.env, ...cx.services.installation().env, ...parse<Record<string, string>>(found.env) },
    ...(retries > 1 ? { retries } : {}),
  };
}

export async function nodeRelease(cx: AskContext<'node.release'>): Promise<void> {
  // The next thing that the build writes is behind this in the writer's queue: nobody has to wait for it.
  giveBack(cx, cx.request.lease).catch(cx.services.onError);
  cx.answer(null);
}

/** Frees the executor and the workspaces of a lease of this build, or takes the request back. */
async function giveBack(cx: AskContext, leaseAsk: string): Promise<void> {
  const id = askKey(cx.build.id, leaseAsk);
  await cx.services.store.write(async (tx, wakes) => {
    // A grant of the scheduler's that is under way is waited for, and then what it gave is seen.
    const lease = await tx.deleteFrom('leases').where('id', '=', id).returning('node_id').executeTakeFirst();
    if (lease === undefined) return;
    wakes.add('queue');
    if (lease.node_id === null) return;
    wakes.add(`node ${lease.node_id}`);
    await tx.updateTable('workspaces').set({ lease: null, ask_id: null }).where('lease', '=', id).execute();
    await tx
      .insertInto('work')
      .values({
        id: `${id}.end`,
        build_id: cx.build.id,
        ask_id: '',
        node_id: lease.node_id,
        kind: 'lease.end',
        request: cx.services.sealer.seal(JSON.stringify({ cookie: id })),
        cancel: null,
        result: null,
        taken_by: null,
        created_at: cx.services.now(),
      })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    wakes.add(`work ${lease.node_id}`);
  });
}
