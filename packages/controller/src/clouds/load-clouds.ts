/** Reads from the database what `decide` decides about. */
import { podDemandOf } from '../builds/asks/pod.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { MoveOn, PodDemand } from './cloud.ts';
import type { CloudNode, Ending, ProvisionInput, WaitingRequest } from './provision.ts';
import type { Source } from './supply.ts';
import { servesLabel } from './supply.ts';
import { toldOf } from './told.ts';

/** What a cloud's node keeps in its row's `retention`. */
export interface CloudRetention {
  readonly template: string;
  readonly place?: string;
  readonly moveOn?: MoveOn;
  readonly namespace?: string;
  /** Whose request it is for, until it is gone. */
  readonly job?: string;
  readonly idleMinutes: number | null;
  readonly connectMs: number;
  /** Of the offer. */
  readonly retries?: number;
  readonly knownSince: number;
  readonly ending?: Ending;
  /** Of the pipeline's template that it is made from. */
  readonly pod?: string;
}

export function retentionOf(row: Pick<Row<'nodes'>, 'retention'>): CloudRetention {
  return JSON.parse(row.retention) as CloudRetention;
}

export async function loadClouds(store: Store, sealer: Sealer, now: number, nodeGoneMs: number): Promise<Pick<ProvisionInput, 'waiting' | 'nodes' | 'free'>> {
  const leases = await store.db.selectFrom('leases').select(['id', 'build_id', 'job', 'label', 'priority', 'since', 'state', 'node_id', 'cloud']).execute();
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
  const holders = new Map<number, string[]>();
  for (const { state, node_id, job } of leases) if (state === 'held' && node_id !== null) holders.set(node_id, [...(holders.get(node_id) ?? []), job]);
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
    const { template, place = null, moveOn = null, namespace = null, job, idleMinutes, connectMs, knownSince, ending = null } = retentionOf(row);
    nodes.push({
      id,
      name,
      cloud,
      template,
      place,
      moveOn,
      namespace,
      jobs: [...new Set([...(holders.get(id) ?? []), ...(job === undefined ? [] : [job])])],
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
  return { waiting: await waitingOf(store, sealer, leases), nodes, free };
}

type LoadedLease = Pick<Row<'leases'>, 'id' | 'build_id' | 'job' | 'label' | 'priority' | 'since' | 'state' | 'cloud'>;

/** With the pipelines' own templates; without those that have failed, which their builds are about to take back. */
async function waitingOf(store: Store, sealer: Sealer, leases: readonly LoadedLease[]): Promise<WaitingRequest[]> {
  const waiting = leases.filter((l) => l.state === 'waiting');
  const builds = [...new Set(waiting.filter((l) => l.label !== null).map((l) => l.build_id))];
  const templates = new Map<number, PodDemand[]>();
  if (builds.length > 0)
    for (const row of await store.db.selectFrom('pod_templates').selectAll().where('build_id', 'in', builds).orderBy('created_at').execute()) {
      const known = templates.get(row.build_id) ?? [];
      templates.set(row.build_id, [podDemandOf(row, sealer), ...known]);
    }
  return waiting.flatMap(({ id, build_id, job, label, priority, since, cloud }) => {
    const told = toldOf(cloud);
    if (told.failure !== null) return [];
    const serves = label === null ? null : servesLabel(label);
    // The newest first: the innermost of those that stand around the node.
    const pod = serves === null ? null : (templates.get(build_id)?.find((t) => serves({ name: null, labels: t.label.split(/\s+/), mode: 'normal' })) ?? null);
    return [{ id, job, label, priority, since, pod, told: new Set(told.lines.map((l) => l.key)) }];
  });
}

function countOf(ids: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
