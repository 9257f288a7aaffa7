/** Compaction on a test's database, with blobs in memory; and one that dies at a chosen step. */
import type { BlobStore } from '../../blobs/blob-store.ts';
import type { Store } from '../../store/store.ts';
import { Compaction } from '../compaction.ts';

/** Answers how many builds were done with. Every error is thrown. */
export async function compact(store: Store, blobs: BlobStore): Promise<number> {
  const errors: unknown[] = [];
  const done = await compaction(store, blobs, errors).pass();
  if (errors.length > 0) throw errors[0];
  return done;
}

export function compaction(store: Store, blobs: BlobStore, errors: unknown[], write: Store['write'] = (work) => store.write(work)): Compaction {
  return new Compaction({
    store,
    blobs,
    write,
    now: Date.now,
    afterMs: 0,
    onError: (error) => {
      errors.push(error);
    },
    restTimes: 0,
  });
}

/** A process that is killed after so many steps: transactions and puts count, and a put is two, since its blob may be there without an answer. */
export class Dying {
  steps = 0;
  private readonly last: number;
  constructor(last: number) {
    this.last = last;
  }
  private step(): void {
    if (++this.steps > this.last) throw new Error('killed');
  }
  /** What it does with them until it is dead. */
  store(store: Store): Store {
    return new Proxy(store, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (key === 'write')
          return async (work: Parameters<Store['write']>[0]) => {
            this.step();
            return target.write(work);
          };
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
  blobs(blobs: BlobStore): BlobStore {
    return new Proxy(blobs, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (key === 'put')
          return async (...args: Parameters<BlobStore['put']>) => {
            this.step();
            const facts = await target.put(...args);
            this.step();
            return facts;
          };
        if (key === 'delete')
          return async (...args: Parameters<BlobStore['delete']>) => {
            this.step();
            return target.delete(...args);
          };
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}
