/** deploy/kubernetes on a real cluster: builds on pods through it, and what they live through when its own pods go. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BUSYBOX } from '../../packages/controller/src/clouds/kubernetes/testing/cluster.ts';
import { Installation, kubectl, pause } from './installation.ts';

const SKIP = process.env['KUBECONFIG'] === undefined ? 'KUBECONFIG names no cluster' : false;
const LINES = 40;
const NUMBERS = Array.from({ length: LINES }, (_, i) => `line ${i + 1}`);
const STEP = `sh '''for i in $(seq ${LINES}); do echo line $i; sleep 0.25; done'''`;

/** The same in two containers, each with the word that it was begun once. */
const counting = (name: string): string =>
  `echo begun >> ran-${name}; for i in $(seq ${LINES}); do echo ${name} $i; sleep 0.25; done; echo ${name} ran $(wc -l < ran-${name}) times`;
const SURVIVOR = `podTemplate(showRawYaml: false, containers: [containerTemplate(name: 'tools', image: '${BUSYBOX}', command: 'sleep', args: '3600')]) {
  node(POD_LABEL) {
    parallel(
      agent: { sh '''set +x; ${counting('agent')}''' },
      tools: { container('tools') { sh '''set +x; ${counting('tools')}''' } }
    )
  }
}`;

function counted(log: string, name: string): number[] {
  return [...log.matchAll(new RegExp(`^${name} (\\d+)$`, 'gm'))].map((m) => Number(m[1]));
}
function linesOf(log: string): string[] {
  return log.split('\n').filter((line) => /^line \d+$/.test(line));
}

describe('Millrace deployed on a cluster', { skip: SKIP }, () => {
  const installation = new Installation();
  before(() => installation.start());
  after(() => installation.close());

  it('may do in the namespace of builds what it has to, and nothing else', async () => {
    const { status, text } = await installation.ask('POST', 'clouds/kubernetes/check', {});
    assert.equal(status, 200, text);
    assert.equal((JSON.parse(text) as { ok: boolean }).ok, true, text);
    const account = `--as=system:serviceaccount:${installation.namespace}:millrace`;
    for (const [namespace, words, answer] of [
      [installation.builds, ['create', 'pods'], 'yes'],
      [installation.builds, ['get', 'secrets'], 'no'],
      [installation.builds, ['create', 'serviceaccounts'], 'no'],
      [installation.namespace, ['get', 'secrets'], 'no'],
      [installation.namespace, ['create', 'pods'], 'no'],
      ['kube-system', ['list', 'pods'], 'no'],
    ] as const)
      assert.equal(
        (
          await kubectl(['auth', 'can-i', ...words, '-n', namespace, account]).catch((error: Error) => (/: *$/.test(error.message) ? 'no' : error.message))
        ).trim(),
        answer,
        `${words.join(' ')} in ${namespace}`,
      );
  });

  it('runs the example job on a pod by itself', async () => {
    const build = await installation.ended('example', 1);
    assert.equal(build.result, 'SUCCESS', await installation.log('example', 1));
    assert.match(await installation.log('example', 1), new RegExp(`Created Pod: kubernetes ${installation.builds}/`));
  });

  describe('ends builds well, whose steps run once, in the agent’s container and in another one,', () => {
    const begin = async (job: string): Promise<void> => {
      await installation.job(job, SURVIVOR);
      assert.equal((await installation.ask('POST', `items/${job}/builds`, {})).status, 201);
      const isCounting = (log: string): boolean => ['agent', 'tools'].every((name) => counted(log, name).length > 3);
      await until(async () => isCounting(await installation.log(job, 1)));
    };
    const endsWell = async (job: string): Promise<void> => {
      const build = await installation.ended(job, 1);
      const log = await installation.log(job, 1);
      assert.equal(build.result, 'SUCCESS', log);
      for (const name of ['agent', 'tools']) {
        assert.deepEqual(
          counted(log, name),
          NUMBERS.map((_, i) => i + 1),
          log,
        );
        assert.match(log, new RegExp(`^${name} ran 1 times$`, 'm'));
      }
      await installation.rolledOut();
    };
    const kill = (pods: readonly string[]): Promise<string> => installation.kubectl('delete', 'pod', ...pods, '--grace-period=0', '--force');

    it('when the controller that has them is killed, on another one', async () => {
      await begin('survivor');
      const { owner } = await installation.build('survivor', 1);
      const pod = (await installation.controllers()).find(({ id }) => id === owner)?.name;
      assert.ok(pod !== undefined);
      await kill([pod]);
      await endsWell('survivor');
    });

    it('when all controllers are killed at once, when they are started again', async () => {
      await begin('orphan');
      const pods = (await installation.pods()).map((pod) => pod.replace('pod/', ''));
      assert.equal(pods.length, 2);
      await kill(pods);
      await endsWell('orphan');
      for (const { name, state } of await installation.controllers()) assert.ok(state !== 'up' || !pods.includes(name), `${name} was killed`);
    });
  });

  it('loses nothing in a rolling update under load', async () => {
    const jobs = ['one', 'two', 'three', 'four'];
    for (const job of jobs) await installation.job(job, `node('linux') { ${STEP} }`);
    const before = new Set(await installation.pods());
    let accepted = 0;
    let isOver = false;
    // One build of each job at a time: a build that waits would answer for a further trigger too.
    const load = jobs.map(async (job) => {
      for (let number = 1; !isOver; number++) {
        const answer = await installation.askOnce('POST', `items/${job}/builds`, {});
        assert.equal(answer.status, 201, answer.text);
        accepted++;
        const build = await installation.ended(job, number);
        const log = await installation.log(job, number);
        assert.equal(build.result, 'SUCCESS', log);
        assert.deepEqual(linesOf(log), NUMBERS, `${job} #${number}`);
      }
    });
    const all = Promise.all(load);
    all.catch(() => undefined);
    await until(async () => accepted >= jobs.length + 1);
    await installation.restart();
    await installation.rolledOut();
    await until(async () => (await installation.pods()).length === 2);
    isOver = true;
    await all;
    for (const pod of await installation.pods()) assert.ok(!before.has(pod), `${pod} is an old one`);
    await until(async () => (await kubectl(['-n', installation.builds, 'get', 'pods', '-o', 'name'])) === '');
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 300_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('what was waited for did not happen');
    await pause(200);
  }
}
