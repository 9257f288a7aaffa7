/**
 * A build that this controller owns, while its program is in a worker thread: on one side the worker's messages, on the other
 * the database and the handlers of asks.
 *
 * A flush of the worker is one row in one transaction. The worker does not wait for it: what its asks
 * then write stands behind the flush in the writer's queue, so that it is committed together with it or after it, and never
 * without it. What has an effect beyond the database waits for `durable()`, and so does whoever brought output or
 * a result that is in the flush.
 */
import type { Ask, AskKind, CancelReason, ExternalEvent, HostFailure, Json, RequestOf } from '@millrace/pipeline';
import type { AskContext, AskHandler, AskServices, BuildIdentity } from './ask-context.ts';
import { askKey, failureOf } from './ask-context.ts';
import type { Flush, FromWorker, ToWorker } from './worker/messages.ts';

/** How often an ask is looked at without being woken: a wake may be lost. */
const LOOK_MS = 10_000;
/** After which what the database did not answer is asked again. */
const AWAY_MS = 300;

export interface RunningBuildOptions {
  readonly identity: BuildIdentity;
  readonly epoch: number;
  readonly services: AskServices;
  readonly handlers: { readonly [K in AskKind]?: AskHandler<K> };
  readonly post: (message: ToWorker) => void;
  /** Of the rows that are there: the next row's number, and where its text begins. */
  readonly nextSeq: number;
  readonly logBytes: number;
  /** A flush could not be committed: the build is not ours any more, or the store is closed. */
  readonly onLost: (error: unknown) => void;
  /** A flush was committed. */
  readonly onFlush: (flush: Flush) => void;
  readonly onEnded: (message: Extract<FromWorker, { t: 'ended' | 'failed' | 'detached' }>) => void;
  readonly onFacts: (facts: Extract<FromWorker, { t: 'facts' }>['facts']) => void;
  readonly onIdle: (open: readonly Ask[], taken: number) => void;
}

interface OpenAsk {
  readonly ask: Ask;
  readonly cancels: ((reason: CancelReason) => void)[];
  cancelled: CancelReason | null;
  readonly gone: (() => void)[];
  look: (() => void) | null;
  /** Where a result may be passed on without a row: the ask's answer is what the agent says. */
  settle: ((answer: { readonly ok: Json } | { readonly err: HostFailure }) => void) | null;
  printed: number;
  settled: boolean;
}

export interface OutputPiece {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface OutputWaiter {
  readonly to: number;
  readonly resolve: (cursor: number) => void;
}

export class RunningBuild {
  readonly identity: BuildIdentity;
  readonly epoch: number;
  private readonly options: RunningBuildOptions;
  private seq: number;
  private logAt: number;
  private gone = false;
  private moves = 0;
  private readonly open = new Map<string, OpenAsk>();
  /** Durable cursors of tasks' output. */
  private readonly cursors = new Map<string, number>();
  private readonly waiters = new Map<string, OutputWaiter[]>();
  private lastFlush: Promise<void> = Promise.resolve();
  /** Results that agents brought, until the journal has them. */
  private readonly results = new Map<string, (durable: boolean) => void>();
  /** What was passed to the worker and is not durable yet. */
  private readonly passed = new Map<string, number>();

  constructor(options: RunningBuildOptions) {
    this.options = options;
    this.identity = options.identity;
    this.epoch = options.epoch;
    this.seq = options.nextSeq;
    this.logAt = options.logBytes;
  }

  /** How much of a task's output is durable. */
  durableCursor(ask: string): number {
    return this.cursors.get(ask) ?? 0;
  }
  get logBytes(): number {
    return this.logAt;
  }

  /** How often something was said between the build and the world: what was idle at the same count is idle still. */
  get count(): number {
    return this.moves;
  }

  received(message: FromWorker): void {
    if (this.gone) return;
    switch (message.t) {
      case 'flush':
        this.flush(message);
        return;
      case 'ask':
        this.ask(message.ask, message.cursor);
        return;
      case 'cancel':
        this.cancel(message.ask, message.reason);
        return;
      case 'facts':
        this.options.onFacts(message.facts);
        return;
      case 'idle':
        this.options.onIdle(message.open, message.taken);
        return;
      case 'ended':
      case 'failed':
      case 'detached':
        this.options.onEnded(message);
        return;
      case 'pong':
    }
  }

  /** Something about an ask has changed in the database. */
  woken(ask: string): void {
    this.open.get(ask)?.look?.();
  }
  wokenAll(): void {
    for (const one of this.open.values()) one.look?.();
  }

