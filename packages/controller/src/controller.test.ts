/** A whole controller with a real agent: what a build does, and what a kill does to it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TestFolder, TestServer } from './testing/test-controller.ts';

describe('a controller', () => {
  const folder = new TestFolder();
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({ data: folder.path });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it('runs a build on its own agent', async () => {
    const build = await server.run(`node { sh 'echo one; echo two'; echo 'three' }`);
    assert.equal(build.result, 'SUCCESS');
    assert.match(build.log, /\+ echo one\none\n\+ echo two\ntwo\n\[Pipeline\] echo\nthree\n/);
  });

  it('keeps artifacts and hands stashes over', async () => {
    const build = await server.run(
      `node { writeFile file: 'a/b.txt', text: 'x'; stash name: 's'; archiveArtifacts artifacts: 'a/*', fingerprint: true; deleteDir(); unstash 's'; echo readFile('a/b.txt') }`,
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    const rows = await server.store.db.selectFrom('artifacts').select(['path', 'size', 'md5']).where('build_id', '=', build.id).execute();
    assert.deepEqual(
      rows.map((r) => ({ ...r })),
      [{ path: 'a/b.txt', size: 1, md5: '9dd4e461268c8034f5c8564e155c67a6' }],
    );
  });

  it('keeps test results', async () => {
    const xml =
      '<testsuite name="s"><testcase classname="c" name="ok"/><testcase classname="c" name="bad"><failure message="no">trace</failure></testcase></testsuite>';
    const build = await server.run(`node { writeFile file: 'r.xml', text: '${xml}'; junit 'r.xml' }`);
    assert.equal(build.result, 'UNSTABLE', build.log);
    const rows = await server.store.db.selectFrom('tests').select(['test_key', 'status']).where('build_id', '=', build.id).orderBy('seq').execute();
    assert.deepEqual(
      rows.map((r) => `${r.test_key} ${r.status}`),
      ['c.ok passed', 'c.bad failed'],
    );
  });

  it('counts the tests of all reports of a build, beside the name that its script gives it', async () => {
    const suite = (name: string, cases: string): string => `<testsuite name="${name}">${cases}</testsuite>`;
    const one = suite('one', '<testcase classname="c" name="ok"/><testcase classname="c" name="bad"><failure message="no"/></testcase>');
    const two = suite('two', '<testcase classname="d" name="left"><skipped/></testcase>');
    const build = await server.run(
      `node { writeFile file: '1.xml', text: '${one}'; writeFile file: '2.xml', text: '${two}'; junit '1.xml'; currentBuild.displayName = 'named'; junit '2.xml' }`,
    );
    const { facts } = await server.store.db.selectFrom('builds').select('facts').where('id', '=', build.id).executeTakeFirstOrThrow();
    const { displayName, tests } = JSON.parse(facts) as { displayName: string; tests: unknown };
    assert.deepEqual({ displayName, tests }, { displayName: 'named', tests: { total: 3, failed: 1, skipped: 1 } });
  });

  it('ends a build that does not compile with the message in its console', async () => {
    const build = await server.run('node {');
    assert.equal(build.result, 'FAILURE');
    assert.match(build.log, /startup failed:\nWorkflowScript: 1/);
    assert.match(build.log, /Finished: FAILURE\n$/);
  });

  it('gives a lock to one build at a time', async () => {
    const script = `lock('x') { node { sh 'mkdir /tmp/millrace-lock-$$-test 2>/dev/null; mkdir "$HOME/.millrace-lock-test"; sleep 0.05; rmdir "$HOME/.millrace-lock-test"' } }`;
    const builds = await Promise.all([1, 2, 3].map((i) => server.run(script, `lock-${i}`)));
    for (const build of builds) assert.equal(build.result, 'SUCCESS', build.log);
    assert.deepEqual(await server.store.db.selectFrom('locks').select('id').execute(), []);
    assert.deepEqual(await server.store.db.selectFrom('resources').select('name').execute(), []);
  });

  it('waits for another job and passes its result on', async () => {
    await server.job('down', `env.A = 'b'; currentBuild.result = 'UNSTABLE'`);
    const build = await server.run(`def b = build(job: 'down', propagate: false); echo "got \${b.result} \${b.buildVariables.A}"`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /Scheduling project: down\n(?:.*\n)*Starting building: down #1\n(?:.*\n)*got UNSTABLE b\n/);
  });

  it('ends an older build that a newer one supersedes as Jenkins does', async () => {
    const job = await server.job('ordered', `if (env.BUILD_NUMBER == '1') input('Go?'); milestone 1`);
    const older = await server.start(job);
    await server.until(async () => (await server.store.db.selectFrom('inputs').select('ask_id').where('build_id', '=', older).execute()).length > 0);
    assert.equal((await server.ended(await server.start(job))).result, 'SUCCESS');
    const superseded = await server.ended(older);
    assert.equal(superseded.result, 'NOT_BUILT', superseded.log);
    assert.match(superseded.log, /\nSuperseded by #2\n(?:\[Pipeline\].*\n)*Finished: NOT_BUILT\n$/);

    const alone = await server.job('alone', `properties([disableConcurrentBuilds(abortPrevious: true)]); if (env.BUILD_NUMBER == '2') input('Go?')`);
    assert.equal((await server.ended(await server.start(alone))).result, 'SUCCESS');
    const second = await server.start(alone);
    await server.until(async () => (await server.store.db.selectFrom('inputs').select('ask_id').where('build_id', '=', second).execute()).length > 0);
    assert.equal((await server.ended(await server.start(alone))).result, 'SUCCESS');
    const aborted = await server.ended(second);
    assert.equal(aborted.result, 'NOT_BUILT', aborted.log);
    assert.match(aborted.log, /\nSuperseded by alone #3\n(?:\[Pipeline\].*\n)*Finished: NOT_BUILT\n$/);
  });

  it('waits for an input, out of memory, and goes on with the answer', async () => {
    const build = await server.trigger(`def who = input(message: 'Go?', parameters: [string(name: 'WHO', defaultValue: 'you')]); echo "hello \${who}"`);
    await server.until(async () => (await server.store.db.selectFrom('builds').select('parked').where('id', '=', build).executeTakeFirst())?.parked === 1);
    await server.answerInput(build, { WHO: 'me' });
    const ended = await server.ended(build);
    assert.match(ended.log, /hello me\n/);
    assert.equal(ended.log.match(/Go\?/g)?.length, 1);
  });

  it('fails a pipeline that takes its worker down again and again, by name, and others go on', async () => {
    const other = server.run(`node { sh 'sleep 1' }; echo 'still here'`, 'innocent');
    const build = await server.run(`def all = []; while (true) { all << [1, 2, 3, 4, 5, 6, 7, 8] }`, 'greedy');
    assert.equal(build.result, 'FAILURE');
    assert.match(build.log, /OutOfMemoryError|MR_BUILD_CRASHED/);
    assert.match((await other).log, /still here\n/);
  });
});

describe('a controller that is stopped', () => {
  it('lets its builds go, and the next start goes on with the running step', async () => {
    const folder = new TestFolder();
    let server = await TestServer.start({ data: folder.path });
    try {
      const build = await server.trigger(`node { sh 'echo begun; while [ ! -e go ]; do sleep 0.05; done; echo done' }; echo 'after'`);
      await server.until(async () => (await server.log(build)).includes('begun\n'));
      await server.stop({ endAgent: false });
      server = await TestServer.start({ data: folder.path });
      await server.touchInWorkspace('go');
      const ended = await server.ended(build);
      assert.equal(ended.result, 'SUCCESS', ended.log);
      assert.equal(ended.log.match(/^begun$/gm)?.length, 1, ended.log);
      assert.match(ended.log, /begun\n(?:\+.*\n)*done\n(?:.*\n)*after\n/);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});

describe('parking', () => {
  it('lets no build sleep that goes on at the same moment', async () => {
    const folder = new TestFolder();
    // So short that answers come while a build is being parked, again and again.
    const server = await TestServer.start({ data: folder.path, parkAfterMs: 1 });
    try {
      const job = await server.job('busy', `node { sh 'true' }; sleep(time: 20, unit: 'MILLISECONDS'); node { sh 'true' }`);
      const ids = await Promise.all(Array.from({ length: 30 }, () => server.start(job)));
      for (const id of ids) assert.equal((await server.ended(id)).result, 'SUCCESS');
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
