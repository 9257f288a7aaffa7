/**
 * Runs tasks in other containers of the agent's pod. Their files are those of the agent's own tasks (task-runner.ts), on the
 * volume that all containers of the pod share, and beside them:
 *   container   its name         alive            a FIFO that the task's wrapper has open, both ways
 *   refused     why it can't     program.<random>  a FIFO for what is to be run, made for one attempt
 *
 * States: prepared (no pid) → running (pid, somebody has `alive` open) → ended (result), lost, or refused. A runner
 * (runner-script.ts) does in the container what it is told; where none lives the entrance starts one. `start` goes on until the
 * task has begun, over runners that die and entrances that are away, and begins nothing twice. `cancel` and `kill` of what
 * has not begun keep it from beginning.
 *
 * Other containers may run as other users: folders that they need are opened to all of the pod. What goes on disk there is the
 * script and its output, as for every task, and never the environment.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OperationError } from '../operations/operation.ts';
import { capturedIn, pidIn, prepare, resultIn } from '../tasks/task-files.ts';
import type { Task } from '../tasks/task-runner.ts';
import type { Entrance } from './entrance.ts';
import { hasReader, hasWriter, makeFifos, onWritersGone, openWriter, pour, releaseReader, tell } from './fifo.ts';
import { RUNNER } from './runner-script.ts';
import type { ContainerTaskSpec } from './task-program.ts';
import { taskProgram } from './task-program.ts';

/** What an agent in a pod needs to run steps in the other containers. */
export interface Pod {
  /** A static busybox. */
  readonly busybox: string;
  /** The agent's own container, whose steps are those of the node; null: not known. */
  readonly container: string | null;
}

export interface ContainerTasksOptions {
  /** Of the agent, as it sees it; the volume is mounted there. */
  readonly root: string;
  readonly pod: Pod;
  readonly entrance: Entrance;
  readonly graceMs: number;
  log(message: string): void;
}

/** A name of a container: a label of DNS. */
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** How long a runner may take to do a word, before it is looked after. */
const WORD_MS = 10_000;
const AGAIN_MS = 50;
/** So often it may be started and be gone at once. */
const MOST_ENTERED = 5;
/** A container's processes end one after another. */
const DYING_MS = 200;
/** How long a server may take to say why a container has ended. Usually it gives the whole machine up before, and tells that. */
const VERDICT_MS = 60_000;

export class ContainerTasks {
  private readonly options: ContainerTasksOptions;
  private readonly state: string;
  private readonly entering = new Map<string, Promise<void>>();
  private readonly wishes = new Map<string, 'cancel' | 'kill'>();
  /** Of tasks that have not begun: stops the waiting for a runner. */
  private readonly waiting = new Map<string, AbortController>();
  private installed = false;

  constructor(options: ContainerTasksOptions) {
    this.options = options;
    this.state = join(options.root, '.millrace');
  }

  /** The agent's own container. */
  get own(): string | null {
    return this.options.pod.container;
  }
  /** Whether it is a task in a container. */
  owns(id: string): boolean {
    return existsSync(join(this.folder(id), 'container'));
  }

  /** Starts the task unless it was started before. Resolves when it has begun; rejects with what the step fails with, or when it is aborted. */
  async start(spec: ContainerTaskSpec, signal: AbortSignal): Promise<Task> {
    if (!NAME.test(spec.container)) throw new OperationError({ code: 'MR_CONTAINER_UNKNOWN', message: `‘${spec.container}’ is no name of a container` });
    this.install();
    this.prepare(spec);
    const waiting = new AbortController();
    this.waiting.set(spec.id, waiting);
    try {
      while (!this.begun(spec)) {
        signal.throwIfAborted();
        if (this.wishes.has(spec.id)) throw new OperationError({ code: 'MR_CANCELLED', message: 'the step was cancelled before it had begun' });
        await this.attempt(spec, signal, waiting.signal);
      }
    } finally {
      this.waiting.delete(spec.id);
    }
    return this.task(spec);
  }

  /** SIGTERM to all processes of the task, SIGKILL after the grace. `signal`: nobody waits for it any more. */
  cancel(id: string, signal: AbortSignal): void {
    this.end(id, 'cancel', `cancel ${id} ${this.options.graceMs / 1_000}`, signal);
  }
  /** SIGKILL at once. */
  kill(id: string, signal: AbortSignal): void {
    this.end(id, 'kill', `kill ${id} now`, signal);
  }
  /** The same where it is not worth to start a runner, and nobody waits for what comes of it. */
  killLeft(id: string): void {
    const container = this.containerOf(id);
    const runner = container === null || resultIn(this.folder(id)) !== null ? null : this.runnerOf(container);
    if (runner !== null) tell(runner, `kill ${id} now`);
  }
  /** Of a task that is over. */
  forget(id: string): void {
    this.wishes.delete(id);
  }
  /** Ends what a lease's steps have left behind in all containers. */
  endLease(cookie: string): void {
    for (const container of names(join(this.state, 'containers'))) {
      const runner = this.runnerOf(container);
      if (runner !== null) tell(runner, `end ${cookie} ${this.options.graceMs / 1_000}`);
    }
  }

