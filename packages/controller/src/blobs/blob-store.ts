/**
 * Where large things are: artifacts, stashes, published files, ended logs, caches. Keys are paths of safe characters
 * (`builds/12/artifacts/3f…`); what a key holds never changes once it is complete. The contract, which
 * `testing/blob-contract.ts` holds every store to:
 *
 * - Whole or absent. `read` and `stat` see a blob from the moment that `put` or `complete` has resolved, and never part of it.
 *   Then it survives the machine (as far as the store does). A put or complete that was cut off leaves what was there before.
 * - Checked. `put` answers what was stored; `complete` compares size and SHA-256 with what was announced and fails with
 *   MR_BLOB_MISMATCH otherwise; what was staged is gone then. A stream of `read` fails with MR_BLOB_DAMAGED when what is there
 *   is not what was stored: its last bytes are held back until the digest of a whole read, or the length of a range, is right.
 * - Streamed. Nothing is whole in memory; a reader that is slow makes the store wait.
 * - Staged uploads come in pieces, through any controller, and can be repeated: `append` at the staged size adds, before it
 *   is ignored as far as it is there already, beyond it answers the staged size. Who sends a key's upload from two sides
 *   sends the same bytes; it ends in one of them, whole. Mixed bytes are found by the digest. Staged pieces need not survive
 *   the machine: the sender asks `staged` and keeps what it sends until `complete` has resolved.
 * - Idempotent. Putting a key again replaces it; completing again what is there is no error, and neither is deleting what is
 *   not there.
 * - Errors that pass (a store that is away, a throttled one) are tried again inside, for some seconds; then MR_BLOB_AWAY.
 *   Writes into the database wait for it like all others of the controller (GroupWriter).
 */
import type { Readable } from 'node:stream';

export interface BlobFacts {
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

export interface BlobRange {
  readonly from: number;
  /** Exclusive; the end where it is not given. */
  readonly to?: number;
}

/** The most that one `append` takes. */
export const MAX_PIECE = 4 * 1024 * 1024;

export interface BlobStore {
  /** `size`: where it is known; content of another size fails with MR_BLOB_MISMATCH. */
  put(key: string, content: Readable, options?: { readonly size?: number; readonly signal?: AbortSignal }): Promise<BlobFacts>;
  /** Null where there is none. */
  stat(key: string): Promise<BlobFacts | null>;
  /** `from` to `to` (exclusive), bytes; all where not given. Throws MR_BLOB_MISSING where there is none. */
  read(key: string, range?: BlobRange): Promise<Readable>;
  delete(keys: readonly string[]): Promise<void>;
  /** Keys that begin with it, in the order of their bytes, in pages. For cleaning up. */
  list(prefix: string): AsyncIterable<string>;

  /** How many bytes are staged; 0 where nothing is. */
  staged(key: string): Promise<number>;
  /** At most MAX_PIECE. Answers the staged size after it. */
  append(key: string, offset: number, chunk: Uint8Array): Promise<number>;
  complete(key: string, facts: BlobFacts): Promise<void>;
  discard(key: string): Promise<void>;

  /** Removes what uploads that ended in the middle have left, where nothing was added since `olderThan` (ms since 1970). How many. */
  sweep(olderThan: number): Promise<number>;
  /** For the start: writes, reads and removes a small blob. Throws MR_BLOB_CONFIG, with what fails, where that cannot be done. */
  check(): Promise<void>;
  close(): Promise<void>;
}
