/** What a branch that waits costs: builds with few and many branches on an input, heap after collection in processes of their own. */
import { spawnSync } from 'node:child_process';
import type { Benchmark } from './benchmark.ts';
import { NODE } from './commands.ts';

const FEW = 100;
const MANY = 2100;

export const memory: Benchmark = {
  name: 'memory',
  async run() {
    const figure = (what: string, kind: string) => {
      const grown = heap(kind, MANY) - heap(kind, FEW);
      return { what, value: grown / (MANY - FEW) / 1024, unit: 'KB', detail: `heap with ${MANY} branches less that with ${FEW}` };
    };
    return {
      figures: [
        figure('a branch that waits for an input', 'input'),
        figure('the same inside a node and a stage', 'node'),
        figure('a whole build that waits', 'build'),
      ],
    };
  },
};

function heap(kind: string, count: number): number {
  const r = spawnSync(NODE, ['--expose-gc', `${import.meta.dirname}/waiting-heap.ts`, kind, String(count)], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return Number(r.stdout);
}
