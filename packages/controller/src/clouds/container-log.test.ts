/** `containerLog` on a node of a cloud: a controller asks the cloud, whichever controller it is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { Offer } from './cloud.ts';
import { CloudError, ContainerError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { agentProcesses } from './testing/agent-processes.ts';

const once: Offer = { template: 'once', labels: ['pod'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 };

describe('the log of a container of a node', () => {
  const folder = new TestFolder();
  let server: TestServer;
  let cloud: DummyCloud;
  let log: (container: string) => string = () => '';
  before(async () => {
    cloud = new DummyCloud({ offers: [once], launch: agentProcesses(folder.path), log: (_, container) => log(container) });
    server = await TestServer.start({ data: folder.path, clouds: [cloud] });
  });
  after(async () => {
    await server.stop();
    for (const name of cloud.names) cloud.lose(name);
    folder.remove();
  });

  it('is printed, though the cloud is away at first', async () => {
    let away = 2;
    log = (container) => {
      if (away-- > 0) throw new CloudError('MR_CLOUD_AWAY', 'the line broke');
      return `hello from ${container}\n`;
    };
    const build = await server.run(`node('pod') { containerLog 'db' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /> start log of container 'db' in pod '\S+'\nhello from db\n> end log of container 'db' in pod '\S+'\n/);
  });

  it('is asked for in the part that is wanted', async () => {
    log = () => 'one\ntwo\nthree\n';
    const build = await server.run(
      `node('pod') { echo '<' + containerLog(name: 'db', returnLog: true, tailingLines: 2, limitBytes: 6, sinceSeconds: 60).replace('\\n', '|') + '>' }`,
    );
    assert.match(build.log, /\n<two\|th>\n/);
    assert.match(cloud.calls.at(-2) ?? '', /^log dummy-\d+ db 6 60 2$/);
  });

  it('is at most 4 MiB, and the log says so', async () => {
    log = () => 'x'.repeat(4 * 1024 * 1024 + 1);
    const build = await server.run(`node('pod') { echo "length " + containerLog(name: 'db', returnLog: true).length() }`);
    assert.match(build.log, /has more than 4194304 bytes: tailingLines chooses its end\n/);
    assert.match(build.log, /\nlength 4194304\n/);
  });

  it('is told to be missing by name, and fails nothing', async () => {
    log = (container) => {
      throw new ContainerError('MR_CONTAINER_UNKNOWN', `container ‘${container}’ does not exist in the pod`);
    };
    const build = await server.run(`node('pod') { echo "[\${containerLog 'gradle'}]" }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\nFailed to get logs for container\nMR_CONTAINER_UNKNOWN: container ‘gradle’ does not exist in the pod\n/);
    assert.match(build.log, /\n\[\]\n/);
  });

  it('is told to be missing on a node that is no pod', async () => {
    const build = await server.run(`node('built-in') { containerLog 'maven' }`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\nMR_UNSUPPORTED: containerLog\('maven'\) needs a pod of Kubernetes, and built-in is none\n/);
  });
});
