/** Pipelines on pods of a real cluster: from `podTemplate` to the end of the pod, and what is said where that goes wrong. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../store/testing/databases.ts';
import { TestFolder, TestServer } from '../../testing/test-controller.ts';
import { BUSYBOX, HOST, SKIP, TestCluster } from './testing/cluster.ts';

describe('pipelines on pods', { skip: SKIP }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer;
  before(async () => {
    folder = new TestFolder();
    cluster = await TestCluster.open();
    const port = await freePort();
    const url = `http://${HOST}:${port}`;
    const user = { name: 'user', runAsUser: 1000, runAsGroup: 1000, yaml: { spec: { securityContext: { fsGroup: 1000 } } } };
    const restricted = { name: 'restricted', url, restrictedPssSecurityContext: true, templates: [user], defaultTemplate: 'user' };
    const clouds = [cluster.cloud({ url }), cluster.cloud(restricted)];
    server = await TestServer.start({ data: folder.path, builtIn: null, listen: { host: '0.0.0.0', port }, clouds });
  });
  after(async () => {
    await server.stop();
    await cluster.close();
    folder.remove();
  });
  const noPods = (): Promise<boolean> => cluster.pods().then((pods) => pods.every((p) => p.metadata.deletionTimestamp !== undefined));

  it('run in a pod of their own, which ends with them', async () => {
    const build = await server.run(
      `podTemplate(yaml: 'spec: {terminationGracePeriodSeconds: 1}') { node(POD_LABEL) { sh 'echo hi from $(hostname)' } }`,
      'hello',
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /Created Pod: kubernetes test-\w+\/hello-1-/);
    assert.match(build.log, /image: "local/);
    assert.match(build.log, /\nhi from hello-1-/);
    await server.until(noPods);
    assert.deepEqual(await server.store.db.selectFrom('pod_templates').selectAll().execute(), []);
  });

  it('are aborted where an image cannot be had, which is named', async () => {
    const build = await server.run(
      `podTemplate(yaml: 'spec: {containers: [{name: jnlp, image: no.such/image, imagePullPolicy: Never}]}', agentInjection: false) { node(POD_LABEL) { sh 'false' } }`,
    );
    assert.equal(build.result, 'ABORTED', build.log);
    assert.match(build.log, /ErrImageNeverPull/);
    assert.match(build.log, /Queue task was cancelled/);
    await server.until(noPods);
  });

  it('are aborted where the API refuses the pod', async () => {
    const build = await server.run(
      `podTemplate(yaml: 'spec: {containers: [{name: b, image: ${BUSYBOX}, imagePullPolicy: Sometimes}]}') { node(POD_LABEL) { sh 'false' } }`,
    );
    assert.equal(build.result, 'ABORTED', build.log);
    assert.match(build.log, /ERROR: Unable to create pod: .*imagePullPolicy/);
  });

  it('fail at once where a template cannot be read', async () => {
    const build = await server.run(`podTemplate(yaml: 'spec: [') { node(POD_LABEL) { sh 'false' } }`);
    assert.equal(build.result, 'FAILURE', build.log);
    assert.match(build.log, /ERROR: podTemplate\.yaml is no YAML/);
  });

  it('wait for a node that fits, and say why', async () => {
    const id = await server.trigger(`podTemplate(nodeSelector: 'disk=ssd') { node(POD_LABEL) { sh 'false' } }`);
    const lease = () => server.store.db.selectFrom('leases').select(['why', 'cloud', 'timeline']).where('build_id', '=', id).executeTakeFirst();
    const seen = async (): Promise<string> => JSON.stringify({ lease: await lease(), pods: await cluster.pods(), log: await server.log(id) }, null, 1);
    await server.until(async () => /Pod \[Pending\]\[Unschedulable\] 0\/\d+ nodes are available/.test(await server.log(id)), { seen });
    await server.until(async () => /nodes are available/.test((await lease())?.why ?? ''), { seen });
    await server.abort(id);
    assert.equal((await server.ended(id)).result, 'ABORTED');
    await server.until(noPods);
  });

  it('run in an image that does not have the agent', async () => {
    const build = await server.run(`podTemplate(yaml: 'spec: {containers: [{name: jnlp, image: ${BUSYBOX}}]}') { node(POD_LABEL) { sh 'busybox | head -1' } }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\nBusyBox v/);
  });

  it('run steps in other containers, each with its own variables and working directory', async () => {
    const build = await server.run(
      `
      podTemplate(containers: [
        containerTemplate(name: 'tools', image: '${BUSYBOX}', command: 'sleep', args: '3600', workingDir: '/src', envVars: [envVar(key: 'A', value: 'of tools')])
      ]) {
        node(POD_LABEL) {
          sh 'echo "A is ${'$'}A in ${'$'}(pwd)"'
          container('tools') { sh 'echo "A is ${'$'}A in ${'$'}(pwd)"' }
          container('other') { sh 'true' }
        }
      }`,
      'containers',
    );
    assert.equal(build.result, 'FAILURE', build.log);
    assert.match(build.log, /\nA is {2}in \/home\/jenkins\/agent\/workspace\/containers\n/);
    assert.match(build.log, /\nA is of tools in \/src\/workspace\/containers\n/);
    assert.match(build.log, /ERROR: container ‘other’ does not exist in the pod .*; it has tools, jnlp\n/);
  });

  it('run without any rights where the cloud is set up for pod security `restricted`', async () => {
    const look = `sh 'echo user $(id -u) $(grep -E "^(CapBnd|NoNewPrivs|Seccomp):" /proc/self/status | tr -s "[:space:]" " ")'`;
    const build = await server.run(
      `podTemplate(cloud: 'restricted', yaml: 'spec: {containers: [{name: jnlp, image: ${BUSYBOX}}, {name: tools, image: ${BUSYBOX}, command: [sleep, "3600"]}]}') {
        node(POD_LABEL) {
          ${look}
          container('tools') { ${look}; sh 'echo x > made-there' }
          echo readFile('made-there')
        }
      }`,
      'restricted',
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.equal(build.log.match(/^user 1000 CapBnd: 0+ NoNewPrivs: 1 Seccomp: 2 ?$/gm)?.length, 2, build.log);
  });

  it('read what other containers write, also those that have ended', async () => {
    const build = await server.run(
      `
      podTemplate(yaml: '''
        spec:
          initContainers: [{name: prepare, image: ${BUSYBOX}, imagePullPolicy: IfNotPresent, command: [echo, prepared]}]
          containers: [{name: db, image: ${BUSYBOX}, imagePullPolicy: IfNotPresent, command: [sh, -c, 'for i in 1 2 3; do echo line $i; done; touch /home/jenkins/agent/written; sleep 3600']}]
      ''') {
        node(POD_LABEL) {
          sh 'until [ -e /home/jenkins/agent/written ]; do sleep 0.1; done'
          containerLog 'db'
          echo 'tail ' + containerLog(name: 'db', returnLog: true, tailingLines: 1)
          echo 'head ' + containerLog(name: 'db', returnLog: true, limitBytes: 4)
          containerLog 'prepare'
          containerLog 'other'
        }
      }`,
      'logs',
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\n> start log of container 'db' in pod 'logs-1-\S+'\nline 1\nline 2\nline 3\n> end log of container 'db' in pod/);
    assert.match(build.log, /\ntail line 3\n/);
    assert.match(build.log, /\nhead line\n/);
    assert.match(build.log, /\nprepared\n> end log of container 'prepare'/);
    assert.match(
      build.log,
      /\nFailed to get logs for container\nMR_CONTAINER_UNKNOWN: container ‘other’ does not exist in the pod .*; it has prepare, db, jnlp\n/,
    );
  });

  it('find what a cache has kept of an earlier pod', async () => {
    const script = `
      podTemplate(containers: [containerTemplate(name: 'tools', image: '${BUSYBOX}', command: 'sleep', args: '3600')]) {
        node(POD_LABEL) {
          container('tools') {
            cache(key: 'deps', paths: ['deps']) { sh 'echo "on $(hostname) there is $(cat deps/a 2>/dev/null || echo nothing)"; mkdir -p deps; hostname > deps/a' }
          }
        }
      }`;
    const job = await server.job('cached', script);
    const [first, second] = [await server.ended(await server.start(job)), await server.ended(await server.start(job))];
    assert.equal(second.result, 'SUCCESS', second.log);
    const [, pod] = /\non (\S+) there is nothing\n/.exec(first.log) ?? [];
    const [, other, found] = /\non (\S+) there is (\S+)\n/.exec(second.log) ?? [];
    assert.ok(pod !== undefined && other !== pod && found === pod, first.log + second.log);
  });

  it('are tried again in another pod where theirs is deleted', async () => {
    const id = await server.trigger(`
      def attempt = 0
      podTemplate(yaml: 'spec: {terminationGracePeriodSeconds: 1}') {
        retry(count: 2, conditions: [kubernetesAgent(), nonresumable()]) {
          attempt++
          node(POD_LABEL) { sh "echo on \\$(hostname); [ $attempt = 2 ] || sleep 600" }
        }
      }`);
    let pod: string | undefined;
    await server.until(async () => {
      pod = /\non (job\S+)\n/.exec(await server.log(id))?.[1];
      return pod !== undefined;
    });
    await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/pods/${pod}`, { method: 'DELETE' });
    const build = await server.ended(id);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /was deleted; cancelling node body/);
    assert.match(build.log, /Retrying/);
  });
});
