import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { folderConfig, pipelineConfig } from '@millrace/protocol';
import { tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { Audit } from '../auth/audit.ts';
import type { Principal } from '../auth/principal.ts';
import type { CredentialConfig, LibraryConfig } from '../config/installation.ts';
import { applyItems } from '../jobs/apply-items.ts';
import { createItem } from '../jobs/item-changes.ts';
import type { EndedBuild } from '../testing/test-controller.ts';
import { TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import { changeVersion, listTemplateJobs } from './template-jobs.ts';
import { Templates } from './templates.ts';

const ACTOR = { user: 'test', address: null };
const ADMIN = { user: 'admin', role: 'administrator', grants: [], scopes: null, session: null, mustChange: false } as unknown as Principal;

interface World {
  readonly folder: string;
  readonly data: string;
  readonly bin: string;
  start(libraries?: readonly LibraryConfig[], credentials?: readonly CredentialConfig[]): Promise<TestServer>;
}

async function world(t: TestContext): Promise<World> {
  const folder = await tempFolder(t);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  let running: TestServer | null = null;
  t.after(() => running?.stop());
  const data = join(folder, 'data');
  return {
    folder,
    data,
    bin,
    start: async (libraries = [], credentials = []) => {
      await running?.stop();
      const imageBuilder = {
        kind: 'buildah',
        image: null,
        container: null,
        program: join(bin, 'buildah'),
        shell: null,
        registries: {},
        insecureRegistries: [],
        cacheRepository: null,
        arguments: [],
      } as const;
      const installation = testInstallation({ credentials, libraries, imageBuilder, env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } });
      running = await TestServer.start({ data, installation: () => installation });
      return running;
    },
  };
}

const services = (server: TestServer) => {
  const { store, services: own } = server.controller.parts;
  return { store, audit: new Audit(store, own.now), sealer: own.sealer, templates: new Templates(own), now: own.now };
};
const config = (library: string, template: string, version: string | null, parameters: object) =>
  pipelineConfig.parse({ definition: { kind: 'template', library, template, version, parameters } });
async function idOf(server: TestServer, path: string): Promise<number> {
  return (await server.store.db.selectFrom('items').select('id').where('full_name', '=', path).executeTakeFirstOrThrow()).id;
}
async function job(server: TestServer, name: string, library: string, template: string, version: string | null, parameters: object): Promise<number> {
  const at = name.lastIndexOf('/');
  const folder = at < 0 ? null : name.slice(0, at);
  const request = { kind: 'pipeline', folder, name: name.slice(at + 1), description: '', config: config(library, template, version, parameters) } as const;
  return idOf(server, await createItem(services(server), ACTOR, request));
}

const YAML = (more = ''): string => `title: A greeting
entry: greet
parameters:
  type: object
  required: [who]
  properties:
    who: {type: string}
    times: {type: integer, default: 1, maximum: 3}
${more}`;
const GREET = (word: string): string => `def call(Map p) { node { stage('Greet') { sh "echo ${word} \${p.who} \${p.times}" } } }`;

test('fifty jobs that hold parameters alone run green; a version is tried on two of them first, and those that do not fit it stay', async (t) => {
  const { start, folder } = await world(t);
  const lib = await testRepository(folder, 'lib');
  await lib.commit({ 'templates/greeting/template.yaml': YAML(), 'vars/greet.groovy': GREET('hello') });
  await lib.git(['tag', 'v1']);
  await lib.commit({
    'templates/greeting/template.yaml': YAML(`    mood: {type: string, enum: [good, bad], default: good}\n`).replace(
      '{type: string}',
      '{type: string, pattern: "^who-[0-9]+$"}',
    ),
    'vars/greet.groovy': GREET('good day'),
  });
  await lib.git(['tag', 'v2']);
  const server = await start([{ name: 'lib', path: null, git: join(folder, 'lib'), version: 'main', implicit: false }]);
  const items = Array.from({ length: 50 }, (_, i) => ({
    kind: 'pipeline' as const,
    folder: 'team',
    name: `job-${String(i).padStart(2, '0')}`,
    description: '',
    config: config('lib', 'greeting', 'v1', { who: i === 7 ? 'somebody' : `who-${i}` }),
  }));
  const team = { kind: 'folder' as const, folder: null, name: 'team', description: '', config: folderConfig.parse({}) };
  const apply = async (all: readonly (typeof team | (typeof items)[number])[], dryRun = false): Promise<Record<string, number>> => {
    const { items: done } = await applyItems(services(server), ACTOR, all, { dryRun, assumed: [], may: () => undefined });
    return Object.fromEntries(Object.entries(Object.groupBy(done, (d) => d.outcome)).map(([k, v]) => [k, v.length]));
  };
  assert.deepEqual(await apply([team, ...items], true), { created: 51 });
  assert.deepEqual(await apply([team, ...items]), { created: 51 });
  assert.deepEqual(await apply([team, ...items]), { unchanged: 51 });

  const builds = await Promise.all(items.map(async (item) => server.start(await idOf(server, `team/${item.name}`))));
  const ended: EndedBuild[] = [];
  for (const id of builds) ended.push(await server.ended(id));
  for (const [i, { result, log }] of ended.entries()) {
    assert.equal(result, 'SUCCESS', log);
    assert.match(log, new RegExp(`hello ${i === 7 ? 'somebody' : `who-${i}`} 1\n`));
  }
  const own = services(server);
  const who = { actor: ACTOR, principal: ADMIN };
  const of = { library: 'lib', template: 'greeting' };
  const request = { folder: null, version: 'v2', after: null };
  const tried = await changeVersion(own, who, of, { ...request, jobs: null }, false);
  assert.deepEqual([tried.jobs.length, tried.next, tried.jobs.filter((j) => j.outcome === 'refused').map((j) => j.path)], [50, null, ['team/job-07']]);
  assert.equal(tried.jobs[7]?.errors[0]?.pointer, '#/definition/parameters/who');
  const two = await changeVersion(own, who, of, { ...request, jobs: ['team/job-00', 'team/job-01'] }, true);
  assert.deepEqual(
    two.jobs.map((j) => [j.before, j.outcome]),
    [
      ['v1', 'moved'],
      ['v1', 'moved'],
    ],
  );
  const one = await server.ended(await server.start(await idOf(server, 'team/job-01')));
  assert.match(one.log, /good day who-1 1\n/);
  assert.match((await server.ended(await server.start(await idOf(server, 'team/job-02')))).log, /hello who-2 1\n/);
  const all = await changeVersion(own, who, of, { ...request, jobs: null }, true);
  assert.deepEqual(
    Object.entries(Object.groupBy(all.jobs, (j) => j.outcome))
      .map(([k, v]) => [k, v.length])
      .sort(),
    [
      ['moved', 47],
      ['refused', 1],
      ['same', 2],
    ],
  );
  const listed = await listTemplateJobs(server.store.db, ADMIN, of, 'team', 'team/job-05', 3);
  assert.deepEqual(
    listed.map((j) => [j.path, j.version]),
    [
      ['team/job-06', 'v2'],
      ['team/job-07', 'v1'],
      ['team/job-08', 'v2'],
    ],
  );
  const notes = await server.store.db.selectFrom('audit').select('detail').where('action', '=', 'item.template').execute();
  assert.equal(notes.length, 49);
});

test('a version that is a branch is followed; a replay has the commit of its build; what is wrong is said in the log with a code', async (t) => {
  const { start, folder } = await world(t);
  const lib = await testRepository(folder, 'lib');
  await lib.commit({ 'templates/greeting/template.yaml': YAML(), 'vars/greet.groovy': GREET('one') });
  const server = await start([{ name: 'lib', path: null, git: join(folder, 'lib'), version: 'main', implicit: false }]);
  const item = await job(server, 'greeting', 'lib', 'greeting', null, { who: 'you' });
  assert.match((await server.ended(await server.start(item))).log, /one you 1\n/);
  const { templates } = services(server);
  for (const [choice, code] of [
    [{ library: 'no', template: 'greeting', version: null }, 'MR_LIBRARY_UNKNOWN'],
    [{ library: 'lib', template: 'no', version: null }, 'MR_TEMPLATE_UNKNOWN'],
    [{ library: 'lib', template: 'greeting', version: 'no' }, 'MR_LIBRARY_VERSION'],
  ] as const)
    await assert.rejects(templates.read(choice, null), { code });
  await assert.rejects(job(server, 'bad', 'lib', 'greeting', null, { times: 5, key: 1 }), (error: { code: string; errors: { pointer: string }[] }) => {
    assert.deepEqual(
      [error.code, ...error.errors.map((e) => e.pointer).sort()],
      ['MR_REQUEST', '#/definition/parameters/key', '#/definition/parameters/times', '#/definition/parameters/who'],
    );
    return true;
  });

  await lib.commit({ 'templates/greeting/template.yaml': YAML().replace('default: 1', 'default: 2'), 'vars/greet.groovy': GREET('two') });
  assert.match((await server.ended(await server.start(item))).log, /two you 2\n/);
  const again = await server.ended(await server.start(item, { replayOf: 1, script: `@Library('lib@main') _\ngreet([who: 'me', times: 3])` }));
  assert.match(again.log, /one me 3\n/);

  await lib.commit({ 'templates/greeting/template.yaml': YAML().replace('who: {type: string}', 'who: {type: integer}') });
  const unfit = await server.ended(await server.start(item));
  assert.equal(unfit.result, 'FAILURE');
  assert.match(unfit.log, /The parameters do not fit the template greeting of lib:\n {2}who: /);
  await lib.git(['rm', '-q', '-r', 'templates']);
  await lib.git(['commit', '-q', '-m', 'gone']);
  assert.match((await server.ended(await server.start(item))).log, /There is no lib@main templates\/greeting\/template\.yaml/);
});

test('a controller that dies in the middle goes on with the template of the commit that the build began with', async (t) => {
  const { start, folder } = await world(t);
  const lib = await testRepository(folder, 'lib');
  const slow = `def call(Map p) { node { sleep 2; sh "echo one \${p.who}" } }`;
  await lib.commit({ 'templates/greeting/template.yaml': YAML(), 'vars/greet.groovy': slow });
  const libraries = [{ name: 'lib', path: null, git: join(folder, 'lib'), version: 'main', implicit: false }];
  const server = await start(libraries);
  const id = await server.start(await job(server, 'greeting', 'lib', 'greeting', null, { who: 'you' }));
  await server.until(async () => (await server.log(id)).includes('Sleeping for'));
  await lib.commit({ 'vars/greet.groovy': slow.replace('echo one', 'echo two') });
  const { log, result } = await (await start(libraries)).ended(id);
  assert.equal(result, 'SUCCESS', log);
  assert.match(log, /one you\n/);
});

const REPORT = (failures: number): string =>
  `<testsuite name="s" tests="1" failures="${failures}"><testcase classname="c" name="n">${failures > 0 ? '<failure message="no"/>' : ''}</testcase></testsuite>`;

test('the templates of Millrace run: options leave stages out, credentials are bound, failing tests deliver nothing', async (t) => {
  const { start, folder, bin } = await world(t);
  const calls = join(folder, 'calls');
  const tool = (name: string, more = ''): void => {
    const file = join(bin, name);
    writeFileSync(
      file,
      `#!/bin/sh\nprintf '%s' "${name}" >> '${calls}'\nfor a in "$@"; do printf ' [%s]' "$a" >> '${calls}'; done\necho >> '${calls}'\n${more}\n`,
    );
    chmodSync(file, 0o755);
  };
  const reports = (place: string): string => `mkdir -p ${place}; cp report.xml ${place}/r.xml; grep -q 'failures="0"' report.xml`;
  tool('npm', `case "$1" in test) ${reports('reports')};; esac`);
  tool('mvn', `case "$*" in *" test"*) ${reports('target/surefire-reports')};; esac`);
  tool('gradle', `case "$*" in *" test"*) ${reports('build/test-results/test')};; esac`);
  tool('sonar-scanner', `echo "$SONAR_HOST_URL $SONAR_PROJECT $SONAR_TOKEN" >> '${calls}'`);
  tool('kubectl', `cat "$KUBECONFIG" >> '${calls}'`);
  tool('rsync', `test -s "$DEPLOY_KEY" && echo "key of $DEPLOY_USER" >> '${calls}'`);
  tool('buildah', 'exit 0');
  const called = (): string => {
    const text = readFileSync(calls, 'utf8');
    writeFileSync(calls, '');
    return text;
  };
  const app = await testRepository(folder);
  await app.commit({ 'report.xml': REPORT(0), Dockerfile: 'FROM scratch\n' });
  const repository = join(folder, 'app');
  const field = (id: string, type: string, fields: Record<string, string>): CredentialConfig => ({ id, type, description: null, fields });
  const server = await start(
    [],
    [
      field('token', 'string', { secret: 'sonar-word' }),
      field('kube', 'file', { fileName: 'config', contentBase64: Buffer.from('clusters: here\n').toString('base64') }),
      field('key', 'sshUserPrivateKey', { username: 'deployer', privateKey: 'a key of the test' }),
    ],
  );
  const run = async (name: string, template: string, parameters: object): Promise<EndedBuild> =>
    server.ended(await server.start(await job(server, name, 'millrace', template, null, { repository, ...parameters })));

  const plain = await run('plain', 'node-service', {});
  assert.equal(plain.result, 'SUCCESS', plain.log);
  assert.equal(called(), 'npm [ci]\nnpm [run] [build] [--if-present]\nnpm [test]\n');
  assert.doesNotMatch(plain.log, /\(Scan\)|\(Image\)|\(Deploy\)/);

  const full = await run('full', 'node-service', {
    sonar: { enabled: true, url: 'http://sonar.test', credentialsId: 'token' },
    image: { enabled: true, name: 'registry.test/team/app', tags: ['latest'] },
    deploy: { kind: 'kubectl', kubectl: { credentialsId: 'kube', namespace: 'web', workload: 'deployment/app' } },
  });
  assert.equal(full.result, 'SUCCESS', full.log);
  const all = called();
  assert.match(all, /sonar-scanner \[-Dsonar\.projectKey=full\]\nhttp:\/\/sonar\.test full sonar-word\n/);
  assert.match(all, /buildah .*\[registry\.test\/team\/app:1\]/);
  assert.match(all, /kubectl \[--namespace\] \[web\] \[apply\] \[-f\] \[deploy\/\]\nclusters: here\n/);
  assert.match(all, /\[set\] \[image\] \[deployment\/app\] \[\*=registry\.test\/team\/app:1\]\n/);
  assert.doesNotMatch(full.log, /sonar-word/);

  const maven = await run('maven', 'jvm-service', {
    deploy: { kind: 'rsync', rsync: { host: 'web.test', path: '/srv/app', credentialsId: 'key', source: 'target/' } },
  });
  assert.equal(maven.result, 'SUCCESS', maven.log);
  assert.match(
    called(),
    /mvn \[-B\] \[-ntp\] \[-DskipTests\] \[package\]\nmvn \[-B\] \[-ntp\] \[test\]\nrsync \[-az\].*\[target\/\] \[deployer@web\.test:\/srv\/app\]\nkey of deployer\n/,
  );
  const gradle = await run('gradle', 'jvm-service', { tool: 'gradle' });
  assert.equal(gradle.result, 'SUCCESS', gradle.log);
  assert.match(called(), /gradle \[--no-daemon\] \[--console=plain\] \[assemble\]\ngradle .*\[test\]\n/);

  const image = await run('image', 'image-deploy', { image: { name: 'registry.test/app' } });
  assert.equal(image.result, 'SUCCESS', image.log);
  assert.match(called(), /^buildah /);

  await app.commit({ 'report.xml': REPORT(1) });
  const failing = await run('failing', 'node-service', { image: { enabled: true, name: 'registry.test/app' } });
  assert.equal(failing.result, 'UNSTABLE', failing.log);
  assert.doesNotMatch(called(), /buildah/);
  await assert.rejects(job(server, 'nokey', 'millrace', 'node-service', null, { repository, credentialsId: 'nothing' }), /there is no credential nothing here/);
});
