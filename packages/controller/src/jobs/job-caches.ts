/** What a job's builds have kept by the step `cache`, for people: to look at, and to remove. */
import type { Actor } from '../auth/audit.ts';
import { forgetCaches } from '../builds/caches.ts';
import type { Store } from '../store/store.ts';
import type { ItemServices } from './item-changes.ts';
import { jobOf } from './item-rows.ts';

export async function listCaches({ db }: Store, path: string) {
  const { id } = await jobOf(db, path);
  const rows = await db
    .selectFrom('caches')
    .leftJoin('builds', 'builds.id', 'caches.build_id')
    .select(['caches.key as key', 'caches.size as bytes', 'builds.number as build', 'caches.created_at as createdAt', 'caches.used_at as usedAt'])
    .where('caches.item_id', '=', id)
    .orderBy('caches.used_at', 'desc')
    .orderBy('caches.key')
    .execute();
  return { caches: rows.map((row) => ({ ...row })) };
}

/** Answers the blobs that go. */
export function removeCaches({ audit }: ItemServices, actor: Actor, path: string, key: string | null): Promise<string[]> {
  return audit.change(actor, async (tx, _wakes, note) => {
    const { id } = await jobOf(tx, path);
    const gone = await forgetCaches(tx, [id], key);
    note('item.caches.delete', path, { caches: gone.length, ...(key === null ? {} : { key }) });
    return gone;
  });
}
