/** `ws`: another workspace on the lease's node. One that another lease uses is passed over: `@2`, `@3`, …. */
import { posix, win32 } from 'node:path';
import type { Tx } from '../../store/store.ts';
import type { AskContext } from '../ask-context.ts';
import { askKey, lostNode } from '../ask-context.ts';
import { parse } from '../records.ts';

export async function workspace(cx: AskContext<'workspace'>): Promise<void> {
  const { store, now } = cx.services;
  const id = askKey(cx.build.id, cx.request.lease);
  const path = await store.write(async (tx) => {
    const mine = await tx.selectFrom('workspaces').select('path').where('lease', '=', id).where('ask_id', '=', cx.ask.id).executeTakeFirst();
    if (mine !== undefined) return mine.path;
    const lease = await tx.selectFrom('leases').select(['node_id', 'workspace']).where('id', '=', id).executeTakeFirst();
    const node =
      lease?.node_id == null ? undefined : await tx.selectFrom('nodes').select(['id', 'root', 'facts']).where('id', '=', lease.node_id).executeTakeFirst();
    if (lease === undefined || node === undefined) throw lostNode('the node of this step is no longer held');
    const facts = parse<{ root?: string; windows?: boolean }>(node.facts);
    const { resolve } = facts.windows === true ? win32 : posix;
    const base = cx.request.path === null ? (lease.workspace as string).replace(/@\d+$/, '') : resolve(node.root ?? facts.root ?? '/', cx.request.path);
    return takeWorkspace(tx, { nodeId: node.id, base, lease: id, askId: cx.ask.id, itemId: cx.build.itemId, now: now() });
  });
  cx.answer({ path, temporary: `${path}@tmp` });
}

export async function workspaceRelease(cx: AskContext<'workspace.release'>): Promise<void> {
  const { lease, path } = cx.request;
  const id = askKey(cx.build.id, lease);
  await cx.services.store.write((tx) =>
    tx.updateTable('workspaces').set({ lease: null, ask_id: null }).where('lease', '=', id).where('path', '=', path).where('ask_id', 'is not', null).execute(),
  );
  cx.answer(null);
}

/** The first of `base`, `base@2`, … that nobody uses; it is that lease's from then on. */
export async function takeWorkspace(
  tx: Tx,
  { nodeId, base, lease, askId, itemId, now }: { nodeId: number; base: string; lease: string; askId: string | null; itemId: number; now: number },
): Promise<string> {
  for (let n = 1; ; n++) {
    const path = n === 1 ? base : `${base}@${n}`;
    const found = await tx.selectFrom('workspaces').select('lease').where('node_id', '=', nodeId).where('path', '=', path).executeTakeFirst();
    if (found?.lease != null) continue;
    await tx
      .insertInto('workspaces')
      .values({ node_id: nodeId, path, item_id: itemId, lease, ask_id: askId, used_at: now })
      .onConflict((c) => c.columns(['node_id', 'path']).doUpdateSet({ lease, ask_id: askId, item_id: itemId, used_at: now }))
      .execute();
    return path;
  }
}
