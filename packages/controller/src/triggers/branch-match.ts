/** Whether a ref is meant by a job's branch spec, or by a pattern. Follows hudson.plugins.git.BranchSpec. */

/** `main`, `star/main`, `origin/main`, `refs/heads/main`, `refs/tags/v1`, `release/*`, `**`, `:regex`; a commit is no ref. */
export function branchMatches(spec: string, ref: string): boolean {
  const short = shortOf(ref);
  const plain = spec.trim();
  if (plain === '' || plain === '**' || plain === '*/**') return ref.startsWith('refs/heads/');
  // What is behind a variable is known by the build alone.
  if (plain.includes('$')) return true;
  if (plain.startsWith(':')) return safely(() => new RegExp(`^(?:${plain.slice(1)})$`), `origin/${short}`);
  if (plain.startsWith('refs/')) return patternMatches(plain, ref);
  const branch = plain.replace(/^(?:\*|origin)\//, '').replace(/^remotes\/[^/]+\//, '');
  if (branch.startsWith('tags/')) return ref === `refs/${branch}`;
  return wildcard(branch).test(short);
}

/** Of a branch's short name, or of a whole ref where it begins with `refs/`. */
export function patternMatches(pattern: string, ref: string): boolean {
  return wildcard(pattern).test(pattern.startsWith('refs/') ? ref : shortOf(ref));
}

function shortOf(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

/** `*`: within a name's part; `**`: anything. A lone `*` is anything too, as people write it. */
function wildcard(pattern: string): RegExp {
  if (pattern === '*') return /^/;
  const text = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*');
  return new RegExp(`^${text}$`, 's');
}

function safely(expression: () => RegExp, text: string): boolean {
  try {
    return expression().test(text.slice(0, 500));
  } catch {
    return false;
  }
}
