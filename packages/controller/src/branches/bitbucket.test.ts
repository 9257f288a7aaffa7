/** Bitbucket of both kinds as a source: what its pull requests are built of, where they are told, and what its webhooks mean. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TestRepository } from '@millrace/protocol/git/testing';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Databases } from '../store/testing/databases.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { FORGES } from '../triggers/forge-payloads.ts';
import { onScmEvent } from './on-scm-event.ts';
import type { FakePull } from './testing/forge-server.ts';
import { FakeForge } from './testing/forge-server.ts';
import { buildsOf, jobsOf, makeMultibranch, makeOrganization, scanAgain, scanned } from './testing/multibranch.ts';

const SAYS = (whose: string): string => `pipeline { agent any; stages { stage('Build') { steps {
  checkout scm
  sh 'ls; cat *.txt'
  echo "\${readTrusted('said')} ${whose} id=\${env.CHANGE_ID} target=\${env.CHANGE_TARGET} branch=\${env.CHANGE_BRANCH} fork=\${env.CHANGE_FORK} author=\${env.CHANGE_AUTHOR}/\${env.CHANGE_AUTHOR_DISPLAY_NAME}/\${env.CHANGE_AUTHOR_EMAIL} url=\${env.CHANGE_URL}"
} } } }`;
const TOKEN = { id: 'token', type: 'string', description: null, fields: { secret: 'word' } };

type Server = Awaited<ReturnType<typeof TestServer.start>>;

async function started(databases: Databases): Promise<Server> {
  const database = await databases.make();
  return TestServer.start({ data: database.folder, databaseUrl: database.url, installation: () => testInstallation({ credentials: [TOKEN] }) });
}

const pull = (number: number, author: string, fork: string | null, branch: string, hash: string): FakePull => ({
  number,
  title: `Of ${author}`,
  author,
  branch,
  target: 'main',
  hash,
  fork,
});

/** A clone of it that a pull request comes from, with one commit more on a branch. */
async function forked(folder: string, name: string, of: TestRepository, whose: string): Promise<{ repository: TestRepository; hash: string }> {
  const repository = await testRepository(folder, name);
  await repository.git(['fetch', '--quiet', of.folder, 'main']);
  await repository.git(['checkout', '--quiet', '-b', 'feature/theirs', 'FETCH_HEAD']);
  const hash = await repository.commit({ Jenkinsfile: SAYS(whose), said: `said by ${whose}`, 'theirs.txt': `work of ${whose}\n` });
  return { repository, hash };
}

async function run(server: Server, jobs: Awaited<ReturnType<typeof jobsOf>>, name: string, number = 1) {
  const item = jobs.get(name)?.id as number;
  await server.until(async () => (await buildsOf(server.store, item)).length >= number);
  const ended = await server.ended((await buildsOf(server.store, item))[number - 1]?.id as number);
  assert.equal(ended.result, 'SUCCESS', ended.log);
  return ended;
}

async function allTold(server: Server): Promise<void> {
  await server.until(async () => (await server.store.db.selectFrom('commit_statuses').select('key').execute()).length === 0);
}