  /** Of a task that was lost: why, where its container has ended; null where the container lives. */
  async whyLost(spec: ContainerTaskSpec, signal: AbortSignal): Promise<string | null> {
    if (this.wishes.get(spec.id) === 'kill') return null;
    await pause(DYING_MS, undefined, { signal });
    if (this.runnerOf(spec.container) !== null) return null;
    try {
      await this.options.entrance.enter(spec.id, spec.container, AbortSignal.any([signal, AbortSignal.timeout(VERDICT_MS)]));
      return `the container ‘${spec.container}’ ended, and was started again`;
    } catch (e) {
      return e instanceof OperationError ? e.message : `the container ‘${spec.container}’ ended`;
    }
  }

  private async attempt(spec: ContainerTaskSpec, signal: AbortSignal, unwanted: AbortSignal): Promise<void> {
    const dir = this.folder(spec.id);
    const runner = await this.runner(spec.id, spec.container, AbortSignal.any([signal, unwanted])).catch((e: unknown) => {
      if (!unwanted.aborted) throw e;
      return null;
    });
    if (runner === null) return;
    const attempt = randomUUID();
    const program = join(dir, `program.${attempt}`);
    makeFifos(this.options.pod.busybox, join(dir, 'alive'), program);
    try {
      if (!tell(runner, `start ${spec.id} ${attempt}`)) {
        await pause(AGAIN_MS, undefined, { signal });
        return;
      }
      const waiting = (): boolean => hasReader(runner) && !signal.aborted;
      const fd = await soon(() => openWriter(program), waiting);
      if (fd === null) return;
      await pour(fd, taskProgram(spec, dir, this.options.root, process.env), signal);
      await soon(() => (this.begun(spec) ? true : null), waiting);
    } finally {
      releaseReader(program);
      rmSync(program, { force: true });
    }
  }

  /** The FIFO of a runner that lives. */
  private async runner(work: string, container: string, signal: AbortSignal): Promise<string> {
    for (let entered = 0; ; ) {
      const runner = this.runnerOf(container);
      if (runner !== null) return runner;
      signal.throwIfAborted();
      if (entered > 0) await pause(AGAIN_MS, undefined, { signal });
      if (entered > MOST_ENTERED)
        throw new OperationError({
          code: 'MR_HOST',
          message: `the runner of the container ‘${container}’ was started and does not live: has the container the volume of the workspace at its working directory?`,
          type: 'hudson.AbortException',
        });
      let entering = this.entering.get(container);
      if (entering === undefined) {
        entering = this.options.entrance.enter(work, container, signal).finally(() => this.entering.delete(container));
        // Whoever asked may have gone.
        entering.catch(() => undefined);
        this.entering.set(container, entering);
      }
      try {
        await Promise.race([entering, aborted(signal)]);
        entered++;
      } catch (e) {
        if (e instanceof OperationError) throw e;
        // Another task asked, and gave up; this one asks for itself.
        signal.throwIfAborted();
        await pause(AGAIN_MS, undefined, { signal });
      }
    }
  }
  private runnerOf(container: string): string | null {
    const dir = join(this.state, 'containers', container);
    let living: string | null = null;
    for (const name of names(dir)) {
      const path = join(dir, name);
      if (!name.startsWith('runner.')) continue;
      if (hasReader(path)) living = path;
      else rmSync(path, { force: true });
    }
    return living;
  }

  /** Throws what it was refused for. */
  private begun({ id, container, shell }: ContainerTaskSpec): boolean {
    const dir = this.folder(id);
    if (resultIn(dir) !== null || pidIn(dir) !== null) return true;
    const refused = textOf(join(dir, 'refused'))?.split('\n');
    if (refused === undefined) return false;
    const [code = '', value = ''] = refused;
    if (code !== 'MR_CONTAINER_SHELL') throw new OperationError({ code, message: `in the container ‘${container}’: ${value}`, type: 'hudson.AbortException' });
    throw new OperationError({
      code,
      message:
        value === (shell ?? 'sh')
          ? `there is no ‘${value}’ in the container ‘${container}’: take an image with a shell, or name one that it has: container(name: '${container}', shell: '/busybox/sh')`
          : `there is no ‘${value}’ in the container ‘${container}’, and the step needs it`,
      type: 'hudson.AbortException',
    });
  }

