import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import { runPipeline } from '../engine/run-pipeline.ts';
import { DummyHost, type Reply } from '../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Ask, Json } from '../host.ts';
import type { OtherBuild } from '../server-model/server-asks.ts';

type Asked = (name: string, data: { readonly [key: string]: Json }) => Json;

function previous(number: number, result: ResultName | null): BuildFacts['previous'][number] {
  return { number, result, startedAt: 1_000, durationMs: 2_000, displayName: `#${number}`, description: null, url: `u/${number}/` };
}
function other(number: number, result: ResultName | null, more: Partial<OtherBuild> = {}): OtherBuild & Json {
  return { job: 'team/app', ...previous(number, result), keepLog: false, causes: [], variables: {}, ...more } as OtherBuild & Json;
}

interface Run {
  readonly lines: readonly string[];
  readonly asked: readonly string[];
  readonly result: string;
  readonly journal: readonly string[];
}

async function run(text: string, facts: Partial<BuildFacts>, asked: Asked = () => null, journal: readonly string[] = []): Promise<Run> {
  const names: string[] = [];
  const host = new DummyHost((ask: Ask): Reply | undefined => {
    if (ask.kind === 'build') return { ok: asked('build', ask.request as never) };
    if (ask.kind !== 'other') return undefined;
    names.push(ask.request.name);
    return { ok: asked(ask.request.name, ask.request.data as never) };
  });
  const build = { ...FACTS, job: 'team/app', ...facts, script: { text, path: 'Jenkinsfile' } };
  const store = new MemoryJournal(journal);
  const log = new MemoryLog();
  const begin = journal.length > 0 ? { lines: journal, records: [] } : { build, seed: [1, 2, 3, 4] };
  const { result } = await runPipeline({ host, journal: store, log, begin }).outcome;
  const lines = log.text.split('\n').filter((line) => line !== '' && !line.startsWith('[Pipeline]') && !line.startsWith('Finished:'));
  return { lines, asked: names, result, journal: store.lines };
}
const prints = async (text: string, expected: readonly string[], facts: Partial<BuildFacts>, asked?: Asked): Promise<readonly string[]> => {
  const ran = await run(text, facts, asked);
  assert.deepEqual(ran.lines, expected);
  assert.notEqual(ran.result, 'FAILURE');
  return ran.asked;
};

const SEEN = [previous(6, 'UNSTABLE'), previous(5, 'NOT_BUILT'), previous(4, 'ABORTED'), previous(3, 'FAILURE'), previous(2, 'SUCCESS')];

