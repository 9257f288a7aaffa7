import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reply, Responder } from '../engine/testing/dummy-host.ts';
import type { Ask, Json, RequestOf } from '../host.ts';
import { runScriptText } from './testing/run-script.ts';

/** A server's caches, as far as the step sees them: by key. */
function caches(keys: readonly string[] = [], more: { readonly beside?: readonly string[]; readonly saved?: Json } = {}): Responder {
  return (ask): Reply | undefined => {
    if (ask.kind === 'cache.clear') return { ok: { count: keys.length } };
    if (ask.kind === 'cache.save') return { ok: more.saved ?? { state: 'saved', files: 2, fileBytes: 3_000_000, bytes: 2048, ms: 7 } };
    if (ask.kind !== 'cache.restore') return undefined;
    const { key, restoreKeys, beside } = ask.request;
    const of = (all: readonly string[]): string | undefined => all.find((k) => k === key) ?? all.find((k) => restoreKeys.some((r) => k.startsWith(r)));
    const own = of(keys);
    const found = own ?? (beside === null ? undefined : of(more.beside ?? []));
    return { ok: found === undefined ? null : { key: found, exact: found === key, beside: own === undefined, files: 2, bytes: 1_500_000, ms: 5 } };
  };
}
function asked<K extends 'cache.restore' | 'cache.save' | 'cache.clear'>(started: readonly Ask[], kind: K): RequestOf<K>[] {
  return started.filter((ask) => ask.kind === kind).map((ask) => ask.request as RequestOf<K>);
}

describe('cache with a key', () => {
  it('saves what was not there', async () => {
    const { console, host } = await runScriptText(
      `node { withEnv(['HOME=/home/me']) { cache(key: 'npm-1', paths: ['node_modules', '~/.npm']) { echo 'body' } } }`,
      {},
      caches(),
    );
    assert.match(console, /\n\[cache npm-1\] Cache not found for keys: npm-1\n/);
    assert.match(console, /\nbody\n[^]*\[cache npm-1\] Cache saved \(2 files, 2\.0 KB, 7 ms\)\n/);
    const [saved] = asked(host.started, 'cache.save');
    assert.deepEqual(
      { ...saved, lease: '' },
      { lease: '', cwd: '/w/job', paths: ['node_modules', '/home/me/.npm'], selection: null, key: 'npm-1', replace: false, compress: true, maxFileBytes: null },
    );
  });

  it('does not save what was there exactly', async () => {
    const { console, host } = await runScriptText(`node { cache(key: 'npm-1', paths: ['x']) { echo 'body' } }`, {}, caches(['npm-1']));
    assert.match(console, /\[cache npm-1\] Cache restored from key: npm-1 \(2 files, 1\.4 MB, 5 ms\)\n/);
    assert.match(console, /\[cache npm-1\] Cache is not saved: its key was there\n/);
    assert.deepEqual(asked(host.started, 'cache.save'), []);
  });

  it('takes an older one for a beginning of its key, and saves its own', async () => {
    const { console, host } = await runScriptText(`node { cache(key: 'npm-2', restoreKeys: ['npm-'], paths: 'x') { } }`, {}, caches(['npm-1']));
    assert.match(console, /Cache restored from key: npm-1 /);
    assert.equal(asked(host.started, 'cache.save').length, 1);
  });

  it('saves a key that only the job beside has, since that one may go', async () => {
    const { console, host } = await runScriptText(`node { cache(key: 'k', paths: 'x', defaultBranch: 'main') { } }`, {}, caches([], { beside: ['k'] }));
    assert.match(console, /Cache restored from key: k of main /);
    assert.equal(asked(host.started, 'cache.save').length, 1);
  });

  it('saves nothing where the block has failed', async () => {
    const { result, host } = await runScriptText(`node { cache(key: 'k', paths: 'x') { error 'no' } }`, {}, caches());
    assert.equal(result, 'FAILURE');
    assert.deepEqual(asked(host.started, 'cache.save'), []);
  });

  it('answers what its block does, and skips what it is told to', async () => {
    const { console, host } = await runScriptText(`node { echo cache(key: 'k', paths: 'x', skipRestore: true, skipSave: true) { 'value' } }`, {}, caches());
    assert.match(console, /\nvalue\n/);
    assert.deepEqual([asked(host.started, 'cache.restore'), asked(host.started, 'cache.save')], [[], []]);
  });

  it('fails nothing where caches cannot be had or kept', async () => {
    const { console, result } = await runScriptText(`node { cache(key: 'k', paths: 'x') { echo 'body' } }`, {}, (ask) =>
      ask.kind === 'cache.restore' || ask.kind === 'cache.save' ? { err: { code: 'MR_HOST', message: `no ${ask.kind}` } } : undefined,
    );
    assert.equal(result, 'SUCCESS');
    assert.match(
      console,
      /\[cache k\] The cache is not restored: no cache\.restore \(MR_HOST\)\n[^]*\nbody\n[^]*\[cache k\] The cache is not saved: no cache\.save \(MR_HOST\)\n/,
    );
  });

  it('tells what is larger than the server keeps', async () => {
    const saved = { state: 'large', what: 'packed', bytes: 3 * 2 ** 20, limit: 2 ** 20 };
    const { console } = await runScriptText(`node { cache(key: 'k', paths: 'x') { } }`, {}, caches([], { saved }));
    assert.match(console, /\[cache k\] Cache is not saved: it has 3\.0 MB, and this server keeps 1\.0 MB for a job\n/);
  });

  it('is refused without paths, with both forms, and with a key that is too long', async () => {
    for (const args of [`key: 'k'`, `key: 'k', paths: 'x', caches: []`, `key: 'k' * 600, paths: 'x'`, `key: 'k', paths: []`, `key: '', paths: 'x'`]) {
      const { result, console } = await runScriptText(`node { cache(${args}) { } }`, {}, caches());
      assert.equal(result, 'FAILURE', args);
      assert.match(console, /IllegalArgumentException/, args);
    }
  });
});

