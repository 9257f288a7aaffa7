/** Deliveries and triggers, as the API shows them. */
import type { triggerShapes } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import type { z } from 'zod';
import type { Actor, Audit } from '../auth/audit.ts';
import { parse } from '../builds/records.ts';
import { jobOf } from '../jobs/item-rows.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Outcome } from './handle-deliveries.ts';
import type { PollState } from './poll.ts';
import type { SpecRow } from './trigger-specs.ts';
import { specsOf } from './trigger-specs.ts';

type Summary = z.input<typeof triggerShapes.deliverySummary>;
const SHOWN_OUTCOMES = 20,
  SHOWN_BODY = 65_536;

/** The newest first. */
export async function listDeliveries({ db }: Store, before: number | null, limit: number): Promise<Summary[]> {
  let query = db.selectFrom('deliveries').selectAll();
  if (before !== null) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => summaryOf(row, SHOWN_OUTCOMES));
}

export async function showDelivery({ db }: Store, id: number): Promise<z.input<typeof triggerShapes.delivery>> {
  const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_DELIVERY_UNKNOWN', String(id));
  const { hash: _, ...event } = parse<{ hash?: unknown }>(row.event);
  return { ...summaryOf(row, Number.POSITIVE_INFINITY), body: row.body.slice(0, SHOWN_BODY), event };
}

export function redeliver(audit: Audit, actor: Actor, id: number, now: number): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const { numUpdatedRows } = await tx
      .updateTable('deliveries')
      .set({ state: 'received', at_job: 0, not_before: now, tries: 0, outcomes: '[]', handled_at: null })
      .where('id', '=', id)
      .where('state', '!=', 'received')
      .executeTakeFirst();
    const there = await tx.selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
    if (there === undefined) throw new ApiError('MR_DELIVERY_UNKNOWN', String(id));
    if (Number(numUpdatedRows) === 0) return;
    wakes.add('delivery');
    note('delivery.redeliver', String(id));
  });
}

function summaryOf(row: Row<'deliveries'>, most: number): Summary {
  const outcomes = parse<Outcome[]>(row.outcomes);
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    at: row.at,
    address: row.address,
    repository: row.repository,
    state: row.state,
    handledAt: row.handled_at,
    outcomes: outcomes.slice(0, most),
    started: outcomes.filter((o) => o.queue !== null).length,
  };
}

/** All that its configuration and its Jenkinsfile say, what cannot be used among it. */
export async function showTriggers({ db }: Store, path: string, timeZone: string): Promise<z.input<typeof triggerShapes.jobTriggers>> {
  const item = await jobOf(db, path);
  const rows = await db.selectFrom('triggers').selectAll().where('item_id', '=', item.id).orderBy('seq').execute();
  let seq = 0;
  return {
    triggers: specsOf(item, timeZone).map((spec) => {
      const row = spec.problem === null ? rows[seq++] : undefined;
      const state = parse<PollState>(row?.state ?? '{}');
      return {
        kind: spec.kind,
        from: spec.from,
        text: textOf(spec),
        nextAt: row?.next_at ?? null,
        lastAt: state.at ?? null,
        last: state.said ?? null,
        problem: spec.problem ?? state.problem ?? null,
      };
    }),
  };
}

function textOf({ spec, repository, upstream }: SpecRow): string {
  switch (spec.kind) {
    case 'cron':
    case 'poll':
      return spec.spec;
    case 'push':
    case 'gitlab':
      return spec.source === null ? '' : `${spec.source.url} ${spec.source.branch}`;
    case 'repository':
      return `${repository ?? ''} ${spec.branches.join(', ')}`;
    case 'upstream':
      return `${upstream} (${spec.threshold})`;
    case 'token':
      return '';
    case 'generic':
      return spec.generic.variables.map((v) => v.name).join(', ');
  }
}

/** Has the duty look as soon as it can. */
export function pollNow(audit: Audit, actor: Actor, path: string, now: number): Promise<void> {
  return audit.change(actor, async (tx, wakes, note) => {
    const item = await jobOf(tx, path);
    const { numUpdatedRows } = await tx
      .updateTable('triggers')
      .set({ next_at: now })
      .where('item_id', '=', item.id)
      .where('kind', '=', 'poll')
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new ApiError('MR_JOB_KIND', `${path} has no polling trigger.`);
    wakes.add('delivery');
    note('item.poll', path);
  });
}
