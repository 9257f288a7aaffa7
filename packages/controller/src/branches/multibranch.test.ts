/** Multibranch jobs of real repositories, scanned and built by real controllers and agents. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { onScmEvent } from './on-scm-event.ts';
import { buildsOf, JENKINSFILE, jobsOf, makeMultibranch, scanAgain, scanned } from './testing/multibranch.ts';

const PRINTS = `pipeline { agent any; stages { stage('Build') { steps {
  checkout scm
  sh 'cat file.txt'
  echo "branch=\${env.BRANCH_NAME} primary=\${env.BRANCH_IS_PRIMARY} job=\${env.JOB_NAME} git=\${env.GIT_BRANCH}"
} }
stage('Main') { when { branch 'main' }
  steps { echo 'only on main' } } } }`;

eachEngine('a multibranch job', (databases) => {
  it('finds branches that have a Jenkinsfile, and builds each at the commit that it found', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    const main = await repository.commit({ Jenkinsfile: PRINTS, 'file.txt': 'of main\n' });
    await repository.git(['checkout', '-q', '-b', 'feature/x']);
    const feature = await repository.commit({ 'file.txt': 'of feature\n' });
    await repository.git(['checkout', '-q', '-b', 'docs', 'main']);
    await repository.git(['rm', '-q', 'Jenkinsfile']);
    await repository.commit({ 'file.txt': 'no Jenkinsfile' });
    await repository.git(['checkout', '-q', 'main']);
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());

    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'git', url: repository.folder }] });
    const { log } = await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    assert.deepEqual([...jobs.keys()], ['feature%2Fx', 'main'], log);
    for (const line of [
      'Checking branches...',
      '  Checking branch docs',
      '    Does not meet criteria',
      'Scheduled build for branch: main',
      'Finished: SUCCESS',
    ])
      assert.ok(log.includes(`${line}\n`), `${line} is in\n${log}`);

    await server.until(async () => (await server.store.db.selectFrom('builds').select('id').execute()).length === 2);
    const [build] = await buildsOf(server.store, jobs.get('feature%2Fx')?.id as number);
    assert.equal(JSON.parse(build?.causes ?? '[]')[0].text, 'Branch indexing');
    const ended = await server.ended(build?.id as number);
    assert.equal(ended.result, 'SUCCESS', ended.log);
    assert.ok(ended.log.includes(`Checking out Revision ${feature} (`), ended.log);
    assert.ok(ended.log.includes('of feature\n'));
    assert.ok(ended.log.includes('branch=feature/x primary=null job=app/feature%2Fx git=feature/x'), ended.log);
    assert.ok(!ended.log.includes('only on main'));
    const ofMain = await server.ended((await buildsOf(server.store, jobs.get('main')?.id as number))[0]?.id as number);
    assert.ok(ofMain.log.includes('branch=main primary=true job=app/main git=main'), ofMain.log);
    assert.ok(ofMain.log.includes('only on main'));

    // Nothing has changed: nothing is built.
    await scanAgain(server.store, id);
    const second = await scanned(server, id, 2);
    assert.ok(second.log.includes(`No changes detected: main (still at ${main})`), second.log);
    assert.equal((await buildsOf(server.store, jobs.get('main')?.id as number)).length, 1);
    await server.stop();
  });

  it('looks at the refs of an event alone, builds what was pushed, and disables what is gone', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ Jenkinsfile: JENKINSFILE, 'file.txt': 'one' });
    await repository.git(['branch', 'other']);
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'git', url: repository.folder }], orphans: { days: 7 } });
    await scanned(server, id, 1);

    const pushed = await repository.commit({ 'file.txt': 'two\n' });
    await repository.git(['branch', '-D', 'other']);
    await repository.git(['branch', 'unseen']);
    const event = (ref: string, after: string | null) =>
      ({
        kind: 'push',
        provider: 'git',
        urls: [repository.folder],
        fullName: null,
        refs: [{ ref, before: null, after }],
        change: null,
        sender: 'ann',
      }) as const;
    const services = { store: server.store, now: Date.now };
    const told = await onScmEvent(services, event('refs/heads/main', pushed));
    assert.deepEqual(told, [{ item: 'app', what: 'refs', refs: ['refs/heads/main'], why: null }]);
    await onScmEvent(services, event('refs/heads/other', null));
    const { log } = await scanned(server, id, 2);
    await server.until(async () => (await server.store.db.selectFrom('scan_events').select('ref').execute()).length === 0);
    const jobs = await jobsOf(server.store, id);
    assert.deepEqual(
      [...jobs].map(([name, row]) => [name, row.disabled]),
      [
        ['main', 0],
        ['other', 1],
      ],
      log,
    );
    await server.until(async () => (await buildsOf(server.store, jobs.get('main')?.id as number)).length === 2);
    const [, build] = await buildsOf(server.store, jobs.get('main')?.id as number);
    assert.equal(JSON.parse(build?.causes ?? '[]')[0].text, 'Push event to branch main');
    const ended = await server.ended(build?.id as number);
    assert.ok(ended.log.startsWith('Push event to branch main\n'), ended.log);
    assert.ok(ended.log.includes('two\n'));
    await server.stop();
  });

  it('fails with a reason where the repository is away, and leaves its jobs as they are', async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ Jenkinsfile: JENKINSFILE, 'file.txt': 'one' });
    const database = await databases.make();
    const server = await TestServer.start({ data: database.folder, databaseUrl: database.url });
    t.after(() => server.stop());
    const id = await makeMultibranch(server.store, 'app', { sources: [{ kind: 'git', url: repository.folder }] });
    await scanned(server, id, 1);
    const { rename } = await import('node:fs/promises');
    await rename(repository.folder, `${repository.folder}-away`);
    await scanAgain(server.store, id);
    const { run, log } = await scanned(server, id, 2);
    assert.equal(run.state, 'failure', log);
    assert.equal(JSON.parse(run.failure ?? '{}').code, 'MR_GIT_AWAY', log);
    const jobs = await jobsOf(server.store, id);
    assert.equal(jobs.get('main')?.disabled, 0);
    await server.stop();
  });

  it('tells by codes what is wrong with its credential, and scans over HTTP with the right one', { skip: noHttpBackend() }, async (t) => {
    const folder = await tempFolder(t);
    const repository = await testRepository(folder);
    await repository.commit({ 'ci/Jenkinsfile': 'echo "over http"' });
    await repository.git(['tag', '-a', 'v1', '-m', 'one'], { GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z' });
    const http = await gitHttpServer(t, folder, { user: 'ann', password: 'the word' });
    const login = (id: string, password: string) => ({ id, type: 'usernamePassword', description: null, fields: { username: 'ann', password } });
    const database = await databases.make();
    const server = await TestServer.start({
      data: database.folder,
      databaseUrl: database.url,
      installation: () => testInstallation({ credentials: [login('right', 'the word'), login('wrong', 'another')] }),
    });
    t.after(() => server.stop());
    const reason = async (name: string, credentialsId: string | null): Promise<string> => {
      const sources = [{ kind: 'git', url: `${http.url}/app/.git`, credentialsId, tags: true }];
      const id = await makeMultibranch(server.store, name, { sources, path: 'ci/Jenkinsfile' });
      const { run, log } = await scanned(server, id, 1);
      assert.ok(!log.includes('the word') && !log.includes('another'), log);
      return run.failure === null ? 'none' : JSON.parse(run.failure).code;
    };
    assert.equal(await reason('without', null), 'MR_GIT_CREDENTIALS');
    assert.equal(await reason('wrong', 'wrong'), 'MR_GIT_CREDENTIALS');
    assert.equal(await reason('unknown', 'nobody'), 'MR_CREDENTIALS_UNKNOWN');
    assert.equal(await reason('right', 'right'), 'none');
    const item = await server.store.db.selectFrom('items').select('id').where('full_name', '=', 'right').executeTakeFirstOrThrow();
    const jobs = await jobsOf(server.store, item.id);
    assert.deepEqual([...jobs.keys()], ['main', 'v1']);
    await server.until(async () => (await buildsOf(server.store, jobs.get('main')?.id as number)).length === 1);
    const ended = await server.ended((await buildsOf(server.store, jobs.get('main')?.id as number))[0]?.id as number);
    assert.ok(ended.log.includes('over http'), ended.log);
    // A tag is built by people alone, here.
    assert.deepEqual(await buildsOf(server.store, jobs.get('v1')?.id as number), []);
    const tag = await server.ended(await server.start(jobs.get('v1')?.id as number));
    assert.equal(tag.result, 'SUCCESS', tag.log);
    await server.stop();
  });
});
