/** What a build has written, wherever it is: a read that begins on rows goes on with the object when they have become one. */
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Tx } from '../store/store.ts';
import type { LogRow, RecordForm } from './record-form.ts';
import type { RecordPlace } from './record-object.ts';
import { bytesAt, RecordObject } from './record-object.ts';
import { RecordMoved, RecordRows } from './record-rows.ts';

export interface RecordStores {
  readonly db: Tx;
  readonly blobs: BlobStore;
}

export class BuildRecord {
  readonly build: number;
  private readonly stores: RecordStores;
  private form: Promise<RecordForm>;

  /** `record`: as it was in the build's row, some time ago. */
  constructor(stores: RecordStores, { id, record }: { readonly id: number; readonly record: string | null }) {
    this.build = id;
    this.stores = stores;
    this.form = record === null ? Promise.resolve(new RecordRows(stores.db, id)) : this.object(record);
    // Told by the first read.
    this.form.catch(() => undefined);
  }

  /** In bytes, as it is now. */
  logSize(): Promise<number> {
    return this.ask((form) => form.logSize());
  }
  /** The flush that holds the byte, or the last one before it. */
  flushAt(byte: number): Promise<number> {
    return this.ask((form) => form.flushAt(byte));
  }
  /** Where the line begins (counted from 1); null where there are fewer. Rows are read from the start for it, an object is not. */
  async byteOfLine(line: number): Promise<number | null> {
    if (line === 1) return 0;
    const place = await this.ask((form) => form.flushAtLine(line));
    let breaks = place.line;
    for await (const { log, log_at } of this.log(place.seq))
      if (log !== null)
        for (let end = log.indexOf('\n'); end >= 0; end = log.indexOf('\n', end + 1))
          if (++breaks === line - 1) return log_at + Buffer.byteLength(log.slice(0, end + 1));
    return null;
  }
  /** Those that have ended. Rows are read from the start for it, an object is not. */
  async countLines(): Promise<number> {
    const place = await this.ask((form) => form.flushAtLine(Number.MAX_SAFE_INTEGER));
    let breaks = place.line;
    for await (const { log } of this.log(place.seq)) if (log !== null) for (let end = log.indexOf('\n'); end >= 0; end = log.indexOf('\n', end + 1)) breaks++;
    return breaks;
  }
  /** From that flush on, those that are there now. `trees`: with what they tell of the tree. */
  log(seq: number, { trees = false }: { readonly trees?: boolean } = {}): AsyncGenerator<LogRow> {
    return this.read(seq, (form, from) => form.log(from, trees));
  }
  /** The flow nodes that printed something. */
  printing(): Promise<ReadonlySet<string>> {
    return this.ask((form) => form.printing());
  }
  /** Flow nodes as they changed: JSON, an array for each flush. */
  async *trees(): AsyncGenerator<string> {
    for await (const { text } of this.read(0, (form, from) => form.entries('tree', from))) yield text;
  }
  /** Lines, each with its end. */
  async *journal(): AsyncGenerator<string> {
    for await (const { text } of this.read(0, (form, from) => form.entries('journal', from))) yield text;
  }
  /** The journal's first line; null where the build never began. */
  async journalHead(): Promise<string | null> {
    for await (const text of this.journal()) {
      const end = text.indexOf('\n');
      return end < 0 ? text : text.slice(0, end);
    }
    return null;
  }

  private async *read<T extends { readonly seq: number }>(seq: number, from: (form: RecordForm, seq: number) => AsyncIterable<T>): AsyncGenerator<T> {
    let next = seq;
    try {
      for await (const row of from(await this.form, next)) {
        next = row.seq + 1;
        yield row;
      }
    } catch (error) {
      yield* from(await this.moved(error), next);
    }
  }
  private async ask<T>(question: (form: RecordForm) => Promise<T>): Promise<T> {
    try {
      return await question(await this.form);
    } catch (error) {
      return question(await this.moved(error));
    }
  }

  private moved(error: unknown): Promise<RecordForm> {
    if (!(error instanceof RecordMoved)) throw error;
    this.form = this.object(error.place);
    return this.form;
  }
  private async object(place: string): Promise<RecordForm> {
    return RecordObject.open(await bytesAt(this.stores, this.build, JSON.parse(place) as RecordPlace));
  }
}
