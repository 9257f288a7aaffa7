/** Ant's path patterns, as Jenkins' steps take them: `target/, *.jar`, with two stars for any folders. Paths are relative, with `/`. */

/** The patterns that Ant leaves out by default. */
export const DEFAULT_EXCLUDES: readonly string[] = [
  '**/*~',
  '**/#*#',
  '**/.#*',
  '**/%*%',
  '**/._*',
  '**/CVS',
  '**/CVS/**',
  '**/.cvsignore',
  '**/SCCS',
  '**/SCCS/**',
  '**/vssver.scc',
  '**/.svn',
  '**/.svn/**',
  '**/.git',
  '**/.git/**',
  '**/.gitattributes',
  '**/.gitignore',
  '**/.gitmodules',
  '**/.hg',
  '**/.hg/**',
  '**/.hgignore',
  '**/.hgsub',
  '**/.hgsubstate',
  '**/.hgtags',
  '**/.bzr',
  '**/.bzr/**',
  '**/.bzrignore',
  '**/.DS_Store',
];

export interface PathMatcher {
  matches(path: string): boolean;
  /** False where nothing below the folder can match. */
  mayHold(folder: string): boolean;
}

export function antMatcher(patterns: string, caseSensitive = true): PathMatcher {
  const all = patterns
    .split(',')
    .map((p) => p.trim().replaceAll('\\', '/'))
    .filter((p) => p !== '')
    .map((p) => compile(p, caseSensitive));
  return {
    matches: (path) => {
      const parts = path.split('/');
      return all.some((p) => matchParts(p, 0, parts, 0));
    },
    mayHold: (folder) => {
      const parts = folder.split('/');
      return all.some((p) => mayContinue(p, parts));
    },
  };
}

type Part = '**' | ((name: string) => boolean);

function compile(pattern: string, caseSensitive: boolean): Part[] {
  // `dir/` means everything below it.
  if (pattern.endsWith('/')) pattern += '**';
  return pattern
    .replace(/^\.\//, '')
    .split('/')
    .filter((p) => p !== '')
    .map((part): Part => {
      if (part === '**') return '**';
      if (!/[*?]/.test(part)) return caseSensitive ? (name) => name === part : (name) => name.toLowerCase() === part.toLowerCase();
      const source = part
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*+/g, '.*')
        .replace(/\?/g, '.');
      const regex = new RegExp(`^${source}$`, caseSensitive ? 's' : 'is');
      return (name) => regex.test(name);
    });
}

function matchParts(pattern: readonly Part[], i: number, parts: readonly string[], j: number): boolean {
  for (; i < pattern.length; i++, j++) {
    const part = pattern[i] as Part;
    if (part === '**') {
      if (i === pattern.length - 1) return true;
      for (let k = j; k <= parts.length; k++) if (matchParts(pattern, i + 1, parts, k)) return true;
      return false;
    }
    if (j >= parts.length || !part(parts[j] as string)) return false;
  }
  return j === parts.length;
}

function mayContinue(pattern: readonly Part[], parts: readonly string[]): boolean {
  for (let i = 0; i < parts.length; i++) {
    const part = pattern[i];
    if (part === undefined) return false;
    if (part === '**') return true;
    if (!part(parts[i] as string)) return false;
  }
  return pattern.length > parts.length;
}
