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
function cache(now = Date.parse('2026-01-01T00:00:00Z')): PodCache {
  return new PodCache({ cloud: 'kubernetes', now: () => now, changed: () => undefined, logsOf: async () => '', isEnding: () => true });
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
  it('tells what the log of the build that waits is to be told', () => {
    const pods = cache();
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' }];
    pods.seePod({ ...pod('a'), status: { phase: 'Pending', conditions } }, 'seen');
    assert.deepEqual(
      pods.observed()[0]?.lines?.map((l) => l.text),
      ['[PodInfo] ci/pod-a\n\tPod [Pending][Unschedulable] 0/1 nodes are available'],
    );
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
  it('counts a pod by its marks until it is away, or its node must be lost', () => {
    const marks = { labels: { 'millrace.io/cloud': 'kubernetes' }, annotations: { 'millrace.io/template': 'small', 'millrace.io/job': 'team/app' } };
    const counted = { isOwn: true, template: 'small', namespace: 'ci', job: 'team/app' };
    const going = pod('a', { ...marks, deletionTimestamp: '2026-01-01T00:00:00Z' });
    for (const [seconds, expected] of [
      [60, counted],
      [61, null],
    ] as const) {
      const pods = cache(Date.parse('2026-01-01T00:00:00Z') + seconds * 1_000);
      pods.seePod(going, 'seen');
      assert.deepEqual(pods.observed()[0]?.counted, expected);
    }
    const pods = cache();
    pods.seePod(pod('a', marks), 'seen');
    assert.deepEqual(pods.observed()[0]?.counted, counted);
    pods.seePod(pod('a', marks), 'gone');
    assert.equal(pods.observed()[0]?.counted, null);
  });
});
