/** A hello-world pipeline from process start to exit, beside the start of bare Node, by turns. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { median } from './benchmark.ts';
import { commandTime, inFolder, MILLRACE, NODE } from './commands.ts';

const TURNS = 21;

export const startup: Benchmark = {
  name: 'startup',
  run: () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'Jenkinsfile');
      writeFileSync(file, "echo 'hello world'\n");
      const bare: number[] = [];
      const ours: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        bare.push(await commandTime([NODE, '-e', '0'], folder));
        ours.push(await commandTime([...MILLRACE, 'run', file], folder));
      }
      return {
        figures: [
          {
            what: 'hello world to bare Node',
            value: median(ours) / median(bare),
            unit: '×',
            goal: { atMost: 4 },
            detail: `${median(ours).toFixed(0)} ms to ${median(bare).toFixed(0)} ms, medians of ${TURNS} turns`,
          },
        ],
      };
    }),
};
