/**
 * Blobs in the database, for installations that have nothing else which all controllers reach. Content is in pieces of PART
 * bytes under a name of its own (`#ID`), which changes hands by one small row, so that a blob of any size appears at once:
 *
 *   blobs KEY           the facts; blob_parts KEY, 0: the name under which its content is
 *   blobs .staged/KEY   a staged upload: size so far; in `sha256` the name of its content
 *   blobs .put/#ID      a put under way, so that what a killed one leaves can be found
 *
 * created_at of the last two is when something was last added.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { RawBuilder, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Patience } from './again.ts';
import { again, PATIENCE } from './again.ts';
import type { BlobFacts, BlobRange, BlobStore } from './blob-store.ts';
import { checkByUse } from './check-by-use.ts';
import { checkedRead, spanOf } from './checked-read.ts';
import type { ContentName } from './database-content.ts';
import { addToContent, contentName, contentOf, dropContent, PART, pointers, pointTo } from './database-content.ts';
import { BlobError, checkKeyName } from './errors.ts';
import { compare, Measured } from './measured.ts';

const PAGE = 500;
const STAGED = '.staged/';
const PUT = '.put/';

export class DatabaseStore implements BlobStore {
  private readonly store: Store;
  private readonly patience: Patience;
  constructor(store: Store, patience: Patience = PATIENCE) {
    this.store = store;
    this.patience = patience;
  }

  async put(key: string, content: Readable, { size, signal }: { readonly size?: number; readonly signal?: AbortSignal } = {}): Promise<BlobFacts> {
    checkKeyName(key);
    const name = contentName(randomUUID());
    const measured = Measured.of(content, signal);
    try {
      let number = 0,
        last: Buffer | null = null;
      // The last piece goes into the transaction that shows the blob: a small one takes no more than that.
      for await (const piece of measured.pieces(() => PART)) {
        if (last !== null) await this.putPart(name, number++, last);
        last = piece;
      }
      const facts = measured.facts(key, size);
      await this.store.write(async (tx) => {
        if (number > 0 && (await forget(tx, PUT + name)) === 0) throw new BlobError('MR_BLOB_AWAY', key, 'it stood still for so long that it was swept');
        if (last !== null) await tx.insertInto('blob_parts').values({ key: name, part: number, data: last }).execute();
        await show(tx, key, facts, name);
      });
      return facts;
    } catch (error) {
      content.destroy();
      try {
        await this.store.write(async (tx) => {
          await dropContent(tx, [name]);
          await forget(tx, PUT + name);
        });
      } catch {
        // The first error is the one to tell; a sweep finds what is left.
      }
      throw error;
    }
  }

  async stat(key: string): Promise<BlobFacts | null> {
    checkKeyName(key);
    const row = await this.asked(key, () => this.store.db.selectFrom('blobs').select(['size', 'sha256']).where('key', '=', key).executeTakeFirst());
    return row === undefined ? null : { size: row.size, sha256: row.sha256 };
  }

  async read(key: string, range?: BlobRange): Promise<Readable> {
    checkKeyName(key);
    const row = await this.asked(key, () =>
      this.store.db
        .selectFrom('blobs')
        .innerJoin('blob_parts', (join) => join.onRef('blob_parts.key', '=', 'blobs.key').on('blob_parts.part', '=', 0))
        .select(['blobs.size', 'blobs.sha256', 'blob_parts.data'])
        .where('blobs.key', '=', key)
        .executeTakeFirst(),
    );
    if (row === undefined) throw new BlobError('MR_BLOB_MISSING', key);
    const facts = { size: row.size, sha256: row.sha256 };
    const name = contentOf(row.data);
    return checkedRead(key, facts, spanOf(facts, range), ({ from, to }) => this.content(key, name, facts.size, from, to));
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKeyName(key);
    for (let at = 0; at < keys.length; at += PAGE) {
      const some = keys.slice(at, at + PAGE);
      await this.store.write(async (tx) => {
        // Its lock first, as in `show`: then nobody changes where the content of these is.
        const gone = (await tx.deleteFrom('blobs').where('key', 'in', some).returning('key').execute()).map((row) => row.key);
        if (gone.length === 0) return;
        await dropContent(tx, await pointers(tx, gone));
        await dropContent(tx, gone);
      });
    }
  }

  /** For tests beside `list`: keys that begin with `prefix`, behind `after`. */
  page(prefix: string, after: string): SelectQueryBuilder<Schema, 'blobs', { key: string }> {
    return this.store.db
      .selectFrom('blobs')
      .select('key')
      .where(this.bytes, '>', after)
      .where(this.begins(prefix))
      .where('key', 'not like', '.%')
      .orderBy(this.bytes)
      .limit(PAGE);
  }
  /** As keys are listed, and as their index has them. */
  private get bytes(): RawBuilder<string> {
    return sql<string>`key ${sql.raw(this.store.engine.dialect.bytewise)}`;
  }
  private begins(prefix: string): RawBuilder<boolean> {
    // Beyond every key: all of them are ASCII.
    return sql<boolean>`(${this.bytes} >= ${prefix} AND ${this.bytes} < ${`${prefix}\x7f`})`;
  }

  async *list(prefix: string): AsyncIterable<string> {
    for (let after = ''; ; ) {
      const rows = await this.asked(prefix, () => this.page(prefix, after).execute());
      for (const { key } of rows) yield key;
      if (rows.length < PAGE) return;
      after = (rows.at(-1) as { key: string }).key;
    }
  }

  async staged(key: string): Promise<number> {
    return (await this.stagedRow(key))?.size ?? 0;
  }

  async append(key: string, offset: number, chunk: Uint8Array): Promise<number> {
    checkKeyName(key);
    const fresh = contentName(randomUUID());
    return this.store.write(async (tx) => {
      if (offset === 0)
        await tx
          .insertInto('blobs')
          .values({ key: STAGED + key, size: 0, sha256: fresh, created_at: Date.now() })
          .onConflict((c) => c.column('key').doNothing())
          .execute();
      const row = await this.lockStaged(tx, key);
      if (row === undefined) return 0;
      if (offset > row.size || offset + chunk.length <= row.size) return row.size;
      const size = await addToContent(tx, row.sha256 as ContentName, row.size, chunk.subarray(row.size - offset));
      await tx
        .updateTable('blobs')
        .set({ size, created_at: Date.now() })
        .where('key', '=', STAGED + key)
        .execute();
      return size;
    });
  }

  async complete(key: string, facts: BlobFacts): Promise<void> {
    const known = await this.stat(key);
    if (known?.sha256 === facts.sha256 && known.size === facts.size) return this.discard(key);
    const staged = (await this.stagedRow(key)) ?? { size: 0, sha256: contentName(randomUUID()) };
    const name = staged.sha256 as ContentName;
    try {
      compare(key, { size: staged.size, sha256: await this.digestOf(key, name, staged.size) }, facts);
    } catch (error) {
      if (!(error instanceof BlobError) || error.code === 'MR_BLOB_AWAY') throw error;
      await this.lost(key, facts, name, error);
      return;
    }
    const shown = await this.store.write(async (tx) => {
      const row = await this.lockStaged(tx, key);
      if (row === undefined ? facts.size > 0 : row.sha256 !== name || row.size !== facts.size) return false;
      await forget(tx, STAGED + key);
      await show(tx, key, facts, name);
      return true;
    });
    if (!shown) await this.lost(key, facts, name, new BlobError('MR_BLOB_MISMATCH', key, 'nothing is staged'));
  }

  async discard(key: string): Promise<void> {
    checkKeyName(key);
    await this.store.write(async (tx) => {
      const row = await this.lockStaged(tx, key);
      if (row === undefined) return;
      await dropContent(tx, [row.sha256 as ContentName]);
      await forget(tx, STAGED + key);
    });
  }

  async sweep(olderThan: number): Promise<number> {
    const old = await this.store.db
      .selectFrom('blobs')
      .select('key')
      .where('created_at', '<', olderThan)
      .where((e) => e.or([this.begins(STAGED), this.begins(PUT)]))
      .execute();
    let swept = 0;
    for (const { key } of old)
      swept += await this.store.write(async (tx) => {
        const row = await tx.deleteFrom('blobs').where('key', '=', key).where('created_at', '<', olderThan).returning('sha256').executeTakeFirst();
        if (row === undefined) return 0;
        await dropContent(tx, [row.sha256 as ContentName]);
        return 1;
      });
    return swept;
  }
  check(): Promise<void> {
    return checkByUse(this, 'database');
  }
  /** The database is the controller's, and is closed by it. */
  async close(): Promise<void> {}

  /** Reads pass over a database that is away for a while. */
  private asked<T>(key: string, work: () => Promise<T>): Promise<T> {
    return again(key, (error) => this.store.engine.isAway(error), this.patience, work);
  }

  private putPart(name: ContentName, part: number, data: Uint8Array): Promise<void> {
    return this.store.write(async (tx) => {
      await tx
        .insertInto('blobs')
        .values({ key: PUT + name, size: 0, sha256: name, created_at: Date.now() })
        .onConflict((c) => c.column('key').doUpdateSet({ created_at: Date.now() }))
        .execute();
      await tx.insertInto('blob_parts').values({ key: name, part, data }).execute();
    });
  }

  private async *content(key: string, name: ContentName, size: number, from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let part = Math.floor(from / PART); part * PART < to; part++) {
      const start = part * PART;
      const row = await this.asked(key, () =>
        this.store.db.selectFrom('blob_parts').select('data').where('key', '=', name).where('part', '=', part).executeTakeFirst(),
      );
      if (row?.data.length !== Math.min(PART, size - start)) {
        // Deleted or replaced while it was read, or damaged.
        const [now] = await this.asked(key, () => pointers(this.store.db, [key]));
        if (row === undefined && now !== name) throw new BlobError('MR_BLOB_MISSING', key, 'it was deleted or replaced meanwhile');
        throw new BlobError('MR_BLOB_DAMAGED', key, `its part ${part} has ${row?.data.length ?? 'no'} bytes`);
      }
      yield row.data.subarray(Math.max(0, from - start), Math.min(PART, to - start));
    }
  }

  private async digestOf(key: string, name: ContentName, size: number): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.content(key, name, size, 0, size)) hash.update(piece);
    return hash.digest('hex');
  }

  /** The upload cannot be completed: unless another controller has done it, what is staged goes. */
  private async lost(key: string, facts: BlobFacts, name: ContentName, error: BlobError): Promise<void> {
    const known = await this.stat(key);
    if (known?.sha256 === facts.sha256 && known.size === facts.size) return;
    const row = await this.stagedRow(key);
    if (row?.sha256 === name) await this.discard(key);
    throw error.code === 'MR_BLOB_MISMATCH' ? error : new BlobError('MR_BLOB_MISMATCH', key, 'what is staged cannot be read', error);
  }

  private async stagedRow(key: string): Promise<BlobFacts | undefined> {
    checkKeyName(key);
    return this.asked(key, () =>
      this.store.db
        .selectFrom('blobs')
        .select(['size', 'sha256'])
        .where('key', '=', STAGED + key)
        .executeTakeFirst(),
    );
  }
  private lockStaged(tx: Tx, key: string): Promise<BlobFacts | undefined> {
    const query = tx
      .selectFrom('blobs')
      .select(['size', 'sha256'])
      .where('key', '=', STAGED + key);
    return (this.store.engine.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
  }
}

/** The blob is seen from this transaction's end; what it held before goes. */
async function show(tx: Tx, key: string, facts: BlobFacts, name: ContentName): Promise<void> {
  const row = { size: facts.size, sha256: facts.sha256, created_at: Date.now() };
  // First, since its lock makes two that show the same key come one after the other.
  await tx
    .insertInto('blobs')
    .values({ key, ...row })
    .onConflict((c) => c.column('key').doUpdateSet(row))
    .execute();
  await dropContent(
    tx,
    (await pointers(tx, [key])).filter((old) => old !== name),
  );
  await pointTo(tx, key, name);
}

async function forget(tx: Tx, key: string): Promise<number> {
  return Number((await tx.deleteFrom('blobs').where('key', '=', key).executeTakeFirst()).numDeletedRows);
}