  private task(spec: ContainerTaskSpec): Task {
    const dir = this.folder(spec.id);
    const alive = join(dir, 'alive');
    return {
      dir,
      state: () => {
        const exit = resultIn(dir);
        if (exit !== null) return { exit, lost: false };
        if (hasWriter(alive)) return null;
        // The result may have been written between the two looks.
        const late = resultIn(dir);
        return { exit: late ?? -1, lost: late === null };
      },
      onExit: (listener) => onWritersGone(alive, listener),
      captured: () => capturedIn(dir, spec.encoding),
    };
  }

  private end(id: string, wish: 'cancel' | 'kill', words: string, signal: AbortSignal): void {
    this.wishes.set(id, wish);
    this.waiting.get(id)?.abort();
    const dir = this.folder(id);
    const container = this.containerOf(id);
    if (container === null) return;
    const tellIt = async (): Promise<void> => {
      // What is about to begin begins within that time, or finds the wish.
      await soon(
        () => (pidIn(dir) === null ? null : true),
        () => !signal.aborted,
      );
      while (!signal.aborted && pidIn(dir) !== null && resultIn(dir) === null && hasWriter(join(dir, 'alive'))) {
        if (tell(await this.runner(id, container, signal), words)) return;
        await pause(AGAIN_MS, undefined, { signal });
      }
    };
    tellIt().catch((e: unknown) => {
      if (!signal.aborted) this.options.log(`${id} could not be ended: ${(e as Error).message}`);
    });
  }

  private prepare(spec: ContainerTaskSpec): void {
    const dir = this.folder(spec.id);
    const temporary = spec.env['WORKSPACE_TMP'];
    for (const path of [spec.cwd, ...(temporary === undefined ? [] : [temporary])]) this.share(path);
    if (pidIn(dir) !== null || resultIn(dir) !== null) return;
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'container'), spec.container);
    prepare(dir, spec, 0o755);
    for (const file of spec.returnStdout ? ['output', 'stdout'] : ['output']) {
      writeFileSync(join(dir, file), '', { flag: 'a' });
      chmodSync(join(dir, file), 0o666);
    }
    chmodSync(dir, 0o777);
    // Of an agent that has died: whoever waits there shall not take another one's program for its own.
    for (const name of names(dir)) if (name.startsWith('program.')) releaseReader(join(dir, name));
    const room = join(this.state, 'containers', spec.container);
    mkdirSync(room, { recursive: true });
    chmodSync(room, 0o777);
  }

  /** A folder below the root: it is there, and all users of the pod may write to it where it is the agent's. What lies elsewhere is the container's. */
  private share(folder: string): void {
    const path = resolve(folder);
    if (!`${path}/`.startsWith(`${this.options.root}/`)) return;
    mkdirSync(path, { recursive: true });
    for (let at = path; at.length > this.options.root.length; at = dirname(at)) {
      const { uid, mode } = statSync(at);
      if (uid === process.getuid?.() && (mode & 0o777) !== 0o777) chmodSync(at, (mode & 0o7777) | 0o777);
    }
  }

  /** Our busybox and the runner onto the volume, once for all containers. */
  private install(): void {
    if (this.installed) return;
    const bin = join(this.state, 'bin');
    mkdirSync(bin, { recursive: true });
    for (const folder of ['', 'tasks', 'containers', 'bin']) {
      mkdirSync(join(this.state, folder), { recursive: true });
      chmodSync(join(this.state, folder), folder === 'bin' ? 0o755 : 0o711);
    }
    const busybox = join(bin, 'busybox');
    const script = join(bin, 'runner');
    if (statSync(busybox, { throwIfNoEntry: false })?.size !== statSync(this.options.pod.busybox).size) {
      copyFileSync(this.options.pod.busybox, `${busybox}.new`);
      chmodSync(`${busybox}.new`, 0o755);
      renameSync(`${busybox}.new`, busybox);
    }
    if (textOf(script) !== RUNNER) {
      writeFileSync(`${script}.new`, RUNNER);
      chmodSync(`${script}.new`, 0o644);
      renameSync(`${script}.new`, script);
    }
    this.installed = true;
  }

  private containerOf(id: string): string | null {
    return textOf(join(this.folder(id), 'container'));
  }
  private folder(id: string): string {
    return join(this.state, 'tasks', id);
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw e;
  }
}
function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw e;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
  });
}

/** Looks again and again, from every millisecond on ever more seldom. null: it took too long, or there is no use in waiting. */
async function soon<T>(look: () => T | null, worth: () => boolean): Promise<T | null> {
  for (let delay = 1, until = Date.now() + WORD_MS; ; delay = Math.min(delay * 1.3, 50)) {
    const found = look();
    if (found !== null || Date.now() > until || !worth()) return found;
    await pause(delay);
  }
}
