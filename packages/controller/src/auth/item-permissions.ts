/** Who has which role on a folder or job: given there, on a folder around it, or everywhere. */
import type { overviewShapes, Role } from '@millrace/protocol';
import { ROLES } from '@millrace/protocol';
import { sql } from 'kysely';
import type { z } from 'zod';
import { itemOf } from '../jobs/item-rows.ts';
import type { Store } from '../store/store.ts';
import { roleOn } from './principal.ts';

export type ItemPermissions = z.infer<typeof overviewShapes.itemPermissions>;

const MOST = 200;

export async function itemPermissions({ db }: Store, path: string): Promise<ItemPermissions> {
  const { full_name: item } = await itemOf(db, path);
  const parts = item.split('/');
  const scopes = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const granted = await db
    .selectFrom('grants')
    .innerJoin('users', 'users.id', 'grants.user_id')
    .select(['users.id', 'users.full_name', 'users.role', 'grants.scope', 'grants.role as granted'])
    .where('grants.scope', 'in', scopes)
    .where('users.disabled', '=', 0)
    // Those of the item itself first: it has the longest name.
    .orderBy(sql`length(grants.scope)`, 'desc')
    .orderBy('users.id')
    .limit(MOST * 2)
    .execute();
  const everywhere = await db
    .selectFrom('users')
    .select(['id', 'full_name', 'role'])
    .where('role', 'is not', null)
    .where('disabled', '=', 0)
    .orderBy(sql`CASE role WHEN 'administrator' THEN 0 WHEN 'developer' THEN 1 ELSE 2 END`)
    .orderBy('id')
    .limit(MOST + 1)
    .execute();
  const entries = new Map<string, ItemPermissions['entries'][number]>();
  for (const row of [...granted, ...everywhere.map((user) => ({ ...user, scope: null, granted: null }))]) {
    if (entries.has(row.id)) continue;
    const own = granted.filter((g) => g.id === row.id).map((g) => ({ scope: g.scope, role: g.granted as Role }));
    const above = own.filter((g) => g.scope !== item).sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role));
    entries.set(row.id, {
      user: row.id,
      fullName: row.full_name,
      role: roleOn({ role: row.role as Role | null, grants: own }, item) as Role,
      here: own.find((g) => g.scope === item)?.role ?? null,
      above: above[0] ?? null,
      everywhere: row.role as Role | null,
    });
  }
  return { entries: [...entries.values()].slice(0, MOST), more: entries.size > MOST || granted.length === MOST * 2 };
}
