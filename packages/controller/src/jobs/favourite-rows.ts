/** Which jobs and folders a user has starred: rows of the user's own, which change nothing for others. */
import type { Principal } from '../auth/principal.ts';
import type { Tx } from '../store/store.ts';

export async function favouritesAmong(db: Tx, { user }: Pick<Principal, 'user'>, items: readonly number[]): Promise<Set<number>> {
  if (user === null || items.length === 0) return new Set();
  const rows = await db
    .selectFrom('favourites')
    .select('item_id')
    .where('user_id', '=', user)
    .where('item_id', 'in', [...items])
    .execute();
  return new Set(rows.map((row) => row.item_id));
}

/** Twice is once. */
export async function setFavourite(tx: Tx, user: string, item: number, wanted: boolean, at: number): Promise<void> {
  if (wanted)
    await tx
      .insertInto('favourites')
      .values({ user_id: user, item_id: item, at })
      .onConflict((c) => c.columns(['user_id', 'item_id']).doNothing())
      .execute();
  else await tx.deleteFrom('favourites').where('user_id', '=', user).where('item_id', '=', item).execute();
}
