/** As many pods as builds wait for, hundreds at a time, and none when they are over: on hollow nodes of a real API server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { abortRunning } from '../../builds/stop-build.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { SKIP, TestCluster } from './testing/cluster.ts';
import { HOLLOW_TEMPLATE, hollowRoom } from './testing/hollow.ts';
import { PodClock } from './testing/pod-times.ts';

const BUILDS = 400;

describe('pods follow demand', { skip: SKIP }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer;
  before(async () => {
    folder = new TestFolder();
    cluster = await TestCluster.open();
    server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [cluster.cloud({ templates: [HOLLOW_TEMPLATE] })] });
  });
  after(async () => {
    await server.stop();
    await cluster.close();
    folder.remove();
  });

  it(`from 0 to ${BUILDS} and back to 0, with nothing left`, async (test) => {
    const room = await hollowRoom(cluster.api);
    if (room < BUILDS) {
      test.skip(`the cluster's hollow nodes have room for ${room} pods`);
      return;
    }
    const clock = new PodClock(cluster.api, cluster.namespace);
    const job = await server.job('many', `node('hollow') { error 'a hollow pod runs nothing' }`);
    const builds = await Promise.all(Array.from({ length: BUILDS }, () => server.start(job)));
    const count = async (table: 'leases' | 'nodes'): Promise<number> => (await server.store.db.selectFrom(table).select('id').execute()).length;
    await server.until(async () => clock.left === BUILDS && (await count('nodes')) === BUILDS, { ms: 600_000 });
    await server.store.write(async (tx, wakes) => {
      for (const id of builds) await abortRunning(tx, wakes, id, { by: 'test', hard: false });
    });
    await server.until(async () => clock.left === 0 && (await count('nodes')) === 0, { ms: 600_000 });
    assert.equal(clock.times.size, BUILDS, 'each build had one pod');
    assert.equal(clock.most, BUILDS);
    assert.equal(await count('leases'), 0);
    assert.deepEqual(await cluster.pods(), []);
    // Secrets go with their pods.
    const secrets = async (): Promise<number> =>
      (await cluster.api.json<{ readonly items: readonly { readonly type: string }[] }>(`/api/v1/namespaces/${cluster.namespace}/secrets`)).items.filter(
        (s) => s.type === 'Opaque',
      ).length;
    await server.until(async () => (await secrets()) === 0, { ms: 600_000 });
    clock.stop();
  });
});

describe('a chain of places', { skip: SKIP }, () => {
  it('is gone along where nothing has room for a pod, as its timeline tells', async (test) => {
    const folder = new TestFolder();
    const cluster = await TestCluster.open();
    const { spec } = HOLLOW_TEMPLATE.yaml;
    const places = [
      { name: 'missing', nodeSelector: { 'millrace.io/pool': 'missing' }, moveOn: { noCapacitySeconds: 0 } },
      { name: 'hollow', nodeSelector: spec.nodeSelector, tolerations: spec.tolerations },
    ];
    const templates = [{ ...HOLLOW_TEMPLATE, yaml: { spec: { ...spec, nodeSelector: {}, tolerations: [] } } }];
    const server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [cluster.cloud({ places, templates })] });
    test.after(async () => {
      await server.stop();
      await cluster.close();
      folder.remove();
    });
    if ((await hollowRoom(cluster.api)) === 0) {
      test.skip('the cluster has no hollow nodes');
      return;
    }
    const id = await server.trigger(`node('hollow') { error 'a hollow pod runs nothing' }`);
    await server.until(async () => (await cluster.pods()).some((p) => /^hollow-/.test(p.spec.nodeName ?? '') && p.status?.phase === 'Running'));
    const { timeline } = await server.store.db.selectFrom('leases').select('timeline').where('build_id', '=', id).executeTakeFirstOrThrow();
    assert.match(timeline, /is given up for kubernetes \(hollow\): there is no capacity for it: Pod \[Pending\]\[Unschedulable\]/);
    await server.until(async () => (await cluster.pods()).length === 1);
    await server.store.write(async (tx, wakes) => {
      await abortRunning(tx, wakes, id, { by: 'test', hard: false });
    });
    await server.until(async () => (await cluster.pods()).length === 0);
  });
});
