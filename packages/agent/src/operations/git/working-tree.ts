/** The files of a checkout: cleaned, and those of a commit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Extensions } from './extensions.ts';
import { DEFAULT_TIMEOUT } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';
import { mergedBefore } from './pre-build-merge.ts';
import type { Remote } from './remotes.ts';
import type { Revision } from './revisions.ts';

export async function cleaned(git: Git, nested: boolean): Promise<void> {
  git.print('Cleaning workspace');
  if ((await git.tried(['rev-parse', '--verify', 'HEAD'])) !== null) await git.run(['reset', '--hard']);
  const flags = nested ? '-ffdx' : '-fdx';
  await git.run(['clean', flags]);
  if (existsSync(join(git.cwd, '.gitmodules'))) {
    await git.tried(['submodule', 'foreach', '--recursive', 'git reset --hard']);
    await git.tried(['submodule', 'foreach', '--recursive', `git clean ${flags}`]);
  }
}

export async function checkedOut(git: Git, { commit, branch }: Revision, remote: Remote, extensions: Extensions): Promise<Revision> {
  const timeout = extensions.find('CheckoutOption')?.count('timeout', DEFAULT_TIMEOUT) ?? DEFAULT_TIMEOUT;
  // A partial clone of the user's own brings files now.
  const call: GitCall = { timeout, ...(remote.call.env === undefined ? {} : { env: remote.call.env }) };
  const shown = branch === null ? 'detached' : `refs/remotes/${branch}`;
  const merge = extensions.find('PreBuildMerge')?.inner('options');
  const sparse = extensions.find('SparseCheckoutPaths')?.list('sparseCheckoutPaths');
  if (sparse !== undefined && sparse.length > 0) {
    const paths = sparse.map((p) => (typeof p === 'object' && p !== null ? String((p as { path?: unknown }).path ?? '') : String(p)));
    await git.quiet(['sparse-checkout', 'set', '--no-cone', '--stdin'], { ...call, input: paths.map((p) => `${p}\n`).join('') });
  } else if (existsSync(join(git.cwd, '.git', 'info', 'sparse-checkout'))) await git.tried(['sparse-checkout', 'disable'], call);
  let at = commit;
  if (merge !== undefined) at = await mergedBefore(git, commit, shown, merge.text('mergeRemote') || remote.name, merge.text('mergeTarget'), merge, call);
  else {
    git.print(`Checking out Revision ${commit} (${shown})`);
    await git.quiet(['config', 'core.sparsecheckout', sparse !== undefined && sparse.length > 0 ? 'true' : 'false']);
    await git.run(['checkout', '-f', commit], call);
  }
  const local = localBranch(extensions, branch);
  if (local !== null) await git.run(['checkout', '-B', local, at], call);
  return { commit: at, branch };
}

/** Null: HEAD is detached. */
export function localBranch(extensions: Extensions, branch: string | null): string | null {
  const wanted = extensions.find('LocalBranch');
  if (wanted === null) return null;
  const name = wanted.text('localBranch');
  if (name !== '' && name !== '**') return name;
  return branch === null ? null : branch.slice(branch.indexOf('/') + 1);
}
