/**
 * This controller's place in the fleet. It is a row in `controllers`, an INCARNATION:
 *
 *   up → draining (it stops, and takes nothing new) → down
 *   up, draining → down: another controller declared it so
 *
 * A row is never up again; who was declared down, because it was silent, joins anew under another id and has nothing of what
 * the old one owned. The store refuses writes of a row that is down (the fence), so nobody has to hear of it in time.
 *
 * LIVENESS has two signs. Each incarnation holds an advisory lock with a connection of its own, which the database server
 * frees the moment that its process dies; and it stamps `seen_at` by the database's clock. Down is who was not seen for
 * SILENCE_MS, or whose lock is free and who was not seen for BREAK_MS: that long a broken connection may take to come back.
 * Who was away itself (its connection broke, its process stood still) judges nobody for MERCY_MS: others may have been away
 * for the same cause, as when the database was.
 */

import type { Session } from '../store/engine.ts';
import { newestSchema } from '../store/migrate.ts';
import type { Store, Tx } from '../store/store.ts';

export const BEAT_MS = 300,
  BREAK_MS = 700,
  SILENCE_MS = 6_000;
/** After an own break others may be on their way back too: they get time for it. */
const MERCY_MS = 3_000;
/** Own beats that lie so far apart were an own break. */
const GAP_MS = 2_000;
const REJOIN_MS = 500;

export interface MembershipOptions {
  readonly store: Store;
  readonly name: string;
  readonly labels: readonly string[];
  readonly version: string;
  /** Where other controllers reach this one; null before it listens, or where there is only one. */
  readonly url: () => string | null;
  readonly random: () => number;
  /** This incarnation is over: whatever it owned is not ours any more. A new one is joined before the promise of `rejoined` is called. */
  readonly expelled: (old: string) => void;
  readonly rejoined: (now: string) => void;
  readonly onError: (error: unknown) => void;
}

export class Membership {
  private readonly options: MembershipOptions;
  private session: Session | null = null;
  private current = '';
  private count = 0;
  private timer: NodeJS.Timeout | null = null;
  private mercyUntil = 0;
  private beaten = 0;
  private stopped = false;
  private leaving = false;
  private rejoining: Promise<void> | null = null;

  constructor(options: MembershipOptions) {
    this.options = options;
  }

  /** This incarnation's id. */
  get id(): string {
    return this.current;
  }

  async join(): Promise<void> {
    const { store, name, labels, version, random } = this.options;
    const url = this.options.url();
    const key = Math.floor(random() * 2 ** 31);
    const id = `${name}-${Math.floor(random() * 36 ** 6).toString(36)}${++this.count}`;
    store.onFenced = (old) => {
      void this.expelled(old);
    };
    await this.session?.close();
    this.session = store.engine.session({
      key,
      heard: (topics) => {
        store.wakes.tell(topics);
      },
      lost: () => undefined,
      restored: () => {
        this.mercyUntil = Date.now() + MERCY_MS;
        store.wakes.tell(['*']);
      },
    });
    await this.session.ready;
    await store.writeFree(async (tx, wakes) => {
      // SQLite has one controller: what another left is over.
      if (!store.engine.shared) await tx.updateTable('controllers').set({ state: 'down' }).where('state', '<>', 'down').execute();
      await tx
        .insertInto('controllers')
        .values({
          id,
          name,
          url,
          labels: JSON.stringify(labels),
          version,
          state: 'up',
          lock_key: key,
          write_token: 0,
          started_at: store.engine.clock,
          seen_at: store.engine.clock,
          schema: newestSchema(),
        })
        // The answer to the first try may have been lost.
        .onConflict((c) => c.column('id').doNothing())
        .execute();
      wakes.add('fleet');
    });
    this.current = id;
    store.become(id);
    this.mercyUntil = Date.now() + MERCY_MS;
    this.beaten = Date.now();
    if (store.engine.shared) this.beat();
  }

  /** Takes nothing new from now on; others get its duties. */
  async drain(): Promise<void> {
    this.leaving = true;
    await this.setState('draining');
  }

  async leave(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.setState('down').catch(this.options.onError);
    await this.session?.close();
  }

  private async setState(state: 'draining' | 'down'): Promise<void> {
    const { store } = this.options;
    const id = this.current;
    await store.write(async (tx, wakes) => {
      await tx.updateTable('controllers').set({ state }).where('id', '=', id).where('state', '<>', 'down').execute();
      if (state === 'draining') await tx.updateTable('duties').set({ holder: null }).where('holder', '=', id).execute();
      wakes.add('fleet');
      wakes.add('queue');
    });
  }

  private beat(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    const round = async (): Promise<void> => {
      const id = this.current;
      const { store } = this.options;
      const stamped = store.write((tx) => tx.updateTable('controllers').set({ seen_at: store.engine.clock }).where('id', '=', id).execute());
      // A database that is away keeps the stamp waiting; nobody is judged meanwhile.
      await stamped;
      if (Date.now() - this.beaten > GAP_MS) this.mercyUntil = Date.now() + MERCY_MS;
      this.beaten = Date.now();
      if (this.beaten > this.mercyUntil) await this.judge();
    };
    this.timer = setTimeout(() => {
      round()
        .catch((error: unknown) => {
          if (!this.stopped) this.options.onError(error);
        })
        .finally(() => {
          if (!this.stopped) this.beat();
        });
    }, BEAT_MS);
  }

  /** Declares down who is dead or was silent for too long. */
  private async judge(): Promise<void> {
    const { store } = this.options;
    const others = await store.db
      .selectFrom('controllers')
      .select(['id', 'lock_key', 'seen_at', store.engine.clock.as('now')])
      .where('state', '<>', 'down')
      .where('id', '<>', this.current)
      .execute();
    if (others.length === 0) return;
    const living = await (this.session as Session).living(others.map((o) => o.lock_key));
    if (living === null) return;
    for (const { id, lock_key, seen_at, now } of others) {
      const silence = now - seen_at;
      const broken = !living.has(lock_key) && silence > BREAK_MS;
      if (silence <= SILENCE_MS && !broken) continue;
      await store.write(async (tx, wakes) => {
        await declareDown(tx, id, seen_at);
        wakes.add('fleet');
        wakes.add('queue');
      });
    }
  }

  private async expelled(old: string): Promise<void> {
    if (old !== this.current || this.stopped || this.rejoining !== null) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.options.expelled(old);
    if (this.leaving) return;
    this.rejoining = this.rejoin();
    await this.rejoining;
    this.rejoining = null;
    this.options.rejoined(this.current);
  }

  /** Until it has come about: outside of the fleet a controller is of no use. */
  private async rejoin(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.join();
        return;
      } catch (error) {
        this.options.onError(error);
        await new Promise((resolve) => {
          setTimeout(resolve, REJOIN_MS);
        });
      }
    }
  }
}

/** Only while it was not seen again. Waits for a transaction of it that is under way; after it, it can commit none. */
async function declareDown(tx: Tx, id: string, seenAt: number): Promise<void> {
  await tx.updateTable('controllers').set({ state: 'down' }).where('id', '=', id).where('seen_at', '=', seenAt).where('state', '<>', 'down').execute();
}
