/** Reads from the database what the scheduler's pure functions decide about. */
import { sql } from 'kysely';
import { lastWithResult } from '../builds/last-build.ts';
import { effectiveJob } from '../jobs/effective-job.ts';
import type { Store } from '../store/store.ts';
import type { AdmissionInput, JobRules } from './admission.ts';
import { estimatedDuration } from './estimates.ts';
import type { FolderCaps } from './folder-shares.ts';
import { FolderShares } from './folder-shares.ts';
import type { ScheduleInput } from './schedule.ts';

/** Controllers that take builds. */
export type FleetView = readonly { readonly id: string; readonly name: string; readonly labels: readonly string[]; readonly builds: number }[];

export async function loadFleet(store: Store): Promise<FleetView> {
  const rows = await store.db
    .selectFrom('controllers')
    .select([
      'id',
      'name',
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
  return rows.map((r) => ({ id: r.id, name: r.name, labels: JSON.parse(r.labels) as string[], builds: Number(r.builds ?? 0) }));
}

export interface Orphan {
  readonly id: number;
  readonly owner: string | null;
  readonly epoch: number;
  readonly suspicion: string | null;
  readonly label: string | null;
}

/** Builds that run and that nobody holds: handed over, woken, or of a controller that is down. */
export async function loadOrphans(store: Store, now: number): Promise<Orphan[]> {
  const running = store.db
    .selectFrom('builds')
    .leftJoin('items', 'items.id', 'builds.item_id')
    .select(['builds.id as id', 'builds.owner as owner', 'builds.epoch as epoch', 'builds.suspicion as suspicion', 'items.config as config'])
    .where('builds.state', '=', 'running')
    .limit(2_000);
  // One after the other: each has its index, so that neither what is kept nor what is parked is looked through.
  const rows = [
    ...(await running.where('builds.owner', 'is', null).where('builds.parked', '=', 0).execute()),
    ...(await running.where('builds.owner', 'is', null).where('builds.parked', '=', sql.lit(1)).where('builds.wake_at', '<=', now).execute()),
    ...(await running.where('builds.owner', 'is', null).where('builds.abort', 'is not', null).execute()),
    ...(await running
      .where('builds.owner', 'is not', null)
      .where('builds.owner', 'not in', store.db.selectFrom('controllers').select('id').where('state', '<>', 'down'))
      .execute()),
  ];
  return [...new Map(rows.map((r) => [r.id, r])).values()]
    .sort((a, b) => a.id - b.id)
    .map((r) => ({
      id: r.id,
      owner: r.owner,
      epoch: r.epoch,
      suspicion: r.suspicion,
      label: (JSON.parse(r.config ?? '{}') as { controllerLabel?: string | null }).controllerLabel ?? null,
    }));
}

const PAGE = 500;

export async function loadAdmission(
  store: Store,
  fleet: FleetView,
  now: number,
  shuttingDown: boolean,
): Promise<{ input: AdmissionInput; queued: number; nextDue: number | null }> {
  const rows = await store.db
    .selectFrom('builds')
    .select(['id', 'item_id', 'job', 'queued_at', 'quiet_until', 'causes'])
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
  const due = rows.map((r) => r.quiet_until).filter((at) => at > now);
  const jobs = await loadJobs(store, [...new Set(rows.map((r) => r.item_id))]);
  const limits = await store.db.selectFrom('throttles').selectAll().execute();
  const categories = new Map(limits.map((l) => [l.name, l.max_total]));
  // The number that a build would get: its place in its job's line.
  const places = new Map<number, number>();
  return {
    queued: rows.length,
    nextDue: due.length === 0 ? null : due.reduce((a, b) => Math.min(a, b)),
    input: {
      now,
      queued: rows.map((r) => {
        const place = places.get(r.item_id) ?? 0;
        places.set(r.item_id, place + 1);
        const job = jobs.get(r.item_id);
        return {
          id: String(r.id),
          job: job?.rules.name ?? r.job,
          number: (job?.nextNumber ?? 1) + place,
          since: r.queued_at,
          quietUntil: r.quiet_until,
          byUser: r.causes.includes('UserIdCause'),
        };
      }),
      running: await loadRunning(store, jobs, categories),
      jobs: new Map([...jobs.values()].map(({ rules }) => [rules.name, rules])),
      categories,
      shuttingDown,
      maximum: 0,
      controllers: fleet,
    },
  };
}

interface LoadedJob {
  readonly rules: JobRules;
  readonly nextNumber: number;
  readonly limited: boolean;
}

async function loadJobs(store: Store, ids: readonly number[]): Promise<Map<number, LoadedJob>> {
  const jobs = new Map<number, LoadedJob>();
  for (let at = 0; at < ids.length; at += PAGE) {
    const items = await store.db
      .selectFrom('items')
      .selectAll()
      .where('id', 'in', ids.slice(at, at + PAGE))
      .where('deleted', '=', 0)
      .execute();
    for (const item of items) {
      const job = effectiveJob(item);
      // Most jobs set no limit: only for those that do is what ran before looked at.
      const limited = job.concurrent !== 'allow' || job.maxPerJob !== null || job.rateLimit !== null || job.categories.length > 0;
      jobs.set(item.id, {
        nextNumber: item.next_number,
        limited,
        rules: {
          name: item.full_name,
          state: item.disabled === 1 ? 'disabled' : 'enabled',
          concurrency: job.concurrent === 'allow' ? 'any' : job.concurrent === 'wait' ? 'one' : 'abort previous',
          maximum: job.maxPerJob ?? 0,
          categories: job.categories,
          rateLimit: job.rateLimit,
          lastStart: job.rateLimit === null ? null : await lastStartOf(store, item.id),
          estimatedMs: limited ? await estimateOf(store, item.id) : null,
          controllerLabel: job.controllerLabel,
        },
      });
    }
  }
  return jobs;
}

async function lastStartOf(store: Store, item: number): Promise<number | null> {
  const row = await store.db
    .selectFrom('builds')
    .select('started_at')
    .where('item_id', '=', item)
    .where('number', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.started_at ?? null;
}

/** How long a build of the job takes, from what it did before. */
export async function estimateOf(store: Store, item: number): Promise<number | null> {
  const columns = ['number', 'result', 'started_at', 'ended_at'] as const;
  const ended = store.db.selectFrom('builds').select(columns).where('item_id', '=', item).where('state', '=', 'ended').where('number', 'is not', null);
  const recent = await ended.orderBy('number', 'desc').limit(6).execute();
  const good = recent.some((r) => r.result === 'SUCCESS' || r.result === 'UNSTABLE') ? null : await lastWithResult(store, item, ['SUCCESS', 'UNSTABLE']);
  return estimatedDuration(
    [...recent, ...(good === null ? [] : [good])].map((r) => ({
      number: r.number as number,
      result: r.result as 'SUCCESS',
      durationMs: (r.ended_at ?? 0) - (r.started_at ?? 0),
    })),
  );
}

/** Those that count against a limit: of the jobs that set one, and where categories limit, of all. */
async function loadRunning(store: Store, jobs: ReadonlyMap<number, LoadedJob>, categories: ReadonlyMap<string, number>): Promise<AdmissionInput['running']> {
  const limited = [...jobs].filter(([, job]) => job.limited);
  if (limited.length === 0) return [];
  const byCategory = categories.size > 0 && limited.some(([, job]) => job.rules.categories.some((c) => categories.has(c)));
  let query = store.db.selectFrom('builds').select(['id', 'item_id', 'job', 'number', 'started_at', 'abort']).where('state', '=', 'running');
  if (!byCategory)
    query = query.where(
      'item_id',
      'in',
      limited.map(([id]) => id),
    );
  const rows = await query.orderBy('id').execute();
  return rows.map((r) => ({
    id: String(r.id),
    job: jobs.get(r.item_id)?.rules.name ?? r.job,
    number: r.number as number,
    startedAt: r.started_at ?? 0,
    aborting: r.abort !== null,
  }));
}

export async function loadSchedule(store: Store, now: number, nodeGoneMs: number, folderCaps: FolderCaps): Promise<ScheduleInput> {
  const leases = await store.db
    .selectFrom('leases')
    .select(['id', 'build_id', 'item_id', 'job', 'label', 'priority', 'since', 'state', 'node_id', 'executor'])
    .execute();
  const waiting = leases.filter((l) => l.state === 'waiting');
  if (waiting.length === 0) return { requests: [], nodes: [], shares: { held: new Map() } };
  const held = new Map<string, number>();
  const busy = new Map<number, number[]>();
  for (const lease of leases) {
    if (lease.state !== 'held') continue;
    for (const name of [lease.job, folderOf(lease.job)]) held.set(name, (held.get(name) ?? 0) + 1);
    const numbers = busy.get(lease.node_id as number);
    if (numbers === undefined) busy.set(lease.node_id as number, [lease.executor as number]);
    else numbers.push(lease.executor as number);
  }
  const nodes = await store.db
    .selectFrom('nodes')
    .select(['id', 'name', 'labels', 'executors', 'mode', 'session', 'seen_at', 'offline', 'disconnected', 'lease', 'cloud'])
    .execute();
  const names = new Map(nodes.map((n) => [n.id, n.name]));
  // Thousands of nodes have few sets of labels.
  const parsed = new Map<string, readonly string[]>();
  const labelsOf = (text: string): readonly string[] => {
    const known = parsed.get(text);
    if (known !== undefined) return known;
    const labels = JSON.parse(text) as string[];
    parsed.set(text, labels);
    return labels;
  };
  const last = await lastNodes(store, [...new Set(waiting.map((l) => l.item_id))]);
  return {
    requests: waiting.map((l) => ({
      id: l.id,
      buildId: String(l.build_id),
      job: l.job,
      folder: folderOf(l.job),
      label: l.label,
      priority: l.priority,
      since: l.since,
      lastNode: names.get(last.get(l.item_id) ?? -1) ?? null,
    })),
    nodes: nodes.map((n) => ({
      name: n.name,
      labels: labelsOf(n.labels),
      executors: n.executors,
      mode: n.mode,
      online: n.session !== null && now - (n.seen_at ?? 0) < nodeGoneMs,
      accepting: n.offline === null && n.disconnected === null,
      offlineReason: n.offline === null ? null : ((JSON.parse(n.offline) as { message?: string }).message ?? ''),
      busy: busy.get(n.id) ?? [],
      reservedFor: n.lease,
      ...(n.cloud === null ? {} : { cloud: n.cloud }),
    })),
    ...(folderCaps.size === 0 ? {} : { folders: await sharesOf(store, folderCaps, leases) }),
    shares: { held, weights: await folderWeights(store, [...new Set(waiting.map((l) => folderOf(l.job)))]) },
  };
}

/** With what is granted, and what was made for a request and is there still. */
async function sharesOf(store: Store, caps: FolderCaps, leases: readonly { readonly job: string; readonly node_id: number | null }[]): Promise<FolderShares> {
  const nodes = await store.db
    .selectFrom('nodes')
    .select(['id', 'name', 'cloud', 'retention'])
    .where('cloud', 'in', [...caps.keys()])
    .execute();
  const shares = new FolderShares(caps);
  const byId = new Map(nodes.map((n) => [n.id, n]));
  for (const { job, node_id } of leases) {
    const node = byId.get(node_id ?? -1);
    if (node !== undefined) shares.take(node.cloud as string, node.name, job);
  }
  for (const { name, cloud, retention } of nodes) {
    const { job } = JSON.parse(retention) as { readonly job?: string };
    if (job !== undefined) shares.take(cloud as string, name, job);
  }
  return shares;
}

function folderOf(job: string): string {
  const at = job.lastIndexOf('/');
  return at < 0 ? '' : job.slice(0, at);
}

/** The node that each job used last. */
async function lastNodes(store: Store, items: readonly number[]): Promise<Map<number, number>> {
  const out = new Map<number, number>();
  for (let at = 0; at < items.length; at += PAGE) {
    const rows = await store.db
      .selectFrom('workspaces')
      .select(['item_id', 'node_id', 'used_at'])
      .where('item_id', 'in', items.slice(at, at + PAGE))
      .orderBy('used_at')
      .execute();
    for (const { item_id, node_id } of rows) out.set(item_id, node_id);
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
