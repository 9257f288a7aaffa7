/** Caches of builds, from a build that saves one over a real agent to the build that gets it, and what becomes of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { DEFAULT_CACHE_LIMITS } from './caches.ts';

/** A build of a job whose cache holds a file of this content; it prints what it found. */
const fill = (key: string, content: string, more = ''): string =>
  `node { deleteDir(); cache(key: '${key}', paths: ['store'], ${more}) { echo 'found ' + (fileExists('store/f') ? readFile('store/f') : 'nothing'); writeFile file: 'store/f', text: '${content}' } }`;
const found = (log: string): string | undefined => /\nfound (.*)\n/.exec(log)?.[1];

async function define(server: TestServer, job: number, script: string, more: object = {}): Promise<void> {
  const { config } = await server.store.db.selectFrom('items').select('config').where('id', '=', job).executeTakeFirstOrThrow();
  const changed = JSON.stringify({ ...(JSON.parse(config) as object), definition: { kind: 'inline', script }, ...more });
  await server.store.write((tx) => tx.updateTable('items').set({ config: changed }).where('id', '=', job).execute());
}
/** The log of the job's next build, with this script. */
async function runAs(server: TestServer, job: number, script: string): Promise<string> {
  await define(server, job, script);
  const build = await server.ended(await server.start(job));
  assert.equal(build.result, 'SUCCESS', build.log);
  return build.log;
}

eachEngine('caches of builds', (databases) => {
  let server: TestServer;
  let folder: TestFolder;
  before(async () => {
    const database = await databases.make();
    folder = new TestFolder();
    server = await TestServer.start({ data: database.url === null ? database.folder : folder.path, databaseUrl: database.url });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });
  const script = (job: number, text: string): Promise<string> => runAs(server, job, text);
  const keys = async (job: number): Promise<string[]> =>
    (await server.store.db.selectFrom('caches').select('key').where('item_id', '=', job).orderBy('key').execute()).map((r) => r.key);

  it('go from build to build, and what a key holds does not change', async () => {
    const job = await server.job('keyed', '');
    assert.equal(found(await script(job, fill('a-1', 'one'))), 'nothing');
    const second = await script(job, fill('a-1', 'two'));
    assert.equal(found(second), 'one');
    assert.match(second, /\[cache a-1\] Cache is not saved: its key was there\n/);
    assert.equal(found(await script(job, fill('a-1', 'three'))), 'one');
  });

  it('are found by the newest of a beginning of their keys, and not by other paths', async () => {
    const job = await server.job('prefixes', '');
    await script(job, fill('p-1', 'one'));
    await script(job, fill('p-2', 'two'));
    await script(job, fill('p_3', 'three'));
    assert.equal(found(await script(job, fill('p-9', 'nine', `restoreKeys: ['q', 'p-'], skipSave: true`))), 'two');
    assert.equal(found(await script(job, fill('p-8', 'eight', `restoreKeys: ['P-'], skipSave: true`))), 'nothing');
    const other = await script(job, `node { deleteDir(); cache(key: 'p-1', paths: ['other']) { } }`);
    assert.match(other, /Cache not found for keys: p-1\n/);
    assert.deepEqual(await keys(job), ['p-1', 'p-2', 'p_3']);
  });

  it('of one job are not written by another, which reads them only where it names that job', async () => {
    const main = await server.job('main', '');
    const fork = await server.job('fork', '');
    await script(main, fill('dep', 'of main'));
    assert.equal(found(await script(fork, fill('dep', 'of the fork', `skipSave: true`))), 'nothing');
    assert.equal(found(await script(fork, fill('dep', 'of the fork', `defaultBranch: 'main'`))), 'of main');
    assert.equal(found(await script(fork, fill('dep', 'again', `defaultBranch: 'main'`))), 'of the fork');
    assert.equal(found(await script(main, fill('dep', 'main again', `defaultBranch: 'fork'`))), 'of main');
    assert.deepEqual([await keys(main), await keys(fork)], [['dep'], ['dep']]);
  });

  it('of the jobcacher plug-in are replaced, and the old blob goes', async () => {
    const job = await server.job('jobcacher', '');
    const text = (content: string): string =>
      `node { deleteDir(); cache(maxCacheSize: 1, caches: [arbitraryFileCache(path: 'm2')]) { echo 'found ' + (fileExists('m2/f') ? readFile('m2/f') : 'nothing'); writeFile file: 'm2/f', text: '${content}' } }`;
    assert.equal(found(await script(job, text('one'))), 'nothing');
    assert.equal(found(await script(job, text('two'))), 'one');
    assert.equal(found(await script(job, text('three'))), 'two');
    assert.equal((await keys(job)).length, 1);
    const log = await script(job, text('x').replace(`text: 'x'`, `text: 'x' * 1100000`));
    assert.match(log, /Removing job cache as it has grown beyond configured maximum size of 1M/);
    assert.deepEqual(await keys(job), []);
    const { blobs } = server.controller.parts;
    const named = new Set((await server.store.db.selectFrom('caches').select('blob').execute()).map((r) => r.blob));
    await server.until(async () => {
      const left: string[] = [];
      for await (const key of blobs.list('caches/')) if (!named.has(key)) left.push(key);
      return left.length === 0;
    });
    assert.deepEqual(await server.store.db.selectFrom('loose_blobs').selectAll().execute(), []);
  });

  it('are one where two builds save the same key at once', async () => {
    const job = await server.job('both', '');
    const meeting = `touch ${folder.path}/$BUILD_NUMBER; until [ -e ${folder.path}/1 ] && [ -e ${folder.path}/2 ]; do sleep 0.05; done`;
    await define(server, job, `node { cache(key: 'k', paths: ['f']) { sh 'echo $BUILD_NUMBER > f; ${meeting}' } }`, { concurrent: 'allow' });
    const builds = await Promise.all([await server.start(job), await server.start(job)].map((id) => server.ended(id)));
    for (const build of builds) assert.equal(build.result, 'SUCCESS', build.log);
    assert.deepEqual(await keys(job), ['k']);
    const saved = builds.filter((b) => /Cache saved/.test(b.log)).length;
    assert.equal(saved, 1, builds.map((b) => b.log).join('\n'));
  });

  it('go with their job', async () => {
    const job = await server.job('short', '');
    await script(job, fill('k', 'x'));
    await server.store.write((tx) => tx.deleteFrom('items').where('id', '=', job).execute());
    await server.store.write(async (_tx, wakes) => {
      wakes.add('cache 0');
    });
    await server.until(async () => (await keys(job)).length === 0);
  });
});

