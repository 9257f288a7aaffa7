/**
 * `checkout` of git with the machine's own git, in the way and the words of Jenkins' git plug-in (GitSCM.checkout). It may be
 * made again after a crash: it ends at the same commit where it is told one, and a merge has the dates of what it merges.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BuiltRevision, GitScm, OperationAnswer, OperationRequest } from '@millrace/protocol';
import { marked, signal } from '../../tasks/processes.ts';
import type { Operation, OperationContext } from '../operation.ts';
import { failed, OperationError, unsupported } from '../operation.ts';
import { accessTo } from './access.ts';
import { changesOf } from './changes.ts';
import { DEFAULT_TIMEOUT, Extensions } from './extensions.ts';
import type { GitCall } from './git-process.ts';
import { GIT_EXCEPTION, Git } from './git-process.ts';
import { mergedWithBase } from './merge-base.ts';
import type { MirrorFetch } from './mirrors.ts';
import type { RemoteName, Revision } from './revisions.ts';
import { boundRevision, chosenRevision } from './revisions.ts';
import { pullLargeFiles, updateSubmodules } from './submodules.ts';

interface Remote extends RemoteName {
  readonly refspecs: readonly string[];
  readonly fields: MirrorFetch['credential'];
}

export const checkout: Operation<'checkout'> = async (request, cx) => {
  const { scm } = request;
  if (scm.kind !== 'git') throw unsupported(`checkout of ${scm.type} is not there; git is`);
  const extensions = new Extensions(scm.extensions);
  for (const type of extensions.unknown) cx.print(`WARNING: the extension ${type} is not known here, and the checkout is made without it\n`);
  const base = resolve(request.cwd);
  const cwd = resolve(base, extensions.find('RelativeTargetDirectory')?.text('relativeTargetDir') ?? '');
  if (scm.remotes[0] === undefined) throw failed('No remotes configured', GIT_EXCEPTION);

  const { remotes, network, secrets } = remotesOf(scm, request, extensions, cx);
  await endFormer(cx.scratch());
  const env = {
    ...request.env,
    ...identity(extensions),
    [MARK]: cx.scratch(),
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

  let revision: Revision;
  const settle = async (): Promise<Revision> => {
    const found = scm.revision === undefined ? await chosenRevision(git, scm.branches, remotes, extensions) : await boundRevision(git, scm.revision, remotes);
    const at = await checkedOut(git, found, first, extensions);
    return { ...at, commit: await mergedWithBase(git, at.commit, extensions, first) };
  };
  try {
    revision = await settle();
  } catch (e) {
    // Only where the objects cannot be read: all else would fail again.
    if (!linked || !/unable to read|corrupt|bad object|packed object|invalid object|inflate:|did not match any file/i.test((e as Error).message)) throw e;
    git.print('WARNING: what the mirror of this machine held cannot be read; it is made anew, and the repository is cloned again');
    for (const { url, fields } of remotes) await cx.mirrors?.distrust(url, fields);
    await rm(join(cwd, '.git'), { recursive: true, force: true });
    await prepareFolder(git, extensions, first.url, false);
    for (const { name, url } of remotes) await git.quiet(['config', `remote.${name}.url`, url]);
    for (const remote of remotes) await fetchRemote(git, remote, true, extensions, { ...cx, mirrors: undefined });
    revision = await settle();
  }
  const after = extensions.find('CleanCheckout');
  if (after !== null) await cleaned(git, after.flag('deleteUntrackedNestedRepositories'));
  if (extensions.has('GitLFSPull'))
    await pullLargeFiles(git, first.name, network.own, extensions.find('CloneOption')?.count('timeout', DEFAULT_TIMEOUT) ?? DEFAULT_TIMEOUT);
  const submodules = extensions.find('SubmoduleOption');
  if (submodules !== null) await updateSubmodules(git, submodules, network);
  if (extensions.has('PerBuildTag')) await git.tried(['tag', '-f', '-a', '-m', 'Millrace build', perBuildTag(request), revision.commit], { env: IDENTITY });
  git.print(`Commit message: "${(await git.quiet(['log', '-1', '--format=%s', revision.commit])).trim()}"`);
  return await answered(git, revision, request, extensions, remotes, cwd);
};

/** Each git of a checkout has it in its environment, with the folder that is this checkout's alone. */
const MARK = 'MILLRACE_CHECKOUT';
const END_MS = 10_000;