  /**
   * Output of a task, from its agent: bytes `from` to `to` of the raw output, which is `text` in the log. Resolves with the
   * durable cursor, which may be behind `from`: the agent then goes on from there. Null: nobody wants it any more.
   */
  output(ask: string, from: number, to: number, text: string): Promise<number | null> {
    const one = this.open.get(ask);
    if (this.gone || one === undefined || one.settled) return Promise.resolve(null);
    const durable = this.cursors.get(ask) ?? 0;
    if (to <= durable) return Promise.resolve(durable);
    const passed = this.passed.get(ask) ?? durable;
    if (from > passed) return Promise.resolve(durable);
    // Of a piece that comes again, the beginning is under way already: how far that gets is the answer, and its agent goes on there.
    const upTo = from === passed ? to : Math.min(to, passed);
    if (upTo <= durable) return Promise.resolve(durable);
    const waiting = new Promise<number>((resolve) => {
      this.waiters.set(ask, [...(this.waiters.get(ask) ?? []), { to: upTo, resolve }]);
    });
    if (from === passed) {
      this.passed.set(ask, to);
      this.options.post({ t: 'output', build: this.identity.id, ask, from, text, to });
    }
    return waiting;
  }

  /**
   * The result of a task, from its agent, with the last piece of its output. True when the journal has both; a number: how
   * much of the output is durable, since the piece does not begin there; false: the agent brings it again, or to whoever has
   * the build then.
   */
  result(ask: string, tail: OutputPiece | null, answer: { readonly ok: Json } | { readonly err: HostFailure }): Promise<boolean | number> {
    const one = this.open.get(ask);
    if (this.gone || one === undefined || one.settled || one.settle === null) return Promise.resolve(false);
    const { settle } = one;
    const passed = this.passed.get(ask) ?? this.durableCursor(ask);
    if (tail !== null && tail.to > passed) {
      if (tail.from !== passed) return Promise.resolve(this.durableCursor(ask));
      this.passed.set(ask, tail.to);
      this.options.post({ t: 'output', build: this.identity.id, ask, from: tail.from, text: tail.text, to: tail.to });
    }
    return new Promise((resolve) => {
      this.results.set(ask, resolve);
      settle(answer);
    });
  }

  external(event: ExternalEvent): void {
    this.moves++;
    this.options.post({ t: 'external', build: this.identity.id, event });
  }
  detach(): void {
    this.options.post({ t: 'detach', build: this.identity.id });
  }
  /** It is not ours any more, or not in memory: nothing is answered or written from here on. */
  leave(): void {
    if (this.gone) return;
    this.gone = true;
    for (const one of this.open.values()) for (const listener of one.gone) listener();
    this.open.clear();
    for (const [ask, all] of this.waiters) for (const { resolve } of all) resolve(this.cursors.get(ask) ?? 0);
    this.waiters.clear();
    for (const tell of this.results.values()) tell(false);
    this.results.clear();
  }

  // ------------------------------------------------------------------ flushes

  private flush(flush: Flush): void {
    const { store } = this.options.services;
    const seq = this.seq++;
    const at = this.logAt;
    this.logAt += Buffer.byteLength(flush.text);
    const row = {
      build_id: this.identity.id,
      seq,
      journal: flush.journal,
      records: flush.records.length === 0 ? '' : JSON.stringify({ at: Date.now(), pieces: flush.records }),
      tree: flush.tree.length === 0 ? '' : JSON.stringify(flush.tree),
      log: flush.text === '' ? null : flush.text,
      log_at: at,
    };
    const finished = [...this.results.keys()].filter((ask) => flush.journal.includes(`{"t":"answer","id":"${ask}"`));
    const written = store.write(async (tx, wakes) => {
      await tx.insertInto('build_chunks').values(row).execute();
      for (const ask of finished) await tx.deleteFrom('work').where('id', '=', askKey(row.build_id, ask)).execute();
      wakes.add(`build ${row.build_id}`);
    });
    this.lastFlush = written;
    written.then(
      () => {
        this.options.post({ t: 'flushed', build: this.identity.id, seq: flush.seq });
        this.tellDurable(flush);
        for (const ask of finished) {
          this.results.get(ask)?.(true);
          this.results.delete(ask);
        }
        if (!this.gone) this.options.onFlush(flush);
      },
      (error: unknown) => {
        this.options.onLost(error);
      },
    );
  }

  /** Resolves when all that the program has done so far is in the database. */
  durable(): Promise<void> {
    return this.lastFlush;
  }

  private tellDurable(flush: Flush): void {
    for (const { ask, cursor } of flush.records) {
      if (ask === undefined || cursor === undefined) continue;
      this.cursors.set(ask, Math.max(cursor, this.cursors.get(ask) ?? 0));
      const all = this.waiters.get(ask);
      if (all === undefined) continue;
      const left = all.filter((w) => w.to > cursor);
      for (const { to, resolve } of all) if (to <= cursor) resolve(cursor);
      if (left.length === 0) this.waiters.delete(ask);
      else this.waiters.set(ask, left);
    }
  }

