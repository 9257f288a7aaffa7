/**
 * All work of this machine. Told the same thing twice, it does it once.
 *
 * Work is `found` (on the disk, from an earlier process), `held` (its request is known: it runs, or its output and result are
 * on the way) or done, and then its folder is gone. What is done stays remembered by the poll that was under way: a list that
 * a server made before it had the result may name it once more. Listed after that, it is work that this machine
 * cannot have any more: a task is told as lost, never run a second time.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cancel, Work } from '@millrace/protocol';
import type { Pod } from '../containers/container-tasks.ts';
import { ContainerTasks } from '../containers/container-tasks.ts';
import { FormerGits } from '../operations/git/former-gits.ts';
import { DEFAULT_MIRRORS, Mirrors } from '../operations/git/mirrors.ts';
import { LeftOvers } from '../tasks/left-overs.ts';
import { TaskRunner } from '../tasks/task-runner.ts';
import type { Backoff } from './backoff.ts';
import type { Connection } from './connection.ts';
import { runOperation } from './held-operation.ts';
import { reportLost, runTask } from './held-task.ts';
import { HttpEntrance } from './http-entrance.ts';
import { HttpTransfers } from './http-transfers.ts';
import { Outbox } from './outbox.ts';

interface Held {
  readonly kind: string;
  /** The work is to be left alone: it is forgotten, or the agent ends. */
  readonly stop: AbortController;
  readonly cancel: AbortController;
  cancelled: Cancel['reason'] | null;
  forgotten: boolean;
}

export interface WorkTableOptions {
  /** The state is in its `.millrace`. */
  readonly root: string;
  readonly pod: Pod | null;
  /** Of the machine's facts. */
  readonly disk: string;
  readonly connection: Connection;
  readonly backoff: Backoff;
  readonly graceMs: number;
  /** Of repositories, all together; 0: none are kept. */
  readonly mirrorBytes: number;
  /** Of this machine: what no output may show. */
  readonly masks: readonly string[];
  log(message: string): void;
}

/** How many that are done are remembered; far more than one poll's answer can hold. */
const REMEMBERED = 10_000;

export class WorkTable {
  private readonly options: WorkTableOptions;
  private readonly runner: TaskRunner;
  private readonly containers: ContainerTasks | null;
  private readonly leftOvers: LeftOvers;
  private readonly formerGits: FormerGits;
  private readonly mirrors: Mirrors;
  private readonly operations: string;
  private readonly held = new Map<string, Held>();
  private readonly found = new Set<string>();
  private readonly done = new Map<string, number>();
  private poll = 0;
  private stopped = false;

  constructor(options: WorkTableOptions) {
    this.options = options;
    const { root, pod, disk, connection, backoff, graceMs, log } = options;
    const stateDir = join(root, '.millrace');
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    this.runner = new TaskRunner(stateDir, { graceMs });
    this.containers = pod === null ? null : new ContainerTasks({ root, pod, entrance: new HttpEntrance(connection, backoff, log), graceMs, log });
    this.leftOvers = new LeftOvers(disk, graceMs, (cookie) => this.containers?.endLease(cookie));
    this.formerGits = new FormerGits(stateDir);
    this.mirrors = new Mirrors({ ...DEFAULT_MIRRORS, folder: join(stateDir, 'git-mirrors'), mostBytes: options.mirrorBytes });
    this.operations = join(stateDir, 'operations');
    for (const id of [...this.runner.list(), ...list(this.operations)]) this.found.add(id);
  }

  /** What the next poll tells; its number goes with what is listed in its answer. */
  nextPoll(): { readonly number: number; readonly have: string[]; readonly found: string[] } {
    return { number: ++this.poll, have: [...this.held.keys()], found: [...this.found] };
  }
  /** Whether the next poll would tell the same as one that told this. */
  isAsTold(have: readonly string[], found: readonly string[]): boolean {
    return (
      have.length === this.held.size && found.length === this.found.size && have.every((id) => this.held.has(id)) && found.every((id) => this.found.has(id))
    );
  }
  /** What lies on this machine, held or not. */
  all(): string[] {
    return [...this.held.keys(), ...this.found];
  }

