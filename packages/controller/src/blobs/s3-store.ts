/**
 * Blobs as objects of a bucket, at any service that speaks S3: the object PREFIX/KEY, with size and digest in its metadata
 * (s3-upload.ts). Staged uploads are an object for each piece (s3-staging.ts), which `complete` streams into the blob and
 * removes. Only requests that every such service knows are used: no conditions on writes, no newer checksums, no bulk delete.
 */
import type { Readable } from 'node:stream';
import type { Patience } from './again.ts';
import { PATIENCE } from './again.ts';
import type { BlobFacts, BlobRange, BlobStore } from './blob-store.ts';
import { checkByUse } from './check-by-use.ts';
import { checkedRead, spanOf } from './checked-read.ts';
import { BlobError, checkKeyName } from './errors.ts';
import { compare, Measured } from './measured.ts';
import type { S3Address } from './s3-address.ts';
import { S3Bucket } from './s3-bucket.ts';
import { pieceKey, readPieces, STAGED, stagedPieces } from './s3-staging.ts';
import { FACTS, factsOf, upload } from './s3-upload.ts';

const DELETES = 16;

export class S3Store implements BlobStore {
  private readonly bucket: S3Bucket;
  constructor(address: S3Address, patience: Patience = PATIENCE) {
    this.bucket = new S3Bucket(address, patience);
  }

  async put(key: string, content: Readable, { size, signal }: { readonly size?: number; readonly signal?: AbortSignal } = {}): Promise<BlobFacts> {
    checkKeyName(key);
    try {
      return await upload(this.bucket, key, Measured.of(content, signal), (measured) => measured.facts(key, size), null);
    } catch (error) {
      content.destroy();
      throw error;
    }
  }

  async stat(key: string): Promise<BlobFacts | null> {
    checkKeyName(key);
    return (await factsOf(this.bucket, key))?.facts ?? null;
  }

  async read(key: string, range?: BlobRange): Promise<Readable> {
    checkKeyName(key);
    const found = await factsOf(this.bucket, key);
    if (found === null) throw new BlobError('MR_BLOB_MISSING', key);
    return checkedRead(key, found.facts, spanOf(found.facts, range), ({ from, to }) => this.content(key, from, to, found.etag));
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKeyName(key);
    await this.remove(keys);
  }

  async *list(prefix: string): AsyncIterable<string> {
    for await (const { key } of this.bucket.list(prefix)) if (!key.startsWith('.')) yield key;
  }

  async staged(key: string): Promise<number> {
    checkKeyName(key);
    return (await stagedPieces(this.bucket, key)).size;
  }

  async append(key: string, offset: number, chunk: Uint8Array): Promise<number> {
    const size = await this.staged(key);
    if (offset > size || offset + chunk.length <= size) return size;
    await this.bucket.put(pieceKey(key, size), chunk.subarray(size - offset));
    return offset + chunk.length;
  }

  async complete(key: string, facts: BlobFacts): Promise<void> {
    checkKeyName(key);
    const staged = await stagedPieces(this.bucket, key);
    if (!(await this.isThere(key, facts))) {
      const content = new Measured(readPieces(this.bucket, staged));
      const check = (measured: Measured): BlobFacts => {
        const found = measured.facts(key);
        compare(key, found, facts);
        return found;
      };
      try {
        await upload(this.bucket, key, content, check, facts);
      } catch (error) {
        if (!(error instanceof BlobError) || error.code === 'MR_BLOB_AWAY') throw error;
        await this.remove(staged.all);
        // Another controller may have completed it in the meantime.
        if (await this.isThere(key, facts)) return;
        throw error;
      }
    }
    await this.remove(staged.all);
  }

  async discard(key: string): Promise<void> {
    checkKeyName(key);
    await this.remove((await stagedPieces(this.bucket, key)).all);
  }

  async sweep(olderThan: number): Promise<number> {
    return (await this.sweepStaged(olderThan)) + (await this.sweepFacts(olderThan)) + (await this.sweepUploads(olderThan));
  }
  check(): Promise<void> {
    const { bucket, prefix, endpoint } = this.bucket.address;
    return checkByUse(this, `s3://${bucket}/${prefix}`, (error) => explain(error, bucket, endpoint));
  }
  close(): Promise<void> {
    return this.bucket.close();
  }

  private async *content(key: string, from: number, to: number, etag: string): AsyncGenerator<Uint8Array> {
    if ((yield* this.bucket.bytes(key, from, to, etag)) === 'gone') throw new BlobError('MR_BLOB_MISSING', key, 'it was deleted or replaced meanwhile');
  }
  private async isThere(key: string, facts: BlobFacts): Promise<boolean> {
    const found = await factsOf(this.bucket, key);
    return found?.facts.sha256 === facts.sha256 && found.facts.size === facts.size;
  }
  private async remove(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += DELETES) await Promise.all(keys.slice(at, at + DELETES).map((key) => this.bucket.delete(key)));
  }

  /** An upload goes as a whole: by its newest piece. */
  private async sweepStaged(olderThan: number): Promise<number> {
    const uploads = new Map<string, { newest: number; readonly keys: string[] }>();
    for await (const { key, changedAt } of this.bucket.list(STAGED)) {
      const upload = key.slice(0, key.lastIndexOf('/~'));
      const found = uploads.get(upload) ?? { newest: 0, keys: [] };
      found.newest = Math.max(found.newest, changedAt);
      found.keys.push(key);
      uploads.set(upload, found);
    }
    const old = [...uploads.values()].filter((found) => found.newest < olderThan);
    for (const { keys } of old) await this.remove(keys);
    return old.length;
  }

  /** Facts whose blob was deleted, replaced, or never completed. */
  private async sweepFacts(olderThan: number): Promise<number> {
    let swept = 0;
    for await (const { key: facts, changedAt } of this.bucket.list(FACTS)) {
      if (changedAt >= olderThan) continue;
      const head = await this.bucket.head(facts.slice(FACTS.length, facts.lastIndexOf('/')));
      if (head?.metadata['facts'] === facts) continue;
      await this.bucket.delete(facts);
      swept++;
    }
    return swept;
  }

  private async sweepUploads(olderThan: number): Promise<number> {
    let swept = 0;
    for await (const { key, upload, begunAt } of this.bucket.openUploads()) {
      if (begunAt >= olderThan) continue;
      await this.bucket.abortUpload(key, upload);
      swept++;
    }
    return swept;
  }
}

function explain(error: unknown, bucket: string, endpoint: string | null): string {
  const { name = '', $metadata, message = '' } = error as { name?: string; $metadata?: { httpStatusCode?: number }; message?: string };
  if (name === 'NoSuchBucket' || $metadata?.httpStatusCode === 404) return `the bucket ${bucket} does not exist`;
  if (name === 'CredentialsProviderError') return 'no credentials are found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  if (name === 'SignatureDoesNotMatch' || name === 'InvalidAccessKeyId') return 'the credentials are wrong';
  if ($metadata?.httpStatusCode === 403) return `the credentials have no permission for this in the bucket ${bucket}`;
  if ((error as { code?: string }).code === 'MR_BLOB_AWAY')
    return `${endpoint ?? 'the service'} does not answer (${String((error as Error & { cause?: unknown }).cause ?? message)})`;
  return message;
}
