/** The agent is killed with -9 in the middle of a checkout. What it leaves (gits that go on, locks, half packs and clones) is used or made whole by the next. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { GitScm, OperationRequest } from '@millrace/protocol';
import type { GitHttpServer, TestRepository } from '@millrace/protocol/git/testing';
import { gitHttpServer, noHttpBackend, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { FakeWork } from '../../program/testing/fake-server.ts';
import { FakeServer, until } from '../../program/testing/fake-server.ts';
import { MortalAgent } from '../../program/testing/mortal-agent.ts';

const HTTP = { skip: noHttpBackend() };
/** Of an answer: long before the end of a pack with `LARGE`. */
const MIDDLE = 300_000;
const large = (): string => randomBytes(1_500_000).toString('base64');

type Request = OperationRequest<'checkout'>;
type Extensions = GitScm['extensions'];

interface World {
  readonly folder: string;
  readonly root: string;
  readonly app: TestRepository;
  readonly git: GitHttpServer;
  readonly url: string;
  checkout(workspace: string, more?: Partial<Request> & { extensions?: Extensions; refspec?: string }): FakeWork;
  start(): unknown;
  /** Waits for that moment, kills the agent and starts the next. `given up`: what it was doing is wanted by nobody. */
  killedAt(moment: () => unknown, what?: 'made again' | 'given up'): Promise<void>;
  /** Holds answers to that path once so much has gone out. Answers whether one is held. */
  hold(path: string): () => boolean;
}

async function world(t: TestContext): Promise<World> {
  const folder = await tempFolder(t);
  const root = join(folder, 'root');
  await mkdir(root);
  const app = await testRepository(folder);
  const git = await gitHttpServer(t, folder);
  const server = await new FakeServer().start();
  const agent = new MortalAgent(server, root);
  t.after(async () => {
    await agent.kill();
    await server.stop();
  });
  let count = 0;
  const url = `${git.url}/app/.git`;
  return {
    folder,
    root,
    app,
    git,
    url,
    start: () => agent.start(),
    checkout: (workspace, { extensions = [], refspec, ...more } = {}) => {
      const cwd = join(root, workspace);
      const scm: GitScm = {
        kind: 'git',
        remotes: [{ url, name: 'origin', refspec: refspec ?? null, credentialsId: null }],
        branches: ['main'],
        extensions,
      };
      const request: Request = { lease: 'l', cwd, scm, env: {}, masks: [], changelog: true, poll: true, previous: [], ...more };
      return server.add(`c${count++}`, 'checkout', request);
    },
    killedAt: async (moment, what = 'made again') => {
      await until(moment);
      await agent.kill();
      if (what === 'given up') for (const work of server.works.values()) if (work.result === null) work.unwanted = true;
      git.during = null;
      agent.start();
    },
    hold: (path) => {
      let held = false;
      git.during = (line, sent) => {
        if (held || !line.startsWith('POST') || !line.includes(path) || sent < MIDDLE) return undefined;
        held = true;
        return new Promise(() => undefined);
      };
      return () => held;
    },
  };
}

async function ended(work: FakeWork): Promise<string> {
  await until(() => work.result, `${work.id} to end`, 60_000);
  const result = work.result as { ok?: { variables: { GIT_COMMIT: string } } };
  assert.ok(result.ok !== undefined, JSON.stringify(work.result) + work.output.toString());
  return result.ok.variables.GIT_COMMIT;
}

async function assertWhole(repository: string): Promise<void> {
  assert.equal(execFileSync('git', ['fsck', '--full', '--no-dangling'], { cwd: repository, stdio: ['ignore', 'pipe', 'ignore'] }).toString(), '');
  const left = (await readdir(repository, { recursive: true })).filter((name) => /\.lock$|(^|\/)tmp_(pack|idx|rev)/.test(name));
  assert.deepEqual(left, [], `locks and half packs of ${repository}`);
}

/** Processes of git that work in a folder or below. */
async function gitsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    const cwd = /^\d+$/.test(pid) ? await readlink(`/proc/${pid}/cwd`).catch(() => '') : '';
    const name = cwd.startsWith(folder) ? await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '') : '';
    if (name.startsWith('git')) found.push(pid);
  }
  return found;
}

async function mirrorsOf(root: string): Promise<string[]> {
  const folder = join(root, '.millrace', 'git-mirrors');
  return (await readdir(folder)).map((name) => join(folder, name));
}

test('in a mirror’s first fetch: made again, it ends well, and the mirror serves the next', HTTP, async (t) => {
  const { root, app, start, checkout, killedAt, hold } = await world(t);
  const commit = await app.commit({ large: large() });
  const held = hold('upload-pack');
  start();
  const work = checkout('ws');
  await killedAt(held);
  assert.equal(await ended(work), commit);
  assert.equal(await ended(checkout('other')), commit);
  for (const repository of [join(root, 'ws'), join(root, 'other'), ...(await mirrorsOf(root))]) await assertWhole(repository);
});

