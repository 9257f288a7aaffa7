/**
 * The duty `branches`: scans that are due, events that wait, and builds that are to be queued. What is due stands in rows and
 * stays there until it is done, so another controller takes up what this one leaves.
 *
 *   scans.due_at <= now      → a run goes on; at its end due_at is the next time, or now again where somebody asked meanwhile
 *   a row of scan_events     → looked at with all others of its item; it goes where nothing came after it, else it stays
 *   heads.due_at is set      → a build is queued, so many at once for each item
 *
 * Some items at a time, each by one run at a time. A server that is away is asked again: for an event after a while that
 * grows, for a scan at its next time.
 */
import type { MultibranchConfig, OrganizationConfig } from '@millrace/protocol';
import type { Enqueue } from '../builds/enqueue.ts';
import { parse } from '../builds/records.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { OpenSource } from './branch-source.ts';
import type { OpenOwner } from './organization-scan.ts';
import { scanOrganization } from './organization-scan.ts';
import { scanRefs, scanRepositories } from './repository-scan.ts';
import { beginRun, ScanLog } from './scan-log.ts';
import { startDue } from './start-due.ts';

export interface BranchScannerOptions {
  readonly store: Store;
  readonly write: HeldDuty['write'];
  readonly enqueue: Enqueue;
  readonly open: OpenSource;
  readonly owner: OpenOwner;
  readonly now: () => number;
  readonly deleteBlobs: (keys: readonly string[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Items that are looked at side by side. */
  readonly parallel?: number;
}

const LOOK_MS = 5_000,
  /** What wakes it comes in crowds. */
  GATHER_MS = 50,
  MINUTE_MS = 60_000,
  EVENT_RETRY_MS = 5_000,
  EVENT_RETRY_MOST_MS = 10 * MINUTE_MS,
  /** An event whose server does not answer for so long is given up: the next scan sees what it told. */
  EVENT_GIVEN_UP_MS = 24 * 60 * MINUTE_MS,
  EVENTS_AT_ONCE = 200;

export class BranchScanner {
  private readonly options: BranchScannerOptions;
  private readonly running = new Map<number, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly off: (() => void)[] = [];
  private timer: NodeJS.Timeout | null = null;
  /** When the timer goes, by this process's own clock. */
  private dueAt = Number.POSITIVE_INFINITY;
  private looking: Promise<void> | null = null;
  private again = false;
  /** Builds wait for room in the queue. */
  private left = false;

  constructor(options: BranchScannerOptions) {
    this.options = options;
  }

  start(): void {
    const { wakes } = this.options.store;
    this.off.push(
      wakes.on('scan', () => {
        this.soon(GATHER_MS);
      }),
      wakes.on('queue', () => {
        if (this.left) this.soon(GATHER_MS);
      }),
    );
    this.soon(0);
  }
  /** What is under way ends at its next write, which is refused, or at its next step. */
  stop(): void {
    this.stopping.abort(new Error('the duty is over'));
    for (const off of this.off) off();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private soon(ms: number): void {
    const at = performance.now() + ms;
    if (this.stopped || (this.timer !== null && this.dueAt <= at)) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.dueAt = at;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.dueAt = Number.POSITIVE_INFINITY;
      this.look();
    }, ms);
    this.timer.unref();
  }

  private look(): void {
    if (this.looking !== null) {
      this.again = true;
      return;
    }
    this.looking = this.pass()
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => {
        this.looking = null;
        const again = this.again;
        this.again = false;
        this.soon(again ? GATHER_MS : LOOK_MS);
      });
  }

  private report(error: unknown): void {
    const { code } = error as { code?: string };
    if (this.stopped || code === 'MR_FENCED' || code === 'MR_DUTY_LOST' || code === 'MR_STORE_CLOSED') return;
    this.options.onError(error);
  }