/** Made again after the agent was killed: the gits of the time before may still write here. */
async function endFormer(scratch: string): Promise<void> {
  const begun = join(scratch, 'begun');
  if (!existsSync(begun)) {
    await writeFile(begun, '');
    return;
  }
  for (const until = Date.now() + END_MS; Date.now() < until; await pause(50)) {
    const left = marked(`${MARK}=${scratch}`);
    if (left.length === 0) return;
    for (const pid of left) signal(pid, 'SIGKILL');
  }
}

/** `refs/heads/*` of the repository as branches of that remote. */
function usualRefspec(name: string): string {
  return `+refs/heads/*:refs/remotes/${name}/*`;
}

function remotesOf(
  scm: GitScm,
  request: OperationRequest<'checkout'>,
  extensions: Extensions,
  cx: OperationContext,
): {
  readonly remotes: readonly Remote[];
  readonly network: { readonly own: Record<string, string>; readonly without: Record<string, string> };
  readonly secrets: readonly string[];
} {
  const timeout = extensions.find('CloneOption')?.count('timeout', DEFAULT_TIMEOUT) ?? DEFAULT_TIMEOUT;
  const secrets: string[] = [];
  const taken = new Set<string>();
  const remotes = scm.remotes.map((remote, i): Remote => {
    const access = accessTo(remote.url, remote.credentialsId, request, cx);
    secrets.push(...access.secrets);
    // As git-plugin: origin, origin1, …
    const name = remote.name ?? (i === 0 || !taken.has('origin') ? 'origin' : `origin${i}`);
    if (!/^[\w.-][\w./-]*$/.test(name) || remote.url.startsWith('-')) throw failed(`"${name}" with ${remote.url} is no remote`, GIT_EXCEPTION);
    taken.add(name);
    const refspecs = (remote.refspec ?? usualRefspec(name)).split(/\s+/).filter((r) => r !== '');
    return { name, url: remote.url, refspecs, fields: access.fields, call: { timeout, env: access.env } };
  });
  const own = { ...(remotes[0] as Remote).call.env };
  const without = { ...accessTo((remotes[0] as Remote).url, null, request, cx).env };
  return { remotes, network: { own, without }, secrets: [...new Set(secrets)] };
}