describe('builds before this one', () => {
  test('are those that hudson.model.Run means, and cost no ask where the header knows them', async () => {
    const asked = await prints(
      `def b = currentBuild
      echo([b.previousBuild, b.previousCompletedBuild, b.getPreviousBuiltBuild(), b.previousSuccessfulBuild, b.previousFailedBuild, b.previousNotFailedBuild]*.number.join(' '))
      echo "\${b.previousBuild.previousBuiltBuild.number} \${b.previousFailedBuild.previousNotFailedBuild.number} \${b.previousBuild.nextBuild}"`,
      ['6 6 6 2 3 6', '4 2 null'],
      { number: 7, previous: SEEN },
    );
    assert.deepEqual(asked, ['otherBuild']);
  });
  test('are asked for beyond what the header knows, and where one still ran when it was written', async () => {
    const wanted: Json[] = [];
    const answers: Asked = (_name, data) => {
      wanted.push(data);
      return data.number === 6 ? other(6, 'SUCCESS', { durationMs: 61_000 }) : other(1, 'SUCCESS');
    };
    await prints(
      `def b = currentBuild
      echo "\${b.previousFailedBuild.previousSuccessfulBuild.number}"
      def running = b.previousBuild
      echo "\${running.result} \${running.durationString} \${b.previousSuccessfulBuild.number}"`,
      ['1', 'SUCCESS 1 min 1 sec 1'],
      { number: 7, previous: [previous(6, null), previous(5, 'FAILURE')] },
      (name, data) =>
        data.before === 7 && (data.results as Json[]).length > 5
          ? other(6, null)
          : data.before === 7 && (data.results as Json[])[0] === 'FAILURE'
            ? other(5, 'FAILURE')
            : answers(name, data),
    );
    assert.deepEqual(wanted, [
      { job: 'team/app', before: 5, results: ['SUCCESS'] },
      { job: 'team/app', number: 6 },
      { job: 'team/app', number: 6 },
      { job: 'team/app', before: 7, results: ['SUCCESS'] },
    ]);
  });
  test('of the first build, and of one whose earlier ones are gone, there are none, and nobody is asked', async () => {
    const text = `echo "\${currentBuild.previousBuild} \${currentBuild.previousBuildInProgress} \${currentBuild.previousFailedBuild} \${currentBuild.upstreamBuilds}"`;
    assert.deepEqual(await prints(text, ['null null null []'], { number: 1 }), []);
    assert.deepEqual(await prints(text, ['null null null []'], { number: 9 }), []);
  });
  test('tell their changes, causes and variables, as one walks back through them', async () => {
    const changes: { readonly [number: number]: Json } = {
      6: [[{ title: 'six', comment: 'six', paths: ['a', 'b'], edits: ['add', 'edit'], commit: 'c6', author: 'Ann', email: 'ann@example.com', at: 5 }]],
      5: [],
    };
    const ran = await run(
      `def titles = []
      def b = currentBuild.previousBuild
      while (b != null && b.result != 'SUCCESS') {
        for (set in b.changeSets) for (entry in set.items) titles << "\${b.number}:\${entry.msg}:\${entry.author.fullName}:\${entry.affectedFiles*.editType*.name.join('+')}"
        b = b.previousBuild
      }
      echo titles.join(',')
      def six = currentBuild.getPreviousBuild()
      echo "\${six.buildCauses[0].shortDescription} \${six.getBuildCauses('nope').size()} \${six.buildVariables.A} \${six.keepLog}"`,
      { number: 7, previous: [previous(6, 'FAILURE'), previous(5, 'UNSTABLE'), previous(4, 'SUCCESS')] },
      (name, { number }) =>
        name === 'changeSets'
          ? { sets: changes[number as number] as Json }
          : other(6, 'FAILURE', { causes: [{ type: 'X', text: 'Started by Ann' }], variables: { A: 'b' }, keepLog: true }),
    );
    assert.deepEqual(ran.lines, ['6:six:Ann:add+edit', 'Started by Ann 0 b true']);
    // What was asked is in the journal: a replay asks nobody, and sees the same.
    const again = await run('', {}, () => assert.fail('asked again'), ran.journal);
    assert.equal(again.result, ran.result);
  });
  test('have nothing of that in a journal that began before it was there', async () => {
    const ran = await run(
      `def b = currentBuild
      echo "\${b.previousBuild.changeSets} \${b.previousBuild.buildCauses} \${b.previousSuccessfulBuild.number} \${b.previousBuild.nextBuild}"`,
      { number: 7, previous: [previous(6, 'UNSTABLE'), previous(5, 'SUCCESS')] },
      () => ({ sets: [], causes: [] }),
    );
    const header = JSON.parse(ran.journal[0] as string);
    const old = await run('', {}, () => assert.fail('asked'), [JSON.stringify({ ...header, flags: [1] })]);
    assert.deepEqual(old.lines, ['[] [] 6 null']);
  });
  test('that are deleted meanwhile are told as Jenkins tells it', async () => {
    const { lines } = await run(`try { currentBuild.previousBuild.buildCauses } catch (hudson.AbortException e) { echo e.message }`, {
      number: 7,
      previous: [previous(6, 'SUCCESS')],
    });
    assert.deepEqual(lines, ['No build record team/app#6 could be located.']);
  });
  test('cannot be changed', async () => {
    const text = `for (name in ['result', 'displayName', 'description', 'keepLog']) try { currentBuild.previousBuild[name] = 'x' } catch (SecurityException e) { echo e.message }`;
    const words = ['result', 'displayName', 'description', 'keepLog'].map((name) => `can only set the ${name} property on the current build`);
    await prints(text, words, { number: 7, previous: SEEN });
  });
});

