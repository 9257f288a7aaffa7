/**
 * Runs tasks (the commands of `sh` steps) so that they outlive the program that started them.
 *
 * A task lives in `<state>/tasks/<id>/`:
 *   script   what is to be run           output   standard output and error
 *   pid      of the wrapper, written by itself before anything else; whoever creates it runs the task, so it runs once
 *   stdout   standard output, where it is asked for apart
 *   result   the exit status and a line's end, written when all output is
 *
 * States: no script → prepared (script, no pid) → running (pid, process alive) → ended (result) or lost (pid, process gone,
 * no result). `start` may be called again in any state: it starts nothing twice. The process has a session of its own and
 * writes to files, so nothing here is needed for it to go on. The environment is handed over in memory and never written.
 *
 * `cancel`: SIGTERM to all processes of the task, SIGKILL after the grace. The result then comes as usual (143, 137).
 * A lost task is told as `lost`, with exit -1 as Jenkins has it.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piece } from './output-masker.ts';
import { OutputMasker } from './output-masker.ts';
import { groupOf, isAlive, marked, signal } from './processes.ts';
import { capturedIn, markOf, pidIn, prepare, resultIn } from './task-files.ts';
import { wrapperFor } from './wrapper.ts';

export interface TaskSpec {
  /** A file name. */
  readonly id: string;
  readonly script: string;
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: { readonly [name: string]: string };
  readonly returnStdout: boolean;
  /** A label of the Encoding standard; null: UTF-8. */
  readonly encoding: string | null;
  readonly masks: readonly string[];
  /** Put before the interpreter's words: `docker exec …`. */
  readonly prefix?: readonly string[];
}

export interface TaskListener {
  output(piece: Piece): void;
  /** Once, after all output. */
  ended(result: { readonly exit: number; readonly stdout?: string; readonly lost: boolean }): void;
}

export interface TaskFollower {
  stop(): void;
}

/** How long an unfinished line is kept back, and how long a prepared task may take to write its pid. */
const PARTIAL_LINE_MS = 1_000,
  BIRTH_MS = 10_000;

/** A task that was started, here or by an earlier process. */
export interface Task {
  readonly dir: string;
  /** How it ended; null while it runs. */
  state(): { readonly exit: number; readonly lost: boolean } | null;
  /** Told when the process may have ended; only for one that this process started, others have to be looked at. Answers how to listen no longer. */
  onExit(listener: () => void): () => void;
  /** What went to standard output, where it is asked for apart. */
  captured(): string;
}

/** A wrapper that this process started. */
interface Child {
  alive: boolean;
  readonly listeners: Set<() => void>;
}

export class TaskRunner {
  private readonly root: string;
  private readonly graceMs: number;
  private readonly children = new Map<string, Child>();

  constructor(stateDir: string, options: { readonly graceMs?: number } = {}) {
    this.root = join(stateDir, 'tasks');
    this.graceMs = options.graceMs ?? 10_000;
  }

  /** Starts the task unless it was started before. */
  start(spec: TaskSpec): Task {
    const dir = join(this.root, spec.id);
    if (this.children.get(spec.id)?.alive !== true && !existsSync(join(dir, 'pid')) && !existsSync(join(dir, 'result'))) {
      prepare(dir, spec);
      mkdirSync(spec.cwd, { recursive: true });
      this.children.set(spec.id, launch(dir, spec));
    }
    return this.task(spec);
  }
  /** Starts the task unless it was started before, and follows it. `from`: bytes of its output that are known already. */
  run(spec: TaskSpec, from: number, listener: TaskListener): TaskFollower {
    return follow(this.start(spec), spec, from, listener);
  }

  folder(id: string): string {
    return join(this.root, id);
  }
  /** Tasks of which something is there, of this process or an earlier one. */
  list(): string[] {
    try {
      return readdirSync(this.root);
    } catch {
      return [];
    }
  }

