/**
 * `checkout` of git with the machine's own git, in the way and the words of Jenkins' git plug-in (GitSCM.checkout). It may be
 * made again after a crash: it ends at the same commit where it is told one, and a merge has the dates of what it merges.
 */
import { rm } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { OperationRequest } from '@millrace/protocol';
import { expandedSpec } from '@millrace/protocol/git';
import type { Operation } from '../operation.ts';
import { failed, unsupported } from '../operation.ts';
import { answered } from './checkout-answer.ts';
import { cloned, prepareFolder } from './clone-folder.ts';
import { DEFAULT_TIMEOUT, Extensions } from './extensions.ts';
import { fetchRemote } from './fetch.ts';
import { GIT_EXCEPTION, Git } from './git-process.ts';
import { IDENTITY, identity } from './identity.ts';
import { pullLargeFiles } from './large-files.ts';
import { mergedWithBase } from './merge-base.ts';
import type { Remote } from './remotes.ts';
import { remotesOf } from './remotes.ts';
import type { Revision } from './revisions.ts';
import { boundRevision, chosenRevision } from './revisions.ts';
import { updateSubmodules } from './submodules.ts';
import { checkedOut, cleaned } from './working-tree.ts';

export const checkout: Operation<'checkout'> = async (request, cx) => {
  const { scm } = request;
  if (scm.kind !== 'git') throw unsupported(`checkout of ${scm.type} is not there; git is`);
  const extensions = new Extensions(scm.extensions);
  for (const type of extensions.unknown) cx.print(`WARNING: the extension ${type} is not known here, and the checkout is made without it\n`);
  const base = resolve(request.cwd);
  const cwd = resolve(base, extensions.find('RelativeTargetDirectory')?.text('relativeTargetDir') ?? '');
  if (scm.remotes[0] === undefined) throw failed('No remotes configured', GIT_EXCEPTION);

  const { remotes, network, secrets } = remotesOf(scm, request, extensions, cx);
  await cx.formerGits.ended();
  const env = {
    ...request.env,
    ...identity(extensions),
    ...cx.formerGits.mark,
    GIT_LFS_SKIP_SMUDGE: extensions.has('GitLFSPull') ? '1' : (request.env['GIT_LFS_SKIP_SMUDGE'] ?? '0'),
  };
  const git = new Git(cwd, cx, env, secrets);
  const first = remotes[0] as Remote;
  const used = scm.remotes[0].credentialsId;
  git.print(used === null ? 'No credentials specified' : `using credential ${used}`);

  const fresh = await prepareFolder(git, extensions, first.url, relative(base, cwd).startsWith('..') || isAbsolute(relative(base, cwd)));
  for (const { name, url } of remotes) await git.quiet(['config', `remote.${name}.url`, url]);
  for (const { name, refspecs } of remotes) {
    await git.quiet(['config', '--replace-all', `remote.${name}.fetch`, refspecs[0] as string]);
    for (const more of refspecs.slice(1)) await git.quiet(['config', '--add', `remote.${name}.fetch`, more]);
  }
  const clean = extensions.find('CleanBeforeCheckout');
  if (clean !== null && !fresh) await cleaned(git, clean.flag('deleteUntrackedNestedRepositories'));
  let linked = false;
  for (const remote of remotes) if (await fetchRemote(git, remote, fresh, extensions, cx)) linked = true;
  await cloned(join(cwd, '.git'));

  let revision: Revision;
  const settle = async (): Promise<Revision> => {
    const branches = scm.branches.map((spec) => expandedSpec(spec, request.env));
    const found = scm.revision === undefined ? await chosenRevision(git, branches, remotes, extensions) : await boundRevision(git, scm.revision, remotes);
    const at = await checkedOut(git, found, first, extensions);
    return { ...at, commit: await mergedWithBase(git, at.commit, extensions, remotes) };
  };
  try {
    revision = await settle();
  } catch (e) {
    // Only where the objects cannot be read: all else would fail again.
    if (!linked || !/unable to read|corrupt|bad object|packed object|invalid object|inflate:|did not match any file/i.test((e as Error).message)) throw e;
    git.print('WARNING: what the mirror of this machine held cannot be read; it is made anew, and the repository is cloned again');
    for (const { url, fields, depth } of remotes) await cx.mirrors?.distrust({ url, credential: fields, depth });
    await rm(join(cwd, '.git'), { recursive: true, force: true });
    await prepareFolder(git, extensions, first.url, false);
    for (const { name, url } of remotes) await git.quiet(['config', `remote.${name}.url`, url]);
    for (const remote of remotes) await fetchRemote(git, remote, true, extensions, { ...cx, mirrors: undefined });
    await cloned(join(cwd, '.git'));
    revision = await settle();
  }
  const after = extensions.find('CleanCheckout');
  if (after !== null) await cleaned(git, after.flag('deleteUntrackedNestedRepositories'));
  if (extensions.has('GitLFSPull'))
    await pullLargeFiles(git, first.name, network.own, extensions.find('CloneOption')?.count('timeout', DEFAULT_TIMEOUT) ?? DEFAULT_TIMEOUT);
  const submodules = extensions.find('SubmoduleOption');
  if (submodules !== null) {
    const own = submodules.flag('parentCredentials');
    await updateSubmodules(git, submodules, { env: own ? network.own : network.without, credential: own ? first.fields : null }, cx.mirrors);
  }
  if (extensions.has('PerBuildTag')) await git.tried(['tag', '-f', '-a', '-m', 'Millrace build', perBuildTag(request), revision.commit], { env: IDENTITY });
  git.print(`Commit message: "${(await git.quiet(['log', '-1', '--format=%s', revision.commit])).trim()}"`);
  return await answered(git, revision, request, extensions, remotes, cwd);
};

function perBuildTag({ env }: OperationRequest<'checkout'>): string {
  return `jenkins-${(env['JOB_NAME'] ?? 'job').replace(/[^\w.-]/g, '_')}-${env['BUILD_NUMBER'] ?? '0'}`;
}
