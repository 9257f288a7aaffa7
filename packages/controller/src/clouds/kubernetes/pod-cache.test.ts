/** What is answered of the pods that were seen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pod } from './objects.ts';
import { PodCache } from './pod-cache.ts';

function pod(uid: string, more: Partial<Pod['metadata']> = {}): Pod {
  return {
    metadata: { uid, name: `pod-${uid}`, namespace: 'ci', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', ...more },
    spec: { containers: [] },
    status: { phase: 'Pending' },
  };
}
function cache(): PodCache {
  return new PodCache({ cloud: 'kubernetes', now: () => 0, changed: () => undefined, logsOf: async () => '', isEnding: () => true });
}

describe('the cache of pods', () => {
  it('answers the same object until something new is seen of a pod', () => {
    const pods = cache();
    for (const uid of ['a', 'b']) pods.seePod(pod(uid), 'seen');
    const before = pods.observed();
    pods.seePod({ ...pod('b'), status: { phase: 'Running' } }, 'seen');
    const after = pods.observed();
    assert.equal(after[0], before[0]);
    assert.notEqual(after[1], before[1]);
  });
  it('tells with the end of a pod what was said of it since it ran', async () => {
    const pods = new PodCache({ cloud: 'kubernetes', now: () => 0, changed: () => undefined, logsOf: async () => 'last words', isEnding: () => false });
    const containerStatuses = [{ name: 'jnlp', state: { running: { startedAt: '2026-01-01T00:01:00Z' } } }];
    pods.seePod({ ...pod('a'), status: { phase: 'Running', containerStatuses } }, 'seen');
    const event = (type: string, reason: string, lastTimestamp: string) => ({
      metadata: { uid: `${reason} ${lastTimestamp}`, name: 'e', namespace: 'ci', resourceVersion: '1', creationTimestamp: lastTimestamp },
      type,
      reason,
      message: `(${reason})`,
      lastTimestamp,
      involvedObject: { uid: 'a' },
    });
    pods.seeEvent(event('Normal', 'Killing', '2026-01-01T00:01:00Z'));
    pods.seeEvent(event('Warning', 'Unhealthy', '2026-01-01T00:02:00Z'));
    pods.seeEvent(event('Normal', 'Started', '2026-01-01T00:01:00Z'));
    pods.seeEvent(event('Warning', 'FailedMount', '2026-01-01T00:00:30Z'));
    assert.equal(pods.observed()[0]?.why, null);
    pods.seePod({ ...pod('a'), status: { phase: 'Failed', reason: 'Evicted' } }, 'seen');
    await new Promise(setImmediate);
    assert.equal(
      pods.observed()[0]?.why,
      'ci/pod-a Pod just failed. Reason: Evicted.\n[Normal][ci/pod-a][Killing] (Killing)\n[Warning][ci/pod-a][Unhealthy] (Unhealthy)\nlast words',
    );
  });
  it('takes what is being ended for gone', () => {
    const pods = cache();
    pods.seePod(pod('a'), 'seen');
    pods.observed();
    pods.seePod(pod('a', { deletionTimestamp: '2026-01-01T00:00:00Z' }), 'seen');
    assert.equal(pods.observed()[0]?.state, 'gone');
  });
});
