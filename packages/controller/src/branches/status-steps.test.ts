/** Steps that tell a state, and jobs that are no branches and tell theirs. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import type { ForgeKind } from '@millrace/protocol';
import { forgeKind, freestyleConfig, pipelineConfig } from '@millrace/protocol';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Databases } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { appInstallation } from './testing/app-installation.ts';
import { FakeApp } from './testing/fake-app.ts';
import { FakeForge } from './testing/forge-server.ts';

/** A job `app` from a repository whose forge its setting names: addresses of files tell none. */
async function place(t: TestContext, databases: Databases, kind: ForgeKind, Jenkinsfile: string, more: object = {}) {
  const folder = await tempFolder(t);
  const repository = await testRepository(folder, 'acme/app');
  const commit = await repository.commit({ Jenkinsfile });
  const forge = await new FakeForge(kind).start(t);
  // At GitLab the whole path is the repository's name.
  forge.repositories.push({ name: kind === 'gitlab' ? repository.folder.slice(1) : 'acme/app', cloneUrl: repository.folder, people: {}, pulls: [] });
  const app = new FakeApp();
  if ('app' in more) forge.app = app;
  else forge.token = 'word';
  const database = await databases.make();
  const server = await TestServer.start({
    data: database.folder,
    databaseUrl: database.url,
    installation: appInstallation({ appId: app.id, privateKey: app.privateKey, apiUrl: forge.url }),
  });
  t.after(() => server.stop());
  const job = await server.job('app', '', repository.folder);
  const config = pipelineConfig.parse({
    definition: { kind: 'git', url: repository.folder },
    commitStatus: { forge: kind, apiUrl: forge.url, credentialsId: 'app' in more ? 'app' : 'token', ...('context' in more ? { context: more.context } : {}) },
  });
  await server.store.write((tx) =>
    tx
      .updateTable('items')
      .set({ config: JSON.stringify(config) })
      .where('id', '=', job)
      .execute(),
  );
  const told = (): string[] =>
    forge.statuses.filter((s) => s.commit === commit).map((s) => `${s.body['context'] ?? s.body['key'] ?? s.body['name']} ${s.body['state']}`);
  const allTold = async (): Promise<void> => {
    for (const table of ['check_runs', 'commit_statuses'] as const)
      await server.until(async () => (await server.store.db.selectFrom(table).select('build_id').execute()).length === 0);
  };
  return { repository, commit, forge, server, job, told, allTold };
}

eachEngine('statuses of jobs that are no branches', (databases) => {
  for (const kind of forgeKind.options)
    it(`are told at ${kind} at the commit that was built`, async (t) => {
      const at = await place(t, databases, kind, `echo 'x'`);
      const ended = await at.server.ended(await at.server.start(at.job));
      assert.equal(ended.result, 'SUCCESS', ended.log);
      await at.allTold();
      const last = at.forge.statuses.at(-1)?.body;
      const isBitbucket = kind === 'bitbucket' || kind === 'bitbucketServer';
      assert.equal(at.told().at(-1), `continuous-integration/millrace ${isBitbucket ? 'SUCCESSFUL' : 'success'}`, at.forge.requests.join('\n'));
      assert.match(String(last?.[isBitbucket ? 'url' : 'target_url']), /\/job\/app\/1\/$/);
      await at.server.stop();
    });

  it('are told of a freestyle job too, at the commit that it has checked out', async (t) => {
    const at = await place(t, databases, 'github', '');
    const config = freestyleConfig.parse({
      scm: { kind: 'git', url: at.repository.folder, branch: 'main' },
      steps: [{ shell: 'test -e Jenkinsfile' }],
      commitStatus: { forge: 'github', apiUrl: at.forge.url, credentialsId: 'token', context: 'ci/free' },
    });
    const ended = await at.server.ended(await at.server.start(await at.server.item('freestyle', 'free', config)));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await at.allTold();
    assert.equal(at.told().at(-1), 'ci/free success');
    await at.server.stop();
  });

  it('are told by the name that the job gives, and as a check where the credential is an App', async (t) => {
    const at = await place(t, databases, 'github', `publishChecks name: 'mine'; error 'no'`, { app: true, context: 'ci/app' });
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'FAILURE', ended.log);
    await at.allTold();
    assert.equal(at.told().at(-1), 'ci/app failure');
    assert.deepEqual(at.forge.checks.runs.map((r) => [r.name, r.conclusion]).sort(), [
      ['Millrace', 'failure'],
      ['mine', 'success'],
    ]);
    await at.server.stop();
  });
});

