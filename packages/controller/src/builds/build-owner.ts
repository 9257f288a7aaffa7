/**
 * The builds that this controller owns: takes up those that the scheduler gave it, runs their programs in worker threads,
 * writes down how they end, parks those that only wait, and lets go of all when it drains or was declared down.
 *
 * A build's way here: owned (row) → taken up (read, begun in a thread) → ended | parked | handed over | lost.
 */
import type { Ask, AskKind } from '@millrace/pipeline';
import { tellsOfStages } from '../branches/checks/tell-stages.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import type { AskHandler, AskServices } from './ask-context.ts';
import { parseAskKey } from './ask-context.ts';
import type { Beginning } from './begin.ts';
import { endBuild, mergedFacts } from './end-build.ts';
import { PARKABLE, parkBuild } from './parking.ts';
import type { AbortRequest, BuildRecordFacts } from './records.ts';
import { factsOf, parse } from './records.ts';
import { RunningBuild } from './running-build.ts';
import type { Suspicion } from './suspicion.ts';
import { ALONE, FALLS, readSuspicion } from './suspicion.ts';
import { Baton, TurnWatch } from './turn-watch.ts';
import type { FromWorker, ToWorker } from './worker/messages.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface BuildOwnerOptions {
  readonly services: AskServices;
  readonly self: () => string;
  readonly pool: (received: (message: FromWorker) => void, crashed: (builds: readonly number[], reason: string, alone: boolean) => void) => WorkerPool;
  readonly handlers: { readonly [K in AskKind]?: AskHandler<K> };
  readonly beginning: (row: Row<'builds'>) => Promise<Beginning>;
  /** What follows the end of a build, in its transaction: downstream jobs, statistics. */
  readonly onEnd: (tx: Tx, wakes: Wakes, row: Row<'builds'>, result: string) => Promise<void>;
  /** Stages have begun or ended; what it rejects with is told to `onError`. */
  readonly onStages: (build: number) => Promise<void>;
  /** How long a build only waits before it is parked. */
  readonly parkAfterMs: number;
  readonly onError: (error: unknown) => void;
}

/** After so many threads that it alone took down, a build fails. */
const CRASHES = 3;
const LOOK_MS = 5_000,
  AWAY_MS = 500,
  /** Until a build that only a newer version can go on with is given to some controller again. */
  NEWER_MS = 10_000;
const PAGE = 500;

interface Held {
  readonly row: Row<'builds'>;
  running: RunningBuild | null;
  /** Where its owner before died. */
  watch: TurnWatch | null;
  /** What the program has said; what users have, is in the row. */
  facts: BuildRecordFacts;
  factsChanged: boolean;
  park: NodeJS.Timeout | null;
  idle: readonly Ask[];
  /** RunningBuild's count when it was idle. */
  idleAt: number;
  leaving: 'park' | 'hand over' | null;
}

export class BuildOwner {
  /** For metrics: a build has ended here. */
  onEnded: (result: string, ms: number) => void = () => undefined;
  private readonly options: BuildOwnerOptions;
  private readonly pool: WorkerPool;
  private readonly held = new Map<number, Held>();
  private readonly suspects = new Set<number>();
  private readonly baton = new Baton();
  private readonly unlisten: (() => void)[] = [];
  private timer: NodeJS.Timeout | null = null;
  private draining = false;
  private emptied: (() => void)[] = [];
  private taking: Promise<void> | null = null;
  private takeAgain = false;

  constructor(options: BuildOwnerOptions) {
    this.options = options;
    this.pool = options.pool(
      (message) => {
        if (message.t !== 'pong' && message.t !== 'checked') this.held.get(message.build)?.running?.received(message);
      },
      (builds, reason, alone) => {
        this.crashed(builds, reason, alone);
      },
    );
  }

  start(): void {
    const { wakes, engine } = this.options.services.store;
    this.unlisten.push(
      wakes.on('owner', (topic) => {
        if (topic === '*' || topic === `owner ${this.options.self()}`) this.take();
      }),
      wakes.on('ask', (topic) => {
        this.askWoken(topic);
      }),
      wakes.on('abort', (topic) => {
        if (topic !== '*') void this.abort(Number(topic.slice('abort '.length))).catch(this.options.onError);
      }),
    );
    if (engine.shared)
      this.timer = setInterval(() => {
        this.take();
      }, LOOK_MS);
    this.pool.warm();
    this.take();
  }

  /** Output of a task for a build that is held here; see RunningBuild.output. */
  running(build: number): RunningBuild | null {
    return this.held.get(build)?.running ?? null;
  }
  get count(): number {
    return this.held.size;
  }

