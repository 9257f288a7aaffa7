/**
 * The stream of a `read`, which ends only where all is right: the last piece is held back until the digest of a whole read, or
 * the length of a range, was compared. So nobody takes damaged content for whole.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobFacts, BlobRange } from './blob-store.ts';
import { BlobError } from './errors.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The range within the blob; empty where it begins beyond the end. */
export function spanOf(facts: BlobFacts, range: BlobRange | undefined): Span {
  const to = Math.min(range?.to ?? facts.size, facts.size);
  const from = Math.max(0, range?.from ?? 0);
  return { from: Math.min(from, to), to };
}

/** `pieces` answers the bytes of the span; it is asked for when the reader wants them. */
export function checkedRead(key: string, facts: BlobFacts, span: Span, pieces: (span: Span) => AsyncIterable<Uint8Array>): Readable {
  return Readable.from(checked(key, facts, span, pieces), { objectMode: false, highWaterMark: 256 * 1024 });
}

async function* checked(key: string, facts: BlobFacts, span: Span, pieces: (span: Span) => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const whole = span.from === 0 && span.to === facts.size;
  const hash = whole ? createHash('sha256') : null;
  const wanted = span.to - span.from;
  let held: Uint8Array | null = null,
    size = 0;
  if (wanted > 0)
    for await (const piece of pieces(span)) {
      if (piece.length === 0) continue;
      hash?.update(piece);
      size += piece.length;
      if (held !== null) yield held;
      held = piece;
    }
  if (size !== wanted) throw new BlobError('MR_BLOB_DAMAGED', key, `${size} bytes of ${wanted} are there`);
  if (hash !== null && hash.digest('hex') !== facts.sha256) throw new BlobError('MR_BLOB_DAMAGED', key, 'its digest is another');
  if (held !== null) yield held;
}
