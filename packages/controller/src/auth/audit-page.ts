import { isAtOrBelow } from '../store/below.ts';
import type { Store } from '../store/store.ts';

export interface AuditFilter {
  readonly user?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Entries, the newest first, from before the id `before`. A subject also finds what is below it. */
export async function auditPage(store: Store, filter: AuditFilter, before: number | null, limit: number) {
  let query = store.db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
  const { user, action, subject, since, until } = filter;
  if (before !== null) query = query.where('id', '<', before);
  if (user !== undefined) query = query.where('user_id', '=', user);
  if (action !== undefined) query = query.where('action', '=', action);
  if (since !== undefined) query = query.where('at', '>=', since);
  if (until !== undefined) query = query.where('at', '<', until);
  if (subject !== undefined) query = query.where(isAtOrBelow('subject', subject));
  return (await query.execute()).map((row) => ({
    id: row.id,
    at: row.at,
    user: row.user_id,
    address: row.address,
    action: row.action,
    subject: row.subject,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }));
}
