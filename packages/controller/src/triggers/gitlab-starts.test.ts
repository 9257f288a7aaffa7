/** Builds that the trigger `gitlab` starts, from the request of GitLab to what is checked out. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { causesOf, factsOf, originOf, parametersOf } from '../builds/records.ts';
import type { TestApi } from '../http/testing/api.ts';
import { testApi } from '../http/testing/api.ts';
import { putJob } from '../http/testing/builds.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { acceptDelivery } from './delivery.ts';
import { FORGES } from './forge-payloads.ts';
import type { GitLabEvent } from './gitlab-payload.ts';
import { readGitLab } from './gitlab-payload.ts';
import { FROM, mergeBody, noteBody, pushBody, TO } from './testing/gitlab-bodies.ts';
import { dutyOf, handled, outcomes } from './testing/trigger-duty.ts';

const INLINE = { kind: 'inline', script: 'echo 1' };
const OWN = { kind: 'git', url: 'https://git.example/team/app.git', branch: 'main' };

async function makeJob(api: TestApi, name: string, triggers: readonly object[], definition: object = INLINE, more: object = {}): Promise<void> {
  const made = await api.call('admin', 'POST', 'items', { kind: 'pipeline', name, config: { definition, triggers, ...more } });
  assert.equal(made.status, 201, made.text);
}
async function send(api: TestApi, address: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const answer = await api.call(null, 'POST', address, body, { 'x-gitlab-event': 'Hook', ...headers });
  assert.equal(answer.status, 202, answer.text);
  await handled(api);
}
const builds = (api: TestApi) => api.store.db.selectFrom('builds').selectAll().orderBy('id').execute();

eachEngine('the trigger gitlab', (databases) => {
  it('starts a job by its own address, with variables, parameters and a description, and once', async () => {
    const api = await testApi(databases);
    const parameters = [{ type: 'string', name: 'gitlabSourceBranch', default: 'main' }];
    await makeJob(api, 'app', [{ kind: 'gitlab', noteRegex: 'again' }], INLINE, { parameters });
    await makeJob(api, 'other', [{ kind: 'gitlab' }]);
    let duty = dutyOf(api);
    await send(api, '/project/app', pushBody());
    await send(api, '/project/app', mergeBody());
    await send(api, '/project/app', noteBody('again'));
    const all = await builds(api);
    assert.deepEqual(
      all.map((b) => [b.job, causesOf(b)[0]?.text, factsOf(b).description, parametersOf(b)['gitlabSourceBranch'], originOf(b).variables?.['gitlabActionType']]),
      [
        ['app', 'Started by GitLab push by Ada Example', 'Started by GitLab push by Ada Example', 'feature/one', 'PUSH'],
        [
          'app',
          'Triggered by GitLab Merge Request #3: ada/feature/one => main',
          'Triggered by GitLab Merge Request #3: ada/feature/one => main',
          'feature/one',
          'MERGE',
        ],
        [
          'app',
          'Triggered by Ada GitLab Merge Request #3: ada/feature/one => main',
          'Triggered by Ada GitLab Merge Request #3: ada/feature/one => main',
          'feature/one',
          'NOTE',
        ],
      ],
    );
    assert.equal(causesOf(all[0] as never)[0]?.type, 'com.dabsquared.gitlabjenkins.cause.GitLabWebHookCause');
    // Again, by another one that has the duty, and handled again.
    await duty.stop();
    duty = dutyOf(api);
    await send(api, '/project/app', pushBody());
    assert.deepEqual(await outcomes(api), [`app: ${TO} was started already`]);
    await send(api, '/project/app', mergeBody({ action: 'update' }));
    assert.deepEqual(await outcomes(api), [`app: ${TO} was started already`]);
    await send(api, '/project/app', noteBody('again'));
    assert.deepEqual(await outcomes(api), ['app: The comment has started a build already']);
    await send(api, '/project/app', noteBody('thanks', 6));
    assert.deepEqual(await outcomes(api), ['app: ‘again’ does not match the comment']);
    for (const { id } of (await api.call('dev', 'GET', 'deliveries')).body.entries) await api.call('admin', 'POST', `deliveries/${id}/redeliver`);
    await handled(api);
    assert.equal((await builds(api)).length, 3);
    await api.store.write((tx) => tx.updateTable('items').set({ disabled: 1 }).where('full_name', '=', 'app').execute());
    await send(api, '/project/app', pushBody({ after: FROM }));
    assert.deepEqual(await outcomes(api), ['app: The job app is disabled.']);
    await duty.stop();
    await api.close();
  });

  it('asks for the token of the job, and what a Jenkinsfile says holds', async () => {
    const api = await testApi(databases);
    await makeJob(api, 'token', [{ kind: 'gitlab', token: 'of the job' }]);
    await makeJob(api, 'declared', []);
    const declare = (options: object) =>
      api.store.write((tx) =>
        tx
          .updateTable('items')
          .set({ properties: JSON.stringify({ triggers: [{ kind: 'push', forge: 'gitlab', options }] }), updated_at: api.clock.at++ })
          .where('full_name', '=', 'declared')
          .execute(),
      );
    await declare({ secretToken: 'declared', triggerOnPush: false, mergeRequestLabelFilterConfig: { include: 'ready' }, pendingBuildName: 'x' });
    const duty = dutyOf(api);
    for (const [job, token, body] of [
      ['token', 'wrong', pushBody()],
      ['token', 'of the job', pushBody()],
      ['declared', 'wrong', mergeBody()],
      ['declared', 'declared', pushBody()],
      ['declared', 'declared', mergeBody()],
      ['declared', 'declared', mergeBody({}, { labels: [] })],
    ] as const)
      await send(api, `/project/${job}`, body, { 'x-gitlab-token': token });
    assert.deepEqual(
      (await builds(api)).map((b) => [b.job, originOf(b).variables?.['gitlabActionType']]),
      [
        ['token', 'PUSH'],
        ['declared', 'MERGE'],
      ],
    );
    await declare({ branchFilterType: 'Regex' });
    const shown = await api.call('viewer', 'GET', 'items/declared/triggers');
    assert.match(shown.body.triggers[0].problem, /^branchFilterType: /);
    const wrong = await api.call('admin', 'POST', 'items', {
      kind: 'pipeline',
      name: 'wrong',
      config: { definition: INLINE, triggers: [{ kind: 'gitlab', noteRegex: '(' }] },
    });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [400, '#/triggers/0/noteRegex']);
    await duty.stop();
    await api.close();
  });

  it('is found by its repository at the address for all, its branch with it, and another trigger starts nothing beside it', async () => {
    const api = await testApi(databases);
    await makeJob(api, 'app', [{ kind: 'poll', spec: '0 0 1 1 *' }, { kind: 'gitlab' }, { kind: 'push' }], OWN);
    await makeJob(api, 'fixed', [{ kind: 'gitlab' }], OWN);
    await makeJob(api, 'variable', [{ kind: 'gitlab' }], { ...OWN, branch: 'origin/${gitlabSourceBranch}' });
    await makeJob(api, 'other', [{ kind: 'gitlab' }], { ...OWN, url: 'https://git.example/team/other' });
    const duty = dutyOf(api);
    await send(api, '/gitlab-webhook/post', pushBody());
    assert.deepEqual(await outcomes(api), ['app: Another branch', 'fixed: Another branch', 'variable: a build waits']);
    await send(api, '/gitlab-webhook/post', pushBody({ ref: 'refs/heads/main', after: FROM }));
    assert.deepEqual(await outcomes(api), ['app: a build waits', 'fixed: a build waits', 'variable: a build waits']);
    await send(api, '/gitlab-webhook/post', pushBody({ ref: 'refs/heads/main', after: FROM }));
    assert.deepEqual(
      await outcomes(api),
      ['app', 'fixed', 'variable'].map((job) => `${job}: ${FROM} was started already`),
    );
    // Of a merge request its target says whose business it is.
    await send(api, '/gitlab-webhook/post', mergeBody());
    assert.deepEqual(await outcomes(api), ['app: a build waits', 'fixed: a build waits', 'variable: a build waits']);
    assert.equal((await builds(api)).filter((b) => b.job === 'app').length, 2);
    await duty.stop();
    await api.close();
  });

  it('builds the branch that was pushed where the branch specs say so', { skip: noHttpBackend() }, async (t) => {
    const folder = await tempFolder(t);
    const app = await testRepository(folder, 'app');
    await app.commit({ Jenkinsfile: "echo 'of main'" });
    await app.git(['checkout', '-q', '-b', 'feature/one']);
    const after = await app.commit({
      Jenkinsfile: `node { def had = checkout scm; echo "read \${had.GIT_BRANCH} for \${env.gitlabActionType} by \${env.gitlabUserName}, \${env.gitlabMergeRequestIid}" }`,
    });
    await app.git(['checkout', '-q', 'main']);
    const git = await gitHttpServer(t, folder);
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const url = `${git.url}/app/.git`;
    const put = (name: string, definition: object) =>
      putJob(server.store, name, {
        config: JSON.stringify(pipelineConfig.parse({ definition, triggers: [{ kind: 'gitlab' }] })),
        updated_at: Date.now(),
      });
    const script = `node {
      checkout scmGit(branches: [[name: 'origin/\${gitlabSourceBranch}']], userRemoteConfigs: [[url: '${url}', refspec: '+refs/heads/\${gitlabSourceBranch}:refs/remotes/origin/\${gitlabSourceBranch}']])
      echo readFile('Jenkinsfile')
    }`;
    await put('inline', { kind: 'inline', script });
    await put('own', { kind: 'git', url, branch: 'origin/${gitlabSourceBranch}' });
    const deliver = (job: string, body: object) =>
      acceptDelivery(server.store, Date.now(), {
        provider: 'gitlab',
        key: job,
        name: 'Hook',
        address: null,
        body: '',
        delivered: { kind: 'scm', event: FORGES.gitlab('Hook', body) as never, job, hash: null, gitlab: readGitLab('Hook', body) as GitLabEvent },
      });
    for (const job of ['inline', 'own']) await deliver(job, pushBody({ after }));
    const all = () => server.store.db.selectFrom('builds').selectAll().orderBy('job').execute();
    await server.until(async () => (await all()).length === 2, { ms: 20_000 });
    const [inline, own] = await Promise.all((await all()).map((b) => server.ended(b.id)));
    assert.equal(inline?.result, 'SUCCESS', inline?.log);
    assert.match(inline?.log ?? '', /^Started by GitLab push by Ada Example\n/);
    assert.match(inline?.log ?? '', new RegExp(`Checking out Revision ${after}`));
    assert.equal(own?.result, 'SUCCESS', own?.log);
    assert.match(own?.log ?? '', /read origin\/feature\/one for PUSH by Ada Example, null\n/);
    // Where the repository is the one that was told of, its commit goes before what a branch spec says.
    await put('fixed-1', { kind: 'git', url, branch: 'main' });
    await put('fixed-2', { kind: 'git', url, branch: 'main' });
    await put('fixed-3', { kind: 'inline', script: `node { git url: '${url}', branch: 'main'; echo readFile('Jenkinsfile') }` });
    const project = { id: 7, namespace: 'team', git_http_url: url, web_url: url };
    await deliver('fixed-1', pushBody({ after, project }));
    await deliver('fixed-2', mergeBody({ source_project_id: 7, last_commit: { id: after, message: '', author: { name: 'Ada' } } }, { project }));
    await deliver('fixed-3', pushBody({ after, project }));
    await server.until(async () => (await all()).length === 5, { ms: 20_000 });
    const [pushed, merged, step] = await Promise.all((await all()).filter((b) => b.job.startsWith('fixed')).map((b) => server.ended(b.id)));
    assert.match(pushed?.log ?? '', /read origin\/feature\/one for PUSH by Ada Example, null\n/);
    assert.match(merged?.log ?? '', /read \S+ for MERGE by Ada, 3\n/);
    assert.match(step?.log ?? '', new RegExp(`Checking out Revision ${after}`));
    await server.stop();
  });
});
