import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { ScmChange } from '@millrace/pipeline';
import { folderConfig, pipelineConfig } from '@millrace/protocol';
import type { GitHttpServer, TestRepository } from '@millrace/protocol/git/testing';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { culpritsOf } from '../builds/culprits.ts';
import { listChanges, showRevisions } from '../builds/show-revisions.ts';
import type { Installation } from '../config/installation.ts';
import type { EndedBuild } from '../testing/test-controller.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';

const HTTP = { skip: noHttpBackend() };
type Libraries = Installation['libraries'];

interface World {
  readonly folder: string;
  readonly data: string;
  readonly git: GitHttpServer;
  readonly app: TestRepository;
  readonly url: string;
  /** Starts another on the same data where there was one. */
  start(libraries?: Libraries): Promise<TestServer>;
}

async function world(t: TestContext): Promise<World> {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const git = await gitHttpServer(t, folder);
  let running: TestServer | null = null;
  t.after(() => running?.stop());
  const data = join(folder, 'data');
  return {
    folder,
    data,
    git,
    app,
    url: `${git.url}/app/.git`,
    start: async (libraries = []) => {
      await running?.stop();
      const installation = testInstallation({ libraries });
      running = await TestServer.start({ data, installation: () => installation });
      return running;
    },
  };
}

async function gitJob(server: TestServer, name: string, url: string, branch = 'main'): Promise<number> {
  const config = pipelineConfig.parse({ definition: { kind: 'git', url, branch } });
  return await server.item('pipeline', name, config);
}
async function ran(server: TestServer, job: number): Promise<EndedBuild> {
  const done = await server.ended(await server.start(job));
  assert.equal(done.result, 'SUCCESS', done.log);
  return done;
}
const titles = async (server: TestServer, build: number): Promise<string[]> =>
  (await listChanges(server.store.db, build, null, 100)).map((c) => `${c.author}: ${c.title}`);

const PIPELINE = `node {
  def v = checkout scm
  echo "commit \${v.GIT_COMMIT} before \${v.GIT_PREVIOUS_COMMIT} good \${v.GIT_PREVIOUS_SUCCESSFUL_COMMIT}"
  echo "sets \${currentBuild.changeSets.collectMany { it.items as List }*.msg}"
  echo readFile('text').trim()
  if (readFile('text').contains('fail')) error 'as wanted'
}`;

test(
  'checkout scm has the commit of the Jenkinsfile though the branch has moved on, also for a replay; the next build has what came since',
  HTTP,
  async (t) => {
    const { start, app, url, git } = await world(t);
    const server = await start();
    const first = await app.commit({ Jenkinsfile: PIPELINE, text: 'one' }, 'first');
    const job = await gitJob(server, 'app', url);
    const one = await ran(server, job);
    assert.match(one.log, new RegExp(`commit ${first} before null good null`));
    assert.deepEqual(await titles(server, one.id), []);

    // A push after the script was read and before the checkout.
    await app.commit({ text: 'two' }, 'second', 'Bob');
    let late = '',
      looks = 0;
    git.before = async (line) => {
      // The first look is for the branch, the second for its commit.
      if (!line.startsWith('GET') || ++looks !== 2) return undefined;
      late = await app.commit({ text: 'fail' }, 'third', 'Cid');
      return undefined;
    };
    const two = await ran(server, job);
    assert.match(two.log, /\ntwo\n/);
    assert.match(two.log, new RegExp(`before ${first} good ${first}\n`));
    assert.match(two.log, /sets \[second\]/);
    const failed = await server.ended(await server.start(job));
    assert.equal(failed.result, 'FAILURE', failed.log);
    await app.commit({ text: 'four' }, 'fourth', 'Dan');
    const four = await ran(server, job);
    assert.match(four.log, new RegExp(`before ${late} good (?!${late})`));
    assert.deepEqual(await titles(server, four.id), ['Ann: fourth']);
    const row = await server.store.db.selectFrom('builds').selectAll().where('id', '=', four.id).executeTakeFirstOrThrow();
    assert.deepEqual(await culpritsOf(server.store.db, row), [{ name: 'Ann', email: 'ann@example.com' }]);
    const { revisions } = await showRevisions(server.store.db, row);
    assert.deepEqual(
      revisions.map((r) => [r.kind, r.branch, r.url, r.poll]),
      [
        ['checkout', 'origin/main', url, true],
        ['script', 'origin/main', url, true],
      ],
    );
    const again = await server.ended(await server.start(job, { replayOf: 2 }));
    assert.match(again.log, /\ntwo\n/);
  },
);

