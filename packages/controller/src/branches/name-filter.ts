/**
 * Which names are looked at. Wildcards as Jenkins' WildcardSCMHeadFilterTrait has them: `*` alone, patterns with blanks
 * between them, the whole name. They are matched in steps that grow with the name times the pattern, and a regular expression
 * ends after a time: neither can hold up a controller.
 */
import { Script } from 'node:vm';
import type { NameFilter } from '@millrace/protocol';

const REGEX_MS = 500;

export class FilterError extends Error {
  readonly code = 'MR_BRANCH_FILTER';
}

export type Matches = (names: readonly string[]) => boolean[];

/** Throws FilterError where the regular expression is none; its answer does where it takes too long. */
export function nameFilter({ includes, excludes, regex }: NameFilter): Matches {
  const included = patterns(includes),
    excluded = patterns(excludes);
  const whole = regex === null ? null : wholeName(regex);
  return (names) => {
    const byRegex = whole === null ? null : whole(names);
    return names.map(
      (name, i) =>
        (included.length === 0 || included.some((p) => matchesWildcard(p, name))) && !excluded.some((p) => matchesWildcard(p, name)) && byRegex?.[i] !== false,
    );
  };
}

function patterns(text: string): string[] {
  return text.split(/\s+/).filter((p) => p !== '');
}

export function matchesWildcard(pattern: string, name: string): boolean {
  let p = 0,
    n = 0,
    star = -1,
    from = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = n;
    } else if (p < pattern.length && pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function wholeName(regex: string): Matches {
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${regex})$`, 'u');
  } catch (error) {
    throw new FilterError(`The regular expression ${regex} cannot be read: ${(error as Error).message}`);
  }
  const script = new Script('names.map((name) => expression.test(name))');
  return (names) => {
    try {
      return [...(script.runInNewContext({ names: [...names], expression }, { timeout: REGEX_MS }) as boolean[])];
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new FilterError(`The regular expression ${regex} takes longer than ${REGEX_MS} ms for ${names.length} names: write it without nested repetition`);
    }
  };
}
