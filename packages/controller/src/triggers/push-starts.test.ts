/** What a push to a repository starts that jobs have beside their own: because their last good build has checked it out. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { causesOf } from '../builds/records.ts';
import { keepRevision } from '../builds/revisions.ts';
import type { TestApi } from '../http/testing/api.ts';
import { testApi } from '../http/testing/api.ts';
import { putBuild, putJob } from '../http/testing/builds.ts';
import type { WatchedCheckout } from '../scm/watched-checkout.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { acceptDelivery } from './delivery.ts';
import type { PollState } from './poll.ts';
import { dutyOf, handled, outcomes, until } from './testing/trigger-duty.ts';
import { indexWatched } from './watched-index.ts';

const URL = 'https://git.example/team/part.git';
const [A, B, C] = ['a', 'b', 'c'].map((c) => c.repeat(40)) as [string, string, string];

const waiting = async ({ store }: TestApi): Promise<string[]> =>
  (await store.db.selectFrom('builds').select('job').where('state', '=', 'queued').orderBy('job').execute()).map((b) => b.job);

/** A pipeline with an inline script. */
async function makeJob(api: TestApi, name: string, triggers: readonly object[]): Promise<number> {
  const definition = { kind: 'inline', script: `node { git url: '${URL}' }` };
  const made = await api.call('admin', 'POST', 'items', { kind: 'pipeline', name, config: { definition, triggers } });
  assert.equal(made.status, 201, made.text);
  return (await api.store.db.selectFrom('items').select('id').where('full_name', '=', name).executeTakeFirstOrThrow()).id;
}

interface CheckedOut extends Partial<WatchedCheckout> {
  readonly branch?: string;
  readonly commit?: string;
  readonly poll?: boolean;
}

/** A build that has ended, and what it has checked out. */
async function ended(api: TestApi, item: number, job: string, number: number, checkouts: readonly CheckedOut[], result = 'SUCCESS'): Promise<void> {
  const id = await putBuild(api.store, item, job, number, { result });
  await api.store.write(async (tx) => {
    for (const [i, { branch = 'origin/main', commit = A, poll = true, ...rest }] of checkouts.entries()) {
      const watched = { url: URL, credentialsId: null, branches: ['*/main'], ...rest };
      await keepRevision(
        tx,
        { id, itemId: item, number },
        { askId: `0:${i}`, kind: 'checkout', url: watched.url, branch, commit, poll, changes: [], more: false, watched: poll ? watched : null },
      );
    }
    await indexWatched(tx, api.store.engine.exclusive, item, id);
  });
}

