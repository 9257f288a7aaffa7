import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPipeline } from '../engine/run-pipeline.ts';
import type { Reply } from '../engine/testing/dummy-host.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Ask } from '../host.ts';
import { FileWorld } from './testing/file-world.ts';
import { runScriptText } from './testing/run-script.ts';

const SETTINGS = `<?xml version="1.0"?>
<settings>
  <!-- <servers><server><id>example</id></server></servers> -->
  <servers>
    <server><id>old</id><password>plain</password></server>
  </servers>
  <mirrors/>
</settings>
`;
const FILES: Record<string, { name: string; text: string; servers: { id: string; credentialsId: string }[] }> = {
  plain: { name: 'npmrc', text: 'registry=${REGISTRY}\nuser=${ENV, var="WHO"}\nleft=${NOBODY} $WHO\n', servers: [] },
  maven: { name: 'settings.xml', text: SETTINGS, servers: [{ id: 'nexus', credentialsId: 'deploy' }] },
  odd: { name: 'odd', text: 'no xml', servers: [{ id: 'nexus', credentialsId: 'deploy' }] },
};
const PASSWORD = 'a<b>&"c" of a test';

function respond(ask: Ask): Reply | undefined {
  if (ask.kind === 'credentials') return { ok: { type: 'usernamePassword', fields: { username: 'robot', password: PASSWORD }, description: null } };
  if (ask.kind === 'other' && ask.request.name === 'configFile') return { ok: FILES[(ask.request.data as { id: string }).id] ?? null };
  return undefined;
}

test('managed files are there while the block runs, or where they are told to be', async () => {
  const { console, world, result } = await runScriptText(
    `node { withEnv(['REGISTRY=https://r.example', 'WHO=ann']) {
      configFileProvider([configFile(fileId: 'plain', variable: 'NPMRC'), configFile(fileId: 'plain', targetLocation: 'conf/.npmrc', replaceTokens: true), configFile('plain')]) {
        echo "in \${readFile(env.NPMRC).readLines()[0]}"
      }
      configFileProvider([configFile(fileId: 'plain', targetLocation: 'conf/', replaceTokens: true)]) { }
      echo "after \${env.NPMRC}"
    } }`,
    {},
    respond,
  );
  assert.equal(result, 'SUCCESS', console);
  assert.match(
    console,
    /provisioning config files\.\.\.\ncopy managed file \[npmrc\] to \/w\/job@tmp\/secretFiles\/[\w-]+\/config-plain\.tmp\ncopy managed file \[npmrc\] to \/w\/job\/conf\/\.npmrc\n/,
  );
  assert.match(console, /\nin registry=\$\{REGISTRY\}\n/);
  assert.match(console, /\nafter null\n/);
  for (const path of ['/w/job/conf/.npmrc', '/w/job/conf/npmrc'])
    assert.equal(world.text(path), 'registry=https://r.example\nuser=ann\nleft=${NOBODY} $WHO\n', path);
  assert.deepEqual(
    [...world.files.keys()].filter((path) => path.includes('secretFiles')),
    [],
  );
});

test('servers of Maven settings get their logins from credentials, which nobody sees', async () => {
  const journal = new MemoryJournal();
  const log = new MemoryLog();
  const world = new FileWorld();
  const text = `node { configFileProvider([configFile(fileId: 'maven', variable: 'MAVEN_SETTINGS')]) {
      def text = readFile(env.MAVEN_SETTINGS)
      echo text
      assert text.contains('<servers><server><id><![CDATA[nexus]]></id><username><![CDATA[robot]]></username><password><![CDATA[a<b>&"c" of a test]]></password></server></servers>')
      assert !text.contains('old') && text.contains('<mirrors/>')
    } }`;
  const host = new DummyHost((ask) => respond(ask) ?? world.respond(ask));
  const { outcome } = runPipeline({ host, journal, log, begin: { build: { ...FACTS, script: { text, path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] } });
  assert.equal((await outcome).result, 'SUCCESS', log.text);
  assert.ok(!log.text.includes(PASSWORD), log.text);
  // The script's own text and the sealed answer aside.
  for (const line of journal.lines.slice(1)) assert.ok(!line.includes('a<b>'), line);
  assert.match(log.text, /<password><!\[CDATA\[\*\*\*\*\]\]><\/password>/);
});

test('what is not there, and what is no settings file, is told by name', async () => {
  const { console } = await runScriptText(
    `node { for (id in ['nope', 'odd']) try { configFileProvider([configFile(fileId: id, variable: 'X')]) { echo 'never' } } catch (hudson.AbortException e) { echo "caught \${e.message}" } }`,
    {},
    respond,
  );
  assert.match(
    console,
    /\ncaught not able to provide the file \[ManagedFile: id=nope, targetLocation=null, variable=X\], can't be resolved by any provider - maybe it got deleted by an administrator\?\n/,
  );
  assert.match(console, /\ncaught The managed file has servers, and is no Maven settings file: it has no <settings>\n/);
  assert.doesNotMatch(console, /\nnever\n/);
});

test('nodejs puts an installation on the PATH, with a managed file as npm’s configuration', async () => {
  const { console, result } = await runScriptText(
    `node { withEnv(['REGISTRY=https://r.example']) {
      nodejs(nodeJSInstallationName: 'Node 20', configId: 'plain', cacheLocationStrategy: workspace()) {
        echo "\${env.NODEJS_HOME} \${env.PATH.startsWith('/opt/node/bin:')} \${env.npm_config_cache} \${readFile(env.npm_config_userconfig).readLines()[0]}"
      }
      nodejs('Node 20') { echo "plain \${env.npm_config_userconfig}" }
      wrap([$class: 'NodeJSBuildWrapper', nodeJSInstallationName: 'Node 20']) { echo "wrapped \${env.NODEJS_HOME}" }
      try { nodejs(configId: 'plain') { } } catch (IllegalArgumentException e) { echo e.message }
    } }`,
    {},
    (ask) => (ask.kind === 'tool' ? { ok: { home: '/opt/node', env: { NODEJS_HOME: '/opt/node', 'PATH+NODEJS': '/opt/node/bin' } } } : respond(ask)),
  );
  assert.equal(result, 'SUCCESS', console);
  assert.match(console, /\n\/opt\/node true \/w\/job\/\.npm registry=https:\/\/r\.example\n/);
  assert.match(console, /\nplain null\n[\s\S]*\nwrapped \/opt\/node\n[\s\S]*\nnodejs needs nodeJSInstallationName: a tool of type nodejs\n/);
});
