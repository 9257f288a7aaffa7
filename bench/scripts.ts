/**
 * CPU-bound scripts (bench/scripts) in Millrace and in Groovy 2.4.21 where that is installed, by turns: time of the script
 * less that of an empty one, so that neither JVM nor Node starts count; just-in-time compilation does, on both sides.
 */
import { spawnSync } from 'node:child_process';
import { globSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Benchmark, Figure } from './benchmark.ts';
import { median } from './benchmark.ts';
import { commandTime, inFolder, MILLRACE } from './commands.ts';

const TURNS = Number(process.env['BENCH_TURNS'] ?? 5);

export const scripts: Benchmark = {
  name: 'scripts',
  run: () =>
    inFolder(async (folder) => {
      const groovy = installedGroovy();
      const empty = path.join(folder, 'Empty.groovy');
      writeFileSync(empty, '\n');
      const only = process.env['BENCH_SCRIPTS']?.split(',');
      const files = globSync('scripts/*.groovy', { cwd: import.meta.dirname })
        .filter((file) => only === undefined || only.includes(path.basename(file, '.groovy')))
        .sort();
      const names = [empty, ...files.map((file) => path.join(import.meta.dirname, file))];
      const ours = new Map(names.map((name) => [name, [] as number[]]));
      const theirs = new Map(names.map((name) => [name, [] as number[]]));
      for (let turn = 0; turn < TURNS; turn++) {
        for (const name of names) {
          ours.get(name)?.push(await commandTime([...MILLRACE, 'groovy', name], folder));
          if (groovy !== null) theirs.get(name)?.push(await commandTime(['groovy', name], folder, groovy));
        }
      }
      const less = (times: ReadonlyMap<string, number[]>, name: string): number => median(times.get(name) ?? []) - median(times.get(empty) ?? []);
      const figures = names.slice(1).map((name): Figure => {
        const what = path.basename(name, '.groovy');
        const mine = less(ours, name);
        if (groovy === null) return { what, value: mine, unit: 'ms' };
        const other = less(theirs, name);
        return {
          what: `${what} to Groovy 2.4.21`,
          value: mine / other,
          unit: '×',
          goal: { atMost: 3 },
          detail: `${mine.toFixed(0)} ms to ${other.toFixed(0)} ms, medians of ${TURNS} turns`,
        };
      });
      return groovy === null ? { figures, skipped: 'the comparison, since groovy 2.4.21 is not installed' } : { figures };
    }),
};

/** The environment that it needs, or null. Debian's start script asks for JAVA_HOME. */
function installedGroovy(): Readonly<Record<string, string>> | null {
  const java = spawnSync('sh', ['-c', 'command -v java'], { encoding: 'utf8' }).stdout.trim();
  if (java === '') return null;
  const env = { JAVA_HOME: process.env['JAVA_HOME'] ?? path.dirname(path.dirname(realpathSync(java))) };
  const version = spawnSync('groovy', ['--version'], { encoding: 'utf8', env: { ...process.env, ...env } });
  return version.status === 0 && version.stdout.includes('2.4.21') ? env : null;
}
