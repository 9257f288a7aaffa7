/** Builds of one step: how soon the process starts, how many a second, and what they cost when many are kept. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepBuilds } from '../../packages/controller/src/testing/keep-builds.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { median } from '../benchmark.ts';
import type { Rig } from './rig.ts';
import { startRig, untilIdle } from './rig.ts';

export const EXECUTORS = 8;
const WARM_UP = 20,
  TRIGGERS = 40,
  BUILDS = 400;

export const serverBuilds: Benchmark = {
  name: 'server-builds',
  run: async () => {
    const rig = await startRig({ executors: EXECUTORS });
    try {
      const figures: Figure[] = [];
      const job = await rig.server.job('one-step', `node { sh 'true' }`);
      for (let i = 0; i < WARM_UP; i++) await rig.server.ended(await rig.server.start(job));
      figures.push({
        what: 'trigger to process started, on a waiting agent',
        value: await triggerToProcess(rig, TRIGGERS),
        unit: 'ms',
        goal: { atMost: 20 },
        detail: `median of ${TRIGGERS}`,
      });
      const first = await rate(rig, job, BUILDS);
      figures.push({
        what: `one-step builds on ${EXECUTORS} executors, SQLite`,
        value: first.perSecond,
        unit: '/s',
        goal: { atLeast: 100 },
        detail: `${first.cpuMs.toFixed(1)} ms of the controller's CPU each`,
      });
      await keepBuilds(rig.server.store, job, 100_000);
      const later = await rate(rig, job, BUILDS);
      figures.push({
        what: 'the same with 100,000 builds kept',
        value: later.perSecond,
        unit: '/s',
        detail: `${later.cpuMs.toFixed(1)} ms of the controller's CPU each`,
      });
      figures.push({ what: 'CPU of a build with 100,000 kept, to that with few', value: later.cpuMs / first.cpuMs, unit: '×', goal: { atMost: 1.3 } });
      return { figures };
    } finally {
      await rig.stop();
    }
  },
};

/** Milliseconds, the median. The process itself touches a file: its time of change is when it has started. */
export async function triggerToProcess({ server }: Rig, triggers: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
  const times: number[] = [];
  try {
    for (let i = 0; i < triggers; i++) {
      const file = path.join(folder, String(i));
      const job = await server.job(`touch-${i}`, `node { sh ': > ${file}' }`);
      const begun = Date.now() + (performance.now() % 1);
      await server.ended(await server.start(job));
      times.push(statSync(file).mtimeMs - begun);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return median(times);
}

/** So many builds of one job, all triggered at once. */
export async function rate({ server }: Rig, job: number, builds: number): Promise<{ perSecond: number; cpuMs: number }> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: builds }, () => server.start(job)));
  await untilIdle(server);
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: builds / seconds, cpuMs: (user + system) / 1_000 / builds };
}
