/** Branch specs of a job as refs of a repository. Follows BranchSpec and DefaultBuildChooser of the git plug-in. */

import { GitError } from './git.ts';

/** A whole commit id. */
export const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export type RefChoice =
  | { readonly kind: 'commit'; readonly commit: string }
  /** The first of these that is there. */
  | { readonly kind: 'refs'; readonly refs: readonly string[] }
  /** The first, by name, that matches. */
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

export function refChoice(spec: string): RefChoice {
  const text = spec.trim();
  if (COMMIT.test(text)) return { kind: 'commit', commit: text };
  if (text === '' || text === 'HEAD' || text === '**' || text === '*') return { kind: 'refs', refs: ['HEAD'] };
  // A pattern of anybody's could keep a controller busy for ever.
  if (text.startsWith(':')) throw new GitError('MR_GIT_REF', `the branch ${text} is a regular expression, which only checkout knows`);
  if (text.startsWith('refs/') && !/[*?]/.test(text)) {
    const plain = text.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/');
    return { kind: 'refs', refs: [plain] };
  }
  const plain = text.replace(/^(\*|origin|refs\/remotes\/origin|refs\/heads|heads|remotes\/origin)\//, '');
  if (/[*?]/.test(plain)) return { kind: 'pattern', pattern: wildcards(plain) };
  return { kind: 'refs', refs: [`refs/heads/${plain}`, `refs/tags/${plain.replace(/^tags\//, '')}`, ...(plain === text ? [] : [`refs/heads/${text}`])] };
}

/** `*`: within a part of the name; `**`: over all. Of many in one spec the last would take too long. */
export function wildcards(spec: string): RegExp {
  if ((spec.match(/\*+/g) ?? []).length > 4) throw new GitError('MR_GIT_REF', `the branch ${spec} has more than four wildcards`);
  const body = spec
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\0', '.*');
  return new RegExp(`^${body}$`);
}
