/** Cursors of lists: opaque to others, checked when they come back. `list` names the list, so that one of another is refused. */
import { ApiError } from '@millrace/protocol';
import { z } from 'zod';

export function writeCursor(list: string, value: string | number | readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, value])).toString('base64url');
}

export function readCursor<T extends z.ZodType>(list: string, shape: T, text: string | undefined): z.output<T> | null {
  if (text === undefined) return null;
  try {
    const [name, value] = z.tuple([z.string(), z.unknown()]).parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (name !== list || JSON.stringify(value).includes('\\u0000')) throw new ApiError('MR_CURSOR');
    return shape.parse(value);
  } catch {
    throw new ApiError('MR_CURSOR');
  }
}

/** A page of `limit` from `limit + 1` rows. */
export function page<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string): { entries: T[]; next: string | null } {
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
