/**
 * Image caches on a real cluster: a DaemonSet that really holds images on the node. ImageCache objects are in eci-caches.test.ts: the
 * API server of the tests' cluster, Kubernetes 1.20 built by a newer Go, does not live through a resource of another's definition.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../store/testing/databases.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import type { Beside, CloudTending, ImageUse } from '../cloud.ts';
import { CloudError } from '../cloud.ts';
import { CACHE_RIGHTS, RIGHTS } from './check-rights.ts';
import type { ObjectMeta, Pod } from './objects.ts';
import { AGENT_IMAGE, BUSYBOX, HOST, SKIP, TestCluster } from './testing/cluster.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const NOW = 20_000 * DAY;
const MISSING = 'local/no-such-image:1';

interface Kept {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly images?: readonly string[]; readonly template?: { readonly spec: Pod['spec'] } };
}
type Cache = Beside['imageCaches'][number];

/** Answers what was shown. */
async function tend(cloud: { tend(at: number, tending: CloudTending): Promise<void> }, at: number, ...used: string[]): Promise<Cache | undefined> {
  const uses: ImageUse[] = used.map((image, i) => ({ image, uses: used.length - i, lastUsedAt: NOW }));
  let seen: Beside | null = null;
  await cloud.tend(at, {
    images: async () => uses,
    show: (beside) => {
      seen = beside;
    },
  });
  return (seen as Beside | null)?.imageCaches[0];
}

