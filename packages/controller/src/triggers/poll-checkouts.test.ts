/** Polling of what builds check out beside the repository of their own. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pipelineConfig } from '@millrace/protocol';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { putJob } from '../http/testing/builds.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import type { PollState } from './poll.ts';

eachEngine('a poll', (databases) => {
  it('looks at each repository that the last good build checked out, but for those without poll and libraries', { skip: noHttpBackend() }, async (t) => {
    const folder = await tempFolder(t);
    const [part, quiet, lib] = [await testRepository(folder, 'part'), await testRepository(folder, 'quiet'), await testRepository(folder, 'lib')];
    await part.commit({ a: '1', 'docs/a': '1' });
    await quiet.commit({ a: '1' });
    await lib.commit({ 'vars/say.groovy': 'def call() { echo "said" }' });
    const git = await gitHttpServer(t, folder, { user: 'ann', password: 'the word' });
    const libraries = [{ name: 'lib', path: null, git: `${git.url}/lib/.git`, version: 'main', implicit: false, credentialsId: 'c' }];
    const credentials = [{ id: 'c', type: 'usernamePassword', description: null, fields: { username: 'ann', password: 'the word' } }];
    const rest = testInstallation();
    const database = await databases.make();
    const server = await TestServer.start({
      data: database.folder,
      databaseUrl: database.url,
      installation: () => ({ ...rest, credentials, libraries }),
    });
    t.after(() => server.stop());
    const remote = (name: string): string => `userRemoteConfigs: [[url: '${git.url}/${name}/.git', credentialsId: 'c']], branches: [[name: '*/main']]`;
    const script = `@Library('lib') _
      node {
        say()
        dir('part') { checkout([$class: 'GitSCM', ${remote('part')}, extensions: [[$class: 'PathRestriction', excludedRegions: 'docs/.*']]]) }
        dir('quiet') { checkout(scm: [$class: 'GitSCM', ${remote('quiet')}], poll: false) }
        if (fileExists('part/broken')) error 'no'
      }`;
    const config = pipelineConfig.parse({ definition: { kind: 'inline', script }, triggers: [{ kind: 'poll', spec: '0 0 1 1 *' }] });
    const job = await putJob(server.store, 'app', { config: JSON.stringify(config), updated_at: Date.now() });
    const trigger = () => server.store.db.selectFrom('triggers').selectAll().where('item_id', '=', job).executeTakeFirst();
    const builds = async () => server.store.db.selectFrom('builds').select(['id', 'number', 'result']).where('item_id', '=', job).orderBy('id').execute();
    await server.until(async () => (await trigger()) !== undefined, { ms: 20_000 });
    /** What the look says. */
    const polled = async (): Promise<PollState> => {
      await server.store.write((tx) => tx.updateTable('triggers').set({ next_at: 0, state: '{}' }).where('item_id', '=', job).execute());
      await server.until(async () => JSON.parse((await trigger())?.state ?? '{}').at !== undefined, { ms: 20_000 });
      return JSON.parse((await trigger())?.state as string) as PollState;
    };
    assert.match((await polled()).said ?? '', /nothing is looked at/);

    const first = await server.ended(await server.start(job));
    assert.equal(first.result, 'SUCCESS', first.log);
    assert.match((await polled()).said ?? '', /^\*\/main of http\S+\/part\/\.git is at [0-9a-f]{40}: no changes$/);
    // What starts nothing: a repository without poll, a library, and what is to be ignored.
    await quiet.commit({ a: '2' });
    await lib.commit({ 'vars/say.groovy': 'def call() { echo "said anew" }' });
    await part.commit({ 'docs/a': '2' });
    assert.match((await polled()).said ?? '', /\/part\/\.git is at [0-9a-f]{40}: all changes are to be ignored$/);
    assert.equal((await builds()).length, 1);

    await part.commit({ broken: '2' });
    assert.match((await polled()).said ?? '', /changes found; a build waits$/);
    await server.until(async () => (await builds()).length === 2);
    const second = await server.ended((await builds())[1]?.id as number);
    assert.match(second.log, /^Started by an SCM change\n/);
    assert.equal(second.result, 'FAILURE', second.log);
    // It failed: which repositories there are is told by the last good one, what was built by itself.
    assert.match((await polled()).said ?? '', /no changes$/);
    assert.equal((await builds()).length, 2);

    git.before = (line) => (line.includes('/part/') ? 503 : undefined);
    const away = await polled();
    assert.equal(away.problem, 'MR_GIT_AWAY');
    assert.doesNotMatch(JSON.stringify(away), /the word/);
    await server.stop();
  });
});
