/** A shared library's files, from a folder or a git repository: `vars`, `src` and `resources`. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LibraryTree } from '@millrace/pipeline';
import { git } from './git.ts';

export interface LibrarySource {
  readonly url: string;
  /** A branch, a tag or a commit. */
  readonly version: string;
  readonly name: string;
  readonly cacheFolder: string;
}

export async function libraryFromGit({ url, version, name, cacheFolder }: LibrarySource): Promise<LibraryTree> {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'library-'));
  const run = async (...args: string[]): Promise<string> => (await git(args, { cwd: folder })).toString('utf8');
  try {
    await run('clone', '--quiet', '--no-checkout', '--', url, folder);
    let commit = '';
    for (const candidate of [`refs/remotes/origin/${version}`, `refs/tags/${version}`, version]) {
      commit = await run('rev-parse', '--verify', '--quiet', `${candidate}^{commit}`).then(
        (t) => t.trim(),
        () => '',
      );
      if (commit !== '') break;
    }
    if (commit === '') throw Object.assign(new Error(`No version ${version} found for library ${name}`), { code: 'MR_LIBRARY_UNKNOWN' });
    await run('checkout', '--quiet', '--force', commit);
    return await libraryFromFolder(folder, commit);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Text where the bytes are UTF-8, else base64. `version`: of what was read; else a digest of it. */
export async function libraryFromFolder(root: string, version: string | null = null): Promise<LibraryTree> {
  const files: Record<string, string> = {},
    binary: Record<string, string> = {};
  const hash = createHash('sha256');
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        await visit(path);
        continue;
      }
      if (!entry.isFile()) continue;
      const bytes = await readFile(path);
      const name = relative(root, path).split(sep).join('/');
      hash.update(name).update(bytes);
      const text = bytes.toString('utf8');
      if (Buffer.from(text).equals(bytes)) files[name] = text;
      else binary[name] = bytes.toString('base64');
    }
  };
  for (const part of ['vars', 'src', 'resources']) await visit(join(root, part));
  return { version: version ?? hash.digest('hex').slice(0, 40), files, binary };
}
