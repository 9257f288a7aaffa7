/**
 * The duty `compaction`: some time after a build has ended, its rows of build_chunks become one compressed object. A small one
 * is a row of build_records, many in one transaction; a larger one goes to the blob store.
 *
 *   chunked = 1, record null   rows alone. A blob that is being written is noted as loose.
 *   chunked = 1, record set    the object is durable and is what is read; rows are still being deleted, some at a time
 *   chunked = 0, record set    done
 *
 * Each move is one transaction, so a kill leaves one of the three, and the index builds_chunked finds the first two again: it
 * holds what is to be done and nothing else. One build at a time, and three times as long a rest as the work took, so that
 * builds that run hardly notice.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobStore } from '../blobs/blob-store.ts';
import { giveUpBlob, noteMaking } from '../blobs/loose-blobs.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import { pause } from '../pause.ts';
import type { Row } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Small } from './compaction-moves.ts';
import { allCanRead, deleteSomeRows, dueQuery, isMuch, keepSmall, nameBlob, nameRow } from './compaction-moves.ts';
import type { FlushRow } from './record-rows.ts';
import { RecordMoved, RecordRows } from './record-rows.ts';
import { RecordWriter } from './record-writer.ts';

export interface CompactionOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly write: HeldDuty['write'];
  readonly now: () => number;
  /** How long after its end a build stays as it is: who follows it reads its end from there. */
  readonly afterMs: number;
  readonly onError: (error: unknown) => void;
  /** For tests. */
  readonly restTimes?: number;
}

/** Up to so many bytes, compressed, an object is a row: a file for each would cost a block, an inode and three syncs. */
export const INLINE = 64 * 1024;
const LOOK_MS = 5_000,
  /** A build that could not be compacted is tried again after it. */
  RETRY_MS = 60_000;
const REST_TIMES = 3,
  REST_AFTER_MS = 20;

export class Compaction {
  private readonly options: CompactionOptions;
  private readonly failed = new Map<number, number>();
  private readonly stopping = new AbortController();
  private worked = performance.now();

  constructor(options: CompactionOptions) {
    this.options = options;
  }
  start(): void {
    this.run().catch(this.options.onError);
  }
  stop(): void {
    this.stopping.abort();
  }

  /** All that is due, once. Answers how many builds were done with. */
  async pass(): Promise<number> {
    const { store, now, afterMs } = this.options;
    if (!(await allCanRead(store.db))) return 0;
    for (const [id, until] of this.failed) if (until <= now()) this.failed.delete(id);
    this.worked = performance.now();
    let done = 0;
    for (let after = { ended_at: -1, id: 0 }; !this.stopped; ) {
      const due = await dueQuery(store.db, after, now() - afterMs).execute();
      const last = due.at(-1);
      if (last === undefined) break;
      done += await this.some(due.filter(({ id }) => !this.failed.has(id)));
      after = { ended_at: last.ended_at as number, id: last.id };
    }
    return done;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.pass().catch((error: unknown) => {
        this.report(error);
      });
      await pause(LOOK_MS, this.stopping.signal);
    }
  }
  /** What fails because it is stopped is done again by the next holder. */
  private report(error: unknown): void {
    if (!this.stopped) this.options.onError(error);
  }

  private async some(due: readonly Pick<Row<'builds'>, 'id' | 'record'>[]): Promise<number> {
    let done = 0,
      small: Small[] = [];
    const keep = async (): Promise<void> => {
      const all = small;
      small = [];
      if (all.length > 0) done += await this.keep(all);
    };
    for (const { id, record } of due) {
      if (this.stopped) break;
      await this.attempt(id, async () => {
        const made = record === null ? await this.make(id) : 'object';
        if (made === 'object') {
          await this.deleteRows(id);
          done++;
        } else if (made !== null) small.push(made);
      });
      if (isMuch(small)) await keep();
    }
    await keep();
    return done;
  }

  /** One build that fails does not keep others waiting. */
  private async attempt(id: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.stopped || /^MR_(FENCED|DUTY_LOST|STORE_CLOSED)$/.test((error as { code?: string }).code ?? '')) throw error;
      this.failed.set(id, this.options.now() + RETRY_MS);
      this.report(new Error(`the record of build ${id} could not be compacted`, { cause: error }));
    }
  }

  private async keep(all: readonly Small[]): Promise<number> {
    let done = 0;
    try {
      done = await this.options.write((tx) => keepSmall(tx, all));
    } catch (error) {
      for (const one of all)
        await this.attempt(one.id, async () => {
          if (all.length === 1) throw error;
          done += await this.keep([one]);
        });
    }
    await this.rest();
    return done;
  }

  /** Null: somebody else has done it, or it was deleted. 'object': that is what is read now, and the rows are to go. */
  private async make(id: number): Promise<Small | 'object' | null> {
    const { store, write } = this.options;
    const writer = new RecordWriter();
    const content = writer.write(this.resting(new RecordRows(store.db, id).flushes()));
    const begin: Buffer[] = [];
    try {
      for (let size = 0; size <= INLINE; ) {
        const { done, value } = await content.next();
        if (done !== true) {
          begin.push(value);
          size += value.length;
          continue;
        }
        const { rows, bytes } = writer;
        const small = { id, rows, bytes, data: Buffer.concat(begin) };
        if (!isMuch([small])) return small;
        return (await write((tx) => nameRow(tx, small))) ? 'object' : null;
      }
      return (await this.makeBlob(id, writer, begin, content)) ? 'object' : null;
    } catch (error) {
      if (error instanceof RecordMoved) return null;
      throw error;
    } finally {
      await content.return(undefined);
    }
  }

  private async makeBlob(id: number, writer: RecordWriter, begin: readonly Buffer[], rest: AsyncGenerator<Buffer>): Promise<boolean> {
    const { store, blobs, write, now } = this.options;
    const blob = `builds/${id}/record/${randomUUID()}`;
    await write((tx) => noteMaking(tx, blob, now()));
    let named = false;
    try {
      const { size } = await blobs.put(blob, Readable.from(following(begin, rest), { objectMode: false }), { signal: this.stopping.signal });
      named = await write((tx) => nameBlob(tx, id, { blob, size }, writer.rows));
      return named;
    } finally {
      // Where the writing failed too, the sweep finds it.
      if (!named)
        await giveUpBlob(store, blobs, blob).catch((error: unknown) => {
          this.report(error);
        });
    }
  }

  private async deleteRows(id: number): Promise<void> {
    for (let more = true; more; ) {
      if (this.stopped) return;
      more = await this.options.write((tx) => deleteSomeRows(tx, id));
      await this.rest();
    }
  }

  private async *resting(rows: AsyncIterable<FlushRow>): AsyncGenerator<FlushRow> {
    for await (const row of rows) {
      yield row;
      await this.rest();
    }
  }
  private async rest(): Promise<void> {
    const took = performance.now() - this.worked;
    if (took < REST_AFTER_MS) return;
    await pause(took * (this.options.restTimes ?? REST_TIMES), this.stopping.signal);
    this.worked = performance.now();
  }
}

async function* following(begin: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* begin;
  yield* rest;
}
