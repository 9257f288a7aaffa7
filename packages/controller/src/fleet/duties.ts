/**
 * Duties: what one controller does for all (scheduling, provisioning, retention). A duty is a lease that lives as long as its
 * holder's row in `controllers` is up; the fence number grows with each new holder. What a holder writes by the duty's own
 * `write` is refused when the duty has another holder, or another fence: an old holder that does not know yet, or whose work
 * is still under way when it has given the duty back or has joined anew, can do no harm.
 */

import { StoreError } from '../store/errors.ts';
import type { Work } from '../store/group-writer.ts';
import type { Store } from '../store/store.ts';

const LOOK_MS = 1_000;

export interface Duty {
  readonly name: string;
  /** Called when this controller has got it. What it returns is called when the duty is over. */
  readonly begin: (held: HeldDuty) => () => void;
}

export interface HeldDuty {
  readonly fence: number;
  /** As Store.write, while the duty is ours. Rejects with MR_DUTY_LOST. */
  write<T>(work: Work<T>): Promise<T>;
}

export interface DutiesOptions {
  readonly store: Store;
  /** This incarnation's id. */
  readonly self: () => string;
  readonly duties: readonly Duty[];
  readonly onError: (error: unknown) => void;
}

export class Duties {
  private readonly options: DutiesOptions;
  private readonly held = new Map<string, { readonly end: () => void; readonly holder: string }>();
  private timer: NodeJS.Timeout | null = null;
  private unlisten: () => void = () => undefined;
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private stopped = false;

  constructor(options: DutiesOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    this.unlisten = this.options.store.wakes.on('fleet', () => {
      void this.look();
    });
    await this.look();
  }
  /** Ends what is held here; the rows are given back by Membership.drain. */
  stop(): void {
    this.stopped = true;
    this.unlisten();
    if (this.timer !== null) clearTimeout(this.timer);
    this.release();
  }
  /** This incarnation is over. */
  release(): void {
    for (const { end } of this.held.values()) end();
    this.held.clear();
  }
  holds(name: string): boolean {
    return this.held.has(name);
  }

  private look(): Promise<void> {
    if (this.looking !== null) {
      this.lookAgain = true;
      return this.looking;
    }
    this.looking = this.takeWhatIsFree()
      .catch(this.options.onError)
      .finally(() => {
        this.looking = null;
        if (this.stopped) return;
        if (this.timer !== null) clearTimeout(this.timer);
        if (this.lookAgain) {
          this.lookAgain = false;
          void this.look();
        } else if (this.options.store.engine.shared)
          this.timer = setTimeout(() => {
            void this.look();
          }, LOOK_MS);
      });
    return this.looking;
  }

  private async takeWhatIsFree(): Promise<void> {
    const { store, self, duties } = this.options;
    const me = self();
    const rows = await store.db
      .selectFrom('duties')
      .leftJoin('controllers', 'controllers.id', 'duties.holder')
      .select(['duties.name as name', 'holder', 'controllers.state as state'])
      .execute();
    for (const duty of duties) {
      const row = rows.find((r) => r.name === duty.name);
      const held = this.held.get(duty.name);
      if (held !== undefined && (row?.holder !== held.holder || held.holder !== me)) {
        this.held.delete(duty.name);
        held.end();
      }
      if (this.held.has(duty.name) || (row?.state === 'up' && row.holder !== me)) continue;
      const fence = await this.take(duty.name, me);
      if (fence === null || this.stopped || self() !== me) continue;
      this.held.set(duty.name, { holder: me, end: duty.begin(this.lease(duty.name, me, fence)) });
    }
  }

  /** The duty's row stays locked for the transaction: who takes the duty waits for its end. */
  private lease(name: string, holder: string, fence: number): HeldDuty {
    const { store } = this.options;
    return {
      fence,
      write: (work) =>
        store.write(async (tx, wakes) => {
          const own = tx.updateTable('duties').set({ fence }).where('name', '=', name).where('holder', '=', holder).where('fence', '=', fence);
          if (Number((await own.executeTakeFirst()).numUpdatedRows) === 0) throw new StoreError('MR_DUTY_LOST', { duty: name });
          return work(tx, wakes);
        }),
    };
  }

  private take(name: string, me: string): Promise<number | null> {
    const { store } = this.options;
    return store.write(async (tx, wakes) => {
      await store.engine.exclusive(tx, `duty ${name}`);
      const own = await tx.selectFrom('controllers').select('state').where('id', '=', me).executeTakeFirst();
      if (own?.state !== 'up') return null;
      const row = await tx.selectFrom('duties').selectAll().where('name', '=', name).executeTakeFirst();
      if (row === undefined) {
        await tx.insertInto('duties').values({ name, holder: me, fence: 1, since: store.engine.clock }).execute();
        wakes.add('fleet');
        return 1;
      }
      if (row.holder !== null && row.holder !== me) {
        const holder = await tx.selectFrom('controllers').select('state').where('id', '=', row.holder).executeTakeFirst();
        if (holder?.state === 'up') return null;
      }
      await tx
        .updateTable('duties')
        .set({ holder: me, fence: row.fence + 1, since: store.engine.clock })
        .where('name', '=', name)
        .execute();
      wakes.add('fleet');
      return row.fence + 1;
    });
  }
}