test('what a repository lacks is said with a code in the build’s log', HTTP, async (t) => {
  const { start, app, url, git } = await world(t);
  const server = await start();
  await app.commit({ other: 'x' });
  const end = async (name: string, at: string, branch = 'main'): Promise<string> =>
    (await server.ended(await server.start(await gitJob(server, name, at, branch)))).log;
  assert.match(await end('missing', url), /Unable to find Jenkinsfile from git http\S+ at [0-9a-f]{40}/);
  assert.match(await end('branch', url, 'nope'), /there is no branch or tag nope in http/);
  assert.match(await end('away', `${git.url}/nope/.git`), /The repository does not answer, is not there, or may not be seen/);
  const { facts } = await server.store.db.selectFrom('builds').select('facts').where('job', '=', 'branch').executeTakeFirstOrThrow();
  assert.equal((JSON.parse(facts) as { failure: { code: string } }).failure.code, 'MR_GIT_REF');
});

const SAY = (what: string): Record<string, string> => ({ 'vars/say.groovy': `def call() { echo '${what}' }` });

test('libraries: defaults, versions, folders before the installation, caching, changes, and the commit that a build used', HTTP, async (t) => {
  const { start, folder, git } = await world(t);
  const lib = await testRepository(folder, 'lib');
  await lib.commit(SAY('global one'), 'first');
  await lib.git(['tag', 'v1']);
  const own = await testRepository(folder, 'own');
  await own.commit({ 'ci/vars/say.groovy': `def call() { echo 'of the folder' }`, 'ci/resources/x.txt': 'text' });
  const url = `${git.url}/lib/.git`;
  const base = { name: 'lib', path: null, git: url, version: 'main', implicit: false };
  const server = await start([
    base,
    { ...base, name: 'fixed', version: 'v1', allowVersionOverride: false },
    { ...base, name: 'cached', caching: { refreshMinutes: 5, excludedVersions: ['feature'] } },
  ]);
  const run = async (job: number): Promise<string> => (await server.ended(await server.start(job))).log;
  const job = await server.item('pipeline', 'plain', pipelineConfig.parse({ definition: { kind: 'inline', script: `@Library('lib') _\nsay()` } }));
  assert.match(await run(job), /\nglobal one\n/);
  await lib.commit(SAY('global two'), 'second', 'Bob');
  const second = await ran(server, job);
  assert.match(second.log, /\nglobal two\n/);
  assert.deepEqual(await titles(server, second.id), ['Bob: second']);
  await lib.commit(SAY('global three'), 'third');
  assert.match((await server.ended(await server.start(job, { replayOf: 2 }))).log, /\nglobal two\n/);
  const told = await server.item(
    'pipeline',
    'told',
    pipelineConfig.parse({
      definition: { kind: 'inline', script: `@Library('lib') _\necho currentBuild.changeSets.collect { set -> set.items.collect { it.msg } }.toString()` },
    }),
  );
  assert.match((await ran(server, told)).log, /\n\[\]\n/);
  await lib.commit(SAY('global four'), 'fourth');
  assert.match((await ran(server, told)).log, /\n\[\[fourth\]\]\n/);
  await lib.commit(SAY('global five'), 'fifth');
  const silent = `@Library(value = 'lib', changelog = false) _\necho currentBuild.changeSets.toString()`;
  await server.store.write((tx) =>
    tx
      .updateTable('items')
      .set({ config: JSON.stringify(pipelineConfig.parse({ definition: { kind: 'inline', script: silent } })) })
      .where('id', '=', told)
      .execute(),
  );
  assert.match((await ran(server, told)).log, /\n\[\]\n/);
  assert.match((await server.run(`library 'lib@v1'\nsay()`)).log, /\nglobal one\n/);
  assert.match((await server.run(`library 'fixed@main'\nsay()`)).log, /Version override not permitted for library fixed/);
  assert.match((await server.run(`@Library('fixed') _\nsay()`)).log, /Loading library fixed(@v1)?\n[\s\S]*global one/);
  assert.match((await server.run(`library 'lib@nope'`)).log, /No version nope found for library lib/);

  assert.match((await server.run(`library('cached').toString()\nsteps.echo 'x'`)).log, /Loading library cached/);
  git.requests.length = 0;
  await server.run(`library 'cached'`);
  assert.deepEqual(
    git.requests.filter((r) => r.includes('/lib/')),
    [],
    'nothing is asked within the refresh time',
  );

  await server.item(
    'folder',
    'team',
    folderConfig.parse({ libraries: [{ name: 'lib', url: `${git.url}/own/.git`, version: 'main', libraryPath: 'ci', implicit: true }] }),
  );
  const below = await server.item(
    'pipeline',
    'team/job',
    pipelineConfig.parse({ definition: { kind: 'inline', script: `say()\necho libraryResource('x.txt')` } }),
  );
  assert.match(await run(below), /\nof the folder\n[\s\S]*\ntext\n/);
});

