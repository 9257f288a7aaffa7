/** Builds as check runs at GitHub: a real server that speaks its documented shapes, real repositories, builds and controllers. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Databases } from '../../store/testing/databases.ts';
import { eachEngine } from '../../store/testing/databases.ts';
import { TEST_KEY, TestServer } from '../../testing/test-controller.ts';
import { appInstallation } from '../testing/app-installation.ts';
import { FakeApp } from '../testing/fake-app.ts';
import { FakeForge } from '../testing/forge-server.ts';
import { buildsOf, jobsOf, makeMultibranch, scanned } from '../testing/multibranch.ts';

const PROGRAM = new URL('../testing/checked-controller.ts', import.meta.url).pathname;

async function github(t: TestContext, files: { readonly [path: string]: string }) {
  const folder = await tempFolder(t);
  const repository = await testRepository(folder);
  const commit = await repository.commit(files);
  const forge = await new FakeForge('github').start(t);
  forge.repositories.push({ name: 'acme/app', cloneUrl: repository.folder, people: {}, pulls: [] });
  const app = new FakeApp();
  forge.app = app;
  const fields = { appId: app.id, privateKey: app.privateKey, apiUrl: forge.url };
  const config = (more: object = {}) => ({
    sources: [{ kind: 'github', apiUrl: forge.url, repository: 'acme/app', url: repository.folder, credentialsId: 'app' }],
    ...more,
  });
  return { repository, commit, forge, app, fields, config };
}
async function controller(
  t: TestContext,
  databases: Databases,
  fields: Record<string, string>,
  more: { readonly stagesEveryMs?: number } = {},
): Promise<TestServer> {
  const database = await databases.make();
  const server = await TestServer.start({ data: database.folder, databaseUrl: database.url, installation: appInstallation(fields), ...more });
  t.after(() => server.stop());
  return server;
}
const allSaid = async (server: TestServer): Promise<boolean> => (await server.store.db.selectFrom('check_runs').select('name').execute()).length === 0;

async function builtMain(server: TestServer, config: object) {
  const id = await makeMultibranch(server.store, 'app', config);
  const { log } = await scanned(server, id, 1);
  const main = (await jobsOf(server.store, id)).get('main')?.id as number;
  assert.notEqual(main, undefined, log);
  await server.until(async () => (await buildsOf(server.store, main)).length === 1);
  return server.ended((await buildsOf(server.store, main))[0]?.id as number);
}

eachEngine('checks of GitHub', (databases) => {
  it('show a build from the queue to its end, with its stages and the last lines of what failed', async (t) => {
    const at = await github(t, {
      Jenkinsfile: `pipeline { agent any; stages {
        stage('Build') { steps { echo 'fine' } }
        stage('Test') { steps { sh label: 'unit tests', script: "set +x; echo first line; printf '\\\\033[31mone is not two\\\\033[0m\\\\n\`\`\`\\\\n'; exit 3" } }
        stage('Deploy') { steps { echo 'never' } } } }`,
    });
    const server = await controller(t, databases, at.fields);
    const ended = await builtMain(server, at.config());
    assert.equal(ended.result, 'FAILURE', ended.log);
    await server.until(() => allSaid(server));
    const [run, ...others] = at.forge.checks.runs;
    assert.deepEqual(others, [], 'one run of one build');
    assert.equal(run?.head_sha, at.commit);
    assert.deepEqual([run?.name, run?.status, run?.conclusion], ['Millrace', 'completed', 'failure']);
    assert.match(run?.details_url ?? '', /\/job\/app\/job\/main\/1\/$/);
    const { title, summary = '', text = '' } = run?.output ?? {};
    assert.equal(title, "Test: error in 'sh' step");
    assert.ok(summary.includes('### `Test / sh`\nError in `sh` step, with arguments `unit tests`.\n```\nscript returned exit code 3\n```'), summary);
    assert.ok(summary.includes('\n+ set +x\nfirst line\none is not two\n```\n````'), summary);
    assert.ok(summary.includes('\n````\n'), 'a fence that the log does not end');
    assert.match(
      text,
      /\n {2}\* Build \*\([\d.]+ (ms|sec)\)\*\n {2}\* Test \*\([\d.]+ (ms|sec)\)\*\n {4}\*\*Error\*\*: \*.*\*\n {2}\* Deploy \*\(skipped\)\*\n$/,
    );
    // By a duty of its own.
    await server.until(async () => (await server.store.db.selectFrom('commit_statuses').select('key').where('due_at', 'is not', null).execute()).length === 0);
    const status = at.forge.statuses.at(-1);
    assert.deepEqual([status?.commit, status?.body['state']], [at.commit, 'failure'], 'the status is told beside it');
    await server.stop();
  });

  it('show the stages of a build that runs', async (t) => {
    const at = await github(t, { Jenkinsfile: "stage('Build') { echo 'x' }\nstage('Ask') { input 'go on?' }\nstage('Deploy') { echo 'y' }" });
    const server = await controller(t, databases, at.fields, { stagesEveryMs: 50 });
    const id = await makeMultibranch(server.store, 'app', at.config());
    await scanned(server, id, 1);
    const main = (await jobsOf(server.store, id)).get('main')?.id as number;
    await server.until(async () => (await buildsOf(server.store, main)).length === 1);
    const build = (await buildsOf(server.store, main))[0]?.id as number;
    const shows = (text: RegExp) =>
      server.until(async () => text.test(at.forge.checks.runs[0]?.output?.text ?? ''), { seen: async () => JSON.stringify(at.forge.checks.runs) });
    await shows(/^ {2}\* Build \*\([\d.]+ (ms|sec)\)\*\n {2}\* Ask \*\(running\)\*\n$/);
    assert.deepEqual([at.forge.checks.runs[0]?.status, at.forge.checks.runs[0]?.output?.title], ['in_progress', 'In progress']);
    await server.until(async () => (await server.store.db.selectFrom('inputs').select('ask_id').where('build_id', '=', build).execute()).length === 1);
    await server.answerInput(build, {});
    assert.equal((await server.ended(build)).result, 'SUCCESS');
    await server.until(() => allSaid(server));
    assert.match(at.forge.checks.runs[0]?.output?.text ?? '', /\n {2}\* Deploy \*\([\d.]+ (ms|sec)\)\*\n$/);
    assert.deepEqual([at.forge.checks.runs.length, at.forge.checks.runs[0]?.status], [1, 'completed']);
    await server.stop();
  });

  it('are told of many short stages once in a while, and of the end at once', async (t) => {
    const at = await github(t, { Jenkinsfile: 'for (i in 1..40) stage("S $i") { sleep time: 5, unit: \'MILLISECONDS\' }' });
    const server = await controller(t, databases, at.fields, { stagesEveryMs: 3_600_000 });
    assert.equal((await builtMain(server, at.config())).result, 'SUCCESS');
    await server.until(() => allSaid(server));
    const [run] = at.forge.checks.runs;
    assert.ok((run?.told.length ?? 99) <= 4, run?.told.join());
    assert.equal(run?.told.at(-1), 'completed');
    assert.match(run?.output?.text ?? '', /S 1 [^]*S 40 /);
    await server.stop();
  });

  it('are named, left out, and neutral of what is unstable, as the job says; tokens of people make none', async (t) => {
    const at = await github(t, { Jenkinsfile: 'unstable "two flaky"' });
    const server = await controller(t, databases, at.fields);
    assert.equal((await builtMain(server, at.config({ checks: { name: 'CI', unstable: 'neutral' }, status: { enabled: false } }))).result, 'UNSTABLE');
    await server.until(() => allSaid(server));
    const [run] = at.forge.checks.runs;
    assert.deepEqual([run?.name, run?.conclusion, run?.output?.title], ['CI', 'neutral', "warning in 'unstable' step"]);
    assert.ok(run?.output?.summary.includes('two flaky'), run?.output?.summary);
    assert.deepEqual(at.forge.statuses, []);

    const of = async (name: string, config: object): Promise<void> => {
      const id = await makeMultibranch(server.store, name, config);
      await scanned(server, id, 1);
      const main = (await jobsOf(server.store, id)).get('main')?.id as number;
      await server.until(async () => (await buildsOf(server.store, main)).length === 1);
      await server.ended((await buildsOf(server.store, main))[0]?.id as number);
      await server.until(() => allSaid(server));
    };
    await of('without', at.config({ checks: { enabled: false } }));
    at.forge.app = null;
    const [source] = at.config().sources;
    await of('token', at.config({ sources: [{ ...source, credentialsId: 'token' }] }));
    assert.equal(at.forge.checks.runs.length, 1);
    await server.stop();
  });

  it('are made once, also where the controller is killed before it has heard that one was', async (t) => {
    const at = await github(t, { Jenkinsfile: 'echo "x"' });
    const database = await databases.make();
    const options = { data: database.folder, databaseUrl: database.url, installation: appInstallation(at.fields) };
    // GitHub is away while the build runs: what is to be said waits, and no build does.
    const isRun = (path: string): boolean => path.endsWith('/check-runs');
    at.forge.instead = (request) => (request.method === 'POST' && isRun(request.url ?? '') ? { status: 503 } : null);
    const first = await TestServer.start(options);
    t.after(() => first.stop());
    const ended = await builtMain(first, at.config());
    assert.equal(ended.result, 'SUCCESS', ended.log);
    await first.until(async () => ((await first.store.db.selectFrom('check_runs').select('attempts').executeTakeFirst())?.attempts ?? 0) > 0);
    const row = await first.store.db.selectFrom('check_runs').selectAll().executeTakeFirstOrThrow();
    assert.match(row.failure ?? '', /^MR_FORGE_AWAY/);
    await first.store.write((tx) => tx.updateTable('check_runs').set({ due_at: 0 }).execute());
    await first.stop();

    // A run is made, and whoever has asked for it is killed before the answer.
    at.forge.instead = null;
    const made = new Promise<void>((resolve) => {
      at.forge.silent = (method, path) => {
        if (method !== 'POST' || !isRun(path)) return false;
        resolve();
        return true;
      };
    });
    const env = { ...process.env, DATABASE_URL: database.url ?? '', MILLRACE_KEY: TEST_KEY, APP: JSON.stringify(at.fields) };
    const child = spawn(process.execPath, [PROGRAM, database.folder], { env, stdio: 'ignore' });
    const gone = once(child, 'exit');
    await made;
    child.kill('SIGKILL');
    await gone;
    assert.equal(at.forge.checks.runs.length, 1);

    at.forge.silent = null;
    const second = await TestServer.start(options);
    t.after(() => second.stop());
    await second.until(() => allSaid(second), { ms: 60_000 });
    assert.deepEqual(
      at.forge.checks.runs.map((r) => [r.status, r.conclusion, r.output?.title]),
      [['completed', 'success', 'Success']],
    );
    await second.stop();
  });
});
