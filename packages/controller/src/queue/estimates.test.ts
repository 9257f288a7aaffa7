import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PastBuild } from './estimates.ts';
import { estimatedDuration, expectedStarts } from './estimates.ts';

const RESULTS = { S: 'SUCCESS', U: 'UNSTABLE', F: 'FAILURE', A: 'ABORTED', N: 'NOT_BUILT', R: null } as const;
/** `S10 F20`: the newest first. */
function history(text: string): PastBuild[] {
  const words = text.split(' ').filter((w) => w !== '');
  return words.map((word, i) => ({ number: words.length - i, result: RESULTS[word[0] as keyof typeof RESULTS], durationMs: Number(word.slice(1)) }));
}

for (const [builds, estimate] of [
  ['', null],
  ['R5', null],
  ['S10', 10],
  ['S10 S20 S30 S1000', 20],
  ['R99 U10 S20 S30', 20],
  ['F90 S10 S20 S30', 20],
  ['F90 S10 F50', 50],
  ['A5 N5 S10', 10],
  ['F30 F60 F90 F999', 60],
  // The last successful one counts however old it is; else only the last six are looked at.
  ['A1 A1 A1 A1 A1 A1 S40 S80', 40],
  ['S0', null],
] as const) {
  test(`after ${builds || 'nothing'} a build is expected to take ${estimate}`, () => {
    assert.equal(estimatedDuration(history(builds)), estimate);
  });
}

test('each waiting item takes the executor that is free first among those that fit it', () => {
  const slots = [
    { node: 'a', freeAt: 100 },
    { node: 'a', freeAt: null },
    { node: 'b', freeAt: 0 },
  ];
  const item = (id: string, nodes: string[], estimatedMs: number | null): { id: string; nodes: Set<string>; estimatedMs: number | null } => ({
    id,
    nodes: new Set(nodes),
    estimatedMs,
  });
  const starts = expectedStarts(50, slots, [
    item('1', ['a', 'b'], 20),
    item('2', ['b'], null),
    item('3', ['b'], 5),
    item('4', ['a', 'b'], 5),
    item('5', ['c'], 5),
  ]);
  assert.deepEqual(Object.fromEntries(starts), { 1: 50, 2: 70, 3: null, 4: 100, 5: null });
});
