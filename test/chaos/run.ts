/** `npm run chaos -- [--minutes N] [--seed S] [--engine postgres|sqlite] [--rate N] [--break-fence]`. Exits with 1 on a broken invariant. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runChaos } from './harness.ts';
import { reportOf } from './report.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { minutes: text, seed: text, engine: text, rate: text, 'break-fence': { type: 'boolean' } } });
const { engine = 'postgres' } = values;
if (engine !== 'postgres' && engine !== 'sqlite') throw new Error('--engine is postgres or sqlite');
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
process.stdout.write(`seed ${seed}\n`);
const report = await runChaos({
  engine,
  seed,
  ms: Number(values.minutes ?? 1) * 60_000,
  perSecond: Number(values.rate ?? 2),
  breakFence: values['break-fence'] === true,
  onProgress: (progress) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${progress}\n`),
});
process.stdout.write(`\n${reportOf(report)}`);
process.exit(report.violations.length === 0 ? 0 : 1);
