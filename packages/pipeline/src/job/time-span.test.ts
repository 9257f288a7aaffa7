import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeSpan } from './time-span.ts';

for (const [ms, text] of [
  [0, '0 ms'],
  [99, '99 ms'],
  [120, '0.12 sec'],
  [4230, '4.2 sec'],
  [5000, '5 sec'],
  [12_900, '12 sec'],
  [184_000, '3 min 4 sec'],
  [780_000, '13 min'],
  [3_600_000, '1 hr 0 min'],
  [90_000_000, '1 day 1 hr'],
  [200_000_000, '2 days 7 hr'],
  [32 * 86_400_000, '1 mo 2 days'],
  [400 * 86_400_000, '1 yr 1 mo'],
  [-5, '0 ms'],
] as const) {
  test(`${ms} ms are told as ${text}`, () => {
    assert.equal(timeSpan(ms), text);
  });
}