test('a controller that dies in the middle goes on with the commit and the library that the build began with', HTTP, async (t) => {
  const { start, folder, git, app, url } = await world(t);
  const lib = await testRepository(folder, 'lib');
  await lib.commit(SAY('library one'));
  const libraries = [{ name: 'lib', path: null, git: `${git.url}/lib/.git`, version: 'main', implicit: false }];
  const server = await start(libraries);
  await app.commit({ Jenkinsfile: `@Library('lib') _\nnode { sleep 2; checkout scm; echo readFile('text').trim(); say() }`, text: 'one' });
  const id = await server.start(await gitJob(server, 'app', url));
  await server.until(async () => (await server.log(id)).includes('Sleeping for'));
  await app.commit({ text: 'two' });
  await lib.commit(SAY('library two'));
  const next = await start(libraries);
  const { log, result } = await next.ended(id);
  assert.equal(result, 'SUCCESS', log);
  assert.match(log, /\none\n[\s\S]*\nlibrary one\n/);
});

test('changes of a build are bounded, and counted once', HTTP, async (t) => {
  const { start } = await world(t);
  const server = await start();
  const { keepRevision, MOST_CHANGES } = await import('../builds/revisions.ts');
  const job = await server.item('pipeline', 'many', pipelineConfig.parse({ definition: { kind: 'inline', script: '' } }));
  const build = { id: 1_000, itemId: job, number: 1 };
  const changes = Array.from({ length: MOST_CHANGES + 5 }, (_, i): ScmChange => ({ title: `t${i}`, comment: '', paths: ['a'], author: `a${i % 3}`, at: 1 }));
  const revision = { askId: '0:1', kind: 'checkout', url: 'u', branch: 'b', commit: 'c', poll: true, changes, more: false } as const;
  for (let i = 0; i < 2; i++) await server.store.write((tx) => keepRevision(tx, build, revision));
  assert.equal((await listChanges(server.store.db, 1_000, null, 5_000)).length, MOST_CHANGES);
  assert.equal((await server.store.db.selectFrom('build_revisions').select('more').where('build_id', '=', 1_000).executeTakeFirstOrThrow()).more, 1);
});
