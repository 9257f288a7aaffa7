/** Parsing of the project's own Groovy test inputs: each file as often as it takes to come to 2 MB. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@millrace/groovy/syntax';
import type { Benchmark } from './benchmark.ts';
import { median, timed } from './benchmark.ts';

const root = path.resolve(import.meta.dirname, '..');
const SIZE = 2_000_000;
const TURNS = 7;

export const parsing: Benchmark = {
  name: 'parsing',
  async run() {
    const files = corpus();
    const bytes = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const rounds = Math.ceil(SIZE / bytes);
    const speeds: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const ms = await timed(() => {
        for (let round = 0; round < rounds; round++) for (const text of files) parse(text, 'Bench.groovy');
      });
      speeds.push((bytes * rounds) / 1e6 / (ms / 1000));
    }
    return {
      figures: [
        {
          what: 'Groovy parsed',
          value: median(speeds),
          unit: 'MB/s',
          goal: { atLeast: 2 },
          detail: `${files.length} files, ${rounds} times, median of ${TURNS} turns`,
        },
        { what: 'the same, in a process that has just begun', value: speeds[0] as number, unit: 'MB/s', goal: { atLeast: 2 } },
      ],
    };
  },
};

/** Files that are wrong on purpose are left out. */
function corpus(): string[] {
  return globSync(['packages/**/*.groovy', 'test/**/*.groovy', 'examples/**/Jenkinsfile'], { cwd: root, exclude: (name) => name === 'node_modules' })
    .sort()
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .filter((text) => {
      try {
        parse(text, 'Bench.groovy');
        return true;
      } catch {
        return false;
      }
    });
}
