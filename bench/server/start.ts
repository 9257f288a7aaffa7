/** `millrace up` as users start it: how soon it answers, and what it needs when nothing happens. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { median } from '../benchmark.ts';
import { cpuMs, pause, residentMb, startProgram } from './program.ts';

/** When V8 has collected what the start and the example job have left: it does so within a minute in which nothing happens. */
export const SETTLE_MS = 70_000;
const STARTS = 5,
  IDLE_MS = 10_000;

export const serverStart: Benchmark = {
  name: 'server-start',
  run: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
    const times: number[] = [];
    let memory = 0;
    let load = 0;
    try {
      for (let i = 0; i < STARTS; i++) {
        const begun = performance.now();
        const program = await startProgram(folder);
        times.push(performance.now() - begun);
        if (i === STARTS - 1) {
          await pause(SETTLE_MS);
          const before = cpuMs(program.pid);
          await pause(IDLE_MS);
          load = (cpuMs(program.pid) - before) / IDLE_MS;
          memory = residentMb(program.pid);
        }
        await program.stop();
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
        {
          what: 'memory of an idle controller',
          value: memory,
          unit: 'MB',
          goal: { atMost: 100 },
          detail: `resident, after ${SETTLE_MS / 1_000} s, one thread for programs ready`,
        },
        { what: 'CPU of an idle controller', value: load * 100, unit: '%', detail: `of one core, over ${IDLE_MS / 1_000} s` },
      ],
    };
  },
};
