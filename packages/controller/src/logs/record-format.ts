/**
 * The record of an ended build as one object, of which any part is read without the rest:
 *
 *   frame … frame  index  length of the index (4 bytes; its highest bit: compressed)
 *
 * A frame is about FRAME bytes, compressed by themselves with a check sum. It holds whole flushes: their log with its pieces,
 * journal, or tree; what is left at the end shares the last frame. The index, JSON, tells where each of them is, so a byte, a
 * line or a flush in the middle of a large log is found by it alone. Of journal, tree and pieces each flush is an entry:
 *
 *   SEQ BYTES LENGTH\n  and LENGTH bytes      (BYTES: how much of the log belongs to it)
 *
 * A flush that is larger than a frame makes a frame of its own: nothing else is in memory with it.
 */
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';

/** Before compression. Larger ones compress hardly better; smaller ones cost a request each where the object is far away. */
export const FRAME = 512 * 1024;
/** At the object's end, read at once: the index of all but the largest logs is in it. */
export const TAIL = 64 * 1024;
export const LENGTH_BYTES = 4;
const COMPRESSED = 0x8000_0000;
const SMALL_INDEX = 2_048;

/** Frame's place and size, then from where to where in it, uncompressed; seq of the first flush. */
export type Part = readonly [offset: number, size: number, from: number, to: number, seq: number];
/** `from` to `log`: its pieces. `byte`: of the whole log, where it begins; `line`: how many line breaks are before it. */
export type LogPart = readonly [offset: number, size: number, from: number, log: number, to: number, seq: number, byte: number, line: number];

export interface RecordIndex {
  readonly version: 1;
  /** Of the log. */
  readonly bytes: number;
  readonly lines: number;
  /** The flow nodes that printed something. */
  readonly printing: readonly string[];
  readonly log: readonly LogPart[];
  readonly journal: readonly Part[];
  readonly tree: readonly Part[];
}

export interface Entry {
  readonly seq: number;
  readonly bytes: number;
  readonly text: string;
}

export function entryOf({ seq, bytes, text }: Entry): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${seq} ${bytes} ${content.length}\n`), content]);
}

export function* entriesOf(part: Buffer): Generator<Entry> {
  for (let at = 0; at < part.length; ) {
    const end = part.indexOf(10, at);
    const [seq, bytes, length] = part.toString('latin1', at, end).split(' ').map(Number) as [number, number, number];
    at = end + 1 + length;
    yield { seq, bytes, text: part.toString('utf8', end + 1, at) };
  }
}

const compressing = promisify(zstdCompress),
  decompressing = promisify(zstdDecompress);
/** Below it the way to another thread takes longer than the work. */
const AT_ONCE = 32 * 1024;
const OPTIONS = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

export async function compress(raw: Buffer): Promise<Buffer> {
  return raw.length < AT_ONCE ? zstdCompressSync(raw, OPTIONS) : compressing(raw, OPTIONS);
}
/** Throws where it is damaged; one that is cut off may come out short. */
export async function decompress(frame: Buffer): Promise<Buffer> {
  return frame.length < AT_ONCE / 8 ? zstdDecompressSync(frame) : decompressing(frame);
}

export async function encodeIndex(index: RecordIndex): Promise<Buffer> {
  const text = Buffer.from(JSON.stringify(index));
  const small = text.length <= SMALL_INDEX;
  const content = small ? text : await compress(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(small ? content.length : (content.length | COMPRESSED) >>> 0);
  return Buffer.concat([content, length]);
}
/** Of the object's last four bytes: how long the index before them is. */
export function indexLength(last: Buffer): { readonly length: number; readonly compressed: boolean } {
  const value = last.readUInt32BE(last.length - LENGTH_BYTES);
  return { length: value & ~COMPRESSED, compressed: value >= COMPRESSED };
}
export async function decodeIndex(content: Buffer, compressed: boolean): Promise<RecordIndex> {
  return JSON.parse(String(compressed ? await decompress(content) : content)) as RecordIndex;
}
