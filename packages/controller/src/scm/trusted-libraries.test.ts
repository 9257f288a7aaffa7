import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { folderConfig, pipelineConfig } from '@millrace/protocol';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Installation } from '../config/installation.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';

const HTTP = { skip: noHttpBackend() };
type Library = Installation['libraries'][number];

/** Starts a controller on the same data again and again, the one before it stopped. */
async function starter(t: TestContext): Promise<{ readonly folder: string; start(libraries: readonly Library[]): Promise<TestServer> }> {
  const folder = await tempFolder(t);
  let running: TestServer | null = null;
  t.after(() => running?.stop());
  return {
    folder,
    start: async (libraries) => {
      await running?.stop();
      const installation = testInstallation({ libraries });
      running = await TestServer.start({ data: join(folder, 'data'), installation: () => installation });
      return running;
    },
  };
}

async function libraryFolder(root: string, files: { readonly [path: string]: string }): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

const ASKS = `import jenkins.model.Jenkins
import hudson.model.Cause
def call() {
  def raw = currentBuild.rawBuild
  echo "causes \${raw.getCauses().shortDescription} \${raw.getCause(Cause.UserIdCause) != null} \${raw.parent.fullName}"
  def first = Jenkins.instance.getItemByFullName('first')
  echo "first \${first.lastSuccessfulBuild.number} \${first.lastSuccessfulBuild.result} \${first.building} \${first.lastFailedBuild}"
  def self = Jenkins.get().getItemByFullName(env.JOB_NAME)
  echo "self \${self.building} \${self.lastBuild.number} \${self.lastCompletedBuild}"
  echo "nodes \${Jenkins.get().computers*.name} \${Jenkins.get().getItemByFullName('nowhere')}"
  echo "log \${raw.getLog(3).any { it.startsWith('self ') }}"
  String.metaClass.shout = { delegate.toUpperCase() }
  echo 'metaclass'.shout()
  evaluate("echo 'evaluated'")
}
`;
const PEEK = { 'vars/peek.groovy': 'def call() { echo "raw ${currentBuild.rawBuild.number}" }' };

test('a library of the installation reads the build and the server, and changes and evaluates; others are refused', HTTP, async (t) => {
  const { folder, start } = await starter(t);
  const git = await gitHttpServer(t, folder);
  const lib = await testRepository(folder, 'lib');
  const commit = await lib.commit(PEEK);
  await lib.git(['tag', 'v1']);
  await lib.git(['update-ref', 'refs/pull/1/head', commit]);
  const url = `${git.url}/lib/.git`;
  const asks = await libraryFolder(join(folder, 'asks'), { 'vars/ask.groovy': ASKS });
  const server = await start([
    { name: 'asks', path: asks, git: null, version: null, implicit: false },
    { name: 'lib', path: null, git: url, version: 'main', implicit: false },
    { name: 'pinned', path: null, git: url, version: commit, implicit: false },
  ]);
  assert.equal((await server.run("echo 'x'", 'first')).result, 'SUCCESS');
  const { log, result } = await server.run("@Library('asks') _\nask()", 'asking');
  assert.equal(result, 'SUCCESS', log);
  for (const line of [
    'causes [Started by user test] true asking',
    'first 1 SUCCESS false null',
    'self true 1 null',
    'nodes [built-in] null',
    'log true',
    'METACLASS',
    'evaluated',
  ])
    assert.ok(log.includes(`\n${line}\n`), `${line} is missing in ${log}`);

  // The library's own versions: by default, a branch and a tag by name, a commit that the configuration names.
  for (const script of [
    "library 'lib'\npeek()",
    "library 'lib@main'\npeek()",
    "library 'lib@v1'\npeek()",
    "library 'lib@refs/heads/main'\npeek()",
    "library 'pinned'\npeek()",
  ])
    assert.match((await server.run(script)).log, /\nraw 1\n/, script);
  // What somebody may have put into the repository who may not push to it, and what the pipeline itself names.
  await server.item('folder', 'team', folderConfig.parse({ libraries: [{ name: 'lib', url, version: 'main', implicit: true }] }));
  const below = await server.item('pipeline', 'team/job', pipelineConfig.parse({ definition: { kind: 'inline', script: 'peek()' } }));
  const refused = [
    await server.run(`library 'lib@${commit}'\npeek()`),
    await server.run(`library 'lib@refs/pull/1/head'\npeek()`),
    await server.run(`library identifier: 'own@main', retriever: modernSCM([$class: 'GitSCMSource', remote: '${url}'])\npeek()`),
    await server.run(`library identifier: 'lib@main', retriever: modernSCM([$class: 'GitSCMSource', remote: '${url}'])\npeek()`),
    await server.ended(await server.start(below)),
    await server.run('echo "raw ${currentBuild.rawBuild.number}"'),
  ];
  for (const build of refused) {
    assert.equal(build.result, 'FAILURE', build.log);
    assert.match(build.log, /Scripts not permitted to use method org\.jenkinsci\.plugins\.workflow\.support\.steps\.build\.RunWrapper getRawBuild/);
  }
});