test(
  'in a mirror’s fetch of changes that nobody wants any more: the git that goes on is ended before others use the mirror and the workspace',
  HTTP,
  async (t) => {
    const { root, app, start, checkout, killedAt, hold } = await world(t);
    await app.commit({ large: large() });
    start();
    await ended(checkout('ws'));
    const commit = await app.commit({ large: large() });
    const held = hold('upload-pack');
    checkout('ws');
    await until(held);
    const left = await gitsIn(root);
    assert.ok(left.length > 0);
    await killedAt(held, 'given up');
    const both = [checkout('ws'), checkout('other')];
    for (const work of both) assert.equal(await ended(work), commit);
    const alive = await gitsIn(root);
    assert.ok(!left.some((pid) => alive.includes(pid)), 'they were ended');
    for (const repository of [join(root, 'ws'), join(root, 'other'), ...(await mirrorsOf(root))]) await assertWhole(repository);
  },
);

test('in a clone without a mirror, also a shallow one, which stays as it was asked for', HTTP, async (t) => {
  const { root, app, start, checkout, killedAt, hold, git } = await world(t);
  await app.commit({ a: '1' });
  const commit = await app.commit({ large: large() });
  await app.git(['update-ref', 'refs/pull/1/head', 'HEAD']);
  const shallow: Extensions = [{ type: 'CloneOption', options: { shallow: true, depth: 1, reference: join(root, 'nowhere') } }];
  const whole: Extensions = [{ type: 'CloneOption', options: { reference: join(root, 'nowhere') } }];
  start();
  for (const [workspace, extensions, commits] of [
    ['shallow', shallow, '1'],
    ['whole', whole, '2'],
  ] as const) {
    const held = hold('upload-pack');
    const options = { extensions, refspec: '+refs/pull/*/head:refs/remotes/origin/pr/*' };
    const work = checkout(workspace, options);
    await killedAt(held);
    assert.equal(await ended(work), commit, workspace);
    assert.equal(
      execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: join(root, workspace) })
        .toString()
        .trim(),
      commits,
    );
    await assertWhole(join(root, workspace));
    git.requests.length = 0;
  }
});

test('while files are written: the next one has them all, of its own commit', HTTP, async (t) => {
  const { folder, root, app, start, checkout, killedAt } = await world(t);
  await app.commit({ '.gitattributes': 'b filter=slow\n', a: '1', b: '1', c: '1' });
  const [reached, go] = [join(folder, 'reached'), join(folder, 'go')];
  const smudge = `sh -c 'touch ${reached}; while [ ! -e ${go} ]; do sleep 0.02; done; cat'`;
  await writeFile(join(folder, 'gitconfig'), `[filter "slow"]\n\tsmudge = "${smudge}"\n`);
  const env = { GIT_CONFIG_GLOBAL: join(folder, 'gitconfig') };
  start();
  checkout('ws', { env });
  await killedAt(() => existsSync(reached), 'given up');
  const commit = await app.commit({ a: '2', b: '2', c: '2' });
  assert.equal(await ended(checkout('ws')), commit);
  for (const name of ['a', 'b', 'c']) assert.equal(await readFile(join(root, 'ws', name), 'utf8'), '2');
  await assertWhole(join(root, 'ws'));
});

test('between the objects and the refs of a workspace, whose locks are left', HTTP, async (t) => {
  const { folder, root, app, start, checkout, killedAt } = await world(t);
  const commit = await app.commit({ a: '1' });
  await app.git(['branch', 'side/way']);
  const [reached, go] = [join(folder, 'reached'), join(folder, 'go')];
  await mkdir(join(folder, 'template', 'hooks'), { recursive: true });
  const hook = join(folder, 'template', 'hooks', 'reference-transaction');
  await writeFile(hook, `#!/bin/sh\n[ "$1" = prepared ] || exit 0\ntouch ${reached}\nwhile [ ! -e ${go} ]; do sleep 0.02; done\n`);
  await chmod(hook, 0o755);
  start();
  checkout('ws', { env: { GIT_TEMPLATE_DIR: join(folder, 'template') } });
  await killedAt(() => existsSync(reached), 'given up');
  await writeFile(go, '');
  assert.equal(await ended(checkout('ws')), commit);
  await assertWhole(join(root, 'ws'));
});

test('in the clone of a submodule', HTTP, async (t) => {
  const { folder, root, app, git, start, checkout, killedAt, hold } = await world(t);
  const inner = await testRepository(folder, 'inner');
  await inner.commit({ large: large(), deep: '1' });
  const local = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${folder}/.insteadOf`, GIT_CONFIG_VALUE_0: `${git.url}/` };
  await app.git(['submodule', '--quiet', 'add', `${git.url}/inner/.git`, 'inner'], local);
  const commit = await app.commit({});
  const extensions: Extensions = [{ type: 'SubmoduleOption', options: { recursiveSubmodules: true } }];
  start();
  for (const what of ['made again', 'given up'] as const) {
    const held = hold('/inner/.git/git-upload-pack');
    const first = checkout(what, { extensions });
    await killedAt(held, what);
    const next = what === 'made again' ? first : checkout(what, { extensions });
    assert.equal(await ended(next), commit);
    assert.equal(await readFile(join(root, what, 'inner', 'deep'), 'utf8'), '1');
    await assertWhole(join(root, what));
    for (const repository of await mirrorsOf(root)) await assertWhole(repository);
    const mirrors = await mirrorsOf(root);
    for (const mirror of mirrors) execFileSync('rm', ['-rf', mirror]);
  }
});
