/** A build's record as the object of record-format.ts: the frames that an answer needs are read, one at a time. */
import { buffer } from 'node:stream/consumers';
import type { BlobStore } from '../blobs/blob-store.ts';
import { BlobError } from '../blobs/errors.ts';
import type { Tx } from '../store/store.ts';
import type { LogPlace, LogRow, RecordForm } from './record-form.ts';
import type { Entry, LogPart, Part, RecordIndex } from './record-format.ts';
import { decodeIndex, decompress, entriesOf, indexLength, LENGTH_BYTES, TAIL } from './record-format.ts';

/** The column `record`: an object of the blob store, or the row of build_records. */
export type RecordPlace = { readonly blob: string; readonly size: number } | { readonly inline: true };

export interface RecordBytes {
  /** For errors. */
  readonly name: string;
  readonly size: number;
  read(from: number, to: number): Promise<Buffer>;
}

export async function bytesAt({ db, blobs }: { readonly db: Tx; readonly blobs: BlobStore }, build: number, place: RecordPlace): Promise<RecordBytes> {
  if ('blob' in place) {
    const { blob, size } = place;
    return { name: blob, size, read: async (from, to) => buffer(await blobs.read(blob, { from, to })) };
  }
  const row = await db.selectFrom('build_records').select('data').where('build_id', '=', build).executeTakeFirst();
  if (row === undefined) throw new BlobError('MR_BLOB_MISSING', `builds/${build}/record`);
  const data = Buffer.from(row.data.buffer, row.data.byteOffset, row.data.byteLength);
  return { name: `builds/${build}/record`, size: data.length, read: async (from, to) => data.subarray(from, to) };
}

export class RecordObject implements RecordForm {
  private readonly bytes: RecordBytes;
  private readonly index: RecordIndex;
  /** What was read last: parts of a small record share it. */
  private last: { readonly offset: number; readonly raw: Buffer } | null = null;

  private constructor(bytes: RecordBytes, index: RecordIndex) {
    this.bytes = bytes;
    this.index = index;
  }

  /** Throws MR_BLOB_MISSING, MR_BLOB_DAMAGED. */
  static async open(bytes: RecordBytes): Promise<RecordObject> {
    const { size } = bytes;
    const at = Math.max(0, size - TAIL);
    const tail = await bytes.read(at, size);
    const { length, compressed } = await unharmed(bytes, async () => indexLength(tail));
    const begin = size - LENGTH_BYTES - length;
    const content = begin >= at ? tail.subarray(begin - at, -LENGTH_BYTES) : await bytes.read(begin, size - LENGTH_BYTES);
    return new RecordObject(bytes, await unharmed(bytes, () => decodeIndex(content, compressed)));
  }

  async logSize(): Promise<number> {
    return this.index.bytes;
  }
  async printing(): Promise<ReadonlySet<string>> {
    return new Set(this.index.printing);
  }

  async flushAt(byte: number): Promise<number> {
    const part = lastUpTo(this.index.log, BYTE, byte);
    if (part === undefined) return 0;
    let [, , , , , found, at] = part;
    for (const { seq, bytes } of await this.pieces(part)) {
      if (at > byte) break;
      found = seq;
      at += bytes;
    }
    return found;
  }

  async flushAtLine(line: number): Promise<LogPlace> {
    // It begins behind a break, which may be within the part before.
    const part = lastUpTo(this.index.log, LINE, line - 2);
    if (part === undefined) return { seq: 0, byte: 0, line: 0 };
    const [, , , , , seq, byte, before] = part;
    return { seq, byte, line: before };
  }

  async *log(seq: number, trees: boolean): AsyncGenerator<LogRow> {
    const tree = trees ? this.entries('tree', seq) : none();
    let next = await tree.next();
    for await (const row of this.texts(seq)) {
      for (; next.done !== true && next.value.seq < row.seq; next = await tree.next())
        yield { seq: next.value.seq, log: null, log_at: 0, records: '', tree: next.value.text };
      if (next.done !== true && next.value.seq === row.seq) {
        yield { ...row, tree: next.value.text };
        next = await tree.next();
      } else yield row;
    }
  }

  async *entries(section: 'journal' | 'tree', seq: number): AsyncGenerator<Entry> {
    for (const [offset, size, from, to] of startingAt(this.index[section], PART_SEQ, seq))
      for (const entry of entriesOf(await this.part(offset, size, from, to))) if (entry.seq >= seq) yield entry;
  }

  private async *texts(from: number): AsyncGenerator<LogRow> {
    for (const part of startingAt(this.index.log, LOG_SEQ, from)) {
      const [offset, size, , log, to, , byte] = part;
      const pieces = await this.pieces(part);
      const text = await this.part(offset, size, log, to);
      let at = 0;
      for (const { seq, bytes, text: records } of pieces) {
        const log_at = byte + at;
        if (seq >= from) yield { seq, log: bytes === 0 ? null : text.toString('utf8', at, at + bytes), log_at, records, tree: '' };
        at += bytes;
      }
    }
  }
  private async pieces([offset, size, from, log]: LogPart): Promise<Entry[]> {
    return [...entriesOf(await this.part(offset, size, from, log))];
  }

  private async part(offset: number, size: number, from: number, to: number): Promise<Buffer> {
    if (this.last?.offset !== offset) {
      const frame = await this.bytes.read(offset, offset + size);
      this.last = { offset, raw: await unharmed(this.bytes, () => decompress(frame)) };
    }
    const { raw } = this.last;
    if (raw.length < to) throw new BlobError('MR_BLOB_DAMAGED', this.bytes.name, `${raw.length} bytes of ${to} are in the frame at ${offset}`);
    return raw.subarray(from, to);
  }
}

async function unharmed<T>({ name }: RecordBytes, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BlobError('MR_BLOB_DAMAGED', name, (error as Error).message, error);
  }
}

/** Columns of parts. */
const BYTE = 6,
  LINE = 7,
  LOG_SEQ = 5,
  PART_SEQ = 4;

/** The last one whose column is not beyond the value. Columns grow. */
function lastUpTo<T extends Part | LogPart>(parts: readonly T[], column: number, value: number): T | undefined {
  return parts[firstBeyond(parts, column, value) - 1];
}
function startingAt<T extends Part | LogPart>(parts: readonly T[], column: number, value: number): readonly T[] {
  return parts.slice(Math.max(0, firstBeyond(parts, column, value) - 1));
}
function firstBeyond(parts: readonly (Part | LogPart)[], column: number, value: number): number {
  let low = 0,
    high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((parts[middle] as Part)[column] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function* none(): AsyncGenerator<Entry> {}
