/** A look into the database of a running controller on SQLite: past its store, which lets nobody else in, and never writing. */
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Schema } from '../../packages/controller/src/store/schema.ts';
import { NodeSqliteDialect } from '../../packages/controller/src/store/sqlite-driver.ts';

export function openReader(file: string): { readonly db: Kysely<Schema>; readonly close: () => Promise<void> } {
  const database = new DatabaseSync(file, { timeout: 2_000 });
  database.exec('PRAGMA query_only = ON');
  const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect(database) });
  return { db, close: () => db.destroy() };
}
