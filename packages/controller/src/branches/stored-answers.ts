/** Answers of forges with their ETags, for all controllers. Losing one costs a request. */
import type { Store } from '../store/store.ts';
import type { AnswerCache } from './forges/forge-http.ts';

const DAY_MS = 86_400_000;
const KEPT_MS = 7 * DAY_MS;

export function storedAnswers(store: Store, now: () => number): AnswerCache {
  return {
    async get(key) {
      const row = await store.db.selectFrom('forge_answers').select(['etag', 'answer', 'used_at']).where('key', '=', key).executeTakeFirst();
      if (row === undefined) return null;
      if (row.used_at < now() - DAY_MS) await store.write((tx) => tx.updateTable('forge_answers').set({ used_at: now() }).where('key', '=', key).execute());
      return { etag: row.etag, answer: row.answer };
    },
    put: (key, etag, answer) =>
      store.write(async (tx) => {
        const values = { etag, answer, used_at: now() };
        await tx
          .insertInto('forge_answers')
          .values({ key, ...values })
          .onConflict((c) => c.column('key').doUpdateSet(values))
          .execute();
        const old = await tx
          .selectFrom('forge_answers')
          .select('key')
          .where('used_at', '<', now() - KEPT_MS)
          .orderBy('used_at')
          .limit(100)
          .execute();
        if (old.length > 0)
          await tx
            .deleteFrom('forge_answers')
            .where(
              'key',
              'in',
              old.map((r) => r.key),
            )
            .execute();
      }),
  };
}
