/** The changes between two commits of a bare cache that holds histories, for libraries and whoever polls. */
import type { LoggedChanges } from '@millrace/protocol/git';
import { logArguments, readLog } from '@millrace/protocol/git';
import type { BareCache } from './bare-cache.ts';
import { GitError } from './git.ts';
import type { Resolved } from './repository.ts';

/** Throws MR_GIT_REF where one of them is not there. */
export async function changesBetween(cache: BareCache, from: string, to: Resolved, env: Readonly<Record<string, string>>): Promise<LoggedChanges> {
  const there = async (commit: string): Promise<boolean> =>
    cache.local(['cat-file', '-e', `${commit}^{commit}`]).then(
      () => true,
      () => false,
    );
  if (!(await there(from)) || !(await there(to.commit))) await cache.history(to.ref, env);
  for (const commit of [from, to.commit]) if (!(await there(commit))) throw new GitError('MR_GIT_REF', `there is no commit ${commit}`);
  return readLog((await cache.local(logArguments([`${from}..${to.commit}`], 'author'))).toString('utf8'));
}
