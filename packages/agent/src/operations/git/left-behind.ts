/** What a git that was killed leaves in a repository: locks that nobody holds, and packs that have no name yet. */
import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `folder`: a bare repository or a `.git`, which no git uses now; the repositories of its submodules are looked at too. One that is not there has none. */
export async function removeLeftBehind(folder: string): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith('.lock')) await rm(path, { force: true });
    else if (entry.name === 'objects') await removeHalfPacks(path);
    else if (entry.isDirectory()) await removeLeftBehind(path);
  }
}

async function removeHalfPacks(objects: string): Promise<void> {
  // Of the many folders of single objects none is looked at: git ignores what is half there.
  for (const folder of [objects, join(objects, 'pack'), join(objects, 'info')])
    for (const { name } of await entriesOf(folder)) if (/^tmp_|\.lock$/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT' || e.code === 'ENOTDIR') return [];
    throw e;
  });
}
