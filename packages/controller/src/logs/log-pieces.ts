/**
 * A build's log in pieces, each with its time and its flow node, from a byte to a byte, of all nodes or of one and what is
 * below it. Followed, it goes on as the build does, woken by the store and at the latest after a short while, until the build
 * has ended.
 */
import type { FlowNode } from '@millrace/pipeline';
import type { Store } from '../store/store.ts';
import type { BuildRecord } from './build-record.ts';
import { nextChange } from './next-change.ts';

export interface LogPiece {
  readonly text: string;
  /** When it was kept. */
  readonly at: number;
  readonly node: string;
  /** Nothing was there after it, for now. */
  readonly pause?: true;
}

export interface LogOptions {
  readonly store: Store;
  readonly record: BuildRecord;
  readonly from: number;
  /** Null: to the end. */
  readonly to: number | null;
  readonly node: string | null;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

export async function* logPieces({ store, record, from, to, node, follow, signal }: LogOptions): AsyncGenerator<LogPiece> {
  const { build } = record;
  const wanted = node === null ? null : await WantedNodes.of(record, node);
  let seq = await record.flushAt(from);
  for (;;) {
    const changed = follow ? nextChange(store, build, signal) : null;
    // Before the rows are read: what an ended build has written is then seen.
    const over = !follow || (await hasEnded(store, build));
    for await (const row of record.log(seq, { trees: wanted !== null })) {
      seq = row.seq + 1;
      if (row.tree !== '') wanted?.add(JSON.parse(row.tree) as FlowNode[]);
      if (row.log === null) continue;
      if (to !== null && row.log_at >= to) return;
      const { at, pieces } =
        row.records === '' ? { at: 0, pieces: [] } : (JSON.parse(row.records) as { at: number; pieces: { node: string; length: number }[] });
      let index = 0,
        byte = row.log_at;
      for (const piece of pieces) {
        const text = row.log.slice(index, index + piece.length);
        index += piece.length;
        const cut = clip(text, byte, from, to);
        byte += Buffer.byteLength(text);
        if (cut !== '' && (wanted === null || wanted.has(piece.node))) yield { text: cut, at, node: piece.node };
      }
      const rest = clip(row.log.slice(index), byte, from, to);
      if (rest !== '' && wanted === null) yield { text: rest, at, node: '' };
      if (signal.aborted) return;
    }
    if (over || signal.aborted) return;
    yield { text: '', at: 0, node: '', pause: true };
    await changed;
  }
}

/** The part of it that is in the range. A character that the range cuts is left out at its begin, and whole at its end. */
function clip(text: string, at: number, from: number, to: number | null): string {
  const bytes = Buffer.byteLength(text);
  if (at >= from && (to === null || at + bytes <= to)) return text;
  if (at + bytes <= from || (to !== null && at >= to)) return '';
  const buffer = Buffer.from(text);
  let begin = Math.max(0, from - at),
    end = to === null ? bytes : Math.min(bytes, to - at);
  while (begin < bytes && isInside(buffer[begin])) begin++;
  while (end < bytes && isInside(buffer[end])) end++;
  return buffer.toString('utf8', begin, end);
}

function isInside(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

export async function hasEnded({ db }: Store, build: number): Promise<boolean> {
  const row = await db.selectFrom('builds').select('state').where('id', '=', build).executeTakeFirst();
  return row?.state !== 'running' && row?.state !== 'queued';
}

/** A node and all below it; grows with the tree. */
class WantedNodes {
  private readonly root: string;
  private readonly parents = new Map<string, string | null>();
  private readonly known = new Map<string, boolean>();
  private constructor(root: string) {
    this.root = root;
  }
  static async of(record: BuildRecord, root: string): Promise<WantedNodes> {
    const made = new WantedNodes(root);
    for await (const tree of record.trees()) made.add(JSON.parse(tree) as FlowNode[]);
    return made;
  }
  add(nodes: readonly FlowNode[]): void {
    for (const { id, parent } of nodes) this.parents.set(id, parent);
  }
  has(node: string): boolean {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const parent = this.parents.get(node);
    // A node that the tree does not tell of yet is asked for again.
    if (parent === undefined) return node === this.root;
    const answer = node === this.root || (parent !== null && this.has(parent));
    this.known.set(node, answer);
    return answer;
  }
}
