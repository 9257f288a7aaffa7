/** Whether a ref is meant by a job's branch spec, or by a pattern. Follows hudson.plugins.git.BranchSpec. */
import { refChoice, wildcards } from '../scm/branch-spec.ts';
import { GitError } from '../scm/git.ts';

/** What a controller cannot tell, as what is behind a variable or matches a regular expression, the build finds out: it is meant. */
export function branchMatches(spec: string, ref: string): boolean {
  const text = spec.trim();
  if (text.includes('$') || text.startsWith(':')) return true;
  if (text === '' || text === '**' || text === '*/**') return ref.startsWith('refs/heads/');
  return tolerant(() => {
    const choice = refChoice(text);
    if (choice.kind === 'commit') return false;
    return choice.kind === 'refs' ? choice.refs.includes(ref) : choice.pattern.test(shortOf(ref));
  });
}

/** Of a branch's or tag's short name, or of a whole ref where it begins with `refs/`. A lone `*` is anything, as people write it. */
export function patternMatches(pattern: string, ref: string): boolean {
  return pattern === '*' || tolerant(() => wildcards(pattern).test(pattern.startsWith('refs/') ? ref : shortOf(ref)));
}

function shortOf(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

/** One that a controller does not match means nothing. */
function tolerant(match: () => boolean): boolean {
  try {
    return match();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return false;
  }
}
