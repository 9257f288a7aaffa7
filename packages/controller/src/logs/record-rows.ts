/**
 * A build's record as rows of build_chunks, a few at a time: never all of it is in memory.
 *
 * The rows of an ended build go when its object is there. Each read asks in the same statement, or after one that found
 * nothing, whether it is: only what was read without it is whole. Else it throws RecordMoved, and the reader goes on with the
 * object.
 */
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { LogPlace, LogRow, RecordForm } from './record-form.ts';

export type FlushRow = Pick<Row<'build_chunks'>, 'seq' | 'journal' | 'records' | 'tree' | 'log' | 'log_at'>;

const BATCH = 16;

export class RecordMoved extends Error {
  readonly place: string;
  constructor(place: string) {
    super('The record of the build is in its object now.');
    this.place = place;
  }
}

export class RecordRows implements RecordForm {
  private readonly db: Tx;
  private readonly build: number;
  constructor(db: Tx, build: number) {
    this.db = db;
    this.build = build;
  }

  async logSize(): Promise<number> {
    const [last] = await this.whole(this.chunks().select(['log', 'log_at']).orderBy('seq', 'desc').limit(1).execute());
    return last === undefined ? 0 : last.log_at + Buffer.byteLength(last.log ?? '');
  }

  async flushAt(byte: number): Promise<number> {
    const [row] = await this.whole(this.chunks().select('seq').where('log_at', '<=', byte).orderBy('log_at', 'desc').orderBy('seq', 'desc').limit(1).execute());
    return row?.seq ?? 0;
  }

  /** Rows know nothing of lines. */
  async flushAtLine(): Promise<LogPlace> {
    return { seq: 0, byte: 0, line: 0 };
  }

  async *log(seq: number): AsyncGenerator<LogRow> {
    yield* this.pages(seq, (next) => this.from(next).select(['seq', 'log', 'log_at', 'records', 'tree']).execute());
  }

  /** All that is kept of each. */
  async *flushes(): AsyncGenerator<FlushRow> {
    yield* this.pages(0, (next) => this.from(next).select(['seq', 'journal', 'records', 'tree', 'log', 'log_at']).execute());
  }

  async *entries(section: 'journal' | 'tree', seq: number): AsyncGenerator<{ seq: number; text: string }> {
    yield* this.texts(section, seq);
  }

  async printing(): Promise<Set<string>> {
    const out = new Set<string>();
    for await (const { text } of this.texts('records', 0)) for (const { node } of (JSON.parse(text) as { pieces: { node: string }[] }).pieces) out.add(node);
    return out;
  }

  private texts(column: 'journal' | 'tree' | 'records', seq: number): AsyncGenerator<{ seq: number; text: string }> {
    return this.pages(seq, async (next) =>
      this.from(next)
        .select(['seq', `${column} as text`])
        .where(column, '<>', '')
        .execute(),
    );
  }

  private async *pages<T extends { readonly seq: number }>(
    seq: number,
    page: (next: number) => Promise<(T & { readonly record: string | null })[]>,
  ): AsyncGenerator<T> {
    for (let next = seq; ; ) {
      const rows = await this.whole(page(next));
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return;
      next = last.seq + 1;
    }
  }

  private from(seq: number) {
    return this.chunks().where('seq', '>=', seq).orderBy('seq').limit(BATCH);
  }
  private chunks() {
    const { build } = this;
    return this.db
      .selectFrom('build_chunks')
      .where('build_id', '=', build)
      .select((e) => e.selectFrom('builds').select('record').where('id', '=', build).as('record'));
  }
  /** Throws RecordMoved. */
  private async whole<T extends { readonly record: string | null }>(read: Promise<T[]>): Promise<T[]> {
    const rows = await read;
    const [first] = rows;
    const place =
      first === undefined ? (await this.db.selectFrom('builds').select('record').where('id', '=', this.build).executeTakeFirst())?.record : first.record;
    if (place != null) throw new RecordMoved(place);
    return rows;
  }
}
