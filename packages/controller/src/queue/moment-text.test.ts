import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, timeText } from './moment-text.ts';

test('a moment is told as Java does in English', () => {
  const at = Date.UTC(2026, 10, 28, 19, 4, 12);
  assert.equal(`${timeText(at)} on ${dateText(at)}`, '7:04:12 PM on Nov 28, 2026');
  assert.equal(timeText(Date.UTC(2026, 0, 1, 0, 5), false), '12:05 AM');
});
