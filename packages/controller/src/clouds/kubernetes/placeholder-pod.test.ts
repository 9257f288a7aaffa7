/** What a placeholder takes of a template's pod, and what it leaves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fields } from './arguments.ts';
import { placeholderPod } from './placeholder-pod.ts';

const POD: Fields = {
  metadata: {
    name: 'x',
    namespace: 'builds',
    labels: { team: 'a', 'alibabacloud.com/x': 'y', 'millrace.io/node': 'x', 'millrace.io/cloud': 'k', 'jenkins/label': 'small' },
    annotations: { note: 'n', 'millrace.io/template': 'small', buildUrl: 'u' },
  },
  spec: {
    nodeSelector: { pool: 'spot' },
    tolerations: [{ key: 'spot', operator: 'Exists' }],
    serviceAccountName: 'deployer',
    hostNetwork: true,
    activeDeadlineSeconds: 5,
    volumes: [{ name: 'm2', persistentVolumeClaim: { claimName: 'm2' } }],
    initContainers: [{ name: 'i', image: 'i:1', resources: { requests: { memory: '2Gi' } } }],
    containers: [
      { name: 'jnlp', image: 'agent:1', resources: { requests: { cpu: '100m' } }, env: [{ name: 'A', value: 'b' }] },
      { name: 'dind', image: 'dind:1', securityContext: { privileged: true }, resources: { requests: { cpu: '2' }, limits: { cpu: '2' } } },
    ],
  },
};
const CONTEXT = { cloud: 'k', installation: 'i', template: 'Small pod', place: 'spot', agentImage: 'agent:1', priorityClass: 'low' };
const make = (number = 0, more: Partial<typeof CONTEXT> = {}): any => placeholderPod(POD, number, { ...CONTEXT, ...more });

describe('a placeholder', () => {
  it('asks for what the pod asks for, where that runs', () => {
    const { spec } = make();
    assert.deepEqual(
      spec.containers.map((c: any) => [c.image, c.resources]),
      [
        ['agent:1', { requests: { cpu: '100m' } }],
        ['agent:1', { requests: { cpu: '2' }, limits: { cpu: '2' } }],
      ],
    );
    assert.deepEqual(spec.initContainers[0].resources, { requests: { memory: '2Gi' } });
    assert.deepEqual([spec.nodeSelector, spec.tolerations], [{ pool: 'spot' }, [{ key: 'spot', operator: 'Exists' }]]);
    assert.equal(spec.priorityClassName, 'low');
  });
  it('may do nothing, and has nothing of a build', () => {
    const { spec } = make();
    for (const name of ['serviceAccountName', 'hostNetwork', 'activeDeadlineSeconds', 'volumes']) assert.equal(spec[name], undefined);
    for (const c of [...spec.containers, ...spec.initContainers]) {
      assert.equal(c.env, undefined);
      assert.deepEqual(c.securityContext, { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
    assert.equal(spec.automountServiceAccountToken, false);
  });
  it('is no node by its marks', () => {
    const { metadata } = make();
    assert.deepEqual(metadata.labels, { team: 'a', 'alibabacloud.com/x': 'y', 'millrace.io/installation': 'i', 'millrace.io/placeholder': 'k' });
    assert.deepEqual(Object.keys(metadata.annotations).sort(), ['cluster-autoscaler.kubernetes.io/safe-to-evict', 'millrace.io/shape', 'note']);
  });
  it('has a name of its own that stays, and another shape where anything is different', () => {
    assert.match(make().metadata.name, /^small-pod-placeholder-[0-9a-f]{10}-0$/);
    assert.equal(make().metadata.name, make().metadata.name);
    const names = [make(), make(1), make(0, { place: 'other' }), make(0, { installation: 'j' })].map((m) => m.metadata.name);
    assert.equal(new Set(names).size, 4);
    const shape = (m: any): string => m.metadata.annotations['millrace.io/shape'];
    assert.equal(shape(make()), shape(make()));
    assert.notEqual(shape(make()), shape(make(0, { priorityClass: 'lower' })));
  });
});