describe('a block of a cache', () => {
  it('may be that of a stage, by its options', async () => {
    const { console, result } = await runScriptText(
      `pipeline {
        agent any
        stages { stage('a') {
          options { cache(key: 'k', paths: ['x']) }
          steps { echo 'body' }
        } }
      }`,
      {},
      caches(),
    );
    assert.equal(result, 'SUCCESS', console);
    assert.match(console, /\[cache k\] Cache not found for keys: k\n[^]*\nbody\n[^]*\[cache k\] Cache saved /);
  });

  it('needs a node', async () => {
    const { console, result } = await runScriptText(`cache(key: 'k', paths: ['x']) { echo 'body' }`, {}, caches());
    assert.equal(result, 'FAILURE');
    assert.match(console, /Required context class hudson\.FilePath is missing\nPerhaps you forgot to surround the cache step/);
  });
});

describe('cache of the jobcacher plug-in', () => {
  const NODE_MODULES = '3ec03583f8eaec275cb2183db769ff47';
  const block = (args: string, before = ''): string => `node { ${before}; cache(${args}) { echo 'body' } }`;

  it('keeps one cache of a path, in the words of the plug-in', async () => {
    const { console, host } = await runScriptText(block(`caches: [arbitraryFileCache(path: 'node_modules')]`), {}, caches());
    const id = /with id ([0-9a-f]{32})\]/.exec(console)?.[1];
    assert.equal(id, NODE_MODULES);
    const line = (text: string): string => `[Cache for node_modules with id ${id}] ${text}\n`;
    for (const text of [
      'Searching cache in job specific caches...',
      'Searching cache in default caches...',
      'Skip restoring cache as no up-to-date cache exists',
      'Creating cache...',
      'Cache created in 7ms',
    ])
      assert.ok(console.includes(line(text)), `${text}\n${console}`);
    const [saved] = asked(host.started, 'cache.save');
    assert.deepEqual([saved?.key, saved?.replace, saved?.compress], [id, true, true]);
    assert.deepEqual(saved?.selection, { includes: '**/*', excludes: null, defaultExcludes: true });
  });

  it('takes only what the deciding file decides for', async () => {
    const args = `maxCacheSize: 250, defaultBranch: 'main', caches: [arbitraryFileCache(path: 'node_modules', cacheName: 'js', cacheValidityDecidingFile: 'package-lock.json', includes: '**/*.js', excludes: '**/t/**', compressionMethod: 'TAR')]`;
    const { console, host } = await runScriptText(block(args), { 'package-lock.json': 'one' }, caches([], { saved: { state: 'exists', fileBytes: 5 } }));
    const [restored] = asked(host.started, 'cache.restore');
    assert.match(restored?.key ?? '', /^[0-9a-f]{32}-js:f97c5d29941bfb1b2fdab0874906ab82$/);
    assert.deepEqual([restored?.restoreKeys, restored?.beside, restored?.selection?.includes], [[], 'main', '**/*.js']);
    const [saved] = asked(host.started, 'cache.save');
    assert.deepEqual([saved?.key, saved?.replace, saved?.compress, saved?.maxFileBytes], [restored?.key, false, false, 250 * 2 ** 20]);
    assert.match(console, /\[Cache for node_modules \(js\) with id \w+\] Skip cache creation as the cache is up-to-date\n/);
  });

  it('takes any where the deciding file is not there', async () => {
    const args = `caches: [arbitraryFileCache(path: 'm', cacheValidityDecidingFile: 'pom.xml')]`;
    const { console, host } = await runScriptText(block(args), {}, caches());
    assert.match(console, /cacheValidityDecidingFile configured, but file\(s\) not present in workspace - considering cache anyway\n/);
    const [restored] = asked(host.started, 'cache.restore');
    assert.deepEqual(restored?.restoreKeys, [`${restored?.key}:`]);
  });

  it('removes the caches of the job when they have grown beyond the limit, counting all of them', async () => {
    const args = `maxCacheSize: 4, caches: [arbitraryFileCache(path: 'a'), arbitraryFileCache(path: 'b'), arbitraryFileCache(path: 'c')]`;
    let saves = 0;
    const { console, host, result } = await runScriptText(block(args), {}, (ask, self) => {
      if (ask.kind === 'cache.save' && ++saves === 2) return { ok: { state: 'large', what: 'files', bytes: 3_000_000, limit: ask.request.maxFileBytes ?? 0 } };
      return caches()(ask, self);
    });
    assert.equal(result, 'SUCCESS');
    assert.deepEqual(
      asked(host.started, 'cache.save').map((r) => r.maxFileBytes),
      [4 * 2 ** 20, 4 * 2 ** 20 - 3_000_000],
    );
    assert.match(console, /\nRemoving job cache as it has grown beyond configured maximum size of 4M\. Next build will start with no cache\.\n/);
    assert.equal(asked(host.started, 'cache.clear').length, 1);
  });

  it('refuses what the plug-in does not know', async () => {
    for (const [args, words] of [
      [`caches: [arbitraryFileCache(path: 'a', pat: 'b')]`, /arbitraryFileCache has no parameter ‘pat’/],
      [`caches: [arbitraryFileCache(path: 'a', compressionMethod: 'RAR')]`, /RAR is no compressionMethod/],
      [`caches: [[$class: 'OtherCache', path: 'a']]`, /no known implementation of class jenkins\.plugins\.jobcacher\.Cache is named OtherCache/],
    ] as const) {
      const { console, result } = await runScriptText(block(args), {}, caches());
      assert.equal(result, 'FAILURE', args);
      assert.match(console, words);
    }
  });
});
