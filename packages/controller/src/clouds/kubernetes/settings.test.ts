/** A cloud's settings: what is refused, and with which place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloudError } from '../cloud.ts';
import { CLOUDS, openClouds } from '../registry.ts';
import { readKubernetesSettings } from './settings.ts';

const base = { kind: 'kubernetes', name: 'k', agentImage: 'agent:1' };
const read = (more: { readonly [name: string]: unknown }) => readKubernetesSettings({ ...base, ...more }, '/etc/millrace');

const WRONG: readonly (readonly [string, { readonly [name: string]: unknown }, RegExp])[] = [
  ['an unknown name', { namspace: 'x' }, /clouds: k: .*namspace/],
  ['no image', { agentImage: undefined }, /clouds: k: agentImage/],
  ['a server and a kubeconfig', { server: 'https://k.test', kubeconfig: 'k' }, /either a kubeconfig or a server/],
  ['a cap that is none', { cap: 0 }, /cap/],
  ['a number of runs that is none', { retries: 0 }, /retries/],
  [
    'a cap of a namespace that it does not use',
    { namespace: 'b', caps: { namespaces: { x: 1 } } },
    /caps\.namespaces\.x: the cloud does not use that namespace, only b/,
  ],
  ['a cap of a namespace without a namespace', { caps: { namespaces: { x: 1 } } }, /caps\.namespaces: needs ‘namespace’/],
  ['a cap of a folder that is none', { caps: { folders: { team: 0 } } }, /caps\.folders\.team: /],
  ['a cap of what is no folder', { caps: { folders: { '/team/': 2 } } }, /caps\.folders.*must be the full name of a folder/],
  ['a cap of something else', { caps: { jobs: { team: 2 } } }, /caps: .*jobs/],
  ['placeholders of a template that is not there', { placeholders: [{ template: 'x', size: 1 }] }, /placeholders: there is no template ‘x’/],
  [
    'placeholders at a place that the template does not have',
    { places: [{ name: 'p' }], templates: [{ name: 'x' }], placeholders: [{ template: 'x', place: 'q' }] },
    /placeholders: ‘x’ has no place ‘q’/,
  ],
  [
    'placeholders where there are no nodes',
    { places: [{ name: 'p', profile: 'alibaba-eci' }], templates: [{ name: 'x' }], placeholders: [{ template: 'x' }] },
    /placeholders: ‘p’ has the profile alibaba-eci: there are no nodes/,
  ],
  [
    'placeholders that are given twice',
    { places: [{ name: 'p' }], templates: [{ name: 'x' }], placeholders: [{ template: 'x' }, { template: 'x', place: 'p' }] },
    /placeholders: there are two for ‘x’ at ‘p’/,
  ],
  ['two image caches of a kind', { imageCaches: [{ kind: 'eci' }, { kind: 'eci' }] }, /imageCaches: there are two of a kind/],
  ['an image cache of no kind', { imageCaches: [{ kind: 'registry' }] }, /imageCaches\.0\.kind: /],
  ['a secret of ECI without its namespace', { imageCaches: [{ kind: 'eci', imagePullSecrets: ['x'] }] }, /imagePullSecrets\.0: must be namespace:secret/],
  ['a retention that is none', { podRetention: 'sometimes' }, /podRetention/],
  ['a template without a name', { templates: [{ label: 'x' }] }, /templates\.0\.name: must be text/],
  ['two templates of a name', { templates: [{ name: 'x' }, { name: 'x' }] }, /two templates with the name ‘x’/],
  ['an unknown argument of a template', { templates: [{ name: 'x', imag: 'y' }] }, /templates\.0\.imag: is not known here/],
  ['a wrong argument of a template', { templates: [{ name: 'x', idleMinutes: 'soon' }] }, /templates\.x\.idleMinutes must be a whole number/],
  ['a default that is not there', { defaultTemplate: 'x' }, /there is no template ‘x’/],
];

describe('settings of a Kubernetes cloud', () => {
  it('have paths relative to the configuration, and labels as a list', () => {
    const { kubeconfig, templates } = read({
      kubeconfig: 'kube/config',
      templates: [{ name: 'x', labels: ['a', 'b'], yaml: { spec: { hostNetwork: true } } }],
    });
    assert.equal(kubeconfig, '/etc/millrace/kube/config');
    assert.equal(templates.get('x')?.label, 'a b');
    assert.deepEqual(templates.get('x')?.yamls, [{ spec: { hostNetwork: true } }]);
  });
  for (const [what, more, message] of WRONG)
    it(`are refused with ${what}`, () => {
      assert.throws(
        () => read(more),
        (e) => e instanceof CloudError && e.code === 'MR_CLOUD_REFUSED' && message.test(e.message),
      );
    });

  it('make clouds, each kind by itself', async () => {
    const context = { installation: 'i', folder: '/', onError: () => undefined };
    const templates = [
      { name: 'base', containers: [{ name: 'x', image: 'y' }] },
      { name: 'big', labels: ['big'], inheritFrom: 'base', instanceCap: 3, idleMinutes: 5 },
    ];
    const [cloud] = await openClouds(CLOUDS, [{ ...base, server: 'https://k.test', templates }], context);
    assert.deepEqual(cloud?.plan({ label: 'big', job: 'j', pod: null }), [
      { template: 'big', labels: ['big'], executors: 1, mode: 'normal', idleMinutes: 5, cap: 3, connectSeconds: 1_000, namespace: 'default' },
    ]);
    const [again] = await openClouds(CLOUDS, [{ ...base, server: 'https://k.test', retries: 2, templates }], context);
    assert.equal(again?.plan({ label: 'big', job: 'j', pod: null })[0]?.retries, 2);
    await assert.rejects(openClouds(CLOUDS, [{ kind: 'mesos', name: 'm' }], context), /there is no kind ‘mesos’, only kubernetes/);
    await assert.rejects(openClouds(CLOUDS, [base, base], context), /two with the name ‘k’/);
  });
});
