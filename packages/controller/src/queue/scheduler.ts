/**
 * The duty `scheduler`: gives queued builds a number and a controller, builds without a living owner a new one, and waiting
 * requests for a node an executor. What to do is decided by pure functions (admission.ts, schedule.ts) from what the database
 * holds; here it is read and written. Passes never overlap; what wakes one that is under way makes one more.
 *
 * A pass that works long is followed by a pause as long, so that a long queue leaves room for what makes it shorter. Waiting
 * for what it writes is no work.
 */

import { sql } from 'kysely';
import { noteStatus } from '../branches/commit-status.ts';
import { displayNameOf, supersededByStart } from '../builds/abort-causes.ts';
import { wakeAsk } from '../builds/asks/wake-ask.ts';
import { takeWorkspace } from '../builds/asks/workspace.ts';
import type { AbortRequest } from '../builds/records.ts';
import { afterDeath, readSuspicion } from '../builds/suspicion.ts';
import { UNTIL_START, wakeWaiters } from '../builds/waiters.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { Admission } from './admission.ts';
import { admit } from './admission.ts';
import type { FolderCaps } from './folder-shares.ts';
import { parseLabelExpression } from './label-expression.ts';
import type { FleetView } from './load-queue.ts';
import { loadAdmission, loadFleet, loadOrphans, loadSchedule } from './load-queue.ts';
import type { Grant } from './schedule.ts';
import { schedule } from './schedule.ts';
import type { Timeline, WaitState } from './timeline.ts';
import { withEntry } from './timeline.ts';
import type { Why } from './why.ts';
import { why } from './why.ts';

export interface SchedulerOptions {
  readonly store: Store;
  /** Of the duty: it refuses what comes too late. */
  readonly write: HeldDuty['write'];
  readonly now: () => number;
  /** How long a node may be silent before it counts as offline. */
  readonly nodeGoneMs: number;
  readonly folderCaps: FolderCaps;
  readonly quietingDown: () => boolean;
  readonly onError: (error: unknown) => void;
  /** For metrics: what a pass did and how long it took. */
  readonly onPass?: (pass: { readonly ms: number; readonly started: number; readonly granted: number; readonly waiting: number }) => void;
}

/** At the latest so often: what wakes a pass may have been missed. */
const LOOK_MS = 2_000;
/** A pass shorter than this is followed by the next at once. */
const SHORT_MS = 5;

export class Scheduler {
  private readonly options: SchedulerOptions;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  /** For how long the pass has waited for what it writes. */
  private writing = 0;
  private readonly off: () => void;

