/** The keys that seal, as the API shows them, and a controller's own knowledge of them. */

import type { credentialShapes } from '@millrace/protocol';
import type { z } from 'zod';
import type { Actor, Audit } from '../auth/audit.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { Keys } from '../config/keys.ts';
import { addKey, readKeys } from '../config/keys.ts';
import type { Store } from '../store/store.ts';

export interface SealingKeysOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  /** The installation's key, which wraps the others. */
  readonly key: Uint8Array;
  readonly keys: Keys;
  /** There are other keys than before. */
  readonly changed: () => void;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const READ_MS = 60_000;

export class SealingKeys {
  current: Keys;
  private readonly options: SealingKeysOptions;
  private readonly timer: NodeJS.Timeout;
  private readonly off: () => void;

  constructor(options: SealingKeysOptions) {
    this.options = options;
    this.current = options.keys;
    const read = (): void => {
      this.read().catch(options.onError);
    };
    this.off = options.store.wakes.on('keys', read);
    this.timer = setInterval(read, READ_MS);
    this.timer.unref();
  }
  close(): void {
    clearInterval(this.timer);
    this.off();
  }

  async list(): Promise<z.input<typeof credentialShapes.sealingKeys>> {
    const { store, sealer } = this.options;
    const rows = await store.db.selectFrom('keys').select(['id', 'created_at', 'active_at']).execute();
    const counts = await store.db
      .selectFrom('credentials')
      .select((e) => ['key_id', e.fn.countAll<number | string>().as('count')])
      .groupBy('key_id')
      .execute();
    const number = (id: string): number => Number(id.slice(1));
    rows.sort((a, b) => number(a.id) - number(b.id));
    return {
      keys: rows.map((row, i) => {
        // The first one is not named in what it has sealed.
        const name = i === 0 ? '' : row.id;
        return {
          id: row.id,
          createdAt: row.created_at,
          activeAt: row.active_at,
          current: sealer.current === name,
          credentials: Number(counts.find((c) => c.key_id === name)?.count ?? 0),
        };
      }),
    };
  }

  async rotate(audit: Audit, actor: Actor): Promise<void> {
    const { store, key, now } = this.options;
    await audit.change(actor, async (tx, wakes, note) => {
      await store.engine.exclusive(tx, 'keys');
      const { id } = await addKey(tx, key, now());
      wakes.add('keys');
      note('key.rotate', id);
    });
    await this.read();
  }

  private async read(): Promise<void> {
    const { store, key, sealer, changed } = this.options;
    const keys = await readKeys(store, key);
    if (keys.later.length === this.current.later.length) return;
    this.current = keys;
    sealer.use(keys.later);
    changed();
  }
}
