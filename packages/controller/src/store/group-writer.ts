/**
 * All writes of one controller. What comes while a transaction is under way goes into the next one together: a commit costs
 * one sync of the disk (SQLite) or one round trip (PostgreSQL) however many builds share it.
 *
 * Each transaction begins with the FENCE: it stamps this controller's row, and only a row that is not `down` takes the stamp.
 * Another controller that declares this one down waits for a transaction under way, and after it none can commit. The stamp
 * is also how a transaction is known again whose answer was lost with the connection: it is looked for, and the work is done
 * anew only where it is not there. So a write happens once, whatever breaks.
 *
 * `work` may therefore be called more than once; it touches nothing but its transaction. An error of one work fails that one
 * alone: the group is rolled back and its works are done one by one.
 */
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';
import { Wakes } from './wakes.ts';

const GROUP = 200;
const PAUSES = [10, 50, 200, 500, 1_000];

export type Work<T> = (tx: Kysely<Schema>, wakes: Wakes) => Promise<T>;

interface Pending {
  readonly work: Work<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupWriterOptions {
  readonly engine: Engine;
  /** After a commit: what others of this process should look at. */
  readonly woken: (topics: readonly string[]) => void;
  /** Told once for each incarnation that was fenced off. */
  readonly fenced: (incarnation: string) => void;
  /** The database is away, or is back. */
  readonly away?: (error: unknown) => void;
}

export class GroupWriter {
  private readonly options: GroupWriterOptions;
  private queue: Pending[] = [];
  private running: Promise<void> | null = null;
  private incarnation: string | null = null;
  private stamp = 0;
  private closed = false;
  private readonly pausing = new Set<() => void>();

  constructor(options: GroupWriterOptions) {
    this.options = options;
  }

  /** From now on writes are fenced as that controller's. */
  become(incarnation: string | null): void {
    this.incarnation = incarnation;
  }

  write<T>(work: Work<T>): Promise<T> {
    if (this.closed) return Promise.reject(new StoreError('MR_STORE_CLOSED'));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.running ??= this.pump();
    });
  }

  /** Waits for what was given; later writes are refused. While the database is away it gives up instead. */
  async close(): Promise<void> {
    this.closed = true;
    for (const wake of this.pausing) wake();
    await this.running;
  }

  private async pump(): Promise<void> {
    // Whatever this turn of the event loop still writes shares the first transaction.
    await Promise.resolve();
    while (this.queue.length > 0) await this.group(this.queue.splice(0, GROUP));
    this.running = null;
  }

  private async group(works: readonly Pending[]): Promise<void> {
    const { incarnation } = this;
    for (let attempt = 0; ; attempt++) {
      const stamp = ++this.stamp;
      try {
        const { values, wakes } = await this.transaction(works, incarnation, stamp);
        this.succeed(works, values, wakes);
        return;
      } catch (error) {
        if (error instanceof StoreError && error.code === 'MR_FENCED') {
          for (const { reject } of works) reject(error);
          if (incarnation !== null && this.incarnation === incarnation) {
            this.incarnation = null;
            this.options.fenced(incarnation);
          }
          return;
        }
        const { engine } = this.options;
        if (engine.isAway(error)) {
          this.options.away?.(error);
          if (await this.committedAfterAll(incarnation, stamp, works)) return;
          continue;
        }
        if (engine.isTransient(error) && attempt < 20) continue;
        if (works.length === 1) {
          (works[0] as Pending).reject(error);
          return;
        }
        for (const one of works) await this.group([one]);
        return;
      }
    }
  }

  private async transaction(works: readonly Pending[], incarnation: string | null, stamp: number): Promise<{ values: unknown[]; wakes: Wakes }> {
    const wakes = new Wakes();
    const values: unknown[] = [];
    this.attempted = values;
    this.attemptedWakes = wakes;
    await this.options.engine.writes.transaction().execute(async (tx) => {
      if (incarnation !== null) {
        const { numUpdatedRows } = await tx
          .updateTable('controllers')
          .set({ write_token: stamp })
          .where('id', '=', incarnation)
          .where('state', '<>', 'down')
          .executeTakeFirst();
        if (Number(numUpdatedRows) === 0) throw new StoreError('MR_FENCED', { controller: incarnation });
      }
      for (const { work } of works) values.push(await work(tx, wakes));
      if (wakes.topics.length > 0) await this.options.engine.announce(tx, wakes.topics);
    });
    return { values, wakes };
  }
  private attempted: unknown[] = [];
  private attemptedWakes = new Wakes();

  private succeed(works: readonly Pending[], values: readonly unknown[], wakes: Wakes): void {
    works.forEach(({ resolve }, i) => {
      resolve(values[i]);
    });
    if (wakes.topics.length > 0) this.options.woken(wakes.topics);
  }

  /** The connection broke: asks the database, when it is back, whether the transaction is in it. False: it is to be done anew. */
  private async committedAfterAll(incarnation: string | null, stamp: number, works: readonly Pending[]): Promise<boolean> {
    const values = this.attempted,
      wakes = this.attemptedWakes;
    for (let attempt = 0; ; attempt++) {
      if (this.closed) {
        for (const { reject } of works) reject(new StoreError('MR_STORE_CLOSED'));
        return true;
      }
      try {
        if (incarnation === null) {
          await this.options.engine.writes
            .selectFrom('migrations' as never)
            .select('number' as never)
            .limit(1)
            .execute();
          return false;
        }
        const row = await this.options.engine.writes.selectFrom('controllers').select('write_token').where('id', '=', incarnation).executeTakeFirst();
        if (row?.write_token !== stamp) return false;
        this.succeed(works, values, wakes);
        return true;
      } catch (error) {
        if (!this.options.engine.isAway(error)) throw error;
        await this.pause(PAUSES[Math.min(attempt, PAUSES.length - 1)] as number);
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.pausing.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.pausing.add(end);
    });
  }
}
