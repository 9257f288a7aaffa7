/**
 * The locks of all controllers: rows, on which the pure functions of locks.ts decide. Everything here is done in a transaction
 * that holds `locks` exclusively. What a row of `locks` holds in `request` is the waiter as locks.ts knows it, and its place.
 */
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import type { Engine } from '../store/engine.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Hold, LockRequest, LockState, Resource, Waiter } from './lock-state.ts';
import { whyWaiting } from './lock-texts.ts';
import type { LockOutcome } from './locks.ts';
import { askForLock, changeResources, releaseLock } from './locks.ts';
import type { Why } from './why.ts';

interface Kept {
  readonly request: LockRequest;
  readonly overtaken: number;
  readonly place: number;
}

export interface LockTable {
  /** Texts are for the console of the build that asks. */
  ask(
    tx: Tx,
    wakes: Wakes,
    row: { readonly id: string; readonly buildId: number; readonly askId: string },
    request: LockRequest,
    now: number,
  ): Promise<readonly string[]>;
  /** Also takes a wait back. */
  release(tx: Tx, wakes: Wakes, ids: readonly string[], now: number): Promise<void>;
  /** Replaces what is declared; what is held stays held. */
  declare(tx: Tx, wakes: Wakes, resources: readonly Resource[], now: number): Promise<void>;
}

export function lockTable(exclusive: Engine['exclusive']): LockTable {
  return {
    ask: async (tx, wakes, { id, buildId, askId }, request, now) => {
      await exclusive(tx, 'locks');
      const before = await loadLocks(tx);
      const outcome = askForLock(before, request, now);
      await tx
        .insertInto('locks')
        .values({
          id,
          build_id: buildId,
          ask_id: askId,
          request: JSON.stringify({ request, overtaken: 0, place: 0 } satisfies Kept),
          state: 'waiting',
          resources: '[]',
          since: now,
        })
        .onConflict((c) => c.column('id').doNothing())
        .execute();
      await save(tx, wakes, before, outcome);
      return outcome.texts.map((t) => t.text);
    },
    release: async (tx, wakes, ids, now) => {
      await exclusive(tx, 'locks');
      for (const id of ids) {
        const before = await loadLocks(tx);
        await tx.deleteFrom('locks').where('id', '=', id).execute();
        await save(tx, wakes, before, releaseLock(before, id, now));
      }
    },
    declare: async (tx, wakes, resources, now) => {
      await exclusive(tx, 'locks');
      const before = await loadLocks(tx);
      await save(tx, wakes, before, changeResources(before, resources, now));
    },
  };
}

/** All as one value; also for pages, without the exclusive lock. */
export async function loadLocks(tx: Tx): Promise<LockState> {
  const resources = await tx.selectFrom('resources').selectAll().orderBy('name').execute();
  const rows = (await tx.selectFrom('locks').selectAll().where('state', 'in', ['waiting', 'held']).execute()).map((row) => ({
    row,
    kept: JSON.parse(row.request) as Kept,
  }));
  const holds = rows.flatMap(({ row, kept }): Hold[] =>
    row.state === 'held'
      ? (JSON.parse(row.resources) as string[]).map((resource) => ({ resource, by: row.id, build: kept.request.build, since: row.since }))
      : [],
  );
  return {
    resources: resources.map(
      (r): Resource => ({
        name: r.name,
        labels: JSON.parse(r.labels) as string[],
        properties: JSON.parse(r.properties) as Resource['properties'],
        ephemeral: r.ephemeral === 1,
        reservedBy: r.reserved_by,
        note: r.note === '' ? null : r.note,
      }),
    ),
    holds,
    waiters: rows
      .filter(({ row }) => row.state === 'waiting')
      .sort((a, b) => a.kept.place - b.kept.place || a.row.since - b.row.since)
      .map(({ row, kept }): Waiter => ({ ...kept.request, since: row.since, overtaken: kept.overtaken })),
  };
}

/** For the page and the console: why a lock waits; null where it does not. */
export async function whyLockWaits(tx: Tx, id: string): Promise<Why | null> {
  return whyWaiting(await loadLocks(tx), id);
}

async function save(tx: Tx, wakes: Wakes, before: LockState, { state, granted, skipped, created, removed }: LockOutcome): Promise<void> {
  for (const name of removed) await tx.deleteFrom('resources').where('name', '=', name).execute();
  const fresh = new Set(created);
  const known = new Map(before.resources.map((r) => [r.name, r]));
  for (const resource of state.resources) {
    if (!fresh.has(resource.name) && known.get(resource.name) === resource) continue;
    const row = {
      labels: JSON.stringify(resource.labels),
      ephemeral: resource.ephemeral ? 1 : 0,
      reserved_by: resource.reservedBy,
      note: resource.note ?? '',
      properties: JSON.stringify(resource.properties),
    };
    await tx
      .insertInto('resources')
      .values({ name: resource.name, description: '', ...row })
      .onConflict((c) => c.column('name').doUpdateSet(row))
      .execute();
  }
  const places = new Map(before.waiters.map((w, i) => [w.id, { i, overtaken: w.overtaken }]));
  for (const [i, { since: _since, overtaken, ...request }] of state.waiters.entries()) {
    const old = places.get(request.id);
    if (old?.i === i && old.overtaken === overtaken) continue;
    await tx
      .updateTable('locks')
      .set({ request: JSON.stringify({ request, overtaken, place: i } satisfies Kept) })
      .where('id', '=', request.id)
      .execute();
  }
  for (const { id, resources } of granted) await answer(tx, wakes, id, { state: 'held', resources: JSON.stringify(resources) });
  for (const id of skipped) await answer(tx, wakes, id, { state: 'skipped', resources: '[]' });
}

async function answer(tx: Tx, wakes: Wakes, id: string, set: { state: 'held' | 'skipped'; resources: string }): Promise<void> {
  const row = await tx.updateTable('locks').set(set).where('id', '=', id).where('state', '=', 'waiting').returning(['build_id', 'ask_id']).executeTakeFirst();
  if (row !== undefined) await wakeAsk(tx, wakes, row.build_id, row.ask_id);
}