eachEngine('a multibranch job of Bitbucket Cloud', (databases) => {
  it('builds pull requests of forks from the forks themselves, which alone have them, and tells their state there', async (t) => {
    const folder = await tempFolder(t);
    const app = await testRepository(folder, 'acme/app');
    const base = await app.commit({ Jenkinsfile: SAYS('target'), said: 'said by target', 'a.txt': 'a\n' });
    await app.git(['checkout', '-q', '-b', 'feature']);
    const own = await app.commit({ Jenkinsfile: SAYS('feature'), 'feature.txt': 'own work\n' });
    await app.git(['checkout', '-q', 'main']);
    const ann = await forked(folder, 'ann/app', app, 'ann');
    const eve = await forked(folder, 'eve/other', app, 'eve');
    const main = await app.commit({ 'later.txt': 'came later\n' });
    assert.notEqual(main, base);

    const forge = await new FakeForge('bitbucket').start(t);
    forge.token = 'word';
    forge.instead = ({ url = '' }) =>
      url.startsWith('/2.0/repositories/zoe/') ? { status: 403, body: '{"type":"error","error":{"message":"You may not access this repository"}}' } : null;
    const pulls = [
      pull(1, 'ann', null, 'feature', own),
      pull(2, 'ann', 'ann/app', 'feature/theirs', ann.hash),
      pull(3, 'eve', 'eve/other', 'feature/theirs', eve.hash),
      // Nobody here may read it.
      pull(4, 'zoe', 'zoe/app', 'x', 'f'.repeat(40)),
    ];
    forge.repositories.push({ name: 'acme/app', cloneUrl: app.folder, people: { ann: 'write', eve: 'read' }, pulls });
    const server = await started(databases);
    t.after(() => server.stop());
    const source = { kind: 'bitbucket', apiUrl: forge.url, repository: 'acme/app', url: app.folder, credentialsId: 'token' };
    const id = await makeMultibranch(server.store, 'app', { sources: [source] });
    const { log } = await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    assert.deepEqual([...jobs.keys()], ['PR-1', 'PR-2', 'PR-3', 'main'], log);
    assert.match(log, /Checking pull request #4 \(PR-4\)\n {4}ERROR: MR_GIT/);
    // What git has told is asked for nowhere else.
    const asked = (): string[] => forge.requests.filter((line) => /\/commit\/[0-9a-f]+ 200$/.test(line) && line.startsWith('GET'));
    assert.deepEqual(
      asked()
        .map((line) => line.split('/')[2])
        .sort(),
      ['ann', 'eve'],
      forge.requests.join('\n'),
    );

    const one = await run(server, jobs, 'PR-1');
    assert.ok(one.log.includes('said by target feature id=1 target=main branch=feature fork=null author=ann/ann the person/null'), one.log);
    assert.ok(one.log.includes('url=https://bitbucket.example/acme/app/pull-requests/1'), one.log);
    assert.ok(one.log.includes('own work') && one.log.includes('came later'), one.log);
    const two = await run(server, jobs, 'PR-2');
    assert.ok(two.log.includes('said by ann ann id=2 target=main branch=feature/theirs fork=ann author=ann'), two.log);
    assert.ok(two.log.includes('work of ann') && two.log.includes('came later'), two.log);
    assert.ok(two.log.includes(`Merging main commit ${main} into PR head commit ${ann.hash}`), two.log);
    const three = await run(server, jobs, 'PR-3');
    assert.ok(three.log.includes('said by target target id=3 target=main branch=feature/theirs fork=eve/other author=eve'), three.log);
    assert.ok(three.log.includes('work of eve') && three.log.includes('came later'), three.log);
    await run(server, jobs, 'main');

    await allTold(server);
    const last = (commit: string) => forge.statuses.filter((s) => s.commit === commit).at(-1);
    assert.deepEqual(
      [last(own)?.repository, last(own)?.body['state'], last(own)?.body['key']],
      ['acme/app', 'SUCCESSFUL', 'continuous-integration/millrace/pr-merge'],
    );
    assert.deepEqual([last(ann.hash)?.repository, last(eve.hash)?.repository, last(main)?.repository], ['ann/app', 'eve/other', 'acme/app']);
    assert.match(String(last(ann.hash)?.body['url']), /\/job\/app\/job\/PR-2\/1\/$/);

    // Scanned again: commits that are known are asked for no more, and nothing is built twice.
    await scanAgain(server.store, id);
    await scanned(server, id, 2);
    assert.equal(asked().length, 2);
    assert.equal((await buildsOf(server.store, jobs.get('PR-2')?.id as number)).length, 1);

    // The fork gets a commit, and the pull request of the other is merged: webhooks tell.
    const next = await ann.repository.commit({ 'theirs.txt': 'more work of ann\n' });
    pulls.splice(1, 2, pull(2, 'ann', 'ann/app', 'feature/theirs', next));
    const repository = { full_name: 'acme/app', links: { html: { href: forge.url.replace('/2.0', '/acme/app') } } };
    const services = { store: server.store, now: Date.now };
    for (const [name, number] of [
      ['pullrequest:updated', 2],
      ['pullrequest:fulfilled', 3],
    ] as const) {
      const event = FORGES.bitbucket(name, {
        actor: { nickname: 'ann' },
        repository,
        pullrequest: { id: number, source: { commit: { hash: next.slice(0, 12) } } },
      });
      assert.ok(event !== null);
      assert.deepEqual(
        (await onScmEvent(services, event)).map((o) => [o.what, ...o.refs]),
        [['refs', `change:${number}`]],
      );
    }
    const again = await run(server, jobs, 'PR-2', 2);
    assert.ok(again.log.startsWith('Pull request #2 updated\n') && again.log.includes('more work of ann'), again.log);
    await server.until(async () => !(await jobsOf(server.store, id)).has('PR-3'));
    // A push to a branch of that name is no event of the pull request.
    const pushed = FORGES.bitbucket('repo:push', {
      repository,
      push: { changes: [{ new: { type: 'branch', name: 'feature/theirs', target: { hash: next } }, old: null }] },
    });
    await onScmEvent(services, pushed as NonNullable<typeof pushed>);
    await server.until(async () => (await server.store.db.selectFrom('scan_events').select('ref').execute()).length === 0);
    assert.ok((await jobsOf(server.store, id)).has('PR-2'));
    await server.stop();
  });

  it('builds what a fork is without its target where it is told so, and looks at an event again while the fork is away', async (t) => {
    const folder = await tempFolder(t);
    const app = await testRepository(folder, 'acme/app');
    await app.commit({ Jenkinsfile: SAYS('target'), said: 'said by target', 'a.txt': 'a\n' });
    const ann = await forked(folder, 'ann/app', app, 'ann');
    await app.commit({ 'later.txt': 'came later\n' });
    const forge = await new FakeForge('bitbucket').start(t);
    const pulls = [pull(2, 'ann', 'ann/app', 'feature/theirs', ann.hash)];
    forge.repositories.push({ name: 'acme/app', cloneUrl: app.folder, people: { ann: 'admin' }, pulls });
    const server = await started(databases);
    t.after(() => server.stop());
    const source = { kind: 'bitbucket', apiUrl: forge.url, repository: 'acme/app', url: app.folder, forkChanges: 'head', trust: 'contributors' };
    const id = await makeMultibranch(server.store, 'app', { sources: [source] });
    await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    const { log } = await run(server, jobs, 'PR-2');
    assert.ok(log.includes('said by ann ann id=2') && log.includes('work of ann') && !log.includes('came later'), log);

    pulls.push(pull(5, 'zoe', 'zoe/app', 'feature/theirs', ann.hash));
    const event = {
      kind: 'pull-request',
      provider: 'bitbucket',
      urls: [forge.url.replace('/2.0', '/acme/app')],
      fullName: 'acme/app',
      refs: [],
      change: { number: 5, action: 'opened', head: null },
      sender: null,
    } as const;
    await onScmEvent({ store: server.store, now: Date.now }, event);
    await server.until(async () => ((await server.store.db.selectFrom('scan_events').select('attempts').executeTakeFirst())?.attempts ?? 0) > 0);
    const row = await server.store.db.selectFrom('scan_events').select(['ref']).executeTakeFirstOrThrow();
    assert.equal(row.ref, 'change:5');
    await server.stop();
  });
});

eachEngine('a multibranch job of Bitbucket Data Center', (databases) => {
  it('builds pull requests by the refs that it keeps, read over HTTP with an access token', { skip: noHttpBackend() }, async (t) => {
    const folder = await tempFolder(t);
    const app = await testRepository(folder, 'scm/ACME/app');
    await app.commit({ Jenkinsfile: SAYS('target'), said: 'said by target', 'a.txt': 'a\n' });
    await app.git(['checkout', '-q', '-b', 'feature']);
    const own = await app.commit({ Jenkinsfile: SAYS('feature'), 'feature.txt': 'own work\n' });
    await app.git(['checkout', '-q', '-b', 'theirs', 'main']);
    const theirs = await app.commit({ Jenkinsfile: SAYS('stranger'), 'theirs.txt': 'their work\n' });
    await app.git(['checkout', '-q', 'main']);
    await app.git(['branch', '-D', 'theirs']);
    await app.git(['update-ref', 'refs/pull-requests/1/from', own]);
    await app.git(['update-ref', 'refs/pull-requests/2/from', theirs]);
    await app.git(['tag', 'v1']);
    const git = await gitHttpServer(t, folder, { user: 'x-token-auth', password: 'word' });
    const forge = await new FakeForge('bitbucketServer').start(t);
    forge.token = 'word';
    forge.instead = ({ url = '' }) =>
      url.startsWith('/scm/') ? { status: 302, headers: { location: `${git.url}${url.replace('app.git', 'app/.git')}` } } : null;
    const pulls = [pull(1, 'ann', null, 'feature', own), pull(2, 'eve', '~eve/app', 'theirs', theirs)];
    forge.repositories.push({ name: 'ACME/app', cloneUrl: app.folder, people: { ann: 'write', eve: 'read', everett: 'write' }, pulls });
    const server = await started(databases);
    t.after(() => server.stop());
    // The server's address alone, as Jenkins is told it.
    const apiUrl = forge.url.replace('/rest/api/1.0', '');
    const source = { kind: 'bitbucketServer', apiUrl, repository: 'ACME/app', url: `${git.url}/scm/ACME/app/.git`, credentialsId: 'token', tags: true };
    const id = await makeMultibranch(server.store, 'app', { sources: [source] });
    const { log } = await scanned(server, id, 1);
    const jobs = await jobsOf(server.store, id);
    assert.deepEqual([...jobs.keys()], ['PR-1', 'PR-2', 'main', 'v1'], log);
    const one = await run(server, jobs, 'PR-1');
    assert.ok(one.log.includes('feature id=1 target=main branch=feature fork=null author=ann/ann the person/ann@example.com'), one.log);
    const two = await run(server, jobs, 'PR-2');
    assert.ok(two.log.includes('target id=2 target=main branch=theirs fork=~eve author=eve'), two.log);
    assert.ok(two.log.includes('their work') && !two.log.includes('stranger id'), two.log);
    assert.ok(!two.log.includes('word'), two.log);
    await run(server, jobs, 'main');
    await allTold(server);
    const last = (commit: string) => forge.statuses.filter((s) => s.commit === commit).at(-1);
    assert.deepEqual(
      [last(theirs)?.repository, last(theirs)?.body['state'], last(theirs)?.body['parent']],
      ['ACME/app', 'SUCCESSFUL', 'continuous-integration/millrace/pr-merge'],
    );

    await app.git(['checkout', '-q', 'feature']);
    const next = await app.commit({ 'feature.txt': 'more work\n' });
    await app.git(['update-ref', 'refs/pull-requests/1/from', next]);
    pulls.splice(0, 2, pull(1, 'ann', null, 'feature', next));
    const repositoryOf = (key: string) => ({ slug: 'app', project: { key }, links: { clone: [{ name: 'http', href: `${apiUrl}/scm/acme/app.git` }] } });
    for (const [name, number, from] of [
      ['pr:from_ref_updated', 1, 'ACME'],
      ['pr:declined', 2, '~eve'],
    ] as const) {
      const event = FORGES.bitbucket(name, {
        actor: { name: 'ann' },
        pullRequest: { id: number, fromRef: { latestCommit: next, repository: repositoryOf(from) }, toRef: { repository: repositoryOf('ACME') } },
      });
      assert.ok(event !== null);
      assert.deepEqual(
        (await onScmEvent({ store: server.store, now: Date.now }, event)).map((o) => o.what),
        ['refs'],
      );
    }
    assert.ok((await run(server, jobs, 'PR-1', 2)).log.includes('more work'));
    await server.until(async () => !(await jobsOf(server.store, id)).has('PR-2'));
    await server.stop();
  });
});

eachEngine('an organization folder of Bitbucket', (databases) => {
  for (const [kind, owner, names] of [
    ['bitbucket', 'acme', ['lib', 'one', 'two']],
    ['bitbucket', 'acme/APP', ['one', 'two']],
    ['bitbucketServer', 'ACME', ['lib', 'one', 'two']],
  ] as const)
    it(`has a job of each repository of ${kind === 'bitbucket' ? (owner === 'acme' ? 'a workspace' : 'a project of a workspace') : 'a project'} with the Jenkinsfile`, {
      skip: noHttpBackend(),
    }, async (t) => {
      const folder = await tempFolder(t);
      const forge = await new FakeForge(kind).start(t);
      const git = await gitHttpServer(t, folder);
      const workspace = kind === 'bitbucket' ? 'acme' : 'ACME';
      const served = kind === 'bitbucket' ? '/acme' : '/scm/ACME';
      forge.instead = ({ url = '' }) => {
        const path = url.startsWith(`${served}/`) ? /^\/([^/]+)\.git\/(.*)$/.exec(url.slice(served.length)) : null;
        return path === null ? null : { status: 302, headers: { location: `${git.url}/${path[1]}/.git/${path[2]}` } };
      };
      for (const [name, project] of [
        ['one', 'APP'],
        ['two', 'APP'],
        ['docs', 'APP'],
        ['lib', 'LIB'],
        ['copy', 'APP'],
      ] as const) {
        const repository = await testRepository(folder, name);
        await repository.commit(name === 'docs' ? { 'README.md': 'no' } : { Jenkinsfile: `echo "of ${name}"` });
        forge.repositories.push({ name: `${workspace}/${name}`, cloneUrl: repository.folder, people: {}, pulls: [], project, fork: name === 'copy' });
      }
      const server = await started(databases);
      t.after(() => server.stop());
      const id = await makeOrganization(server.store, 'org', { source: { kind, apiUrl: forge.url, owner, forks: false } });
      const { log } = await scanned(server, id, 1);
      const jobs = await jobsOf(server.store, id);
      assert.deepEqual([...jobs.keys()].sort(), [...names], log);
      await scanned(server, jobs.get('one')?.id as number, 1);
      const branches = await jobsOf(server.store, jobs.get('one')?.id as number);
      assert.ok((await run(server, branches, 'main')).log.includes('of one\n'));
      assert.ok(forge.requests.filter((line) => /^GET \/(repositories|projects)\/[^/]+(\/repos)? /.test(line)).length > 1, 'page by page');

      // A repository that is new is looked at when its first push is told.
      const repository = await testRepository(folder, 'fresh');
      await repository.commit({ Jenkinsfile: 'echo "fresh"' });
      forge.repositories.push({ name: `${workspace}/fresh`, cloneUrl: repository.folder, people: {}, pulls: [], project: 'APP' });
      const web = forge.url.replace(/\/(2\.0|rest\/api\/1\.0)$/, '');
      const pushed =
        kind === 'bitbucket'
          ? FORGES.bitbucket('repo:push', { repository: { full_name: 'acme/fresh', links: { html: { href: `${web}/acme/fresh` } } }, push: { changes: [] } })
          : FORGES.bitbucket('repo:refs_changed', {
              repository: { slug: 'fresh', project: { key: 'ACME' }, links: { clone: [{ href: `${web}/scm/acme/fresh.git` }] } },
              changes: [{ ref: { id: 'refs/heads/main' }, fromHash: '0'.repeat(40), toHash: 'a'.repeat(40) }],
            });
      await onScmEvent({ store: server.store, now: Date.now }, pushed as NonNullable<typeof pushed>);
      await server.until(async () => (await jobsOf(server.store, id)).has('fresh'));
      await server.stop();
    });
});
