/** What has come since the build before this one. Follows GitSCM.computeChangeLog and GitChangeSet of the git plug-in. */
import type { LoggedChanges } from '@millrace/protocol/git';
import { logArguments, readLog } from '@millrace/protocol/git';
import type { Extensions } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';

export interface ChangesRequest {
  readonly commit: string;
  /** What was built before of this branch; null: nothing. */
  readonly previous: string | null;
  readonly extensions: Extensions;
  /** What the network needs. */
  readonly fetch: { readonly url: string; readonly call: GitCall };
}

const NONE: LoggedChanges = { changes: [], more: false };

export async function changesOf(git: Git, { commit, previous, extensions, fetch }: ChangesRequest): Promise<LoggedChanges> {
  const target = extensions.find('ChangelogToBranch')?.inner('options');
  const toBranch = target === undefined ? '' : `refs/remotes/${target.text('compareRemote') || 'origin'}/${target.text('compareTarget') || 'master'}`;
  const from = toBranch !== '' ? toBranch : previous;
  if (from === null) {
    if (extensions.find('FirstBuildChangelog')?.flag('makeChangelog') === true) return listed(git, [commit], extensions);
    git.print('First time build. Skipping changelog.');
    return NONE;
  }
  if (from === commit) return NONE;
  const known = await git.tried(['cat-file', '-e', `${from}^{commit}`]);
  if (known === null) {
    // A shallow clone, or a branch that was rewritten.
    await git.tried(['fetch', '--quiet', '--no-tags', '--depth=1', '--', fetch.url, from], fetch.call);
    if ((await git.tried(['cat-file', '-e', `${from}^{commit}`])) === null) {
      git.print(`The commit ${from} of the build before is not in the repository any more: there is no list of changes.`);
      return NONE;
    }
  }
  return listed(git, [`${from}..${commit}`], extensions);
}

async function listed(git: Git, range: readonly string[], extensions: Extensions): Promise<LoggedChanges> {
  return readLog((await git.tried(logArguments(range, extensions.has('AuthorInChangelog') ? 'author' : 'committer'))) ?? '');
}
