/** `millrace up` as users start it: how soon it answers, and what it needs when nothing happens. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { median } from '../benchmark.ts';

const root = path.resolve(import.meta.dirname, '../..');
const STARTS = 5,
  /** After the example job has run and the agent has settled. */
  SETTLE_MS = 6_000;

export const serverStart: Benchmark = {
  name: 'server-start',
  run: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const times: number[] = [];
    let memory = 0;
    try {
      for (let i = 0; i < STARTS; i++) {
        const port = await freePort();
        const begun = performance.now();
        const child = spawn(
          process.execPath,
          [path.join(root, 'packages/cli/bin/millrace.js'), 'up', '--data', folder, '--listen', String(port), '--log', 'error'],
          { stdio: 'ignore' },
        );
        await firstAnswer(port);
        times.push(performance.now() - begun);
        if (i === STARTS - 1) {
          await pause(SETTLE_MS);
          memory = residentMb(child.pid as number);
        }
        const ended = new Promise((resolve) => child.on('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
    return {
      figures: [
        {
          what: 'millrace up to its first answer',
          value: median(times) / 1_000,
          unit: 's',
          goal: { atMost: 1 },
          detail: `median of ${STARTS}, the first with a new data folder`,
        },
        { what: 'memory of an idle controller', value: memory, unit: 'MB', goal: { atMost: 100 }, detail: 'resident, one thread for programs ready' },
      ],
    };
  },
};

async function firstAnswer(port: number): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok) return;
    } catch {
      await pause(5);
    }
  }
}
function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
}
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });
}