describe('the image cache of kind daemonset', { skip: SKIP }, () => {
  let cluster: TestCluster;
  before(async () => {
    cluster = await TestCluster.open();
  });
  after(() => cluster.close());
  const sets = async (): Promise<readonly Kept[]> =>
    (await cluster.api.json<{ readonly items: readonly Kept[] }>(`/apis/apps/v1/namespaces/${cluster.namespace}/daemonsets`)).items;
  const until = async (cloud: ReturnType<TestCluster['cloud']>, is: (cache: Cache | undefined) => boolean, ...used: string[]): Promise<Cache | undefined> => {
    for (let at = NOW; ; at += MINUTE) {
      const cache = await tend(cloud, at, ...used);
      if (is(cache)) return cache;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  const settings = { imageCaches: [{ kind: 'daemonset', most: 3, nodeSelector: { 'kubernetes.io/os': 'linux' } }] };

  it('holds the images that are used, and one that cannot be had keeps none away', async () => {
    const cloud = cluster.cloud(settings);
    assert.equal((await tend(cloud, NOW))?.phase, 'none');
    const failed = await until(cloud, (c) => c?.phase === 'failed' && c.images.some((i) => i.problem !== null), MISSING, BUSYBOX, AGENT_IMAGE);
    assert.deepEqual(
      failed?.images.map(({ image, uses, problem }) => [image, uses, problem === null]),
      [
        [BUSYBOX, 2, true],
        [AGENT_IMAGE, 1, true],
        [MISSING, 3, false],
      ].sort(),
    );
    assert.match(failed?.images.find((i) => i.image === MISSING)?.problem ?? '', /ErrImagePull|ImagePullBackOff/);
    const [pod] = await cluster.pods();
    const running = pod?.status?.containerStatuses?.filter((s) => s.state?.running !== undefined).map((s) => s.image);
    assert.deepEqual(running?.length, 2, 'the others run');
  });

  it('is changed only where the list is, and is ready', async () => {
    const cloud = cluster.cloud(settings);
    const ready = await until(cloud, (c) => c?.phase === 'ready', AGENT_IMAGE, BUSYBOX);
    assert.match(ready?.detail ?? '', /^all images on (\d+) of \1 nodes$/);
    const [before] = await sets();
    const version = before?.metadata.resourceVersion;
    // The next one, and another controller, in the other order.
    await tend(cluster.cloud(settings), NOW, BUSYBOX, AGENT_IMAGE);
    assert.equal((await sets())[0]?.metadata.resourceVersion, version);
    await tend(cluster.cloud({ imageCaches: [{ kind: 'daemonset', most: 3 }] }), NOW, BUSYBOX);
    const [after] = await sets();
    assert.deepEqual(
      after?.spec.template?.spec.containers.map((c) => c.image),
      [BUSYBOX],
    );
    const spec = after?.spec.template?.spec as { readonly nodeSelector?: object } | undefined;
    assert.deepEqual(spec?.nodeSelector ?? {}, {});
  });

  it('is gone without the setting, and with its cloud', async () => {
    for (const more of [{}, { name: 'renamed' }]) {
      await tend(cluster.cloud(settings), NOW, BUSYBOX);
      assert.equal((await sets()).length, 1);
      await tend(cluster.cloud(more), NOW);
      assert.equal((await sets()).length, 0);
    }
  });

  it('needs a right that the connection test names, and no more', async () => {
    const rule = (group: string, { resource, subresource, verbs }: { resource: string; subresource?: string; verbs: readonly string[] }): unknown => ({
      apiGroups: [group],
      resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
      verbs,
    });
    const plain = RIGHTS.map((r) => rule('', r));
    const poor = await cluster.account('cacheless', plain);
    await assert.rejects(
      cluster.cloud({ ...poor, ...settings }).check(),
      (e) => e instanceof CloudError && /for image caches in the namespace ‘test-\w+’: daemonsets: list, create, update, delete$/.test(e.message),
    );
    // Without the setting nobody misses it.
    await tend(cluster.cloud(poor), NOW);
    const enough = cluster.cloud({ ...(await cluster.account('cacher', [...plain, rule('apps', CACHE_RIGHTS.daemonset)])), ...settings });
    await enough.check();
    await tend(enough, NOW, BUSYBOX);
    await tend(enough, NOW + MINUTE, AGENT_IMAGE);
    assert.equal((await sets()).length, 1);
  });

  it('is made from what builds have used', async (test) => {
    const folder = new TestFolder();
    const port = await freePort();
    const clouds = [cluster.cloud({ name: 'used', url: `http://${HOST}:${port}`, imageCaches: [{ kind: 'daemonset', most: 5 }] })];
    const server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
    test.after(async () => {
      await server.stop();
      folder.remove();
    });
    const build = await server.run(
      `podTemplate(containers: [containerTemplate(name: 'b', image: '${BUSYBOX}', command: 'sleep', args: '600')]) { node(POD_LABEL) { sh 'true' } }`,
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    const rows = await server.store.db.selectFrom('image_uses').select(['cloud', 'image', 'uses']).execute();
    assert.deepEqual(rows.map((r) => `${r.cloud} ${r.image} ${r.uses}`).sort(), [BUSYBOX, AGENT_IMAGE].map((image) => `used ${image} 1`).sort());
  });
});

describe('the image cache of kind eci', { skip: SKIP }, () => {
  let cluster: TestCluster;
  before(async () => {
    cluster = await TestCluster.open();
  });
  after(() => cluster.close());
  const settings = { imageCaches: [{ kind: 'eci', most: 2 }] };

  it('says so where the cluster knows no such objects', async () => {
    await assert.rejects(tend(cluster.cloud(settings), NOW, BUSYBOX), /the cluster knows no ImageCache \(eci\.alibabacloud\.com\/v1\)/);
    await tend(cluster.cloud(), NOW);
  });

  it('is used by pods, which say so', async () => {
    const cloud = cluster.cloud({
      ...settings,
      templates: [{ name: 'idle', label: 'idle', agentInjection: false, containers: [{ name: 'jnlp', image: BUSYBOX }] }],
    });
    const ask = { name: 'eci-1', secret: 'x', url: 'http://127.0.0.1:9', template: 'idle', place: null, requestId: null, job: null, pod: null };
    const { ref, images } = await cloud.provision(ask);
    const [pod] = await cluster.pods();
    assert.equal(pod?.metadata.annotations?.['k8s.aliyun.com/eci-image-cache'], 'true');
    assert.deepEqual(images, [BUSYBOX]);
    await cloud.terminate(ref);
  });

  it('needs rights on the whole cluster, which the connection test names', async () => {
    const rules = RIGHTS.map(({ resource, subresource, verbs }) => ({
      apiGroups: [''],
      resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
      verbs,
    }));
    const cloud = cluster.cloud({ ...(await cluster.account('eciless', rules)), ...settings });
    await assert.rejects(
      cloud.check(),
      (e) => e instanceof CloudError && /for image caches in the whole cluster: imagecaches: list, create, delete$/.test(e.message),
    );
  });
});
