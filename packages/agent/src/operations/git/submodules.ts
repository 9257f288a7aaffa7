/** Submodules and large files of a checkout. Follow SubmoduleOption and GitLFSPull of the git plug-in. */
import { unsupported } from '../operation.ts';
import type { Extension } from './extensions.ts';
import { DEFAULT_TIMEOUT } from './extensions.ts';
import type { Git } from './git-process.ts';

export interface NetworkOf {
  /** With the credential of the repository. */
  readonly own: Readonly<Record<string, string>>;
  readonly without: Readonly<Record<string, string>>;
}

export async function updateSubmodules(git: Git, options: Extension, network: NetworkOf): Promise<void> {
  if (options.flag('disableSubmodules')) return;
  const recursive = options.flag('recursiveSubmodules') ? ['--recursive'] : [];
  const timeout = options.count('timeout', DEFAULT_TIMEOUT);
  const reference = options.text('reference');
  await git.run(['submodule', 'sync', ...recursive]);
  await git.run(
    [
      'submodule',
      'update',
      '--init',
      '--force',
      ...recursive,
      ...(options.flag('trackingSubmodules') ? ['--remote'] : []),
      ...(reference === '' ? [] : ['--reference', reference]),
      ...(options.flag('shallow') ? [`--depth=${options.count('depth', 1)}`] : []),
      ...(options.count('threads', 1) > 1 ? [`--jobs=${options.count('threads', 1)}`] : []),
    ],
    { timeout, env: options.flag('parentCredentials') ? network.own : network.without },
  );
}

export async function pullLargeFiles(git: Git, remote: string, env: Readonly<Record<string, string>>, timeout: number): Promise<void> {
  if ((await git.tried(['lfs', 'version'])) === null)
    throw unsupported('GitLFSPull needs the program git-lfs on the machine: install it there (Debian: apt-get install git-lfs), or leave the extension out');
  await git.quiet(['lfs', 'install', '--local', '--skip-smudge']);
  await git.run(['lfs', 'pull', remote], { env, timeout });
}
