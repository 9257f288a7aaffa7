/** The newest build of a job with one of these results: a look at an index for each of them, however many builds are kept. */
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export type EndedBuild = Pick<Row<'builds'>, 'id' | 'number' | 'result' | 'started_at' | 'ended_at'>;

/** `results`: null is that of one that runs. `before`: of those whose number is less. */
export async function lastWithResult(
  { db }: Pick<Store, 'db'>,
  item: number,
  results: readonly (string | null)[],
  before: number | null = null,
): Promise<EndedBuild | null> {
  let last: EndedBuild | null = null;
  for (const result of results) {
    const of = db
      .selectFrom('builds')
      .select(['id', 'number', 'result', 'started_at', 'ended_at'])
      .where('item_id', '=', item)
      .where('result', result === null ? 'is' : '=', result)
      .where('number', 'is not', null);
    const row = await (before === null ? of : of.where('number', '<', before)).orderBy('number', 'desc').limit(1).executeTakeFirst();
    if (row !== undefined && (row.number ?? 0) > (last?.number ?? 0)) last = row;
  }
  return last;
}