  /** Lets go of all builds so that others go on with them; resolves when all are let go. */
  async drain(): Promise<void> {
    this.draining = true;
    for (const held of this.held.values()) this.letGo(held, 'hand over');
    if (this.held.size === 0) return;
    await new Promise<void>((resolve) => {
      this.emptied.push(resolve);
    });
  }
  /** Nothing is ours any more: another controller goes on with all of it. */
  dropAll(): void {
    for (const id of [...this.held.keys()]) this.drop(id);
  }
  async close(): Promise<void> {
    for (const off of this.unlisten) off();
    if (this.timer !== null) clearInterval(this.timer);
    this.dropAll();
    await this.pool.close();
  }

  // ------------------------------------------------------------------ taking up

  private take(): void {
    if (this.taking !== null) {
      this.takeAgain = true;
      return;
    }
    this.taking = this.takeUp()
      .catch((error: unknown) => {
        this.options.onError(error);
        setTimeout(() => {
          this.take();
        }, AWAY_MS).unref();
      })
      .finally(() => {
        this.taking = null;
        if (!this.takeAgain) return;
        this.takeAgain = false;
        this.take();
      });
  }

  private async takeUp(): Promise<void> {
    if (this.draining) return;
    const { store } = this.options.services;
    const me = this.options.self();
    const owned = await store.db.selectFrom('builds').select('id').where('state', '=', 'running').where('owner', '=', me).execute();
    const fresh = owned.map((r) => r.id).filter((id) => !this.held.has(id));
    const rows =
      fresh.length === 0 ? [] : await store.db.selectFrom('builds').selectAll().where('id', 'in', fresh.slice(0, PAGE)).where('owner', '=', me).execute();
    if (fresh.length > PAGE) this.takeAgain = true;
    for (const row of rows) {
      if (this.held.has(row.id)) continue;
      const held: Held = { row, running: null, watch: null, facts: {}, factsChanged: false, park: null, idle: [], idleAt: -1, leaving: null };
      this.held.set(row.id, held);
      this.begin(held).catch((error: unknown) => {
        this.failed(held, error);
      });
    }
    // What a scheduler took away from us: it thought us down.
    const ours = new Set(owned.map((r) => r.id));
    for (const [id, held] of this.held) if (!ours.has(id) && held.row.owner !== me) this.drop(id);
  }

  private async begin(held: Held): Promise<void> {
    const { row } = held;
    if (row.crashes >= CRASHES) {
      await this.end(held, 'FAILURE', Date.now(), {
        code: 'MR_BUILD_CRASHED',
        message: `The pipeline's program took its worker down ${row.crashes} times. ${factsOf(row).failure?.message ?? ''}`.trim(),
      });
      return;
    }
    const suspicion = readSuspicion(row.suspicion);
    if (suspicion !== null && suspicion.falls >= FALLS) {
      await this.end(held, 'FAILURE', Date.now(), {
        code: 'MR_BUILD_CRASHED',
        message: `Controllers died ${suspicion.falls} times while they evaluated the same turn of the pipeline's program.`,
      });
      return;
    }
    const { begin, nextSeq, logBytes } = await this.options.beginning(row);
    if (this.held.get(row.id) !== held) return;
    const post = (message: ToWorker): void => {
      this.pool.post(row.id, message);
    };
    if (suspicion !== null) {
      held.watch = this.watch(held, suspicion, post);
      await held.watch.begin();
      if (this.held.get(row.id) !== held) return;
    }
    const { services, handlers } = this.options;
    held.running = new RunningBuild({
      identity: { id: row.id, itemId: row.item_id, job: row.job, number: row.number as number, priority: row.priority },
      epoch: row.epoch,
      services,
      handlers,
      post: (message) => {
        if (held.watch === null) post(message);
        else held.watch.post(message);
      },
      nextSeq,
      logBytes,
      onLost: (error) => {
        this.lost(held, error);
      },
      onFlush: ({ tree }) => {
        this.saveFacts(held);
        if (tellsOfStages(tree)) this.options.onStages(row.id).catch(this.options.onError);
      },
      onEnded: (message) => {
        this.ended(held, message);
      },
      onFacts: ({ displayName, description, keepLog }) => {
        const { facts } = held;
        if (displayName === (facts.displayName ?? null) && description === (facts.description ?? null) && keepLog === (facts.keepLog ?? false)) return;
        held.facts = { ...facts, displayName, description, keepLog };
        held.factsChanged = true;
      },
      onIdle: (open, taken) => {
        held.watch?.idle(taken);
        this.idle(held, open);
      },
    });
    const alone = row.crashes > 0 || (suspicion?.falls ?? 0) >= ALONE || this.suspects.has(row.id);
    this.pool.begin({ t: 'begin', build: row.id, begin, tools: services.installation().toolDescriptors }, alone);
    if (row.abort !== null) this.passAbort(held, parse<AbortRequest>(row.abort));
  }

