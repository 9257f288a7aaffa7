/** The database of one controller: reads, grouped writes, and wakes. */
import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Work } from './group-writer.ts';
import { GroupWriter } from './group-writer.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import { WakeBoard } from './wakes.ts';

export interface StoreOptions {
  /** `postgres://…`; null: SQLite in `folder`. */
  readonly url: string | null;
  readonly folder: string;
  /** Tells this process from others. */
  readonly origin: string;
  readonly onAway?: (error: unknown) => void;
}

export type Tx = Kysely<Schema>;

export class Store {
  readonly engine: Engine;
  readonly wakes = new WakeBoard();
  private readonly writer: GroupWriter;
  /** Told when this controller was declared down by another. */
  onFenced: (incarnation: string) => void = () => undefined;

  private constructor(engine: Engine, onAway?: (error: unknown) => void) {
    this.engine = engine;
    this.writer = new GroupWriter({
      engine,
      woken: (topics) => {
        this.wakes.tell(topics);
      },
      fenced: (incarnation) => {
        this.onFenced(incarnation);
      },
      ...(onAway === undefined ? {} : { away: onAway }),
    });
  }

  /** Opens the database and brings it to this program's schema. */
  static async open({ url, folder, origin, onAway }: StoreOptions): Promise<Store> {
    // PostgreSQL's client is loaded where it is used.
    const engine = url === null ? openSqlite(folder) : (await import('./postgres.ts')).openPostgres({ url, origin });
    try {
      await engine.unhurried(() => migrate(engine.writes, engine.dialect, (tx) => engine.exclusive(tx, 'migrate')));
      await engine.durable();
    } catch (e) {
      await engine.close();
      throw e;
    }
    return new Store(engine, onAway);
  }

  /** Reads alone. What is read may be old by the time it is used: a write asks again within its transaction. */
  get db(): Kysely<Schema> {
    return this.engine.reads;
  }
  /** See GroupWriter: resolves when it is durable; `work` may run more than once. */
  write<T>(work: Work<T>): Promise<T> {
    return this.writer.write(work);
  }
  /** A write that is no controller's, and that may happen twice: what comes before there is one. */
  writeFree<T>(work: Work<T>): Promise<T> {
    return this.writer.write(work, { free: true });
  }
  /** Writes are this controller's from now on, and are refused when it is declared down. */
  become(incarnation: string): void {
    this.writer.become(incarnation);
  }
  async close(): Promise<void> {
    await this.writer.close();
    await this.engine.close();
  }
}
