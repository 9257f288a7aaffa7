/**
 * All writes of one controller. What comes while a transaction is under way goes into the next one together: a commit costs
 * one sync of the disk (SQLite) or one round trip (PostgreSQL) however many builds share it.
 *
 * Each transaction begins with the FENCE: it moves this controller's row from the last token that is known to be committed to
 * a new one, and only a row that is not `down` takes it. Another controller that declares this one down waits for a
 * transaction under way, and after it none can commit. The token is also how a transaction is known again whose answer was
 * lost with the connection: the work is done anew, and the fence lets that pass only where the first one is not there, even
 * where it commits late. So a write happens once, whatever breaks.
 *
 * A write belongs to the incarnation that it was given under: what still waits when that one is fenced off is refused, and
 * so is what comes before the next one has joined. `free` writes are nobody's: they may happen twice, and are made so that
 * this does no harm.
 *
 * `work` may be called more than once; it touches nothing but its transaction. An error of one work fails that one alone: the
 * group is rolled back and its works are done one by one.
 */
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';
import { Wakes } from './wakes.ts';

const GROUP = 200;
/** From so many works in a group on, the next one waits for more, as long as the one before took and no longer than that. */
const CROWD = 4,
  GATHER_MS = 4;
const PAUSES = [10, 50, 200, 500, 1_000];

export type Work<T> = (tx: Kysely<Schema>, wakes: Wakes) => Promise<T>;

/** A controller's incarnation as the writer knows it. `token`: of its last transaction that is known to be committed. */
export interface Identity {
  readonly id: string;
  token: number;
  over: boolean;
}

interface Pending {
  readonly work: Work<unknown>;
  readonly identity: Identity | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A transaction whose answer did not come. */
interface Attempt {
  readonly stamp: number;
  readonly values: unknown[];
  readonly wakes: Wakes;
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
  private identity: Identity | null = null;
  private stamp = 0;
  /** The group before: how many works it held, and how long it took. */
  private last = { works: 0, ms: 0 };
  private closed = false;
  private readonly pausing = new Set<() => void>();

  constructor(options: GroupWriterOptions) {
    this.options = options;
  }

  /** From now on writes are fenced as that controller's. Its row is new: its token is 0. */
  become(incarnation: string): void {
    this.identity = { id: incarnation, token: 0, over: false };
  }

  write<T>(work: Work<T>, { free = false }: { readonly free?: boolean } = {}): Promise<T> {
    if (this.closed) return Promise.reject(new StoreError('MR_STORE_CLOSED'));
    const identity = free ? null : this.identity;
    if (identity?.over === true) return Promise.reject(new StoreError('MR_FENCED', { controller: identity.id }));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, identity, resolve: resolve as (value: unknown) => void, reject });
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
    while (this.queue.length > 0) {
      // Whatever this turn of the event loop still writes shares the transaction. Where many write at once, so does what
      // comes while the disk would have been busy anyway: fewer commits, and each build waits for fewer of them.
      await this.gather();
      const identity = (this.queue[0] as Pending).identity;
      const other = this.queue.findIndex((p) => p.identity !== identity);
      const begun = performance.now();
      const taken = this.queue.splice(0, Math.min(GROUP, other === -1 ? GROUP : other));
      await this.group(taken, identity);
      this.last = { works: taken.length, ms: performance.now() - begun };
    }
    this.running = null;
  }

  private gather(): Promise<void> {
    const { works, ms } = this.last;
    return new Promise((resolve) => {
      if (works < CROWD || this.closed) setImmediate(resolve);
      else setTimeout(resolve, Math.min(ms, GATHER_MS));
    });
  }

  private async group(works: readonly Pending[], identity: Identity | null): Promise<void> {
    const lost: Attempt[] = [];
    for (let tries = 0, breaks = 0; ; ) {
      const attempt: Attempt = { stamp: ++this.stamp, values: [], wakes: new Wakes() };
      try {
        if (identity?.over === true) throw new StoreError('MR_FENCED', { controller: identity.id });
        const done = await this.transaction(works, identity, attempt, lost);
        await this.options.engine.durable();
        if (identity !== null) identity.token = done.stamp;
        this.succeed(works, done);
        return;
      } catch (error) {
        if (error instanceof StoreError && error.code === 'MR_FENCED') {
          for (const { reject } of works) reject(error);
          if (identity !== null && !identity.over) {
            identity.over = true;
            this.options.fenced(identity.id);
          }
          return;
        }
        const { engine } = this.options;
        if (engine.isAway(error)) {
          lost.push(attempt);
          this.options.away?.(error);
          if (breaks++ > 0) await this.pause(PAUSES[Math.min(breaks - 2, PAUSES.length - 1)] as number);
          if (!this.closed) continue;
          for (const { reject } of works) reject(new StoreError('MR_STORE_CLOSED'));
          return;
        }
        if (engine.isTransient(error) && tries++ < 20) continue;
        if (works.length === 1) {
          (works[0] as Pending).reject(error);
          return;
        }
        for (const one of works) await this.group([one], identity);
        return;
      }
    }
  }

  /** Answers which attempt is in the database: this one, or one before it whose answer was lost. */
  private async transaction(works: readonly Pending[], identity: Identity | null, attempt: Attempt, lost: readonly Attempt[]): Promise<Attempt> {
    const { values, wakes } = attempt;
    return this.options.engine.writes.transaction().execute(async (tx) => {
      if (identity !== null) {
        const before = await this.fence(tx, identity, attempt.stamp);
        if (before !== null) {
          const done = lost.find((a) => a.stamp === before);
          if (done === undefined) throw new StoreError('MR_FENCED', { controller: identity.id });
          return done;
        }
      }
      for (const { work } of works) values.push(await work(tx, wakes));
      if (wakes.topics.length > 0) await this.options.engine.announce(tx, wakes.topics);
      return attempt;
    });
  }

  /** Null: passed. Else the token that the row has, which is not the one that we left there, or whose row takes no more. */
  private async fence(tx: Kysely<Schema>, { id, token }: Identity, stamp: number): Promise<number | null> {
    const { numUpdatedRows } = await tx
      .updateTable('controllers')
      .set({ write_token: stamp })
      .where('id', '=', id)
      .where('state', '<>', 'down')
      .where('write_token', '=', token)
      .executeTakeFirst();
    if (Number(numUpdatedRows) > 0) return null;
    return (await tx.selectFrom('controllers').select('write_token').where('id', '=', id).executeTakeFirst())?.write_token ?? -1;
  }

  private succeed(works: readonly Pending[], { values, wakes }: Attempt): void {
    works.forEach(({ resolve }, i) => {
      resolve(values[i]);
    });
    if (wakes.topics.length > 0) this.options.woken(wakes.topics);
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
