/** Reads from the database what the scheduler's pure functions decide about. */
import { effectiveJob } from '../jobs/effective-job.ts';
import type { Store } from '../store/store.ts';
import type { AdmissionInput, AdmissionJob, QueuedBuild } from './admission.ts';
import { folderOf } from './request-queue.ts';
import type { ScheduleInput } from './schedule.ts';

/** Controllers that take builds. */
export type FleetView = readonly { readonly id: string; readonly labels: readonly string[]; readonly builds: number }[];

export async function loadFleet(store: Store): Promise<FleetView> {
  const rows = await store.db
    .selectFrom('controllers')
    .select([
      'id',
      'labels',
      (e) =>
        e
          .selectFrom('builds')
          .select((b) => b.fn.countAll<number>().as('n'))
          .whereRef('builds.owner', '=', 'controllers.id')
          .where('builds.state', '=', 'running')
          .as('builds'),
    ])
    .where('state', '=', 'up')
    .orderBy('id')
    .execute();
  return rows.map((r) => ({ id: r.id, labels: JSON.parse(r.labels) as string[], builds: Number(r.builds ?? 0) }));
}

export interface Orphan {
  readonly id: number;
  readonly owner: string | null;
  readonly epoch: number;
  readonly label: string | null;
}

/** Builds that run and that nobody holds: handed over, woken, or of a controller that is down. */
export async function loadOrphans(store: Store, now: number): Promise<Orphan[]> {
  const rows = await store.db
    .selectFrom('builds')
    .leftJoin('controllers', 'controllers.id', 'builds.owner')
    .leftJoin('items', 'items.id', 'builds.item_id')
    .select(['builds.id as id', 'builds.owner as owner', 'builds.epoch as epoch', 'items.config as config'])
    .where('builds.state', '=', 'running')
    .where((e) =>
      e.or([
        e.and([e('builds.owner', 'is not', null), e.or([e('controllers.state', '=', 'down'), e('controllers.id', 'is', null)])]),
        e.and([e('builds.owner', 'is', null), e.or([e('builds.parked', '=', 0), e('builds.wake_at', '<=', now), e('builds.abort', 'is not', null)])]),
      ]),
    )
    .orderBy('builds.id')
    .limit(2_000)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    owner: r.owner,
    epoch: r.epoch,
    label: (JSON.parse(r.config ?? '{}') as { controllerLabel?: string | null }).controllerLabel ?? null,
  }));
}

const DURATIONS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

export async function loadAdmission(
  store: Store,
  fleet: FleetView,
  now: number,
  quietingDown: boolean,
): Promise<{ input: AdmissionInput; queued: readonly QueuedBuild[]; nextDue: number | null }> {
  const rows = await store.db
    .selectFrom('builds')
    .select(['id', 'item_id', 'queued_at', 'quiet_until', 'priority'])
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
  const queued = rows.map((r): QueuedBuild => ({ id: r.id, itemId: r.item_id, queuedAt: r.queued_at, quietUntil: r.quiet_until, priority: r.priority }));
  const due = queued.map((b) => b.quietUntil).filter((at) => at > now);
  const nextDue = due.length === 0 ? null : due.reduce((a, b) => Math.min(a, b));
  const ids = [...new Set(queued.map((b) => b.itemId))];
  const jobs = await loadJobs(store, ids, now);
  const names = [...new Set([...jobs.values()].flatMap((j) => j.categories))];
  return {
    queued,
    nextDue,
    input: {
      now,
      queued,
      jobs,
      categories: names.length === 0 ? new Map() : await loadCategories(store, names),
      controllerLabels: new Set(fleet.flatMap((c) => c.labels)),
      quietingDown,
    },
  };
}

const PAGE = 500;

async function loadJobs(store: Store, ids: readonly number[], now: number): Promise<Map<number, AdmissionJob>> {
  const jobs = new Map<number, AdmissionJob>();
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = ids.slice(at, at + PAGE);
    const items = await store.db.selectFrom('items').selectAll().where('id', 'in', page).where('deleted', '=', 0).execute();
    const effective = new Map(items.map((item) => [item.id, effectiveJob(item)]));
    // Most jobs set no limit: only for those that do it matters what runs.
    const limited = items.filter((item) => {
      const job = effective.get(item.id);
      return job !== undefined && (job.concurrent !== 'allow' || job.maxPerJob !== null || job.rateLimit !== null);
    });
    const running =
      limited.length === 0
        ? []
        : await store.db
            .selectFrom('builds')
            .select(['id', 'item_id', 'number', 'abort'])
            .where('state', '=', 'running')
            .where(
              'item_id',
              'in',
              limited.map((i) => i.id),
            )
            .orderBy('id')
            .execute();
    for (const item of items) {
      const job = effective.get(item.id);
      if (job === undefined) continue;
      const own = running.filter((r) => r.item_id === item.id);
      jobs.set(item.id, {
        name: item.full_name,
        disabled: item.disabled === 1,
        concurrent: job.concurrent,
        maxPerJob: job.maxPerJob,
        categories: job.categories,
        controllerLabel: job.controllerLabel,
        running: own.map((r) => ({ id: r.id, number: r.number as number, aborting: r.abort !== null })),
        estimate: own.length === 0 ? null : await estimateOf(store, item.id),
        rateLimit: job.rateLimit === null ? null : await rateOf(store, item.id, job.rateLimit, now),
      });
    }
  }
  return jobs;
}

