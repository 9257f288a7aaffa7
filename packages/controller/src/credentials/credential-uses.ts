/** What a credential was used for, from the audit log. */
import { parse } from '../builds/records.ts';
import type { Store } from '../store/store.ts';

export interface ListedUse {
  readonly audit: number;
  readonly at: number;
  readonly item: string | null;
  readonly build: number | null;
  readonly purpose: string;
}

/** The newest first. `before`: of the audit entry that the page before ended with. */
export async function credentialUses({ db }: Store, id: string, before: number | null, limit: number): Promise<ListedUse[]> {
  let query = db.selectFrom('audit').select(['id', 'at', 'detail']).where('subject', '=', id).where('action', '=', 'credential.use');
  if (before !== null) query = query.where('id', '<', before);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => {
    const { item, build, purpose } = parse<{ item: string | null; build: number | null; purpose: string }>(row.detail);
    return { audit: row.id, at: row.at, item, build, purpose };
  });
}
