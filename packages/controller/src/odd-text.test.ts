/** Text that databases refuse or cut, through a whole controller: nothing of it is lost, and nothing loops. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eachEngine } from './store/testing/databases.ts';
import { TestServer } from './testing/test-controller.ts';

eachEngine('text with NUL bytes and halves of surrogate pairs', (databases) => {
  let server: TestServer;
  before(async () => {
    const { url, folder } = await databases.make();
    server = await TestServer.start({ data: folder, databaseUrl: url });
  });
  after(() => server.stop());

  it('stays in the console as a step printed it, what is no UTF-8 as the replacement character', async () => {
    const build = await server.run(String.raw`node { sh '''printf 'a\\000b\\377c\\ndone\\n' ''' }; echo "half \uD83D; null \u0000; end"`);
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /\na\0b\uFFFDc\ndone\n/);
    assert.match(build.log, /\nhalf \uD83D; null \0; end\n/);
  });

  it('comes back from a step, and goes through files, into the journal', async () => {
    const build = await server.run(
      String.raw`node {
        def out = sh(returnStdout: true, script: '''printf 'x\\000y' ''')
        echo "length \${out.length()}"
        writeFile file: 'f', text: "a\u0000b"
        echo "read \${readFile('f').length()}"
        lock("l\u0000m") { echo 'locked' }
        stage("st\u0000age") { currentBuild.description = "d\u0000" }
        milestone label: "m\u0000"
      }`.replaceAll('\\$', '$'),
    );
    assert.equal(build.result, 'SUCCESS', build.log);
    assert.match(build.log, /length 3\n(?:.*\n)*read 3\n(?:.*\n)*locked\n/);
    const row = await server.store.db.selectFrom('builds').select('facts').where('id', '=', build.id).executeTakeFirstOrThrow();
    assert.equal((JSON.parse(row.facts) as { description: string }).description, 'd\0');
  });

  it('fails the step whose process cannot have it', async () => {
    for (const body of [String.raw`withEnv(["A=x\u0000y"]) { sh 'true' }`, String.raw`dir("x\u0000y") { sh 'true' }`]) {
      const build = await server.run(`node { ${body} }`);
      assert.equal(build.result, 'FAILURE', build.log);
      assert.match(build.log, /without null bytes/);
    }
  });

  it('is kept of test reports', async () => {
    const xml = String.raw`<testsuite name="s\u0000"><testcase classname="c" name="n\u0000m"><failure message="no\u0000">t\u0000</failure></testcase></testsuite>`;
    const build = await server.run(`node { writeFile file: 'r.xml', text: '${xml}'; junit 'r.xml' }`);
    assert.equal(build.result, 'UNSTABLE', build.log);
    const rows = await server.store.db.selectFrom('tests').select(['suite', 'name', 'status']).where('build_id', '=', build.id).execute();
    assert.deepEqual(
      rows.map((r) => ({ ...r })),
      [{ suite: 's\0', name: 'n\0m', status: 'failed' }],
    );
  });
});
