/** deploy/kubernetes on a real cluster: builds on pods through it, and what they live through when its own pods go. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Installation, kubectl, pause } from './installation.ts';

const SKIP = process.env['KUBECONFIG'] === undefined ? 'KUBECONFIG names no cluster' : false;
const LINES = 40;
const NUMBERS = Array.from({ length: LINES }, (_, i) => `line ${i + 1}`);
const STEP = `sh '''for i in $(seq ${LINES}); do echo line $i; sleep 0.25; done'''`;

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

  it('ends a build well whose controller is deleted, without a word, under a running step', async () => {
    await installation.job('survivor', `podTemplate { node(POD_LABEL) { ${STEP} } }`);
    assert.equal((await installation.ask('POST', 'items/survivor/builds', {})).status, 201);
    await until(async () => linesOf(await installation.log('survivor', 1)).length > 3);
    const { owner } = await installation.build('survivor', 1);
    const pod = (await installation.controllers()).find(({ id }) => id === owner)?.name;
    assert.ok(pod !== undefined);
    await installation.kubectl('delete', 'pod', pod, '--grace-period=0', '--force');
    const build = await installation.ended('survivor', 1);
    const log = await installation.log('survivor', 1);
    assert.equal(build.result, 'SUCCESS', log);
    assert.deepEqual(linesOf(log), NUMBERS);
    await installation.rolledOut();
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
