/** Pods of a real cluster that outlive their build: those that are kept to be looked at, and those that the next build gets. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../store/testing/databases.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { RIGHTS } from './check-rights.ts';
import type { KubernetesCloud } from './kubernetes-cloud.ts';
import type { Pod } from './objects.ts';
import { BUSYBOX, HOST, SKIP, TestCluster } from './testing/cluster.ts';

const KEPT = 'millrace.io/kept';
/** Fails when it is asked to end. */
const MORTAL = `[sh, -c, "trap 'exit 7' TERM; while :; do sleep 0.1; done"]`;

describe('a pod after its build', { skip: SKIP, concurrency: 4 }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  /** Of a namespace that the cloud is given by `*` alone. */
  let other: TestCluster;
  let server: TestServer;
  let cloud: KubernetesCloud;
  before(async () => {
    folder = new TestFolder();
    [cluster, other] = await Promise.all([TestCluster.open(), TestCluster.open()]);
    const port = await freePort();
    const rules = RIGHTS.map(({ resource, subresource, verbs }) => ({
      apiGroups: [''],
      resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
      verbs,
    }));
    cloud = cluster.cloud({
      ...(await cluster.account('everywhere', rules, { everywhere: true })),
      url: `http://${HOST}:${port}`,
      namespaces: ['*'],
      podRetention: 'onFailure',
      templates: [{ name: 'shared', labels: ['shared'], idleMinutes: 1 }],
    });
    await cloud.check();
    server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds: [cloud] });
  });
  after(async () => {
    await server.stop();
    await cluster.close();
    await other.close();
    folder.remove();
  });

  const script = (body: string, more = '', limits = '{}'): string =>
    `podTemplate(showRawYaml: false, ${more} yaml: """spec: {terminationGracePeriodSeconds: 1, containers: [
      {name: tools, image: ${BUSYBOX}, command: ${MORTAL}, resources: {limits: ${limits}}}]}""") { node(POD_LABEL) { ${body} } }`;
  /** Answers the pod once its node is given back: null where it goes. */
  const afterBuild = async (text: string, result: string, where = cluster): Promise<Pod | null> => {
    const build = await server.run(text);
    assert.equal(build.result, result, build.log);
    const name = /\nRunning on (\S+) in /.exec(build.log)?.[1] as string;
    await server.until(async () => (await server.store.db.selectFrom('nodes').select('id').where('name', '=', name).execute()).length === 0);
    const pod = (await where.pods()).find((p) => p.metadata.name === name) ?? null;
    return pod?.metadata.deletionTimestamp === undefined ? pod : null;
  };

  it('goes where nothing has failed, and is kept where one of its containers has, by the cloud’s own `onFailure`', async () => {
    const [good, bad] = await Promise.all([
      afterBuild(script(`container('tools') { sh 'true' }`), 'SUCCESS'),
      afterBuild(script(`container('tools') { sh 'kill 1; sleep 600' }`), 'ABORTED'),
    ]);
    assert.equal(good, null);
    assert.equal(bad?.metadata.labels?.[KEPT], 'onFailure');
    assert.equal(bad.metadata.labels['millrace.io/installation'], undefined, 'it counts for no limit any more, and nobody ends it');
    assert.equal(bad.status?.containerStatuses?.find((s) => s.name === 'tools')?.state?.terminated?.exitCode, 7);
  });

  it('is kept where its template says `always`, and goes where it says `never`, whatever the cloud says', async () => {
    const [always, never] = await Promise.all([
      afterBuild(script(`sh 'true'`, 'podRetention: always(),'), 'SUCCESS'),
      afterBuild(script(`container('tools') { sh 'kill 1; sleep 600' }`, 'podRetention: never(),'), 'ABORTED'),
    ]);
    assert.equal(always?.metadata.labels?.[KEPT], 'always');
    assert.equal(never, null);
    // Whoever has not heard that it is kept ends it again: nothing shows it to the cloud any more.
    await cloud.terminate(`${cluster.namespace}/${always.metadata.name}`);
    const still = (await cluster.pods()).find((p) => p.metadata.name === always.metadata.name);
    assert.deepEqual([still?.metadata.labels?.[KEPT], still?.metadata.deletionTimestamp], ['always', undefined]);
  });

  it('is kept where it was evicted and its template says `evicted`, and goes where it failed otherwise', async () => {
    // The limit is for this one alone: what the agent keeps in the pod counts too, and is beyond it at the kubelet's next look.
    const limits = '{ephemeral-storage: 1Mi}';
    const [evicted, failed] = await Promise.all([
      afterBuild(script(`container('tools') { sh 'dd if=/dev/zero of=/filler bs=1M count=30; sleep 600' }`, 'podRetention: evicted(),', limits), 'ABORTED'),
      afterBuild(script(`container('tools') { sh 'kill 1; sleep 600' }`, 'podRetention: evicted(),'), 'ABORTED'),
    ]);
    assert.equal(evicted?.metadata.labels?.[KEPT], 'evicted');
    assert.equal(evicted.status?.reason, 'Evicted');
    assert.equal(failed, null);
  });

  it('with `idleMinutes` is the next build’s, and ends when nobody has used it for so long', async () => {
    const text = `node('shared') { sh 'echo in $(hostname) after $(cat ../before 2>/dev/null)'; sh 'echo $BUILD_TAG > ../before' }`;
    const first = await server.run(text, 'first');
    assert.match(first.log, /\nin (kubernetes-shared-\w+) after\n/);
    const second = await server.run(text, 'second');
    assert.match(second.log, /\nin (kubernetes-shared-\w+) after jenkins-first-1\n/);
    const pods = async (): Promise<readonly Pod[]> =>
      (await cluster.pods()).filter((p) => p.metadata.name.startsWith('kubernetes-shared-') && p.metadata.deletionTimestamp === undefined);
    assert.equal((await pods()).length, 1);
    const { idle_since: since } = await idle();
    assert.ok(since !== null && since > Date.now() - 60_000);
    // A minute later.
    await server.store.write(async (tx, wakes) => {
      await tx
        .updateTable('nodes')
        .set({ idle_since: since - 60_000 })
        .where('name', 'like', 'kubernetes-shared-%')
        .execute();
      wakes.add('queue');
    });
    await server.until(async () => (await pods()).length === 0);
  });
  const idle = async (): Promise<{ idle_since: number | null }> => {
    const look = () => server.store.db.selectFrom('nodes').select('idle_since').where('name', 'like', 'kubernetes-shared-%').executeTakeFirstOrThrow();
    await server.until(async () => (await look()).idle_since !== null);
    return look();
  };

  it('was in any namespace that its template names, where the cloud is given all of them, and is lost and ended there as elsewhere', async () => {
    const where = `namespace: '${other.namespace}',`;
    const [good, bad] = await Promise.all([
      afterBuild(script(`container('tools') { sh 'true' }`, where), 'SUCCESS', other),
      afterBuild(script(`container('tools') { sh 'kill 1; sleep 600' }`, where), 'ABORTED', other),
    ]);
    assert.equal(good, null);
    assert.equal(bad?.metadata.namespace, other.namespace);
    assert.equal(bad.metadata.labels?.[KEPT], 'onFailure');
  });
});
