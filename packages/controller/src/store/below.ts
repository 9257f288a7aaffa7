/** Conditions on full names. LIKE would need escapes, and a range depends on the collation: so the beginning is compared. */
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** How SQL counts: code points, where a string's own length counts UTF-16 units. */
export function lengthOf(path: string): number {
  return [...path].length;
}

/** What is in a folder, at any depth. */
export function isBelow(column: string, folder: string): RawBuilder<boolean> {
  return sql<boolean>`substr(${sql.ref(column)}, 1, ${sql.lit(lengthOf(folder) + 1)}) = ${`${folder}/`}`;
}

export function isAtOrBelow(column: string, path: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} = ${path} OR ${isBelow(column, path)})`;
}

/** The name that something at or below `from` has when `from` is called `to`. */
export function renamed(column: string, from: string, to: string): RawBuilder<string> {
  return sql<string>`${to} || substr(${sql.ref(column)}, ${sql.lit(lengthOf(from) + 1)})`;
}
