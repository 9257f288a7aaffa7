/** The folder that a repository is cloned into, whatever stands there. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed } from '../operation.ts';
import type { Extensions } from './extensions.ts';
import type { Git } from './git-process.ts';
import { removeLeftBehind } from './left-behind.ts';

const CLONING = 'millrace-cloning';

/** True: there is nothing of the repository yet, or not all of it: `cloned` has to be told when there is. */
export async function prepareFolder(git: Git, extensions: Extensions, url: string, outside: boolean): Promise<boolean> {
  if (extensions.has('WipeWorkspace')) {
    if (outside) throw failed(`${git.cwd} is outside of the workspace: it is not wiped`);
    git.print('Wiping out workspace first.');
    await mkdir(git.cwd, { recursive: true });
    // The folder itself may be a mount.
    for (const name of await readdir(git.cwd)) await rm(join(git.cwd, name), { recursive: true, force: true });
  }
  await mkdir(git.cwd, { recursive: true });
  const own = join(git.cwd, '.git');
  if (existsSync(own)) {
    // The workspace is this build's alone.
    await removeLeftBehind(own);
    const whole = (await git.tried(['rev-parse', '--git-dir'], { env: { GIT_CEILING_DIRECTORIES: resolve(git.cwd, '..') } })) !== null;
    if (whole && !isBeingCloned(own)) {
      git.print('Fetching changes from the remote Git repository');
      return false;
    }
    if (!whole) {
      git.print('The repository in the workspace is broken: it is cloned again');
      await rm(own, { recursive: true, force: true });
    }
  }
  git.print('Cloning the remote Git repository');
  git.print(`Cloning repository ${url}`);
  await git.run(['init', git.cwd]);
  await noteCloning(own);
  return true;
}

/** `repository`: a bare one, or a `.git`. Until `cloned`, also over a kill, what its remotes have is not all there. */
export async function noteCloning(repository: string): Promise<void> {
  await writeFile(join(repository, CLONING), '');
}
export async function cloned(repository: string): Promise<void> {
  await rm(join(repository, CLONING), { force: true });
}
export function isBeingCloned(repository: string): boolean {
  return existsSync(join(repository, CLONING));
}
