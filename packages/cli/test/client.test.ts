/** The commands that talk to a server, as their user meets them, against a server that is a process of its own. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, StartedServer } from './started-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'millrace-client-'));
const PASSWORD = 'a password of my own';
let server: StartedServer;

before(async () => {
  server = new StartedServer(scratch, await freePort());
  await server.start();
});
after(async () => {
  await server.kill('SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  writeFileSync(join(scratch, name), text);
  return name;
}
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await look()) return;
    await sleep(100);
  }
  assert.fail(`not within half a minute: ${what}`);
}

test('what needs a server tells so where none is known, and where none answers', async () => {
  const none = await server.run(['job', 'list']);
  assert.equal(none.code, 64);
  assert.match(none.err, /millrace login URL/);
  const away = await server.run(['job', 'list', '--server', `127.0.0.1:${await freePort()}`]);
  assert.equal(away.code, 69);
  assert.match(away.err, /^millrace: MR_SERVER_AWAY: no server answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\n/);
  const denied = await server.run(['job', 'list', '--server', server.url]);
  assert.equal(denied.code, 77);
  assert.match(denied.err, /MR_UNAUTHENTICATED/);
});

test('a login changes the first password and keeps a token that nobody else can read', async () => {
  const first = server.firstPassword;
  const args = ['login', server.url, '--user', 'admin', '--password-stdin'];
  const wrong = await server.run(args, { stdin: 'nothing like it\n' });
  assert.equal(wrong.code, 77, wrong.err);
  assert.match(wrong.err, /MR_LOGIN/);
  const stuck = await server.run(args, { stdin: `${first}\n` });
  assert.equal(stuck.code, 64, stuck.err);
  assert.match(stuck.err, /--new-password-stdin/);
  const done = await server.run([...args, '--new-password-stdin'], { stdin: `${first}\n${PASSWORD}\n` });
  assert.equal(done.code, 0, done.err);
  const kept = join(scratch, 'config/millrace/client.json');
  assert.equal(statSync(kept).mode & 0o777, 0o600);
  assert.ok(!readFileSync(kept, 'utf8').includes(PASSWORD));
  assert.match(await server.ok('whoami'), /^admin on http.*\nadministrator everywhere, token for admin\n$/);
  assert.equal((await server.json('whoami'))['user'], 'admin');
});

test('many jobs are made from files, told before, and left alone when they are as they should be', async () => {
  const text = (install: string): string => `folder: services
library: millrace
template: node-service
jobs:
  - {name: shop, parameters: {repository: https://git.test/shop.git, install: ${install}}}
  - {name: mail, parameters: {repository: https://git.test/mail.git}}
---
{name: services, kind: folder}
`;
  const name = file('jobs.yaml', text('npm ci'));
  assert.match(await server.ok('job', 'apply', '-f', name, '--dry-run'), /3 would be created, 0 would be changed, 0 unchanged, 0 refused\n$/);
  assert.match(await server.ok('job', 'apply', '-f', name), /^created {2}services\ncreated {2}services\/shop\ncreated {2}services\/mail\n3 created/);
  assert.match(await server.ok('job', 'apply', '-f', name), /^0 created, 0 changed, 3 unchanged, 0 refused\n$/);
  file('jobs.yaml', text('npm install'));
  assert.match(await server.ok('job', 'apply', '-f', name), /^changed {2}services\/shop\n0 created, 1 changed, 2 unchanged/);
  file('jobs.yaml', text('3'));
  const wrong = await server.run(['job', 'apply', '-f', name]);
  assert.equal(wrong.code, 1, wrong.err);
  assert.match(wrong.out, /refused {2}services\/shop\n +MR_REQUEST #\/definition\/parameters\/install: /);
});

test('the token goes to no other server than the one that made it', async () => {
  const other = await server.run(['job', 'list', '--server', server.url.replace('127.0.0.1', 'localhost')]);
  assert.equal(other.code, 77);
});

test('MILLRACE_TOKEN and MILLRACE_URL are enough where nobody is logged in', async () => {
  const { token } = JSON.parse(readFileSync(join(scratch, 'config/millrace/client.json'), 'utf8')) as { token: string };
  const env = { XDG_CONFIG_HOME: join(scratch, 'nowhere'), MILLRACE_URL: server.url, MILLRACE_TOKEN: token };
  const { code, out } = await server.run(['whoami'], { env });
  assert.equal(code, 0);
  assert.match(out, /^admin /);
  assert.equal((await server.run(['whoami'], { env: { ...env, MILLRACE_TOKEN: 'mr_wrong' } })).code, 77);
});

for (const [result, script, status] of [
  ['SUCCESS', "echo 'fine'", 0],
  ['UNSTABLE', "currentBuild.result = 'UNSTABLE'", 1],
  ['FAILURE', "error 'no'", 2],
  ['NOT_BUILT', "currentBuild.result = 'NOT_BUILT'", 3],
  ['ABORTED', "currentBuild.result = 'ABORTED'", 4],
] as const) {
  test(`a build that is followed and ends with ${result} has the exit status ${status}`, async () => {
    await server.ok('job', 'create', result, file(`${result}.groovy`, script));
    const { code, out, err } = await server.run(['build', result, '--follow', '--quiet', '0']);
    assert.equal(code, status, out + err);
    assert.ok(out.endsWith(`Finished: ${result}\n`), out);
    assert.equal(await server.ok('logs', result), out);
  });
}

test('a build that is waited for tells its result, as words and as JSON', async () => {
  const words = await server.run(['build', 'FAILURE', '--wait', '--quiet', '0']);
  assert.equal(words.code, 2);
  assert.equal(words.out, 'FAILURE #2 FAILURE\n');
  const json = await server.run(['rebuild', 'FAILURE', 'last', '--wait', '--json']);
  assert.equal(json.code, 2);
  const build = JSON.parse(json.out) as { number: number; result: string };
  assert.deepEqual([build.number, build.result], [3, 'FAILURE']);
  assert.match(await server.ok('builds', 'FAILURE'), /^BUILD +RESULT .*\n#3 +FAILURE /);
});

test('jobs are made from a file, configured, copied, moved, disabled and deleted', async () => {
  await server.ok('job', 'create', '团队', '--folder');
  const config = { definition: { kind: 'inline', script: 'echo "to ${params.WHO}"' }, parameters: [{ type: 'string', name: 'WHO', default: 'all' }] };
  await server.ok('job', 'create', '团队/hello', file('hello.json', JSON.stringify(config)), '--description', 'says hello');
  assert.match(await server.ok('job', 'list', '-r'), /团队\/ +folder\n团队\/hello +pipeline {2,}says hello\n$/);
  assert.match(await server.ok('job', 'get', '团队/hello'), /PARAMETER +TYPE +DEFAULT.*\nWHO +string +all/);
  assert.match(await server.ok('build', '团队/hello', '-f', '-p', 'WHO=me', '--quiet', '0'), /^to me$/m);
  const wrong = await server.run(['build', '团队/hello', '-p', 'WHOM=me']);
  assert.equal(wrong.code, 65);
  assert.match(wrong.err, /^millrace: MR_PARAMETERS: .*WHOM\n/);

  await server.ok('job', 'configure', '团队/hello', file('new.groovy', 'echo "now ${params.WHO}"'));
  assert.match(await server.ok('build', '团队/hello', '-f', '--quiet', '0'), /^now all$/m);
  assert.match(await server.ok('replay', '团队/hello', '1', '-f', '--script', file('other.groovy', 'echo "other"')), /^other$/m);
  await server.ok('job', 'copy', '团队/hello', 'copy');
  await server.ok('job', 'move', 'copy', '团队/two');
  await server.ok('job', 'disable', '团队/two');
  const disabled = await server.run(['build', '团队/two']);
  assert.equal(disabled.code, 65);
  assert.match(disabled.err, /MR_JOB_DISABLED/);
  await server.ok('job', 'enable', '团队/two');
  writeFileSync(join(scratch, 'same.json'), await server.ok('job', 'get', '团队/two', '--config'));
  await server.ok('job', 'configure', '团队/two', 'same.json');
  const full = await server.run(['job', 'delete', '团队']);
  assert.match(full.err, /MR_FOLDER_FULL/);
  await server.ok('job', 'delete', '团队', '--recursive');
  assert.match((await server.run(['job', 'get', '团队/hello'])).err, /MR_ITEM_UNKNOWN/);
});

test('a configuration with steps in YAML makes a freestyle job', async () => {
  await server.ok('job', 'create', 'freestyle', file('freestyle.yaml', 'steps:\n  - shell: exit 3\n'));
  assert.equal((await server.run(['build', 'freestyle', '--wait', '--quiet', '0'])).code, 2);
  const bad = await server.run(['job', 'create', 'bad', file('bad.yaml', 'steps: []\nlabl: x\n')]);
  assert.equal(bad.code, 65);
  assert.match(bad.err, /MR_REQUEST: .*labl.*there is no such field/);
});

test('a pipeline is run again from one of its stages', async () => {
  assert.match(await server.ok('restart', 'example', '1', '--stage', 'Test', '--wait'), /SUCCESS/);
  const unknown = await server.run(['restart', 'example', '1', '--stage', 'Tset']);
  assert.match(unknown.err, /MR_STAGE_UNKNOWN/);
});

test('a file goes with a build as a parameter', async () => {
  const config = { definition: { kind: 'inline', script: 'node { unstash "F"; sh "cat F" }' }, parameters: [{ type: 'file', name: 'F' }] };
  await server.ok('job', 'create', 'filed', file('filed.json', JSON.stringify(config)));
  const started = await server.run(['build', 'filed', '--wait', '--quiet', '0', '--file', `F=${file('content.txt', 'what is in it')}`, '--json']);
  const { parameters } = JSON.parse(started.out) as { parameters: object };
  assert.deepEqual(parameters, { F: { file: 'content.txt' } });
});

test('what waits is shown with the reason, and can be cancelled', async () => {
  await server.ok('job', 'create', 'waits', file('waits.groovy', "node('no-such-label') { echo 'never' }"));
  assert.equal(await server.ok('queue'), 'Nothing waits\n');
  await server.ok('build', 'waits', '--quiet', '0');
  let shown = '';
  await until('a request for a node', async () => {
    shown = await server.ok('queue');
    return /no-such-label/.test(shown);
  });
  assert.match(shown, /^ID +JOB +WAITS FOR +SINCE +WHY\n.* waits #1 +no-such-label .*‘no-such-label’/);
  const { requests } = await server.json<{ requests: { id: string }[] }>('queue');
  await server.ok('queue', 'cancel', requests[0]?.id as string);
  await server.run(['logs', 'waits', '-f']);

  const { id } = await server.json<{ id: number }>('build', 'SUCCESS', '--quiet', '600');
  await server.ok('queue', 'cancel', String(id));
  assert.equal(await server.ok('queue'), 'Nothing waits\n');
});

test('a build that runs is aborted, softly and hard', async () => {
  await server.ok('job', 'create', 'long', file('long.groovy', "try { sleep 600 } finally { echo 'the end' }"));
  for (const [number, options] of [
    [1, []],
    [2, ['--hard']],
  ] as const) {
    let aborted: Promise<unknown> | null = null;
    const { code, out } = await server.run(['build', 'long', '-f', '--quiet', '0'], {
      onOut: (text) => {
        if (/Sleeping/.test(text)) aborted ??= server.ok('abort', 'long', String(number), ...options);
      },
    });
    await aborted;
    assert.equal(code, 4, out);
    assert.equal(/^the end$/m.test(out), options.length === 0, out);
  }
  const over = await server.run(['abort', 'long', '1']);
  assert.match(over.err, /MR_BUILD_ENDED/);
});

test('an input is shown, answered with its parameters, and rejected', async () => {
  const script = "def who = input(message: 'Go on?', id: 'Go', parameters: [string(name: 'WHO', defaultValue: 'all')]); echo \"for ${who}\"";
  await server.ok('job', 'create', 'asks', file('asks.groovy', script));
  for (const [number, status] of [
    [1, 0],
    [2, 4],
  ] as const) {
    const building = server.run(['build', 'asks', '-f', '--quiet', '0']);
    let shown = '';
    await until('an input', async () => {
      shown = (await server.run(['input', 'list', 'asks', String(number)])).out;
      return /Go on/.test(shown);
    });
    assert.match(shown, /^ID +SINCE +FOR +YOU MAY +PARAMETERS +MESSAGE\nGo +\d+ s +anybody +yes +WHO +Go on\?\n$/);
    if (number === 1) await server.ok('input', 'answer', 'asks', '-p', 'WHO=me');
    else await server.ok('input', 'abort', 'asks', '2', '--id', 'Go');
    const { code, out } = await building;
    assert.equal(code, status, out);
    if (number === 1) assert.match(out, /^for me$/m);
  }
  assert.equal(await server.ok('input', 'list', 'asks'), 'It waits for no input\n');
  assert.match((await server.run(['input', 'answer', 'asks'])).err, /MR_INPUT_UNKNOWN/);
});

test('artifacts are listed and downloaded, and test results are shown', async () => {
  const xml = '<testsuite name="s"><testcase classname="C" name="good"/><testcase classname="C" name="bad"><failure message="no"/></testcase></testsuite>';
  const script = `node { writeFile file: 'out/a.txt', text: 'one'; writeFile file: 'out/sub/b.txt', text: 'two'; archiveArtifacts 'out/**'; writeFile file: 'r.xml', text: '${xml}'; junit 'r.xml' }`;
  await server.ok('job', 'create', 'keeps', file('keeps.groovy', script));
  assert.equal((await server.run(['build', 'keeps', '--wait', '--quiet', '0'])).code, 1);
  assert.equal(await server.ok('artifacts', 'list', 'keeps'), 'BYTES  PATH\n3      out/a.txt\n3      out/sub/b.txt\n');
  await server.ok('artifacts', 'download', 'keeps', '1', '-o', 'got', '--folder', 'out/sub');
  assert.equal(readFileSync(join(scratch, 'got/out/sub/b.txt'), 'utf8'), 'two');
  assert.equal(existsSync(join(scratch, 'got/out/a.txt')), false);
  assert.equal(await server.ok('artifacts', 'download', 'keeps', '--file', 'out/a.txt', '-o', '-'), 'one');
  await server.ok('artifacts', 'download', 'keeps', '--zip', '-o', 'all.zip');
  assert.equal(readFileSync(join(scratch, 'all.zip'), 'latin1').slice(0, 2), 'PK');
  assert.match((await server.run(['artifacts', 'download', 'keeps', '--file', 'none'])).err, /MR_ARTIFACT_UNKNOWN/);
  assert.match((await server.run(['artifacts', 'download', 'keeps', '--file', 'out/a.txt', '-o', 'all.zip/x'])).err, /all\.zip\/x cannot be written/);

  assert.match(await server.ok('tests', 'keeps'), /^STATUS +TIME +TEST +MESSAGE\n(?:passed .* C\.good\n|failed .* C\.bad +no\n){2}$/);
  assert.match(await server.ok('tests', 'keeps', '--status', 'failed'), /^STATUS.*\nfailed .* C\.bad +no\n$/);
  assert.match(await server.ok('tests', 'keeps', '--history', 'C.bad'), /^BUILD.*\n#1 +failed /);
});

test('users get roles, everywhere and below a folder', async () => {
  const added = await server.run(['users', 'add', 'ada', '--name', 'Ada', '--role', 'none', '--password-stdin'], { stdin: 'long enough\n' });
  assert.equal(added.code, 0, added.err);
  await server.ok('users', 'grant', 'ada', 'team', 'developer');
  await server.ok('users', 'grant', 'ada', 'other', 'viewer');
  await server.ok('users', 'revoke', 'ada', 'other');
  assert.match(await server.ok('users'), /\nada +none +Ada +developer of team\n/);
  await server.ok('users', 'change', 'ada', '--role', 'viewer', '--email', 'ada@example.org');
  await server.ok('users', 'disable', 'ada');
  assert.match(await server.ok('users', 'list'), /\nada +disabled +Ada +ada@example\.org/);
  await server.ok('users', 'enable', 'ada');
  await server.ok('users', 'logout', 'ada', '--tokens');
  await server.ok('users', 'delete', 'ada');
  assert.match((await server.run(['users', 'delete', 'ada'])).err, /MR_USER_UNKNOWN/);
});

test('resources are added, reserved, locked and deleted, and the fleet is shown', async () => {
  assert.equal(await server.ok('resources'), 'There are no resources\n');
  await server.ok('resources', 'add', 'board 1', '--labels', 'board', '--description', 'on the shelf');
  await server.ok('resources', 'reserve', 'board 1', '-m', 'repair');
  assert.match(await server.ok('resources', 'list'), /\nboard 1 +reserved by admin: repair +board +on the shelf\n/);
  await server.ok('resources', 'unreserve', 'board 1');
  await server.ok('job', 'create', 'locks', file('locks.groovy', "lock('board 1') { sleep 600 }"));
  await server.ok('build', 'locks', '--quiet', '0');
  await until('a lock', async () => / locked by locks #1 for /.test(await server.ok('resources')));
  await server.ok('abort', 'locks', 'last');
  await until('a free resource', async () => /\nboard 1 +free /.test(await server.ok('resources')));
  await server.ok('resources', 'delete', 'board 1');
  assert.match(await server.ok('fleet'), /^CONTROLLER +STATE +BUILDS .*\n.* up +\d+ /);
  assert.match((await server.run(['fleet', 'drain', 'nowhere'])).err, /MR_CONTROLLER_UNKNOWN/);
});

test('nodes are added, taken offline and back, and deleted', async () => {
  const command = await server.ok('nodes', 'add', 'linux-1', '--labels', 'linux,big', '--executors', '3');
  assert.match(command, /^The secret of linux-1, shown this once:\n\n {2}[\w-]{43}\n/);
  assert.ok(command.includes(`\n  millrace agent --url ${server.url} --name linux-1 --secret-file agent.secret\n`), command);
  assert.match(await server.ok('agents'), /\nlinux-1 +not connected +0\/3 +linux big/);
  await server.ok('nodes', 'offline', 'linux-1', '-m', 'a new disk');
  assert.match(await server.ok('nodes', 'list'), /linux-1 +offline: a new disk/);
  await server.ok('nodes', 'online', 'linux-1');
  await server.ok('nodes', 'delete', 'linux-1');
  const all = await server.json<{ name: string }[]>('nodes');
  assert.deepEqual(
    all.map((n) => n.name),
    ['built-in'],
  );
  assert.match((await server.run(['nodes', 'delete', 'linux-1'])).err, /MR_NODE_UNKNOWN/);
});

test('clouds are shown with what they have beside nodes, and their connection is tested', async () => {
  assert.equal(await server.ok('clouds'), 'there are no clouds\n');
  assert.equal(await server.ok('clouds', 'images'), 'no images are cached\n');
  assert.match((await server.run(['clouds', 'check', 'k'])).err, /MR_CLOUD_UNKNOWN/);
  const images = [{ image: 'maven:3', uses: 7, lastUsedAt: Date.UTC(2026, 0, 2), problem: 'ErrImagePull' }];
  const imageCaches = [{ kind: 'daemonset', name: 'x', phase: 'failed', detail: 'all images on 1 of 2 nodes', images }];
  const nodes = { all: 3, online: 2, ending: 0 };
  const placeholders = { wanted: 4, running: 1, pending: 3 };
  const cloud = { name: 'k', kind: 'kubernetes', cap: 9, nodes, waiting: 5, placeholders, imageCaches, problem: 'no PriorityClass' };
  const check = { ok: false, code: 'MR_CLOUD_REFUSED', message: 'daemonsets: list', milliseconds: 3 };
  const played = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(request.method === 'POST' ? check : { clouds: [cloud] }));
  });
  await new Promise<void>((resolve) => played.listen(0, '127.0.0.1', resolve));
  const env = { MILLRACE_TOKEN: 'x', MILLRACE_URL: `http://127.0.0.1:${(played.address() as AddressInfo).port}` };
  try {
    const all = await server.run(['clouds'], { env });
    assert.match(all.out, /k +kubernetes +3 of 9 +2 +5 +1 of 4 +daemonset failed: all images on 1 of 2 nodes +no PriorityClass/, all.err);
    assert.match((await server.run(['clouds', 'images'], { env })).out, /k +daemonset +maven:3 +7 +\S.* +ErrImagePull/);
    const checked = await server.run(['clouds', 'check', 'k'], { env });
    assert.deepEqual([checked.code, checked.err], [65, 'millrace: MR_CLOUD_REFUSED: daemonsets: list\n']);
  } finally {
    played.close();
    played.closeAllConnections();
  }
});

test('a log that is followed goes on where it was when the server is killed and started again', async () => {
  const script = `node { sh '''for i in 1 2 3 4 5 6; do echo "第 $i 行"; sleep 0.5; done; while [ ! -e "${scratch}/go" ]; do sleep 0.1; done; echo after''' }`;
  await server.ok('job', 'create', 'survives', file('survives.groovy', script));
  let killed: Promise<void> | null = null;
  const followed = await server.run(['build', 'survives', '-f', '--quiet', '0'], {
    onOut: (text) => {
      if (!/第 2 行\n/.test(text)) return;
      killed ??= server.kill('SIGKILL').then(async () => {
        await server.start();
        writeFileSync(join(scratch, 'go'), '');
      });
    },
  });
  await killed;
  assert.equal(followed.code, 0, followed.out + followed.err);
  assert.match(followed.err, /the server does not answer; trying again/);
  assert.equal(followed.out, await server.ok('logs', 'survives', '1'));
  for (const line of ['第 1 行', '第 6 行', 'after']) assert.equal(followed.out.split('\n').filter((l) => l === line).length, 1, followed.out);
});

test('every command tells how it is called, and what it does not know', async () => {
  for (const name of [
    'login',
    'logout',
    'whoami',
    'job',
    'build',
    'replay',
    'rebuild',
    'restart',
    'abort',
    'logs',
    'builds',
    'queue',
    'nodes',
    'agents',
    'clouds',
    'input',
    'artifacts',
    'tests',
    'users',
    'resources',
    'fleet',
  ])
    assert.match(await server.ok(name, '--help'), /^Usage: millrace \w+/);
  for (const args of [
    ['job', 'lst'],
    ['build'],
    ['logs', 'SUCCESS', 'first'],
    ['nodes', 'ad', 'x'],
    ['clouds', 'imgs'],
    ['users', 'ad', 'x'],
    ['input', 'x', 'y'],
    ['artifacts', 'get', 'SUCCESS'],
    ['build', 'x', '--folow'],
    ['restart', 'example', '1'],
  ])
    assert.equal((await server.run(args)).code, 64, args.join(' '));
});

test('what builds have cached is listed and removed', async () => {
  const script = "node { cache(key: 'deps-1', paths: ['d']) { sh 'mkdir -p d; echo x > d/f' } }";
  await server.ok('job', 'create', 'cached', file('cached.groovy', script));
  await server.ok('build', 'cached', '--wait');
  assert.match(await server.ok('job', 'caches', 'cached'), /^KEY +SIZE +BUILD +SAVED +USED\ndeps-1 +0\.0 MB +#1 /);
  assert.match(await server.ok('job', 'caches', 'cached', '--key', 'other'), /There are no caches/);
  assert.match(await server.ok('job', 'caches', 'cached', '--delete', '--key', 'deps-1'), /^the caches of cached are deleted\n$/);
  assert.match(await server.ok('job', 'caches', 'cached'), /There are no caches/);
});

test('credentials are kept through a change of the installation key, and webhooks are listed', async () => {
  file('word', 'between us\n');
  await server.ok('credentials', 'create', 'deploy', '--kind', 'string', '--secret', 'secret=word');
  const script = "withCredentials([string(credentialsId: 'deploy', variable: 'W')]) { echo \"is it ${env.W == 'between us'}\" }";
  await server.ok('job', 'create', 'keeper', file('keeper.groovy', script));
  await server.kill('SIGTERM');
  const changing = ['key', 'change', '--data', server.data];
  const wrong = await server.run(changing, { env: { MILLRACE_NEW_KEY: 'short' } });
  assert.match(wrong.err, /MR_KEY: MILLRACE_NEW_KEY has to be 32 bytes/);
  assert.notEqual(wrong.code, 0);
  const changed = await server.run(changing, { env: { MILLRACE_NEW_KEY: randomBytes(32).toString('base64') } });
  assert.deepEqual([changed.code, changed.out], [0, '1 key is wrapped by the new installation key\n'], changed.err);
  await server.start();
  assert.match(await server.ok('build', 'keeper', '--follow'), /is it true/);
  assert.match(await server.ok('credentials', 'uses', 'deploy'), /keeper +#1 +withCredentials/);
  const push = { ref: 'refs/heads/main', after: 'a'.repeat(40), repository: { full_name: 'team/app', clone_url: 'https://git.test/team/app.git' } };
  const headers = { 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': 'one' };
  assert.equal((await fetch(`${server.url}/github-webhook/`, { method: 'POST', headers, body: JSON.stringify(push) })).status, 202);
  assert.match(await server.ok('deliveries'), /^ID .*\n1 .* github +push +team\/app /);
  await server.ok('deliveries', 'redeliver', '1');
  await until('it is handled', async () => /No job looks at it/.test(await server.ok('deliveries', 'show', '1')));
});

test('a logout ends the token', async () => {
  const kept = join(scratch, 'config/millrace/client.json');
  const { token } = JSON.parse(readFileSync(kept, 'utf8')) as { token: string };
  await server.ok('logout');
  assert.ok(!existsSync(kept));
  assert.equal((await server.run(['whoami', '--server', server.url], { env: { MILLRACE_TOKEN: token } })).code, 77);
});
