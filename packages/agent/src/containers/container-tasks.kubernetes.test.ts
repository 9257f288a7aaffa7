/**
 * Steps in the containers of a real pod, with the agent of the image (deploy/image) in one of them. The test is the server, and the
 * cloud that execs: `npm run test:kubernetes -- FILE`.
 */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { FakeWork } from '../program/testing/fake-server.ts';
import { FakeServer, until } from '../program/testing/fake-server.ts';

const IMAGE = process.env['MILLRACE_TEST_AGENT_IMAGE'] ?? 'local/millrace:dev';
/** This machine, as a pod reaches it. */
const HOST = process.env['MILLRACE_TEST_HOST'] ?? '10.244.7.1';
const ROOT = '/home/jenkins/agent';
const namespace = `millrace-runner-${randomBytes(3).toString('hex')}`;
const SKIP =
  process.env['KUBECONFIG'] === undefined ? 'KUBECONFIG names no cluster' : spawnSync('kubectl', ['version', '--client']).error ? 'kubectl is missing' : false;

async function kubectl(...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', ['-n', namespace, ...words])).stdout;
}
async function create(manifest: unknown): Promise<void> {
  const { status, stderr } = spawnSync('kubectl', ['-n', namespace, 'create', '-f', '-'], { input: JSON.stringify(manifest), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

interface Status {
  readonly containerStatuses?: readonly {
    readonly name: string;
    readonly state: { readonly terminated?: { readonly reason: string; readonly exitCode: number } };
  }[];
}

describe('steps in the containers of a pod', { skip: SKIP }, () => {
  const server = new FakeServer();
  const entered: string[] = [];
  const pod = 'build';
  let number = 0;
  const task = (container: string, script: string, more: Readonly<Record<string, unknown>> = {}): FakeWork =>
    server.task(`b1-${++number}`, script, `${ROOT}/workspace/job`, { env: {}, launchers: [{ kind: 'container', name: container, shell: null }], ...more });

  /** What a cloud does: it tells what it sees of the container, else it execs. */
  const enter = async (container: string): Promise<{ status: number; body?: unknown }> => {
    entered.push(container);
    const { spec, status } = JSON.parse(await kubectl('get', 'pod', pod, '-o', 'json')) as {
      spec: { containers: { name: string; workingDir: string }[] };
      status: Status;
    };
    const found = spec.containers.find((c) => c.name === container);
    if (found === undefined) return { status: 422, body: { code: 'MR_CONTAINER_UNKNOWN', message: `the pod has no container ‘${container}’` } };
    const ended = status.containerStatuses?.find((c) => c.name === container)?.state.terminated;
    if (ended !== undefined)
      return { status: 422, body: { code: 'MR_CONTAINER_ENDED', message: `‘${container}’ was terminated (${ended.reason}, exit code ${ended.exitCode})` } };
    const bin = `${found.workingDir}/.millrace/bin`;
    return kubectl('exec', pod, '-c', container, '--', `${bin}/busybox`, 'sh', `${bin}/runner`, 'enter', container).then(
      () => ({ status: 204 }),
      (e: unknown) => ({ status: 503, body: { code: 'MR_CLOUD_AWAY', message: (e as Error).message } }),
    );
  };

  before(async () => {
    await server.start('0.0.0.0');
    server.enter = enter;
    await kubectl('create', 'namespace', namespace);
    await until(() => spawnSync('kubectl', ['-n', namespace, 'get', 'serviceaccount', 'default']).status === 0);
    const mount = (mountPath: string): unknown => ({ name: 'workspace-volume', mountPath });
    const idle = ['sh', '-c', 'trap "exit 7" TERM; while :; do sleep 0.2; done'];
    await create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'jnlp',
            image: IMAGE,
            imagePullPolicy: 'IfNotPresent',
            // It starts again when the agent is killed, as a kubelet does it, but in the container that is there.
            command: ['/opt/millrace/tini', '--', '/bin/sh', '-c', 'while :; do /opt/millrace/node /opt/millrace/agent.cjs --grace 1; done'],
            env: [
              { name: 'MILLRACE_URL', value: server.url.replace('127.0.0.1', HOST) },
              { name: 'MILLRACE_AGENT_NAME', value: pod },
              { name: 'MILLRACE_AGENT_SECRET', value: server.secret },
              { name: 'MILLRACE_AGENT_ROOT', value: ROOT },
              { name: 'MILLRACE_AGENT_CONTAINER', value: 'jnlp' },
            ],
            workingDir: ROOT,
            volumeMounts: [mount(ROOT)],
            securityContext: { runAsUser: 10_001, runAsNonRoot: true },
          },
          {
            name: 'main',
            image: 'local/busybox:1',
            imagePullPolicy: 'IfNotPresent',
            command: idle,
            env: [{ name: 'OF_CONTAINER', value: 'yes' }],
            workingDir: '/src',
            volumeMounts: [mount('/src'), mount(ROOT)],
            securityContext: { runAsUser: 20_002, runAsNonRoot: true },
          },
          { name: 'dies', image: 'local/busybox:1', imagePullPolicy: 'IfNotPresent', command: idle, workingDir: ROOT, volumeMounts: [mount(ROOT)] },
          { name: 'bare', image: 'local/pause:1', imagePullPolicy: 'IfNotPresent', workingDir: ROOT, volumeMounts: [mount(ROOT)] },
        ],
        volumes: [{ name: 'workspace-volume', emptyDir: {} }],
      },
    });
    await until(() => server.connects.length > 0, 'the agent connects', 60_000);
  });
  after(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await server.stop();
  });

  it("run with the container's variables, user and paths, and keep secrets off the disk", async () => {
    const secret = randomUUID();
    const env = { WORD: secret, WORKSPACE: `${ROOT}/workspace/job` };
    const script =
      '#!/bin/sh\necho begun >&2; while [ ! -e go ]; do sleep 0.05; done; echo "$OF_CONTAINER $(id -u) $(pwd) $WORKSPACE $JENKINS_NODE_COOKIE"; echo "$WORD" >&2';
    const work = task('main', script, { env, masks: [secret], returnStdout: true, cookie: '7' });
    await until(() => work.cursor > 0, 'it runs', 60_000);
    const holders = `find ${ROOT} -type f -exec grep -lF ${secret} {} +; echo searched`;
    assert.equal(await kubectl('exec', pod, '-c', 'jnlp', '--', 'sh', '-c', holders), 'searched\n');
    await kubectl('exec', pod, '-c', 'main', '--', 'touch', '/src/workspace/job/go');
    await until(() => work.result, 'the result', 60_000);
    const { stdout } = work.result as { stdout: string };
    assert.match(stdout, /^yes 20002 \/src\/workspace\/job \/src\/workspace\/job [0-9a-f-]+-7\n$/);
    assert.equal(work.output.toString(), 'begun\n****\n');
  });

  it('need one exec for all steps, and run in the container of the agent without any', async () => {
    const works = Array.from({ length: 10 }, (_, i) => task('main', `exit ${i}`));
    const own = task('jnlp', '#!/bin/sh\nid -u', { env: { PATH: '/usr/local/bin:/usr/bin:/bin' } });
    await until(() => [own, ...works].every((w) => w.result), 'all results', 60_000);
    assert.deepEqual(
      works.map((w) => w.result),
      works.map((_, i) => ({ exit: i })),
    );
    assert.equal(own.output.toString(), '10001\n');
    assert.deepEqual(entered, ['main']);
  });

  it('go on while the agent is killed, and are followed by the next one', async () => {
    const work = task('main', '#!/bin/sh\necho x >>once\nseq 1 5; while [ ! -e on ]; do sleep 0.05; done; seq 6 10');
    await until(() => work.cursor > 0);
    const before = server.connects.length;
    server.loseSessions();
    await kubectl('exec', pod, '-c', 'jnlp', '--', 'sh', '-c', 'kill -9 $(pidof node)');
    await until(() => server.connects.length > before, 'the agent connects again', 60_000);
    await kubectl('exec', pod, '-c', 'main', '--', 'touch', '/src/workspace/job/on');
    await until(() => work.result, 'the result', 60_000);
    assert.deepEqual(work.result, { exit: 0 });
    assert.equal(work.output.toString(), Array.from({ length: 10 }, (_, i) => `${i + 1}\n`).join(''));
    assert.equal(await kubectl('exec', pod, '-c', 'main', '--', 'cat', '/src/workspace/job/once'), 'x\n');
  });

  it('are aborted gently and then hard', async () => {
    const work = task('main', '#!/bin/sh\ntrap "echo asked" TERM\n( trap "" TERM; sleep 600 ) &\necho ready\nwait\nwait');
    await until(() => work.cursor > 0);
    server.cancel(work.id, 'interrupted');
    await until(() => work.result, 'the result', 60_000);
    assert.equal(work.output.toString(), 'ready\nasked\n');
  });

  it('are lost with their container, in the words of the cluster', async () => {
    const work = task('dies', '#!/bin/sh\necho ready\nsleep 600');
    await until(() => work.cursor > 0, 'it runs', 60_000);
    server.enter = async (container) => {
      // The kubelet tells a moment later.
      for (;;) {
        const answer = await enter(container);
        if (answer.status === 422) return answer;
      }
    };
    await kubectl('exec', pod, '-c', 'dies', '--', 'kill', '-TERM', '1');
    await until(() => work.result, 'the result', 60_000);
    server.enter = enter;
    const { err } = work.result as { err: { code: string; message: string } };
    assert.deepEqual([err.code, err.message], ['MR_CONTAINER_LOST', 'the step was lost: ‘dies’ was terminated (Error, exit code 7)']);
    const next = task('dies', 'true');
    await until(() => next.result, 'the next result', 60_000);
    assert.equal((next.result as { err: { code: string } }).err.code, 'MR_CONTAINER_ENDED');
  });

  it('fail by name where there is no shell, or no such container', async () => {
    const bare = task('bare', 'true');
    const unknown = task('other', 'true');
    await until(() => bare.result && unknown.result, 'both results', 60_000);
    assert.deepEqual(
      [bare, unknown].map((w) => (w.result as { err: { code: string } }).err.code),
      ['MR_CONTAINER_SHELL', 'MR_CONTAINER_UNKNOWN'],
    );
  });
});
