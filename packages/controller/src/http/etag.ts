/** ETags: `"<revision>-<digest>"`. The digest answers If-None-Match; a change made by If-Match compares the revision alone. */
import { createHash } from 'node:crypto';
import { ApiError } from '@millrace/protocol';

export function etagOf(answer: unknown, text: string): string {
  const { revision } = (answer ?? {}) as { revision?: unknown };
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return typeof revision === 'number' ? `"${revision}-${digest}"` : `"${digest}"`;
}

/** If-None-Match: whether the client has it. */
export function matches(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

/** If-Match: the revision that the change is made from; null: any. Throws MR_REVISION where it is no ETag of ours. */
export function revisionOf(header: string): number | null {
  if (header.trim() === '*') return null;
  const m = /^\s*"(\d{1,15})(?:-[\w-]*)?"\s*$/.exec(header);
  if (m === null) throw new ApiError('MR_REVISION');
  return Number(m[1]);
}
