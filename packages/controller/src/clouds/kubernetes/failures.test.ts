/** What a pod's state means: pairs of what the API shows and what is said of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Judgement } from './failures.ts';
import { judgePod, podLines } from './failures.ts';
import type { ContainerStatus, Pod, PodEvent } from './objects.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();
const meta = { name: 'p', namespace: 'ns', uid: 'u', resourceVersion: '1', creationTimestamp: at(-60) };

type State = NonNullable<ContainerStatus['state']>;
const waits = (reason: string, message?: string): State => ({ waiting: { reason, ...(message === undefined ? {} : { message }) } });
const ended = (reason: string, exitCode: number, message?: string): State => ({
  terminated: { reason, exitCode, ...(message === undefined ? {} : { message }) },
});
const running: State = { running: {} };
const unschedulable = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' };
const scheduled = { type: 'PodScheduled', status: 'True' };

function pod(status: Pod['status'], more: { readonly deletionTimestamp?: string; readonly nodeName?: string } = {}): Pod {
  const { deletionTimestamp, nodeName } = more;
  return {
    metadata: { ...meta, ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }) },
    spec: {
      containers: [
        { name: 'jnlp', image: 'agent' },
        { name: 'maven', image: 'maven:3' },
      ],
      ...(nodeName === undefined ? {} : { nodeName }),
    },
    ...(status === undefined ? {} : { status }),
  };
}
/** Of jnlp and maven. */
const containers = (jnlp: State, maven: State = running, more: Partial<ContainerStatus> = {}): Pod['status'] => ({
  phase: 'Pending',
  conditions: [scheduled],
  containerStatuses: [
    { name: 'jnlp', state: jnlp },
    { name: 'maven', state: maven, ...more },
  ],
});
function event(reason: string, message: string, more: Partial<PodEvent> = {}): PodEvent {
  return { metadata: { ...meta, uid: `e-${reason}` }, reason, message, type: 'Warning', involvedObject: { uid: 'u' }, lastTimestamp: at(0), ...more };
}
const pulls = (count: number): PodEvent[] => [event('Failed', 'Failed to pull image "maven:3": not found', { count })];

