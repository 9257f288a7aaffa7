/** What builds with a `podTemplate` of their own are told, and end with: over a played cloud, so that each failure comes when it should. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { podLabel } from '../builds/asks/pod.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { CloudLine, Demand, Observed, Offer, Outcome, PodDemand, Provisioned, ProvisionRequest } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { agentProcesses } from './testing/agent-processes.ts';
import { withLines } from './told.ts';

/** Makes whatever a pipeline asks for. */
class PodCloud extends DummyCloud {
  readonly asked: (PodDemand | null)[] = [];
  outcome: Outcome = 'lost';
  lines: readonly CloudLine[] = [];

  override plan({ pod }: Demand): readonly Offer[] {
    if (pod === null) return [];
    return [
      { template: 'pod', labels: pod.label.split(' '), executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60, namePrefix: pod.label },
    ];
  }
  checkPod({ data }: PodDemand): void {
    if (data['yaml'] === 'wrong') throw new CloudError('MR_CLOUD_REFUSED', 'the yaml is wrong');
  }
  override async provision(request: ProvisionRequest): Promise<Provisioned> {
    this.asked.push(request.pod);
    const { ref } = await super.provision(request);
    return { ref, lines: [{ key: `made ${ref}`, text: `Created Pod: ${ref}` }] };
  }
  override async observe(): Promise<readonly Observed[]> {
    return (await super.observe()).map((o) => ({ ...o, outcome: this.outcome, lines: this.lines }));
  }
}

const offers: readonly Offer[] = [{ template: 'pod', labels: [], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 }];

describe('a request for a pod', () => {
  let folder: TestFolder;
  let server: TestServer;
  let cloud: PodCloud;
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(async () => {
    await server.stop();
    for (const name of cloud.names) cloud.lose(name);
    folder.remove();
  });
  const start = async (made: PodCloud): Promise<void> => {
    cloud = made;
    server = await TestServer.start({ data: folder.path, builtIn: null, clouds: [made] });
  };
  const POD = `podTemplate(yaml: 'y') { node(POD_LABEL) { sh 'echo here' } }`;

  it('gets a node made from the template, whose lines are told once, and nothing is left', async () => {
    await start(new PodCloud({ offers, launch: agentProcesses(folder.path) }));
    cloud.lines = [{ key: 'a', text: '[PodInfo] one\n\ttwo' }];
    const build = await server.run(POD, 'my job');
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\nRunning on my-job-1-\w{5}-\w{10} in /);
    assert.equal(build.log.split('Created Pod: dummy-1\n').length, 2, build.log);
    assert.ok(build.log.split('[PodInfo] one\n\ttwo\n').length <= 2, build.log);
    assert.deepEqual([cloud.asked[0]?.data, cloud.asked[0]?.build.path], [{ yaml: 'y' }, 'job/my%20job/1/']);
    assert.deepEqual(await server.store.db.selectFrom('pod_templates').selectAll().execute(), []);
  });

  it('that can never start aborts its build, and says why', async () => {
    const made = new PodCloud({
      offers,
      launch: (_request, ended) => {
        setImmediate(ended, 'the image is not there\nlast words');
        return () => undefined;
      },
    });
    made.outcome = 'refused';
    await start(made);
    const build = await server.run(POD);
    assert.equal(build.result, 'ABORTED', build.log);
    assert.match(build.log, /Queue task was cancelled/);
    assert.match(build.log, /the image is not there/);
    assert.equal(cloud.asked.length, 1);
  });

  it('is made again where its pod is lost at the start, and aborts its build at the third time', async () => {
    await start(
      new PodCloud({
        offers,
        launch: (_request, ended) => {
          setImmediate(ended, 'the node went down');
          return () => undefined;
        },
      }),
    );
    const build = await server.run(`try { ${POD} } catch (e) { echo "caught $e"; throw e }`);
    assert.equal(build.result, 'ABORTED', build.log);
    assert.equal(cloud.asked.length, 3);
    assert.match(build.log, /caught .*the node went down/);
  });

  it('that the cloud refuses aborts its build', async () => {
    await start(new PodCloud({ offers }));
    cloud.scripts.push({ error: new CloudError('MR_CLOUD_REFUSED', 'no such field') });
    const build = await server.run(POD);
    assert.equal(build.result, 'ABORTED', build.log);
    assert.match(build.log, /ERROR: Unable to create pod: no such field/);
  });

  it('waits where there is no room, is told so once, and goes on', async () => {
    await start(new PodCloud({ offers, launch: agentProcesses(folder.path) }));
    const full = { error: new CloudError('MR_CLOUD_CAPACITY', 'the quota is full') };
    cloud.scripts.push(full, full);
    const build = await server.run(POD);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.equal(build.log.split('WARNING: Unable to create pod: the quota is full').length, 2, build.log);
  });

  it('cannot be where no cloud makes it', async () => {
    await start(new PodCloud({ offers }));
    for (const [script, message] of [
      [`podTemplate(yaml: 'wrong') { }`, 'the yaml is wrong'],
      [`podTemplate(cloud: 'other') { }`, 'Cloud does not exist: other'],
    ] as const) {
      const build = await server.run(script);
      assert.equal(build.result, 'FAILURE', build.log);
      assert.ok(build.log.includes(`ERROR: ${message}\n`), build.log);
    }
  });

  it('has the label that its pipeline gives', async () => {
    await start(new PodCloud({ offers, launch: agentProcesses(folder.path) }));
    const build = await server.run(`podTemplate(label: 'own other') { node('other') { sh 'true' } }`);
    assert.equal(build.result, 'SUCCESS', build.log);
  });
});

describe('a label', () => {
  it('is the build’s name with a tail, the same each time, and one that Kubernetes takes', () => {
    assert.match(podLabel('team/app#12', '7.0_1'), /^team_app_12-[b-z0-9]{5}$/);
    assert.equal(podLabel('a#1', '7.0_1'), podLabel('a#1', '7.0_1'));
    assert.notEqual(podLabel('a#1', '7.0_1'), podLabel('a#1', '7.0_2'));
    assert.match(podLabel(`${'x'.repeat(80)}/ü#1`, '1.0_1'), /^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/);
  });
});

describe('what is told', () => {
  it('is bounded, and says so', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ key: String(i), text: String(i) }));
    const { lines } = withLines({ lines: [], failures: 0, failure: null }, many);
    assert.deepEqual([lines.length, lines.at(-1)?.text], [200, 'more is not told here']);
  });
});
