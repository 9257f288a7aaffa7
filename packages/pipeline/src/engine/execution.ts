/**
 * Runs one build: its threads, its journal, its log and its tree, against a host.
 *
 * The loop. A turn runs every thread until all of them wait, in the order in which they became ready; nothing from
 * outside comes in between (but see ticks). Then the turn's journal entries are made durable, then its log, then its
 * asks are started. Then the next event is taken, journaled and delivered, and the next turn begins. In replay the events
 * come from the journal, and nothing is made durable or started. Where making durable takes time (a database), nothing
 * runs meanwhile, and what arrives is kept.
 *
 * Leaving. `detach`, and a flush that fails because the build has another owner, end the execution here and not the
 * build: nothing is started, appended, answered or cancelled any more.
 *
 * Ticks. A thread that computes for long gives way at points that depend on its own work alone, so their number within a
 * turn is the same in every replay. An event may be delivered at such a point; the journal then holds the number.
 *
 * The end. When the main thread has ended, timers are cancelled and other open asks (a node's release) are waited for.
 */

import type { JavaThrowable, Runtime } from '@millrace/groovy';
import { Killed } from '@millrace/groovy';
import { PipelineError } from '../errors.ts';
import type { Ask, AskKind, AskSink, CancelReason, Host, HostFailure, Json, Variables } from '../host.ts';
import type { AnswerEntry, Event, ExternalEvent } from '../journal/entries.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import { maskText } from '../log/mask.ts';
import { shownText } from '../log/shown-text.ts';
import type { BranchOutcome, InterruptionCause } from '../steps/step.ts';
import type { FlowNode, Tree } from '../tree/tree.ts';
import type { BuildFacts, ResultName } from './build.ts';
import { isWorse } from './build.ts';
import { ErrorReports } from './error-reports.ts';
import type { LiveFacts } from './live-facts.ts';
import { liveFacts, sameFacts } from './live-facts.ts';
import { openSecrets } from './open-secrets.ts';
import type { Outcome, Program } from './program.ts';
import type { Scope } from './scope.ts';
import { deriveScope, EMPTY_SCOPE } from './scope.ts';
import { SeededRandom } from './seeded-random.ts';
import { AskWait, BuildThread, ForkWait } from './thread.ts';
import { flowInterrupted, hostError, interruptionOf } from './throwables.ts';

/** An ask that nobody waits for in a thread: its answer calls a function between turns. */
export interface OpenWatch {
  readonly ask: Ask;
  readonly nodeId: string;
  readonly thread: BuildThread;
  readonly answered: (answer: Json) => void;
  readonly failed: (error: JavaThrowable) => void;
}

export interface ExecutionOptions {
  readonly host: Host;
  readonly journal: Journal;
  readonly log: Log;
  readonly tree: Tree;
  /** For Groovy's own errors in the console; set before `run`. */
  readonly runtime: () => Runtime;
  /** See PipelineOptions. */
  readonly onIdle?: ((open: readonly Ask[]) => void) | undefined;
  readonly onFacts?: ((facts: LiveFacts) => void) | undefined;
}

export interface BuildOutcome {
  readonly result: ResultName;
  readonly endedAt: number;
  /** `env.X = …` of the script: what a `build` step that waited for it sees as buildVariables. */
  readonly variables: Variables;
}

/** What has come from outside and is not yet delivered. */
type Arrival =
  | { readonly ask: Ask; readonly ok: Json }
  | { readonly ask: Ask; readonly err: HostFailure }
  | { readonly external: ExternalEvent; readonly waiter: Waiter };

/** Who has brought an event from outside, and waits until it is durable. */
interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Kinds whose answers hold secrets. */
const SEALED: ReadonlySet<AskKind> = new Set<AskKind>(['credentials']);