test('a build that another controller goes on with keeps the rights of its libraries and what they have read', async (t) => {
  const { folder, start } = await starter(t);
  const path = await libraryFolder(join(folder, 'lib'), {
    'vars/ask.groovy': `def call() {
      def first = jenkins.model.Jenkins.get().getItemByFullName('first')
      String.metaClass.shout = { delegate.toUpperCase() }
      node { sleep 2 }
      echo "last \${first.lastBuild.number} \${Eval.me('1 + 1')} \${'a'.shout()} raw \${currentBuild.rawBuild.number}"
    }`,
  });
  const server = await start([{ name: 'lib', path, git: null, version: null, implicit: false }]);
  const first = await server.job('first', "echo 'x'");
  await server.ended(await server.start(first));
  const id = await server.trigger("@Library('lib') _\nask()");
  await server.until(async () => (await server.log(id)).includes('Sleeping for'));
  assert.equal((await server.ended(await server.start(first))).result, 'SUCCESS');
  // Nobody vouches for it any more: the build began when somebody did.
  const next = await start([]);
  const { log, result } = await next.ended(id);
  assert.equal(result, 'SUCCESS', log);
  assert.match(log, /\nlast 1 2 A raw 1\n/);
});

test('the log that a library reads has all that was printed before', async (t) => {
  const { folder, start } = await starter(t);
  const path = await libraryFolder(join(folder, 'lib'), {
    'vars/ask.groovy': 'def call() { echo "missed ${(1..30).findAll { echo "line $it"; currentBuild.rawBuild.getLog(1) != ["line $it"] }}" }',
  });
  const server = await start([{ name: 'lib', path, git: null, version: null, implicit: false }]);
  assert.match((await server.run("@Library('lib') _\nask()")).log, /\nmissed \[\]\n/);
});

test('what a name meant in one repository does not choose the commit of the trusted library of that name', HTTP, async (t) => {
  const { folder, start } = await starter(t);
  const git = await gitHttpServer(t, folder);
  const lib = await testRepository(folder, 'lib');
  await lib.commit(PEEK);
  const fork = await testRepository(folder, 'fork');
  await fork.commit({ 'vars/peek.groovy': 'def call() { echo "fork ${currentBuild.rawBuild.number}" }' });
  // As a fork's pull request: its commits can be had from the library's own address.
  await lib.git(['fetch', '--quiet', fork.folder, 'main:refs/pull/1/head']);
  const [url, remote] = [`${git.url}/lib/.git`, `${git.url}/fork/.git`];
  const server = await start([{ name: 'lib', path: null, git: url, version: 'main', implicit: false }]);

  const retriever = `modernSCM([$class: 'GitSCMSource', remote: '${remote}', libraryPath: 'nowhere'])`;
  const { log } = await server.run(
    `try { library identifier: 'lib@main', retriever: ${retriever} } catch (e) { echo "no: \${e.message}" }\nlibrary 'lib@main'\npeek()`,
  );
  assert.match(log, /\nno: Library lib expected to contain/);
  assert.match(log, /\nraw 1\n/);

  const folderId = await server.item('folder', 'team', folderConfig.parse({ libraries: [{ name: 'lib', url: remote, version: 'main' }] }));
  const script = "library 'lib@main'\npeek()";
  const job = await server.item('pipeline', 'team/job', pipelineConfig.parse({ definition: { kind: 'inline', script } }));
  assert.match((await server.ended(await server.start(job))).log, /Scripts not permitted to use/);
  await server.store.write((tx) =>
    tx
      .updateTable('items')
      .set({ config: JSON.stringify(folderConfig.parse({})) })
      .where('id', '=', folderId)
      .execute(),
  );
  assert.match((await server.ended(await server.start(job, { replayOf: 1, script }))).log, /\nraw 2\n/);
});