  cancel(id: string): void {
    const mark = markOf(this.folder(id));
    const pid = pidIn(this.folder(id));
    // Each process once: its group, and what has left the group.
    const all = (): number[] => {
      const group = pid !== null && isAlive(pid, mark) ? pid : null;
      return [...(group === null ? [] : [-group]), ...marked(mark).filter((p) => group === null || groupOf(p) !== group)];
    };
    for (const p of all()) signal(p, 'SIGTERM');
    setTimeout(() => {
      for (const p of all()) signal(p, 'SIGKILL');
    }, this.graceMs).unref();
  }
  /** SIGKILL at once. Of one that has ended nothing is looked for: what it left in the background is its lease's. */
  kill(id: string): void {
    if (resultIn(this.folder(id)) !== null) return;
    const mark = markOf(this.folder(id));
    const pid = pidIn(this.folder(id));
    if (pid !== null && isAlive(pid, mark)) signal(-pid, 'SIGKILL');
    for (const p of marked(mark)) signal(p, 'SIGKILL');
  }

  /** Removes what a task left. Only when its result is safe elsewhere. */
  forget(id: string): Promise<void> {
    this.children.delete(id);
    return rm(join(this.root, id), { recursive: true, force: true });
  }

  private task(spec: TaskSpec): Task {
    const dir = join(this.root, spec.id);
    const mark = markOf(dir);
    const child = this.children.get(spec.id);
    // A wrapper of an earlier process may be about to write its pid.
    const bornBy = Date.now() + BIRTH_MS;
    return {
      dir,
      state: () => {
        const exit = resultIn(dir);
        if (exit !== null) return { exit, lost: false };
        if (child?.alive === true) return null;
        // A child that has ended without a result may have found that another one runs the task.
        const pid = pidIn(dir);
        if (pid === null ? child === undefined && Date.now() < bornBy : isAlive(pid, mark)) return null;
        // The result may have been written between the two looks.
        const late = resultIn(dir);
        return { exit: late ?? -1, lost: late === null };
      },
      onExit: (listener) => {
        child?.listeners.add(listener);
        return () => {
          child?.listeners.delete(listener);
        };
      },
      captured: () => capturedIn(dir, spec.encoding),
    };
  }
}

function launch(dir: string, spec: TaskSpec): Child {
  const process = spawn('/bin/sh', ['-c', wrapperFor(dir, spec)], {
    cwd: spec.cwd,
    detached: true,
    stdio: 'ignore',
    env: { ...spec.env, MILLRACE_TASK: dir },
  });
  const child: Child = { alive: true, listeners: new Set() };
  const ended = (): void => {
    child.alive = false;
    for (const tell of child.listeners) tell();
  };
  process.on('exit', ended);
  process.on('error', ended);
  process.unref();
  return child;
}

function follow(task: Task, spec: TaskSpec, from: number, listener: TaskListener): TaskFollower {
  const masker = new OutputMasker(spec.masks, from, spec.encoding ?? 'utf-8');
  const buffer = Buffer.allocUnsafe(65_536);
  let file: number | null = null,
    offset = from,
    lastOutput = Date.now(),
    delay = 10,
    stopped = false,
    timer: NodeJS.Timeout | null = null;

  const emit = (piece: Piece | null): void => {
    if (piece !== null) listener.output(piece);
  };
  const read = (): boolean => {
    if (file === null) {
      try {
        file = openSync(join(task.dir, 'output'), 'r');
      } catch {
        return false;
      }
    }
    let any = false;
    // A listener may stop the following while it gets a piece.
    while (file !== null && fstatSync(file).size > offset) {
      const n = readSync(file, buffer, 0, buffer.length, offset);
      if (n === 0) break;
      offset += n;
      any = true;
      emit(masker.push(Uint8Array.from(buffer.subarray(0, n))));
    }
    return any;
  };
  const stop = (): void => {
    stopped = true;
    unlisten();
    if (timer !== null) clearTimeout(timer);
    if (file !== null) closeSync(file);
    file = null;
  };
  const end = (exit: number, lost: boolean): void => {
    read();
    emit(masker.end());
    stop();
    listener.ended({ exit, lost, ...(spec.returnStdout ? { stdout: task.captured() } : {}) });
  };
  function look(): void {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    const state = task.state();
    if (state !== null) {
      end(state.exit, state.lost);
      return;
    }
    const any = read();
    if (stopped) return;
    if (any) {
      lastOutput = Date.now();
      delay = 20;
    } else {
      delay = Math.min(delay * 1.5, 250);
      if (Date.now() - lastOutput > PARTIAL_LINE_MS) emit(masker.partial());
    }
    timer = setTimeout(look, delay);
  }
  const unlisten = task.onExit(look);
  timer = setTimeout(look, 5);
  return { stop };
}
