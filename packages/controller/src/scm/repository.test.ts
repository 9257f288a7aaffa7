import assert from 'node:assert/strict';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { HostKeys } from '@millrace/protocol/git';
import { DEFAULT_HOST_KEYS } from '@millrace/protocol/git';
import { gitHttpServer, gitSshServer, noHttpBackend, noSshd, tempFolder, testRepository } from '@millrace/protocol/git/testing';
import type { Credential } from '../credentials/credential.ts';
import type { RemoteRef } from './repository.ts';
import { Repositories } from './repository.ts';

const HTTP = { skip: noHttpBackend() };
const SSH = { skip: noSshd() };

function open(folder: string, hostKeys: HostKeys = DEFAULT_HOST_KEYS, more: { timeoutMs?: number; mostBytes?: number } = {}): Repositories {
  return new Repositories({ folder: join(folder, 'cache'), hostKeys: () => hostKeys, ...more });
}
const login = (fields: Record<string, string>): Credential => ({ id: 'it', type: 'any', description: null, fields });
const code = (wanted: string) => (e: { code?: string; message: string }) => {
  assert.equal(e.code, wanted, e.message);
  return true;
};
async function all(refs: AsyncIterable<RemoteRef>): Promise<RemoteRef[]> {
  const found: RemoteRef[] = [];
  for await (const ref of refs) found.push(ref);
  return found;
}

test('refs are listed with the commits that tags are for, and specs mean what they mean in Jenkins', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const first = await app.commit({ Jenkinsfile: 'one' });
  await app.git(['tag', '-a', 'v1', '-m', 'first']);
  await app.git(['branch', 'release/1']);
  const second = await app.commit({ Jenkinsfile: 'two' });
  const { url } = await gitHttpServer(t, folder);
  const repositories = open(folder);
  const address = { url: `${url}/app/.git`, credential: null };
  assert.deepEqual(await all(repositories.listRefs(address)), [
    { name: 'HEAD', commit: second },
    { name: 'refs/heads/main', commit: second },
    { name: 'refs/heads/release/1', commit: first },
    { name: 'refs/tags/v1', commit: first },
  ]);
  for (const [spec, commit, ref] of [
    ['main', second, 'refs/heads/main'],
    ['*/main', second, 'refs/heads/main'],
    ['origin/main', second, 'refs/heads/main'],
    ['refs/heads/main', second, 'refs/heads/main'],
    ['refs/tags/v1', first, 'refs/tags/v1'],
    ['tags/v1', first, 'refs/tags/v1'],
    ['v1', first, 'refs/tags/v1'],
    ['release/*', first, 'refs/heads/release/1'],
    ['**', second, 'HEAD'],
    [first, first, null],
  ] as const)
    assert.deepEqual(await repositories.resolve(address, spec), { commit, ref }, spec);
  await assert.rejects(repositories.resolve(address, 'nope'), code('MR_GIT_REF'));
  await assert.rejects(repositories.resolve(address, ':(a+)+b'), code('MR_GIT_REF'));
});

