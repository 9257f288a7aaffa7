/**
 * The kubernetes plug-in's own cases on a real cluster. They lie beside the checkout or where MILLRACE_TEST_KUBERNETES_CASES says;
 * MILLRACE_TEST_CASE is a pattern of the ids of those to run.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HOST, SKIP, TestCluster } from '../../packages/controller/src/clouds/kubernetes/testing/cluster.ts';
import { freePort } from '../../packages/controller/src/store/testing/databases.ts';
import type { EndedBuild } from '../../packages/controller/src/testing/test-controller.ts';
import { TestFolder, TestServer } from '../../packages/controller/src/testing/test-controller.ts';
import { testInstallation } from '../../packages/controller/src/testing/test-installation.ts';
import { FILES, withStandIns } from './kubernetes-stand-ins.ts';
import { readLedger } from './ledger.ts';
import type { RunCase } from './run-case.ts';
import { differencesOfLog } from './run-case.ts';

const CASES = process.env['MILLRACE_TEST_KUBERNETES_CASES'] ?? '../shared/conformance/kubernetes.jsonl';
const ONLY = new RegExp(process.env['MILLRACE_TEST_CASE'] ?? '');
const skip = SKIP !== false ? SKIP : existsSync(CASES) ? false : `there are no cases at ${CASES}`;
const cases = skip === false ? readCases() : [];
const ledger = readLedger('kubernetes-ledger.txt');

function readCases(): RunCase[] {
  const all = readFileSync(CASES, 'utf8').trim().split('\n');
  return all.map((line) => JSON.parse(line) as RunCase).filter((c) => ONLY.test(c.id));
}

/** What the plug-in's test does to the build once its log holds a text: deletes its pod, or aborts it as it leaves it to itself. */
const ACTS: Readonly<Record<string, readonly [text: string, act: 'delete pod' | 'abort']>> = {
  'kubernetes/KubernetesPipelineTest#terminatedPod/1': ['+ sleep', 'delete pod'],
  'kubernetes/KubernetesPipelineTest#containerTerminated/1': ['Container stress-ng was terminated', 'abort'],
  'kubernetes/PodProvisioningStatusLogsTest#podStatusErrorLogs/1': ['[Unschedulable] ', 'abort'],
  'kubernetes/ContainerExecDecoratorPipelineTest#closedWebSocketExit/1': ['have started user process\n', 'abort'],
};

describe("the kubernetes plug-in's cases", { skip, concurrency: 3 }, () => {
  let folder: TestFolder;
  let cluster: TestCluster;
  let server: TestServer;
  before(async () => {
    folder = new TestFolder();
    cluster = await TestCluster.open();
    for (const [name, password] of [
      ['pod-secret', 'pod-pa55w0rd'],
      ['container-secret', 'container-pa55w0rd'],
      ['empty-secret', ''],
    ] as const)
      await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/secrets`, { method: 'POST', body: { metadata: { name }, stringData: { password } } });
    const port = await freePort();
    server = await TestServer.start({
      data: folder.path,
      builtIn: null,
      listen: { host: '0.0.0.0', port },
      clouds: [cluster.cloud({ url: `http://${HOST}:${port}` })],
      installation: () => testInstallation({ env: { GLOBAL: 'GLOBAL', JAVA_HOME_X: 'java-home-x' } }),
    });
  });
  after(async () => {
    await server.stop();
    await cluster.close();
    folder.remove();
  });

  for (const c of cases) {
    const reason = ledger.get(c.id);
    it(c.id, { timeout: 240_000 }, async () => {
      const found = await differences(c);
      if (reason === undefined) assert.equal(found.join('\n'), '');
      // Which of two failures comes first is the cluster's to say.
      else if (!reason.startsWith('Either way: ')) assert.notDeepEqual(found, [], 'passes, though kubernetes-ledger.txt lists it');
    });
  }

  async function differences(c: RunCase): Promise<readonly string[]> {
    const [{ jenkinsfile, expect }] = c.builds as [RunCase['builds'][number]];
    const script = withStandIns(jenkinsfile);
    const name = c.id.replace(/^.*#|\/\d+$/g, '');
    const id = c.scm ? await server.start(await server.job(name, script, repository(name, script))) : await server.trigger(script, name);
    const ended = server.ended(id);
    const act = ACTS[c.id];
    if (act !== undefined) await actOn(id, act, ended);
    const { result, log } = await ended;
    // The plug-in's tests have a cluster of one node.
    const { items } = await cluster.api.json<{ readonly items: readonly unknown[] }>('/api/v1/nodes');
    const lines = expect.log.map((text) => withStandIns(text).replace('0/1 nodes', `0/${items.length} nodes`));
    const found = differencesOfLog({ ...expect, log: lines }, { result: result ?? 'none', text: log });
    return found.length === 0 ? [] : [...found, `console:\n${log.slice(0, 1_500)}\n…\n${log.slice(-4_000)}`];
  }

  async function actOn(id: number, [text, act]: readonly [string, string], ended: Promise<EndedBuild>): Promise<void> {
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    await server.until(async () => isOver || (await server.log(id)).includes(text));
    if (isOver) return;
    if (act === 'abort') {
      await server.abort(id);
      return;
    }
    const nodes = server.store.db.selectFrom('leases').innerJoin('nodes', 'nodes.id', 'leases.node_id');
    const { name } = await nodes.select('nodes.name').where('leases.build_id', '=', id).executeTakeFirstOrThrow();
    await cluster.api.json(`/api/v1/namespaces/${cluster.namespace}/pods/${name}`, { method: 'DELETE' });
  }

  function repository(name: string, jenkinsfile: string): string {
    const root = join(folder.path, 'sources', name);
    mkdirSync(root, { recursive: true });
    for (const [file, text] of Object.entries({ ...FILES, Jenkinsfile: jenkinsfile })) writeFileSync(join(root, file), text);
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-C', root, '-c', 'user.name=test', '-c', 'user.email=test@example.invalid', ...args], { stdio: 'ignore' });
    };
    git('init', '-q', '-b', 'master');
    git('add', '-A');
    git('commit', '-q', '-m', 'files');
    return root;
  }
});
