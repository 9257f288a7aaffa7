/** The rows of a build's log, a few at a time: never all of it is in memory. Offsets count bytes of UTF-8. */
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type LogRow = Pick<Row<'build_chunks'>, 'seq' | 'log' | 'log_at' | 'records' | 'tree'>;

const BATCH = 16;

/** The row that holds the byte, or the last one before it; -1 where there is none. */
export async function rowAt(db: Tx, build: number, at: number): Promise<number> {
  const row = await db
    .selectFrom('build_chunks')
    .select('seq')
    .where('build_id', '=', build)
    .where('log_at', '<=', at)
    .orderBy('log_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? -1;
}

/** From that row on, those that are there now. */
export async function* rowsFrom(db: Tx, build: number, seq: number): AsyncGenerator<LogRow> {
  for (let next = seq; ; ) {
    const rows = await db
      .selectFrom('build_chunks')
      .select(['seq', 'log', 'log_at', 'records', 'tree'])
      .where('build_id', '=', build)
      .where('seq', '>=', next)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    next = last.seq + 1;
  }
}

/** In bytes, as it is now. */
export async function logSize(db: Tx, build: number): Promise<number> {
  const last = await db.selectFrom('build_chunks').select(['log', 'log_at']).where('build_id', '=', build).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return last === undefined ? 0 : last.log_at + Buffer.byteLength(last.log ?? '');
}