/** [what is seen, the pod, its events, state, outcome, part of what is said] */
const CASES: readonly (readonly [string, Pod, readonly PodEvent[], Judgement['state'], Judgement['outcome'], RegExp | null])[] = [
  ['nothing yet', pod(undefined), [], 'asked for', null, null],
  ['no node fits', pod({ phase: 'Pending', conditions: [unschedulable] }), [], 'asked for', null, /Pod \[Pending\]\[Unschedulable\] 0\/1 nodes/],
  ['a node, and nothing more', pod({ phase: 'Pending', conditions: [scheduled] }), [], 'scheduled', null, null],
  [
    'a volume that is not mounted',
    pod(containers(waits('ContainerCreating'))),
    [event('FailedMount', 'no such volume')],
    'scheduled',
    null,
    /\[FailedMount\] no such volume/,
  ],
  [
    'an image on its way',
    pod(containers(waits('ContainerCreating'))),
    [event('Pulling', 'Pulling image "maven:3"', { type: 'Normal' })],
    'pulling',
    null,
    /Pulling image/,
  ],
  [
    'an image pulled',
    pod(containers(waits('ContainerCreating'))),
    [event('Pulling', 'x', { type: 'Normal', lastTimestamp: at(-2) }), event('Pulled', 'x', { type: 'Normal' })],
    'scheduled',
    null,
    null,
  ],
  ['the agent up', pod(containers(running, waits('ContainerCreating'))), [], 'running', null, null],
  [
    'an image that failed once',
    pod(containers(running, waits('ErrImagePull', 'not found'))),
    pulls(1),
    'pulling',
    null,
    /Container \[maven\] waiting \[ErrImagePull\] not found/,
  ],
  ['an image that failed twice', pod(containers(running, waits('ImagePullBackOff'))), pulls(2), 'pulling', null, /ImagePullBackOff/],
  [
    'an image that failed three times',
    pod(containers(running, waits('ImagePullBackOff'))),
    pulls(3),
    'failed',
    'refused',
    /Unable to pull container image "maven:3"/,
  ],
  [
    'another image that failed',
    pod(containers(running, waits('ImagePullBackOff'))),
    [event('Failed', 'Failed to pull image "other"', { count: 9 })],
    'pulling',
    null,
    null,
  ],
  ['an image name that is none', pod(containers(running, waits('InvalidImageName', 'couldn’t parse'))), [], 'failed', 'refused', /InvalidImageName/],
  ['an image that may not be pulled', pod(containers(waits('ErrImageNeverPull'))), [], 'failed', 'refused', /ErrImageNeverPull/],
  [
    'our own secret, which comes later',
    pod(containers(waits('CreateContainerConfigError', 'secret "p" not found'))),
    [event('Failed', 'x', { count: 9, involvedObject: { fieldPath: 'spec.containers{jnlp}' } })],
    'scheduled',
    null,
    /CreateContainerConfigError/,
  ],
  [
    'a config map that is not there',
    pod(containers(running, waits('CreateContainerConfigError', 'configmap "c" not found'))),
    [event('Failed', 'x', { involvedObject: { fieldPath: 'spec.containers{maven}' } })],
    'scheduled',
    null,
    /configmap/,
  ],
  [
    'a config map that is never there',
    pod(containers(running, waits('CreateContainerConfigError', 'configmap "c" not found'))),
    [event('Failed', 'x', { count: 3, involvedObject: { fieldPath: 'spec.containers{maven}' } })],
    'failed',
    'refused',
    /configmap "c" not found/,
  ],
  ['a container that starts again', pod(containers(running, waits('CrashLoopBackOff'), { restartCount: 1 })), [], 'scheduled', null, /CrashLoopBackOff/],
  [
    'a container that starts again and again',
    pod(containers(running, waits('CrashLoopBackOff'), { restartCount: 3 })),
    [],
    'failed',
    'lost',
    /CrashLoopBackOff/,
  ],
  [
    'a command that is not there',
    pod(containers(running, ended('StartError', 128, 'exec: "oops": not found'))),
    [],
    'failed',
    'refused',
    /Container maven was terminated \(StartError, exit code 128\): exec: "oops"/,
  ],
  ['an agent that ended', pod(containers(ended('Error', 1))), [], 'failed', 'lost', /ns\/p Container jnlp was terminated \(Error, exit code 1\)/],
  [
    'memory that ran out',
    pod(containers(running, ended('OOMKilled', 137))),
    [],
    'failed',
    'ended',
    /Container maven was terminated \(OOMKilled, exit code 137\)/,
  ],
  ['a container that has done its work', pod(containers(running, ended('Completed', 0))), [], 'failed', 'ended', /Completed/],
  [
    'a deadline',
    pod({ phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active too long.' }),
    [],
    'failed',
    'ended',
    /Pod just failed\. Reason: DeadlineExceeded, Message: Pod was active too long\.$/,
  ],
  [
    'an eviction',
    pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }),
    [],
    'failed',
    'lost',
    /Reason: Evicted, Message: The node was low/,
  ],
  ['a node that shuts down', pod({ phase: 'Failed', reason: 'Shutdown' }), [], 'failed', 'lost', /Reason: Shutdown\.$/],
  ['no room on the node after all', pod({ phase: 'Failed', reason: 'OutOfcpu' }), [], 'failed', 'lost', /OutOfcpu/],
  [
    'an init container that failed',
    pod({ phase: 'Failed', reason: 'Error', initContainerStatuses: [{ name: 'i', state: ended('Error', 2) }] }),
    [],
    'failed',
    'lost',
    /Pod just failed/,
  ],
  [
    'an init container that waits',
    pod({ phase: 'Pending', conditions: [scheduled], initContainerStatuses: [{ name: 'i', state: waits('InvalidImageName') }] }),
    [],
    'failed',
    'refused',
    /Container \[i\]/,
  ],
  [
    'an init container that is done',
    pod({ phase: 'Pending', conditions: [scheduled], initContainerStatuses: [{ name: 'i', state: ended('Completed', 0) }] }),
    [],
    'scheduled',
    null,
    null,
  ],
  ['a deletion under way', pod(containers(running), { deletionTimestamp: at(20) }), [], 'running', null, /is being deleted/],
  [
    'a deletion, the containers ended',
    pod(containers(ended('Error', 143), ended('Error', 143)), { deletionTimestamp: at(20) }),
    [],
    'failed',
    'lost',
    /Pod ns\/p was deleted; cancelling node body$/,
  ],
  [
    'a deletion that nobody carries out: the node is gone',
    pod({ ...containers(running), reason: 'NodeLost' }, { deletionTimestamp: at(-6) }),
    [],
    'failed',
    'lost',
    /NodeLost/,
  ],
  [
    'an eviction through the API',
    pod(
      {
        ...containers(ended('Error', 143), ended('Error', 143)),
        conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' }],
      },
      { deletionTimestamp: at(20) },
    ),
    [],
    'failed',
    'lost',
    /Reason: EvictionByEvictionAPI, Message: Eviction API: evicting/,
  ],
];

