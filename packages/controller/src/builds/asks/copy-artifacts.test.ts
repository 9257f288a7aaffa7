import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { it } from 'node:test';
import type { Databases } from '../../store/testing/databases.ts';
import { eachEngine } from '../../store/testing/databases.ts';
import { TestServer } from '../../testing/test-controller.ts';

async function started(t: TestContext, databases: Databases): Promise<TestServer> {
  const { url, folder } = await databases.make();
  const server = await TestServer.start({ data: folder, databaseUrl: url });
  t.after(() => server.stop());
  for (const name of ['team', 'team/deep', 'other']) await server.item('folder', name, {});
  return server;
}
/** A job that archives `out/N.txt`, `out/sub/N.txt` and `notes.md`, with the build's number as N and their content. */
const MAKES = `node {
  def n = env.BUILD_NUMBER
  writeFile file: 'out/' + n + '.txt', text: n
  writeFile file: 'out/sub/' + n + '.txt', text: 'sub ' + n
  writeFile file: 'notes.md', text: 'notes'
  archiveArtifacts 'out/**, notes.md'
  deleteDir()
  if (n == '2') unstable 'so so'
  if (n == '3') error 'broken'
}`;
const LIST = `findFiles(glob: '**/*').collect { it.path + '=' + readFile(it.path) }.join(' ')`;

