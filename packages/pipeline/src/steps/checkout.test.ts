import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../engine/testing/dummy-host.ts';
import type { Ask, RequestOf } from '../host.ts';
import type { ScmSpec } from '../scm.ts';
import { runScriptText } from './testing/run-script.ts';

const OWN: ScmSpec = {
  kind: 'git',
  remotes: [{ url: 'https://example.org/x.git', name: 'origin', refspec: null, credentialsId: 'c' }],
  branches: ['main'],
  extensions: [],
};

async function run(text: string): Promise<{ console: string; requests: RequestOf<'checkout'>[] }> {
  const requests: RequestOf<'checkout'>[] = [];
  const respond = (ask: Ask): Reply | undefined => {
    if (ask.kind !== 'checkout') return undefined;
    requests.push(ask.request);
    return {
      ok: { variables: { GIT_URL: 'u', GIT_COMMIT: 'abc', GIT_BRANCH: 'origin/main' }, changes: [{ title: 'one', comment: 'one\n', paths: ['src/a'] }] },
    };
  };
  const { console, result } = await runScriptText(text, {}, respond, { scm: OWN });
  assert.equal(result, 'SUCCESS', console);
  return { console, requests };
}

test('checkout takes the job’s own SCM and answers its variables', async () => {
  const { console, requests } = await run(`node { def v = checkout scm; echo v.keySet().join(',') + ' ' + v.GIT_COMMIT }`);
  assert.deepEqual(requests[0]?.scm, OWN);
  assert.match(console, /GIT_BRANCH,GIT_COMMIT,GIT_URL abc\n/);
});

test('checkout takes maps with a class, and parts of the own SCM in them', async () => {
  const { console, requests } = await run(`node {
    checkout([$class: 'GitSCM', branches: scm.branches, extensions: scm.extensions + [[$class: 'CleanCheckout'], [$class: 'RelativeTargetDirectory', relativeTargetDir: 'sub']],
      userRemoteConfigs: scm.userRemoteConfigs])
    echo scm.getUserRemoteConfigs()[0].getUrl() + ' ' + scm.branches[0].name
  }`);
  assert.deepEqual(requests[0]?.scm, {
    kind: 'git',
    remotes: OWN.kind === 'git' ? OWN.remotes : [],
    branches: ['main'],
    extensions: [
      { type: 'CleanCheckout', options: {} },
      { type: 'RelativeTargetDirectory', options: { relativeTargetDir: 'sub' } },
    ],
  });
  assert.match(console, /https:\/\/example\.org\/x\.git main\n/);
});

test('checkout takes symbols, and named arguments around them', async () => {
  const { requests } = await run(
    `node { checkout scm: scmGit(branches: [[name: '*/dev']], extensions: [cloneOption(shallow: true, depth: 1), cleanBeforeCheckout()], userRemoteConfigs: [[url: 'u', credentialsId: 'k']]), poll: false }`,
  );
  assert.deepEqual(requests[0]?.scm, {
    kind: 'git',
    remotes: [{ url: 'u', name: null, refspec: null, credentialsId: 'k' }],
    branches: ['*/dev'],
    extensions: [
      { type: 'CloneOption', options: { shallow: true, depth: 1 } },
      { type: 'CleanBeforeCheckout', options: {} },
    ],
  });
  assert.equal(requests[0]?.poll, false);
});

test('git makes a local branch', async () => {
  const { requests } = await run(`node { git 'https://example.org/a.git'; git url: 'b', branch: 'dev', changelog: false }`);
  assert.deepEqual(
    requests.map((r) => (r.scm.kind === 'git' ? [r.scm.remotes[0]?.url, r.scm.branches, r.scm.extensions] : null)),
    [
      ['https://example.org/a.git', ['*/master'], [{ type: 'LocalBranch', options: { localBranch: 'master' } }]],
      ['b', ['*/dev'], [{ type: 'LocalBranch', options: { localBranch: 'dev' } }]],
    ],
  );
});

test('each checkout and library that brought something is a set of changes', async () => {
  const answers: Record<string, Reply> = {
    library: {
      ok: { version: 'abc', files: { 'vars/x.groovy': '' }, binary: {}, changes: [{ title: 'of the library', comment: '', paths: ['vars/x.groovy'] }] },
    },
    checkout: { ok: { variables: {}, changes: [{ title: 'of the source', comment: '', paths: ['a'] }] } },
  };
  const sets = `currentBuild.changeSets.collect { set -> set.items.collect { it.msg } }.toString()`;
  const { console } = await runScriptText(
    `@Library(value = ['one', 'two'], changelog = true) import java.util.Map\n@Library(value = 'quiet', changelog = false) import java.util.List
     echo ${sets}
     node { checkout scm; checkout(scm: scm, changelog: false) }
     echo ${sets}`,
    {},
    (ask) => answers[ask.kind],
    { scm: OWN },
  );
  assert.match(console, /\n\[\[of the library\], \[of the library\]\]\n[\s\S]*\n\[\[of the library\], \[of the library\], \[of the source\]\]\n/);
});

test('what checkout brought decides Declarative’s changeset', async () => {
  const { console } = await run(`pipeline { agent any; stages {
    stage('a') { when { changeset 'src/**' }
 steps { echo 'changed' } }
    stage('b') { when { changelog '.*two.*' }
 steps { echo 'never' } }
  } }`);
  assert.match(console, /\nchanged\n/);
  assert.ok(!console.includes('never'));
});