  private async pass(): Promise<void> {
    const { store, now, parallel = 4 } = this.options;
    const { left } = await startDue(this.options);
    this.left = left;
    const room = parallel - this.running.size;
    if (room <= 0) return;
    const events = await store.db
      .selectFrom('scan_events')
      .select('item_id')
      .select((e) => e.fn.min('due_at').as('at'))
      .where('due_at', '<=', now())
      .groupBy('item_id')
      .orderBy('at')
      .limit(parallel * 2)
      .execute();
    // Events first: somebody has just pushed.
    for (const { item_id } of events) this.run(item_id, 'event');
    const due = await store.db
      .selectFrom('scans')
      .select('item_id')
      .where('due_at', '<=', now())
      .orderBy('due_at')
      .limit(parallel * 2)
      .execute();
    for (const { item_id } of due) this.run(item_id, 'scan');
    const [next] = await store.db.selectFrom('scans').select('due_at').where('due_at', '>', now()).orderBy('due_at').limit(1).execute();
    if (next?.due_at != null) this.soon(Math.min(LOOK_MS, Math.max(0, next.due_at - now())));
  }

  private run(item: number, kind: 'scan' | 'event'): void {
    const { parallel = 4 } = this.options;
    if (this.stopped || this.running.has(item) || this.running.size >= parallel) return;
    const run = this.one(item, kind)
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => {
        this.running.delete(item);
        this.soon(0);
      });
    this.running.set(item, run);
  }

  private async one(id: number, kind: 'scan' | 'event'): Promise<void> {
    const { store, write } = this.options;
    const item = await store.db.selectFrom('items').selectAll().where('id', '=', id).where('deleted', '=', 0).executeTakeFirst();
    if (item === undefined || item.disabled === 1) {
      await write(async (tx) => {
        await tx.deleteFrom('scan_events').where('item_id', '=', id).execute();
        await tx.updateTable('scans').set({ due_at: null }).where('item_id', '=', id).execute();
      });
      return;
    }
    await (kind === 'scan' ? this.scan(item) : this.events(item));
  }

  private async scan(item: Row<'items'>): Promise<void> {
    const { store, now } = this.options;
    const due = await store.db.selectFrom('scans').selectAll().where('item_id', '=', item.id).executeTakeFirst();
    if (due === undefined) return;
    const { scanMinutes } = parse<MultibranchConfig | OrganizationConfig>(item.config);
    const begun = now();
    await this.logged(
      item,
      'scan',
      parse<string[]>(due.causes),
      (log) => this.scanOf(item, log, null),
      (tx, failure) =>
        tx
          .updateTable('scans')
          .set((e) => ({
            // Asked while it ran: again. Where the forge says when, then.
            due_at: e
              .case()
              .when('asked', '<>', due.asked)
              .then(now())
              .else(failure?.retryAt ?? (scanMinutes === null ? null : begun + scanMinutes * MINUTE_MS))
              .end(),
            causes: e.case().when('asked', '<>', due.asked).then(e.ref('causes')).else(JSON.stringify([])).end(),
            last_at: begun,
          }))
          .where('item_id', '=', item.id)
          .execute(),
    );
  }

  private async events(item: Row<'items'>): Promise<void> {
    const { store, now } = this.options;
    const rows = await store.db
      .selectFrom('scan_events')
      .selectAll()
      .where('item_id', '=', item.id)
      .where('due_at', '<=', now())
      .orderBy('due_at')
      .limit(EVENTS_AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    const refs = new Map(rows.map((row) => [row.ref, parse<string[]>(row.causes)]));
    await this.logged(
      item,
      'event',
      [...new Set([...refs.values()].flat())].slice(0, 20),
      (log) => this.scanOf(item, log, refs),
      async (tx, failure) => {
        for (const row of rows) {
          if (failure === null || row.created_at < now() - EVENT_GIVEN_UP_MS)
            await tx.deleteFrom('scan_events').where('item_id', '=', row.item_id).where('ref', '=', row.ref).where('asked', '=', row.asked).execute();
          else
            await tx
              .updateTable('scan_events')
              .set((e) => ({
                attempts: e('attempts', '+', 1),
                due_at: failure.retryAt ?? now() + Math.min(EVENT_RETRY_MS * 2 ** Math.min(row.attempts, 20), EVENT_RETRY_MOST_MS),
              }))
              .where('item_id', '=', row.item_id)
              .where('ref', '=', row.ref)
              .where('asked', '=', row.asked)
              .execute();
        }
      },
    );
  }

  private scanOf(item: Row<'items'>, log: ScanLog, refs: ReadonlyMap<string, readonly string[]> | null): Promise<void> {
    const { store, write, open, owner, now, deleteBlobs } = this.options;
    const common = { store, write, open, log, now, deleteBlobs, signal: this.stopping.signal };
    if (item.kind === 'organization') {
      const parent = { id: item.id, fullName: item.full_name, config: parse<OrganizationConfig>(item.config) };
      return scanOrganization({ ...common, parent, owner }, refs === null ? null : [...refs.keys()]);
    }
    const parent = { id: item.id, fullName: item.full_name, config: parse<MultibranchConfig>(item.config) };
    return refs === null ? scanRepositories({ ...common, parent }) : scanRefs({ ...common, parent }, refs);
  }

  /** One run with its log, and what its end means for what it was made for, in one transaction. */
  private async logged(
    item: Row<'items'>,
    kind: 'scan' | 'event',
    causes: readonly string[],
    act: (log: ScanLog) => Promise<void>,
    end: (tx: Parameters<Parameters<HeldDuty['write']>[0]>[0], failure: Failure | null) => Promise<unknown>,
  ): Promise<void> {
    const { write, now } = this.options;
    const begun = now();
    const noun = item.kind === 'organization' ? 'organization scan' : 'branch indexing';
    const run = await write(async (tx, wakes) => {
      const id = await beginRun(tx, { item: item.id, kind, causes, at: begun });
      if (kind === 'scan') await tx.updateTable('scans').set({ last_run: id }).where('item_id', '=', item.id).execute();
      wakes.add(`job ${item.id}`);
      return id;
    });
    const log = new ScanLog(run, item.id);
    for (const cause of causes) log.print(kind === 'scan' && !/^(Started|Event|The)/.test(cause) ? `Started by ${cause}` : cause);
    if (kind === 'scan') log.print(`[${new Date(begun).toUTCString()}] Starting ${noun}...`);
    let failure: Failure | null = null;
    try {
      await act(log);
    } catch (error) {
      if (this.stopped) throw error;
      const { code } = error as { code?: string };
      if (code === undefined || !/^MR_/.test(code)) this.report(error);
      else if (/^MR_(FENCED|DUTY_LOST|STORE_CLOSED|STORE_AWAY)$/.test(code)) throw error;
      failure = failureOf(error);
    }
    await log.write(
      write,
      async (tx, wakes, print) => {
        const at = now();
        if (failure !== null) print(`ERROR: ${failure.code}: ${failure.message}`);
        if (kind === 'scan')
          print(
            `[${new Date(at).toUTCString()}] Finished ${noun}. ${noun === 'branch indexing' ? 'Indexing' : 'Scan'} took ${((at - begun) / 1_000).toFixed(1)} sec`,
          );
        print(`Finished: ${failure === null ? 'SUCCESS' : 'FAILURE'}`);
        await tx
          .updateTable('scan_runs')
          .set({
            state: failure === null ? 'success' : 'failure',
            ended_at: at,
            failure: failure === null ? null : JSON.stringify({ code: failure.code, message: failure.message }),
          })
          .where('id', '=', run)
          .execute();
        await end(tx, failure);
        wakes.add(`job ${item.id}`);
        wakes.add('scan');
      },
      true,
    );
  }
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retryAt: number | null;
}

function failureOf(error: unknown): Failure {
  const { code, message, retryAt } = error as { code?: string; message?: string; retryAt?: number | null };
  return {
    code: code !== undefined && /^MR_/.test(code) ? code : 'MR_INTERNAL',
    message: (message ?? String(error)).slice(0, 4_000),
    retryAt: retryAt ?? null,
  };
}
