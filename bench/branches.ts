/** 1,000 parallel branches: the command from its start to its exit, and the engine alone. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { median, timed } from './benchmark.ts';
import { build, succeeded } from './builds.ts';
import { commandTime, inFolder, MILLRACE } from './commands.ts';
import { QuickHost } from './quick-host.ts';

const COUNT = 1000;
const TURNS = 5;
const PIPELINE = `parallel((1..${COUNT}).collectEntries { n -> ["branch \${n}".toString(), { echo "in \${n}"; sleep(time: 1, unit: 'MILLISECONDS') }] })\n`;
const ON_NODES = `parallel((1..${COUNT}).collectEntries { n -> ["branch \${n}".toString(), { node { sh "true \${n}" } }] })\n`;

export const branches: Benchmark = {
  name: 'branches',
  run: () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'Jenkinsfile');
      writeFileSync(file, PIPELINE);
      const command: number[] = [];
      const kept: number[] = [];
      const engine: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        command.push(await commandTime([...MILLRACE, 'run', file], folder));
        kept.push(await commandTime([...MILLRACE, 'run', '--state', path.join(folder, `state-${turn}`), file], folder));
        engine.push(await timed(() => succeeded(build(ON_NODES, new QuickHost(), { lines: [], records: [] }))));
      }
      const figure = (what: string, times: readonly number[]) => ({
        what,
        value: median(times) / 1000,
        unit: 's',
        goal: { atMost: 1 },
        detail: `median of ${TURNS} turns`,
      });
      return {
        figures: [
          figure(`${COUNT} branches, the command from start to exit`, command),
          figure('the same with a journal on disk', kept),
          figure(`${COUNT} branches with node and sh, the engine alone`, engine),
        ],
      };
    }),
};
