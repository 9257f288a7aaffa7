/** The newest ended build of a job with one of these results: a look at an index for each of them, however many builds are kept. */
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export type EndedBuild = Pick<Row<'builds'>, 'id' | 'number' | 'result' | 'started_at' | 'ended_at'>;

export async function lastWithResult(store: Store, item: number, results: readonly string[]): Promise<EndedBuild | null> {
  let last: EndedBuild | null = null;
  for (const result of results) {
    const row = await store.db
      .selectFrom('builds')
      .select(['id', 'number', 'result', 'started_at', 'ended_at'])
      .where('item_id', '=', item)
      .where('result', '=', result)
      .where('number', 'is not', null)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined && (row.number ?? 0) > (last?.number ?? 0)) last = row;
  }
  return last;
}
