/** Merges before the build. Follows PreBuildMerge of the git plug-in. */
import { failed, OperationError } from '../operation.ts';
import type { Git, GitCall } from './git-process.ts';
import { GIT_EXCEPTION } from './git-process.ts';
import { IDENTITY } from './identity.ts';

/** Answers the merge's commit. */
export async function mergedBefore(
  git: Git,
  commit: string,
  shown: string,
  remote: string,
  target: string,
  options: { text(name: string): string },
  call: GitCall,
): Promise<string> {
  const into = `${remote}/${target}`;
  const base = (await git.tried(['rev-parse', '--verify', '--quiet', `refs/remotes/${into}^{commit}`]))?.trim() ?? '';
  if (target === '' || base === '') throw failed(`there is no branch ${into} to merge into`, GIT_EXCEPTION);
  git.print(`Merging Revision ${commit} (${shown}) to ${into}`);
  const mode = options.text('fastForwardMode').toUpperCase().replaceAll('-', '_');
  const strategy = options.text('mergeStrategy').toLowerCase();
  await git.run(['checkout', '-f', base], call);
  // Made again, it is the same commit.
  const at = (await git.quiet(['log', '-1', '--format=%cI', commit])).trim();
  const args = [
    'merge',
    mode === 'FF_ONLY' ? '--ff-only' : mode === 'NO_FF' ? '--no-ff' : '--ff',
    ...(strategy === '' || strategy === 'default' ? [] : ['-s', strategy]),
    commit,
  ];
  try {
    await git.run(args, { ...call, env: { ...call.env, ...IDENTITY, ...git.identity, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at } });
  } catch (e) {
    if (!(e instanceof OperationError) || e.failure.code !== 'MR_GIT') throw e;
    await git.tried(['merge', '--abort']);
    await git.tried(['checkout', '-f', commit]);
    throw failed(`Branch not suitable for integration as it does not merge cleanly: ${e.failure.message}`);
  }
  return (await git.quiet(['rev-parse', 'HEAD'])).trim();
}