export class Execution {
  readonly host: Host;
  readonly journal: Journal;
  readonly log: Log;
  readonly tree: Tree;
  readonly facts: BuildFacts;
  /** When the turn began: what the tree shows as times. */
  time: number;
  result: ResultName | null = null;
  /** `env.X = …` of the script. */
  readonly variables: Record<string, string> = {};
  readonly shared = new Map<string, unknown>();
  private runtime: () => Runtime;
  private readonly onIdle: ExecutionOptions['onIdle'];
  private readonly onFacts: ExecutionOptions['onFacts'];
  private readonly queue: BuildThread[] = [];
  private running: BuildThread | null = null;
  private readonly waits = new Map<string, { readonly thread: BuildThread; readonly wait: AskWait }>();
  private readonly watches = new Map<string, OpenWatch>();
  /** Asks of this turn, not yet started. */
  private fresh: Ask[] = [];
  /** Asks of the replay that have no answer yet. */
  private readonly open = new Map<string, Ask>();
  private cancels: { readonly id: string; readonly reason: CancelReason }[] = [];
  private readonly arrivals: Arrival[] = [];
  private wake: (() => void) | null = null;
  /** Who waits for the next commit. */
  private accepted: Waiter[] = [];
  /** Nothing is taken from outside any more: the build is to be detached, or the execution is over. */
  private leaving = false;
  /** The execution is over; `failure` is why, where it is not the build's own end. */
  private over = false;
  private failure: unknown = null;
  private readonly whenOver: Promise<void>;
  private markOver: () => void = () => {};
  private told: LiveFacts | null = null;
  private idleTold = false;
  private ticks = 0;
  private endedBranches = 0;
  private main: BuildThread | null = null;
  private ending: { readonly error: JavaThrowable | null } | null = null;
  private killed = false;
  private readonly reports = new ErrorReports();
  /** Live: when an ask's node printed last, for timers that wait for activity. */
  private readonly activity = new Map<string, number>();
  /** Live since then: what was printed before a replay is not known. */
  private liveSince = 0;
  private readonly numbers: SeededRandom;
  private mainNode: string | null = null;

  constructor(options: ExecutionOptions) {
    this.host = options.host;
    this.journal = options.journal;
    this.log = options.log;
    this.tree = options.tree;
    this.runtime = options.runtime;
    this.onIdle = options.onIdle;
    this.onFacts = options.onFacts;
    this.whenOver = new Promise((resolve) => {
      this.markOver = resolve;
    });
    this.facts = openSecrets(options.journal, options.host);
    this.time = this.facts.startedAt;
    this.numbers = new SeededRandom(options.journal.header.seed);
  }

  get rt(): Runtime {
    return this.runtime();
  }
  get thread(): BuildThread {
    if (this.running === null) throw new Error('no thread of the build is running');
    return this.running;
  }

  // ------------------------------------------------------------------ the loop

  async run(program: Program): Promise<BuildOutcome> {
    try {
      return await this.loop(program);
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      this.leave();
    }
  }

  /**
   * Stops the execution here without ending the build: the current turn becomes durable, and `run` rejects with
   * MR_BUILD_DETACHED. Where the build ends just then, it has ended. Resolves when nothing happens any more.
   */
  detach(): Promise<void> {
    this.leaving = true;
    this.wake?.();
    return this.whenOver;
  }

  private leave(): void {
    this.leaving = true;
    this.over = true;
    const waiters = [...this.accepted, ...this.arrivals.flatMap((arrival) => ('external' in arrival ? [arrival.waiter] : []))];
    for (const waiter of waiters) this.dismiss(waiter);
    // The host may keep its sinks; what they lead to must not keep the program.
    this.accepted = [];
    this.arrivals.length = 0;
    this.queue.length = 0;
    this.fresh = [];
    this.cancels = [];
    for (const kept of [this.open, this.waits, this.watches, this.shared, this.activity]) kept.clear();
    this.journal.forget();
    this.program = null;
    this.main = null;
    this.ending = null;
    this.runtime = () => {
      throw new Error('the execution is over');
    };
    this.markOver();
  }
  private dismiss(waiter: Waiter): void {
    if (this.failure === null) waiter.resolve();
    else waiter.reject(this.failure);
  }

