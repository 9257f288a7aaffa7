/**
 * SQLite in a data folder: WAL, whose sync is apart from the commit (wal-sync.ts). One process alone: an exclusive lock on
 * a file beside it ends with the process, however it ends.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Engine, Session } from './engine.ts';
import { StoreError } from './errors.ts';
import type { Schema } from './schema.ts';
import { NodeSqliteDialect } from './sqlite-driver.ts';
import { WalSync } from './wal-sync.ts';

/** Throws MR_STORE_IN_USE where another process has the folder. */
export function openSqlite(folder: string): Engine {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const guard = lockFolder(folder);
  const file = join(folder, 'millrace.db');
  const writing = new DatabaseSync(file);
  writing.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000',
  );
  const reading = new DatabaseSync(file);
  reading.exec('PRAGMA query_only = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY');
  const wal = new WalSync(`${file}-wal`);
  const reads = new Kysely<Schema>({ dialect: new NodeSqliteDialect(reading) });
  const writes = new Kysely<Schema>({ dialect: new NodeSqliteDialect(writing, () => void wal.sync()) });
  return {
    kind: 'sqlite',
    dialect: { id: 'integer PRIMARY KEY AUTOINCREMENT', bytes: 'blob', bytewise: '' },
    shared: false,
    reads,
    writes,
    clock: sql<number>`CAST(unixepoch('subsec') * 1000 AS integer)`,
    exclusive: async () => undefined,
    announce: async () => undefined,
    durable: () => wal.pending,
    // A full disk, a disk that fails, another program's lock: what is to be written waits, and nothing is lost.
    isAway: (error) => AWAY_CODES.has(((error as { errcode?: number }).errcode ?? 0) & 0xff),
    isTransient: () => false,
    unhurried: (work) => work(),
    session: (): Session => ({ ready: Promise.resolve(), living: async () => new Set(), close: async () => undefined }),
    close: async () => {
      await reads.destroy();
      await writes.destroy();
      await wal.pending;
      wal.close();
      guard.close();
    },
  };
}

/** SQLITE_BUSY, LOCKED, IOERR, FULL, CANTOPEN; the extended codes have more above the lowest byte. */
const AWAY_CODES: ReadonlySet<number> = new Set([5, 6, 10, 13, 14]);

function lockFolder(folder: string): DatabaseSync {
  const guard = new DatabaseSync(join(folder, 'in-use.lock'), { timeout: 0 });
  try {
    guard.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (by text); COMMIT');
    return guard;
  } catch (e) {
    guard.close();
    if (!/locked|busy/i.test(String((e as Error).message))) throw e;
    throw new StoreError('MR_STORE_IN_USE', { folder });
  }
}
