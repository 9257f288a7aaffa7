/** Accounts of a real cluster: what the connection test says of their rights, and pods made with no more than those. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloudError, ContainerError } from '../cloud.ts';
import { RIGHTS } from './check-rights.ts';
import { BUSYBOX, SKIP, TestCluster } from './testing/cluster.ts';

const rulesOf = (which: typeof RIGHTS): unknown[] =>
  which.map(({ resource, subresource, verbs }) => ({
    apiGroups: [''],
    resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
    verbs,
  }));
const templates = [
  { name: 'idle', label: 'idle', agentInjection: false, containers: [{ name: 'jnlp', image: BUSYBOX, command: 'sleep', args: '3600' }] },
  {
    name: 'twice',
    inheritFrom: 'idle',
    label: 'twice',
    yaml: `spec: {containers: [{name: second, image: ${BUSYBOX}, command: [sleep, '3600']}, {name: third, image: no.such/image, imagePullPolicy: IfNotPresent}]}`,
  },
];
const ask = (name: string, template = 'idle') => ({
  name,
  secret: 'x',
  url: 'http://127.0.0.1:9',
  template,
  place: null,
  requestId: null,
  job: null,
  pod: null,
});

describe('a cloud', { skip: SKIP }, () => {
  let cluster: TestCluster;
  before(async () => {
    cluster = await TestCluster.open();
  });
  after(() => cluster.close());

  it('is told by name which rights its account lacks', async () => {
    const some = RIGHTS.filter((r) => r.subresource !== 'exec').map((r) => ({ ...r, verbs: r.verbs.filter((v) => v !== 'watch') }));
    const cloud = cluster.cloud(await cluster.account('poor', rulesOf(some)));
    await assert.rejects(cloud.check(), (e) => {
      assert.ok(e instanceof CloudError && e.code === 'MR_CLOUD_REFUSED');
      assert.match(e.message, new RegExp(`in the namespace ‘${cluster.namespace}’: pods: watch; pods/exec: create, get; events: watch$`));
      return true;
    });
  });

  it('says so where nobody knows its token', async () => {
    const cloud = cluster.cloud({ ...(await cluster.account('stranger', [])), token: 'none' });
    await assert.rejects(cloud.check(), (e) => e instanceof CloudError && e.code === 'MR_CLOUD_REFUSED' && e.retryable && /Unauthorized/.test(e.message));
  });

  it('needs no more than the documented rights, and no right on the whole cluster', async () => {
    const cloud = cluster.cloud({ ...(await cluster.account('enough', rulesOf(RIGHTS))), templates });
    await cloud.check();
    const { ref } = await cloud.provision(ask('enough-1'));
    assert.deepEqual(
      (await cloud.observe()).map((o) => o.ref),
      [ref],
    );
    await cloud.terminate(ref);
  });

  it('refuses what the API refuses, and makes no pod without its secret', async () => {
    const rights = RIGHTS.filter((r) => r.resource !== 'secrets');
    const cloud = cluster.cloud({ ...(await cluster.account('secretless', rulesOf(rights))), templates });
    await assert.rejects(cloud.provision(ask('secretless-1')), (e) => e instanceof CloudError && e.code === 'MR_CLOUD_REFUSED' && /secrets/.test(e.message));
    for (const pod of await cluster.pods()) if (pod.metadata.name === 'secretless-1') assert.notEqual(pod.metadata.deletionTimestamp, undefined);
  });

  it('has no room where a quota is full, and room again when it is raised', async () => {
    const path = `/api/v1/namespaces/${cluster.namespace}/resourcequotas`;
    const used = (await cluster.pods()).length;
    await cluster.api.json(path, { method: 'POST', body: { metadata: { name: 'q' }, spec: { hard: { 'count/configmaps': '100', pods: String(used) } } } });
    const cloud = cluster.cloud({ templates });
    // The quota holds once it has been counted.
    for (let n = 0; ; n++)
      try {
        const { ref } = await cloud.provision(ask(`quota-${n}`));
        await cloud.terminate(ref);
      } catch (e) {
        assert.ok(e instanceof CloudError && e.code === 'MR_CLOUD_CAPACITY' && e.retryable, String(e));
        assert.match(e.message, /exceeded quota: q/);
        break;
      }
    await cluster.api.json(`${path}/q`, { method: 'DELETE' });
    await cloud.terminate((await cloud.provision(ask('quota-after'))).ref);
  });

  it('does not use namespaces that nobody gave it', async () => {
    const cloud = cluster.cloud({ templates: [{ ...templates[0], namespace: 'default' }] });
    await assert.rejects(cloud.provision(ask('elsewhere')), /does not use the namespace ‘default’/);
  });

  it('tells which containers can be entered', async () => {
    const cloud = cluster.cloud({ templates });
    const { ref } = await cloud.provision(ask('enter', 'twice'));
    const is = (code: string, words: RegExp) => (e: unknown) =>
      (e instanceof ContainerError || e instanceof CloudError) && e.code === code && words.test(e.message);
    await assert.rejects(cloud.enter(ref, 'fourth'), is('MR_CONTAINER_UNKNOWN', /it has second, third, jnlp/));
    await assert.rejects(cloud.enter(ref, 'third'), is('MR_CLOUD_AWAY', /‘third’ does not run yet/));
    for (;;)
      try {
        await cloud.enter(ref, 'second');
        assert.fail('there is no agent that has put a runner there');
      } catch (e) {
        if (is('MR_CLOUD_AWAY', /does not run yet/)(e)) continue;
        assert.ok(is('MR_CLOUD_AWAY', /cannot be entered: .*busybox/)(e), String(e));
        break;
      }
    await cloud.terminate(ref);
    await assert.rejects(cloud.enter('x/none', 'jnlp'), is('MR_CLOUD_AWAY', /about to be given up: the pod x\/none is gone/));
  });
});
