/** Caps of a namespace and of a folder, kept to as the API server sees it: a pod counts until it is away. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { BUSYBOX, SKIP, TestCluster } from './testing/cluster.ts';
import { PodClock } from './testing/pod-times.ts';

/** Its pods take their time to go. */
const IDLE = {
  name: 'idle',
  label: 'idle',
  agentInjection: false,
  terminationGracePeriodSeconds: 2,
  containers: [{ name: 'jnlp', image: BUSYBOX, command: 'sleep', args: '3600' }],
};

for (const [of, capsOf, words] of [
  [
    'a namespace',
    (namespace: string) => ({ namespaces: { [namespace]: 1 } }),
    /has as many nodes in the namespace test-\w+ as it may have \(caps\.namespaces: 1\)/,
  ],
  ['a folder', () => ({ folders: { team: 1 } }), /builds of the folder team have as many nodes of kubernetes as they may have \(caps\.folders: 1\)/],
] as const)
  describe(`the cap of ${of}`, { skip: SKIP }, () => {
    it('lets one pod be after the other, and says what the next one waits for', async (test) => {
      const folder = new TestFolder();
      const cluster = await TestCluster.open();
      const clock = new PodClock(cluster.api, cluster.namespace);
      const server = await TestServer.start({
        data: folder.path,
        builtIn: null,
        clouds: [cluster.cloud({ templates: [IDLE], caps: capsOf(cluster.namespace) })],
      });
      test.after(async () => {
        clock.stop();
        await server.stop();
        await cluster.close();
        folder.remove();
      });
      for (const name of ['team', 'team/deep']) await server.item('folder', name, {});
      const first = await server.trigger(`node('idle') { error 'nobody connects' }`, 'team/a');
      await server.until(async () => clock.left === 1);
      const second = await server.trigger(`node('idle') { error 'nobody connects' }`, 'team/deep/b');
      const timeline = async (): Promise<string> =>
        (await server.store.db.selectFrom('leases').select('timeline').where('build_id', '=', second).executeTakeFirst())?.timeline ?? '';
      await server.until(async () => words.test(await timeline()), { seen: timeline });
      await server.abort(first);
      await server.until(async () => clock.times.size === 2);
      await server.abort(second);
      await server.until(async () => clock.left === 0);
      assert.equal(clock.most, 1);
    });
  });