test('upstream builds are asked for where a cause names one', async () => {
  const causes = [{ type: 'hudson.model.Cause$UpstreamCause', text: 'Started by upstream', data: { upstreamProject: 'up', upstreamBuild: 3 } }];
  const asked = await prints(
    `echo currentBuild.upstreamBuilds.collect { "\${it.fullProjectName} \${it.number} \${it.buildVariables.V}" }.join(', ')`,
    ['Started by upstream', 'up 3 x, top 1 null'],
    { number: 2, causes },
    () => ({ builds: [other(3, 'SUCCESS', { job: 'up', variables: { V: 'x' } }), other(1, 'SUCCESS', { job: 'top' })] }),
  );
  assert.deepEqual(asked, ['upstreamBuilds']);
});

describe('the build of another job', () => {
  test('that a step has started is a build like others', async () => {
    const asked = await prints(
      `def b = build job: 'down', propagate: false
      echo "\${b.number} \${b.result} \${b.resultIsWorseOrEqualTo('UNSTABLE')} \${b.fullProjectName} \${b.externalizableId} \${b.duration} \${b.description} \${b.getBuildVariables().V} \${b.fullDisplayName}"`,
      ['Scheduling project: down', 'Build team » down #4 completed: FAILURE', '4 FAILURE true team/down team/down#4 2000 text v team » down #4'],
      {},
      () => other(4, 'FAILURE', { job: 'team/down', description: 'text', variables: { V: 'v' } }),
    );
    assert.deepEqual(asked, []);
  });
  test('that has failed ends who waits, by its full name', async () => {
    const { lines, result } = await run(`build 'down'`, {}, () => other(4, 'UNSTABLE', { job: 'team/down' }));
    assert.equal(result, 'UNSTABLE');
    assert.ok(lines.includes('team » down #4 completed with status UNSTABLE (propagate: false to ignore)'), lines.join('\n'));
  });
  test('that has only started is waited for by its id', async () => {
    const requests: Json[] = [];
    await prints(
      `def b = build job: 'down', waitForStart: true
      echo "\${b.externalizableId} \${b.currentResult}"
      def ended = waitForBuild runId: b.externalizableId, propagate: false, propagateAbort: true
      echo "\${ended.result} \${ended.number}"`,
      ['Scheduling project: down', 'down#4 SUCCESS', 'Build down #4 completed: FAILURE', 'FAILURE 4'],
      {},
      (name, request) => {
        if (name !== 'otherBuild') requests.push(request);
        if (name === 'waitForBuild') return { result: 'FAILURE', build: other(4, 'FAILURE', { job: 'down' }) };
        return other(4, null, { job: 'down' });
      },
    );
    assert.deepEqual(requests, [
      { job: 'down', parameters: [], wait: true, quietPeriod: null, waitForStart: true },
      { runId: 'down#4', propagateAbort: true },
    ]);
  });
});

describe('changeset and changelog of a pull request', () => {
  const PIPELINE = `pipeline { agent none; stages {
    stage('docs') {
      when { changeset 'docs/**' }
      steps { echo 'docs ran' }
    }
    stage('words') {
      when { changelog '.*fix.*' }
      steps { echo 'words ran' }
    }
  } }`;
  const earlier = { changes: [{ title: 'a fix', comment: 'a fix', paths: ['docs/a.md'] }] };
  test('look at all builds of it', async () => {
    const { lines, asked } = await run(PIPELINE, { number: 3, env: { CHANGE_ID: '7' } }, () => earlier);
    assert.deepEqual(lines, [
      'Examining changelog from all builds of this change request.',
      'docs ran',
      'Examining changelog from all builds of this change request.',
      'words ran',
    ]);
    assert.deepEqual(asked, ['earlierChanges']);
  });
  test('of a branch look at the one build', async () => {
    const { lines, asked } = await run(PIPELINE, { number: 3 }, () => earlier);
    assert.equal(lines.filter((line) => line.startsWith('Warning, empty changelog. Have you run checkout?')).length, 2);
    assert.deepEqual(asked, []);
  });
});