  private watch(held: Held, suspicion: Suspicion, post: (message: ToWorker) => void): TurnWatch {
    const { id, owner, epoch } = held.row;
    return new TurnWatch({
      suspicion,
      baton: this.baton,
      save: async (next) => {
        const text = next === null ? null : JSON.stringify(next);
        await this.options.services.store.write((tx) =>
          tx.updateTable('builds').set({ suspicion: text }).where('id', '=', id).where('owner', '=', owner).where('epoch', '=', epoch).execute(),
        );
      },
      post,
      onLost: (error) => {
        this.lost(held, error);
      },
    });
  }

  /** What it did cannot be written down. Where it is ours still, it goes on from what is written. */
  private lost(held: Held, error: unknown): void {
    const { code } = error as { code?: string };
    if (code !== 'MR_FENCED' && code !== 'MR_STORE_CLOSED') this.options.onError(error);
    if (this.held.get(held.row.id) !== held) return;
    this.drop(held.row.id);
    setTimeout(() => {
      this.take();
    }, AWAY_MS).unref();
  }

  private askWoken(topic: string): void {
    if (topic === '*') {
      for (const { running } of this.held.values()) running?.wokenAll();
      return;
    }
    const key = parseAskKey(topic.slice('ask '.length));
    if (key !== null) this.held.get(key.build)?.running?.woken(key.ask);
  }

  // ------------------------------------------------------------------ abort

  private async abort(build: number): Promise<void> {
    const held = this.held.get(build);
    if (held === undefined) return;
    const row = await this.options.services.store.db.selectFrom('builds').select('abort').where('id', '=', build).executeTakeFirst();
    if (row?.abort != null) this.passAbort(held, parse<AbortRequest>(row.abort));
  }
  private passAbort(held: Held, { by, hard, because }: AbortRequest): void {
    held.running?.external({ kind: 'abort', by, hard, ...(because === undefined ? {} : { cause: because }) });
  }

  // ------------------------------------------------------------------ ends

  private ended(held: Held, message: Extract<FromWorker, { t: 'ended' | 'failed' | 'detached' }>): void {
    const { id } = held.row;
    this.pool.done(id);
    held.running?.leave();
    switch (message.t) {
      case 'ended':
        held.facts = { ...held.facts, variables: message.variables };
        this.settle(held, this.end(held, message.result, message.endedAt, null));
        return;
      case 'failed':
        this.fail(held, { code: message.code, message: message.message });
        return;
      case 'detached':
        // What came between the decision to park it and now is for its next owner, at once.
        this.settle(held, held.leaving === 'park' && held.running?.count === held.idleAt ? this.park(held) : this.release(held));
    }
  }

  private failed(held: Held, error: unknown): void {
    const { code, message } = error as { code?: string; message?: string };
    if (code === 'MR_FENCED' || code === 'MR_STORE_CLOSED') {
      this.drop(held.row.id);
      return;
    }
    if (this.options.services.store.engine.isAway(error)) {
      // It is ours still, and begins again when the database is back.
      this.drop(held.row.id);
      setTimeout(() => {
        this.take();
      }, AWAY_MS).unref();
      return;
    }
    const { failure } = error as { failure?: { code: string; message: string } };
    const known = failure ?? (code !== undefined && /^MR_/.test(code) ? { code, message: message ?? code } : null);
    if (known === null) this.options.onError(error);
    this.fail(held, known ?? { code: 'MR_INTERNAL', message: String((error as Error).stack ?? error) });
  }

  private fail(held: Held, failure: { readonly code: string; readonly message: string }): void {
    const { job, number, abort } = held.row;
    if (failure.code !== 'MR_JOURNAL_FORMAT' || abort !== null) {
      this.settle(held, this.end(held, 'FAILURE', Date.now(), failure));
      return;
    }
    this.options.onError(new Error(`${job} #${number} waits for a controller of the version that began it: ${failure.message}`));
    this.settle(held, this.postpone(held));
  }

  /** Waits for the last write about a build, and forgets it. A write that is refused is another controller's now. */
  private settle(held: Held, last: Promise<void>): void {
    last.catch(this.options.onError).finally(() => {
      if (this.held.get(held.row.id) === held) this.drop(held.row.id);
      // It may have been given back to us meanwhile.
      this.take();
    });
  }

