/** Which commit a checkout is for. Follows BranchSpec, DefaultBuildChooser, InverseBuildChooser and AncestryBuildChooser of the git plug-in. */
import { failed } from '../operation.ts';
import type { Extension, Extensions } from './extensions.ts';
import type { Git, GitCall } from './git-process.ts';

export interface Revision {
  readonly commit: string;
  /** `origin/main`; null: it is no branch that is known. */
  readonly branch: string | null;
}

export interface RemoteName {
  readonly name: string;
  readonly url: string;
  /** Of a shallow clone. */
  readonly depth: number | null;
  /** What the network needs. */
  readonly call: GitCall;
}

const WHOLE = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export async function chosenRevision(git: Git, specs: readonly string[], remotes: readonly RemoteName[], extensions: Extensions): Promise<Revision> {
  const setting = extensions.find('BuildChooserSetting');
  const chooser = setting?.inner('buildChooser') ?? null;
  const kind = chooser === null ? 'Default' : chooserKind(chooser, setting);
  switch (kind) {
    case 'Default':
      return await firstFound(git, specs, remotes);
    case 'SpecificRevision': {
      const commit = (chooser as Extension).text('commit');
      const branch = (chooser as Extension).text('branch');
      return await wholeCommit(git, commit, remotes, branch === '' ? null : branch);
    }
    case 'Inverse': {
      const patterns = specs.map((spec) => pattern(spec));
      const others = (await branchesOf(git)).filter(({ branch }) => !patterns.some((p) => p.test(branch) || p.test(branch.slice(branch.indexOf('/') + 1))));
      if (others[0] !== undefined) return others[0];
      throw nothing();
    }
    case 'Ancestry':
      return await inAncestry(git, specs, chooser as Extension);
    default:
      throw failed(`the build chooser ${kind} is not there; default, inverse and ancestry are`);
  }
}

/** The commit that a build is bound to, whatever its branch has become. */
export function boundRevision(
  git: Git,
  { commit, branch }: { readonly commit: string; readonly branch: string | null },
  remotes: readonly RemoteName[],
): Promise<Revision> {
  return wholeCommit(git, commit, remotes, branch);
}

function chooserKind(chooser: Extension, setting: Extension | null): string {
  const name = chooser.text('$class') || (typeof setting?.options['buildChooser'] === 'string' ? setting.text('buildChooser') : '') || chooser.text('symbol');
  const short = name.slice(name.lastIndexOf('.') + 1).replace(/(Git)?BuildChooser$/, '');
  return short === '' ? 'Default' : short.charAt(0).toUpperCase() + short.slice(1);
}

async function firstFound(git: Git, specs: readonly string[], remotes: readonly RemoteName[]): Promise<Revision> {
  for (const spec of specs.length === 0 ? ['**'] : specs.map((s) => s.trim())) {
    if (WHOLE.test(spec)) return await wholeCommit(git, spec, remotes, null);
    if (/[*?]|^:/.test(spec)) {
      const found = await matching(git, spec, remotes);
      if (found !== null) return found;
      continue;
    }
    for (const ref of candidates(spec, remotes)) {
      const commit = await commitOf(git, ref);
      if (commit !== null) return { commit, branch: shortName(ref) };
    }
    // A ref that the refspec did not bring.
    if (spec.startsWith('refs/')) {
      const commit = await fetched(git, spec, remotes);
      if (commit !== null) return { commit, branch: null };
    }
  }
  throw nothing();
}

function nothing(): Error {
  return failed("Couldn't find any revision to build. Verify the repository and branch configuration for this job.");
}

