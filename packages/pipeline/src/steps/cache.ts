/**
 * `cache`, in two forms over one engine: that of the jobcacher plug-in, which follows its CacheManager and ArbitraryFileCache
 * (`job-caches.ts`), and that of other CI systems: a key, the beginnings of older ones, and paths (`keyed-cache.ts`).
 *
 * A cache that cannot be had or kept is told and fails nothing; an interruption goes through.
 */
import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { interruptionOf } from '../engine/throwables.ts';
import { illegalArgument } from './file-or-text.ts';
import { jobCaches } from './job-caches.ts';
import { keyedCache } from './keyed-cache.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

/** One cache of a block. Both may fail as asks do. */
export interface BlockCache {
  restore(cx: StepContext): Computation<void>;
  /** False: what follows is not saved either. */
  save(cx: StepContext): Computation<boolean>;
  /** A line of it. */
  tell(cx: StepContext, text: string): void;
}

export const cacheStep = defineStep({
  name: 'cache',
  summary: 'Caches files from previous build to current build',
  // No `needs`: as in the plug-in, `options` of a stage may have it.
  block: 'required',
  params: [
    { name: 'key', type: 'string', help: 'What the files are kept under. What a key holds never changes.' },
    { name: 'paths', type: 'stringList', help: 'Files and folders, relative to the current folder or absolute, `~` for the home folder; or Ant patterns.' },
    { name: 'restoreKeys', type: 'stringList', help: 'Where the key is not there: beginnings of keys; the newest cache is taken.' },
    { name: 'caches', type: 'list', help: '`arbitraryFileCache(path: …)`, in place of `key` and `paths`.' },
    { name: 'maxCacheSize', type: 'long', help: 'With `caches`: beyond so many MB all caches of the job are removed. 0: no limit.' },
    { name: 'defaultBranch', type: 'string', help: 'A job beside this one, in the same folder, whose caches are looked in next.' },
    { name: 'skipRestore', type: 'boolean', default: false },
    { name: 'skipSave', type: 'boolean', default: false },
  ],
  describe: (args) => args.key,
  *run(cx, args, body) {
    cx.place();
    const { key, paths, caches, defaultBranch, maxCacheSize, restoreKeys } = args;
    const beside = defaultBranch === null || defaultBranch === '' ? null : defaultBranch;
    if ((caches === null) === (key === null || paths === null)) throw illegalArgument('cache needs either key and paths, or caches');
    const all: readonly BlockCache[] =
      caches === null
        ? [keyedCache({ key: key ?? '', paths: (paths ?? []).map((path) => atHome(cx, path)), restoreKeys: restoreKeys ?? [], beside })]
        : jobCaches(cx, { caches, maxCacheSize: maxCacheSize ?? 0, beside });
    if (!args.skipRestore) for (const one of all) yield* attempted(cx, one, 'restored', one.restore(cx));
    const value = yield* cx.runBody(body);
    if (args.skipSave) return value;
    for (const one of all) if ((yield* attempted(cx, one, 'saved', one.save(cx))) === false) break;
    return value;
  },
});

function* attempted<T>(cx: StepContext, cache: BlockCache, what: string, work: Computation<T>): Computation<T | null> {
  try {
    return yield* work;
  } catch (error) {
    if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
    const { code } = (error.data ?? {}) as { readonly code?: string };
    cache.tell(cx, `The cache is not ${what}: ${error.detail ?? error.typeName}${code === undefined ? '' : ` (${code})`}`);
    return null;
  }
}

/** A tool's own cache is often below it. */
function atHome(cx: StepContext, path: string): string {
  if (path !== '~' && !path.startsWith('~/')) return path;
  const home = cx.environment()['HOME'];
  if (home === undefined || home === '') throw illegalArgument(`${path}: the node has no HOME`);
  return `${home}${path.slice(1)}`;
}
