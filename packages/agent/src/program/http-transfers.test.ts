import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { Backoff } from './backoff.ts';
import { Connection } from './connection.ts';
import { HttpTransfers } from './http-transfers.ts';
import { runAgent } from './run-agent.ts';
import { FakeServer, until } from './testing/fake-server.ts';

async function world(t: TestContext): Promise<{ server: FakeServer; root: string }> {
  const server = await new FakeServer().start();
  const root = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  const agent = runAgent({ urls: [server.url], name: 'n', secret: 'sesame', root, longestWaitMs: 50 });
  t.after(async () => {
    agent.stop();
    await agent.ended;
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  return { server, root };
}
const ALL = { includes: '**', excludes: null, defaultExcludes: false } as const;

test('a stash comes back as it was, whatever is cut on the way', async (t) => {
  const { server, root } = await world(t);
  const from = join(root, 'from');
  mkdirSync(join(from, 'a/b'), { recursive: true });
  const large = randomBytes(9 << 20);
  writeFileSync(join(from, 'a/b/large'), large);
  writeFileSync(join(from, 'a/empty'), '');
  writeFileSync(join(from, 'run.sh'), '#!/bin/sh\n');
  chmodSync(join(from, 'run.sh'), 0o755);
  symlinkSync('run.sh', join(from, 'link'));
  let n = 0;
  server.fault = (_, path) => (path.includes('/transfers/') ? (['lose', undefined, 'drop', undefined, undefined] as const)[n++ % 5] : undefined);
  const stash = server.add('s', 'stash', { lease: 'l', cwd: from, name: 'x', selection: ALL, allowEmpty: false });
  await until(() => stash.result);
  assert.deepEqual(stash.result, { ok: { count: 4 } });
  const sent = server.uploads.get('s/stash');
  assert.ok(sent?.end);
  server.downloads.set('u/stash', { bytes: sent.bytes, mode: 0o600 });
  const unstash = server.add('u', 'unstash', { lease: 'l', cwd: join(root, 'to'), name: 'x' });
  await until(() => unstash.result);
  assert.deepEqual(unstash.result, { ok: { count: 4 } });
  assert.ok(readFileSync(join(root, 'to/a/b/large')).equals(large));
  assert.equal(statSync(join(root, 'to/run.sh')).mode & 0o777, 0o755);
  assert.ok(lstatSync(join(root, 'to/link')).isSymbolicLink());
  assert.equal(statSync(join(root, 'to/a/empty')).size, 0);
});

test('a stash that is not there, and one without files, fail in the words of the step', async (t) => {
  const { server, root } = await world(t);
  const unstash = server.add('u', 'unstash', { lease: 'l', cwd: root, name: 'x' });
  const stash = server.add('s', 'stash', { lease: 'l', cwd: root, name: 'x', selection: { ...ALL, includes: 'no/such' }, allowEmpty: false });
  await until(() => unstash.result && stash.result);
  assert.deepEqual(unstash.result, { err: { code: 'MR_HOST', message: 'No such saved stash ‘x’' } });
  assert.deepEqual(stash.result, { err: { code: 'MR_HOST', message: 'No files included in stash ‘x’' } });
});

test('artifacts go up with their digests and come back, more than one chunk of them', async (t) => {
  const { server, root } = await world(t);
  mkdirSync(join(root, 'out'));
  const large = randomBytes((9 << 20) + 1);
  writeFileSync(join(root, 'out/large'), large);
  writeFileSync(join(root, 'out/ü b'), 'small');
  let n = 0;
  server.fault = (_, path) => (path.includes('/transfers/') && ++n % 3 === 0 ? (n % 2 === 0 ? 'drop' : 'lose') : undefined);
  const work = server.add('a', 'archive', { lease: 'l', cwd: root, selection: { ...ALL, includes: 'out/' }, followSymlinks: true, fingerprint: true });
  await until(() => work.result);
  assert.deepEqual(work.result, { ok: { files: ['out/large', 'out/ü b'] } });
  const sent = server.uploads.get('a/artifact:out/large');
  assert.ok(sent?.bytes.equals(large) === true);
  assert.equal(sent?.end?.md5, createHash('md5').update(large).digest('hex'));
  server.downloads.set('b/artifacts', { bytes: Buffer.from(JSON.stringify({ files: [{ path: 'out/large', size: large.length }] })), mode: 0o600 });
  server.downloads.set('b/artifact:out/large', { bytes: large, mode: 0o640 });
  const back = server.add('b', 'unarchive', { lease: 'l', cwd: root, from: 'out/', to: 'back' });
  await until(() => back.result);
  assert.deepEqual(back.result, { ok: { files: [join(root, 'back/out/large')] } });
  assert.ok(readFileSync(join(root, 'back/out/large')).equals(large));
  assert.equal(statSync(join(root, 'back/out/large')).mode & 0o777, 0o640);
});

test('what a server refuses fails the operation with its reason', async (t) => {
  const { server, root } = await world(t);
  writeFileSync(join(root, 'f'), 'x');
  server.fault = (method, path) =>
    method === 'PATCH' && path.includes('/transfers/') ? { status: 413, body: '{"code":"MR_QUOTA","message":"the quota is used up"}' } : undefined;
  const work = server.add('a', 'archive', { lease: 'l', cwd: root, selection: { ...ALL, includes: 'f' }, followSymlinks: true, fingerprint: false });
  await until(() => work.result);
  assert.deepEqual(work.result, { err: { code: 'MR_QUOTA', message: 'the quota is used up' } });
});

test('reports are handed over, and a cancel ends a transfer', async (t) => {
  const { server, root } = await world(t);
  writeFileSync(join(root, 'r.xml'), '<testsuite/>');
  const tests = server.add('t', 'tests', { lease: 'l', cwd: root, selection: { ...ALL, includes: '*.xml' }, retention: 'none' });
  await until(() => tests.result);
  assert.deepEqual(tests.result, { ok: { files: ['r.xml'] } });
  assert.equal(server.uploads.get('t/report:r.xml')?.bytes.toString(), '<testsuite/>');
  server.fault = (_, path) => (path.includes('/transfers/') ? { status: 503 } : undefined);
  const work = server.add('a', 'archive', { lease: 'l', cwd: root, selection: { ...ALL, includes: 'r.xml' }, followSymlinks: true, fingerprint: false });
  await until(() => server.polls.some((p) => p.have.includes('a')));
  server.cancel('a', 'interrupted');
  await until(() => work.result);
  assert.deepEqual(work.result, { err: { code: 'MR_CANCELLED', message: 'the operation was cancelled' } });
});

test('a transfer with patience is given up where nothing gets on, and only there', async (t) => {
  const server = await new FakeServer().start();
  t.after(() => server.stop());
  const root = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const backoff = new Backoff(20);
  const connection = new Connection({ urls: [server.url], name: 'n', secret: 'sesame' }, backoff);
  t.after(() => connection.close());
  const transfers = new HttpTransfers('w', connection, backoff, new AbortController().signal, () => root);
  server.add('w', 'cache.restore', {});
  server.downloads.set('w/cache', { bytes: randomBytes(1000), mode: 0o600 });
  assert.equal(await transfers.fetch('cache', join(root, 'got'), { patienceMs: 60_000 }), true);
  server.fault = () => ({ status: 503 });
  await assert.rejects(transfers.fetch('cache', join(root, 'got'), { patienceMs: 100 }), /no server has got on with it/);
  await assert.rejects(transfers.send('cache', join(root, 'got'), { patienceMs: 100 }), /no server has got on with it/);
});
