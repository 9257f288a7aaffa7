/**
 * The few requests that a store makes of a bucket, each tried again while the service is away. The library signs, knows the
 * credentials of all usual places, and reads XML; it is loaded when the first request is made. Every body has its MD5, which
 * every service checks, so nothing is damaged on the way there unseen. Trying again is done here and not by the library, so
 * that it has an end in time and one error.
 */
import { createHash } from 'node:crypto';
import type { ListMultipartUploadsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { Patience } from './again.ts';
import { again, pauseOf } from './again.ts';
import { BlobError } from './errors.ts';
import type { S3Address } from './s3-address.ts';

type Library = typeof import('@aws-sdk/client-s3');

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly changedAt: number;
}
export interface HeadOfObject {
  readonly size: number;
  readonly etag: string;
  readonly metadata: { readonly [name: string]: string };
}
export interface UploadedPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

const CONNECTION = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_PREMATURE_CLOSE)$/;
const NAMES =
  /^(TimeoutError|RequestTimeout|SlowDown|Throttling|ThrottlingException|TooManyRequests|InternalError|ServiceUnavailable|BadDigest|NetworkingError)$/;

export class S3Bucket {
  readonly address: S3Address;
  private readonly patience: Patience;
  private loading: Promise<{ library: Library; client: S3Client }> | null = null;

  constructor(address: S3Address, patience: Patience) {
    this.address = address;
    this.patience = patience;
  }

