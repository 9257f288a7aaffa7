/** Pull requests of a forge: found, built as they should be, and told about. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { onScmEvent } from './on-scm-event.ts';
import { FakeForge } from './testing/forge-server.ts';
import { buildsOf, jobsOf, makeMultibranch, makeOrganization, scanned } from './testing/multibranch.ts';

const SAYS = (whose: string): string => `pipeline { agent any; stages { stage('Build') { steps {
  checkout scm
  sh 'ls; cat *.txt'
  echo "${whose} id=\${env.CHANGE_ID} target=\${env.CHANGE_TARGET} branch=\${env.CHANGE_BRANCH} fork=\${env.CHANGE_FORK} author=\${env.CHANGE_AUTHOR}/\${env.CHANGE_AUTHOR_DISPLAY_NAME} title=\${env.CHANGE_TITLE}"
} }
stage('Change') { when { changeRequest target: 'main' }
  steps { echo 'is a change' } } } }`;

eachEngine('pull requests of a forge', (databases) => {
  it('are built merged with their target, by the target’s Jenkinsfile where nobody trusts them, and their state is told', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ Jenkinsfile: SAYS('target'), 'a.txt': 'a\n' });
    await repository.git(['checkout', '-q', '-b', 'feature']);
    const own = await repository.commit({ Jenkinsfile: SAYS('feature'), 'feature.txt': 'own work\n' });
    await repository.git(['checkout', '-q', '-b', 'theirs', 'main']);
    const theirs = await repository.commit({ Jenkinsfile: SAYS('stranger'), 'theirs.txt': 'their work\n' });
    await repository.git(['checkout', '-q', 'main']);
    await repository.git(['branch', '-D', 'theirs']);
    await repository.git(['update-ref', 'refs/pull/2/head', theirs]);
    await repository.git(['update-ref', 'refs/pull/1/head', own]);
    const main = await repository.commit({ 'later.txt': 'came later\n' });

    const forge = await new FakeForge('github').start(t);
    forge.repositories.push({
      name: 'acme/app',
      cloneUrl: repository.folder,
      people: {},
      pulls: [
        { number: 1, title: 'Own', author: 'ann', branch: 'feature', target: 'main', hash: own, fork: null },
        { number: 2, title: 'Theirs', author: 'eve', branch: 'main', target: 'main', hash: theirs, fork: 'eve/app' },
      ],
    });
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'github', apiUrl: forge.url, repository: 'acme/app', url: repository.folder }] });
    const { log } = await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    // The branch of a pull request is built as that alone.
    assert.deepEqual([...jobs.keys()], ['PR-1', 'PR-2', 'main'], log);
    await server.until(async () => (await server.store.db.selectFrom('builds').select('id').execute()).length === 3);
    const run = async (name: string) => server.ended((await buildsOf(server.store, jobs.get(name)?.id as number)).at(-1)?.id as number);

    const one = await run('PR-1');
    assert.equal(one.result, 'SUCCESS', one.log);
    assert.ok(one.log.includes('feature id=1 target=main branch=feature fork=null author=ann/ann the person title=Own'), one.log);
    assert.ok(one.log.includes('own work') && one.log.includes('came later') && one.log.includes('is a change'), one.log);
    assert.ok(one.log.includes(`Merging main commit ${main} into PR head commit ${own}`), one.log);
    const two = await run('PR-2');
    assert.equal(two.result, 'SUCCESS', two.log);
    assert.ok(two.log.includes('target id=2 target=main branch=main fork=eve author=eve'), two.log);
    assert.ok(!two.log.includes('stranger id'));
    assert.ok(two.log.includes('their work'));
    await run('main');

    await server.until(async () => (await server.store.db.selectFrom('commit_statuses').select('key').execute()).length === 0);
    const last = (commit: string) => forge.statuses.filter((s) => s.commit === commit).at(-1)?.body;
    assert.deepEqual([last(own)?.['state'], last(own)?.['context']], ['success', 'continuous-integration/millrace/pr-merge']);
    assert.match(String(last(own)?.['target_url']), /\/job\/app\/job\/PR-1\/1\/$/);
    assert.deepEqual([last(main)?.['state'], last(main)?.['context']], ['success', 'continuous-integration/millrace/branch']);

    // Updated, then closed.
    await repository.git(['checkout', '-q', 'feature']);
    const next = await repository.commit({ 'feature.txt': 'more work\n' });
    await repository.git(['update-ref', 'refs/pull/1/head', next]);
    forge.repositories[0]?.pulls.splice(0, 1, { number: 1, title: 'Own', author: 'ann', branch: 'feature', target: 'main', hash: next, fork: null });
    const event = (action: 'updated' | 'closed') =>
      ({
        kind: 'pull-request',
        provider: 'github',
        urls: [forge.url.replace('/api/v3', '/acme/app')],
        fullName: 'acme/app',
        refs: [],
        change: { number: 1, action, head: null },
        sender: null,
      }) as const;
    const services = { store: server.store, now: Date.now };
    assert.equal((await onScmEvent(services, event('updated')))[0]?.what, 'refs');
    await server.until(async () => (await buildsOf(server.store, jobs.get('PR-1')?.id as number)).length === 2);
    const again = await run('PR-1');
    assert.ok(again.log.startsWith('Pull request #1 updated\n') && again.log.includes('more work'), again.log);
    forge.repositories[0]?.pulls.splice(0, 1);
    await onScmEvent(services, event('closed'));
    await server.until(async () => !(await jobsOf(server.store, id)).has('PR-1'));
    await server.stop();
  });

  it('keeps a state that the forge does not take, and sends the newest when it does, also from another controller', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    const main = await repository.commit({ Jenkinsfile: 'echo "x"' });
    const forge = await new FakeForge('gitea').start(t);
    forge.repositories.push({ name: 'acme/app', cloneUrl: repository.folder, people: {}, pulls: [] });
    forge.instead = (request) => (request.method === 'POST' ? { status: 503 } : null);
    const database = await databases.make();
    const first = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => first.stop());
    const id = await makeMultibranch(first.store, 'app', { sources: [{ kind: 'gitea', apiUrl: forge.url, repository: 'acme/app', url: repository.folder }] });
    await scanned(first, id, 1);
    await first.until(async () => (await first.store.db.selectFrom('builds').select('id').where('state', '=', 'ended').execute()).length === 1);
    await first.until(async () => ((await first.store.db.selectFrom('commit_statuses').select('attempts').executeTakeFirst())?.attempts ?? 0) > 0);
    const row = await first.store.db.selectFrom('commit_statuses').selectAll().executeTakeFirstOrThrow();
    assert.equal(row.state, 'success');
    assert.match(row.failure ?? '', /^MR_FORGE_AWAY/);
    await first.stop();
    forge.instead = null;
    const second = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => second.stop());
    await second.until(async () => (await second.store.db.selectFrom('commit_statuses').select('key').execute()).length === 0);
    assert.deepEqual(
      forge.statuses.map((s) => [s.commit, s.body['state']]),
      [[main, 'success']],
    );
    await second.stop();
  });
});

eachEngine('an organization folder', (databases) => {
  it('makes a job of each repository with the Jenkinsfile, and leaves those that are gone', async (t) => {
    const folder = await tempFolder(t);
    const forge = await new FakeForge('gitlab').start(t);
    for (const [name, files] of [
      ['app', { Jenkinsfile: 'echo "app"' }],
      ['lib', { Jenkinsfile: 'echo "lib"' }],
      ['docs', { 'README.md': 'no' }],
    ] as const) {
      const repository = await testRepository(folder, name);
      await repository.commit(files as unknown as Record<string, string>);
      forge.repositories.push({ name: `acme/${name}`, cloneUrl: repository.folder, people: {}, pulls: [] });
    }
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const id = await makeOrganization(server.store, 'acme', { source: { kind: 'git', urls: ['app', 'lib', 'docs'].map((n) => `${folder}/${n}`) } });
    const { log } = await scanned(server, id, 1);
    assert.deepEqual([...(await jobsOf(server.store, id)).keys()], ['app', 'lib'], log);
    await server.until(async () => (await server.store.db.selectFrom('builds').select('id').where('state', '=', 'ended').execute()).length === 2);
    const builds = await server.store.db.selectFrom('builds').select(['job', 'result']).orderBy('job').execute();
    assert.deepEqual(
      builds.map((b) => [b.job, b.result]),
      [
        ['acme/app/main', 'SUCCESS'],
        ['acme/lib/main', 'SUCCESS'],
      ],
    );
    await server.store.write(async (tx, wakes) => {
      const row = await tx.selectFrom('items').select('config').where('id', '=', id).executeTakeFirstOrThrow();
      const config = JSON.parse(row.config);
      config.source.urls.splice(1, 1);
      config.orphans.days = 3;
      await tx
        .updateTable('items')
        .set({ config: JSON.stringify(config) })
        .where('id', '=', id)
        .execute();
      await tx.updateTable('scans').set({ due_at: 0, causes: '["Started by user test"]' }).where('item_id', '=', id).execute();
      wakes.add('scan');
    });
    await scanned(server, id, 2);
    assert.deepEqual(
      [...(await jobsOf(server.store, id)).values()].map((j) => [j.name, j.disabled]),
      [
        ['app', 0],
        ['lib', 1],
      ],
    );
    await server.stop();
  });
});
