/**
 * A blob as a file: a head of 64 bytes (a mark, the size, the digest), then the content. Facts and content are one file, so that
 * one rename makes both seen. The head comes first so that an upload can grow behind it, and is filled in when all is there:
 * by two controllers at once with the same bytes at the same place.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { BlobFacts } from './blob-store.ts';

export const HEAD = 64;
const MARK = Buffer.from('millrace blob 1\n');
const PIECE = 1024 * 1024;

export function headOf(facts: BlobFacts): Buffer {
  const head = Buffer.alloc(HEAD);
  MARK.copy(head);
  head.writeBigUInt64BE(BigInt(facts.size), 16);
  head.write(facts.sha256, 24, 'hex');
  return head;
}

/** Null where it is none. */
export async function readHead(file: FileHandle): Promise<BlobFacts | null> {
  const head = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(head, 0, HEAD, 0);
  if (bytesRead < HEAD || !head.subarray(0, MARK.length).equals(MARK)) return null;
  return { size: Number(head.readBigUInt64BE(16)), sha256: head.toString('hex', 24, 56) };
}

export async function contentSize(file: FileHandle): Promise<number> {
  return Math.max(0, (await file.stat()).size - HEAD);
}

/** The content's bytes from `from` to `to`, or to where the file ends. */
export async function* readContent(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, to - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, HEAD + at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

export async function digestOf(file: FileHandle): Promise<BlobFacts> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of readContent(file, 0, Number.MAX_SAFE_INTEGER)) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex') };
}