/** A plain name is a branch of a remote before it is a tag, and a tag before anything else that git knows by it. */
function candidates(spec: string, remotes: readonly RemoteName[]): string[] {
  const plain = spec.replace(/^refs\/heads\//, '');
  const all: string[] = [];
  for (const { name } of remotes) {
    const own = plain.replace(new RegExp(`^(refs/remotes/|remotes/)?${escaped(name)}/`), '');
    all.push(`refs/remotes/${name}/${own}`);
  }
  if (spec.startsWith('refs/')) all.push(spec);
  all.push(`refs/tags/${plain.replace(/^tags\//, '')}`);
  for (const { name } of remotes) all.push(`refs/remotes/${name}/${plain}`);
  if (!plain.startsWith('-')) all.push(plain);
  return [...new Set(all)];
}

/** The branch with the newest commit of those that match; one of the first remote where it is told without a remote. */
async function matching(git: Git, spec: string, remotes: readonly RemoteName[]): Promise<Revision | null> {
  const wanted = pattern(spec);
  const names = new Set(remotes.map((r) => r.name));
  const of = (await branchesOf(git)).filter(({ branch }) => names.has(branch.slice(0, branch.indexOf('/'))) || names.size === 0);
  return of.find(({ branch }) => wanted.test(branch) || wanted.test(branch.slice(branch.indexOf('/') + 1))) ?? null;
}

/** `*`: within a part of the name; `**`: over all; `:` and a regular expression. A remote may stand before the slash. */
export function pattern(spec: string): RegExp {
  if (spec.startsWith(':')) {
    try {
      return new RegExp(`^(?:${spec.slice(1)})$`);
    } catch (e) {
      throw failed(`the branch ${spec} is no regular expression: ${(e as Error).message}`);
    }
  }
  const plain = spec.replace(/^refs\/(heads|remotes)\//, '');
  return new RegExp(
    `^${plain
      .split(/(\*\*|\*|\?)/)
      .map((part) => ({ '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? escaped(part))
      .join('')}$`,
  );
}
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Of all remotes, the newest commit first. */
async function branchesOf(git: Git): Promise<{ readonly commit: string; readonly branch: string }[]> {
  const text = await git.quiet(['for-each-ref', '--sort=-committerdate', '--format=%(objectname) %(refname)', 'refs/remotes']);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('/HEAD'))
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), branch: line.slice(line.indexOf(' ') + 1).replace('refs/remotes/', '') }));
}

async function inAncestry(git: Git, specs: readonly string[], chooser: Extension): Promise<Revision> {
  const patterns = specs.map((spec) => pattern(spec));
  const ancestor = chooser.text('ancestorCommitSha1');
  const days = Number(chooser.text('maximumAgeInDays') || 0);
  for (const found of await branchesOf(git)) {
    if (!patterns.some((p) => p.test(found.branch) || p.test(found.branch.slice(found.branch.indexOf('/') + 1)))) continue;
    if (ancestor !== '' && (await git.tried(['merge-base', '--is-ancestor', ancestor, found.commit])) === null) continue;
    if (days > 0) {
      const at = Number(await git.quiet(['log', '-1', '--format=%ct', found.commit, '--']));
      if (Date.now() / 1_000 - at > days * 86_400) continue;
    }
    return found;
  }
  throw nothing();
}

async function commitOf(git: Git, ref: string): Promise<string | null> {
  const found = await git.tried(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return found?.trim() || null;
}

function shortName(ref: string): string | null {
  return /^refs\/remotes\/(.+)$/.exec(ref)?.[1] ?? null;
}

async function wholeCommit(git: Git, commit: string, remotes: readonly RemoteName[], branch: string | null): Promise<Revision> {
  const known = (await commitOf(git, commit)) ?? (await fetched(git, commit, remotes));
  if (known === null) throw failed(`the repository has no commit ${commit}, or does not give it: it may have been removed by a forced push`);
  if (branch !== null) return { commit: known, branch };
  const containing = await branchesOf(git);
  return { commit: known, branch: containing.find((b) => b.commit === known)?.branch ?? null };
}

async function fetched(git: Git, what: string, remotes: readonly RemoteName[]): Promise<string | null> {
  for (const { url, depth, call } of remotes) {
    const deep = depth === null ? [] : [`--depth=${depth}`];
    if ((await git.tried(['fetch', '--quiet', '--no-tags', '--force', ...deep, '--', url, what], call)) === null) continue;
    return await commitOf(git, 'FETCH_HEAD');
  }
  return null;
}