  async put(key: string, body: Uint8Array, metadata: { readonly [name: string]: string } = {}): Promise<void> {
    await this.ask(key, ({ library, client }) =>
      client.send(new library.PutObjectCommand({ ...this.at(key), Body: body, ContentMD5: md5(body), Metadata: metadata })),
    );
  }
  /** Null where there is none. */
  async head(key: string): Promise<HeadOfObject | null> {
    return this.orNull(key, async ({ library, client }) => {
      const found = await client.send(new library.HeadObjectCommand(this.at(key)));
      return { size: found.ContentLength ?? 0, etag: found.ETag ?? '', metadata: found.Metadata ?? {} };
    });
  }
  /** A small object, whole. */
  async text(key: string): Promise<string | null> {
    return this.orNull(key, async ({ library, client }) => (await client.send(new library.GetObjectCommand(this.at(key)))).Body?.transformToString() ?? null);
  }
  /**
   * The bytes from `from` to `to`; where the connection breaks it goes on from there. Ends early where the object is shorter.
   * `etag`: of which object; null where it is gone or another by now.
   */
  async *bytes(key: string, from: number, to: number, etag: string | null): AsyncGenerator<Uint8Array, 'gone' | 'done'> {
    let at = from,
      progress = performance.now(),
      breaks = 0;
    while (at < to) {
      const begun = at;
      const body = await this.orNull(key, async ({ library, client }) => {
        const range = `bytes=${begun}-${to - 1}`;
        const found = await client.send(new library.GetObjectCommand({ ...this.at(key), Range: range, ...(etag === null ? {} : { IfMatch: etag }) }));
        return found.Body as AsyncIterable<Uint8Array> | undefined;
      });
      if (body === null || body === undefined) return 'gone';
      try {
        for await (const chunk of body) {
          at += chunk.length;
          progress = performance.now();
          breaks = 0;
          yield chunk;
        }
        // A body that ends early without an error: the object is shorter than it should be.
        return 'done';
      } catch (error) {
        if (!passes(error)) throw error;
        if (performance.now() - progress > this.patience.forMs) throw new BlobError('MR_BLOB_AWAY', key, String((error as Error).message), error);
        await pauseOf(this.patience, breaks++);
      }
    }
    return 'done';
  }
  async delete(key: string): Promise<void> {
    await this.ask(key, ({ library, client }) => client.send(new library.DeleteObjectCommand(this.at(key))));
  }
  /** In the order of their bytes. */
  async *list(prefix: string): AsyncGenerator<StoredObject> {
    let token: string | undefined;
    do {
      const page = await this.ask(prefix, ({ library, client }) =>
        client.send(
          new library.ListObjectsV2Command({
            Bucket: this.address.bucket,
            Prefix: this.address.prefix + prefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        ),
      );
      for (const { Key = '', Size = 0, LastModified } of page.Contents ?? [])
        yield { key: Key.slice(this.address.prefix.length), size: Size, changedAt: LastModified?.getTime() ?? Date.now() };
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async beginUpload(key: string, metadata: { readonly [name: string]: string }): Promise<string> {
    const begun = await this.ask(key, ({ library, client }) => client.send(new library.CreateMultipartUploadCommand({ ...this.at(key), Metadata: metadata })));
    return begun.UploadId as string;
  }
  async uploadPart(key: string, upload: string, number: number, body: Uint8Array): Promise<UploadedPart> {
    const part = { ...this.at(key), UploadId: upload, PartNumber: number, Body: body, ContentMD5: md5(body) };
    const done = await this.ask(key, ({ library, client }) => client.send(new library.UploadPartCommand(part)));
    return { PartNumber: number, ETag: done.ETag as string };
  }
  /** False: the service does not know the upload (any more): an answer may have been lost, so look whether the object is there. */
  async completeUpload(key: string, upload: string, parts: readonly UploadedPart[]): Promise<boolean> {
    const request = { ...this.at(key), UploadId: upload, MultipartUpload: { Parts: [...parts] } };
    const done = await this.orNull(key, ({ library, client }) => client.send(new library.CompleteMultipartUploadCommand(request)));
    return done !== null;
  }
  async abortUpload(key: string, upload: string): Promise<void> {
    await this.orNull(key, ({ library, client }) => client.send(new library.AbortMultipartUploadCommand({ ...this.at(key), UploadId: upload })));
  }
  /** Uploads that were neither completed nor aborted. A service that does not list them is expected to end them by itself. */
  async *openUploads(): AsyncGenerator<{ readonly key: string; readonly upload: string; readonly begunAt: number }> {
    let markers: { readonly KeyMarker?: string; readonly UploadIdMarker?: string } | null = {};
    while (markers !== null) {
      const page: ListMultipartUploadsCommandOutput | null = await this.uploadsFrom(markers);
      for (const { Key = '', UploadId, Initiated } of page?.Uploads ?? [])
        if (UploadId !== undefined) yield { key: Key.slice(this.address.prefix.length), upload: UploadId, begunAt: Initiated?.getTime() ?? Date.now() };
      const more: boolean = page?.IsTruncated === true && page.NextKeyMarker !== undefined;
      markers = more ? { KeyMarker: page?.NextKeyMarker ?? '', UploadIdMarker: page?.NextUploadIdMarker ?? '' } : null;
    }
  }
  private uploadsFrom(markers: { readonly KeyMarker?: string; readonly UploadIdMarker?: string }): Promise<ListMultipartUploadsCommandOutput | null> {
    const request = { Bucket: this.address.bucket, Prefix: this.address.prefix, ...markers };
    return this.orNull('', ({ library, client }) => client.send(new library.ListMultipartUploadsCommand(request)));
  }

  async close(): Promise<void> {
    (await this.loading)?.client.destroy();
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.address.bucket, Key: this.address.prefix + key };
  }
  private load(): Promise<{ library: Library; client: S3Client }> {
    this.loading ??= import('@aws-sdk/client-s3').then((library) => {
      const { endpoint, region, pathStyle } = this.address;
      const client = new library.S3Client({
        region,
        forcePathStyle: pathStyle,
        ...(endpoint === null ? {} : { endpoint }),
        // Checksums of Amazon's newer kinds are not known to other services; the MD5 is.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        maxAttempts: 1,
        requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
      });
      return { library, client };
    });
    return this.loading;
  }
  private ask<T>(key: string, work: (with_: { library: Library; client: S3Client }) => Promise<T>): Promise<T> {
    return again(key, passes, this.patience, async () => work(await this.load()));
  }
  /** Null where the service answers that it is not there, or not that any more. */
  private async orNull<T>(key: string, work: (with_: { library: Library; client: S3Client }) => Promise<T>): Promise<T | null> {
    try {
      return await this.ask(key, work);
    } catch (error) {
      const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
      if (name === 'NoSuchBucket') throw error;
      if (/^(NoSuchKey|NotFound|NoSuchUpload|PreconditionFailed|NotImplemented|MethodNotAllowed)$/.test(name)) return null;
      if ($metadata?.httpStatusCode === 404 || $metadata?.httpStatusCode === 412) return null;
      throw error;
    }
  }
}

function passes(error: unknown): boolean {
  const { name = '', code = '', $metadata, cause } = error as { name?: string; code?: string; $metadata?: { httpStatusCode?: number }; cause?: unknown };
  const status = $metadata?.httpStatusCode ?? 0;
  if (name === 'NotImplemented') return false;
  if (status >= 500 || status === 429 || status === 408 || CONNECTION.test(code) || NAMES.test(name)) return true;
  // Only where there is no answer, or one that broke: those that the service wrote speak of aborted uploads.
  if (status < 300 && /socket hang up|aborted|Premature close|terminated/i.test((error as Error).message ?? '')) return true;
  return cause !== undefined && passes(cause);
}

function md5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}
