import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

/** Fills a job with so many ended builds, each with what is kept of a small one of it in the end, copied inside of the database. */
export async function keepBuilds(store: Store, job: number, count: number): Promise<void> {
  const model = await compacted(store, job);
  const { next_number: from } = await store.db.selectFrom('items').select('next_number').where('id', '=', job).executeTakeFirstOrThrow();
  await store.write(async (tx) => {
    const { top } = (await sql<{ top: number }>`SELECT max(id) AS top FROM builds`.execute(tx)).rows[0] as { top: number };
    const columns = sql.raw(
      'item_id, job, state, result, priority, causes, parameters, origin, queued_at, quiet_until, started_at, ended_at, owner, epoch, crashes, parked, wake_at, abort, facts, kept, why, timeline, record, log_bytes, chunked',
    );
    const counting = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`;
    await sql`${counting} INSERT INTO builds (id, number, ${columns}) SELECT ${top} + 1 + n.i, ${from} + n.i, ${columns} FROM builds, n WHERE builds.id = ${model}`.execute(
      tx,
    );
    await sql`${counting} INSERT INTO build_records SELECT ${top} + 1 + n.i, data FROM build_records, n WHERE build_id = ${model}`.execute(tx);
    await tx
      .updateTable('items')
      .set({ next_number: from + count })
      .where('id', '=', job)
      .execute();
  });
}

/** One whose record is a row already. */
async function compacted(store: Store, job: number): Promise<number> {
  for (;;) {
    const row = await store.db
      .selectFrom('builds')
      .innerJoin('build_records', 'build_records.build_id', 'builds.id')
      .select('builds.id as id')
      .where('item_id', '=', job)
      .where('chunked', '=', 0)
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return row.id;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
