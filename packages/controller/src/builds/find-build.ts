/** Finding a build by its job's full name and its number. */
import { ApiError } from '@millrace/protocol';
import { itemOf } from '../jobs/item-rows.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** Throws MR_ITEM_UNKNOWN, MR_BUILD_UNKNOWN. */
export async function buildOf(db: Tx, path: string, number: number): Promise<Row<'builds'>> {
  const item = await itemOf(db, path);
  const row = await db.selectFrom('builds').selectAll().where('item_id', '=', item.id).where('number', '=', number).executeTakeFirst();
  if (row === undefined) throw new ApiError('MR_BUILD_UNKNOWN', `${path} #${number}`);
  return row;
}
