/** How `branch`, `tag`, `changeset` and `changeRequest` compare: GLOB, REGEXP, EQUALS. */
import type { Runtime } from '@millrace/groovy';

export type Comparator = 'GLOB' | 'REGEXP' | 'EQUALS';

export function comparatorNamed(name: string | null, otherwise: Comparator): Comparator {
  const upper = (name ?? '').toUpperCase();
  return upper === 'GLOB' || upper === 'REGEXP' || upper === 'EQUALS' ? upper : otherwise;
}

export function compares(rt: Runtime, comparator: Comparator, pattern: string, actual: string | null, caseSensitive = false): boolean {
  const text = actual === null || actual.trim() === '' ? '' : actual;
  switch (comparator) {
    case 'EQUALS':
      return text === pattern;
    case 'REGEXP':
      return rt.invokeSync(text, 'matches', [pattern]) === true;
    case 'GLOB':
      return matchesPath(pattern, text, caseSensitive);
  }
}

/** Ant's `SelectorUtils.matchPath`: `**` for any number of folders, `*` and `?` within a name. */
export function matchesPath(pattern: string, path: string, caseSensitive: boolean): boolean {
  if (pattern.startsWith('/') !== path.startsWith('/')) return false;
  const parts = (s: string): string[] => s.split('/').filter((p) => p !== '');
  return matchesParts(parts(pattern), 0, parts(path), 0, caseSensitive);
}

function matchesParts(pattern: readonly string[], p: number, path: readonly string[], s: number, caseSensitive: boolean): boolean {
  for (; p < pattern.length; p++, s++) {
    if (pattern[p] === '**') {
      for (let rest = s; rest <= path.length; rest++) if (matchesParts(pattern, p + 1, path, rest, caseSensitive)) return true;
      return false;
    }
    if (s >= path.length || !matchesName(pattern[p]!, path[s]!, caseSensitive)) return false;
  }
  return s === path.length;
}

function matchesName(pattern: string, name: string, caseSensitive: boolean): boolean {
  const fold = (s: string): string => (caseSensitive ? s : s.toLowerCase());
  const want = fold(pattern),
    have = fold(name);
  // Two places, and the last `*` to come back to: linear for what people write.
  let p = 0,
    s = 0,
    star = -1,
    mark = 0;
  while (s < have.length) {
    if (p < want.length && want[p] !== '*' && (want[p] === '?' || want[p] === have[s])) {
      p++;
      s++;
    } else if (want[p] === '*') {
      star = p++;
      mark = s;
    } else if (star >= 0) {
      p = star + 1;
      s = ++mark;
    } else return false;
  }
  while (want[p] === '*') p++;
  return p === want.length;
}
