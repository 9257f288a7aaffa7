/**
 * Kysely on Node's own SQLite. One connection, one user of it at a time; statements are kept prepared, since the same few
 * dozen come again and again.
 */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, DatabaseIntrospector, Dialect, Driver, Kysely, QueryCompiler, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { fromStored, storedValues } from './stored-text.ts';

const PREPARED = 500;

export class NodeSqliteDialect implements Dialect {
  private readonly database: DatabaseSync;
  private readonly committed: () => void;
  /** `committed` is told of each transaction right after its commit. */
  constructor(database: DatabaseSync, committed: () => void = () => undefined) {
    this.database = database;
    this.committed = committed;
  }
  createDriver(): Driver {
    return new NodeSqliteDriver(this.database, this.committed);
  }
  createQueryCompiler(): QueryCompiler {
    return new StateWritingCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** Those that conditions of indexes name are all among them (store.test.ts). */
const STATES: ReadonlySet<unknown> = new Set([
  ...['queued', 'running', 'ended', 'cancelled', 'waiting', 'held', 'up', 'draining', 'down'],
  ...['received', 'handled', 'sending', 'sent', 'failed'],
]);

/**
 * Writes states into the statement: SQLite takes a partial index (`… WHERE state IN ('queued', 'running')`) only where the
 * statement's own text implies its condition, and never for a bound value. Without it what is open is looked for among all
 * builds that are kept.
 */
class StateWritingCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (STATES.has(value)) this.appendStringLiteral(value as string);
    else super.appendValue(value);
  }
}

class NodeSqliteDriver implements Driver {
  private readonly connection: SqliteConnection;
  private readonly database: DatabaseSync;
  private readonly committed: () => void;
  private busy = false;
  private readonly waiting: (() => void)[] = [];

  constructor(database: DatabaseSync, committed: () => void) {
    this.database = database;
    this.committed = committed;
    this.connection = new SqliteConnection(database);
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.busy)
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    this.busy = true;
    return this.connection;
  }
  async releaseConnection(): Promise<void> {
    const next = this.waiting.shift();
    if (next === undefined) this.busy = false;
    else next();
  }
  async beginTransaction(): Promise<void> {
    this.database.exec('BEGIN IMMEDIATE');
  }
  async commitTransaction(): Promise<void> {
    this.database.exec('COMMIT');
    this.committed();
  }
  async rollbackTransaction(): Promise<void> {
    // SQLite itself rolls back on some errors, a full disk among them.
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
  }
  async destroy(): Promise<void> {
    this.connection.forget();
    this.database.close();
  }
}

interface Prepared {
  readonly statement: StatementSync;
  readonly answersRows: boolean;
}

class SqliteConnection implements DatabaseConnection {
  private readonly database: DatabaseSync;
  private readonly prepared = new Map<string, Prepared>();
  constructor(database: DatabaseSync) {
    this.database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, answersRows } = this.statement(query.sql);
    const parameters = storedValues(query.parameters as readonly SQLInputValue[]);
    if (answersRows) return { rows: statement.all(...parameters).map((row) => textsOf(row) as R) };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const rows = this.database.prepare(query.sql).iterate(...storedValues(query.parameters as readonly SQLInputValue[]));
    for (const row of rows) yield { rows: [textsOf(row) as R] };
  }
  forget(): void {
    this.prepared.clear();
  }

  private statement(text: string): Prepared {
    const found = this.prepared.get(text);
    if (found !== undefined) return found;
    const statement = this.database.prepare(text);
    const made = { statement, answersRows: statement.columns().length > 0 };
    if (this.prepared.size >= PREPARED) this.prepared.delete(this.prepared.keys().next().value as string);
    this.prepared.set(text, made);
    return made;
  }
}

/** The row itself. */
function textsOf(row: Record<string, SQLOutputValue>): Record<string, SQLOutputValue> {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'string') row[name] = fromStored(value);
  }
  return row;
}
