/** Caches: what fits is chosen here, and goes to the machine with the request; the files go as all transfers do. */
import type { CacheRestored, CacheSaved, Json } from '@millrace/pipeline';
import type { CacheRestored as Brought, CacheSaved as Sent } from '@millrace/protocol';
import type { BlobStore } from '../../blobs/blob-store.ts';
import { deleteUnnamed } from '../../blobs/loose-blobs.ts';
import { cacheBlob } from '../../nodes/transfers.ts';
import type { Row } from '../../store/schema.ts';
import type { AskContext, AskHandler } from '../ask-context.ts';
import type { CacheLimits } from '../caches.ts';
import { findCache, forgetCaches, hashOf, jobsToLookIn } from '../caches.ts';
import { work } from './work.ts';

/** What becomes of a restore or a save, for the metrics. */
export type CacheOutcome = 'exact' | 'older' | 'missed' | 'saved';

export interface CacheAsksOptions {
  readonly blobs: BlobStore;
  readonly limits: CacheLimits;
  readonly told: (outcome: CacheOutcome) => void;
}

/** Of what was chosen; it comes back with the machine's answer. */
interface Entry {
  readonly item: number;
  readonly key: string;
  readonly exact: boolean;
  readonly beside: boolean;
  readonly bytes: number;
}

export function cacheAsks({ blobs, limits, told }: CacheAsksOptions): {
  readonly 'cache.restore': AskHandler<'cache.restore'>;
  readonly 'cache.save': AskHandler<'cache.save'>;
  readonly 'cache.clear': AskHandler<'cache.clear'>;
} {
  return {
    'cache.restore': async (cx) => {
      const found = await chosen(cx);
      if (found === null && !(await isUnderWay(cx))) {
        told('missed');
        cx.answer(null);
        return;
      }
      await work(cx, cx.request.lease, found === null ? {} : restoreOf(cx, found), async (ok) => {
        const brought = ok as unknown as (Brought & { readonly entry: Entry }) | null;
        if (brought === null) {
          told('missed');
          return { value: null };
        }
        const { entry, files, ms } = brought;
        await use(cx, entry);
        told(entry.exact ? 'exact' : 'older');
        const { key, exact, beside, bytes } = entry;
        return { value: { key, exact, beside, bytes, files, ms } satisfies CacheRestored as unknown as Json };
      });
    },

    'cache.save': async (cx) => {
      const { replace, maxFileBytes, lease } = cx.request;
      const exists = !replace && (await rowOf(cx)) !== undefined;
      if (exists && maxFileBytes === null && !(await isUnderWay(cx))) {
        cx.answer({ state: 'exists', fileBytes: null } satisfies CacheSaved);
        return;
      }
      await work(cx, lease, { maxBytes: limits.jobBytes, exists }, async (ok) => ({ value: (await savedAs(cx, ok as unknown as Sent)) as unknown as Json }));
    },

    'cache.clear': async (cx) => {
      const { store } = cx.services;
      const gone = await store.write((tx) => forgetCaches(tx, [cx.build.itemId]));
      await deleteUnnamed(store, blobs, gone);
      cx.answer({ count: gone.length });
    },
  };

  async function savedAs(cx: AskContext<'cache.save'>, sent: Sent): Promise<CacheSaved> {
    if (sent.state === 'none' || sent.state === 'exists') return sent;
    if (sent.state === 'large') return { ...sent, limit: sent.what === 'packed' ? limits.jobBytes : (cx.request.maxFileBytes ?? 0) };
    const { files, fileBytes, bytes, ms } = sent;
    // Another build may have been quicker with the same key.
    if ((await rowOf(cx))?.blob !== cacheBlob(cx.build.id, cx.key)) return { state: 'exists', fileBytes };
    told('saved');
    return { state: 'saved', files, fileBytes, bytes, ms };
  }
}

async function chosen(cx: AskContext<'cache.restore'>): Promise<Row<'caches'> | null> {
  const { store } = cx.services;
  const { beside, key, restoreKeys } = cx.request;
  return findCache(store, { items: await jobsToLookIn(store, cx.build.itemId, beside), files: cx.request, key, restoreKeys });
}

function restoreOf(cx: AskContext<'cache.restore'>, row: Row<'caches'>): { readonly [name: string]: Json } {
  const entry: Entry = { item: row.item_id, key: row.key, exact: row.key === cx.request.key, beside: row.item_id !== cx.build.itemId, bytes: row.size };
  return { entry: entry as unknown as Json, blob: { key: row.blob, size: row.size, sha256: row.sha256 } };
}

/** The machine has it already: what was chosen then stays chosen. */
async function isUnderWay(cx: AskContext): Promise<boolean> {
  return (await cx.services.store.db.selectFrom('work').select('id').where('id', '=', cx.key).executeTakeFirst()) !== undefined;
}

async function use(cx: AskContext<'cache.restore'>, { item, key }: Entry): Promise<void> {
  const { store, now } = cx.services;
  await store.write((tx) =>
    tx.updateTable('caches').set({ used_at: now() }).where('item_id', '=', item).where('files_hash', '=', hashOf(cx.request)).where('key', '=', key).execute(),
  );
}

function rowOf(cx: AskContext<'cache.save'>): Promise<Row<'caches'> | undefined> {
  return cx.services.store.db
    .selectFrom('caches')
    .selectAll()
    .where('item_id', '=', cx.build.itemId)
    .where('files_hash', '=', hashOf(cx.request))
    .where('key', '=', cx.request.key)
    .executeTakeFirst();
}
