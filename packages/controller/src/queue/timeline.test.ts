import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timeline } from './timeline.ts';
import { LONGEST_TIMELINE, presentReason, timeInStates, withEntry } from './timeline.ts';
import { why } from './why.ts';

const busy = (label: string) => why('label-busy', `Waiting for next available executor on ‘${label}’`, { label });

test('the same reason again changes nothing, and keeps its time', () => {
  const first = withEntry([], 10, 'waiting', busy('x'));
  assert.equal(withEntry(first, 20, 'waiting', busy('x')), first);
  assert.deepEqual(presentReason(first), { since: 10, state: 'waiting', why: busy('x') });
});

test('a text that moves on takes the place of the last one', () => {
  let t: Timeline = [];
  for (const left of [5, 4, 3]) t = withEntry(t, 10 - left, 'quiet', why('quiet', `In the quiet period. Expires in ${left} sec`, { until: 10 }));
  assert.deepEqual(
    t.map((e) => [e.at, e.message]),
    [[5, 'In the quiet period. Expires in 3 sec']],
  );
});

test('another subject, code or state is a new entry; time does not go back; nothing follows the end', () => {
  let t = withEntry([], 10, 'waiting', busy('x'));
  t = withEntry(t, 20, 'waiting', busy('y'));
  t = withEntry(t, 15, 'asked for', why('cloud-asked', 'A node was asked for'));
  t = withEntry(t, 50, 'granted', why('granted', 'Granted'));
  assert.equal(withEntry(t, 60, 'waiting', busy('x')), t);
  assert.deepEqual(
    t.map((e) => `${e.at} ${e.state}`),
    ['10 waiting', '20 waiting', '20 asked for', '50 granted'],
  );
  assert.deepEqual(
    [...timeInStates(t, 99)],
    [
      ['waiting', 10],
      ['asked for', 30],
    ],
  );
  assert.equal(presentReason([]), null);
});

test('it stays short: the beginning and the newest entries', () => {
  let t: Timeline = [];
  for (let i = 0; i < 500; i++) t = withEntry(t, i, 'waiting', busy(`l${i}`));
  assert.equal(t.length, LONGEST_TIMELINE);
  assert.deepEqual([t[0]?.at, t[1]?.at, t.at(-1)?.at], [0, 500 - LONGEST_TIMELINE + 1, 499]);
});
