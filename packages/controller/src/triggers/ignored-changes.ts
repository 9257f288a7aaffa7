/**
 * Polling ignore rules: which changes start no build. As the git plug-in's PathRestriction, UserExclusion and MessageExclusion: all
 * changes have to be ignored for nothing to start.
 */
import { runInNewContext } from 'node:vm';
import type { JobTrigger } from '@millrace/protocol';
import type { LoggedChange } from '@millrace/protocol/git';

export type IgnoreRules = NonNullable<Extract<JobTrigger, { kind: 'poll' }>['ignore']>;

/** Regular expressions may be written so that they do not end. */
const PATTERN_MS = 500;

export function areIgnored(rules: IgnoreRules, changes: readonly LoggedChange[]): boolean {
  return changes.length > 0 && changes.every((change) => isIgnored(rules, change));
}

function isIgnored({ users, message, includedPaths, excludedPaths }: IgnoreRules, change: LoggedChange): boolean {
  if (users.some((user) => user === change.author || user === change.email)) return true;
  if (message !== '' && matches([message], change.comment.trimEnd())) return true;
  if (includedPaths.length === 0 && excludedPaths.length === 0) return false;
  // A path counts where it is included (none: all are) and not excluded.
  return change.paths.every((path) => (includedPaths.length > 0 && !matches(includedPaths, path)) || matches(excludedPaths, path));
}

/** Whole, as Java's Matcher.matches, with its flags at the beginning: `(?i)`. */
export function wholePattern(expression: string): { readonly source: string; readonly flags: string } {
  const given = /^\(\?([ims]+)\)/.exec(expression);
  const flags = new Set(['s', ...(given?.[1] ?? '')]);
  return { source: `^(?:${expression.slice(given?.[0].length ?? 0)})$`, flags: [...flags].join('') };
}

function matches(expressions: readonly string[], text: string): boolean {
  if (expressions.length === 0) return false;
  return runInNewContext(
    'patterns.some((p) => new RegExp(p.source, p.flags).test(text))',
    { patterns: expressions.map(wholePattern), text: text.slice(0, 10_000) },
    { timeout: PATTERN_MS },
  ) as boolean;
}
