/**
 * Runs tasks (the commands of `sh` steps) so that they outlive the program that started them.
 *
 * A task lives in `<state>/tasks/<id>/`:
 *   script   what is to be run           run     the wrapper that runs it
 *   pid      of the wrapper, written by itself before anything else; whoever creates it runs the task, so it runs once
 *   output   standard output and error   stdout  standard output, where it is asked for apart
 *   result   the exit status, moved into place when all output is written
 *
 * States: no folder → prepared (folder, no pid) → running (pid, process alive) → ended (result) or lost (pid, process gone,
 * no result). `start` may be called again in any state: it starts nothing twice. The process has a session of its own and
 * writes to files, so nothing here is needed for it to go on. The environment is handed over in memory and never written.
 *
 * `cancel`: SIGTERM to all processes of the task, SIGKILL after the grace. The result then comes as usual (143, 137).
 * A lost task is told as `lost`, with exit -1 as Jenkins has it.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Piece } from './output-masker.ts';
import { OutputMasker } from './output-masker.ts';
import { isAlive, marked, signal } from './processes.ts';
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

export class TaskRunner {
  private readonly root: string;
  private readonly graceMs: number;

  constructor(stateDir: string, options: { readonly graceMs?: number } = {}) {
    this.root = join(stateDir, 'tasks');
    this.graceMs = options.graceMs ?? 10_000;
  }

  /** Starts the task unless it was started before, and follows it. `from`: bytes of its output that are known already. */
  run(spec: TaskSpec, from: number, listener: TaskListener): TaskFollower {
    const dir = join(this.root, spec.id);
    let bornBy = Date.now() + BIRTH_MS;
    const exited = new Set<() => void>();
    if (!existsSync(join(dir, 'pid')) && !existsSync(join(dir, 'result'))) {
      this.prepare(dir, spec);
      mkdirSync(spec.cwd, { recursive: true });
      const child = spawn('/bin/sh', [join(dir, 'run')], { cwd: spec.cwd, detached: true, stdio: 'ignore', env: { ...spec.env, MILLRACE_TASK: spec.id } });
      child.on('exit', () => {
        bornBy = 0;
        for (const tell of exited) tell();
      });
      child.on('error', () => {
        bornBy = 0;
        for (const tell of exited) tell();
      });
      child.unref();
    }
    return follow(dir, spec, from, () => bornBy, exited, listener);
  }

  cancel(id: string): void {
    const mark = `MILLRACE_TASK=${id}`;
    const pid = pidIn(join(this.root, id));
    const all = (): number[] => [...new Set([...(pid !== null && isAlive(pid, mark) ? [-pid] : []), ...marked(mark).filter((p) => p !== pid)])];
    for (const p of all()) signal(p, 'SIGTERM');
    setTimeout(() => {
      for (const p of all()) signal(p, 'SIGKILL');
    }, this.graceMs).unref();
  }
  /** SIGKILL at once. */
  kill(id: string): void {
    const pid = pidIn(join(this.root, id));
    if (pid !== null && isAlive(pid, `MILLRACE_TASK=${id}`)) signal(-pid, 'SIGKILL');
    for (const p of marked(`MILLRACE_TASK=${id}`)) signal(p, 'SIGKILL');
  }

  /** Removes what a task left. Only when its result is safe elsewhere. */
  forget(id: string): void {
    rmSync(join(this.root, id), { recursive: true, force: true });
  }

  private prepare(dir: string, spec: TaskSpec): void {
    if (existsSync(dir)) return;
    // Written elsewhere and moved, so that a folder under the task's name is always whole.
    const making = `${dir}.new`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true, mode: 0o700 });
    writeFileSync(join(making, 'script'), spec.encoding === null || /^utf-?8$/i.test(spec.encoding) ? spec.script : encode(spec.script, spec.encoding), {
      mode: 0o700,
    });
    writeFileSync(join(making, 'run'), wrapperFor(dir, spec));
    renameSync(making, dir);
  }
}

function encode(text: string, encoding: string): Buffer {
  if (/^utf-?16(le)?$/i.test(encoding)) return Buffer.from(text, 'utf16le');
  return Buffer.from(text, /ascii|latin|8859|1252/i.test(encoding) ? 'latin1' : 'utf8');
}

function pidIn(dir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(dir, 'pid'), 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

function resultIn(dir: string): number | null {
  try {
    const exit = Number.parseInt(readFileSync(join(dir, 'result'), 'utf8'), 10);
    return Number.isInteger(exit) ? exit : null;
  } catch {
    return null;
  }
}

function follow(dir: string, spec: TaskSpec, from: number, bornBy: () => number, exited: Set<() => void>, listener: TaskListener): TaskFollower {
  const masker = new OutputMasker(spec.masks, from, spec.encoding ?? 'utf-8');
  const mark = `MILLRACE_TASK=${spec.id}`;
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
        file = openSync(join(dir, 'output'), 'r');
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
    exited.delete(look);
    if (timer !== null) clearTimeout(timer);
    if (file !== null) closeSync(file);
    file = null;
  };
  const end = (exit: number, lost: boolean): void => {
    read();
    emit(masker.end());
    stop();
    listener.ended({ exit, lost, ...(spec.returnStdout ? { stdout: capturedIn(dir, spec) } : {}) });
  };
  function look(): void {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    let exit = resultIn(dir);
    if (exit === null) {
      const pid = pidIn(dir);
      const gone = pid === null ? Date.now() > bornBy() : !isAlive(pid, mark);
      // The result may have been written between the two looks.
      if (gone) {
        exit = resultIn(dir);
        end(exit ?? -1, exit === null);
        return;
      }
    } else {
      end(exit, false);
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
  exited.add(look);
  timer = setTimeout(look, 5);
  return { stop };
}

function capturedIn(dir: string, spec: TaskSpec): string {
  try {
    return new TextDecoder(spec.encoding ?? 'utf-8', { ignoreBOM: true }).decode(readFileSync(join(dir, 'stdout')));
  } catch {
    return '';
  }
}
