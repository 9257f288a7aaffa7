/**
 * Where large things are: artifacts, stashes, published files, ended logs, caches. Keys are paths of safe characters
 * (`builds/12/artifacts/3f…`); what a key holds never changes once it is complete. The contract:
 *
 * - Whole or absent. `read` and `stat` see a blob from the moment that `put` or `complete` has resolved, and never part of it.
 *   Then it survives the machine (as far as the store does).
 * - Checked. `put` answers what was stored; `complete` compares size and SHA-256 with what was announced and fails with
 *   MR_BLOB_MISMATCH otherwise. `read` fails with MR_BLOB_DAMAGED when what is there is not what was stored.
 * - Streamed. Nothing is whole in memory; a reader that is slow makes the store wait.
 * - Staged uploads come in pieces, through any controller, and can be repeated: `append` at the staged size adds, before it
 *   is ignored as far as it is there already, beyond it answers the staged size. Staged uploads of the same key from two
 *   sides end in one of them, whole.
 * - Idempotent. Putting a key again replaces it; deleting what is not there is no error.
 * - Errors that pass (a store that is away, a throttled one) are tried again inside, for some seconds; then MR_BLOB_AWAY.
 */
import type { Readable } from 'node:stream';

export interface BlobFacts {
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

export interface BlobStore {
  /** `size`: where it is known. */
  put(key: string, content: Readable, options?: { readonly size?: number; readonly signal?: AbortSignal }): Promise<BlobFacts>;
  /** Null where there is none. */
  stat(key: string): Promise<BlobFacts | null>;
  /** `from` to `to` (exclusive), bytes; all where not given. Throws MR_BLOB_MISSING where there is none. */
  read(key: string, range?: { readonly from: number; readonly to?: number }): Promise<Readable>;
  delete(keys: readonly string[]): Promise<void>;
  /** Keys that begin with it, in order, in pages. For cleaning up. */
  list(prefix: string): AsyncIterable<string>;

  /** How many bytes are staged; 0 where nothing is. */
  staged(key: string): Promise<number>;
  /** At most 4 MiB. Answers the staged size after it. */
  append(key: string, offset: number, chunk: Uint8Array): Promise<number>;
  complete(key: string, facts: BlobFacts): Promise<void>;
  discard(key: string): Promise<void>;

  close(): Promise<void>;
}
