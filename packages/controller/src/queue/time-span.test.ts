import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, timeSpan, timeText } from './time-span.ts';

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

test('a moment is told as Java does in English', () => {
  const at = Date.UTC(2026, 10, 28, 19, 4, 12);
  assert.equal(`${timeText(at)} on ${dateText(at)}`, '7:04:12 PM on Nov 28, 2026');
  assert.equal(timeText(Date.UTC(2026, 0, 1, 0, 5), false), '12:05 AM');
});
