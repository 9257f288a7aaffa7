/** The short form of `npm run chaos`, on both engines; and the proof that the suite finds a fence that does not hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChaos } from './harness.ts';
import { reportOf } from './report.ts';

test('three controllers on PostgreSQL lose nothing while they, agents and the database are hit', { timeout: 600_000 }, async () => {
  const report = await runChaos({ engine: 'postgres', seed: 11, ms: 20_000, builds: 20, perSecond: 1.5, stillMs: [1_000, 9_000] });
  assert.deepEqual(report.violations, [], reportOf(report));
});

test('a controller on SQLite loses nothing while it, its agents and its disk are hit', { timeout: 600_000 }, async () => {
  const report = await runChaos({ engine: 'sqlite', seed: 12, ms: 15_000, builds: 15, perSecond: 1.5, stillMs: [500, 2_000] });
  assert.deepEqual(report.violations, [], reportOf(report));
});

test('the suite finds a controller that writes although it was declared down', { timeout: 600_000 }, async () => {
  const report = await runChaos({
    engine: 'postgres',
    seed: 13,
    ms: 40_000,
    perSecond: 1,
    breakFence: true,
    only: 'stand a controller still',
    stillMs: [8_500, 9_500],
    pauseMs: [2_000, 3_000],
  });
  assert.ok(
    report.violations.some((v) => /wrote after it was declared down/.test(v)),
    reportOf(report),
  );
});
