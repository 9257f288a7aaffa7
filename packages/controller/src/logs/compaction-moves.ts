/**
 * The transactions of the duty `compaction`, and what it asks. A build is compacted at most once: whoever finds its column
 * `record` set does nothing.
 */
import { sql } from 'kysely';
import { claimBlob } from '../blobs/loose-blobs.ts';
import type { Tx } from '../store/store.ts';
import type { RecordPlace } from './record-object.ts';

/** Of the schema: controllers that know less cannot read objects. */
const READABLE_FROM = 2;
const PAGE = 64;
/** What one transaction deletes, about: others wait for it. */
const DELETED_ROWS = 500,
  DELETED_BYTES = 4 << 20;

/** An object that is a row. */
export interface Small {
  readonly id: number;
  readonly rows: number;
  /** Of its log. */
  readonly bytes: number;
  readonly data: Buffer;
}

/** Those of a rollout's older programs are waited for. */
export async function allCanRead(db: Tx): Promise<boolean> {
  const older = await db.selectFrom('controllers').select('id').where('state', '<>', 'down').where('schema', '<', READABLE_FROM).limit(1).executeTakeFirst();
  return older === undefined;
}

/** In literals, so that the index is taken. */
const CHUNKED = sql<boolean>`state = 'ended' AND chunked = 1`;

/** In the order of their ends. */
export function dueQuery(db: Tx, after: { readonly id: number; readonly ended_at: number }, before: number) {
  return db
    .selectFrom('builds')
    .select(['id', 'ended_at', 'record'])
    .where(CHUNKED)
    .where('ended_at', '<=', before)
    .where('ended_at', '>=', after.ended_at)
    .where((e) => e.or([e('ended_at', '>', after.ended_at), e('id', '>', after.id)]))
    .orderBy('ended_at')
    .orderBy('id')
    .limit(PAGE);
}

export function isMuch(all: readonly Small[]): boolean {
  return sumOf(all) >= DELETED_ROWS || all.reduce((sum, { bytes }) => sum + bytes, 0) >= DELETED_BYTES;
}

/** Answers how many: what was deleted meanwhile is left out. */
export async function keepSmall(tx: Tx, all: readonly Small[]): Promise<number> {
  const named = await name(
    tx,
    all.map(({ id }) => id),
    { inline: true },
    0,
  );
  const kept = all.filter(({ id }) => named.has(id));
  if (kept.length === 0) return 0;
  await insertData(tx, kept);
  const { numDeletedRows } = await tx
    .deleteFrom('build_chunks')
    .where('build_id', 'in', [...named])
    .executeTakeFirst();
  checkRows([...named], sumOf(kept), Number(numDeletedRows));
  return kept.length;
}

/** A small object of a large log: its rows go later, some at a time. */
export async function nameRow(tx: Tx, small: Small): Promise<boolean> {
  if (!(await name(tx, [small.id], { inline: true }, 1)).has(small.id)) return false;
  await insertData(tx, [small]);
  checkRows([small.id], small.rows, await countRows(tx, small.id));
  return true;
}

export async function nameBlob(tx: Tx, id: number, place: RecordPlace & { readonly blob: string }, rows: number): Promise<boolean> {
  if (!(await name(tx, [id], place, 1)).has(id)) return false;
  checkRows([id], rows, await countRows(tx, id));
  if (!(await claimBlob(tx, place.blob))) throw new Error(`${place.blob} took so long that it was given up`);
  return true;
}

/** Those of them that had no object yet. */
async function name(tx: Tx, ids: readonly number[], place: RecordPlace, chunked: 0 | 1): Promise<ReadonlySet<number>> {
  const rows = await tx
    .updateTable('builds')
    .set({ record: JSON.stringify(place), chunked })
    .where('id', 'in', [...ids])
    .where(CHUNKED)
    .where('record', 'is', null)
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
async function insertData(tx: Tx, all: readonly Small[]): Promise<void> {
  await tx
    .insertInto('build_records')
    .values(all.map(({ id, data }) => ({ build_id: id, data })))
    .execute();
}
async function countRows(tx: Tx, id: number): Promise<number> {
  const row = await tx
    .selectFrom('build_chunks')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('build_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
function sumOf(all: readonly Small[]): number {
  return all.reduce((sum, { rows }) => sum + rows, 0);
}
/** What was not read must not go. */
function checkRows(ids: readonly number[], read: number, there: number): void {
  if (read !== there) throw new Error(`${read} flushes of ${ids.join(', ')} were read, and ${there} are there`);
}

/** False: none is left. */
export async function deleteSomeRows(tx: Tx, id: number): Promise<boolean> {
  const rows = await tx.selectFrom('build_chunks').select('log_at').where('build_id', '=', id).orderBy('log_at').limit(DELETED_ROWS).execute();
  const [first] = rows;
  if (first === undefined) {
    await tx.updateTable('builds').set({ chunked: 0 }).where('id', '=', id).execute();
    return false;
  }
  const upTo = rows.filter(({ log_at }) => log_at <= first.log_at + DELETED_BYTES).at(-1) ?? first;
  await tx.deleteFrom('build_chunks').where('build_id', '=', id).where('log_at', '<=', upTo.log_at).execute();
  return true;
}
