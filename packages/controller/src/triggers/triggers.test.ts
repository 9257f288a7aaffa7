import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import { causesOf, originOf, parametersOf } from '../builds/records.ts';
import { findCredential } from '../credentials/find-credential.ts';
import { GitHubApps } from '../credentials/github-app.ts';
import type { TestApi } from '../http/testing/api.ts';
import { testApi } from '../http/testing/api.ts';
import { Repositories } from '../scm/repository.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { OnScmEvent } from './handle-deliveries.ts';
import { mergeBody, noteBody, pushBody } from './testing/gitlab-bodies.ts';
import { TriggerDuty } from './trigger-duty.ts';

const URL = 'https://git.example/team/app.git';
const AFTER = 'a'.repeat(40);

function dutyOf(api: TestApi, more: { readonly startsAtOnce?: number; readonly onScmEvent?: OnScmEvent; readonly folder?: string } = {}): TriggerDuty {
  const { store, services } = api;
  return new TriggerDuty({
    store,
    write: store.write.bind(store),
    enqueue: services.enqueue,
    repositories: new Repositories({ folder: more.folder ?? '/nonexistent', hostKeys: () => DEFAULT_HOST_KEYS }),
    credential: findCredential({ store, sealer: services.sealer, providers: [], apps: new GitHubApps(services.now), now: services.now }),
    onScmEvent: more.onScmEvent ?? (async () => []),
    startsAtOnce: more.startsAtOnce ?? 100,
    timeZone: 'UTC',
    now: services.now,
    onError: (error) => {
      throw error;
    },
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, 'what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const handled = (api: TestApi) => async (): Promise<boolean> =>
  (await api.store.db.selectFrom('deliveries').select('id').where('state', '=', 'received').execute()).length === 0;
const builds = (api: TestApi) => api.store.db.selectFrom('builds').selectAll().orderBy('id').execute();

async function makeJob(api: TestApi, name: string, triggers: readonly object[], more: object = {}): Promise<void> {
  const definition = { kind: 'git', url: URL, branch: 'main' };
  const made = await api.call('admin', 'POST', 'items', { kind: 'pipeline', name, config: { definition, triggers, ...more } });
  assert.equal(made.status, 201, made.text);
}
const push = (ref = 'refs/heads/main', after = AFTER) => ({
  ref,
  before: '0'.repeat(40),
  after,
  repository: { full_name: 'team/app', clone_url: URL, ssh_url: 'git@git.example:team/app.git' },
  pusher: { name: 'ada' },
});
const github = (api: TestApi, body: unknown, headers: Record<string, string> = {}) =>
  api.call(null, 'POST', '/github-webhook/', body, { 'x-github-event': 'push', ...headers });

eachEngine('triggers', (databases) => {
  it('a push builds the jobs of its branch, once, however often it is sent, and tells what it started', async () => {
    const api = await testApi(databases);
    await makeJob(api, 'app', [{ kind: 'push' }]);
    await makeJob(api, 'next', [{ kind: 'push' }], { definition: { kind: 'git', url: 'git@git.example:team/app', branch: '*/next' } });
    await makeJob(api, 'other', [{ kind: 'push' }], { definition: { kind: 'git', url: 'https://git.example/team/other', branch: 'main' } });
    const first = await github(api, push(), { 'x-github-delivery': 'd-1' });
    assert.deepEqual([first.status, first.body.known], [202, false], first.text);
    assert.deepEqual((await github(api, push(), { 'x-github-delivery': 'd-1' })).body, { delivery: first.body.delivery, known: true });
    // The same again under another name: the commit was started.
    await github(api, push(), { 'x-github-delivery': 'd-2' });
    await github(api, { zen: 'x' }, { 'x-github-event': 'ping', 'x-github-delivery': 'd-3' });
    const duty = dutyOf(api);
    await until(handled(api));
    await duty.stop();
    const all = await builds(api);
    assert.deepEqual(
      all.map((b) => b.job),
      ['app'],
    );
    assert.deepEqual(causesOf(all[0] as never), [{ type: 'com.cloudbees.jenkins.GitHubPushCause', text: 'Started by GitHub push by ada' }]);
    const shown = await api.call('dev', 'GET', 'deliveries');
    assert.deepEqual(
      shown.body.entries.map((d: any) => [d.name, d.state, d.started, d.outcomes.map((o: any) => [o.item, o.what])]),
      [
        ['ping', 'handled', 0, [['', '‘ping’ starts no builds']]],
        [
          'push',
          'handled',
          0,
          [
            ['app', `${AFTER} was started already`],
            ['next', 'Another branch'],
          ],
        ],
        [
          'push',
          'handled',
          1,
          [
            ['app', 'a build waits'],
            ['next', 'Another branch'],
          ],
        ],
      ],
    );
    const one = await api.call('admin', 'GET', `deliveries/${first.body.delivery}`);
    assert.equal(JSON.parse(one.body.body).ref, 'refs/heads/main');
    assert.equal((await api.call('viewer', 'GET', 'deliveries')).status, 403);
    await api.close();
  });

  it('what was accepted is handled by whoever has the duty next, and a push to what many wait for is spread', async () => {
    const api = await testApi(databases);
    for (let i = 0; i < 5; i++)
      await makeJob(api, `user-${i}`, [{ kind: 'repository', url: 'https://git.example/libs/shared', branches: ['main', 'release/*'] }], {
        definition: { kind: 'inline', script: 'echo 1' },
      });
    const library = { ...push('refs/heads/release/1'), repository: { clone_url: 'https://git.example/libs/shared.git' } };
    assert.equal((await github(api, library)).status, 202);
    let duty = dutyOf(api, { startsAtOnce: 2 });
    await until(async () => (await builds(api)).length === 2);
    // The holder is gone in between.
    await duty.stop();
    duty = dutyOf(api, { startsAtOnce: 2 });
    for (const count of [4, 5]) {
      api.clock.at += 61_000;
      await until(async () => (await builds(api)).length === count);
    }
    await until(handled(api));
    await duty.stop();
    assert.deepEqual((await builds(api)).map((b) => b.job).sort(), ['user-0', 'user-1', 'user-2', 'user-3', 'user-4']);
    assert.equal((await api.call('dev', 'GET', 'deliveries')).body.entries[0].started, 5);
    await api.close();
  });

  it('a forge with a secret has to sign, and a job with a token of its own has to be told it', async () => {
    const api = await testApi(databases, {
      webhookSecrets: [
        { forge: 'github', credentialsId: 'hook' },
        { forge: 'gitea', credentialsId: 'hook' },
        { forge: 'bitbucket', credentialsId: 'hook' },
      ],
    });
    await api.call('admin', 'POST', 'credentials', { id: 'hook', secrets: { type: 'string', fields: { secret: 'between us' } }, allow: { builds: false } });
    await makeJob(api, 'app', [{ kind: 'push', token: 'of the job' }]);
    const text = JSON.stringify(push());
    const sign = (secret: string) => createHmac('sha256', secret).update(text).digest('hex');
    assert.equal((await github(api, text)).body.code, 'MR_WEBHOOK_SIGNATURE');
    assert.equal((await github(api, text, { 'x-hub-signature-256': `sha256=${sign('wrong')}` })).status, 403);
    assert.equal((await github(api, text, { 'x-hub-signature-256': `sha256=${sign('between us')}` })).status, 202);
    const gitea = await api.call(null, 'POST', '/gitea-webhook/post', text, { 'x-gitea-event': 'push', 'x-gitea-signature': sign('between us') });
    assert.equal(gitea.status, 202, gitea.text);
    for (const [address, secret, status] of [
      ['/bitbucket-hook/', 'between us', 202],
      ['/bitbucket-scmsource-hook/notify', 'between us', 202],
      ['/bitbucket-scmsource-hook/notify', 'wrong', 403],
    ] as const) {
      const headers = { 'x-event-key': 'repo:push', 'x-hub-signature': `sha256=${sign(secret)}` };
      assert.equal((await api.call(null, 'POST', address, text, headers)).status, status, address);
    }
    const gitlabPush = {
      object_kind: 'push',
      ref: 'refs/heads/main',
      before: '0'.repeat(40),
      after: 'b'.repeat(40),
      project: { git_http_url: URL, path_with_namespace: 'team/app' },
      user_username: 'ada',
    };
    for (const token of ['guessed', 'of the job'])
      assert.equal((await api.call(null, 'POST', '/project/app', gitlabPush, { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': token })).status, 202);
    const duty = dutyOf(api);
    await until(handled(api));
    await duty.stop();
    assert.deepEqual(
      (await builds(api)).map((b) => causesOf(b)[0]?.text),
      ['Started by GitLab push by ada'],
    );
    const config = await api.call('admin', 'GET', 'items/app');
    assert.equal(config.body.config.triggers[0].token, null);
    const stored = await api.store.db.selectFrom('items').select('config').where('full_name', '=', 'app').executeTakeFirstOrThrow();
    assert.ok(!stored.config.includes('of the job'));
    // Saved again without the token it stays.
    const saved = await api.call('admin', 'PUT', 'items/app/config', config.body.config, { 'if-match': '*' });
    assert.equal(saved.status, 200, saved.text);
    assert.equal((await api.store.db.selectFrom('items').select('config').where('full_name', '=', 'app').executeTakeFirstOrThrow()).config, stored.config);
    await api.close();
  });

  it('times start builds at their minute, what nobody was there for once, and lines bring parameters', async () => {
    const api = await testApi(databases);
    api.clock.at = Date.parse('2026-03-01T00:00:30Z');
    const parameters = [{ type: 'string', name: 'TARGET', default: 'one' }];
    await makeJob(api, 'nightly', [{ kind: 'cron', spec: '30 2 * * * % TARGET=all\n0 12 * * *' }], { parameters });
    const refused = await api.call('admin', 'POST', 'items', {
      kind: 'pipeline',
      name: 'wrong',
      config: { definition: { kind: 'inline', script: 'echo 1' }, triggers: [{ kind: 'cron', spec: '99 * * * *' }] },
    });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [400, '#/triggers/0/spec']);
    let duty = dutyOf(api);
    await until(async () => (await api.store.db.selectFrom('triggers').select('next_at').execute())[0]?.next_at === Date.parse('2026-03-01T02:30:00Z'));
    assert.equal((await builds(api)).length, 0);
    api.clock.at = Date.parse('2026-03-01T02:30:00Z');
    await until(async () => (await builds(api)).length === 1);
    await duty.stop();
    assert.equal(parametersOf((await builds(api))[0] as never)['TARGET'], 'all');
    assert.match(causesOf((await builds(api))[0] as never)[0]?.text ?? '', /Started by timer with parameters: \{TARGET=all\}/);
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended' }).execute());
    // Three days without a controller.
    api.clock.at = Date.parse('2026-03-04T08:00:00Z');
    duty = dutyOf(api);
    await until(async () => (await builds(api)).length === 2);
    const shown = await api.call('viewer', 'GET', 'items/nightly/triggers');
    assert.equal(shown.body.triggers[0].nextAt, Date.parse('2026-03-04T12:00:00Z'));
    await duty.stop();
    assert.equal((await builds(api)).length, 2);
    await api.close();
  });

  it('polling builds what is new in a real repository, and tells what is wrong where it is away', async () => {
    const api = await testApi(databases);
    const folder = mkdtempSync(join(tmpdir(), 'millrace-poll-'));
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example', ...args], { cwd: folder, encoding: 'utf8' });
    git('init', '-q', '-b', 'main', '.');
    const commit = (text: string): void => {
      writeFileSync(join(folder, 'Jenkinsfile'), text);
      git('add', '.');
      git('commit', '-qm', text);
    };
    commit('echo 1');
    await makeJob(api, 'app', [{ kind: 'poll', spec: '* * * * *' }], { definition: { kind: 'git', url: folder, branch: 'main' } });
    await makeJob(api, 'away', [{ kind: 'poll', spec: '* * * * *' }], { definition: { kind: 'git', url: `${folder}/none`, branch: 'main' } });
    const duty = dutyOf(api, { folder: join(folder, '.git', 'cache') });
    const triggers = async (job: string) => (await api.call('viewer', 'GET', `items/${job}/triggers`)).body.triggers[0];
    await until(async () => (await api.store.db.selectFrom('triggers').selectAll().execute()).length === 2);
    api.clock.at += 60_000;
    await until(async () => (await builds(api)).length === 1);
    await until(async () => (await triggers('away')).problem === 'MR_GIT_AWAY');
    api.clock.at += 60_000;
    await until(async () => (await triggers('app')).last.endsWith('no changes'));
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended' }).execute());
    commit('echo 2');
    assert.equal((await api.call('dev', 'POST', 'items/app/poll')).status, 202);
    await until(async () => (await builds(api)).length === 2);
    assert.deepEqual(
      (await builds(api)).map((b) => [b.job, causesOf(b)[0]?.text]),
      [
        ['app', 'Started by an SCM change'],
        ['app', 'Started by an SCM change'],
      ],
    );
    await duty.stop();
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a poll starts nothing for changes that are to be ignored, also where a webhook has told of them', async () => {
    const api = await testApi(databases);
    const folder = mkdtempSync(join(tmpdir(), 'millrace-poll-'));
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example', ...args], { cwd: folder, encoding: 'utf8' });
    git('init', '-q', '-b', 'main', '.');
    const commit = (file: string, message: string): void => {
      writeFileSync(join(folder, file), message);
      git('add', '.');
      git('commit', '-qm', message);
    };
    commit('Jenkinsfile', 'first');
    const ignore = { excludedPaths: ['docs-.*'], message: '(?s).*\\[skip\\].*' };
    await makeJob(api, 'app', [{ kind: 'poll', spec: '0 0 1 1 *', ignore }], { definition: { kind: 'git', url: `file://${folder}`, branch: 'main' } });
    const duty = dutyOf(api, { folder: join(folder, '.git', 'cache') });
    const poll = () => api.call('dev', 'POST', 'items/app/poll');
    await until(async () => (await api.store.db.selectFrom('triggers').selectAll().execute()).length === 1);
    await poll();
    await until(async () => (await builds(api)).length === 1);
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended' }).execute());
    commit('docs-1', 'only words');
    commit('Jenkinsfile', 'no need [skip]');
    assert.equal((await api.call(null, 'POST', `/git/notifyCommit?url=file://${folder}&branches=main`)).status, 202);
    const said = async () => (await api.call('viewer', 'GET', 'items/app/triggers')).body.triggers[0].last;
    await until(async () => /all changes are to be ignored/.test(await said()));
    commit('Jenkinsfile', 'a change');
    await poll();
    await until(async () => (await builds(api)).length === 2);
    await duty.stop();
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a token starts a build without a login, and nothing is told to who has another', async () => {
    const api = await testApi(databases);
    await makeJob(api, 'app', [{ kind: 'token', token: 'sesame' }], { parameters: [{ type: 'string', name: 'A', default: '' }] });
    const duty = dutyOf(api);
    await until(async () => (await api.store.db.selectFrom('triggers').selectAll().execute()).length === 1);
    const wrong = await api.call(null, 'POST', '/job/app/build?token=guess');
    const missing = await api.call(null, 'POST', '/job/none/build?token=sesame');
    assert.deepEqual([wrong.status, wrong.body.code, missing.body.code], [404, 'MR_WEBHOOK_JOB', 'MR_WEBHOOK_JOB']);
    assert.equal((await api.call(null, 'POST', '/job/app/build')).status, 401);
    const started = await api.call(null, 'POST', '/job/app/buildWithParameters?token=sesame&A=1&cause=by%20hand');
    assert.equal(started.status, 201, started.text);
    assert.match(String(started.headers['location']), /^http:\/\/ci\.test\/queue\/item\/\d+\/$/);
    const [build] = await builds(api);
    assert.deepEqual([parametersOf(build as never)['A'], causesOf(build as never)[0]?.text], ['1', 'Started by remote host 127.0.0.1 with note: by hand']);
    // A hook that asks as Jenkins lets it; a page that only looks starts nothing.
    assert.equal((await api.call(null, 'GET', '/job/app/buildWithParameters?A=2&token=sesame')).status, 201);
    assert.equal((await api.call(null, 'GET', '/job/app/build?token=guess')).body.code, 'MR_WEBHOOK_JOB');
    await api.call(null, 'GET', '/job/app/build');
    assert.deepEqual(
      (await builds(api)).map((b) => parametersOf(b as never)['A']),
      ['1', '2'],
    );
    assert.equal((await api.call('admin', 'PATCH', 'items/app', { disabled: true })).status, 200);
    assert.equal((await api.call(null, 'POST', '/job/app/build?token=sesame')).body.code, 'MR_JOB_DISABLED');
    await duty.stop();
    await api.close();
  });

  it('a generic webhook makes parameters and variables of what JSONPath finds, and its filter decides', async () => {
    const api = await testApi(databases);
    const trigger = {
      kind: 'generic',
      token: 'abc',
      variables: [
        { name: 'REF', path: '$.push.ref', remove: '^refs/heads/' },
        { name: 'AUTHORS', path: '$.commits[*].author' },
        { name: 'KIND', path: '$.kind', default: 'none' },
      ],
      headers: ['X-Kind'],
      query: ['who'],
      filterText: '$REF',
      filterExpression: '^(main|release/.*)$',
      cause: 'Told by $who',
    };
    await makeJob(api, 'told', [trigger], { parameters: [{ type: 'string', name: 'REF', default: '' }] });
    await makeJob(api, 'endless', [{ kind: 'generic', token: 'abc', variables: [{ name: 'A', path: '$.slow', remove: '(a+)+$' }] }]);
    const duty = dutyOf(api);
    await until(async () => (await api.store.db.selectFrom('triggers').selectAll().execute()).length === 2);
    const send = (body: unknown, token = 'abc') => api.call(null, 'POST', `/generic-webhook-trigger/invoke?token=${token}&who=ada`, body, { 'x-kind': 'test' });
    assert.equal((await send({}, 'xyz')).status, 404);
    assert.equal((await api.call(null, 'POST', '/generic-webhook-trigger/invoke', {})).body.code, 'MR_WEBHOOK');
    assert.equal((await send({ push: { ref: 'refs/heads/main' }, commits: [{ author: 'a' }, { author: 'b' }], slow: `${'a'.repeat(40)}!` })).status, 202);
    assert.equal((await send({ push: { ref: 'refs/heads/feature' } })).status, 202);
    await until(handled(api));
    await duty.stop();
    const told = (await builds(api)).filter((b) => b.job === 'told');
    assert.equal(told.length, 1);
    assert.deepEqual([parametersOf(told[0] as never), causesOf(told[0] as never)[0]?.text], [{ REF: 'main' }, 'Told by ada']);
    assert.deepEqual(originOf(told[0] as never).variables, {
      REF: 'main',
      AUTHORS: '["a","b"]',
      AUTHORS_0: 'a',
      AUTHORS_1: 'b',
      KIND: 'none',
      x_kind: 'test',
      who: 'ada',
    });
    const outcomes = (await api.call('dev', 'GET', 'deliveries')).body.entries.flatMap((d: any) => d.outcomes.map((o: any) => `${o.item}: ${o.what}`));
    assert.ok(
      outcomes.some((o: string) => /told: .*does not match/.test(o)),
      outcomes.join('\n'),
    );
    assert.ok(
      outcomes.some((o: string) => /endless: the expression .*timed out/.test(o)),
      outcomes.join('\n'),
    );
    await api.close();
  });

  it('a flood of deliveries is merged and none is lost', async () => {
    const api = await testApi(databases);
    await makeJob(api, 'app', [{ kind: 'push' }]);
    const seen = new Set<string>();
    const duty = dutyOf(api, {
      onScmEvent: async (event) => {
        for (const { after } of event.refs) if (after !== null) seen.add(after);
        return [];
      },
    });
    const commits = Array.from({ length: 300 }, (_, i) => (i + 1).toString(16).padStart(40, '0'));
    const answers = await Promise.all(commits.map((after, i) => github(api, push('refs/heads/main', after), { 'x-github-delivery': `f-${i}` })));
    assert.ok(answers.every((a) => a.status === 202));
    await until(handled(api));
    await duty.stop();
    assert.equal(seen.size, 300);
    assert.equal((await builds(api)).length, 1);
    await api.close();
  });

  it('what is no webhook is refused with a code, whatever bytes come', async () => {
    const api = await testApi(databases);
    let seed = 11;
    const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
    const bodies = [
      JSON.stringify(push()),
      JSON.stringify(pushBody()),
      JSON.stringify(mergeBody()),
      JSON.stringify(noteBody('again')),
      '[]',
      'null',
      '1',
      '{"repository":{"clone_url":5}}',
      '{"pullrequest":{"id":7},"pullRequest":{"id":7,"fromRef":{},"toRef":{"repository":{"links":{"clone":[{"href":"https://git.example/scm/team/app.git"}]}}}}}',
      '{"push":{"changes":[{"new":null}]},"repository":{"links":{"clone":[{}]}}}',
      '',
    ];
    const paths = [
      '/github-webhook/',
      '/gitlab-webhook/post',
      '/gitea-webhook/post',
      '/gogs-webhook',
      '/bitbucket-hook/',
      '/bitbucket-scmsource-hook/notify?server_url=x',
      '/project/a/b',
      '/generic-webhook-trigger/invoke?token=x',
      '/git/notifyCommit?url=x&branches=a,b',
      '/job/x/build?token=y',
    ];
    const names = [
      'push',
      'create',
      'delete',
      'pull_request',
      'repo:push',
      'repo:refs_changed',
      'pr:opened',
      'pullrequest:updated',
      'Merge Request Hook',
      '\u00ff',
    ];
    for (let i = 0; i < 300; i++) {
      const text = Buffer.from(bodies[random(bodies.length)] as string);
      for (let j = random(4); j > 0 && text.length > 0; j--) text[random(text.length)] = random(256);
      const name = names[random(names.length)] as string;
      const answer = await api.call(null, 'POST', paths[random(paths.length)] as string, text, {
        'x-github-event': name,
        'x-gitea-event': name,
        'x-gogs-event': name,
        'x-event-key': name,
        'content-type': random(5) === 0 ? 'application/x-www-form-urlencoded' : 'application/json',
      });
      assert.ok(answer.status < 500, `${answer.status} ${answer.text}`);
      if (answer.status >= 400) assert.match(answer.body.code, /^MR_/);
    }
    await api.close();
  });
});

it('the end of a build starts the jobs that wait for it, down to their threshold', async () => {
  const folder = new TestFolder();
  const server = await TestServer.start({ data: folder.path });
  try {
    const { store } = server;
    const first = await server.job('first', "node { echo 'x' }");
    for (const [name, threshold] of [
      ['good', 'SUCCESS'],
      ['any', 'FAILURE'],
    ] as const) {
      await server.job(name, 'echo 1');
      await store.write((tx, wakes) => {
        wakes.add('delivery');
        return tx
          .updateTable('items')
          .set({
            config: JSON.stringify({
              definition: { kind: 'inline', script: 'echo 1' },
              parameters: [],
              environment: {},
              quietPeriodSeconds: 0,
              concurrent: 'allow',
              throttle: null,
              retention: null,
              priority: 0,
              controllerLabel: null,
              timeZone: null,
              triggers: [{ kind: 'upstream', jobs: ['first'], threshold }],
            }),
            updated_at: Date.now(),
          })
          .where('full_name', '=', name)
          .execute();
      });
    }
    await server.until(async () => (await store.db.selectFrom('triggers').select('item_id').execute()).length === 2);
    await server.ended(await server.start(first));
    const of = (job: string) => store.db.selectFrom('builds').selectAll().where('job', '=', job).execute();
    await server.until(async () => (await of('good')).length === 1 && (await of('any')).length === 1);
    assert.equal(causesOf((await of('good'))[0] as never)[0]?.text, 'Started by upstream project "first" build number 1');
  } finally {
    await server.stop();
    folder.remove();
  }
});
