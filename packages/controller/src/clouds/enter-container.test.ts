/** `container('x')` on a node of a cloud: the agent asks, a controller has the runner started, the step runs. The containers are played by this machine. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { Offer, ProvisionRequest } from './cloud.ts';
import { CloudError, ContainerError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { agentProcesses } from './testing/agent-processes.ts';

const BUSYBOX = '/bin/busybox';
const once: Offer = { template: 'once', labels: ['pod'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 };

const missing = spawnSync(BUSYBOX, ['true']).status === 0 ? false : `${BUSYBOX} is missing: apt-get install busybox-static`;

/** A runner ends with its container, which this machine does not. */
function endContainers(root: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${root}/`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
}

describe('steps in a container of a node', { skip: missing }, () => {
  const folder = new TestFolder();
  let server: TestServer;
  let cloud: DummyCloud;
  let enter: (request: ProvisionRequest, container: string) => void = () => undefined;
  const startRunner = ({ name }: ProvisionRequest, container: string): void => {
    const bin = join(folder.path, name, '.millrace/bin');
    const env = { PATH: process.env['PATH'] ?? '', CONTAINER: container };
    const { status, stderr } = spawnSync(join(bin, 'busybox'), ['sh', join(bin, 'runner'), 'enter', container], { env, encoding: 'utf8' });
    if (status !== 0) throw new CloudError('MR_CLOUD_AWAY', stderr);
  };
  before(async () => {
    cloud = new DummyCloud({
      offers: [once],
      launch: agentProcesses(folder.path, { MILLRACE_AGENT_BUSYBOX: BUSYBOX }),
      enter: (request, container) => {
        enter(request, container);
      },
    });
    server = await TestServer.start({ data: folder.path, clouds: [cloud] });
  });
  after(async () => {
    await server.stop();
    for (const name of cloud.names) cloud.lose(name);
    endContainers(folder.path);
    folder.remove();
  });

  it('run with its variables, though the cloud is away at first', async () => {
    let away = 2;
    enter = (request, container) => {
      if (away-- > 0) throw new CloudError('MR_CLOUD_AWAY', 'the line broke');
      startRunner(request, container);
    };
    const build = await server.run(
      `node('pod') { container('maven') { sh 'echo in $CONTAINER of $JOB_NAME'; echo sh(script: 'echo caught', returnStdout: true) } }`,
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\nin maven of /);
    assert.match(build.log, /\ncaught\n/);
  });

  it('fail by name where the pod has no such container', async () => {
    enter = (_, container) => {
      throw new ContainerError('MR_CONTAINER_UNKNOWN', `container ‘${container}’ does not exist in the pod`);
    };
    const build = await server.run(`node('pod') { container('gradle') { sh 'true' } }`);
    assert.equal(build.result, 'FAILURE');
    assert.match(build.log, /ERROR: container ‘gradle’ does not exist in the pod\n/);
  });

  it('fail on a node that is no pod', async () => {
    const build = await server.run(`node('built-in') { container('maven') { sh 'true' } }`);
    assert.equal(build.result, 'FAILURE');
    assert.match(build.log, /ERROR: container\('maven'\) needs a pod of Kubernetes, and this machine is none\n/);
  });
});
