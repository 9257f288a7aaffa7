/**
 * `lock` across all controllers: waits and holds are rows, decided by one function under one database lock. A resource that
 * nobody declared lives as long as somebody holds it or waits for it.
 */
import type { RequestOf } from '@millrace/pipeline';
import type { LockWait, Want } from '../../queue/locks.ts';
import { grantLocks } from '../../queue/locks.ts';
import type { Store, Tx } from '../../store/store.ts';
import type { Wakes } from '../../store/wakes.ts';
import type { AskContext } from '../ask-context.ts';
import { askKey } from '../ask-context.ts';
import { parse } from '../records.ts';
import { wakeAsk } from './wake-ask.ts';

type Request = RequestOf<'lock'>;

export async function lock(cx: AskContext<'lock'>): Promise<void> {
  const { store, now } = cx.services;
  const { request } = cx;
  const wants = wantsOf(request);
  cx.onCancel(() => {
    releaseLock(store, cx.key).catch(cx.services.onError);
  });
  const made = await store.write(async (tx, wakes) => {
    await store.engine.exclusive(tx, 'locks');
    const known = await tx.selectFrom('locks').select('id').where('id', '=', cx.key).executeTakeFirst();
    if (known !== undefined) return [];
    const created = await createMissing(tx, wants);
    await tx
      .insertInto('locks')
      .values({ id: cx.key, build_id: cx.build.id, ask_id: cx.ask.id, request: JSON.stringify(request), state: 'waiting', resources: '[]', since: now() })
      .execute();
    await settleLocks(tx, wakes);
    return created;
  });
  for (const name of made) cx.print(`Resource [${name}] did not exist. Created.\n`);
  let told = false;
  cx.watch(async () => {
    const row = await store.db.selectFrom('locks').select(['state', 'resources']).where('id', '=', cx.key).executeTakeFirst();
    if (row?.state === 'held') cx.answer({ acquired: true, resources: parse<string[]>(row.resources) });
    else if (row === undefined || row.state === 'skipped') cx.answer({ acquired: false, resources: [] });
    else {
      if (!told) cx.print(`[${request.name ?? wants.map((w) => w.resource ?? w.label).join(', ')}] is not free, waiting for execution ...\n`);
      told = true;
      return false;
    }
    return true;
  });
}

export async function lockRelease(cx: AskContext<'lock.release'>): Promise<void> {
  await releaseLock(cx.services.store, askKey(cx.build.id, cx.request.ask));
  cx.answer(null);
}

async function releaseLock(store: Store, id: string): Promise<void> {
  await store.write(async (tx, wakes) => {
    await store.engine.exclusive(tx, 'locks');
    const { numDeletedRows } = await tx.deleteFrom('locks').where('id', '=', id).executeTakeFirst();
    if (Number(numDeletedRows) > 0) await settleLocks(tx, wakes);
  });
}

function wantsOf(request: Request): Want[] {
  const all = [request, ...(request.extra as unknown as readonly Request[])];
  return all.flatMap((one) => {
    const resource = one.resource ?? null,
      label = one.label ?? null;
    return resource === null && label === null ? [] : [{ resource, label, quantity: one.quantity ?? 0 }];
  });
}

async function createMissing(tx: Tx, wants: readonly Want[]): Promise<string[]> {
  const created: string[] = [];
  for (const { resource } of wants) {
    if (resource === null) continue;
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('resources')
      .values({ name: resource, labels: '[]', description: '', ephemeral: 1, reserved_by: null, note: '', properties: '{}' })
      .onConflict((c) => c.column('name').doNothing())
      .executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows ?? 0) > 0) created.push(resource);
  }
  return created;
}

/** Gives what is free to who waits. In a transaction that holds `locks` exclusively. */
export async function settleLocks(tx: Tx, wakes: Wakes): Promise<void> {
  const rows = await tx.selectFrom('locks').selectAll().orderBy('since').execute();
  const declared = await tx.selectFrom('resources').selectAll().orderBy('name').execute();
  const held = new Set(rows.filter((r) => r.state === 'held').flatMap((r) => parse<string[]>(r.resources)));
  const waiting = rows.filter((r) => r.state === 'waiting');
  const waits = waiting.map((row): LockWait => {
    const request = parse<Request>(row.request);
    return {
      id: row.id,
      wants: wantsOf(request),
      priority: request.priority,
      inverse: request.inverse,
      since: row.since,
      build: row.build_id,
      skip: request.skip,
    };
  });
  const granted = new Map(
    grantLocks(
      declared.map((r) => ({ name: r.name, labels: parse<string[]>(r.labels), reserved: r.reserved_by !== null })),
      held,
      waits,
    ).map((g) => [g.id, g.resources]),
  );
  for (const [i, row] of waiting.entries()) {
    const resources = granted.get(row.id);
    if (resources === undefined && waits[i]?.skip !== true) continue;
    await tx
      .updateTable('locks')
      .set(resources === undefined ? { state: 'skipped' } : { state: 'held', resources: JSON.stringify(resources) })
      .where('id', '=', row.id)
      .execute();
    await wakeAsk(tx, wakes, row.build_id, row.ask_id);
  }
  const wanted = new Set([...held, ...[...granted.values()].flat(), ...waits.flatMap((w) => w.wants.flatMap((want) => want.resource ?? []))]);
  for (const { name, ephemeral } of declared) if (ephemeral === 1 && !wanted.has(name)) await tx.deleteFrom('resources').where('name', '=', name).execute();
}
