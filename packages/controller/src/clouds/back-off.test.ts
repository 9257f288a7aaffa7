/** How long a template is left alone after failures. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BackOff } from './back-off.ts';

describe('the back-off of clouds', () => {
  const at = (): { now: number; backOff: BackOff } => {
    const clock: { now: number; backOff: BackOff } = { now: 0, backOff: new BackOff(() => clock.now) };
    return clock;
  };

  it('doubles with each failure, and counts those together that were asked for together', () => {
    const clock = at();
    for (const wait of [1_000, 2_000, 4_000]) {
      for (let i = 0; i < 3; i++) clock.backOff.failed('a', 'no');
      assert.equal(clock.backOff.all.get('a')?.until, clock.now + wait);
      clock.now += wait;
      assert.equal(clock.backOff.holds('a'), false);
    }
  });
  it('waits longest for what somebody has to mend', () => {
    const clock = at();
    clock.backOff.failed('a', 'no', { retryable: false });
    clock.now = 299_999;
    assert.equal(clock.backOff.holds('a'), true);
  });
  it('ends where a cloud that was away answers, but not where its machines failed', () => {
    const clock = at();
    clock.backOff.failed('away', 'no answer', { code: 'MR_CLOUD_AWAY' });
    clock.backOff.failed('image', 'no such image');
    for (const key of ['away', 'image']) clock.backOff.answered(key);
    assert.deepEqual([...clock.backOff.all.keys()], ['image']);
    clock.backOff.succeeded('image');
    assert.equal(clock.backOff.all.size, 0);
  });
  it('ends for all of a cloud, and no other, that was away and is back', () => {
    const clock = at();
    for (const key of ['a/one', 'a/two', 'ab/one']) clock.backOff.failed(key, 'no answer', { code: 'MR_CLOUD_AWAY' });
    clock.backOff.allAnswered('a/');
    assert.deepEqual([...clock.backOff.all.keys()], ['ab/one']);
  });
});