  constructor(options: SchedulerOptions) {
    this.options = options;
    this.off = options.store.wakes.on('queue', () => {
      this.wake();
    });
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    this.off();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  wake(): void {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    const begun = performance.now();
    this.writing = 0;
    this.running = this.pass()
      .catch((error: unknown): number => {
        const { code } = error as { code?: string };
        if (code !== 'MR_FENCED' && code !== 'MR_DUTY_LOST' && code !== 'MR_STORE_CLOSED') this.options.onError(error);
        return LOOK_MS;
      })
      .then((next) => {
        this.running = null;
        if (this.stopped) return;
        const worked = performance.now() - begun - this.writing;
        const wait = this.again ? (worked < SHORT_MS ? 0 : worked) : next;
        this.again = false;
        this.timer = setTimeout(() => {
          this.wake();
        }, wait);
        this.timer.unref();
      });
  }

  /** Answers in how many milliseconds the next one is due without being woken. */
  private async pass(): Promise<number> {
    const { store, now, onPass } = this.options;
    const begun = performance.now();
    const fleet = await loadFleet(store);
    if (fleet.length === 0) return LOOK_MS;
    await this.adopt(fleet);
    const at = now();
    const { input, queued, nextDue } = await loadAdmission(store, fleet, at, this.options.quietingDown());
    const admission = queued === 0 ? NOTHING : admit(input);
    await this.start(admission, fleet);
    const request = await loadSchedule(store, at, this.options.nodeGoneMs, this.options.folderCaps);
    const { grants, waiting } = request.requests.length === 0 ? { grants: [], waiting: [] } : schedule(request);
    if (grants.length > 0) await this.grant(grants);
    await this.tellWhy(
      admission.wait.map(({ id, why }) => ({ table: 'builds', id: Number(id), why })),
      waiting.map(({ request: id, why }) => ({ table: 'leases', id, why })),
    );
    onPass?.({ ms: performance.now() - begun, started: admission.start.length, granted: grants.length, waiting: waiting.length + admission.wait.length });
    const due = Math.min(nextDue ?? Number.POSITIVE_INFINITY, (await this.nextWake()) ?? Number.POSITIVE_INFINITY);
    return Math.max(0, Math.min(due - now(), LOOK_MS * (store.engine.shared ? 1 : 15)));
  }

  private async write(work: (tx: Tx, wakes: Wakes) => Promise<void>): Promise<void> {
    const begun = performance.now();
    try {
      await this.options.write(work);
    } finally {
      this.writing += performance.now() - begun;
    }
  }

  private async nextWake(): Promise<number | null> {
    const row = await this.options.store.db
      .selectFrom('builds')
      .select((e) => e.fn.min('wake_at').as('at'))
      .where('state', '=', 'running')
      .where('parked', '=', sql.lit(1))
      .executeTakeFirst();
    return row?.at ?? null;
  }

  /** Builds whose owner is gone, or that were woken, go to the controller with the fewest. */
  private async adopt(fleet: FleetView): Promise<void> {
    const { store, now } = this.options;
    const orphans = await loadOrphans(store, now());
    if (orphans.length === 0) return;
    const chooser = new Chooser(fleet);
    await this.write(async (tx, wakes) => {
      for (const { id, owner, epoch, suspicion, label } of orphans) {
        const to = chooser.next(label);
        if (to === null) continue;
        const { numUpdatedRows } = await tx
          .updateTable('builds')
          .set({
            owner: to,
            epoch: epoch + 1,
            parked: 0,
            wake_at: null,
            ...(owner === null ? {} : { suspicion: JSON.stringify(afterDeath(readSuspicion(suspicion))) }),
          })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .where('epoch', '=', epoch)
          .where((e) => (owner === null ? e('owner', 'is', null) : e('owner', '=', owner)))
          .executeTakeFirst();
        if (Number(numUpdatedRows) > 0) wakes.add(`owner ${to}`);
      }
    });
  }

  private async start(admission: Admission, fleet: FleetView): Promise<void> {
    const { now } = this.options;
    if (admission.start.length === 0 && admission.cancel.length === 0) return;
    const chooser = new Chooser(fleet);
    await this.write(async (tx, wakes) => {
      for (const { id, was, because } of admission.cancel) {
        if (was === 'queued') await cancelQueued(tx, wakes, Number(id), because, now());
        else await abortRunning(tx, wakes, Number(id), because.fields['number'] as number);
      }
      for (const text of admission.start) {
        const id = Number(text);
        const row = await tx.selectFrom('builds').select(['id', 'item_id', 'job', 'origin', 'state', 'timeline']).where('id', '=', id).executeTakeFirst();
        if (row?.state !== 'queued') continue;
        const { next_number: number, config } = await tx
          .selectFrom('items')
          .select(['next_number', 'config'])
          .where('id', '=', row.item_id)
          .executeTakeFirstOrThrow();
        const to = chooser.next(controllerLabelOf(config));
        if (to === null) continue;
        await tx
          .updateTable('items')
          .set({ next_number: number + 1 })
          .where('id', '=', row.item_id)
          .execute();
        await tx
          .updateTable('builds')
          .set({
            state: 'running',
            number,
            owner: to,
            epoch: 1,
            started_at: now(),
            why: null,
            timeline: added(row.timeline, now(), 'granted', why('started', `Started as #${number}`, { number, controller: to })),
          })
          .where('id', '=', id)
          .execute();
        await noteStatus(tx, wakes, { ...row, number }, { now: 'started' }, now());
        await wakeWaiters(tx, wakes, id, UNTIL_START);
        wakes.add(`owner ${to}`);
        wakes.add(`build ${id}`);
        wakes.add(`job ${row.item_id}`);
      }
    });
  }

  private async grant(grants: readonly Grant[]): Promise<void> {
    const { now } = this.options;
    await this.write(async (tx, wakes) => {
      for (const { request, node: name, executor } of grants) {
        // Held until the commit: a build that takes its request back meanwhile waits, and then frees what is given here.
        const lease = await tx
          .updateTable('leases')
          .set((e) => ({ state: e.ref('state') }))
          .where('id', '=', request)
          .where('state', '=', 'waiting')
          .returningAll()
          .executeTakeFirst();
        const node = await tx.selectFrom('nodes').select(['id', 'name', 'root', 'facts', 'offline', 'session']).where('name', '=', name).executeTakeFirst();
        if (lease === undefined || node === undefined || node.session === null || node.offline !== null) continue;
        const nodeId = node.id;
        const taken = await tx
          .selectFrom('leases')
          .select('id')
          .where('node_id', '=', nodeId)
          .where('executor', '=', executor)
          .where('state', '=', 'held')
          .executeTakeFirst();
        if (taken !== undefined) continue;
        const facts = JSON.parse(node.facts) as { root?: string };
        const root = node.root ?? facts.root ?? '/var/lib/millrace-agent';
        const base = `${root.replace(/[\\/]$/, '')}/workspace/${lease.job.replace(/[^\w.\-/@ ]/g, '_')}`;
        const workspace = await takeWorkspace(tx, { nodeId, base, lease: lease.id, askId: null, itemId: lease.item_id, now: now() });
        await tx
          .updateTable('leases')
          .set({
            state: 'held',
            node_id: nodeId,
            executor,
            workspace,
            granted_at: now(),
            why: null,
            timeline: added(lease.timeline, now(), 'granted', why('granted', `Executor ${executor} of ${node.name}`, { node: node.name, executor })),
          })
          .where('id', '=', request)
          .execute();
        await wakeAsk(tx, wakes, lease.build_id, lease.ask_id);
        wakes.add(`node ${nodeId}`);
      }
    });
  }

  /** Reasons are written when they change, and only then. */
  private async tellWhy(
    builds: readonly { table: 'builds'; id: number; why: Why }[],
    leases: readonly { table: 'leases'; id: string; why: Why }[],
  ): Promise<void> {
    const { store, now } = this.options;
    const changedBuilds = await changed(store, builds);
    const changedLeases = await changed(store, leases);
    if (changedBuilds.length === 0 && changedLeases.length === 0) return;
    const at = now();
    await this.write(async (tx, wakes) => {
      for (const { id, why, timeline } of changedBuilds) {
        await tx
          .updateTable('builds')
          .set({ why: JSON.stringify(why), timeline: added(timeline, at, why.code === 'quiet' ? 'quiet' : 'blocked', why) })
          .where('id', '=', id as number)
          .where('state', '=', 'queued')
          .execute();
        wakes.add(`build ${id}`);
      }
      for (const { id, why, timeline } of changedLeases)
        await tx
          .updateTable('leases')
          .set({ why: JSON.stringify(why), timeline: added(timeline, at, 'waiting', why) })
          .where('id', '=', id as string)
          .where('state', '=', 'waiting')
          // What the provisioner has written since stays.
          .where('timeline', '=', timeline)
          .execute();
      if (changedLeases.length > 0) wakes.add('waiting');
    });
  }
}

const NOTHING: Admission = { start: [], wait: [], cancel: [] };
const PAGE = 500;

async function changed(
  store: Store,
  all: readonly ({ table: 'builds'; id: number; why: Why } | { table: 'leases'; id: string; why: Why })[],
): Promise<{ id: number | string; why: Why; timeline: string }[]> {
  const out: { id: number | string; why: Why; timeline: string }[] = [];
  for (let i = 0; i < all.length; i += PAGE) {
    const page = all.slice(i, i + PAGE);
    const ids = page.map((p) => p.id);
    const rows =
      page[0]?.table === 'builds'
        ? await store.db
            .selectFrom('builds')
            .select(['id', 'why', 'timeline'])
            .where('id', 'in', ids as number[])
            .execute()
        : await store.db
            .selectFrom('leases')
            .select(['id', 'why', 'timeline'])
            .where('id', 'in', ids as string[])
            .execute();
    const known = new Map<number | string, { why: string | null; timeline: string }>(rows.map((r) => [r.id, r]));
    for (const { id, why } of page) {
      const row = known.get(id);
      if (row !== undefined && !sameReason(row.why, why) && !isOfCloud(row.why)) out.push({ id, why, timeline: row.timeline });
    }
  }
  return out;
}

/** The least loaded controller that a build may run on. */
class Chooser {
  private readonly loads: { readonly id: string; readonly labels: ReadonlySet<string>; builds: number }[];
  constructor(fleet: FleetView) {
    this.loads = fleet.map((c) => ({ id: c.id, labels: new Set([...c.labels, c.name]), builds: c.builds }));
  }
  next(label: string | null): string | null {
    const matches = label === null ? () => true : controllerMatcher(label);
    let best: (typeof this.loads)[number] | null = null;
    for (const one of this.loads) if (matches(one.labels) && (best === null || one.builds < best.builds)) best = one;
    if (best === null) return null;
    best.builds++;
    return best.id;
  }
}

/** A label that cannot be read matches none; admission tells its build so. */
function controllerMatcher(label: string): (labels: ReadonlySet<string>) => boolean {
  try {
    return parseLabelExpression(label).matches;
  } catch {
    return () => false;
  }
}

/** A queued build that never starts. */
export async function cancelQueued(tx: Tx, wakes: Wakes, id: number, because: Why, at: number): Promise<boolean> {
  const row = await tx.selectFrom('builds').select(['id', 'item_id', 'job', 'number', 'origin', 'timeline', 'state']).where('id', '=', id).executeTakeFirst();
  if (row?.state !== 'queued') return false;
  await noteStatus(tx, wakes, row, { now: 'ended', result: 'ABORTED' }, at);
  await tx
    .updateTable('builds')
    .set({
      state: 'cancelled',
      ended_at: at,
      timeline: added(row.timeline, at, 'cancelled', because),
      why: JSON.stringify(because),
    })
    .where('id', '=', id)
    .execute();
  await wakeWaiters(tx, wakes, id);
  wakes.add(`build ${id}`);
  wakes.add(`job ${row.item_id}`);
  wakes.add('queue');
  return true;
}

/** Asks a running build to end, in favour of a newer one of its job. */
async function abortRunning(tx: Tx, wakes: Wakes, id: number, newer: number): Promise<void> {
  const { item_id: item, job } = await tx.selectFrom('builds').select(['item_id', 'job']).where('id', '=', id).executeTakeFirstOrThrow();
  const because = supersededByStart(job, await displayNameOf(tx, item, newer));
  await tx
    .updateTable('builds')
    .set({ abort: JSON.stringify({ by: null, hard: false, because } satisfies AbortRequest), parked: 0 })
    .where('id', '=', id)
    .where('abort', 'is', null)
    .execute();
  wakes.add(`abort ${id}`);
}

/** Takes and answers the JSON that a row holds. */
function added(timeline: string, at: number, state: WaitState, reason: Why): string {
  const known = JSON.parse(timeline) as Timeline;
  const next = withEntry(known, at, state, reason);
  return next === known ? timeline : JSON.stringify(next);
}

/** Text alone that moves (`Expires in 3 sec`) is no news: nothing is written for it. */
function sameReason(known: string | null, now: Why): boolean {
  if (known === null) return false;
  const before = JSON.parse(known) as Why;
  return before.code === now.code && JSON.stringify(named(before)) === JSON.stringify(named(now));
}
/** A reason of the provisioner's, which takes it back itself: a node is under way. */
function isOfCloud(known: string | null): boolean {
  return known !== null && (JSON.parse(known) as Why).code.startsWith('cloud-');
}
function named({ fields }: Why): unknown[] {
  return Object.entries(fields).filter(([, value]) => typeof value === 'string');
}

function controllerLabelOf(config: string): string | null {
  return (JSON.parse(config) as { controllerLabel?: string | null }).controllerLabel ?? null;
}