/** As Jenkins: the mean of the last three that succeeded. */
export async function estimateOf(store: Store, item: number): Promise<number | null> {
  const rows = await store.db
    .selectFrom('builds')
    .select(['started_at', 'ended_at'])
    .where('item_id', '=', item)
    .where('state', '=', 'ended')
    .where('result', 'in', ['SUCCESS', 'UNSTABLE'])
    .orderBy('id', 'desc')
    .limit(3)
    .execute();
  if (rows.length === 0) return null;
  return Math.round(rows.reduce((sum, r) => sum + ((r.ended_at ?? 0) - (r.started_at ?? 0)), 0) / rows.length);
}

async function rateOf(
  store: Store,
  item: number,
  { count, durationName }: { count: number; durationName: string },
  now: number,
): Promise<AdmissionJob['rateLimit']> {
  const perMs = DURATIONS[durationName] ?? (DURATIONS['hour'] as number);
  const rows = await store.db
    .selectFrom('builds')
    .select('started_at')
    .where('item_id', '=', item)
    .where('started_at', '>', now - perMs)
    .orderBy('id')
    .limit(count)
    .execute();
  return { count, perMs, lastStarts: rows.map((r) => r.started_at as number) };
}

async function loadCategories(store: Store, names: readonly string[]): Promise<Map<string, { running: number; maxTotal: number }>> {
  const limits = await store.db
    .selectFrom('throttles')
    .selectAll()
    .where('name', 'in', [...names])
    .execute();
  const out = new Map(limits.map((l) => [l.name, { running: 0, maxTotal: l.max_total }]));
  if (limits.length === 0) return out;
  const running = await store.db
    .selectFrom('builds')
    .innerJoin('items', 'items.id', 'builds.item_id')
    .select(['items.config as config', 'items.properties as properties'])
    .where('builds.state', '=', 'running')
    .execute();
  for (const item of running)
    for (const name of effectiveJob(item).categories) {
      const category = out.get(name);
      if (category !== undefined) category.running++;
    }
  return out;
}

export async function loadSchedule(store: Store, now: number, nodeGoneMs: number): Promise<ScheduleInput> {
  const leases = await store.db.selectFrom('leases').select(['id', 'item_id', 'job', 'label', 'priority', 'since', 'state', 'node_id', 'executor']).execute();
  const waiting = leases.filter((l) => l.state === 'waiting');
  const held = new Map<string, number>();
  const busy = new Map<number, number[]>();
  for (const lease of leases) {
    if (lease.state !== 'held') continue;
    held.set(lease.job, (held.get(lease.job) ?? 0) + 1);
    const node = lease.node_id as number;
    const numbers = busy.get(node);
    if (numbers === undefined) busy.set(node, [lease.executor as number]);
    else numbers.push(lease.executor as number);
  }
  if (waiting.length === 0) return { requests: [], nodes: [], held, weights: new Map() };
  const nodes = await store.db
    .selectFrom('nodes')
    .select(['id', 'name', 'labels', 'executors', 'mode', 'session', 'seen_at', 'offline', 'disconnected', 'lease'])
    .execute();
  const last = await lastNodes(store, [...new Set(waiting.map((l) => l.item_id))]);
  return {
    requests: waiting.map((l) => ({ id: l.id, job: l.job, label: l.label, priority: l.priority, since: l.since, lastNodes: last.get(l.item_id) ?? [] })),
    nodes: nodes.map((n) => ({
      id: n.id,
      name: n.name,
      labels: JSON.parse(n.labels) as string[],
      executors: n.executors,
      mode: n.mode,
      online: n.session !== null && now - (n.seen_at ?? 0) < nodeGoneMs,
      accepting: n.offline === null && n.disconnected === null,
      busy: busy.get(n.id) ?? [],
      reservedFor: n.lease,
    })),
    held,
    weights: await folderWeights(store, [...new Set(waiting.map((l) => folderOf(l.job)))]),
  };
}

async function lastNodes(store: Store, items: readonly number[]): Promise<Map<number, number[]>> {
  const out = new Map<number, number[]>();
  for (let at = 0; at < items.length; at += PAGE) {
    const rows = await store.db
      .selectFrom('workspaces')
      .select(['item_id', 'node_id', 'used_at'])
      .where('item_id', 'in', items.slice(at, at + PAGE))
      .orderBy('used_at', 'desc')
      .execute();
    for (const { item_id, node_id } of rows) {
      const nodes = out.get(item_id) ?? [];
      if (!nodes.includes(node_id) && nodes.length < 5) nodes.push(node_id);
      out.set(item_id, nodes);
    }
  }
  return out;
}

async function folderWeights(store: Store, names: readonly string[]): Promise<Map<string, number>> {
  const real = names.filter((n) => n !== '');
  if (real.length === 0) return new Map();
  const rows = await store.db
    .selectFrom('items')
    .select(['full_name', 'config'])
    .where('kind', '=', 'folder')
    .where('full_name', 'in', real.slice(0, PAGE))
    .execute();
  return new Map(rows.map((r) => [r.full_name, (JSON.parse(r.config) as { weight?: number }).weight ?? 1]));
}
