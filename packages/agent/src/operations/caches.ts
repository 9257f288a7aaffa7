/**
 * Caches: one packed file each. In it a file is called by the number of its path in the request and by where it is from there,
 * so that it goes back to where that path is on this machine. A folder's own name stays in it, so that a path may be a file.
 */
import { realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CacheFiles, OperationRequest } from '@millrace/protocol';
import type { Selection } from '../files/find.ts';
import { findFiles } from '../files/find.ts';
import { inside } from './archives.ts';
import type { Operation } from './operation.ts';
import { at } from './operation.ts';
import type { PackedFile } from './packed-files.ts';
import { pack, unpack } from './packed-files.ts';

/** A block that waits for its cache longer had better begin without. */
const RESTORE_PATIENCE_MS = 120_000;
/** A server looks at a whole file before it says that it has it. */
const SAVE_PATIENCE_MS = 600_000;
const ALL: Selection = { includes: '**', excludes: null, defaultExcludes: false };

/** One path of a cache on this machine. `name`: what of `root` belongs to it; null: whatever matches. */
interface Root {
  readonly root: string;
  readonly name: string | null;
  readonly pattern: string | null;
}

export const saveCache: Operation<'cache.save'> = async (request, cx) => {
  const begun = Date.now();
  const { files, count, bytes } = await filesOf(request);
  if (count === 0) return { state: 'none' };
  if (request.maxFileBytes !== null && bytes > request.maxFileBytes) return { state: 'large', what: 'files', bytes };
  if (request.exists) return { state: 'exists', fileBytes: bytes };
  const packed = join(cx.scratch(), 'cache.tar');
  try {
    await pack(files, packed, cx.signal, request.compress);
    const { size } = await stat(packed);
    if (size > request.maxBytes) return { state: 'large', what: 'packed', bytes: size };
    await cx.transfers.send('cache', packed, { patienceMs: SAVE_PATIENCE_MS });
    return { state: 'sent', files: count, fileBytes: bytes, bytes: size, ms: Date.now() - begun };
  } finally {
    await rm(packed, { force: true });
  }
};

export const restoreCache: Operation<'cache.restore'> = async (request, cx) => {
  const begun = Date.now();
  const packed = join(cx.scratch(), 'cache.tar');
  if (!(await cx.transfers.fetch('cache', packed, { patienceMs: RESTORE_PATIENCE_MS }))) return null;
  const roots = await Promise.all(request.paths.map((path) => rootOf(request, path)));
  const made: string[] = [];
  try {
    const files = await unpack(
      packed,
      (name) => placeIn(roots, name),
      cx.signal,
      (path) => made.push(path),
    );
    return { entry: request.entry, files, ms: Date.now() - begun };
  } catch (error) {
    // Half a cache may be worse than none: tools take it for whole.
    for (const path of made) await rm(path, { force: true });
    throw error;
  } finally {
    await rm(packed, { force: true });
  }
};

async function rootOf(request: OperationRequest<'cache.save' | 'cache.restore'>, path: string): Promise<Root> {
  if (/[*?]/.test(path)) return { root: await real(at(request, '.')), name: null, pattern: path };
  // A link that stands for the folder is followed; those in it are kept.
  const whole = await real(at(request, path));
  return { root: dirname(whole), name: basename(whole), pattern: null };
}

async function filesOf(request: OperationRequest<'cache.save'>): Promise<{ readonly files: PackedFile[]; readonly count: number; readonly bytes: number }> {
  const files: PackedFile[] = [];
  let count = 0,
    bytes = 0;
  for (const [i, path] of request.paths.entries()) {
    const root = await rootOf(request, path);
    for (const { path: below, directory, length } of await foundIn(root, request)) {
      files.push({ name: `${i}/${below}`, path: join(root.root, below) });
      if (!directory) count++;
      bytes += length;
    }
  }
  return { files, count, bytes };
}

async function foundIn({ root, name, pattern }: Root, { selection }: CacheFiles): Promise<readonly { path: string; directory: boolean; length: number }[]> {
  const options = { directories: true, keepLinks: true };
  const excluding = selection ?? ALL;
  if (name === null) {
    const whole = (pattern as string).replace(/\/+$/, '');
    return findFiles(root, { ...excluding, includes: `${whole},${whole}/**` }, options);
  }
  const facts = await stat(join(root, name)).catch(() => null);
  if (facts === null) return [];
  if (!facts.isDirectory()) return [{ path: name, directory: false, length: facts.size }];
  const found = await findFiles(join(root, name), excluding, options);
  return found.map(({ path, directory, length }) => ({ path: `${name}/${path}`, directory, length }));
}

function placeIn(roots: readonly Root[], entry: string): { readonly path: string; readonly within?: string } | null {
  const [, number, below = ''] = /^(\d+)\/(.+)$/s.exec(entry) ?? [];
  const found = number === undefined ? undefined : roots[Number(number)];
  if (found === undefined) return null;
  const { root, name } = found;
  if (below === name) return { path: join(root, name), within: root };
  const folder = name === null ? root : join(root, name);
  const path = inside(folder, name === null ? below : below.slice(name.length + 1));
  return path === null || (name !== null && !below.startsWith(`${name}/`)) ? null : { path, within: folder };
}

/** As far as it is there. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
