/** `millrace up` as users start it, in a process of its own, and what the system tells of that process. */
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');
const { isFresh } = createRequire(import.meta.url)('../../packages/cli/bin/load-bundle.js') as { isFresh: () => boolean };

export interface Program {
  readonly pid: number;
  readonly url: string;
  /** Ends it cleanly. */
  stop(): Promise<void>;
}

/** Resolves when it answers that it is ready. */
export async function startProgram(folder: string, options: readonly string[] = []): Promise<Program> {
  // From its sources it would start, too, slowly.
  if (!isFresh()) throw new Error('the bundle is missing or older than its sources: npm run build');
  const port = await freePort();
  const args = [path.join(root, 'packages/cli/bin/millrace.js'), 'up', '--data', folder, '--listen', String(port), '--log', 'error', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await firstAnswer(child, url);
  return { pid: child.pid as number, url, stop: () => ended(child) };
}

/** VmRSS, in megabytes. */
export function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
}
/** Of all its threads, in milliseconds; the system counts in steps of ten. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticks;
}
let ticks: number | undefined;

/** Resolves when it has ended. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.on('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function firstAnswer(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      await pause(5);
    }
  }
  throw new Error(`millrace up ended with ${child.exitCode}`);
}
