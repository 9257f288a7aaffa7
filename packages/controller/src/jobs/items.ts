/** Folders and jobs as they are looked at. */
import type { Item, ItemSummary } from '@millrace/protocol';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Principal } from '../auth/principal.ts';
import { can } from '../auth/principal.ts';
import { showBranch } from '../branches/show-branch.ts';
import type { SummaryRow } from '../builds/build-summary.ts';
import { buildSummary, SUMMARY_COLUMNS } from '../builds/build-summary.ts';
import { NO_PAST, pastOf } from '../builds/health.ts';
import { parse } from '../builds/records.ts';
import { isAtOrBelow } from '../store/below.ts';
import type { Row } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { effectiveJob } from './effective-job.ts';
import { favouritesAmong } from './favourite-rows.ts';
import { containerOf, isBranchJob, itemOf } from './item-rows.ts';
import { isJob } from './kinds.ts';
import { hideDefaults } from './password-defaults.ts';

export async function showItem(db: Tx, path: string): Promise<Item> {
  const row = await itemOf(db, path);
  const last = !isJob(row.kind)
    ? undefined
    : await db
        .selectFrom('builds')
        .select(SUMMARY_COLUMNS)
        .where('item_id', '=', row.id)
        .where('number', 'is not', null)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
  return {
    path: row.full_name,
    name: row.name,
    kind: row.kind,
    description: row.description,
    disabled: row.disabled === 1,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    config: hideDefaults(parse<Item['config']>(row.config)),
    parameters: isJob(row.kind) ? shownParameters(row) : null,
    nextNumber: isJob(row.kind) ? row.next_number : null,
    lastBuild: last === undefined ? null : buildSummary(last),
    branch: isBranchJob(row) ? await showBranch(db, row.id) : null,
  };
}

function shownParameters(row: Row<'items'>): NonNullable<Item['parameters']> {
  return effectiveJob(row).parameters.map((p) => ({ ...p, default: p.type === 'password' ? null : p.default }));
}

/**
 * What a folder holds, by name, from after `after`: each with its last build and how many run and wait. Who has rights on parts
 * alone gets these, and the folders that lead to them.
 */
export async function listItems(store: Store, principal: Principal, folder: string | null, after: string | null, limit: number): Promise<ItemSummary[]> {
  const parent = await containerOf(store.db, folder);
  return summaries(
    store,
    principal,
    sql`${parent === null ? sql`parent_id IS NULL` : sql`parent_id = ${parent.id}`}
      AND ${after === null ? sql`1 = 1` : sql`name > ${after}`} AND ${visible(principal, folder)}`,
    'name',
    limit,
  );
}

/** Those that fulfil a condition on their row, in one query, and how their last builds went in another. */
export async function summaries(
  { db }: Store,
  principal: Pick<Principal, 'user'>,
  condition: RawBuilder<unknown>,
  order: 'name' | 'full_name',
  limit: number,
): Promise<ItemSummary[]> {
  const last = SUMMARY_COLUMNS.map((column) => sql`lb.${sql.ref(column)} AS ${sql.ref(`last_${column}`)}`);
  const { rows } = await sql<
    Row<'items'> & { running: number; queued: number } & { [K in (typeof SUMMARY_COLUMNS)[number] as `last_${K}`]: SummaryRow[K] | null }
  >`
    WITH active AS MATERIALIZED (
      SELECT item_id, job, 1 AS running, 0 AS queued FROM builds WHERE state = 'running'
      UNION ALL SELECT item_id, job, 0, 1 FROM builds WHERE state = 'queued'),
    listed AS (
      SELECT items.* FROM items WHERE deleted = 0 AND ${condition} ORDER BY ${sql.ref(order)} LIMIT ${sql.lit(limit)})
    SELECT listed.*, ${sql.join(last)},
      (SELECT COALESCE(SUM(a.running), 0) FROM active a WHERE a.item_id = listed.id OR substr(a.job, 1, length(listed.full_name) + 1) = listed.full_name || '/') AS running,
      (SELECT COALESCE(SUM(a.queued), 0) FROM active a WHERE a.item_id = listed.id OR substr(a.job, 1, length(listed.full_name) + 1) = listed.full_name || '/') AS queued
    FROM listed LEFT JOIN builds lb ON lb.item_id = listed.id AND lb.number = (SELECT MAX(b.number) FROM builds b WHERE b.item_id = listed.id)
    ORDER BY listed.${sql.ref(order)}`.execute(db);
  const past = await pastOf(
    db,
    rows.filter((row) => row.kind !== 'folder').map((row) => row.id),
  );
  const starred = await favouritesAmong(
    db,
    principal,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    path: row.full_name,
    name: row.name,
    kind: row.kind,
    description: row.description,
    disabled: row.disabled === 1,
    running: Number(row.running),
    queued: Number(row.queued),
    lastBuild:
      row.last_id === null ? null : buildSummary(Object.fromEntries(SUMMARY_COLUMNS.map((column) => [column, row[`last_${column}`]])) as unknown as SummaryRow),
    ...(past.get(row.id) ?? NO_PAST),
    favourite: starred.has(row.id),
  }));
}

/** Of rows of `items`, by their full name. */
export function visible(principal: Principal, folder: string | null) {
  if (can(principal, 'item.view', folder)) return sql`1 = 1`;
  const scopes = principal.grants.map((g) => g.scope).filter((scope) => can(principal, 'item.view', scope));
  const ways = scopes.flatMap((scope) => scope.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/')));
  if (scopes.length === 0) return sql`1 = 0`;
  return sql`(items.full_name IN (${sql.join([...new Set(ways)])}) OR ${sql.join(
    scopes.map((scope) => isAtOrBelow('items.full_name', scope)),
    sql` OR `,
  )})`;
}
