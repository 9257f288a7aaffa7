/**
 * A build that only waits costs nothing: its program is let go, and its row says what wakes it. What it waits for is looked at
 * once more in the transaction that parks it, and the rows of its answers are locked for that: who answers changes such a row
 * first and looks then whether the build is parked (see wakeAsk). So an answer that comes at the same time is either waited
 * for here and seen, or waits for this transaction and finds the build parked.
 */
import type { Ask, AskKind } from '@millrace/pipeline';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { askKey } from './ask-context.ts';
import { UNTIL_START } from './waiters.ts';

/** Kinds whose answers are rows that wake a build. Timers are parked by their time. */
export const PARKABLE: ReadonlySet<AskKind> = new Set<AskKind>(['input', 'lock', 'node', 'build']);

export interface Parking {
  readonly id: number;
  readonly owner: string;
  readonly epoch: number;
  readonly open: readonly Ask[];
}

export async function parkBuild(tx: Tx, wakes: Wakes, { id, owner, epoch, open }: Parking): Promise<void> {
  const due = open.flatMap((ask) => (ask.kind === 'timer' ? [ask.at + ask.request.ms] : []));
  const wakeAt = due.length === 0 ? null : Math.min(...due);
  const { numUpdatedRows } = await tx
    .updateTable('builds')
    .set({ owner: null, parked: 1, wake_at: wakeAt })
    .where('id', '=', id)
    .where('owner', '=', owner)
    .where('epoch', '=', epoch)
    .where('abort', 'is', null)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) {
    await tx.updateTable('builds').set({ owner: null }).where('id', '=', id).where('owner', '=', owner).where('epoch', '=', epoch).execute();
    wakes.add('queue');
    return;
  }
  wakes.add('queue');
  for (const ask of open) {
    if (!(await isAnswered(tx, id, ask))) continue;
    await tx.updateTable('builds').set({ parked: 0, wake_at: null }).where('id', '=', id).execute();
    return;
  }
}

/** Locks the row that an answer would change, and reads it. A write that changes nothing does both on either engine. */
async function isAnswered(tx: Tx, build: number, ask: Ask): Promise<boolean> {
  const key = askKey(build, ask.id);
  switch (ask.kind) {
    case 'input': {
      const own = tx.updateTable('inputs').set((e) => ({ state: e.ref('state') }));
      const row = await own.where('build_id', '=', build).where('ask_id', '=', ask.id).returning('state').executeTakeFirst();
      return row?.state !== 'waiting';
    }
    case 'lock': {
      const own = tx.updateTable('locks').set((e) => ({ state: e.ref('state') }));
      return (await own.where('id', '=', key).returning('state').executeTakeFirst())?.state !== 'waiting';
    }
    case 'node': {
      const own = tx.updateTable('leases').set((e) => ({ state: e.ref('state') }));
      return (await own.where('id', '=', key).returning('state').executeTakeFirst())?.state !== 'waiting';
    }
    case 'build': {
      const known = await tx
        .selectFrom('downstream')
        .select(['downstream_id', 'wait'])
        .where('build_id', '=', build)
        .where('ask_id', '=', ask.id)
        .executeTakeFirst();
      if (known === undefined) return true;
      const other = tx.updateTable('builds').set((e) => ({ state: e.ref('state') }));
      const row = await other.where('id', '=', known.downstream_id).returning('state').executeTakeFirst();
      return row?.state !== 'queued' && (row?.state !== 'running' || known.wait === UNTIL_START);
    }
    default:
      return false;
  }
}
