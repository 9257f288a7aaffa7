import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

/** Fills a job with so many ended builds, each with what a real one of it leaves, copied inside of the database. */
export async function keepBuilds(store: Store, job: number, count: number): Promise<void> {
  const { id: model } = await store.db
    .selectFrom('builds')
    .select('id')
    .where('item_id', '=', job)
    .where('state', '=', 'ended')
    .limit(1)
    .executeTakeFirstOrThrow();
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
    await sql`${counting} INSERT INTO build_chunks SELECT ${top} + 1 + n.i, seq, journal, records, tree, log, log_at FROM build_chunks, n WHERE build_id = ${model}`.execute(
      tx,
    );
    await tx
      .updateTable('items')
      .set({ next_number: from + count })
      .where('id', '=', job)
      .execute();
  });
}
