/** Walks a folder by Ant patterns. Links to folders are followed as Ant does, but for circles. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { antMatcher, DEFAULT_EXCLUDES } from './ant-pattern.ts';

export interface Selection {
  readonly includes: string;
  readonly excludes: string | null;
  readonly defaultExcludes: boolean;
  readonly caseSensitive?: boolean;
}
export interface Found {
  readonly path: string;
  readonly name: string;
  readonly directory: boolean;
  readonly length: number;
  readonly lastModified: number;
}

/**
 * In order of their paths, a folder's files before what is below. `directories`: folders that match are told as well;
 * `keepLinks`: links are told as files and not followed.
 */
export async function findFiles(
  root: string,
  selection: Selection,
  options: { readonly directories?: boolean; readonly keepLinks?: boolean } = {},
): Promise<Found[]> {
  const caseSensitive = selection.caseSensitive ?? true;
  const include = antMatcher(selection.includes.trim() === '' ? '**' : selection.includes, caseSensitive);
  const exclude = antMatcher([...(selection.defaultExcludes ? DEFAULT_EXCLUDES : []), selection.excludes ?? ''].join(','), caseSensitive);
  const found: Found[] = [];
  const visit = async (folder: string, path: string, above: readonly string[]): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) return;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const at = path === '' ? entry.name : `${path}/${entry.name}`;
      const full = join(folder, entry.name);
      const facts = await (entry.isSymbolicLink() && options.keepLinks !== true ? stat(full).catch(() => lstat(full)) : lstat(full)).catch(() => null);
      if (facts === null) continue;
      if (facts.isDirectory()) {
        if (options.directories === true && include.matches(at) && !exclude.matches(at)) found.push(foundOf(at, facts));
        if (!include.mayHold(at) || exclude.matches(at)) continue;
        const real = entry.isSymbolicLink() ? await realpath(full) : full;
        if (above.includes(real)) continue;
        await visit(full, at, [...above, real]);
      } else if (include.matches(at) && !exclude.matches(at)) found.push(foundOf(at, facts));
    }
  };
  await visit(root, '', [await realpath(root).catch(() => root)]);
  return found;
}

export function foundOf(path: string, facts: { isDirectory(): boolean; size: number; mtimeMs: number }): Found {
  return {
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    directory: facts.isDirectory(),
    length: facts.isDirectory() ? 0 : facts.size,
    lastModified: Math.floor(facts.mtimeMs),
  };
}
