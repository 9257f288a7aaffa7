/**
 * A pull request merged with its target, as Jenkins' MergeWithGitSCMExtension does it: both commits are those that the scan
 * saw. The merge has no time of its own, so a checkout that is made again ends at the same commit.
 */
import { failed } from '../operation.ts';
import type { Extensions } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';
import { GIT_EXCEPTION } from './git-process.ts';

/** After the checkout of `head`. Answers the commit that the workspace stands at: `head` where nothing is to be merged. */
export async function mergedWithBase(
  git: Git,
  head: string,
  extensions: Extensions,
  remotes: readonly { readonly url: string; readonly call: GitCall }[],
): Promise<string> {
  const extension = extensions.find('MergeWithGitSCMExtension');
  if (extension === null) return head;
  const [name, hash] = [extension.text('baseName'), extension.text('baseHash')];
  if (!/^[0-9a-f]{40,64}$/.test(hash)) throw failed(`${hash} is no commit to merge with`, GIT_EXCEPTION);
  if ((await git.tried(['rev-parse', '--verify', '--quiet', `${hash}^{commit}`])) === null) {
    // Of a fork's pull request the last is the one that it goes into.
    const remote = remotes.at(-1) as (typeof remotes)[0];
    await git.run(['fetch', '--force', '--', remote.url, hash], remote.call);
  }
  git.print(`Merging ${name} commit ${hash} into PR head commit ${head}`);
  const at = (await git.quiet(['log', '-1', '--format=%ct +0000', head])).trim();
  const who = { NAME: 'Millrace', EMAIL: 'millrace@localhost', DATE: at };
  const env = Object.fromEntries(Object.entries(who).flatMap(([field, value]) => [`GIT_AUTHOR_${field}`, `GIT_COMMITTER_${field}`].map((n) => [n, value])));
  try {
    await git.run(['merge', '--no-edit', '-m', `Merge ${name} commit ${hash} into ${head}`, hash], { env });
  } catch (error) {
    await git.tried(['merge', '--abort']);
    throw failed(`${head} cannot be merged with ${hash} of ${name}: ${(error as Error).message}`, GIT_EXCEPTION);
  }
  const merged = (await git.quiet(['rev-parse', 'HEAD'])).trim();
  git.print(`Merge succeeded, producing ${merged}`);
  return merged;
}
