/** Reads from the database what `decide` decides about. */
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { CloudNode, Ending, ProvisionInput } from './provision.ts';
import type { Source } from './supply.ts';

/** What a cloud's node keeps in its row's `retention`. */
export interface CloudRetention {
  readonly template: string;
  readonly idleMinutes: number | null;
  readonly connectMs: number;
  readonly knownSince: number;
  readonly ending?: Ending;
}

export function retentionOf(row: Pick<Row<'nodes'>, 'retention'>): CloudRetention {
  return JSON.parse(row.retention) as CloudRetention;
}

export async function loadClouds(store: Store, now: number, nodeGoneMs: number): Promise<Pick<ProvisionInput, 'waiting' | 'nodes' | 'free'>> {
  const leases = await store.db.selectFrom('leases').select(['id', 'job', 'label', 'priority', 'since', 'state', 'node_id']).execute();
  const rows = await store.db.selectFrom('nodes').selectAll().execute();
  const cloudIds = rows.filter((r) => r.kind === 'cloud').map((r) => r.id);
  const work =
    cloudIds.length === 0
      ? []
      : await store.db
          .selectFrom('work')
          .select('node_id')
          .where('result', 'is', null)
          .where('kind', '<>', 'lease.end')
          .where('node_id', 'in', cloudIds)
          .execute();
  const held = countOf(leases.flatMap((l) => (l.state === 'held' && l.node_id !== null ? [l.node_id] : [])));
  const open = countOf(work.map((w) => w.node_id));
  const living = new Set(leases.map((l) => l.id));
  const nodes: CloudNode[] = [];
  const free: Source[] = [];
  for (const row of rows) {
    const busy = held.get(row.id) ?? 0;
    const online = row.session !== null && now - (row.seen_at ?? 0) < nodeGoneMs;
    const accepting = row.offline === null && row.disconnected === null;
    const labels = JSON.parse(row.labels) as string[];
    const { id, name, executors, mode, cloud } = row;
    if (row.kind !== 'cloud' || cloud === null) {
      if (online && accepting) free.push({ name, labels, mode, free: executors - busy });
      continue;
    }
    const { template, idleMinutes, connectMs, knownSince, ending = null } = retentionOf(row);
    nodes.push({
      id,
      name,
      cloud,
      template,
      labels,
      executors,
      mode,
      ref: row.cloud_ref,
      lease: row.lease,
      leaseLives: row.lease !== null && living.has(row.lease),
      idleMinutes,
      connectMs,
      knownSince,
      createdAt: row.created_at,
      connected: row.connected_at !== null,
      online,
      seenAt: row.seen_at,
      accepting,
      running: busy + (open.get(id) ?? 0),
      busy,
      idleSince: row.idle_since,
      ending,
    });
  }
  return { waiting: leases.filter((l) => l.state === 'waiting'), nodes, free };
}

function countOf(ids: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
