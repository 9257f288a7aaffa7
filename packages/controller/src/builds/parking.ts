/**
 * A build that only waits costs nothing: its program is let go, and its row says what wakes it. What it waits for is looked at
 * once more in the transaction that parks it, after its row is locked: an answer that comes at the same time is either seen
 * here, or finds the build parked and wakes it.
 */
import type { Ask, AskKind } from '@millrace/pipeline';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { askKey } from './ask-context.ts';

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

async function isAnswered(tx: Tx, build: number, ask: Ask): Promise<boolean> {
  const key = askKey(build, ask.id);
  switch (ask.kind) {
    case 'input': {
      const row = await tx.selectFrom('inputs').select('state').where('build_id', '=', build).where('ask_id', '=', ask.id).executeTakeFirst();
      return row?.state !== 'waiting';
    }
    case 'lock':
      return (await tx.selectFrom('locks').select('state').where('id', '=', key).executeTakeFirst())?.state !== 'waiting';
    case 'node':
      return (await tx.selectFrom('leases').select('state').where('id', '=', key).executeTakeFirst())?.state !== 'waiting';
    case 'build': {
      const row = await tx
        .selectFrom('downstream')
        .innerJoin('builds', 'builds.id', 'downstream.downstream_id')
        .select('builds.state as state')
        .where('downstream.build_id', '=', build)
        .where('downstream.ask_id', '=', ask.id)
        .executeTakeFirst();
      return row?.state !== 'queued' && row?.state !== 'running';
    }
    default:
      return false;
  }
}
