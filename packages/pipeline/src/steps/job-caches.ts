/**
 * `cache(caches: [arbitraryFileCache(…)])` of the jobcacher plug-in, in its words. There a path has one cache; here each state
 * of the deciding files has one of its own, so that a branch that goes back and forth keeps both.
 */
import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable, md5 } from '@millrace/groovy';
import type { BlockCache } from './cache.ts';
import { illegalArgument } from './file-or-text.ts';
import { tooLarge } from './keyed-cache.ts';
import type { StepContext } from './step.ts';

const MB = 1024 * 1024;
const COMPRESSION = ['NONE', 'ZIP', 'TARGZ', 'TARGZ_BEST_SPEED', 'TAR_ZSTD', 'TAR'];
const KNOWN = ['path', 'cacheName', 'includes', 'excludes', 'useDefaultExcludes', 'cacheValidityDecidingFile', 'compressionMethod'];

export interface JobCaches {
  readonly caches: readonly Value[];
  /** Of all of them together, in MB; 0: no limit. */
  readonly maxCacheSize: number;
  readonly beside: string | null;
}

export function jobCaches(cx: StepContext, { caches, maxCacheSize, beside }: JobCaches): BlockCache[] {
  const room = { left: maxCacheSize > 0 ? maxCacheSize * MB : null, maxCacheSize };
  return caches.map((value) => arbitraryFileCache(cx, value, beside, room));
}

interface Room {
  left: number | null;
  readonly maxCacheSize: number;
}

function arbitraryFileCache(cx: StepContext, value: Value, beside: string | null, room: Room): BlockCache {
  const described = cx.described(value);
  if (described === null || !['arbitraryFileCache', 'ArbitraryFileCache'].includes(described.kind))
    throw new JavaThrowable(
      'java.lang.UnsupportedOperationException',
      `no known implementation of class jenkins.plugins.jobcacher.Cache is named ${described?.kind ?? cx.rt.str(value)}`,
    );
  for (const name of described.args.keys())
    if (!KNOWN.includes(name)) throw illegalArgument(`arbitraryFileCache has no parameter ‘${name}’; it has ${KNOWN.join(', ')}`);
  const text = (name: string): string | null => {
    const given = described.args.get(name) ?? null;
    return given === null || cx.rt.str(given) === '' ? null : cx.rt.str(given);
  };
  const path = text('path');
  if (path === null) throw illegalArgument('arbitraryFileCache needs a path');
  const method = text('compressionMethod') ?? 'TARGZ';
  if (!COMPRESSION.includes(method)) throw illegalArgument(`${method} is no compressionMethod: there are ${COMPRESSION.join(', ')}`);
  const name = text('cacheName');
  const deciding = text('cacheValidityDecidingFile');
  const defaultExcludes = described.args.get('useDefaultExcludes') !== false;
  const files = { paths: [cx.expand(path)], selection: { includes: text('includes') ?? '**/*', excludes: text('excludes'), defaultExcludes } };
  const id = hex(path);
  const base = `${id}${name === null ? '' : `-${name}`}`;

  const tell = (to: StepContext, words: string): void => {
    to.log(`[Cache for ${path}${name === null ? '' : ` (${name})`} with id ${id}] ${words}`);
  };

  /** What decides now; null: nothing does, so that any will do. */
  function* keyNow(to: StepContext): Computation<string | null> {
    if (deciding === null) return null;
    const { files: found } = yield* to.ask('file.find', { ...to.place(), includes: deciding, excludes: null, defaultExcludes: true });
    if (found.length === 0) return null;
    const digests: string[] = [];
    for (const file of found) digests.push((yield* to.ask('file.digest', { ...to.place(), path: file.path, algorithm: 'md5' })).hex);
    return `${base}:${digests.length === 1 ? digests[0] : hex(digests.join(' '))}`;
  }

  return {
    tell,
    *restore(to) {
      const key = yield* keyNow(to);
      if (deciding !== null && key === null) tell(to, 'cacheValidityDecidingFile configured, but file(s) not present in workspace - considering cache anyway');
      tell(to, 'Searching cache in job specific caches...');
      const request = { ...to.place(), ...files, key: key ?? base, restoreKeys: key === null ? [`${base}:`] : [], beside };
      const found = yield* to.ask('cache.restore', request);
      if (found !== null && !found.beside) tell(to, 'Found cache in job specific caches');
      else tell(to, 'Searching cache in default caches...');
      if (found?.beside === true) tell(to, 'Found cache in default caches');
      if (found === null) {
        tell(to, 'Skip restoring cache as no up-to-date cache exists');
        return;
      }
      tell(to, 'Restoring cache...');
      tell(to, `Cache restored in ${found.ms}ms`);
    },

    *save(to) {
      const key = yield* keyNow(to);
      const replace = key === null;
      const compress = method !== 'NONE' && method !== 'TAR';
      const saved = yield* to.ask('cache.save', { ...to.place(), ...files, key: key ?? base, replace, compress, maxFileBytes: room.left });
      if (room.left !== null && 'fileBytes' in saved) room.left -= saved.fileBytes ?? 0;
      switch (saved.state) {
        case 'saved':
          tell(to, 'Creating cache...');
          tell(to, `Cache created in ${saved.ms}ms`);
          return true;
        case 'exists':
          tell(to, 'Skip cache creation as the cache is up-to-date');
          return true;
        case 'none':
          tell(to, 'Cannot create cache as the path does not exist');
          return true;
        default:
          if (saved.what === 'packed') {
            tell(to, tooLarge(saved));
            return true;
          }
          to.log(`Removing job cache as it has grown beyond configured maximum size of ${room.maxCacheSize}M. Next build will start with no cache.`);
          yield* to.ask('cache.clear', {});
          return false;
      }
    },
  };
}

function hex(text: string): string {
  return [...md5(new TextEncoder().encode(text))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