test('files are read at one commit, of which only they are brought, and the second time without the network', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  await writeFile(join(app.folder, 'large'), Buffer.alloc(3 << 20, 'x'));
  await symlink('ci/real', join(app.folder, 'link'));
  const commit = await app.commit({ Jenkinsfile: 'one', 'ci/real': 'linked', 'a/b.txt': 'b', 'vars/x.groovy': 'def call() {}' });
  const server = await gitHttpServer(t, folder);
  const repositories = open(folder);
  const address = { url: `${server.url}/app/.git`, credential: null };
  const text = (files: ReadonlyMap<string, Buffer | null>): unknown => Object.fromEntries([...files].map(([path, b]) => [path, b?.toString() ?? null]));
  const paths = ['Jenkinsfile', 'a/b.txt', 'link', 'nope', 'a', '../x'];
  const read = await repositories.readFiles(address, 'main', paths);
  assert.deepEqual(text(read.files), { Jenkinsfile: 'one', 'a/b.txt': 'b', link: 'linked', nope: null, a: null, '../x': null });
  server.requests.length = 0;
  assert.deepEqual(await repositories.readFiles(address, commit, paths), read);
  assert.deepEqual(server.requests, []);
  assert.deepEqual(text((await repositories.readTree(address, commit, ['vars', 'src'])).files), { 'vars/x.groovy': 'def call() {}' });
  await assert.rejects(repositories.readFiles(address, commit, ['large'], { largest: 1_000 }), code('MR_GIT_LARGE'));
  // Another controller on the same folder, after a kill that left a lock.
  await app.commit({ Jenkinsfile: 'two' });
  for (const name of ['shallow.lock', 'packed-refs.lock']) {
    const { key } = { key: (await import('node:fs')).readdirSync(join(folder, 'cache')).find((n) => /^[0-9a-f]{32}$/.test(n)) as string };
    await writeFile(join(folder, 'cache', key, name), '');
  }
  assert.equal((await open(folder).readFiles(address, 'main', ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString(), 'two');
});

test('a cache that is broken or gone is made anew', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const commit = await app.commit({ Jenkinsfile: 'one' });
  const server = await gitHttpServer(t, folder);
  const repositories = open(folder);
  const address = { url: `${server.url}/app/.git`, credential: null };
  await repositories.readFiles(address, commit, ['Jenkinsfile']);
  const fs = await import('node:fs');
  const cache = join(folder, 'cache', fs.readdirSync(join(folder, 'cache')).find((n) => /^[0-9a-f]{32}$/.test(n)) as string);
  const packs = join(cache, 'objects', 'pack');
  for (const name of fs.readdirSync(packs)) {
    fs.chmodSync(join(packs, name), 0o600);
    fs.truncateSync(join(packs, name), 20);
  }
  assert.equal((await repositories.readFiles(address, commit, ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString(), 'one');
  await rm(cache, { recursive: true });
  assert.equal((await repositories.readFiles(address, commit, ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString(), 'one');
});

test('many at once on one repository look and fetch together', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const commits: string[] = [];
  for (let i = 0; i < 20; i++) {
    commits.push(await app.commit({ Jenkinsfile: `build ${i}` }));
    await app.git(['branch', `b${i}`]);
  }
  const server = await gitHttpServer(t, folder);
  const repositories = open(folder);
  const address = { url: `${server.url}/app/.git`, credential: null };
  const same = await Promise.all(Array.from({ length: 50 }, () => repositories.resolve(address, 'main')));
  assert.ok(same.every(({ commit }) => commit === commits.at(-1)));
  assert.equal(server.requests.filter((r) => r.startsWith('GET')).length, 2, server.requests.join('\n'));
  server.requests.length = 0;
  const read = await Promise.all(commits.map((commit) => repositories.readFiles(address, commit, ['Jenkinsfile'])));
  assert.deepEqual(
    read.map(({ files }) => files.get('Jenkinsfile')?.toString()),
    commits.map((_, i) => `build ${i}`),
  );
  // One commit that nobody has does not hurt the others.
  const odd = await Promise.allSettled([repositories.readFiles(address, '1'.repeat(40), ['x']), repositories.readFiles(address, 'b3', ['Jenkinsfile'])]);
  assert.deepEqual(
    odd.map((o) => o.status),
    ['rejected', 'fulfilled'],
  );
});

test('a server that knows neither filters nor commits by their ids is read all the same', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  await app.git(['config', 'uploadpack.allowFilter', 'false']);
  await app.git(['config', 'protocol.version', '0']);
  const old = await app.commit({ Jenkinsfile: 'old' });
  await app.commit({ Jenkinsfile: 'new' });
  const { url } = await gitHttpServer(t, folder);
  const repositories = open(folder);
  const address = { url: `${url}/app/.git`, credential: null };
  assert.equal((await repositories.readFiles(address, 'main', ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString(), 'new');
  assert.equal((await repositories.readFiles(address, old, ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString(), 'old');
});

test('a wrong or missing credential, a repository that is away and one that hangs have their codes, and no secret is shown', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  await app.commit({ Jenkinsfile: 'one' });
  const server = await gitHttpServer(t, folder, { user: 'ann', password: 'quiet water' });
  const url = `${server.url}/app/.git`;
  const repositories = open(folder);
  const good = login({ username: 'ann', password: 'quiet water' });
  const read = await repositories.readFiles({ url, credential: good }, 'main', ['Jenkinsfile']);
  assert.equal(read.files.get('Jenkinsfile')?.toString(), 'one');
  for (const credential of [null, login({ username: 'ann', password: 'loud water' }), login({ secret: 'token' })])
    await assert.rejects(repositories.readFiles({ url, credential }, 'main', ['Jenkinsfile']), (e: { code: string; message: string }) => {
      assert.equal(e.code, 'MR_GIT_CREDENTIALS', e.message);
      assert.doesNotMatch(e.message, /loud water|token"/);
      return true;
    });
  // What one credential has brought is not for another, though no network would be needed.
  await assert.rejects(repositories.readFiles({ url, credential: null }, read.commit, ['Jenkinsfile']), code('MR_GIT_CREDENTIALS'));
  await assert.rejects(repositories.resolve({ url: `${server.url}/nope/.git`, credential: good }, 'main'), code('MR_GIT_AWAY'));
  await assert.rejects(repositories.resolve({ url: 'http://127.0.0.1:1/x.git', credential: null }, 'main'), code('MR_GIT_AWAY'));
  await assert.rejects(repositories.resolve({ url: 'http://u:quiet@127.0.0.1:1/x.git', credential: null }, 'main'), (e: Error) => !e.message.includes('quiet'));
  server.before = () => new Promise(() => undefined);
  await assert.rejects(open(folder, DEFAULT_HOST_KEYS, { timeoutMs: 300 }).resolve({ url, credential: good }, 'main'), code('MR_GIT_TIMEOUT'));
});

test('SSH: keys with a passphrase, and host keys by each rule', SSH, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  await app.commit({ Jenkinsfile: 'one' });
  const server = await gitSshServer(t, folder, 'open sesame');
  const address = { url: `${server.url}${app.folder}`, credential: login({ privateKey: server.key, passphrase: 'open sesame', username: 'ignored' }) };
  const read = async (hostKeys: HostKeys, at = address): Promise<string | undefined> =>
    (await open(folder, hostKeys).readFiles(at, 'main', ['Jenkinsfile'])).files.get('Jenkinsfile')?.toString();
  await assert.rejects(read(DEFAULT_HOST_KEYS), (e: { code: string; message: string }) => {
    assert.equal(e.code, 'MR_GIT_HOST_KEY', e.message);
    assert.match(e.message, /ssh-keyscan/);
    return true;
  });
  assert.equal(await read({ verification: 'manual', knownHosts: [server.hostKey] }), 'one');
  assert.equal(await read({ verification: 'known-hosts', knownHosts: [server.hostKey] }), 'one');
  assert.equal(await read({ verification: 'none', knownHosts: [] }), 'one');
  const other = await tempFolder(t);
  const { hostKey } = await gitSshServer(t, other);
  const changed = hostKey.replace(/^\S+/, `[127.0.0.1]:${server.port}`);
  for (const verification of ['manual', 'known-hosts'] as const) await assert.rejects(read({ verification, knownHosts: [changed] }), code('MR_GIT_HOST_KEY'));
  const wrong = { ...address, credential: login({ privateKey: server.key, passphrase: 'close sesame' }) };
  await assert.rejects(read({ verification: 'manual', knownHosts: [server.hostKey] }, wrong), code('MR_GIT_CREDENTIALS'));
  const named = {
    url: address.url.replace(`${server.user}@`, ''),
    credential: login({ privateKey: server.key, passphrase: 'open sesame', username: server.user }),
  };
  assert.equal(await read({ verification: 'manual', knownHosts: [server.hostKey] }, named), 'one');
});

test('ten thousand branches are listed in seconds, one at a time', HTTP, async (t) => {
  const folder = await tempFolder(t);
  const app = await testRepository(folder);
  const commit = await app.commit({ Jenkinsfile: 'one' });
  const lines = Array.from({ length: 10_000 }, (_, i) => `${commit} refs/heads/feature/${i}\n`).join('');
  await writeFile(join(app.folder, '.git', 'packed-refs'), `# pack-refs with: peeled fully-peeled sorted \n${lines.split('\n').sort().join('\n').trim()}\n`);
  const { url } = await gitHttpServer(t, folder);
  let count = 0;
  for await (const { name } of open(folder).listRefs({ url: `${url}/app/.git`, credential: null }, { patterns: ['refs/heads/*'] }))
    if (name !== 'HEAD') count++;
  assert.equal(count, 10_001);
});
