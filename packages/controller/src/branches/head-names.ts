/**
 * The names of branches' jobs. Follows jenkins.branch.NameEncoder: `feature/x` is `feature%2Fx`. What else a job's name may
 * not hold here is written the same way, and a name that is too long ends with a digest of itself.
 */
import { createHash } from 'node:crypto';
import { LONGEST_NAME } from '@millrace/protocol';

/** Of a branch, tag or pull request: no two have the same one. */
export function jobNameOf(head: string): string {
  if (head === '.') return '%2E';
  if (head === '..') return '%2E.';
  // Blanks at the ends, and every blank that is not the plain one, could not be told apart.
  const encoded = head.replace(/[#%/?[\]\\*"<>|:;\p{Cc}\p{Cs}]|^\s|\s$/gu, percent);
  if (encoded.length <= LONGEST_NAME) return encoded;
  const digest = createHash('sha256').update(head).digest('hex').slice(0, 16);
  return `${encoded.slice(0, LONGEST_NAME - 20).replace(/%[0-9A-F]?$/, '')}~${digest}`;
}

function percent(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
