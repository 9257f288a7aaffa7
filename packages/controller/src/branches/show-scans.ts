/** Scans as people look at them and ask for them. */
import type { Scans } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { Actor } from '../auth/audit.ts';
import { parse } from '../builds/records.ts';
import type { ItemServices } from '../jobs/item-changes.ts';
import { startedBy } from '../jobs/item-changes.ts';
import { itemOf } from '../jobs/item-rows.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { askForScan } from './scan-rows.ts';

async function scannedItem(db: Tx, path: string): Promise<Row<'items'>> {
  const row = await itemOf(db, path);
  if (row.kind !== 'multibranch' && row.kind !== 'organization') throw new ApiError('MR_JOB_KIND', `${path} is a ${row.kind}.`);
  return row;
}

export function requestScan({ audit, now }: ItemServices, actor: Actor, path: string): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const row = await scannedItem(tx, path);
    if (row.disabled === 1) throw new ApiError('MR_JOB_DISABLED', path);
    await askForScan(tx, wakes, row.id, startedBy(actor), now());
    note('item.scan', path);
  });
}

export async function showScans(db: Tx, path: string): Promise<Scans> {
  const { id } = await scannedItem(db, path);
  const due = await db.selectFrom('scans').select('due_at').where('item_id', '=', id).executeTakeFirst();
  const events = await db
    .selectFrom('scan_events')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('item_id', '=', id)
    .executeTakeFirstOrThrow();
  const builds = await db
    .selectFrom('heads')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('parent_id', '=', id)
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow();
  const runs = await db.selectFrom('scan_runs').selectAll().where('item_id', '=', id).orderBy('id', 'desc').limit(30).execute();
  return {
    dueAt: due?.due_at ?? null,
    waitingEvents: Number(events.count),
    waitingBuilds: Number(builds.count),
    runs: runs.map((r) => ({
      id: r.id,
      kind: r.kind,
      state: r.state,
      causes: parse<string[]>(r.causes),
      failure: r.failure === null ? null : parse(r.failure),
      startedAt: r.started_at,
      endedAt: r.ended_at,
      logBytes: Number(r.bytes),
    })),
  };
}

export async function scanLog(db: Tx, path: string, run: number): Promise<string> {
  const { id } = await scannedItem(db, path);
  const row = await db.selectFrom('scan_runs').select('id').where('item_id', '=', id).where('id', '=', run).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_SCAN_UNKNOWN');
  const pieces = await db.selectFrom('scan_logs').select('text').where('run_id', '=', run).orderBy('seq').execute();
  return pieces.map((p) => p.text).join('');
}
