/** Content on its way into a store: counted, digested, and cut into pieces of the size that the store wants. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import type { BlobFacts } from './blob-store.ts';
import { BlobError } from './errors.ts';

export class Measured {
  private readonly hash = createHash('sha256');
  private readonly content: AsyncIterable<Uint8Array>;
  private size = 0;

  constructor(content: AsyncIterable<Uint8Array>) {
    this.content = content;
  }
  static of(content: Readable, signal: AbortSignal | undefined): Measured {
    return new Measured(signal === undefined ? content : addAbortSignal(signal, content));
  }

  /** Every piece but the last has exactly the size that `pieceSize` asks for (it is told the piece's number, from 0). */
  async *pieces(pieceSize: (number: number) => number): AsyncGenerator<Buffer> {
    let number = 0,
      wanted = pieceSize(0),
      parts: Uint8Array[] = [],
      have = 0;
    for await (const chunk of this.content) {
      // A stream of text is one of its UTF-8.
      let rest: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      this.hash.update(rest);
      this.size += rest.length;
      while (have + rest.length >= wanted) {
        const taken = rest.subarray(0, wanted - have);
        rest = rest.subarray(taken.length);
        const piece = parts.length === 0 ? Buffer.from(taken.buffer, taken.byteOffset, taken.length) : Buffer.concat([...parts, taken]);
        parts = [];
        have = 0;
        wanted = pieceSize(++number);
        yield piece;
      }
      if (rest.length > 0) {
        parts.push(rest);
        have += rest.length;
      }
    }
    if (have > 0) yield Buffer.concat(parts);
  }
  /** After the last piece. Throws MR_BLOB_MISMATCH where another size was announced. */
  facts(key: string, announced?: number): BlobFacts {
    if (announced !== undefined && announced !== this.size) throw new BlobError('MR_BLOB_MISMATCH', key, `${this.size} bytes of ${announced}`);
    return { size: this.size, sha256: this.hash.digest('hex') };
  }
}

/** Throws MR_BLOB_MISMATCH. */
export function compare(key: string, found: BlobFacts, announced: BlobFacts): void {
  if (found.size !== announced.size) throw new BlobError('MR_BLOB_MISMATCH', key, `${found.size} bytes of ${announced.size}`);
  if (found.sha256 !== announced.sha256) throw new BlobError('MR_BLOB_MISMATCH', key, 'the digest is another');
}
