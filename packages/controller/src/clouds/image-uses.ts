/** Which images a cloud's machines are made of: counted by day, so that what is kept costs a new machine nothing. */
import type { Store, Tx } from '../store/store.ts';
import type { ImageUse } from './cloud.ts';

const DAY_MS = 86_400_000;
/** Nobody asks for more than that. */
export const KEPT_DAYS = 90;
const MOST = 1_000;

export async function countImages(tx: Tx, cloud: string, images: readonly string[], at: number): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other.
  for (const image of [...new Set(images)].sort())
    await tx
      .insertInto('image_uses')
      .values({ cloud, image, day: dayOf(at), uses: 1, last_at: at })
      .onConflict((c) => c.columns(['cloud', 'image', 'day']).doUpdateSet((e) => ({ uses: e('image_uses.uses', '+', 1), last_at: at })))
      .execute();
}

/** In so many days until then, this one included; the most used first. */
export async function imageUses(store: Store, cloud: string, days: number, at: number): Promise<ImageUse[]> {
  const rows = await store.db
    .selectFrom('image_uses')
    .select(['image', (e) => e.fn.sum('uses').as('uses'), (e) => e.fn.max('last_at').as('last_at')])
    .where('cloud', '=', cloud)
    .where('day', '>', dayOf(at) - days)
    .groupBy('image')
    .orderBy('uses', 'desc')
    .orderBy('image')
    .limit(MOST)
    .execute();
  return rows.map((r) => ({ image: r.image, uses: Number(r.uses), lastUsedAt: Number(r.last_at) }));
}

export async function forgetImages(tx: Tx, at: number): Promise<void> {
  await tx
    .deleteFrom('image_uses')
    .where('day', '<=', dayOf(at) - KEPT_DAYS)
    .execute();
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