  // ------------------------------------------------------------------ asks

  private ask(ask: Ask, cursor: number): void {
    this.moves++;
    const one: OpenAsk = { ask, cancels: [], cancelled: null, gone: [], look: null, settle: null, printed: 0, settled: false };
    this.open.set(ask.id, one);
    if (cursor > 0) {
      this.cursors.set(ask.id, cursor);
      this.passed.set(ask.id, cursor);
    }
    const handler = this.options.handlers[ask.kind] as AskHandler<AskKind> | undefined;
    const cx = this.context(one, cursor);
    if (handler === undefined) {
      cx.fail({ code: 'MR_UNSUPPORTED', message: `this server cannot do ${ask.kind}` });
      return;
    }
    this.handle(one, cx, handler);
  }

  /** Where the database is away the handler is called again: it finds what it began, and no step fails for it. */
  private handle(one: OpenAsk, cx: AskContext, handler: AskHandler<AskKind>): void {
    Promise.resolve()
      .then(() => (one.settled || this.gone ? undefined : handler(cx)))
      .catch((error: unknown) => {
        if (!this.options.services.store.engine.isAway(error)) {
          this.failAsk(cx, error);
          return;
        }
        for (const listener of one.gone.splice(0)) listener();
        one.cancels.length = 0;
        one.printed = 0;
        setTimeout(() => {
          this.handle(one, cx, handler);
        }, AWAY_MS).unref();
      });
  }

  private failAsk(cx: AskContext, error: unknown): void {
    // A store that refuses our writes is no failure of the step: another controller goes on.
    const { code } = error as { code?: string };
    if (code === 'MR_FENCED' || code === 'MR_STORE_CLOSED') return;
    cx.fail(failureOf(error));
  }

  private context(one: OpenAsk, cursor: number): AskContext {
    const { ask } = one;
    const settle = (message: { ok: Json } | { err: HostFailure }): void => {
      if (one.settled || this.gone) return;
      one.settled = true;
      this.moves++;
      this.open.delete(ask.id);
      for (const listener of one.gone) listener();
      this.options.post({ t: 'answer', build: this.identity.id, ask: ask.id, ...message });
    };
    if (ask.kind === 'task') one.settle = settle;
    const cx: AskContext = {
      durable: () => this.lastFlush,
      build: this.identity,
      services: this.options.services,
      ask,
      request: ask.request as RequestOf<AskKind>,
      cursor,
      key: askKey(this.identity.id, ask.id),
      print: (text) => {
        if (one.settled || this.gone) return;
        const from = one.printed;
        one.printed += text.length;
        this.options.post({ t: 'output', build: this.identity.id, ask: ask.id, from, text, to: one.printed });
      },
      answer: (ok) => {
        settle({ ok });
      },
      fail: (err) => {
        settle({ err });
      },
      onCancel: (listener) => {
        if (one.cancelled === null) one.cancels.push(listener);
        else listener(one.cancelled);
      },
      onGone: (listener) => {
        if (one.settled || this.gone) listener();
        else one.gone.push(listener);
      },
      watch: (look) => {
        this.watch(one, cx, look);
      },
    };
    return cx;
  }

  private watch(one: OpenAsk, cx: AskContext, look: () => Promise<boolean>): void {
    let looking = false,
      again = false;
    const round = (): void => {
      if (one.settled || this.gone) return;
      if (looking) {
        again = true;
        return;
      }
      looking = true;
      look()
        .catch((error: unknown) => {
          if (this.options.services.store.engine.isAway(error)) {
            setTimeout(round, AWAY_MS).unref();
            return false;
          }
          this.failAsk(cx, error);
          return true;
        })
        .then((done) => {
          looking = false;
          if (!done && again) {
            again = false;
            round();
          }
        });
    };
    const timer = setInterval(round, LOOK_MS * (0.75 + Math.random() / 2));
    timer.unref();
    cx.onGone(() => {
      clearInterval(timer);
    });
    one.look = round;
    round();
  }

  private cancel(id: string, reason: CancelReason): void {
    const one = this.open.get(id);
    if (one === undefined) return;
    this.moves++;
    one.cancelled = reason;
    for (const listener of one.cancels) listener(reason);
    this.results.get(id)?.(false);
    this.results.delete(id);
    // The engine drops what still comes, but for tasks, whose end it waits for.
    if (one.ask.kind === 'task' && reason.kind === 'interrupted') return;
    one.settled = true;
    this.open.delete(id);
    for (const listener of one.gone) listener();
  }
}