describe('a pod with', () => {
  it('no node that fits has no capacity only where nothing makes room for it', () => {
    const judged = (nominatedNodeName: string): Judgement => judgePod(pod({ phase: 'Pending', conditions: [unschedulable], nominatedNodeName }), [], NOW);
    assert.deepEqual([judged('').noCapacity, judged('node-1').noCapacity], [true, undefined]);
  });
  for (const [what, shown, events, state, outcome, says] of CASES)
    it(what, () => {
      const judged = judgePod(shown, events, NOW);
      assert.deepEqual([judged.state, judged.outcome], [state, outcome], judged.why ?? '');
      if (says !== null) assert.match(judged.why ?? '', says);
    });
});

describe('the build’s log', () => {
  const texts = (shown: Pod, events: readonly PodEvent[] = []): string[] => podLines(shown, events).map((l) => l.text);
  it('is told of containers and conditions in the plug-in’s words', () => {
    const status = containers(waits('ContainerCreating'), waits('ErrImagePull', 'not found'));
    const conditions = [scheduled, { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [jnlp maven]' }];
    assert.deepEqual(
      texts(pod({ ...status, phase: 'Pending', conditions: [...conditions, { ...(conditions[1] as (typeof conditions)[1]), type: 'ContainersReady' }] })),
      [
        '[PodInfo] ns/p\n\tContainer [jnlp] waiting [ContainerCreating] No message\n\tContainer [maven] waiting [ErrImagePull] not found\n\tPod [Pending][ContainersNotReady] containers with unready status: [jnlp maven]',
      ],
    );
  });
  it('is told of warnings and pulls, each once', () => {
    const events = [
      event('FailedScheduling', 'no'),
      event('FailedScheduling', 'no', { count: 4 }),
      event('Started', 'x', { type: 'Normal' }),
      event('Pulling', 'p', { type: 'Normal' }),
    ];
    const lines = podLines(pod(undefined), events);
    assert.equal(new Set(lines.map((l) => l.key)).size, 2);
    assert.deepEqual([...new Set(lines.map((l) => l.text))], ['[Warning][ns/p][FailedScheduling] no', '[Normal][ns/p][Pulling] p']);
  });
  it('is told how long an image is waited for', () => {
    assert.match(
      texts(pod(containers(running, waits('ImagePullBackOff'))), pulls(1)).at(-1) ?? '',
      /Image pull backoff detected, .* Will wait for 2 more events/,
    );
  });
  it('is told nothing of a pod that runs', () => {
    assert.deepEqual(texts(pod({ phase: 'Running', containerStatuses: [{ name: 'jnlp', state: running }] })), []);
  });
});
