/** The folder that a repository is cloned into, whatever stands there. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed } from '../operation.ts';
import type { Extensions } from './extensions.ts';
import type { Git } from './git-process.ts';

/** True: there is nothing of the repository yet. */
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
    // Left by a process that was killed: the workspace is this build's alone.
    for (const name of await readdir(own).catch(() => [])) if (name.endsWith('.lock')) await rm(join(own, name), { force: true });
    const whole = await git.tried(['rev-parse', '--git-dir'], { env: { GIT_CEILING_DIRECTORIES: resolve(git.cwd, '..') } });
    if (whole !== null) {
      git.print('Fetching changes from the remote Git repository');
      return false;
    }
    git.print('The repository in the workspace is broken: it is cloned again');
    await rm(own, { recursive: true, force: true });
  }
  git.print('Cloning the remote Git repository');
  git.print(`Cloning repository ${url}`);
  await git.run(['init', git.cwd]);
  return true;
}