  /** Answers whether it is news. */
  take(work: Work, poll: number): boolean {
    if (this.stopped || this.held.has(work.id)) return false;
    const doneDuring = this.done.get(work.id);
    if (doneDuring !== undefined && poll <= doneDuring) return false;
    const held: Held = { kind: work.kind, stop: new AbortController(), cancel: new AbortController(), cancelled: null, forgotten: false };
    this.held.set(work.id, held);
    this.found.delete(work.id);
    const lost = doneDuring !== undefined && work.kind === 'task';
    this.run(work, held, lost).then(
      (outcome) => {
        if (outcome === 'stopped' && !held.forgotten) return;
        this.remove(work.id, held.kind, outcome !== 'done');
      },
      (e: unknown) => {
        this.options.log(`${work.id} could not be followed and is asked for again: ${(e as Error).message}`);
        setTimeout(() => {
          this.held.delete(work.id);
          if (held.forgotten) this.remove(work.id, held.kind, true);
          else this.found.add(work.id);
        }, 1_000).unref();
      },
    );
    return true;
  }

  /** Answers whether it is news. `killed` after `interrupted` is. */
  cancel({ id, reason }: Cancel): boolean {
    const held = this.held.get(id);
    if (held === undefined || held.cancelled === 'killed' || held.cancelled === reason) return false;
    held.cancelled = reason;
    if (held.kind === 'task') {
      const inContainer = this.containers?.owns(id) === true ? this.containers : null;
      if (reason === 'killed') inContainer === null ? this.runner.kill(id) : inContainer.kill(id, held.stop.signal);
      else inContainer === null ? this.runner.cancel(id) : inContainer.cancel(id, held.stop.signal);
    }
    held.cancel.abort();
    return true;
  }

  /** Answers whether it is news. */
  forget(id: string): boolean {
    const held = this.held.get(id);
    if (held !== undefined) {
      if (held.forgotten) return false;
      held.forgotten = true;
      held.cancel.abort();
      held.stop.abort();
      return true;
    }
    if (!this.found.delete(id)) return false;
    this.remove(id, null, true);
    return true;
  }

  /** Leaves everything as it is: tasks go on, nobody follows them. */
  stop(): void {
    this.stopped = true;
    for (const { stop } of this.held.values()) stop.abort();
  }

  private run(work: Work, held: Held, lost: boolean): Promise<'done' | 'gone' | 'stopped'> {
    const { connection, backoff } = this.options;
    const outbox = new Outbox(work.id, connection, backoff, held.stop.signal, this.options.masks);
    if (lost) return reportLost(work, this.runner.folder(work.id), outbox);
    const { runner, containers, leftOvers } = this;
    if (work.kind === 'task') return runTask(work, { runner, containers, leftOvers, outbox, signal: held.stop.signal });
    const signal = AbortSignal.any([held.cancel.signal, held.stop.signal]);
    return runOperation(work, join(this.operations, work.id), {
      outbox,
      leftOvers: this.leftOvers,
      formerGits: this.formerGits,
      mirrors: this.mirrors,
      signal,
      stopping: held.stop.signal,
      transfers: (scratch) => new HttpTransfers(work.id, connection, backoff, signal, scratch),
    });
  }

  private remove(id: string, kind: string | null, alive: boolean): void {
    if (kind === null || kind === 'task') {
      if (this.containers?.owns(id) === true) {
        if (alive) this.containers.killLeft(id);
        this.containers.forget(id);
      } else if (alive) this.runner.kill(id);
      // Not waited for: it would keep the next task from starting. What a crash leaves there is found and forgotten later.
      this.runner.forget(id).catch((e: unknown) => {
        this.options.log(`What ${id} left cannot be removed: ${(e as Error).message}`);
      });
    }
    if (kind !== 'task') rmSync(join(this.operations, id), { recursive: true, force: true });
    this.held.delete(id);
    this.done.delete(id);
    this.done.set(id, this.poll);
    const [oldest] = this.done.keys();
    if (oldest !== undefined && this.done.size > REMEMBERED) this.done.delete(oldest);
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