/** True: there is nothing of the repository yet. */
async function prepareFolder(git: Git, extensions: Extensions, url: string, outside: boolean): Promise<boolean> {
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

/** True: it came through the machine's mirror. */
async function fetchRemote(git: Git, remote: Remote, fresh: boolean, extensions: Extensions, cx: Pick<OperationContext, 'mirrors'>): Promise<boolean> {
  const { name, url, call } = remote;
  const clone = extensions.find('CloneOption');
  const honor = clone?.flag('honorRefspec') === true;
  const refspecs = fresh && !honor ? [...new Set([usualRefspec(name), ...remote.refspecs])] : remote.refspecs;
  const tags = clone?.flag('noTags') !== true;
  const prune = { branches: extensions.has('PruneStaleBranch'), tags: extensions.find('PruneStaleTag')?.flag('pruneTags', true) === true };
  git.print(`Fetching upstream changes from ${url}`);
  const reference = clone?.text('reference') ?? '';
  if (reference !== '' && fresh) await useReference(git, reference);
  if (clone?.flag('shallow') !== true && reference === '' && cx.mirrors !== undefined && isRemote(url)) {
    git.print(
      ` > git fetch ${[tags ? '--tags' : '--no-tags', '--force', '--', url, ...refspecs].join(' ')} # timeout=${call.timeout}, through the mirror of this machine`,
    );
    if (await cx.mirrors.fetch({ git, url, credential: remote.fields, refspecs, tags, call, prune })) return true;
  }
  await git.run(
    [
      'fetch',
      tags ? '--tags' : '--no-tags',
      '--force',
      '--progress',
      ...(prune.branches ? ['--prune'] : []),
      ...(prune.tags && tags ? ['--prune-tags'] : []),
      ...(clone?.flag('shallow') === true ? [`--depth=${clone.count('depth', 1)}`] : []),
      '--',
      // By its name, where what is gone is to go: git prunes a remote's own refs alone.
      prune.branches || prune.tags ? name : url,
      ...(prune.tags ? [] : refspecs),
    ],
    call,
  );
  return false;
}

/** A path is as near as a mirror. */
function isRemote(url: string): boolean {
  return /^(https?|ssh|git|git\+ssh|ssh\+git):\/\//i.test(url) || /^[^/:]+:/.test(url);
}

async function useReference(git: Git, reference: string): Promise<void> {
  const objects = [join(reference, '.git', 'objects'), join(reference, 'objects')].find((path) => existsSync(path));
  if (objects === undefined) {
    git.print(`[WARNING] Reference path does not exist: ${reference}`);
    return;
  }
  git.print(`Using reference repository: ${reference}`);
  const path = join(git.cwd, '.git', 'objects', 'info');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'alternates'), `${resolve(objects)}\n`);
}

async function cleaned(git: Git, nested: boolean): Promise<void> {
  git.print('Cleaning workspace');
  if ((await git.tried(['rev-parse', '--verify', 'HEAD'])) !== null) await git.run(['reset', '--hard']);
  const flags = nested ? '-ffdx' : '-fdx';
  await git.run(['clean', flags]);
  if (existsSync(join(git.cwd, '.gitmodules'))) {
    await git.tried(['submodule', 'foreach', '--recursive', 'git reset --hard']);
    await git.tried(['submodule', 'foreach', '--recursive', `git clean ${flags}`]);
  }
}

async function checkedOut(git: Git, { commit, branch }: Revision, remote: Remote, extensions: Extensions): Promise<Revision> {
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
  if (merge !== undefined) at = await merged(git, commit, shown, merge.text('mergeRemote') || remote.name, merge.text('mergeTarget'), merge, call);
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
function localBranch(extensions: Extensions, branch: string | null): string | null {
  const wanted = extensions.find('LocalBranch');
  if (wanted === null) return null;
  const name = wanted.text('localBranch');
  if (name !== '' && name !== '**') return name;
  return branch === null ? null : branch.slice(branch.indexOf('/') + 1);
}

/** Merges before the build. Answers the merge's commit. Follows PreBuildMerge. */
async function merged(
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

/** Where the machine has no name of its own, a merge needs one. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Millrace',
  GIT_AUTHOR_EMAIL: 'millrace@localhost',
  GIT_COMMITTER_NAME: 'Millrace',
  GIT_COMMITTER_EMAIL: 'millrace@localhost',
};

function identity(extensions: Extensions): Record<string, string> {
  const wanted = extensions.find('UserIdentity');
  if (wanted === null) return {};
  const name = wanted.text('name'),
    email = wanted.text('email');
  return {
    ...(name === '' ? {} : { GIT_COMMITTER_NAME: name, GIT_AUTHOR_NAME: name }),
    ...(email === '' ? {} : { GIT_COMMITTER_EMAIL: email, GIT_AUTHOR_EMAIL: email }),
  };
}

function perBuildTag({ env }: OperationRequest<'checkout'>): string {
  return `jenkins-${(env['JOB_NAME'] ?? 'job').replace(/[^\w.-]/g, '_')}-${env['BUILD_NUMBER'] ?? '0'}`;
}

async function answered(
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
