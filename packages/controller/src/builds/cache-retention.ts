/**
 * The part of the duty `retention` that concerns caches: what nobody has used for long, what is beyond a job's limit or that of
 * all, the least recently used first, and what belonged to jobs that are gone. It looks when something was saved, and from
 * time to time.
 */
import type { BlobStore } from '../blobs/blob-store.ts';
import { deleteUnnamed, noteUnnamed } from '../blobs/loose-blobs.ts';
import type { Work } from '../store/group-writer.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { CacheLimits } from './caches.ts';

const LOOK_MS = 3_600_000,
  /** What is saved is gathered for so long. */
  GATHER_MS = 500,
  BATCH = 200;

export interface CacheRetentionOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly limits: CacheLimits;
  /** Of the duty: refused when another controller has it. */
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

type Known = Pick<Row<'caches'>, 'item_id' | 'files_hash' | 'key' | 'blob' | 'size' | 'used_at'>;

export class CacheRetention {
  private readonly options: CacheRetentionOptions;
  private readonly off: () => void;
  private readonly looking: NodeJS.Timeout;
  private gathering: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: CacheRetentionOptions) {
    this.options = options;
    this.off = options.store.wakes.on('cache', () => {
      this.gather();
    });
    this.looking = setInterval(() => {
      this.gather();
    }, LOOK_MS);
    this.looking.unref();
    this.gather();
  }
  stop(): void {
    this.stopped = true;
    this.off();
    clearInterval(this.looking);
    if (this.gathering !== null) clearTimeout(this.gathering);
  }

  private gather(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.look().catch(this.options.onError);
    }, GATHER_MS);
  }

  private async look(): Promise<void> {
    const { store, limits, now } = this.options;
    const columns = ['item_id', 'files_hash', 'key', 'blob', 'size', 'used_at'] as const;
    const gone = store.db.selectFrom('caches').select(columns);
    await this.forget(await gone.where('used_at', '<', now() - limits.unusedMs).execute());
    await this.forget(await gone.where((e) => e.not(e.exists(e.selectFrom('items').select('items.id').whereRef('items.id', '=', 'caches.item_id')))).execute());
    const sizes = await store.db
      .selectFrom('caches')
      .select((e) => ['item_id', e.fn.sum<number>('size').as('bytes')])
      .groupBy('item_id')
      .execute();
    let total = sizes.reduce((sum, { bytes }) => sum + Number(bytes), 0);
    for (const { item_id, bytes } of sizes)
      if (Number(bytes) > limits.jobBytes) {
        const all = await gone.where('item_id', '=', item_id).orderBy('used_at').orderBy('key').execute();
        total -= await this.forget(beyond(all, Number(bytes) - limits.jobBytes));
      }
    if (limits.totalBytes === null || total <= limits.totalBytes) return;
    await this.forget(beyond(await gone.orderBy('used_at').orderBy('key').execute(), total - limits.totalBytes));
  }

  /** Answers how many bytes. Those that were used, or saved anew, since they were looked at stay. */
  private async forget(all: readonly Known[]): Promise<number> {
    const { store, blobs, write } = this.options;
    let bytes = 0;
    for (let at = 0; at < all.length && !this.stopped; at += BATCH) {
      const keys = await write(async (tx) => {
        const gone: string[] = [];
        for (const { item_id, files_hash, key, blob, size, used_at } of all.slice(at, at + BATCH)) {
          const { numDeletedRows } = await tx
            .deleteFrom('caches')
            .where('item_id', '=', item_id)
            .where('files_hash', '=', files_hash)
            .where('key', '=', key)
            .where('blob', '=', blob)
            .where('used_at', '=', used_at)
            .executeTakeFirst();
          if (Number(numDeletedRows) === 0) continue;
          gone.push(blob);
          bytes += size;
        }
        await noteUnnamed(tx, gone);
        return gone;
      });
      await deleteUnnamed(store, blobs, keys);
    }
    return bytes;
  }
}

/** Of these, in their order, as many as make up so many bytes. */
function beyond(all: readonly Known[], bytes: number): Known[] {
  const some: Known[] = [];
  let left = bytes;
  for (const one of all) {
    if (left <= 0) break;
    some.push(one);
    left -= one.size;
  }
  return some;
}
