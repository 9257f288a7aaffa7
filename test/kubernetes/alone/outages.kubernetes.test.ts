/**
 * The API server and the kubelet of a real cluster die under running steps, and come back: the steps, in the agent's container and
 * in another one, go on and end once; what is new waits, says why, and comes. Alone: everything else on the cluster needs them too.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { BUSYBOX, HOST, TestCluster } from '../../../packages/controller/src/clouds/kubernetes/testing/cluster.ts';
import { agentContainer } from '../../../packages/controller/src/clouds/kubernetes/testing/pod-processes.ts';
import { freePort } from '../../../packages/controller/src/store/testing/databases.ts';
import { TestFolder, TestServer } from '../../../packages/controller/src/testing/test-controller.ts';
import { ClusterPrograms, SKIP } from './cluster-programs.ts';

const WORKSPACE = '/home/jenkins/agent/workspace';
/** Counts aloud until it may end, and notes that it was begun. */
const counting = (name: string): string =>
  `echo begun >> ran-${name}; i=0; while [ ! -e go ]; do i=$((i+1)); echo ${name} $i; sleep 0.2; done; echo ${name} ran $(wc -l < ran-${name}) times`;
const STEPS = `
  podTemplate(showRawYaml: false, containers: [
    containerTemplate(name: 'tools', image: '${BUSYBOX}', command: 'sleep', args: '3600'),
    containerTemplate(name: 'late', image: '${BUSYBOX}', command: 'sleep', args: '3600')
  ]) {
    node(POD_LABEL) {
      parallel(
        agent: { sh '''set +x; ${counting('agent')}''' },
        tools: { container('tools') { sh '''set +x; ${counting('tools')}''' } },
        late: {
          sh 'set +x; while [ ! -e now ]; do sleep 0.1; done'
          container('late') { echo sh(script: 'echo late indeed', returnStdout: true) }
        }
      )
    }
  }`;

describe('steps on a cluster', { skip: SKIP }, () => {
  let programs: ClusterPrograms;
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer;
  before(async () => {
    programs = new ClusterPrograms();
    folder = new TestFolder();
    cluster = await TestCluster.open();
    const port = await freePort();
    const clouds = [cluster.cloud({ url: `http://${HOST}:${port}`, templates: [{ name: 'plain', labels: ['plain'] }] })];
    server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
  });
  afterEach(() => programs.start());
  after(async () => {
    await programs.close();
    await server.stop();
    await cluster.close();
    folder.remove();
  });

  const counted = (log: string, name: string): number[] => [...log.matchAll(new RegExp(`^${name} (\\d+)$`, 'gm'))].map((m) => Number(m[1]));
  const progress = async (id: number, more: number): Promise<void> => {
    const from = await server.log(id);
    await server.until(async () => {
      const log = await server.log(id);
      return ['agent', 'tools'].every((name) => counted(log, name).length >= counted(from, name).length + more);
    });
  };
  const begin = async (name: string): Promise<{ readonly id: number; readonly allow: (file: string) => void }> => {
    const id = await server.trigger(STEPS, name);
    await progress(id, 1);
    const pod = /\nRunning on (\S+) in /.exec(await server.log(id))?.[1] as string;
    // Past the API server, and past the kubelet.
    const allow = (file: string): void => {
      writeFileSync(`/proc/${agentContainer(pod)}/root${WORKSPACE}/${name}/${file}`, '');
    };
    return { id, allow };
  };
  const endsWell = async (id: number): Promise<void> => {
    const { result, log } = await server.ended(id);
    assert.equal(result, 'SUCCESS', log);
    for (const name of ['agent', 'tools']) {
      const all = counted(log, name);
      assert.deepEqual(
        all,
        all.map((_, i) => i + 1),
        log,
      );
      assert.match(log, new RegExp(`^${name} ran 1 times$`, 'm'));
    }
    assert.match(log, /^late indeed$/m);
  };
  const whyOf = async (id: number): Promise<string> =>
    (await server.store.db.selectFrom('leases').select('why').where('build_id', '=', id).executeTakeFirst())?.why ?? '';

  it('go on while the API server is away, and what is new waits for it and says so', async () => {
    const { id, allow } = await begin('api');
    await programs.kill('apiserver');
    const AWAY = /kubernetes: the API server cannot be reached/;
    const plain = await server.trigger(`node('plain') { sh 'echo came' }`);
    const own = await server.trigger(`podTemplate(showRawYaml: false) { node(POD_LABEL) { sh 'echo came' } }`);
    allow('now');
    await server.until(async () => AWAY.test(await whyOf(plain)), { seen: () => whyOf(plain) });
    await server.until(async () => AWAY.test(await whyOf(own)) && AWAY.test(await server.log(own)), { seen: () => server.log(own) });
    await progress(id, 5);
    assert.doesNotMatch(await server.log(id), /late indeed/);
    await programs.start();
    for (const build of [plain, own]) {
      const { result, log } = await server.ended(build);
      assert.equal(result, 'SUCCESS', log);
      assert.match(log, /\ncame\n/);
    }
    await server.until(async () => /late indeed/.test(await server.log(id)), { seen: () => server.log(id) });
    allow('go');
    await endsWell(id);
  });

  it('whose results come while the API server is away end their build, and its pod goes when it is back', async () => {
    const { id, allow } = await begin('result');
    allow('now');
    await server.until(async () => /late indeed/.test(await server.log(id)), { seen: () => server.log(id) });
    await programs.kill('apiserver');
    allow('go');
    await endsWell(id);
    await programs.start();
    await server.until(async () => (await cluster.pods()).every((p) => p.metadata.deletionTimestamp !== undefined));
  });

  it('go on while the kubelet is away, and what is new comes when it is back', async () => {
    const { id, allow } = await begin('kubelet');
    await programs.kill('kubelet');
    const plain = await server.trigger(`node('plain') { sh 'echo came' }`);
    allow('now');
    await server.until(async () => (await cluster.pods()).some((p) => /^kubernetes-plain-/.test(p.metadata.name)));
    await progress(id, 10);
    assert.match(await whyOf(plain), /kubernetes-plain-\w+ is scheduled by kubernetes/);
    assert.doesNotMatch(await server.log(id), /late indeed/);
    await programs.start();
    assert.equal((await server.ended(plain)).result, 'SUCCESS');
    await server.until(async () => /late indeed/.test(await server.log(id)), { seen: () => server.log(id) });
    allow('go');
    await endsWell(id);
  });
});
