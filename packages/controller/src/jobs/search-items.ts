/**
 * Jobs and folders by a part of their name, in all folders. Names that begin so come first, out of an index; where these are
 * few, the index of full names is looked through for the rest: paths alone, without their rows.
 */
import type { overviewShapes } from '@millrace/protocol';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { Store } from '../store/store.ts';
import { visible } from './items.ts';

export type Found = z.infer<typeof overviewShapes.searchAnswer>;

const MOST = 30;
/** Above all that a name has behind a beginning. */
const LAST = '\u{10ffff}';

export async function searchItems({ db, engine }: Store, principal: Principal, wanted: string): Promise<Found> {
  const part = wanted.trim().toLowerCase();
  if (part === '') return { entries: [], more: false };
  const bytewise = sql.raw(engine.dialect.bytewise);
  const seen = visible(principal, null);
  const { rows: beginning } = await sql<FoundRow>`
    SELECT full_name, kind, disabled FROM items
    WHERE deleted = 0 AND lower(name) ${bytewise} >= ${part} AND lower(name) ${bytewise} < ${`${part}${LAST}`} AND ${seen}
    ORDER BY lower(name) ${bytewise}, full_name LIMIT ${sql.lit(MOST + 1)}`.execute(db);
  if (beginning.length > MOST) return { entries: beginning.slice(0, MOST).map(shown), more: true };
  const holds = engine.shared ? sql`strpos(lower(full_name), ${part})` : sql`instr(lower(full_name), ${part})`;
  const { rows: within } = await sql<FoundRow>`
    SELECT full_name, kind, disabled FROM items
    WHERE full_name IN (SELECT full_name FROM items WHERE ${holds} > 0 AND ${seen} ORDER BY full_name LIMIT ${sql.lit(MOST * 4)}) AND deleted = 0
    ORDER BY length(full_name), full_name LIMIT ${sql.lit(MOST * 2)}`.execute(db);
  const known = new Set(beginning.map((row) => row.full_name));
  const all = [...beginning, ...within.filter((row) => !known.has(row.full_name))];
  return { entries: all.slice(0, MOST).map(shown), more: all.length > MOST };
}

interface FoundRow {
  readonly full_name: string;
  readonly kind: Found['entries'][number]['kind'];
  readonly disabled: number;
}

function shown({ full_name: path, kind, disabled }: FoundRow): Found['entries'][number] {
  return { path, kind, disabled: disabled === 1 };
}
