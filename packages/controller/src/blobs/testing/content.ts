/** Content for tests that anybody can make again: the same bytes for the same seed, at any place. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobFacts } from '../blob-store.ts';

const BLOCK = 64 * 1024;

export function content(size: number, seed = 1): Buffer {
  const made = Buffer.alloc(size);
  for (let at = 0; at < size; at += BLOCK) block(at / BLOCK, seed).copy(made, at);
  return made;
}

/** In chunks of 64 KiB; `each` is called before each one, with how many bytes went before. */
export function contentStream(size: number, seed = 1, each: (before: number) => void | Promise<void> = () => undefined): Readable {
  return Readable.from(
    (async function* () {
      for (let at = 0; at < size; at += BLOCK) {
        await each(at);
        yield block(at / BLOCK, seed).subarray(0, size - at);
      }
    })(),
    { objectMode: false },
  );
}

export function factsOf(bytes: Uint8Array): BlobFacts {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function block(number: number, seed: number): Buffer {
  const made = Buffer.alloc(BLOCK);
  let x = (seed * 2_654_435_761 + number * 40_503 + 1) >>> 0;
  for (let i = 0; i < BLOCK; i += 4) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    made.writeUInt32LE(x, i);
  }
  return made;
}