describe('the limits of caches', () => {
  it('take the least recently used of a job first, and what nobody uses', async () => {
    const folder = new TestFolder();
    // A cache of these files has some 130 bytes.
    const server = await TestServer.start({ data: folder.path, cacheLimits: { ...DEFAULT_CACHE_LIMITS, jobBytes: 430, unusedMs: 60_000 } });
    try {
      const job = await server.job('limited', '');
      const rows = async (): Promise<{ key: string; size: number }[]> =>
        (await server.store.db.selectFrom('caches').select(['key', 'size']).where('item_id', '=', job).orderBy('used_at').execute()).map((r) => ({ ...r }));
      const run = (text: string): Promise<string> => runAs(server, job, text);
      for (const key of ['k1', 'k2', 'k3']) await run(fill(key, key));
      assert.equal((await rows()).length, 3, JSON.stringify(await rows()));
      assert.equal(found(await run(fill('k1', 'x'))), 'k1');
      await run(fill('k4', 'k4'));
      await server.until(async () => (await rows()).reduce((sum, r) => sum + r.size, 0) <= 430);
      assert.deepEqual(
        (await rows()).map((r) => r.key),
        ['k3', 'k1', 'k4'],
      );
      const log = await run(`node { cache(key: 'big', paths: ['b']) { sh 'mkdir -p b; head -c 2000 /dev/urandom > b/f' } }`);
      assert.match(log, /\[cache big\] Cache is not saved: it has 2\.\d KB, and this server keeps 430 B for a job\n/);

      await server.store.write(async (tx, wakes) => {
        await tx
          .updateTable('caches')
          .set({ used_at: Date.now() - 61_000 })
          .where('key', '=', 'k3')
          .execute();
        wakes.add('cache 0');
      });
      await server.until(async () => (await rows()).every((r) => r.key !== 'k3'));
      assert.deepEqual((await rows()).map((r) => r.key).sort(), ['k1', 'k4']);
    } finally {
      await server.stop();
      folder.remove();
    }
  });

  it('hold for all jobs together', async () => {
    const folder = new TestFolder();
    const server = await TestServer.start({ data: folder.path, cacheLimits: { ...DEFAULT_CACHE_LIMITS, totalBytes: 300 } });
    try {
      const keys = async (): Promise<string[]> => (await server.store.db.selectFrom('caches').select('key').orderBy('key').execute()).map((r) => r.key);
      for (const key of ['one', 'two', 'three']) await server.run(fill(key, key), `job-of-${key}`);
      await server.until(async () => (await keys()).length === 2);
      assert.deepEqual(await keys(), ['three', 'two']);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
