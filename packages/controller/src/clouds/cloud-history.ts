/**
 * Clouds over time: a row a minute for each, and what happened to their machines, in words. Written behind the provisioner's
 * duty and read from the database, so that every controller shows the same. What is kept is bounded: samples by days, events by
 * their number.
 */
import type { serverShapes } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Cloud } from './cloud.ts';
import type { CloudNode, Decision } from './provision.ts';

export type CloudHistory = z.infer<typeof serverShapes.cloudHistory>;
export type CloudEvent = z.infer<typeof serverShapes.cloudEvent>;

const MINUTE_MS = 60_000;
const KEPT_MS = 7 * 86_400_000,
  KEPT_EVENTS = 2_000,
  KEPT_EVENTS_MS = 30 * 86_400_000;
/** Points of a chart. */
const POINTS = 180;

interface Counts {
  readonly asked: number;
  readonly nodes: number;
  readonly online: number;
  readonly ending: number;
}

/** Of one holder of the duty: what was seen within a minute, at most, becomes its row. */
export class CloudSampler {
  private readonly options: { readonly clouds: readonly Cloud[]; readonly write: HeldDuty['write']; readonly now: () => number };
  private minute = -1;
  private most = new Map<string, Counts>();

  constructor(options: CloudSampler['options']) {
    this.options = options;
  }

  /** After each pass. Writes where a minute is over, and the first time, so that a chart begins at once. */
  async seen(nodes: readonly CloudNode[], { timeline }: Pick<Decision, 'timeline'>): Promise<void> {
    const { clouds, now, write } = this.options;
    const minute = Math.floor(now() / MINUTE_MS);
    const isFirst = this.minute === -1;
    const over = this.minute === minute ? null : { minute: this.minute, most: this.most };
    if (over !== null) {
      this.minute = minute;
      this.most = new Map();
    }
    for (const { name } of clouds) {
      const own = nodes.filter((node) => node.cloud === name);
      const counts = {
        asked: timeline.filter(({ why }) => why.fields['cloud'] === name).length,
        nodes: own.length,
        online: own.filter((node) => node.online).length,
        ending: own.filter((node) => node.ending !== null).length,
      };
      this.most.set(name, larger(this.most.get(name) ?? counts, counts));
    }
    if (over === null) return;
    const written = isFirst ? { minute, most: this.most } : over;
    await write(async (tx) => {
      for (const { name, cap } of clouds) {
        const counts = written.most.get(name);
        if (counts !== undefined) await keepSample(tx, name, written.minute, counts, cap);
        if (written.minute % 10 === 0) await forgetEvents(tx, name);
      }
    });
  }
}

function larger(a: Counts, b: Counts): Counts {
  return {
    asked: Math.max(a.asked, b.asked),
    nodes: Math.max(a.nodes, b.nodes),
    online: Math.max(a.online, b.online),
    ending: Math.max(a.ending, b.ending),
  };
}

/** Who had the duty before in the same minute may have seen more. */
async function keepSample(tx: Tx, cloud: string, minute: number, counts: Counts, cap: number | null): Promise<void> {
  const before = await tx.selectFrom('cloud_samples').selectAll().where('cloud', '=', cloud).where('minute', '=', minute).executeTakeFirst();
  const row = { ...(before === undefined ? counts : larger(before, counts)), cap };
  await tx
    .insertInto('cloud_samples')
    .values({ cloud, minute, ...row })
    .onConflict((c) => c.columns(['cloud', 'minute']).doUpdateSet(row))
    .execute();
}

async function forgetEvents(tx: Tx, cloud: string): Promise<void> {
  const last = await tx
    .selectFrom('cloud_events')
    .select('id')
    .where('cloud', '=', cloud)
    .orderBy('id', 'desc')
    .limit(1)
    .offset(KEPT_EVENTS)
    .executeTakeFirst();
  if (last !== undefined) await tx.deleteFrom('cloud_events').where('cloud', '=', cloud).where('id', '<=', last.id).execute();
}

/** What is old, also of clouds that are not configured any more. */
export async function forgetHistory(tx: Tx, at: number): Promise<void> {
  await tx
    .deleteFrom('cloud_samples')
    .where('minute', '<', Math.floor((at - KEPT_MS) / MINUTE_MS))
    .execute();
  await tx
    .deleteFrom('cloud_events')
    .where('at', '<', at - KEPT_EVENTS_MS)
    .execute();
}

const LONGEST = 1_000;

export interface NewEvent {
  readonly cloud: string;
  readonly kind: CloudEvent['kind'];
  readonly node: string | null;
  readonly job: string | null;
  readonly message: string;
}

/** In the transaction of what happened. */
export async function noteEvent(tx: Tx, at: number, event: NewEvent): Promise<void> {
  await tx
    .insertInto('cloud_events')
    .values({ ...event, at, message: event.message.slice(0, LONGEST) })
    .execute();
}

/** What is tried again and again is told once, until something else happens. */
export async function noteRefusal(tx: Tx, at: number, event: NewEvent): Promise<void> {
  const last = await tx
    .selectFrom('cloud_events')
    .select(['kind', 'message'])
    .where('cloud', '=', event.cloud)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.kind !== event.kind || last.message !== event.message.slice(0, LONGEST)) await noteEvent(tx, at, event);
}

/** Throws MR_CLOUD_UNKNOWN. The most of each step of time, the oldest first; where nobody looked there is none. */
export async function cloudHistory(store: Store, clouds: readonly Cloud[], name: string, hours: number, now: number): Promise<CloudHistory> {
  known(clouds, name);
  const step = Math.max(1, Math.ceil((hours * 60) / POINTS));
  const from = Math.floor((now - hours * 3_600_000) / MINUTE_MS);
  const { rows } = await sql<Counts & { readonly at: number; readonly cap: number | null }>`
    SELECT (minute / ${sql.lit(step)}) * ${sql.lit(step)} AS at, MAX(asked) AS asked, MAX(nodes) AS nodes, MAX(online) AS online,
      MAX(ending) AS ending, MAX(cap) AS cap
    FROM cloud_samples WHERE cloud = ${name} AND minute >= ${from} GROUP BY 1 ORDER BY 1`.execute(store.db);
  return {
    stepMinutes: step,
    samples: rows.map((row) => ({ ...row, at: Number(row.at) * MINUTE_MS })),
  };
}

/** Throws MR_CLOUD_UNKNOWN. The newest first. */
export async function cloudEvents(store: Store, clouds: readonly Cloud[], name: string, before: number | null, limit: number): Promise<CloudEvent[]> {
  known(clouds, name);
  let query = store.db.selectFrom('cloud_events').selectAll().where('cloud', '=', name).orderBy('id', 'desc').limit(limit);
  if (before !== null) query = query.where('id', '<', before);
  return (await query.execute()).map(({ id, at, kind, node, job, message }) => ({ id, at, kind: kind as CloudEvent['kind'], node, job, message }));
}

function known(clouds: readonly Cloud[], name: string): void {
  if (!clouds.some((cloud) => cloud.name === name)) throw new ApiError('MR_CLOUD_UNKNOWN', name);
}
