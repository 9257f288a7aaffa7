/**
 * Pods of a real cluster that go away under running steps, in every way that one does: what their builds are told and end with,
 * and what takes them up. Each is lost in its own words, never as a success, and never as what the build has done.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../store/testing/databases.ts';
import type { EndedBuild } from '../../testing/test-controller.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { BUSYBOX, HOST, SKIP, TestCluster } from './testing/cluster.ts';
import { agentContainer } from './testing/pod-processes.ts';

/** Far less than it takes to miss an agent by its silence. */
const SECONDS = 60;
const RETRY = 'retry(count: 2, conditions: [kubernetesAgent(), nonresumable()])';
/** Lives until it is asked to end, and fails then. */
const MORTAL = `[sh, -c, "trap 'exit 7' TERM; while :; do sleep 0.1; done"]`;
const WORKSPACE = '/home/jenkins/agent';

describe('a pod that is lost under a running step', { skip: SKIP, concurrency: 4 }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer;
  before(async () => {
    folder = new TestFolder();
    cluster = await TestCluster.open();
    const port = await freePort();
    const templates = [{ name: 'fragile', labels: ['fragile'], retries: 2, yaml: spec(`[{name: tools, image: ${BUSYBOX}, command: ${MORTAL}}]`) }];
    const clouds = [cluster.cloud({ url: `http://${HOST}:${port}`, templates })];
    server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
  });
  after(async () => {
    await server.stop();
    await cluster.close();
    folder.remove();
  });

  /** Resolves with the pod once so many of its branches run their step, and the kubelet has told so: agents are quicker. */
  const running = async (id: number, count = 2): Promise<string> => {
    await server.until(async () => (await server.log(id)).split('\nrunning in ').length > count, { seen: () => server.log(id) });
    const name = /\nRunning on (\S+) in /.exec(await server.log(id))?.[1] as string;
    await server.until(async () => {
      const found = (await cluster.pods()).find((p) => p.metadata.name === name);
      const isOver = found === undefined || found.metadata.deletionTimestamp !== undefined;
      return isOver || found.status?.containerStatuses?.every((s) => s.state?.waiting === undefined) === true;
    });
    return name;
  };
  const endedSoon = async (id: number, since: number): Promise<EndedBuild> => {
    const build = await server.ended(id);
    const seconds = (Date.now() - since) / 1_000;
    assert.ok(seconds < SECONDS, `it took ${seconds} s`);
    return build;
  };

  it('by a deletion aborts the steps in all of its containers, with its events', async () => {
    const id = await server.trigger(pod(`[{name: tools, image: ${BUSYBOX}, command: [sleep, '3600']}]`, BOTH));
    const name = await running(id);
    const at = Date.now();
    await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/pods/${name}`, { method: 'DELETE' });
    const { result, log } = await endedSoon(id, at);
    assert.equal(result, 'ABORTED', log);
    assert.match(log, new RegExp(`\\n${name} was lost: Pod ${cluster.namespace}/${name} was deleted; cancelling node body\n`));
    assert.match(log, new RegExp(`\\n\\[Normal\\]\\[${cluster.namespace}/${name}\\]\\[Killing\\] Stopping container jnlp\n`));
  });

  it('by an eviction of the API, as a drain does it, is taken up by the pipeline’s retry', async () => {
    const id = await server.trigger(pod('[]', `echo 'running in agent'; sh ATTEMPT == 1 ? 'sleep 600' : 'echo well'`, RETRY));
    const name = await running(id, 1);
    const at = Date.now();
    const path = `/api/v1/namespaces/${cluster.namespace}/pods/${name}/eviction`;
    await cluster.api.json(path, {
      method: 'POST',
      body: { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: { name, namespace: cluster.namespace } },
    });
    const { result, log } = await endedSoon(id, at);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /was deleted; cancelling node body\n[^]*\[Killing\] Stopping container jnlp\n[^]*Retrying\n[^]*\nwell\n/);
  });

  it('by the kubelet’s eviction is told in its words', async () => {
    const tools = `[{name: tools, image: ${BUSYBOX}, command: [sleep, '3600'], resources: {limits: {ephemeral-storage: 1Mi}}}]`;
    const id = await server.trigger(
      pod(tools, `container('tools') { sh ATTEMPT == 1 ? 'dd if=/dev/zero of=/filler bs=1M count=30; sleep 600' : 'echo well' }`, RETRY),
    );
    const { result, log } = await server.ended(id);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /Pod just failed\. Reason: Evicted, Message: .*ephemeral.*1Mi\.\n/);
    assert.match(log, /\n\[Warning\]\[.*\]\[Evicted\] [^]*\nRetrying\n[^]*\nwell\n/);
  });

  it('by the end of the agent’s container is taken up by the pipeline’s retry', async (test) => {
    const id = await server.trigger(
      pod(`[{name: tools, image: ${BUSYBOX}, command: [sleep, '3600']}]`, `if (ATTEMPT == 1) { ${BOTH} } else { sh 'echo well' }`, RETRY),
    );
    const first = agentContainer(await running(id));
    if (first === null) {
      await server.abort(id);
      test.skip('the nodes of this cluster are not this machine');
      return;
    }
    const at = Date.now();
    process.kill(first, 'SIGKILL');
    const { result, log } = await endedSoon(id, at);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /Container jnlp was terminated \(Error, exit code 137\)\n[^]*\n- jnlp -- terminated \(137\)\n[^]*\nRetrying\n[^]*\nwell\n/);
  });

  it('by the end of a step’s container is taken up where the template says so, without a word of the pipeline', async () => {
    const at = Date.now();
    const id = await server.trigger(`
      def attempt = 0
      node('fragile') {
        attempt++
        container('tools') { sh attempt == 1 ? 'kill 1; sleep 600' : 'echo well' }
      }`);
    const { result, log } = await endedSoon(id, at);
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /Container tools was terminated \(Error, exit code 7\)\n[^]*\nRetrying on another machine, .* \(run 2 of 2\)\n[^]*\nwell\n/);
  });

  it('is not taken up where a step’s container had too little memory, and is no failure of the build', async () => {
    const eat = `[sh, -c, 'while [ ! -e ${WORKSPACE}/eat ]; do sleep 0.1; done; exec tail /dev/zero']`;
    const tools = `[{name: tools, image: ${BUSYBOX}, command: ${eat}, resources: {limits: {memory: 32Mi}}}]`;
    const id = await server.trigger(pod(tools, `container('tools') { echo 'running in tools'; sh 'touch ${WORKSPACE}/eat; sleep 600' }`, RETRY));
    await running(id, 1);
    const { result, log } = await endedSoon(id, Date.now());
    assert.equal(result, 'ABORTED', log);
    assert.match(log, /\n\S+ Container tools was terminated \(OOMKilled, exit code 137\)\n/);
    assert.doesNotMatch(log, /Retrying/);
  });

  it('is not taken up where the agent’s container had too little memory, and is no failure of the build', async () => {
    const memory = '[{name: jnlp, resources: {limits: {memory: 200Mi}}, volumeMounts: [{name: memory, mountPath: /memory}]}]';
    const id = await server.trigger(
      pod(
        memory,
        `echo 'running in agent'; sh 'dd if=/dev/zero of=/memory/x bs=1M count=400; sleep 600'`,
        RETRY,
        '[{name: memory, emptyDir: {medium: Memory}}]',
      ),
    );
    await running(id, 1);
    const { result, log } = await endedSoon(id, Date.now());
    assert.equal(result, 'ABORTED', log);
    assert.match(log, /\n\S+ Container jnlp was terminated \(OOMKilled, exit code 137\)\n/);
    assert.doesNotMatch(log, /Retrying/);
  });
});

/** A step in each of the two containers. */
const BOTH = `parallel(
  agent: { sh 'echo running in agent; sleep 600' },
  tools: { container('tools') { sh 'echo running in tools; sleep 600' } }
)`;

function spec(containers: string, volumes = '[]'): string {
  return `spec: {terminationGracePeriodSeconds: 1, containers: ${containers}, volumes: ${volumes}}`;
}

/** A pipeline with a pod of these containers; `ATTEMPT` is the number of the pod that the body runs on. */
function pod(containers: string, body: string, around = '', volumes = '[]'): string {
  const node = `node(POD_LABEL) { attempts++; def ATTEMPT = attempts; ${body} }`;
  return `def attempts = 0
    podTemplate(showRawYaml: false, yaml: """${spec(containers, volumes)}""") { ${around === '' ? node : `${around} { ${node} }`} }`;
}
