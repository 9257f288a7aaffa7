/** Since when tests fail, and how they stood before: looks at the index of their history, however many builds are kept. */
import { sql } from 'kysely';
import type { Tx } from '../store/store.ts';

/** Asked for at once. */
const KEYS = 500;

/**
 * The build in which each of a build's tests began to fail, of those that had failed before `number` and not passed or been
 * left out since. One that is not in the answer has failed for the first time.
 */
export async function failingSince(db: Tx, item: number, number: number, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await asked<{ key: string; since: number | null }>(keys, (some) =>
    sql<{ key: string; since: number | null }>`
      select k.key as key, (
        select t.number from tests t
        where t.item_id = ${item} and t.test_key = k.key and t.status = 'failed' and t.number < ${number} and t.number > coalesce((
          select p.number from tests p
          where p.item_id = ${item} and p.test_key = k.key and p.status <> 'failed' and p.number < ${number}
          order by p.number desc limit 1), 0)
        order by t.number limit 1) as since
      from (select distinct test_key as key from tests where item_id = ${item} and number = ${number} and test_key in (${sql.join(some)})) k`.execute(db),
  );
  return new Map(rows.flatMap(({ key, since }): [string, number][] => (since === null ? [] : [[key, since]])));
}

/** Those that failed when they ran last before `number`. */
export async function hadFailed(db: Tx, item: number, number: number, keys: readonly string[]): Promise<Set<string>> {
  const rows = await asked<{ key: string; before: string | null }>(keys, (some) =>
    sql<{ key: string; before: string | null }>`
      select k.key as key, (
        select t.status from tests t
        where t.item_id = ${item} and t.test_key = k.key and t.status <> 'skipped' and t.number < ${number}
        order by t.number desc limit 1) as before
      from (select distinct test_key as key from tests where item_id = ${item} and number = ${number} and test_key in (${sql.join(some)})) k`.execute(db),
  );
  return new Set(rows.filter((row) => row.before === 'failed').map((row) => row.key));
}

async function asked<T>(keys: readonly string[], query: (keys: readonly string[]) => Promise<{ readonly rows: readonly T[] }>): Promise<T[]> {
  const all = [...new Set(keys)];
  const found: T[] = [];
  for (let at = 0; at < all.length; at += KEYS) found.push(...(await query(all.slice(at, at + KEYS))).rows);
  return found;
}
