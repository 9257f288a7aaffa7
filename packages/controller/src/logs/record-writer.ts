/** Makes the object of record-format.ts from a build's flushes, in one pass: no more than a frame of each kind is in memory. */

import type { LogPart, Part } from './record-format.ts';
import { compress, encodeIndex, entryOf, FRAME } from './record-format.ts';
import type { FlushRow } from './record-rows.ts';

export class RecordWriter {
  /** Of what was written: flushes, and bytes of the log. */
  rows = 0;
  bytes = 0;
  private at = 0;
  private lines = 0;
  private readonly printing = new Set<string>();
  private readonly parts = { log: [] as LogPart[], journal: [] as Part[], tree: [] as Part[] };
  private readonly journal = new Open();
  private readonly tree = new Open();
  private readonly pieces = new Open();
  private readonly log = new Open();
  /** Of the log that is open. */
  private start = { byte: 0, line: 0 };

  async *write(rows: AsyncIterable<FlushRow>): AsyncGenerator<Buffer> {
    for await (const row of rows) {
      // What came before a large flush goes first, so that the two are not one frame.
      if (this.log.size > 0 && this.log.size + (row.log?.length ?? 0) > FRAME) yield await this.frame([this.pieces, this.log]);
      this.add(row);
      for (const open of [this.journal, this.tree]) if (open.size >= FRAME) yield await this.frame([open]);
      if (this.log.size + this.pieces.size >= FRAME) yield await this.frame([this.pieces, this.log]);
    }
    const left = [this.pieces, this.log, this.journal, this.tree].filter((open) => open.size > 0);
    if (left.length > 0) yield await this.frame(left);
    const { bytes, lines, parts } = this;
    yield await encodeIndex({ version: 1, bytes, lines, printing: [...this.printing], ...parts });
  }

  private add({ seq, journal, tree, records, log }: FlushRow): void {
    if (seq !== this.rows) throw new Error(`flush ${seq} comes after ${this.rows} flushes`);
    this.rows++;
    if (journal !== '') this.journal.add(seq, entryOf({ seq, bytes: 0, text: journal }));
    if (tree !== '') this.tree.add(seq, entryOf({ seq, bytes: 0, text: tree }));
    if (log === null && records === '') return;
    if (this.pieces.size === 0) this.start = { byte: this.bytes, line: this.lines };
    const text = Buffer.from(log ?? '');
    this.pieces.add(seq, entryOf({ seq, bytes: text.length, text: records }));
    this.log.add(seq, text);
    this.bytes += text.length;
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, end + 1)) this.lines++;
    if (records !== '') for (const { node } of (JSON.parse(records) as { pieces: { node: string }[] }).pieces) this.printing.add(node);
  }

  private async frame(opens: readonly Open[]): Promise<Buffer> {
    const raw = Buffer.concat(opens.flatMap((open) => open.buffers));
    const frame = await compress(raw);
    let from = 0;
    const ends = new Map<Open, number>();
    for (const open of opens) {
      from += open.size;
      ends.set(open, from);
    }
    const place = [this.at, frame.length] as const;
    for (const [name, open] of [
      ['journal', this.journal],
      ['tree', this.tree],
    ] as const) {
      const end = ends.get(open);
      if (end !== undefined) this.parts[name].push([...place, end - open.size, end, open.seq]);
    }
    const mid = ends.get(this.pieces);
    if (mid !== undefined) this.parts.log.push([...place, mid - this.pieces.size, mid, mid + this.log.size, this.pieces.seq, this.start.byte, this.start.line]);
    for (const open of opens) open.clear();
    this.at += frame.length;
    return frame;
  }
}

/** What is gathered for a frame. */
class Open {
  buffers: Buffer[] = [];
  size = 0;
  seq = 0;
  add(seq: number, content: Buffer): void {
    if (this.buffers.length === 0) this.seq = seq;
    this.buffers.push(content);
    this.size += content.length;
  }
  clear(): void {
    this.buffers = [];
    this.size = 0;
  }
}