eachEngine('steps for statuses', (databases) => {
  it('githubNotify tells what it is given, and what it is not as the job is', async (t) => {
    const at = await place(
      t,
      databases,
      'github',
      `githubNotify status: 'PENDING', description: 'waits', context: 'deploy', targetUrl: 'https://deploy.example/7'
       githubNotify status: 'SUCCESS', sha: 'b' * 40, repo: 'other'
       try { githubNotify status: 'SUCCESS', gitApiUrl: 'http://127.0.0.1:1/elsewhere' } catch (e) { echo "1 \${e.message}" }
       try { githubNotify status: 'SUCCESS', credentialsId: 'nobody' } catch (e) { echo "2 \${e.message}" }
       try { githubNotify status: 'GREAT' } catch (e) { echo "3 \${e.message}" }`,
    );
    at.forge.repositories.push({ name: 'acme/other', cloneUrl: '', people: {}, pulls: [] });
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await at.allTold();
    const deploy = at.forge.statuses.find((s) => s.body['context'] === 'deploy');
    assert.deepEqual(deploy, {
      repository: 'acme/app',
      commit: at.commit,
      body: { state: 'pending', context: 'deploy', description: 'waits', target_url: 'https://deploy.example/7' },
    });
    const other = at.forge.statuses.find((s) => s.repository === 'acme/other');
    assert.deepEqual([other?.commit, other?.body['context'], other?.body['state']], ['b'.repeat(40), 'jenkins/githubnotify', 'success']);
    assert.ok(ended.log.includes('1 Can not infer exact credentialsId to use, please specify one\n'), 'the job’s credential goes nowhere else');
    assert.ok(ended.log.includes("2 Could not find credentials entry with ID 'nobody'\n"), ended.log);
    assert.match(ended.log, /\n3 /);
    const none = await at.server.run(`githubNotify status: 'SUCCESS'`);
    assert.ok(none.log.includes('Unable to infer git data, please specify repo, credentialsId, account and sha values'), none.log);
    await at.server.stop();
  });

  it('bitbucketStatusNotify tells Bitbucket Cloud what it is given, and what it is not as the build is', async (t) => {
    const at = await place(
      t,
      databases,
      'bitbucket',
      `bitbucketStatusNotify buildState: 'INPROGRESS'
       bitbucketStatusNotify buildState: 'STOPPED', buildKey: 'deploy', buildName: 'The deployment', buildDescription: 'by hand', repoSlug: 'other', commitId: 'b' * 40
       try { bitbucketStatusNotify buildState: 'GREAT' } catch (e) { echo "1 \${e.message}" }`,
    );
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await at.allTold();
    const said = at.forge.statuses.filter((s) => s.body['key'] !== 'continuous-integration/millrace');
    assert.deepEqual(said.map((s) => [s.repository, s.commit, s.body['key'], s.body['name'], s.body['state'], s.body['description']]).sort(), [
      ['acme/app', at.commit, 'app #1', 'app #1', 'INPROGRESS', ''],
      ['acme/other', 'b'.repeat(40), 'deploy', 'The deployment', 'STOPPED', 'by hand'],
    ]);
    assert.ok(ended.log.includes(`Sending build status INPROGRESS for commit ${at.commit} to BitBucket\n`), ended.log);
    assert.match(ended.log, /\n1 /);
    const none = await at.server.run(`bitbucketStatusNotify buildState: 'FAILED'`);
    assert.ok(none.log.includes('The build is made of no repository of Bitbucket Cloud that is known: name repoSlug and commitId'), none.log);
    await at.server.stop();
  });

  it('notifyBitbucket tells Bitbucket Data Center what the build is now, and fails no build', async (t) => {
    const at = await place(
      t,
      databases,
      'bitbucketServer',
      `notifyBitbucket()
       notifyStash buildStatus: 'SUCCESSFUL', buildName: 'Tests', projectKey: 'tests', buildUrl: 'https://tests.example/7', considerUnstableAsSuccess: true
       notifyBitbucket stashServerBaseUrl: 'http://127.0.0.1:1/elsewhere'
       unstable 'flaky'
       step([$class: 'StashNotifier', commitSha1: 'b' * 40, includeBuildNumberInKey: true])`,
    );
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'UNSTABLE', ended.log);
    await at.allTold();
    const said = at.forge.statuses.filter((s) => s.body['key'] !== 'continuous-integration/millrace');
    assert.deepEqual(
      said.map((s) => [s.commit, s.body['key'], s.body['name'], s.body['state']]).sort(),
      [
        [at.commit, 'app', 'app #1', 'INPROGRESS'],
        [at.commit, 'tests', 'Tests', 'SUCCESSFUL'],
        ['b'.repeat(40), 'app-1', 'app #1', 'FAILED'],
      ].sort(),
    );
    assert.equal(said.find((s) => s.body['key'] === 'tests')?.body['url'], 'https://tests.example/7');
    assert.ok(ended.log.includes(`Notifying Bitbucket for commit with id ${at.commit}\n`), ended.log);
    assert.ok(ended.log.includes('Failed to notify Bitbucket: no credentials of Bitbucket Data Center to be told\n'), 'the job’s credential goes nowhere else');
    await at.server.stop();
  });

  it('those of gitlab-plugin tell pending, running and ended builds', async (t) => {
    const at = await place(
      t,
      databases,
      'gitlab',
      `try { gitlabBuilds(builds: ['build', 'test', 'deploy']) {
         gitlabCommitStatus('build') { echo 'builds' }
         gitlabCommitStatus(name: 'test') { updateGitlabCommitStatus name: 'extra', state: 'skipped'; error 'no' }
       } } catch (e) { echo "caught \${e.message}" }
       gitlabBuilds(builds: 'one, two') { updateGitlabCommitStatus name: 'one', state: 'success' }`,
    );
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await at.allTold();
    const last = new Map(at.forge.statuses.map((s) => [s.body['name'], s.body['state']]));
    last.delete('continuous-integration/millrace');
    assert.deepEqual(Object.fromEntries(last), { build: 'success', test: 'failed', deploy: 'failed', extra: 'skipped', one: 'success', two: 'pending' });
    assert.ok(ended.log.includes('caught no\n') && ended.log.includes('There are still pending GitLab builds. Please check your configuration\n'), ended.log);
    const none = await at.server.run(`gitlabCommitStatus { echo 'goes on' }`);
    assert.ok(none.result === 'SUCCESS' && none.log.includes('No GitLab connection configured\n') && none.log.includes('goes on\n'), none.log);
    await at.server.stop();
  });

  it('GitHubCommitStatusSetter takes its sources, and its handlers what went wrong', async (t) => {
    const at = await place(
      t,
      databases,
      'github',
      `unstable 'flaky'
       step([$class: 'GitHubCommitStatusSetter'])
       step([$class: 'GitHubCommitStatusSetter',
         reposSource: [$class: 'ManuallyEnteredRepositorySource', url: 'https://github.example/acme/app.git'],
         commitShaSource: [$class: 'ManuallyEnteredShaSource', sha: 'c' * 40],
         contextSource: [$class: 'ManuallyEnteredCommitContextSource', context: 'ci/build'],
         statusBackrefSource: [$class: 'ManuallyEnteredBackrefSource', backref: 'https://back.example/'],
         statusResultSource: [$class: 'ConditionalStatusResultSource', results: [
           [$class: 'BetterThanOrEqualBuildResult', result: 'SUCCESS', state: 'SUCCESS', message: 'good'],
           [$class: 'AnyBuildResult', state: 'PENDING', message: 'build \${BUILD_NUMBER}']]]])`,
    );
    const ended = await at.server.ended(await at.server.start(at.job));
    assert.equal(ended.result, 'UNSTABLE', ended.log);
    await at.allTold();
    assert.ok(at.told().includes('app failure'), at.told().join());
    assert.deepEqual(at.forge.statuses.find((s) => s.commit === 'c'.repeat(40))?.body, {
      state: 'pending',
      context: 'ci/build',
      description: 'build 1',
      target_url: 'https://back.example/',
    });
    const handled = await at.server.run(
      `step([$class: 'GitHubCommitStatusSetter', errorHandlers: [[$class: 'ChangingBuildStatusErrorHandler', result: 'UNSTABLE']]])`,
    );
    assert.equal(handled.result, 'UNSTABLE', handled.log);
    assert.ok(handled.log.includes(', setting build result to UNSTABLE'), handled.log);
    await at.server.stop();
  });
});
