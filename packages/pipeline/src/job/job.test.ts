import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJobProperties } from './job-properties.ts';
import { readJenkinsfile } from './read-jenkinsfile.ts';

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
