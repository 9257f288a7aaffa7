/**
 * A staged upload in a bucket: an object for each piece, `.staged/KEY/~OFFSET-ID`, with 16 digits of offset. Two controllers may
 * write pieces at one place, of different lengths: what is staged is what the pieces cover from 0 without a gap.
 */
import { randomUUID } from 'node:crypto';
import type { S3Bucket } from './s3-bucket.ts';

export const STAGED = '.staged/';

export interface Piece {
  readonly key: string;
  /** The part of it that continues what was before: from its byte `skip`. */
  readonly skip: number;
  readonly size: number;
}

export interface StagedPieces {
  readonly size: number;
  readonly pieces: readonly Piece[];
  /** All objects, also those that nothing is taken from. */
  readonly all: readonly string[];
}

export async function stagedPieces(bucket: S3Bucket, key: string): Promise<StagedPieces> {
  const pieces: Piece[] = [];
  const all: string[] = [];
  let size = 0;
  for await (const found of bucket.list(folderOf(key))) {
    all.push(found.key);
    const offset = Number(found.key.slice(folderOf(key).length).split('-')[0]);
    if (offset > size || offset + found.size <= size) continue;
    pieces.push({ key: found.key, skip: size - offset, size: found.size });
    size = offset + found.size;
  }
  return { size, pieces, all };
}

export function pieceKey(key: string, offset: number): string {
  return `${folderOf(key)}${String(offset).padStart(16, '0')}-${randomUUID()}`;
}

/** Ends early where a piece is gone: then another controller has completed or discarded the upload. */
export async function* readPieces(bucket: S3Bucket, { pieces }: StagedPieces): AsyncGenerator<Uint8Array> {
  for (const { key, skip, size } of pieces) if ((yield* bucket.bytes(key, skip, size, null)) === 'gone') return;
}

function folderOf(key: string): string {
  return `${STAGED}${key}/~`;
}
