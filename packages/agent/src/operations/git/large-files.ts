/** Large files of a checkout. Follows GitLFSPull of the git plug-in. */
import { unsupported } from '../operation.ts';
import type { Git } from './git-process.ts';

export async function pullLargeFiles(git: Git, remote: string, env: Readonly<Record<string, string>>, timeout: number): Promise<void> {
  if ((await git.tried(['lfs', 'version'])) === null)
    throw unsupported('GitLFSPull needs the program git-lfs on the machine: install it there (Debian: apt-get install git-lfs), or leave the extension out');
  await git.quiet(['lfs', 'install', '--local', '--skip-smudge']);
  await git.run(['lfs', 'pull', remote], { env, timeout });
}
