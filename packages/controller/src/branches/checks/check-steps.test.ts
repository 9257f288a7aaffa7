/** Steps that say something in checks, in builds of real repositories at servers that speak the forges' shapes. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Databases } from '../../store/testing/databases.ts';
import { eachEngine } from '../../store/testing/databases.ts';
import { TestServer } from '../../testing/test-controller.ts';
import { appInstallation } from '../testing/app-installation.ts';
import { FakeApp } from '../testing/fake-app.ts';
import { FakeForge } from '../testing/forge-server.ts';
import { buildsOf, jobsOf, makeMultibranch, scanned } from '../testing/multibranch.ts';
import { putCheck } from './put-check.ts';

const REPORT = `<testsuite name="s"><testcase classname="a.B" name="adds"/><testcase classname="a.B" name="divides">
<failure message="1 is not 2">at B.java:12</failure></testcase></testsuite>`;

async function built(t: TestContext, databases: Databases, kind: 'github' | 'gitea', files: { readonly [path: string]: string }, config: object = {}) {
  const folder = await tempFolder(t);
  const repository = await testRepository(folder);
  const commit = await repository.commit(files);
  const forge = await new FakeForge(kind).start(t);
  forge.repositories.push({ name: 'acme/app', cloneUrl: repository.folder, people: {}, pulls: [] });
  const app = new FakeApp();
  if (kind === 'github') forge.app = app;
  const database = await databases.make();
  const server = await TestServer.start({
    data: database.folder,
    databaseUrl: database.url,
    installation: appInstallation({ appId: app.id, privateKey: app.privateKey, apiUrl: forge.url }),
  });
  t.after(() => server.stop());
  const source = { kind, apiUrl: forge.url, repository: 'acme/app', url: repository.folder, credentialsId: kind === 'github' ? 'app' : 'token' };
  const id = await makeMultibranch(server.store, 'app', { sources: [source], ...config });
  const { log } = await scanned(server, id, 1);
  const main = (await jobsOf(server.store, id)).get('main')?.id as number;
  assert.notEqual(main, undefined, log);
  await server.until(async () => (await buildsOf(server.store, main)).length === 1);
  const ended = await server.ended((await buildsOf(server.store, main))[0]?.id as number);
  for (const table of ['check_runs', 'commit_statuses'] as const)
    await server.until(async () => (await server.store.db.selectFrom(table).select('build_id').execute()).length === 0);
  return { forge, commit, server, ended };
}

eachEngine('steps for checks', (databases) => {
  it('say at GitHub what a build has found, with annotations beyond one request, and what withChecks has begun', async (t) => {
    const { forge, commit, server, ended } = await built(t, databases, 'github', {
      Jenkinsfile: `
        publishChecks name: 'lint', title: 'Two findings', summary: '**2** of them', text: 'more', conclusion: 'NEUTRAL', detailsURL: 'https://lint.example/1',
          annotations: (1..120).collect { [path: 'a.js', startLine: it, endLine: it, startColumn: 1, endColumn: 2, message: "finding \${it}", annotationLevel: 'NOTICE'] },
          actions: [[label: 'Fix', identifier: 'fix']]
        publishChecks name: 'lint', title: 'One more', conclusion: 'FAILURE', annotations: [[path: 'b.js', startLine: 7, message: 'the last']]
        stage('Unit') { node {
          writeFile file: 'r.xml', text: '''${REPORT}'''
          withChecks(name: 'Tests of mine') { junit 'r.xml' }
          junit testResults: 'r.xml', checksName: 'named'
          junit 'r.xml'
          junit testResults: 'r.xml', skipPublishingChecks: true
        } }
        withChecks('left open') { echo 'nobody ends it' }
        stage('Outer') { parallel one: { withChecks(name: 'broken', includeStage: true) { publishChecks title: 'half', status: 'IN_PROGRESS'; error 'no more' } } }`,
    });
    assert.equal(ended.result, 'FAILURE', ended.log);
    const of = (name: string) => {
      const all = forge.checks.named(name);
      assert.equal(all.length, 1, `${name}: ${forge.checks.runs.map((r) => r.name)}\n${ended.log}`);
      return all[0] as (typeof all)[number];
    };
    const lint = of('lint');
    assert.deepEqual([lint.head_sha, lint.conclusion, lint.output?.title], [commit, 'failure', 'One more']);
    assert.equal(lint.annotations.length, 121);
    assert.deepEqual(lint.annotations[119], {
      path: 'a.js',
      start_line: 120,
      end_line: 120,
      start_column: 1,
      end_column: 2,
      annotation_level: 'notice',
      message: 'finding 120',
    });
    assert.deepEqual(lint.annotations[120], { path: 'b.js', start_line: 7, end_line: 7, annotation_level: 'warning', message: 'the last' });

    const mine = of('Tests of mine');
    assert.deepEqual([mine.status, mine.conclusion, mine.output?.title], ['completed', 'failure', 'a.B.divides failed']);
    assert.equal(mine.output?.summary, 'failed: 1, skipped: 0, passed: 1');
    assert.ok(mine.output?.text?.includes('## `a.B.divides`\n```\n1 is not 2\n```\n<details><summary>Stack trace</summary>'), mine.output?.text);
    assert.equal(of('named').conclusion, 'failure');
    assert.equal(of('Tests / Unit').conclusion, 'failure');

    const broken = of('broken / Outer / one');
    assert.deepEqual([broken.status, broken.conclusion, broken.output?.title], ['completed', 'failure', 'Failed']);
    assert.ok(broken.output?.text?.includes('no more'), broken.output?.text);
    assert.deepEqual([of('left open').status, of('left open').conclusion], ['completed', 'failure'], 'as the build');
    assert.equal(of('Millrace').conclusion, 'failure');
    assert.ok(ended.log.includes('[GitHub Checks] GitHub check (name: lint, status: completed) is on its way.\n'), ended.log);
    await server.stop();
  });

  it('show no secret that is masked in the log, and refuse what GitHub would', async (t) => {
    const { forge, server, ended } = await built(t, databases, 'github', {
      Jenkinsfile: `
        withCredentials([string(credentialsId: 'token', variable: 'WORD')]) { publishChecks name: 'told', summary: "it is \${env.WORD}", text: env.WORD }
        try { publishChecks title: 'x' } catch (e) { echo "1 \${e.message}" }
        try { publishChecks name: 'x', conclusion: 'NONE' } catch (e) { echo "2 \${e.message}" }
        try { publishChecks name: 'x', detailsURL: 'ftp://a' } catch (e) { echo "3 \${e.message}" }
        try { publishChecks name: 'x', actions: [[label: 'longer than twenty characters', identifier: 'a']] } catch (e) { echo "4 \${e.message}" }`,
    });
    assert.equal(ended.result, 'SUCCESS', ended.log);
    const [told] = forge.checks.named('told');
    assert.deepEqual([told?.output?.summary, told?.output?.text], ['it is ****', '****']);
    for (const line of [
      '1 The check name is blank.',
      '2 No conclusion has been set when status is completed.',
      '3 The details url is not http or https scheme: ftp://a',
    ])
      assert.ok(ended.log.includes(`${line}\n`), ended.log);
    assert.match(ended.log, /4 The label of an action has at most 20 characters/);
    assert.deepEqual(forge.checks.runs.map((r) => r.name).sort(), ['Millrace', 'told']);
    await server.stop();
  });

  it('are statuses at Gitea, which has no checks, and go on where nobody takes any', async (t) => {
    const Jenkinsfile = `publishChecks name: 'lint', title: 'Fine so far', conclusion: 'NEUTRAL'`;
    const { forge, commit, server, ended } = await built(t, databases, 'gitea', {
      Jenkinsfile: `${Jenkinsfile}; node { writeFile file: 'r.xml', text: '''${REPORT}'''; junit 'r.xml'; junit testResults: 'r.xml', checksName: 'tests' }`,
    });
    assert.equal(ended.result, 'UNSTABLE', ended.log);
    const told = forge.statuses.map((s) => String(s.body['context'])).filter((context) => !context.startsWith('continuous-integration/'));
    assert.deepEqual([...new Set(told)].sort(), ['lint', 'tests'], 'junit says nothing there that nobody has named');
    const lint = forge.statuses.find((s) => s.body['context'] === 'lint');
    assert.deepEqual([lint?.commit, lint?.body['state'], lint?.body['description']], [commit, 'success', 'Fine so far']);
    const plain = await server.run(`${Jenkinsfile}; withChecks('x') { echo 'inside' }`);
    assert.equal(plain.result, 'SUCCESS', plain.log);
    assert.equal(plain.log.split('[Checks API] No suitable checks publisher found.\n').length, 3, plain.log);
    assert.ok(plain.log.includes('inside\n'));
    await server.stop();
  });

  it('say nothing twice, however often an ask is served', async (t) => {
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const id = await server.trigger('echo 1');
    await server.ended(id);
    const annotation = {
      path: 'a',
      startLine: 1,
      endLine: 1,
      startColumn: null,
      endColumn: null,
      level: 'notice',
      message: 'm',
      title: null,
      rawDetails: null,
    } as const;
    const put = (ask: string) =>
      server.store.write((tx, wakes) =>
        putCheck(
          tx,
          wakes,
          {
            build: { id, item_id: 1 },
            target: { item: 'x', source: { kind: 'github', apiUrl: 'http://127.0.0.1:1', repository: 'a/b', credentialsId: 'none' } },
            commit: 'a'.repeat(40),
            name: 'n',
            said: { status: 'in_progress', conclusion: null, url: '', output: null, logs: false, annotations: [annotation], actions: [] },
            ask,
          },
          Date.now(),
        ),
      );
    for (const ask of ['0:1', '0:1', '0:2', '0:1']) await put(ask);
    const row = await server.store.db.selectFrom('check_runs').select(['said', 'asked']).executeTakeFirstOrThrow();
    assert.deepEqual([row.asked, JSON.parse(row.said).annotations.length], [2, 2]);
    await server.stop();
  });
});
