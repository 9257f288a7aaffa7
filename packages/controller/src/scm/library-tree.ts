/** A shared library's files as the engine takes them: `vars`, `src` and `resources`. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LibraryTree } from '@millrace/pipeline';

export const LIBRARY_FOLDERS = ['vars', 'src', 'resources'];

/** Text where the bytes are UTF-8, else base64. `files`: by their paths in the library. */
export function libraryTree(version: string, files: Iterable<readonly [string, Buffer]>): LibraryTree {
  const text: Record<string, string> = {},
    binary: Record<string, string> = {};
  for (const [name, bytes] of files) {
    const read = bytes.toString('utf8');
    if (Buffer.from(read).equals(bytes)) text[name] = read;
    else binary[name] = bytes.toString('base64');
  }
  return { version, files: text, binary };
}

/** `version`: a digest of what was read. */
export async function libraryFromFolder(root: string): Promise<LibraryTree> {
  const found: [string, Buffer][] = [];
  const hash = createHash('sha256');
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await visit(path);
      if (!entry.isFile()) continue;
      const bytes = await readFile(path);
      const name = relative(root, path).split(sep).join('/');
      hash.update(name).update(bytes);
      found.push([name, bytes]);
    }
  };
  for (const part of LIBRARY_FOLDERS) await visit(join(root, part));
  return libraryTree(hash.digest('hex').slice(0, 40), found);
}
