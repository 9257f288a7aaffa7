/**
 * From a push to a status: real repositories over HTTP and SSH with three branches and a pull request each, a forge that is
 * asked and told, webhooks that are signed, and a controller that is killed in between.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { gitHttpServer, gitSshServer, noHttpBackend, noSshd, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import { freePort, StartedServer } from '../../packages/cli/test/started-server.ts';
import type { FakeRepository } from '../../packages/controller/src/branches/testing/forge-server.ts';
import { FakeForge } from '../../packages/controller/src/branches/testing/forge-server.ts';
import { pause } from '../../packages/controller/src/pause.ts';

const PASSWORD = 'a long enough secret';
const LOGIN = { user: 'robot', password: 'of the robot & co' };
const HOOK = 'between the forge and us';
const BRANCHES = ['main', 'next', 'feature/x'];
const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');
const JENKINSFILE = `pipeline {
  agent any
  stages {
    stage('Build') { steps { checkout scm; sh 'cat file.txt' } }
    stage('Change') { when { changeRequest() }
      steps { echo "change \${env.CHANGE_ID} to \${env.CHANGE_TARGET}" } }
  }
}`;

interface Build {
  readonly number: number;
  readonly state: string;
  readonly result: string | null;
}

test('a push over HTTP and SSH builds each branch and pull request once, with its status reported, through a kill of the controller', {
  skip: noHttpBackend() ?? noSshd() ?? false,
}, async (t) => {
  const folder = await tempFolder(t);
  const repository = await testRepository(folder, 'app');
  await repository.commit({ Jenkinsfile: JENKINSFILE, 'file.txt': 'of main\n' });
  for (const branch of BRANCHES.slice(1)) {
    await repository.git(['checkout', '-q', '-b', branch, 'main']);
    await repository.commit({ 'file.txt': `of ${branch}\n` });
  }
  await repository.git(['checkout', '-q', '-b', 'change', 'main']);
  const head = await repository.commit({ 'file.txt': 'of the change\n' });
  await repository.git(['update-ref', 'refs/pull/7/head', head]);
  await repository.git(['checkout', '-q', 'main']);
  await repository.git(['branch', '-D', 'change']);
  const http = await gitHttpServer(t, folder, LOGIN);
  const ssh = await gitSshServer(t, folder);
  const forge = await new FakeForge('gitea').start(t);
  const hosted: FakeRepository = {
    name: 'team/app',
    cloneUrl: `${http.url}/app/.git`,
    pulls: [{ number: 7, title: 'A change', author: 'ann', branch: 'change', target: 'main', hash: head, fork: null }],
    people: { ann: 'write' },
  };
  forge.repositories.push(hosted);

  const home = await tempFolder(t);
  writeFileSync(
    join(home, 'millrace.yaml'),
    `git: { hostKeyVerification: manual, knownHosts: ['${ssh.hostKey}'] }\nwebhooks: { secrets: [{ forge: gitea, credentialsId: hook }] }\n`,
  );
  const server = new StartedServer(home, await freePort());
  const start = () => server.start(/ is up: /, [process.execPath, COMMAND, 'up', '--executors', '4', '--config', join(home, 'millrace.yaml')]);
  await start();
  t.after(() => server.kill('SIGTERM'));
  const api = async <T>(method: string, path: string, body?: unknown, word = PASSWORD): Promise<T> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`admin:${word}`)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return (/json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as T;
  };
  await api('POST', '/password', { old: server.firstPassword, new: PASSWORD }, server.firstPassword);
  const secret = (id: string, secrets: object) => api('POST', '/credentials', { id, secrets });
  await secret('login', { type: 'usernamePassword', fields: { username: LOGIN.user, password: LOGIN.password } });
  await secret('key', { type: 'sshUserPrivateKey', fields: { username: ssh.user, privateKey: ssh.key } });
  await secret('hook', { type: 'string', fields: { secret: HOOK } });

  const jobs = [
    ['over-http', { kind: 'gitea', apiUrl: forge.url, repository: 'team/app', url: hosted.cloneUrl, credentialsId: 'login' }],
    ['over-ssh', { kind: 'git', url: `${ssh.url}${repository.folder}/.git`, credentialsId: 'key' }],
  ] as const;
  for (const [name, source] of jobs) await api('POST', '/items', { kind: 'multibranch', name, config: { sources: [source] } });

  const builds = async (job: string): Promise<Build[]> =>
    (await api<{ entries: Build[] }>('GET', `/items/${encodeURIComponent(job)}/builds`).catch(() => ({ entries: [] }))).entries;
  const done = async (job: string, count: number): Promise<void> => {
    let all: Build[] = [];
    await until(
      async () => {
        all = await builds(job);
        return all.length >= count && all.every((b) => b.state === 'ended');
      },
      () => `${job} has not ${count} builds that have ended: ${JSON.stringify(all)}`,
    );
    assert.deepEqual(
      all.map((b) => b.result),
      Array.from({ length: count }, () => 'SUCCESS'),
      `${job}: ${await api('GET', `/items/${encodeURIComponent(job)}/builds/${all[0]?.number}/log`)}`,
    );
  };
  const child = (parent: string, branch: string): string => `${parent}/${branch.replaceAll('/', '%2F')}`;
  for (const [parent] of jobs) for (const branch of BRANCHES) await done(child(parent, branch), 1);
  await done('over-http/PR-7', 1);
  const ofChange = await api<string>('GET', `/items/${encodeURIComponent('over-http/PR-7')}/builds/1/log`);
  assert.match(ofChange, /change 7 to main/);
  const logOf = (job: string, number: number) => api<string>('GET', `/items/${encodeURIComponent(job)}/builds/${number}/log`);
  assert.match(await logOf(child('over-ssh', 'feature/x'), 1), /of feature\/x/);

  // A push to two branches; the controller is killed as soon as it has answered.
  const pushed = new Map<string, string>();
  for (const branch of ['main', 'next']) {
    await repository.git(['checkout', '-q', branch]);
    pushed.set(branch, await repository.commit({ 'file.txt': `again ${branch}\n` }));
  }
  const deliver = async (branch: string): Promise<void> => {
    const body = JSON.stringify({
      ref: `refs/heads/${branch}`,
      after: pushed.get(branch),
      repository: { full_name: 'team/app', clone_url: hosted.cloneUrl, ssh_url: `${ssh.url}${repository.folder}/.git` },
      pusher: { login: 'ann' },
    });
    const headers = {
      'content-type': 'application/json',
      'x-gitea-event': 'push',
      'x-gitea-delivery': `delivery-${branch}`,
      'x-gitea-signature': createHmac('sha256', HOOK).update(body).digest('hex'),
    };
    const answer = await fetch(`${server.url}/gitea-webhook/post`, { method: 'POST', headers, body });
    assert.equal(answer.status, 202, await answer.text());
  };
  await Promise.all(['main', 'next'].map(deliver));
  await server.kill('SIGKILL');
  await start();
  // What the forge sends again starts nothing more.
  await Promise.all(['main', 'next'].map(deliver));
  for (const [parent] of jobs) for (const branch of ['main', 'next']) await done(child(parent, branch), 2);
  for (const [parent] of jobs) assert.equal((await builds(child(parent, 'feature/x'))).length, 1);
  for (const [parent] of jobs) assert.match(await logOf(child(parent, 'next'), 2), /again next/);

  // Every head that was built has its status at the forge, and none is left pending.
  const wanted = [...pushed.values(), head];
  const last = (commit: string): unknown => forge.statuses.filter((s) => s.commit === commit).at(-1)?.body['state'];
  await until(
    async () => wanted.every((commit) => last(commit) === 'success'),
    () => `statuses: ${JSON.stringify(forge.statuses.map((s) => [s.commit, s.body['state']]))}`,
  );
  assert.ok(forge.statuses.every((s) => String(s.body['target_url'] ?? '').startsWith(server.url)));
  const texts = JSON.stringify([await api('GET', '/deliveries'), await api('GET', '/audit'), ofChange]);
  for (const word of [LOGIN.password, HOOK, ssh.key.split('\n')[2] as string]) assert.ok(!texts.includes(word));
});

/** Asked again and again, since it happens in other processes. `otherwise`: what is, where it does not happen. */
async function until(happened: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  const end = Date.now() + 240_000;
  while (!(await happened())) {
    assert.ok(Date.now() < end, otherwise());
    await pause(100);
  }
}
