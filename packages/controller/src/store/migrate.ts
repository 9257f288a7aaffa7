/** Brings a database to this program's schema. Several controllers may do it at once: the engine's lock lets one go first. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { StoreError } from './errors.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Dialect, Migration } from './migrations/migration.ts';
import type { Schema } from './schema.ts';

/** Throws MR_STORE_NEWER where the database was brought too far ahead by a newer program. */
export async function migrate(db: Kysely<Schema>, dialect: Dialect, lock: (tx: Kysely<Schema>) => Promise<void>, migrations = MIGRATIONS): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lock(tx);
    await sql`CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, readable_from integer NOT NULL, at bigint NOT NULL)`.execute(tx);
    const done = (await sql<{ number: number; readable_from: number }>`SELECT number, readable_from FROM migrations`.execute(tx)).rows;
    const newest = newestSchema(migrations);
    const needed = Math.max(0, ...done.map((m) => m.readable_from));
    if (needed > newest) throw new StoreError('MR_STORE_NEWER', { schema: Math.max(...done.map((m) => m.number)), known: newest });
    const known = new Set(done.map((m) => m.number));
    for (const migration of migrations) if (!known.has(migration.number)) await apply(tx, dialect, migration);
  });
}

/** That this program knows. */
export function newestSchema(migrations = MIGRATIONS): number {
  return Math.max(0, ...migrations.map((m) => m.number));
}

async function apply(tx: Kysely<Schema>, dialect: Dialect, migration: Migration): Promise<void> {
  for (const statement of migration.statements(dialect)) await sql.raw(statement).execute(tx);
  await sql`INSERT INTO migrations VALUES (${migration.number}, ${migration.readableFrom}, ${Date.now()})`.execute(tx);
}
