/**
 * Placeholders on a real cluster: they hold room, give it to a build's pod at once, and come again. The room is of a resource that
 * the node is said to have two of, so that nobody else on the cluster takes part.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../store/testing/databases.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import type { CloudTending } from '../cloud.ts';
import type { Pod } from './objects.ts';
import { HOST, SKIP, TestCluster } from './testing/cluster.ts';

const SLOTS = 2;
const TENDING: CloudTending = { images: async () => [], show: () => undefined };

describe('placeholders', { skip: SKIP }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer | null = null;
  let resource = '';
  let node = '';
  before(async () => {
    folder = new TestFolder();
    cluster = await TestCluster.open();
    resource = `millrace.io/slot-${cluster.namespace}`;
    await priorityClass('low', -5);
    await priorityClass('high', 5);
    const { items } = await cluster.api.json<{ readonly items: readonly Pod[] }>('/api/v1/nodes');
    node = items.find(({ metadata }) => metadata.labels?.['hollow'] === undefined)?.metadata.name as string;
    await room(String(SLOTS));
  });
  after(async () => {
    await server?.stop();
    await room(null);
    for (const name of ['low', 'high']) await cluster.api.json(`/apis/scheduling.k8s.io/v1/priorityclasses/${cluster.namespace}-${name}`, { method: 'DELETE' });
    await cluster.close();
    folder.remove();
  });

  async function priorityClass(name: string, value: number): Promise<void> {
    await cluster.api.json('/apis/scheduling.k8s.io/v1/priorityclasses', {
      method: 'POST',
      body: { metadata: { name: `${cluster.namespace}-${name}` }, value, preemptionPolicy: 'Never' },
    });
  }
  async function room(amount: string | null): Promise<void> {
    const status = { capacity: { [resource]: amount }, allocatable: { [resource]: amount } };
    await cluster.api.json(`/api/v1/nodes/${node}/status`, { method: 'PATCH', body: { status } });
  }
  async function start(more: { readonly [setting: string]: unknown }): Promise<void> {
    await server?.stop();
    const port = await freePort();
    const resources = { requests: { cpu: '10m', memory: '16Mi', [resource]: '1' }, limits: { [resource]: '1' } };
    const templates = [{ name: 'held', label: 'held', terminationGracePeriodSeconds: 1, yaml: { spec: { containers: [{ name: 'jnlp', resources }] } } }];
    const clouds = [cluster.cloud({ url: `http://${HOST}:${port}`, cap: 1, templates, ...more })];
    server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
  }
  const pool = (size: number, priority = 'low'): { readonly placeholders: readonly unknown[] } => ({
    placeholders: [{ template: 'held', size, priorityClass: `${cluster.namespace}-${priority}` }],
  });
  const placeholders = async (): Promise<Pod[]> => (await cluster.pods()).filter((p) => p.metadata.labels?.['millrace.io/placeholder'] !== undefined);
  const phases = async (): Promise<string> =>
    (await placeholders())
      .map((p) => p.status?.phase ?? '')
      .sort()
      .join(' ');
  const until = (condition: () => Promise<boolean>): Promise<void> =>
    (server as TestServer).until(condition, { seen: async () => JSON.stringify(await cluster.pods(), null, 1) });

  it('fill the room, give it to a build at once, wait meanwhile, and take it again', async () => {
    await start(pool(SLOTS));
    await until(async () => (await phases()) === 'Running Running');
    const id = await (server as TestServer).trigger(`node('held') { sh 'true'; input 'go on?' }`);
    await until(async () => (await (server as TestServer).store.db.selectFrom('leases').select('id').where('state', '=', 'held').execute()).length === 1);
    await until(async () => (await phases()) === 'Pending Running');
    const [row] = await (server as TestServer).store.db.selectFrom('leases').select('timeline').execute();
    assert.doesNotMatch(row?.timeline ?? '', /cloud-full|cloud-moved-on/);
    await until(async () => (await (server as TestServer).store.db.selectFrom('inputs').select('ask_id').execute()).length === 1);
    await (server as TestServer).answerInput(id, {});
    const build = await (server as TestServer).ended(id);
    assert.equal(build.result, 'SUCCESS', build.log);
    await until(async () => (await phases()) === 'Running Running');
  });

  it('are made anew in another shape, and become fewer', async () => {
    const before = new Set((await placeholders()).map((p) => p.metadata.uid));
    await start({ ...pool(1), podLabels: { team: 'a' } });
    await until(async () => {
      const [one, ...others] = await placeholders();
      return others.length === 0 && one?.status?.phase === 'Running' && !before.has(one.metadata.uid) && one.metadata.labels?.['team'] === 'a';
    });
  });

  it('make room where a quota is full', async () => {
    await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/resourcequotas`, {
      method: 'POST',
      body: { metadata: { name: 'q' }, spec: { hard: { pods: '1' } } },
    });
    try {
      const build = await (server as TestServer).run(`node('held') { sh 'true' }`, 'quota');
      assert.equal(build.result, 'SUCCESS', build.log);
    } finally {
      await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/resourcequotas/q`, { method: 'DELETE' });
    }
  });

  it('are not made of a class that is not low', async () => {
    await start(pool(1, 'high'));
    await until(async () => (await placeholders()).length === 0);
    await start({});
    // A quota that was deleted a moment ago may still be kept to: then none is made, and none is refused for its class.
    let said = '';
    await until(async () => {
      const cloud = cluster.cloud({ templates: [{ name: 'held', label: 'held' }], ...pool(1, 'high') });
      await cloud.tend(Date.now(), TENDING).catch((error: unknown) => {
        said = (error as Error).message;
      });
      cloud.close();
      return said !== '';
    });
    assert.match(said, /has the value 5; it has to be below 0/);
    assert.equal((await placeholders()).length, 0);
  });

  it('are gone when nobody wants them, and when nobody knows them', async () => {
    for (const left of [{}, { name: 'renamed' }]) {
      await start(pool(1));
      await until(async () => (await phases()) === 'Running');
      await start(left);
      await until(async () => (await placeholders()).length === 0);
    }
  });

  it('are the same for two controllers that tend them at once', async () => {
    const templates = [{ name: 'held', label: 'held' }];
    const two = [1, 2].map(() => cluster.cloud({ templates, ...pool(3) }));
    await Promise.all(two.map((cloud) => cloud.tend(Date.now(), TENDING)));
    assert.equal((await placeholders()).length, 3);
    const none = [1, 2].map(() => cluster.cloud({ templates }));
    await Promise.all(none.map((cloud) => cloud.tend(Date.now(), TENDING)));
    await until(async () => (await placeholders()).length === 0);
  });
});
