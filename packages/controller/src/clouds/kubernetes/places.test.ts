/** What places add to a pod, and what of them a cloud offers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Demand } from '../cloud.ts';
import { CloudError } from '../cloud.ts';
import { KubernetesCloud } from './kubernetes-cloud.ts';
import { atPlace, placeSchema } from './places.ts';
import { readKubernetesSettings } from './settings.ts';

const PLACES = [
  { name: 'spot', nodeSelector: { pool: 'spot' }, tolerations: [{ key: 'spot', operator: 'Exists' }], moveOn: { noCapacitySeconds: 0 } },
  { name: 'serverless', profile: 'alibaba-eci' },
];
function cloud(more: object): KubernetesCloud {
  const settings = { kind: 'kubernetes', name: 'main', agentImage: 'agent', namespace: 'ci', ...more };
  return new KubernetesCloud(readKubernetesSettings(settings, '/'), { installation: 'i', folder: '/', onError: assert.ifError });
}
function demand(pod: string | null, asked: string | null = null): Demand {
  const build = { url: 'http://x/job/j/1/', path: 'job/j/1/' };
  return { label: pod ?? 'small', job: 'j', pod: pod === null ? null : { key: '1 1', label: pod, cloud: asked, data: {}, build } };
}

describe('a place', () => {
  const cases: readonly [string, object, object, object][] = [
    [
      'adds its selector and tolerations',
      { nodeSelector: { pool: 'spot' }, tolerations: [{ key: 'spot', operator: 'Exists' }] },
      { metadata: {}, spec: { tolerations: [{ key: 'own' }] } },
      {
        metadata: { labels: {}, annotations: {} },
        spec: { nodeSelector: { pool: 'spot' }, tolerations: [{ key: 'own' }, { key: 'spot', operator: 'Exists' }] },
      },
    ],
    [
      'gives way to what the template says',
      { nodeSelector: { pool: 'spot', disk: 'ssd' }, annotations: { a: 'place' } },
      { metadata: { annotations: { a: 'own' } }, spec: { nodeSelector: { pool: 'own' } } },
      { metadata: { labels: {}, annotations: { a: 'own' } }, spec: { nodeSelector: { pool: 'own', disk: 'ssd' } } },
    ],
    [
      'is of a kind of virtual kubelet',
      { profile: 'azure-aci', tolerations: [{ key: 'azure.com/aci', effect: 'NoSchedule' }] },
      { metadata: {}, spec: {} },
      {
        metadata: { labels: {}, annotations: {} },
        spec: {
          nodeSelector: { type: 'virtual-kubelet' },
          tolerations: [
            { key: 'virtual-kubelet.io/provider', operator: 'Exists' },
            { key: 'azure.com/aci', effect: 'NoSchedule' },
          ],
        },
      },
    ],
    [
      'marks the pod for those that go by labels',
      { profile: 'alibaba-eci' },
      { metadata: { labels: { own: 'x' } }, spec: {} },
      {
        metadata: { labels: { 'alibabacloud.com/eci': 'true', own: 'x' }, annotations: {} },
        spec: { tolerations: [{ key: 'virtual-kubelet.io/provider', operator: 'Equal', value: 'alibabacloud', effect: 'NoSchedule' }] },
      },
    ],
    [
      'adds nothing that it does not say',
      {},
      { metadata: {}, spec: { containers: [] } },
      { metadata: { labels: {}, annotations: {} }, spec: { containers: [] } },
    ],
  ];
  for (const [title, place, manifest, expected] of cases)
    it(title, () => {
      assert.deepEqual(atPlace(manifest as never, placeSchema.parse({ name: 'p', ...place })), expected);
    });
});

describe('a cloud with places', () => {
  it('offers each template at each of them, in order', () => {
    const offers = cloud({ places: PLACES, templates: [{ name: 'small', label: 'small' }] }).plan(demand(null));
    assert.deepEqual(
      offers.map((o) => [o.template, o.place, o.moveOn]),
      [
        ['small', 'spot', { noCapacitySeconds: 0 }],
        ['small', 'serverless', {}],
      ],
    );
  });
  it('offers a template that names its places at those alone, in its order', () => {
    const templates = [{ name: 'small', label: 'small', places: ['serverless'] }];
    assert.deepEqual(
      cloud({ places: PLACES, templates })
        .plan(demand(null))
        .map((o) => o.place),
      ['serverless'],
    );
  });
  it('offers pods of pipelines at all of them', () => {
    const offers = cloud({ places: PLACES }).plan(demand('pod'));
    assert.deepEqual(
      offers.map((o) => [o.template, o.place]),
      [
        ['pod', 'spot'],
        ['pod', 'serverless'],
      ],
    );
  });
  it('has one place without a name, and leaves it by the condition of the cloud', () => {
    assert.deepEqual(
      cloud({ moveOn: { pendingSeconds: 30 } })
        .plan(demand('pod'))
        .map((o) => [o.place, o.moveOn]),
      [[undefined, { pendingSeconds: 30 }]],
    );
  });
  it('stands in for another cloud that a pipeline names', () => {
    assert.equal(cloud({}).plan(demand('pod', 'other')).length, 0);
    assert.equal(cloud({ standsInFor: ['other'] }).plan(demand('pod', 'other')).length, 1);
  });
  const wrong: readonly [object, RegExp][] = [
    [{ places: [{ name: 'a' }, { name: 'a' }] }, /places: there are two with the name ‘a’/],
    [{ places: [{ name: 'a' }], templates: [{ name: 't', places: ['b'] }] }, /templates\.t\.places: there is no place ‘b’/],
    [{ places: [{ name: 'a', profile: 'moon' }] }, /places\.0\.profile/],
    [{ places: [{ name: 'a', moveOn: { pendingSeconds: 0 } }] }, /places\.0\.moveOn\.pendingSeconds/],
    [{ places: [{ name: 'a' }], moveOn: {} }, /moveOn: .*places/],
  ];
  for (const [settings, message] of wrong)
    it(`refuses ${JSON.stringify(settings)}`, () => {
      assert.throws(
        () => cloud(settings),
        (e) => e instanceof CloudError && message.test(e.message),
      );
    });
});