eachEngine('copyArtifacts', (databases) => {
  it('brings files of the build that its selector means', async (t) => {
    const server = await started(t, databases);
    const makes = await server.job('team/makes', MAKES);
    for (const wanted of ['SUCCESS', 'UNSTABLE', 'FAILURE']) {
      const { result, log } = await server.ended(await server.start(makes));
      assert.equal(result, wanted, log);
    }
    const kept = await server.store.db.selectFrom('builds').select('id').where('item_id', '=', makes).where('number', '=', 1).executeTakeFirstOrThrow();
    await server.store.write((tx) =>
      tx
        .updateTable('builds')
        .set({ kept: 1, facts: JSON.stringify({ displayName: 'v1' }), parameters: JSON.stringify({ KIND: 'a' }) })
        .where('id', '=', kept.id)
        .execute(),
    );
    const cases: readonly (readonly [args: string, files: string, count: number, number: number])[] = [
      [`projectName: 'makes'`, 'notes.md=notes out/1.txt=1 out/sub/1.txt=sub 1', 3, 1],
      [`projectName: 'makes', selector: lastSuccessful(), filter: '**/*.txt', flatten: true, target: 'in'`, 'in/2.txt=sub 2', 2, 2],
      [`projectName: '/team/makes', selector: lastCompleted(), excludes: 'out/**'`, 'notes.md=notes', 1, 3],
      [`projectName: 'team/makes', selector: specific('2'), filter: 'out/*', includeBuildNumberInTargetPath: true, target: 'in'`, 'in/2/out/2.txt=2', 1, 2],
      [`projectName: 'makes', selector: specific('v1'), filter: '*.md'`, 'notes.md=notes', 1, 1],
      [`projectName: 'makes', selector: [$class: 'SpecificBuildSelector', buildNumber: 'lastFailedBuild'], filter: 'out/*'`, 'out/3.txt=3', 1, 3],
      [`projectName: 'makes', selector: permalink('lastUnstableBuild'), filter: 'out/*'`, 'out/2.txt=2', 1, 2],
      [`projectName: 'makes', selector: latestSavedBuild(), filter: 'out/*'`, 'out/1.txt=1', 1, 1],
      [`projectName: 'makes', selector: lastWithArtifacts(), filter: 'out/*', fingerprintArtifacts: true`, 'out/3.txt=3', 1, 3],
      [`projectName: 'makes', selector: lastCompleted(), parameters: 'KIND=a', filter: 'out/*'`, 'out/1.txt=1', 1, 1],
    ];
    const script = `node { ${cases.map(([args], i) => `deleteDir(); copyArtifacts ${args}; echo "case ${i}: " + ${LIST}`).join('\n')} }`;
    const { log, result } = await server.run(script, 'team/takes');
    assert.equal(result, 'SUCCESS', log);
    for (const [i, [args, files, count, number]] of cases.entries()) {
      assert.ok(log.includes(`\ncase ${i}: ${files}\n`), `${args}\n${log}`);
      const words = `Copied ${count} ${count === 1 ? 'artifact' : 'artifacts'} from "team » makes" build number ${number}\n`;
      assert.ok(log.includes(words), `${words}${log}`);
    }
    const takes = await server.store.db.selectFrom('published').select('type').where('type', '=', 'fingerprint').execute();
    assert.equal(takes.length, 1);
  });

  it('takes the build that started it, however far above, the oldest of several', async (t) => {
    const server = await started(t, databases);
    await server.job('team/last', `node { copyArtifacts projectName: 'first', selector: upstream(); echo "got " + readFile('number') }`);
    await server.job('team/middle', `build 'last'`);
    const first = await server.job(
      'team/first',
      `node { writeFile file: 'number', text: env.BUILD_NUMBER; archiveArtifacts 'number' }
      if (env.BUILD_NUMBER == '1') build 'middle'`,
    );
    assert.equal((await server.ended(await server.start(first))).result, 'SUCCESS');
    assert.equal((await server.ended(await server.start(first))).result, 'SUCCESS');
    const last = await server.store.db.selectFrom('builds').select('id').where('job', '=', 'team/last').executeTakeFirstOrThrow();
    assert.match(await server.log(last.id), /\ngot 1\n/);
    const { result, log } = await server.run(
      `node { copyArtifacts projectName: 'first', selector: upstream(fallbackToLastSuccessful: true); echo "got " + readFile('number')
        copyArtifacts projectName: 'first', selector: upstream() }`,
      'team/alone',
    );
    assert.equal(result, 'FAILURE');
    assert.match(log, /\ngot 2\n[\s\S]*ERROR: Unable to find a build for artifact copy from: first\n/);
  });

  it('says what is missing, and goes on where that is allowed', async (t) => {
    const server = await started(t, databases);
    await server.run(`node { echo 'nothing' }`, 'team/empty');
    await server.job('team/never', `echo 'never'`);
    const { result, log } = await server.run(
      `node {
        copyArtifacts projectName: 'never', optional: true
        copyArtifacts projectName: 'empty', optional: true
        for (c in [[projectName: 'nope'], [projectName: 'never'], [projectName: 'empty', filter: '*.x'], [projectName: 'empty', selector: workspace()]])
          try { copyArtifacts c } catch (hudson.AbortException e) { echo "caught \${e.message}" }
      }`,
      'team/takes',
    );
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, /\nUnable to find a build for artifact copy from: never\n/);
    assert.match(log, /\nCopied 0 artifacts from "team » empty" build number 1\n/);
    assert.match(log, /\ncaught Unable to find project for artifact copy: nope\nThis may be due to incorrect project name/);
    assert.match(log, /\ncaught Unable to find a build for artifact copy from: never\n/);
    assert.match(log, /\ncaught Failed to copy artifacts from empty with filter: \*\.x\n/);
    assert.match(log, /\ncaught MR_UNSUPPORTED: copyArtifacts has no selector workspace: /);
  });

  it('is for jobs of the folder and below, and for those that the job names', async (t) => {
    const server = await started(t, databases);
    const makes = await server.job('team/makes', MAKES);
    await server.ended(await server.start(makes));
    const deep = await server.run(`node { copyArtifacts projectName: '../makes' }`, 'team/deep/job');
    assert.equal(deep.result, 'FAILURE');
    assert.match(
      deep.log,
      /team\/deep\/job may not copy artifacts of team\/makes: that job allows it by options \{ copyArtifactPermission\('\/team\/deep\/job'\) \}/,
    );
    assert.equal((await server.run(`node { copyArtifacts projectName: 'team/makes' }`, 'top')).result, 'SUCCESS');
    await server.item('multibranch', 'other/app', {});
    const takes = await server.job('other/app/main', `node { copyArtifacts projectName: 'team/makes' }`);
    assert.equal((await server.ended(await server.start(takes))).result, 'FAILURE');
    const allow = async (...names: string[]): Promise<void> => {
      await server.store.write((tx) =>
        tx
          .updateTable('items')
          .set({ properties: JSON.stringify({ copyArtifactPermission: names }) })
          .where('id', '=', makes)
          .execute(),
      );
    };
    for (const [name, result] of [
      ['/other/*', 'SUCCESS'],
      ['../other/app/main', 'SUCCESS'],
      ['../other/app/mai', 'FAILURE'],
      ['*/main', 'SUCCESS'],
      ['/other/*/x', 'FAILURE'],
      ['other/app/main', 'FAILURE'],
      ['*', 'SUCCESS'],
    ] as const) {
      await allow('nobody', name);
      assert.equal((await server.ended(await server.start(takes))).result, result, name);
    }
  });
});