const push = (after: string, ref = 'refs/heads/main', url = URL) => ({
  ref,
  before: '0'.repeat(40),
  after,
  repository: { clone_url: url },
  pusher: { name: 'ada' },
});
const github = async (api: TestApi, body: unknown): Promise<void> => {
  assert.equal((await api.call(null, 'POST', '/github-webhook/', body, { 'x-github-event': 'push' })).status, 202);
};
eachEngine('a push to what builds check out', (databases) => {
  it('starts the jobs whose last good build has it, of its branch, once, and those alone', async () => {
    const api = await testApi(databases);
    const jobs: [string, readonly object[], readonly CheckedOut[]][] = [
      ['app', [{ kind: 'push' }], [{}]],
      ['by-poll', [{ kind: 'poll', spec: '0 0 1 1 *' }], [{ url: 'git@git.example:team/part' }]],
      ['deaf', [{ kind: 'poll', spec: '0 0 1 1 *', ignorePostCommitHooks: true }], [{}]],
      ['quiet', [{ kind: 'push' }], [{ poll: false }]],
      ['other', [{ kind: 'push' }], [{ url: 'https://git.example/team/other' }]],
      ['next', [{ kind: 'push' }], [{ branches: ['*/next'], branch: 'origin/next' }]],
      ['variable', [{ kind: 'push' }], [{ branches: ['origin/$BRANCH'] }]],
      ['wild', [{ kind: 'push' }], [{ branches: ['**'], branch: 'origin/next' }]],
      ['token', [{ kind: 'push', token: 'of the job' }], [{}]],
      ['built', [{ kind: 'push' }], [{ commit: B }]],
      ['plain', [], [{}]],
    ];
    for (const [name, triggers, checkouts] of jobs) await ended(api, await makeJob(api, name, triggers), name, 1, checkouts);
    await github(api, push(B));
    const duty = dutyOf(api);
    await handled(api);
    assert.deepEqual(await waiting(api), ['app', 'by-poll', 'variable', 'wild']);
    assert.deepEqual(await outcomes(api), [
      'app: a build waits',
      `built: ${B} was started already`,
      'by-poll: a build waits',
      'next: Another branch',
      'token: It did not come with the token of this job',
      'variable: a build waits',
      'wild: a build waits',
    ]);
    const app = await api.store.db.selectFrom('builds').selectAll().where('job', '=', 'app').where('state', '=', 'queued').executeTakeFirstOrThrow();
    assert.deepEqual(causesOf(app), [{ type: 'com.cloudbees.jenkins.GitHubPushCause', text: 'Started by GitHub push by ada' }]);
    // Told again, handled again, and by another one.
    await github(api, push(B));
    assert.equal((await api.call(null, 'POST', `/git/notifyCommit?url=${URL}&branches=main&sha1=${B}`)).status, 202);
    await handled(api);
    const { entries } = (await api.call('dev', 'GET', 'deliveries')).body;
    assert.equal((await api.call('admin', 'POST', `deliveries/${entries.at(-1).id}/redeliver`)).status, 202);
    await handled(api);
    assert.deepEqual(await waiting(api), ['app', 'by-poll', 'variable', 'wild']);
    assert.ok((await outcomes(api)).includes(`app: ${B} was started already`));
    // A branch that was not built before concerns who builds all of them.
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'cancelled' }).where('state', '=', 'queued').execute());
    await github(api, push(C, 'refs/heads/feature'));
    await handled(api);
    assert.deepEqual(await waiting(api), ['wild']);
    await duty.stop();
    await api.close();
  });

  it('follows the last good build, also when that is deleted, and when an older version has ended it', async () => {
    const api = await testApi(databases);
    const item = await makeJob(api, 'app', [{ kind: 'push' }]);
    const watched = async (): Promise<string[]> =>
      (await api.store.db.selectFrom('watched_repositories').select('address').orderBy('address').execute()).map((r) => r.address);
    await ended(api, item, 'app', 1, [{ url: 'https://git.example/team/none' }], 'FAILURE');
    assert.deepEqual(await watched(), ['git.example/team/none']);
    await ended(api, item, 'app', 2, [{}, { url: 'ssh://git@git.example:22/team/lib.git' }], 'UNSTABLE');
    await ended(api, item, 'app', 3, [{}]);
    assert.deepEqual(await watched(), ['git.example/team/part']);
    await ended(api, item, 'app', 4, [{ url: 'https://git.example/team/none' }], 'ABORTED');
    assert.deepEqual(await watched(), ['git.example/team/part']);
    assert.equal((await api.call('admin', 'DELETE', 'items/app/builds/3')).status, 204);
    assert.deepEqual(await watched(), ['git.example/team/lib', 'git.example/team/part']);
    // As a version leaves it that keeps no index.
    await api.store.write((tx) => tx.deleteFrom('watched_repositories').execute());
    let duty = dutyOf(api);
    await until(async () => (await watched()).length === 2);
    await duty.stop();
    await api.store.write((tx) => tx.deleteFrom('watched_repositories').execute());
    duty = dutyOf(api);
    await until(async () => (await watched()).length === 2);
    await duty.stop();
    assert.equal((await api.call('admin', 'DELETE', 'items/app', undefined, { 'if-match': '*' })).status < 300, true);
    assert.deepEqual(await watched(), []);
    await api.close();
  });

  it('reaches all jobs, whoever is gone in between, and none twice', async () => {
    const api = await testApi(databases);
    for (let i = 0; i < 5; i++) await ended(api, await makeJob(api, `user-${i}`, [{ kind: 'push' }]), `user-${i}`, 1, [{}]);
    await github(api, push(B));
    let duty = dutyOf(api, { startsAtOnce: 2 });
    await until(async () => (await waiting(api)).length === 2);
    await duty.stop();
    duty = dutyOf(api, { startsAtOnce: 2 });
    for (const count of [4, 5]) {
      api.clock.at += 61_000;
      await until(async () => (await waiting(api)).length === count);
    }
    await handled(api);
    await duty.stop();
    assert.deepEqual(await waiting(api), ['user-0', 'user-1', 'user-2', 'user-3', 'user-4']);
    await api.close();
  });

  it('has a trigger look where exclusions hold or no commit is told, also after the one that looked is gone', async (t) => {
    const api = await testApi(databases);
    const folder = await tempFolder(t);
    const part = await testRepository(folder, 'part');
    const first = await part.commit({ a: '1' });
    const url = `file://${folder}/part`;
    const looked = { url, commit: first, ignore: { includedPaths: [], excludedPaths: ['docs/.*'], users: [], message: '' } };
    const app = await makeJob(api, 'app', [{ kind: 'push' }]);
    await ended(api, app, 'app', 1, [looked]);
    await ended(api, await makeJob(api, 'free', [{ kind: 'push' }]), 'free', 1, [{ url, commit: first }]);
    const row = (item: number) => api.store.db.selectFrom('triggers').selectAll().where('item_id', '=', item).executeTakeFirstOrThrow();
    const state = async (item: number): Promise<PollState> => JSON.parse((await row(item)).state);
    let duty = dutyOf(api, { folder: `${folder}/cache` });
    await github(api, push(await part.commit({ 'docs/a': '1' }), 'refs/heads/main', url));
    await handled(api);
    await until(async () => /all changes are to be ignored$/.test((await state(app)).said ?? ''));
    assert.deepEqual(await waiting(api), ['free']);
    assert.equal((await row(app)).next_at, null);
    const second = await part.commit({ b: '1' });
    await github(api, push(second, 'refs/heads/main', url));
    await until(async () => (await waiting(api)).includes('app'));
    const build = await api.store.db.selectFrom('builds').selectAll().where('job', '=', 'app').where('state', '=', 'queued').executeTakeFirstOrThrow();
    assert.deepEqual(causesOf(build)[0]?.text, 'Started by GitHub push by ada');
    // Without a commit it looks, and what one has started the other does not.
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'cancelled' }).where('state', '=', 'queued').execute());
    assert.equal((await api.call(null, 'GET', `/git/notifyCommit?url=${url}`)).status, 202);
    await handled(api);
    assert.deepEqual(await outcomes(api), ['app: It is looked at whether the changes are to be ignored', 'free: It is looked at for changes']);
    for (const job of ['app', 'free']) {
      const { id } = await api.store.db.selectFrom('items').select('id').where('full_name', '=', job).executeTakeFirstOrThrow();
      await until(async () => (await row(id)).next_at === null);
    }
    assert.deepEqual(await waiting(api), []);
    await duty.stop();
    // Who looks is killed: what it has begun is due for the next one.
    await api.store.write((tx) =>
      tx
        .updateTable('triggers')
        .set({ next_at: api.clock.at + 60_000 })
        .where('item_id', '=', app)
        .execute(),
    );
    await part.commit({ c: '1' });
    duty = dutyOf(api, { folder: `${folder}/cache` });
    api.clock.at += 61_000;
    await until(async () => (await waiting(api)).includes('app'));
    await until(async () => (await row(app)).next_at === null);
    // A server that is away is asked again.
    await ended(api, app, 'app', 2, [{ ...looked, url: `${url}-away` }]);
    await github(api, push(B, 'refs/heads/main', `${url}-away`));
    await until(async () => (await state(app)).tries === 1);
    assert.equal((await state(app)).problem, 'MR_GIT_AWAY');
    api.clock.at += 61_000;
    await until(async () => (await state(app)).tries === 2);
    await duty.stop();
    await api.close();
  });

  it('builds an inline pipeline again, whose last build has cloned it, and a poll then finds nothing new', { skip: noHttpBackend() }, async (t) => {
    const folder = await tempFolder(t);
    const part = await testRepository(folder, 'part');
    await part.commit({ a: '1' });
    const git = await gitHttpServer(t, folder);
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const url = `${git.url}/part/.git`;
    const script = `properties([pipelineTriggers([githubPush(), pollSCM('0 0 1 1 *')])])
      node { git url: '${url}', branch: 'main' }`;
    const job = await putJob(server.store, 'app', {
      config: JSON.stringify(pipelineConfig.parse({ definition: { kind: 'inline', script } })),
      updated_at: Date.now(),
    });
    const all = () => server.store.db.selectFrom('builds').selectAll().where('item_id', '=', job).orderBy('id').execute();
    const first = await server.ended(await server.start(job));
    assert.equal(first.result, 'SUCCESS', first.log);
    await server.until(async () => (await server.store.db.selectFrom('triggers').select('seq').where('item_id', '=', job).execute()).length === 2, {
      ms: 20_000,
    });
    const after = await part.commit({ a: '2' });
    const refs = [{ ref: 'refs/heads/main', before: null, after }];
    const deliver = (key: string) =>
      acceptDelivery(server.store, Date.now(), {
        provider: 'github',
        key,
        name: 'push',
        address: null,
        body: '',
        delivered: {
          kind: 'scm',
          job: null,
          hash: null,
          event: { kind: 'push', provider: 'github', urls: [url], fullName: null, refs, change: null, sender: 'ada' },
        },
      });
    await deliver('1');
    await server.until(async () => (await all()).length === 2, { ms: 20_000 });
    // Before it has checked anything out, too.
    await server.store.write((tx) => tx.updateTable('triggers').set({ next_at: 0 }).where('item_id', '=', job).where('kind', '=', 'poll').execute());
    await deliver('2');
    const second = await server.ended((await all())[1]?.id as number);
    assert.match(second.log, /^Started by GitHub push by ada\n/);
    const poll = async (): Promise<PollState> =>
      JSON.parse(
        (await server.store.db.selectFrom('triggers').select('state').where('item_id', '=', job).where('kind', '=', 'poll').executeTakeFirstOrThrow()).state,
      );
    await server.until(async () => (await poll()).at !== undefined, { ms: 20_000 });
    await server.until(async () => (await server.store.db.selectFrom('deliveries').select('id').where('state', '=', 'received').execute()).length === 0);
    assert.equal((await all()).length, 2, JSON.stringify(await poll()));
    await server.stop();
  });
});
