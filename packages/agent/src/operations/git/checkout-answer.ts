/** What a checkout answers: the variables of Jenkins' git plug-in, what has changed, and which commit it is. */
import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { BuiltRevision, OperationAnswer, OperationRequest } from '@millrace/protocol';
import { changesOf } from './changes.ts';
import type { Extensions } from './extensions.ts';
import type { Git } from './git-process.ts';
import { identity } from './identity.ts';
import type { Remote } from './remotes.ts';
import type { Revision } from './revisions.ts';
import { localBranch } from './working-tree.ts';

export async function answered(
  git: Git,
  { commit, branch }: Revision,
  request: OperationRequest<'checkout'>,
  extensions: Extensions,
  remotes: readonly Remote[],
  cwd: string,
): Promise<OperationAnswer<'checkout'>> {
  const first = remotes[0] as Remote;
  const own = { url: first.url, branch: branch ?? 'detached' };
  const built = request.previous ?? (await rememberedHere(git, own, commit));
  const before = built.find((p) => p.url === own.url && p.branch === own.branch) ?? null;
  const previous = before?.commit ?? null;
  const listed = request.changelog
    ? await changesOf(git, { commit, previous, extensions, fetch: { url: first.url, call: first.call } })
    : { changes: [], more: false };
  const local = localBranch(extensions, branch);
  const target = extensions.find('RelativeTargetDirectory')?.text('relativeTargetDir') ?? '';
  const urls: [string, string][] = remotes.length === 1 ? [['GIT_URL', first.url]] : remotes.map(({ url }, i) => [`GIT_URL_${i + 1}`, url]);
  const variables = {
    GIT_COMMIT: commit,
    GIT_BRANCH: branch ?? 'detached',
    ...(local === null ? {} : { GIT_LOCAL_BRANCH: local }),
    ...(target === '' ? {} : { GIT_CHECKOUT_DIR: target }),
    ...Object.fromEntries(urls),
    ...(previous === null ? {} : { GIT_PREVIOUS_COMMIT: previous }),
    ...(before?.successful == null ? {} : { GIT_PREVIOUS_SUCCESSFUL_COMMIT: before.successful }),
    ...identity(extensions),
  };
  return {
    variables,
    ...(listed.changes.length === 0 ? {} : { changes: listed.changes }),
    ...(listed.more ? { moreChanges: true } : {}),
    revision: { ...own, commit, folder: relative(resolve(request.cwd), cwd) },
  };
}

/** Where nobody knows what the build before had, the clone remembers what was checked out, as its HEAD may be moved by the build. */
async function rememberedHere(git: Git, own: Pick<BuiltRevision, 'url' | 'branch'>, commit: string): Promise<readonly BuiltRevision[]> {
  const memory = resolve(git.cwd, (await git.quiet(['rev-parse', '--git-path', 'millrace-checked-out'])).trim());
  const before = await readFile(memory, 'utf8').catch(() => '');
  await writeFile(memory, commit);
  return before === '' ? [] : [{ ...own, commit: before, successful: null }];
}
