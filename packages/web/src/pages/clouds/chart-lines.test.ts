import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from './chart-lines.ts';

const place = { width: 100, height: 10, top: 5, until: 100, spanMs: 100, stepMs: 10 };

test('samples are level steps, the newest at the right edge', () => {
  assert.deepEqual(
    linesOf(
      [
        { at: 80, value: 0 },
        { at: 90, value: 5 },
      ],
      place,
    ),
    ['M80 12H90L90 2H100'],
  );
});

test('a time that nobody looked at is a gap', () => {
  assert.equal(
    linesOf(
      [
        { at: 10, value: 1 },
        { at: 20, value: 1 },
        { at: 60, value: 1 },
      ],
      place,
    ).length,
    2,
  );
  assert.deepEqual(linesOf([], place), []);
});
