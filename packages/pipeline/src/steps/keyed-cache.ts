/** `cache(key: …, paths: …)`: exactly, else the newest of the restore keys; saved where the key itself was not there. */
import type { BlockCache } from './cache.ts';
import { illegalArgument } from './file-or-text.ts';
import type { StepContext } from './step.ts';

const LONGEST_KEY = 512;

export interface KeyedCache {
  readonly key: string;
  readonly paths: readonly string[];
  readonly restoreKeys: readonly string[];
  readonly beside: string | null;
}

export function keyedCache({ key, paths, restoreKeys, beside }: KeyedCache): BlockCache {
  for (const one of [key, ...restoreKeys])
    if (one.trim() === '' || one.length > LONGEST_KEY) throw illegalArgument(`a key of a cache has 1 to ${LONGEST_KEY} characters`);
  if (paths.length === 0) throw illegalArgument('a cache needs paths');
  const files = { paths, selection: null };
  let isThere = false;
  const tell = (cx: StepContext, text: string): void => {
    cx.log(`[cache ${key}] ${text}`);
  };
  return {
    tell,
    *restore(cx) {
      const found = yield* cx.ask('cache.restore', { ...cx.place(), ...files, key, restoreKeys, beside });
      if (found === null) {
        tell(cx, `Cache not found for keys: ${[key, ...restoreKeys].join(', ')}`);
        return;
      }
      isThere = found.exact && !found.beside;
      tell(cx, `Cache restored from key: ${found.key}${found.beside ? ` of ${beside}` : ''} (${found.files} files, ${sizeText(found.bytes)}, ${found.ms} ms)`);
    },
    *save(cx) {
      if (isThere) {
        tell(cx, 'Cache is not saved: its key was there');
        return true;
      }
      const saved = yield* cx.ask('cache.save', { ...cx.place(), ...files, key, replace: false, compress: true, maxFileBytes: null });
      if (saved.state === 'saved') tell(cx, `Cache saved (${saved.files} files, ${sizeText(saved.bytes)}, ${saved.ms} ms)`);
      else if (saved.state === 'exists') tell(cx, 'Cache is not saved: its key is there');
      else if (saved.state === 'none') tell(cx, `Cache is not saved: there is nothing at ${paths.join(', ')}`);
      else tell(cx, tooLarge(saved));
      return true;
    },
  };
}

export function tooLarge({ bytes, limit }: { readonly bytes: number; readonly limit: number }): string {
  return `Cache is not saved: it has ${sizeText(bytes)}, and this server keeps ${sizeText(limit)} for a job`;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
