/**
 * Content into one object: at once where it is small, else in parts. The object is seen when all is there, with its facts: in its
 * metadata where they are known before, else in a small object that the metadata names and that is written just before.
 */
import { randomUUID } from 'node:crypto';
import type { BlobFacts } from './blob-store.ts';
import { BlobError } from './errors.ts';
import type { Measured } from './measured.ts';
import type { S3Bucket, UploadedPart } from './s3-bucket.ts';

/** A part's size: the least that the services take. It grows, since there may be 10,000 parts: so 700 GiB go through. */
const PART = 5 * 1024 * 1024;
const GROWS_AFTER = 1_500;
const AT_ONCE = 3;

export const FACTS = '.facts/';

export async function upload(
  bucket: S3Bucket,
  key: string,
  measured: Measured,
  check: (measured: Measured) => BlobFacts,
  known: BlobFacts | null,
): Promise<BlobFacts> {
  const pieces = measured.pieces((number) => PART * 2 ** Math.floor(number / GROWS_AFTER));
  // Emptied as it is sent, so that nothing holds what is already there.
  const begin: Buffer[] = [];
  for (let next = await pieces.next(); next.done !== true && begin.push(next.value) < 2; ) next = await pieces.next();
  if (begin.length < 2) return putSmall(bucket, key, begin[0] ?? Buffer.alloc(0), check(measured));

  const id = `${FACTS}${key}/${randomUUID()}`;
  const into = await bucket.beginUpload(key, known === null ? { facts: id } : metadataOf(known));
  const parts: UploadedPart[] = [];
  const under = new Set<Promise<void>>();
  let failed: unknown = null;
  let number = 0;
  const send = async (piece: Buffer): Promise<void> => {
    const mine = ++number;
    const sending: Promise<void> = bucket
      .uploadPart(key, into, mine, piece)
      .then(
        (part) => {
          parts[mine - 1] = part;
        },
        (error: unknown) => {
          failed ??= error;
        },
      )
      .finally(() => under.delete(sending));
    under.add(sending);
    if (under.size >= AT_ONCE) await Promise.race(under);
    if (failed !== null) throw failed;
  };
  try {
    for (let piece = begin.shift(); piece !== undefined; piece = begin.shift()) await send(piece);
    for await (const piece of pieces) await send(piece);
    await Promise.all(under);
    if (failed !== null) throw failed;
    const facts = check(measured);
    if (known === null) await bucket.put(id, Buffer.from(JSON.stringify(facts)));
    if (!(await bucket.completeUpload(key, into, parts))) {
      const found = await factsOf(bucket, key);
      if (found?.facts.sha256 !== facts.sha256) throw new BlobError('MR_BLOB_AWAY', key, 'the service has forgotten the upload');
    }
    return facts;
  } catch (error) {
    await Promise.all(under);
    try {
      await bucket.abortUpload(key, into);
      if (known === null) await bucket.delete(id);
    } catch {
      // The first error is the one to tell; a sweep finds what is left.
    }
    throw error;
  }
}

/** Null where there is no such blob. */
export async function factsOf(bucket: S3Bucket, key: string): Promise<{ readonly facts: BlobFacts; readonly etag: string } | null> {
  const head = await bucket.head(key);
  if (head === null) return null;
  const { sha256, size, facts: elsewhere } = head.metadata;
  let facts: BlobFacts = { sha256: sha256 ?? '', size: Number(size) };
  if (elsewhere !== undefined) {
    const text = await bucket.text(elsewhere);
    if (text === null) throw new BlobError('MR_BLOB_DAMAGED', key, 'its facts are gone');
    facts = JSON.parse(text) as BlobFacts;
  }
  if (!/^[0-9a-f]{64}$/.test(facts.sha256)) throw new BlobError('MR_BLOB_DAMAGED', key, 'it has no digest');
  if (head.size !== facts.size) throw new BlobError('MR_BLOB_DAMAGED', key, `${head.size} bytes of ${facts.size} are there`);
  return { facts, etag: head.etag };
}

async function putSmall(bucket: S3Bucket, key: string, content: Uint8Array, facts: BlobFacts): Promise<BlobFacts> {
  await bucket.put(key, content, metadataOf(facts));
  return facts;
}

function metadataOf(facts: BlobFacts): { readonly [name: string]: string } {
  return { sha256: facts.sha256, size: String(facts.size) };
}