  private async end(held: Held, result: string, endedAt: number, failure: { code: string; message: string } | null): Promise<void> {
    const { store } = this.options.services;
    const { row, running } = held;
    const facts = failure === null ? held.facts : { ...held.facts, failure };
    await store.write(async (tx, wakes) => {
      const ended = await endBuild(tx, wakes, {
        id: row.id,
        owner: row.owner as string,
        epoch: row.epoch,
        result,
        endedAt,
        facts,
        failure,
        logBytes: running?.logBytes ?? null,
        exclusive: store.engine.exclusive,
      });
      if (ended) await this.options.onEnd(tx, wakes, row, result);
    });
    this.suspects.delete(row.id);
    this.onEnded(result, endedAt - (row.started_at ?? endedAt));
  }

  private saveFacts(held: Held): void {
    if (!held.factsChanged) return;
    held.factsChanged = false;
    const { id } = held.row;
    const { keepLog, ...said } = held.facts;
    this.options.services.store
      .write(async (tx, wakes) => {
        await tx
          .updateTable('builds')
          .set({ facts: await mergedFacts(tx, id, said), ...(keepLog === true ? { kept: 1 } : {}) })
          .where('id', '=', id)
          .execute();
        wakes.add(`build ${id}`);
      })
      .catch(this.options.onError);
  }

  // ------------------------------------------------------------------ letting go

  private idle(held: Held, open: readonly Ask[]): void {
    if (held.park !== null) clearTimeout(held.park);
    held.park = null;
    held.idle = open;
    const soon = Date.now() + 2 * this.options.parkAfterMs;
    const waitsAlone = open.length > 0 && open.every((ask) => PARKABLE.has(ask.kind) || (ask.kind === 'timer' && ask.at + ask.request.ms > soon));
    // A detach may be on its way already: it counts for what is idle now.
    held.idleAt = waitsAlone ? (held.running?.count ?? -1) : -1;
    if (!waitsAlone || held.row.abort !== null) return;
    held.park = setTimeout(() => {
      this.letGo(held, 'park');
    }, this.options.parkAfterMs);
    held.park.unref();
  }

  private letGo(held: Held, how: 'park' | 'hand over'): void {
    held.leaving = how;
    if (held.running === null) this.settle(held, this.release(held));
    else held.running.detach();
  }

  /** Nobody's: the scheduler gives it to another controller. */
  private async release(held: Held): Promise<void> {
    const { id, owner, epoch } = held.row;
    await this.options.services.store.write(async (tx, wakes) => {
      await tx.updateTable('builds').set({ owner: null }).where('id', '=', id).where('owner', '=', owner).where('epoch', '=', epoch).execute();
      wakes.add('queue');
    });
  }
  /** A newer version began it, as while a rollout runs. The scheduler gives it to another controller after a while, or to us again. */
  private async postpone(held: Held): Promise<void> {
    const { id, owner, epoch } = held.row;
    const { store, now } = this.options.services;
    await store.write(async (tx, wakes) => {
      await tx
        .updateTable('builds')
        .set({ owner: null, parked: 1, wake_at: now() + NEWER_MS })
        .where('id', '=', id)
        .where('owner', '=', owner)
        .where('epoch', '=', epoch)
        .where('abort', 'is', null)
        .execute();
      wakes.add('queue');
    });
  }
  private async park(held: Held): Promise<void> {
    const { id, owner, epoch } = held.row;
    await this.options.services.store.write((tx, wakes) => parkBuild(tx, wakes, { id, owner: owner as string, epoch, open: held.idle }));
  }

  private drop(id: number): void {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.held.delete(id);
    if (held.park !== null) clearTimeout(held.park);
    held.running?.leave();
    held.watch?.close();
    this.pool.done(id);
    if (this.held.size > 0) return;
    for (const tell of this.emptied.splice(0)) tell();
  }

  /** Their thread is gone: all begin again, each alone, and a build that was alone is known to be the cause. */
  private crashed(builds: readonly number[], reason: string, alone: boolean): void {
    for (const id of builds) {
      const held = this.held.get(id);
      if (held === undefined) continue;
      this.suspects.add(id);
      held.running?.leave();
      const { row } = held;
      const again = this.options.services.store.write(async (tx, wakes) => {
        await tx
          .updateTable('builds')
          .set({
            owner: null,
            crashes: row.crashes + (alone ? 1 : 0),
            facts: await mergedFacts(tx, id, { ...held.facts, failure: { code: 'MR_BUILD_CRASHED', message: `Its thread was lost: ${reason}.` } }),
          })
          .where('id', '=', id)
          .where('epoch', '=', row.epoch)
          .execute();
        wakes.add('queue');
      });
      this.settle(held, again);
    }
  }
}
