import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildFacts } from '../engine/build.ts';
import { runPipeline } from '../engine/run-pipeline.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Tree } from '../tree/tree.ts';
import { readJobProperties } from './job-properties.ts';
import { readJenkinsfile } from './read-jenkinsfile.ts';
import { restartableStages, restartedFacts, restartRefusal } from './restart.ts';

test('properties of a job are read as Jenkinsfiles write them', () => {
  const unknown = { $symbol: 'gitLabConnection', '': 'x' };
  const read = readJobProperties([
    { $symbol: 'buildDiscarder', '': { $symbol: 'logRotator', numToKeepStr: '5', artifactDaysToKeepStr: '', daysToKeep: -1 } },
    { $class: 'DisableConcurrentBuildsJobProperty', abortPrevious: true },
    {
      $symbol: 'pipelineTriggers',
      '': [
        { $symbol: 'cron', '': '@daily' },
        { $symbol: 'upstream', upstreamProjects: 'a, b', threshold: 'UNSTABLE' },
      ],
    },
    { $symbol: 'rateLimitBuilds', throttle: { count: 2, durationName: 'hour', userBoost: true } },
    { $symbol: 'preserveStashes' },
    { $symbol: 'copyArtifactPermission', '': '/a,b*' },
    { $symbol: 'quietPeriod', value: 30 },
    { $symbol: 'durabilityHint', '': 'MAX_SURVIVABILITY' },
    unknown,
  ]);
  assert.deepEqual(read.buildDiscarder, { daysToKeep: null, numToKeep: 5, artifactDaysToKeep: null, artifactNumToKeep: null });
  assert.deepEqual(read.disableConcurrentBuilds, { abortPrevious: true });
  assert.deepEqual(read.triggers, [
    { kind: 'cron', spec: '@daily' },
    { kind: 'upstream', projects: ['a', 'b'], threshold: 'UNSTABLE' },
  ]);
  assert.deepEqual(read.rateLimit, { count: 2, durationName: 'hour', userBoost: true });
  assert.deepEqual([read.preserveStashes, read.quietPeriod], [1, 30]);
  assert.deepEqual(read.copyArtifactPermission, ['/a', 'b*']);
  assert.deepEqual(read.other, [unknown]);
});

test('a Declarative Pipeline tells its job before it runs', () => {
  const job = readJenkinsfile(`
    pipeline {
      agent any
      options { timeout(time: 1, unit: 'HOURS'); disableConcurrentBuilds(abortPrevious: true); buildDiscarder(logRotator(numToKeepStr: '3')); skipDefaultCheckout() }
      parameters { string(name: 'A', defaultValue: 'x' + 'y'); choice(name: 'B', choices: ['1', '2']) }
      triggers { cron('H 4 * * *'); upstream(upstreamProjects: 'lib', threshold: hudson.model.Result.UNSTABLE) }
      stages { stage('one') { steps { echo 'x' } }
               stage('two') { steps { echo 'y' } } }
    }`);
  assert.deepEqual([job.declarative, job.complete, job.stages], [true, true, ['one', 'two']]);
  assert.deepEqual(
    job.properties.parameters.map((p) => [p.name, p.default]),
    [
      ['A', 'xy'],
      ['B', '1'],
    ],
  );
  assert.deepEqual(job.properties.triggers, [
    { kind: 'cron', spec: 'H 4 * * *' },
    { kind: 'upstream', projects: ['lib'], threshold: 'UNSTABLE' },
  ]);
  assert.deepEqual(job.properties.disableConcurrentBuilds, { abortPrevious: true });
  assert.equal(job.properties.buildDiscarder?.numToKeep, 3);
  assert.deepEqual(job.properties.other, []);
});

test('what only a build finds out is said to be missing', () => {
  const job = readJenkinsfile(`
    pipeline {
      agent any
      parameters { string(name: 'A', defaultValue: "\${env.HOME}") }
      stages { stage('one') { steps { echo 'x' } } }
    }`);
  assert.equal(job.complete, false);
  assert.deepEqual(job.properties.parameters[0]?.name, 'A');
  assert.deepEqual(readJenkinsfile(`node { echo 'x' }`).declarative, false);
});

const STAGED = `
  pipeline {
    agent any
    stages {
      stage('one') { steps { sh 'make' } }
      stage('two') { when { expression { params.N == '2' } }
                     steps { sh 'exit 1' } }
      stage('three') { steps { echo 'three' } }
    }
  }`;

async function build(facts: BuildFacts): Promise<{ readonly console: string; readonly tree: Tree; readonly facts: BuildFacts }> {
  const log = new MemoryLog();
  const journal = new MemoryJournal();
  const run = runPipeline({ host: new DummyHost(), journal, log, begin: { build: facts, seed: [1, 2, 3, 4] } });
  await run.outcome;
  return { console: log.text, tree: run.tree, facts: (JSON.parse(journal.lines[0] as string) as { build: BuildFacts }).build };
}

test('a build is restarted from a stage that it reached, with its Jenkinsfile and its parameters', async () => {
  const first = await build({ ...FACTS, parameters: { N: '2' }, script: { text: STAGED, path: 'Jenkinsfile' } });
  const finished = { name: 'job #1', declared: readJenkinsfile(STAGED), nodes: first.tree.nodes };
  assert.deepEqual(restartableStages(finished), ['one', 'two']);
  assert.equal(restartRefusal(finished, 'two'), null);
  assert.equal(restartRefusal(finished, 'three'), 'Stage three is not present in the top-level stages for job #1, so cannot be restarted.');
  assert.equal(
    restartRefusal({ ...finished, declared: readJenkinsfile(`echo 'x'`) }, 'two'),
    'job #1 was not a Declarative Pipeline, and cannot be restarted.',
  );
  const causes = [{ text: 'Started by user ada', type: 'hudson.model.Cause$UserIdCause' }];
  const again = await build(restartedFacts(first.facts, 'two', { number: 2, startedAt: FACTS.startedAt, causes, env: FACTS.env, previous: [] }));
  assert.match(again.console, /^Started by user ada\nRestarted from build #1, stage two\n/);
  assert.match(again.console, /Stage "one" skipped due to this build restarting at stage "two"/);
  assert.match(again.console, /\+ exit 1\n/);
  assert.doesNotMatch(again.console, /\+ make/);
});
