/** What both kinds of Bitbucket have in common. */
import { createHash } from 'node:crypto';

/** Of a status; they call one that was aborted by different names. */
export const COMMON_STATES = {
  pending: 'INPROGRESS',
  running: 'INPROGRESS',
  success: 'SUCCESSFUL',
  unstable: 'FAILED',
  failure: 'FAILED',
  error: 'FAILED',
  skipped: 'SUCCESSFUL',
} as const;

/** What they take of a status's name and description. */
export const TEXT = 255;

/** A status's key, by which it takes the place of the one before: the context, or a digest of one that is too long. */
export function keyOf(context: string, longest: number): string {
  return context.length <= longest ? context : createHash('sha256').update(context).digest('hex').slice(0, longest);
}

/** With its question mark. */
export function urlQuery(url: string): string {
  return url.slice(url.indexOf('?')).replace(/#.*$/s, '');
}
