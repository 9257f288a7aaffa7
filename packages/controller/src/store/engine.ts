/**
 * What differs between the two engines, as data and a few functions. Everything above asks this and never which engine it is.
 */
import type { Kysely, RawBuilder } from 'kysely';
import type { Dialect } from './migrations/migration.ts';
import type { Schema } from './schema.ts';

export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  readonly dialect: Dialect;
  /** Several controllers may share it. */
  readonly shared: boolean;
  /** For reads, alone. */
  readonly reads: Kysely<Schema>;
  /** One connection; only the group writer uses it. */
  readonly writes: Kysely<Schema>;
  /** Milliseconds since 1970 by the database's own clock: the only clock that leases are measured by. */
  readonly clock: RawBuilder<number>;
  /** Held until the transaction's end: one at a time gets it. */
  exclusive(tx: Kysely<Schema>, name: string): Promise<void>;
  /** Sends topics to all other controllers when the transaction commits. */
  announce(tx: Kysely<Schema>, topics: readonly string[]): Promise<void>;
  /** Resolves when what is committed survives the machine; null: it does already. Nobody outside hears of a commit before. */
  durable(): Promise<void> | null;
  /** Whether nobody knows what became of the transaction, because the database went away. */
  isAway(error: unknown): boolean;
  /** Whether the same transaction may just be done again: a deadlock, a serialization failure. */
  isTransient(error: unknown): boolean;
  /** For work whose statements may take long and whose end nobody waits for: migrations. */
  unhurried<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The controller's session: it holds the advisory lock `key` for as long as it lives, and hears what others announce.
   * It comes back by itself after a break; `restored` then says that announcements may have been missed.
   */
  session(options: SessionOptions): Session;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly key: number;
  readonly heard: (topics: readonly string[]) => void;
  readonly lost: (error: unknown) => void;
  readonly restored: () => void;
}

export interface Session {
  /** Resolves when the lock is held for the first time. */
  readonly ready: Promise<void>;
  /** Those of the keys whose session lives; null: this session itself is cut off, and nobody can be judged. */
  living(keys: readonly number[]): Promise<ReadonlySet<number> | null>;
  /** Gives the lock back. */
  close(): Promise<void>;
}