  private async loop(program: Program): Promise<BuildOutcome> {
    const start = this.tree.add({ kind: 'start', step: 'Start of Pipeline', label: null, parent: null, at: this.time });
    for (const cause of this.facts.causes) this.printTo(start.id, `${cause.text}\n`);
    this.mainNode = start.id;
    this.main = new BuildThread('0', program.main(), null, EMPTY_SCOPE, null, start.id);
    this.queue.push(this.main);
    this.program = program;

    while (this.journal.replaying) {
      if (!this.turnAtOnce()) await this.turn();
      if (this.isOver()) return this.finish();
      this.journal.endTurn();
      const event = this.journal.oldEvent(null);
      if (event === null) {
        if (!this.journal.replaying) break;
        return this.finish();
      }
      this.deliver(event);
    }
    if (this.journal.forget()) this.liveSince = this.host.now();
    for (;;) {
      if (!this.turnAtOnce()) await this.turn();
      if (this.isOver()) return this.finish();
      // What has come meanwhile is delivered before anything is made durable: one write for many events.
      const soon = this.arrivals.shift();
      if (soon !== undefined) {
        this.accept(soon, null);
        continue;
      }
      const durable = this.commit();
      if (durable !== undefined) await durable;
      if (this.arrivals.length === 0) {
        this.tellIdle();
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      this.wake = null;
      if (this.leaving) await this.commit();
      const arrival = this.arrivals.shift();
      if (arrival !== undefined) this.accept(arrival, null);
    }
  }
  private program: Program | null = null;
  private get freestyle(): boolean {
    return this.program?.freestyle === true;
  }

  /** Runs all ready threads. False where one used up its time slice: then `turn` goes on. */
  private turnAtOnce(): boolean {
    this.ticks = 0;
    for (let thread = this.queue[0]; thread !== undefined; thread = this.queue[0]) {
      if (this.step(thread) === 'tick') return false;
      this.queue.shift();
    }
    return true;
  }
  private async turn(): Promise<void> {
    for (let thread = this.queue[0]; thread !== undefined; thread = this.queue[0]) {
      // The thread stands at a tick, or it has not begun yet.
      if (thread.state === 'running') {
        this.ticks++;
        if (this.journal.replaying) {
          for (let event = this.journal.oldEvent(this.ticks); event !== null; event = this.journal.oldEvent(this.ticks)) this.deliver(event);
        } else {
          // A program that computes for long without a wait must not keep the timer of its own timeout from starting.
          await this.commit();
          await this.host.breathe();
          for (let arrival = this.arrivals.shift(); arrival !== undefined; arrival = this.arrivals.shift()) this.accept(arrival, this.ticks);
        }
        if (this.killed) return;
      }
      if (this.step(thread) !== 'tick') this.queue.shift();
    }
  }

  /** Runs one thread until it waits, ends or ticks. */
  private step(thread: BuildThread): 'tick' | 'stopped' {
    for (;;) {
      let error = thread.error;
      const input = thread.input;
      thread.error = null;
      thread.input = undefined;
      if (thread.interruption !== null && error === null && thread.state === 'running') {
        error = thread.interruption;
        thread.interruption = null;
      }
      thread.state = 'running';
      this.running = thread;
      const outcome = this.advance(thread, input, error);
      this.running = null;
      switch (outcome.kind) {
        case 'tick':
          return 'tick';
        case 'done':
          this.threadEnded(thread, outcome.value, null);
          return 'stopped';
        case 'failed':
          this.threadEnded(thread, null, outcome.error);
          return 'stopped';
        case 'request':
          this.beginWait(thread, outcome.request);
          // Where an interruption was kept for the next waiting point, the thread goes on at once.
          if ((thread.state as BuildThread['state']) === 'waiting') return 'stopped';
      }
    }
  }

  private advance(thread: BuildThread, input: unknown, error: JavaThrowable | null): Outcome {
    try {
      return error === null ? thread.program.resume(input) : thread.program.throw(error);
    } catch (e) {
      throw this.fatal ?? e;
    }
  }

  private beginWait(thread: BuildThread, request: unknown): void {
    if (thread.interruption !== null) {
      thread.error = thread.interruption;
      thread.interruption = null;
      if (request instanceof AskWait) {
        this.open.delete(request.ask.id);
        this.dropFresh(request.ask.id);
      }
      thread.state = 'ready';
      return;
    }
    thread.state = 'waiting';
    if (request instanceof AskWait) {
      thread.wait = request;
      this.waits.set(request.ask.id, { thread, wait: request });
    } else if (request instanceof ForkWait) {
      thread.wait = request;
      this.fork(thread, request);
    } else {
      throw new Error('a step yielded something that is no request');
    }
  }

  private fork(thread: BuildThread, fork: ForkWait): void {
    const base = thread.takeId().replace(':', '.');
    fork.branches.forEach((branch, index) => {
      const scope = deriveScope(thread.scope, { branch: branch.name });
      const body = this.tree.add({
        kind: 'body',
        step: this.tree.get(fork.nodeId).step,
        label: `Branch: ${branch.name}`,
        parent: fork.nodeId,
        startId: fork.nodeId,
        at: this.time,
      });
      this.printTo(body.id, `[Pipeline] { (Branch: ${branch.name})\n`, scope);
      const child = new BuildThread(
        `${base}.${index}`,
        (this.program as Program).branch(() => branch.body.call([])),
        { thread, fork, index },
        scope,
        body.id,
        body.id,
      );
      fork.children.push(child);
      this.queue.push(child);
    });
  }

  private threadEnded(thread: BuildThread, value: BranchOutcome['value'], error: JavaThrowable | null): void {
    thread.state = 'ended';
    if (thread.parent === null) {
      this.ending = { error };
      return;
    }
    const { thread: parent, fork, index } = thread.parent;
    const name = (fork.branches[index] as { name: string }).name;
    const body = this.tree.get(thread.enclosing as string);
    this.endNode(body, error, thread.scope);
    this.printTo(
      this.tree.add({ kind: 'body-end', step: body.step, label: null, parent: fork.nodeId, startId: body.id, at: this.time }).id,
      '[Pipeline] }\n',
      thread.scope,
    );
    if (error !== null) this.printTo(fork.nodeId, `Failed in branch ${name}\n`, parent.scope);
    fork.outcomes[index] = { name, value, error, ended: ++this.endedBranches };
    if (--fork.left > 0) {
      if (error !== null && fork.failFast && !fork.stopSent) {
        fork.stopSent = true;
        const reason = flowInterrupted('ABORTED', [
          { type: 'org.jenkinsci.plugins.workflow.cps.steps.ParallelStep$FailFastCause', description: `Failed in branch ${name}` },
        ]);
        for (const child of fork.children) this.interrupt(child, reason);
      }
      return;
    }
    this.ready(parent, fork.outcomes, null);
  }

  private ready(thread: BuildThread, input: unknown, error: JavaThrowable | null): void {
    thread.state = 'ready';
    thread.wait = null;
    thread.input = input;
    thread.error = error;
    this.queue.push(thread);
  }

  // ------------------------------------------------------------------ asks

  /** Journals an ask; it is started when the turn ends. */
  ask(ask: Ask): void {
    if (this.orFatal(() => this.journal.ask(ask.id, ask.kind, journaled(ask.request as Json)))) this.open.set(ask.id, ask);
    else this.fresh.push(ask);
  }
  /** What is wrong with the journal is nothing that a script may catch. */
  private orFatal<T>(look: () => T): T {
    try {
      return look();
    } catch (error) {
      this.fatal = error;
      throw new Killed('the journal cannot be replayed');
    }
  }
  private fatal: unknown = null;
  watch(watch: OpenWatch): void {
    this.ask(watch.ask);
    this.watches.set(watch.ask.id, watch);
  }
  unwatch(id: string): void {
    if (this.watches.delete(id)) this.cancel(id, { kind: 'obsolete' });
  }
  private cancel(id: string, reason: CancelReason): void {
    if (reason.kind === 'obsolete') {
      this.open.delete(id);
      if (this.dropFresh(id)) return;
    }
    this.cancels.push({ id, reason });
  }
  /** An ask that was given up before its turn ended is never started. */
  private dropFresh(id: string): boolean {
    const at = this.fresh.findIndex((ask) => ask.id === id);
    if (at >= 0) this.fresh.splice(at, 1);
    return at >= 0;
  }

  /** Makes the turn durable, then lets the world know of it. A promise only where a store needs time. */
  private commit(ended = false): void | Promise<void> {
    this.tellFacts();
    // One store for both makes all durable at once; where there are two, the journal comes first.
    this.log.handOver();
    const journaled = this.journal.flush();
    if (journaled !== undefined)
      return journaled
        .then(() => this.log.flush())
        .then(() => {
          this.release(ended);
        });
    const logged = this.log.flush();
    if (logged !== undefined)
      return logged.then(() => {
        this.release(ended);
      });
    this.release(ended);
  }

  private release(ended: boolean): void {
    for (const waiter of this.accepted.splice(0)) waiter.resolve();
    if (this.leaving) {
      if (ended) return;
      throw new PipelineError('MR_BUILD_DETACHED');
    }
    for (const [id, ask] of this.open) {
      this.open.delete(id);
      this.host.resume(ask, this.sink(ask), this.log.cursor(id));
    }
    const fresh = this.fresh,
      cancels = this.cancels;
    this.fresh = [];
    this.cancels = [];
    for (const ask of fresh) this.host.start(ask, this.sink(ask));
    for (const { id, reason } of cancels) this.host.cancel(id, reason);
  }

  /** Before the turn is made durable, so that a store can write both at once. */
  private tellFacts(): void {
    if (this.onFacts === undefined) return;
    const facts = liveFacts(this);
    if (this.told !== null && sameFacts(this.told, facts)) return;
    this.told = facts;
    this.onFacts(facts);
  }

  /** After a breath, and only if it still is so: many short waits are told as none. */
  private tellIdle(): void {
    const { onIdle } = this;
    if (onIdle === undefined || this.idleTold) return;
    this.idleTold = true;
    void this.host.breathe().then(() => {
      this.idleTold = false;
      if (this.leaving || this.wake === null || this.arrivals.length > 0) return;
      onIdle([...[...this.waits.values()].map(({ wait }) => wait.ask), ...[...this.watches.values()].map(({ ask }) => ask)]);
    });
  }

  private sink(ask: Ask): AskSink {
    const nodeId = this.waits.get(ask.id)?.wait.nodeId ?? this.watches.get(ask.id)?.nodeId ?? (this.mainNode as string);
    const thread = this.waits.get(ask.id)?.thread ?? this.watches.get(ask.id)?.thread;
    const scope = thread?.scope ?? EMPTY_SCOPE;
    let settled = false;
    const arrive = (arrival: Arrival): void => {
      if (settled || this.leaving) return;
      settled = true;
      if (this.putOff(ask, arrival)) {
        settled = false;
        return;
      }
      this.arrive(arrival);
    };
    return {
      output: (from, text, to) => {
        // Whoever goes on with the build gets it again.
        if (this.leaving) return;
        // Made again after a crash, and cut elsewhere: only what is new counts. (Asks that count characters; tasks go on where they were.)
        const cursor = this.log.cursor(ask.id);
        if (from < cursor && to > cursor && to - from === text.length) {
          text = text.slice(cursor - from);
          from = cursor;
        }
        this.activity.set(nodeId, this.host.now());
        this.log.output(nodeId, ask.id, from, to, shownText(text, scope, this.host.now()));
      },
      answer: (ok) => arrive({ ask, ok }),
      fail: (err) => arrive({ ask, err }),
    };
  }

  /** A timer for a time without output is started again while there was some. */
  private putOff(ask: Ask, arrival: Arrival): boolean {
    if (ask.kind !== 'timer' || ask.request.activityOf === undefined || !('ok' in arrival)) return false;
    const within = ask.request.activityOf;
    let last = this.liveSince;
    for (const [node, at] of this.activity) if (at > last && this.tree.isWithin(node, within)) last = at;
    const left = last + ask.request.ms - this.host.now();
    if (left <= 0) return false;
    this.host.start({ ...ask, id: `${ask.id}+`, request: { ms: left }, at: this.host.now() }, this.sink(ask));
    return true;
  }

  private arrive(arrival: Arrival): void {
    this.arrivals.push(arrival);
    this.wake?.();
  }

  // ------------------------------------------------------------------ events

  /**
   * From outside. Resolves when it is durable, or when the build has ended before it could mean anything; rejects where
   * the execution has ended otherwise (detached, another owner).
   */
  external(event: ExternalEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      if (this.over) this.dismiss(waiter);
      else this.arrive({ external: event, waiter });
    });
  }

  private accept(arrival: Arrival, tick: number | null): void {
    const at = this.host.now();
    const when = tick === null ? { at } : { at, tick };
    if ('external' in arrival) {
      const event: Event = { t: 'external', ...when, event: arrival.external };
      this.journal.event(event);
      this.accepted.push(arrival.waiter);
      this.deliver(event);
      return;
    }
    const { id, kind } = arrival.ask;
    // Nobody waits for it any more.
    if (!this.waits.has(id) && !this.watches.has(id)) return;
    let event: AnswerEntry;
    if ('err' in arrival) event = { t: 'answer', id, ...when, err: arrival.err };
    else if (SEALED.has(kind)) event = { t: 'answer', id, ...when, sealed: this.host.seal(JSON.stringify(arrival.ok)) };
    else event = { t: 'answer', id, ...when, ok: arrival.ok };
    this.journal.event(event);
    this.deliver(event);
  }

  private deliver(event: Event): void {
    this.time = event.at;
    if (event.t === 'external') {
      this.abort(event.event);
      return;
    }
    this.open.delete(event.id);
    let answer: Json = null,
      error: JavaThrowable | null = null;
    const asked = this.watches.get(event.id)?.ask ?? this.waits.get(event.id)?.wait.ask;
    if (event.err !== undefined) error = hostError(event.err, asked === undefined ? null : leaseOf(asked));
    else if (event.sealed !== undefined) {
      answer = JSON.parse(this.host.open(event.sealed)) as Json;
      this.noteSecrets(answer);
    } else answer = event.ok ?? null;

    const watch = this.watches.get(event.id);
    if (watch !== undefined) {
      this.watches.delete(event.id);
      const outer = this.running;
      this.running = watch.thread;
      if (error === null) watch.answered(answer);
      else watch.failed(error);
      this.running = outer;
      return;
    }
    const waiting = this.waits.get(event.id);
    if (waiting === undefined) return;
    this.waits.delete(event.id);
    // A step that was interrupted ends with that, whatever its process still answered.
    if (waiting.wait.interruption !== null) this.ready(waiting.thread, undefined, waiting.wait.interruption);
    else this.ready(waiting.thread, answer, error);
  }

  private noteSecrets(answer: Json): void {
    const fields = (answer as { fields?: { [name: string]: Json } } | null)?.fields ?? {};
    for (const value of Object.values(fields)) if (typeof value === 'string') this.journal.redactor.add(value);
  }

  // ------------------------------------------------------------------ interruption

  private abort(event: ExternalEvent): void {
    const { result = 'ABORTED', ...cause }: InterruptionCause & { readonly result?: ResultName } = event.cause ?? {
      type: 'jenkins.model.CauseOfInterruption$UserInterruption',
      description: event.by === null ? 'Aborted' : `Aborted by ${event.by}`,
    };
    if (event.hard) {
      this.printTo(this.mainNode as string, 'Hard kill!\n');
      this.kill();
      this.ending = { error: flowInterrupted(result, [cause]) };
      return;
    }
    if (!this.freestyle) this.printTo(this.mainNode as string, this.reports.cause(cause));
    if (this.main !== null) this.interrupt(this.main, flowInterrupted(result, [cause]));
  }

  /** Everything stops here and now. */
  private kill(): void {
    this.killed = true;
    for (const id of [...this.waits.keys(), ...this.watches.keys()]) this.cancel(id, { kind: 'killed' });
    this.waits.clear();
    this.watches.clear();
    this.queue.length = 0;
    this.fresh = [];
  }

  /** Throws `error` into the innermost waiting points of a thread and of its branches. */
  interrupt(thread: BuildThread, error: JavaThrowable): void {
    if (thread.state === 'ended') return;
    if (thread.state !== 'waiting') {
      thread.interruption ??= error;
      return;
    }
    const { wait } = thread;
    if (wait instanceof ForkWait) {
      for (const child of wait.children) this.interrupt(child, error);
    } else if (wait instanceof AskWait) {
      if (wait.patient) {
        if (wait.interruption !== null) return;
        wait.interruption = error;
        if (!this.freestyle) this.printTo(wait.nodeId, 'Sending interrupt signal to process\n', thread.scope);
        this.cancel(wait.ask.id, { kind: 'interrupted', message: error.detail ?? '' });
        return;
      }
      this.waits.delete(wait.ask.id);
      this.open.delete(wait.ask.id);
      if (!this.dropFresh(wait.ask.id)) this.cancel(wait.ask.id, { kind: 'interrupted', message: error.detail ?? '' });
      this.ready(thread, undefined, error);
    }
  }

  /** As `interrupt`, and no longer waits for processes to end. */
  abandon(thread: BuildThread, error: JavaThrowable): void {
    const { wait } = thread;
    if (thread.state !== 'waiting') {
      this.interrupt(thread, error);
      return;
    }
    if (wait instanceof ForkWait) for (const child of wait.children) this.abandon(child, error);
    else if (wait instanceof AskWait) {
      this.waits.delete(wait.ask.id);
      this.open.delete(wait.ask.id);
      this.cancel(wait.ask.id, { kind: 'killed' });
      this.ready(thread, undefined, error);
    }
  }

  // ------------------------------------------------------------------ the end

  private isOver(): boolean {
    if (this.ending === null) return false;
    for (const [id, watch] of this.watches) if (watch.ask.kind === 'timer') this.unwatch(id);
    return this.watches.size === 0;
  }

  private async finish(): Promise<BuildOutcome> {
    const { error } = this.ending as { error: JavaThrowable | null };
    const end = this.tree.add({ kind: 'end', step: 'End of Pipeline', label: null, parent: null, at: this.time });
    if (!this.freestyle) this.printTo(end.id, '[Pipeline] End of Pipeline\n');
    if (error !== null) {
      this.worsen(interruptionOf(error)?.result ?? 'FAILURE');
      this.printTo(end.id, this.errorText(error));
      end.state = 'failed';
      end.error = error.detail;
    }
    const result = this.result ?? 'SUCCESS';
    this.result = result;
    const old = this.journal.oldEnd();
    const at = old?.at ?? this.time;
    if (old === null) this.journal.end({ t: 'end', result, at });
    this.printTo(end.id, `Finished: ${result}\n`);
    await this.commit(true);
    return { result, endedAt: at, variables: { ...this.variables } };
  }

  // ------------------------------------------------------------------ what steps use

  worsen(result: ResultName): void {
    if (this.result === null || isWorse(result, this.result)) this.result = result;
  }

  /** `scope`: where it ran, whose secrets stay out of the tree. */
  endNode(node: FlowNode, error: JavaThrowable | null, scope: Scope): void {
    const detail = error?.detail ?? null;
    const state = error === null ? 'done' : interruptionOf(error) === null ? 'failed' : 'interrupted';
    this.tree.end(node, this.time, state, detail === null ? null : maskText(detail, scope.masks));
  }

  printTo(nodeId: string, text: string, scope: Scope = EMPTY_SCOPE): void {
    this.log.print(nodeId, shownText(text, scope, this.time));
  }
  /** What the script prints by itself. */
  printScript(text: string): void {
    const thread = this.thread;
    this.printTo(thread.head, text, thread.scope);
  }

  /** An error as Jenkins prints it where it was caught. */
  errorText(error: JavaThrowable, prefix?: string): string {
    return this.reports.error(this.rt, error, prefix);
  }

  now(): number {
    return this.orFatal(() => this.journal.now(() => this.host.now()));
  }

  random(): number {
    return this.numbers.next();
  }
}

/** The machine that an ask is about. */
function leaseOf({ request }: Ask): string | null {
  const { lease } = (request ?? {}) as { readonly lease?: string };
  return lease ?? null;
}

/** Masks are secrets in other clothes (quoted, in base64), which the journal would not know again: it keeps their number. */
function journaled(request: Json): Json {
  const { masks } = request as { readonly masks?: readonly string[] };
  return Array.isArray(masks) && masks.length > 0 ? { ...(request as { readonly [name: string]: Json }), masks: masks.length } : request;
}
