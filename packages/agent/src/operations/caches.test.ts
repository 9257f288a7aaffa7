import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { pack as tarPack } from 'tar-stream';
import { runAgent } from '../program/run-agent.ts';
import type { FakeWork } from '../program/testing/fake-server.ts';
import { FakeServer, until } from '../program/testing/fake-server.ts';

interface World {
  readonly server: FakeServer;
  readonly root: string;
  save(id: string, more: Readonly<Record<string, unknown>>): Promise<FakeWork['result']>;
  /** What was saved by `from`, into another folder. */
  restore(id: string, bytes: Buffer, more: Readonly<Record<string, unknown>>): Promise<FakeWork['result']>;
}

async function world(t: TestContext): Promise<World> {
  const server = await new FakeServer().start();
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-agent-')));
  const agent = runAgent({ urls: [server.url], name: 'n', secret: 'sesame', root, longestWaitMs: 50 });
  t.after(async () => {
    agent.stop();
    await agent.ended;
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const done = async (work: FakeWork): Promise<FakeWork['result']> => {
    await until(() => work.result);
    return work.result;
  };
  const common = { lease: 'l', cwd: join(root, 'from'), selection: null, compress: true, maxFileBytes: null, maxBytes: 1 << 30, exists: false };
  return {
    server,
    root,
    save: (id, more) => done(server.add(id, 'cache.save', { ...common, ...more })),
    restore: (id, bytes, more) => {
      server.downloads.set(`${id}/cache`, { bytes, mode: 0o600 });
      return done(server.add(id, 'cache.restore', { ...common, cwd: join(root, 'to'), entry: { key: 'k' }, ...more }));
    },
  };
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}
/** `[files, fileBytes]` of what was sent. */
function sent(result: FakeWork['result']): [number, number] {
  const { ok } = result as unknown as { ok: { state: string; files: number; fileBytes: number } };
  assert.equal(ok?.state, 'sent', JSON.stringify(result));
  return [ok.files, ok.fileBytes];
}

test('a cache of folders and files comes back as it was, links as links, whatever is cut on the way', async (t) => {
  const { server, root, save, restore } = await world(t);
  const large = randomBytes(9 << 20);
  write(join(root, 'from/node_modules/a/index.js'), large);
  mkdirSync(join(root, 'from/node_modules/.empty'));
  mkdirSync(join(root, 'from/node_modules/.git'));
  write(join(root, 'from/node_modules/.git/HEAD'), 'ref');
  mkdirSync(join(root, 'from/node_modules/.bin'));
  symlinkSync('../a/index.js', join(root, 'from/node_modules/.bin/a'));
  symlinkSync('a', join(root, 'from/node_modules/b'));
  write(join(root, 'from/one file'), 'single');
  chmodSync(join(root, 'from/one file'), 0o755);
  write(join(root, 'elsewhere/lib'), 'absolute');
  const paths = ['node_modules', 'one file', join(root, 'elsewhere'), 'missing'];
  let n = 0;
  server.fault = (_, path) => (path.includes('/transfers/') ? (['lose', undefined, 'drop', undefined, undefined] as const)[n++ % 5] : undefined);
  assert.deepEqual(sent(await save('s', { paths })), [6, large.length + 3 + 6 + 8 + lstatSync(join(root, 'from/node_modules/b')).size + 13]);
  rmSync(join(root, 'elsewhere'), { recursive: true });
  const { ok } = (await restore('r', server.uploads.get('s/cache')?.bytes as Buffer, { paths })) as unknown as { ok: { files: number; entry: unknown } };
  assert.deepEqual([ok.files, ok.entry], [6, { key: 'k' }]);
  const to = join(root, 'to');
  assert.ok(readFileSync(join(to, 'node_modules/a/index.js')).equals(large));
  assert.equal(readlinkSync(join(to, 'node_modules/.bin/a')), '../a/index.js');
  assert.equal(readlinkSync(join(to, 'node_modules/b')), 'a');
  assert.ok(statSync(join(to, 'node_modules/.empty')).isDirectory());
  assert.equal(readFileSync(join(to, 'node_modules/.git/HEAD'), 'utf8'), 'ref');
  assert.equal(statSync(join(to, 'one file')).mode & 0o777, 0o755);
  assert.equal(readFileSync(join(root, 'elsewhere/lib'), 'utf8'), 'absolute');
});

test('a pattern takes every folder that matches, and a selection holds within a path', async (t) => {
  const { server, root, save, restore } = await world(t);
  for (const file of ['node_modules/x', 'web/node_modules/y', 'web/src/z', 'repo/a.jar', 'repo/a.tmp']) write(join(root, 'from', file), file);
  assert.equal(sent(await save('p', { paths: ['**/node_modules'] }))[0], 2);
  await restore('pr', server.uploads.get('p/cache')?.bytes as Buffer, { paths: ['**/node_modules'] });
  assert.ok(existsSync(join(root, 'to/web/node_modules/y')) && !existsSync(join(root, 'to/web/src')));
  const selection = { includes: '**/*', excludes: '**/*.tmp', defaultExcludes: true };
  assert.equal(sent(await save('q', { paths: ['repo'], selection }))[0], 1);
});

test('what is too large, is not there, or is kept already is told and not sent', async (t) => {
  const { server, root, save } = await world(t);
  write(join(root, 'from/d/f'), randomBytes(1000));
  assert.deepEqual(await save('a', { paths: ['no'] }), { ok: { state: 'none' } });
  assert.deepEqual(await save('b', { paths: ['d'], maxFileBytes: 999 }), { ok: { state: 'large', what: 'files', bytes: 1000 } });
  const { ok } = (await save('c', { paths: ['d'], maxBytes: 100 })) as unknown as { ok: { state: string; what: string } };
  assert.deepEqual([ok.state, ok.what], ['large', 'packed']);
  assert.deepEqual(await save('d', { paths: ['d'], exists: true }), { ok: { state: 'exists', fileBytes: 1000 } });
  assert.equal(server.uploads.size, 0);
});

test('a cache whose names or links lead out of its path is refused, and leaves nothing', async (t) => {
  const { root, restore } = await world(t);
  const archive = async (entries: readonly { name: string; linkname?: string }[]): Promise<Buffer> => {
    const tar = tarPack();
    for (const { name, linkname } of entries)
      if (linkname === undefined) tar.entry({ name }, 'content');
      else tar.entry({ name, type: 'symlink', linkname });
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const bad = [
    [{ name: '0/d/ok' }, { name: '0/d/../../x' }],
    [{ name: '0/d/ok' }, { name: '0/other' }],
    [{ name: '0/d/ok' }, { name: '1/d/x' }],
    [{ name: '0/d/ok' }, { name: '0/d/out', linkname: root }, { name: '0/d/out/x' }],
  ];
  for (const [i, entries] of bad.entries()) {
    const result = (await restore(`r${i}`, await archive(entries), { paths: ['d'] })) as unknown as { err: { message: string } };
    assert.match(result.err?.message ?? '', /is out of bounds!$/, String(i));
    for (const left of ['to/d/ok', 'to/d/out', 'x', 'to/other', 'to/x']) assert.ok(!existsSync(join(root, left)), `${i} ${left}`);
  }
});

test('one that is gone is no error', async (t) => {
  const { server, root } = await world(t);
  const work = server.add('r', 'cache.restore', { lease: 'l', cwd: root, paths: ['d'], selection: null, entry: {} });
  await until(() => work.result);
  assert.deepEqual(work.result, { ok: null });
});
