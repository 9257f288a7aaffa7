import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Patience } from './again.ts';
import type { S3Address } from './s3-address.ts';
import { S3Store } from './s3-store.ts';
import type { BlobBed } from './testing/blob-contract.ts';
import { blobContract } from './testing/blob-contract.ts';
import { content, contentStream, factsOf } from './testing/content.ts';
import type { FaultProxy } from './testing/fault-proxy.ts';
import { FAULTS, startFaultProxy } from './testing/fault-proxy.ts';
import type { TestS3 } from './testing/s3-server.ts';
import { startS3 } from './testing/s3-server.ts';

const BUCKET = 'millrace-test';
const MIB = 1024 * 1024;
let beds = 0;

const addressOf = (endpoint: string, prefix: string, bucket = BUCKET): S3Address => ({ bucket, prefix, endpoint, region: 'us-east-1', pathStyle: true });
const brief: Patience = { forMs: 300, firstPauseMs: 20, random: () => 1 };

async function makeBed(server: TestS3, endpoint: string, more: () => Promise<void>): Promise<BlobBed> {
  const prefix = `bed-${process.pid}-${++beds}/`;
  const opened: S3Store[] = [];
  const alone = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  Object.assign(process.env, server.env);
  return {
    open: async () => {
      const store = new S3Store(addressOf(endpoint, prefix));
      opened.push(store);
      return store;
    },
    alone,
    child: { choice: `s3://${BUCKET}/${prefix}?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1&pathStyle=true`, folder: '' },
    env: server.env,
    damage: async (key) => {
      const client = server.client();
      const at = { Bucket: BUCKET, Key: prefix + key };
      const found = await client.send(new GetObjectCommand(at));
      const bytes = Buffer.from((await found.Body?.transformToByteArray()) as Uint8Array);
      bytes[7] = (bytes[7] as number) ^ 1;
      await client.send(new PutObjectCommand({ ...at, Body: bytes, Metadata: found.Metadata ?? {} }));
      client.destroy();
    },
    close: async () => {
      await alone();
      await more();
    },
  };
}

blobContract('S3', async () => {
  const server = await startS3(BUCKET);
  return makeBed(server, server.endpoint, () => server.stop());
});

blobContract('S3 behind a network that fails', async () => {
  const server = await startS3(BUCKET);
  const proxy = await startFaultProxy(server.endpoint);
  proxy.next = () => (proxy.requests % 11 === 0 ? FAULTS[(proxy.requests / 11) % FAULTS.length] : undefined);
  return makeBed(server, proxy.endpoint, async () => {
    for (const fault of FAULTS) assert.ok((proxy.done[fault] ?? 0) > 0, `${fault} was never tried`);
    assert.deepEqual(proxy.wrongBodies, []);
    await proxy.stop();
    await server.stop();
  });
});

describe('the S3 store', () => {
  let server: TestS3, proxy: FaultProxy, store: S3Store;
  before(async () => {
    server = await startS3(BUCKET);
    proxy = await startFaultProxy(server.endpoint);
    Object.assign(process.env, server.env);
    store = new S3Store(addressOf(proxy.endpoint, 'one/'), brief);
  });
  after(async () => {
    await store.close();
    await proxy.stop();
    await server.stop();
  });
  const keys = async (prefix: string): Promise<string[]> => {
    const client = server.client();
    const page = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
    client.destroy();
    return (page.Contents ?? []).map((found) => found.Key as string);
  };

  it('goes on where the connection breaks in the middle of a blob, again and again', async () => {
    const bytes = content(3 * MIB);
    await store.put('cut', Readable.from([bytes]));
    proxy.next = (request) => (request.method === 'GET' && (proxy.done.cutWithin ?? 0) < 8 ? 'cutWithin' : undefined);
    assert.ok((await buffer(await store.read('cut'))).equals(bytes));
    assert.equal(proxy.done.cutWithin, 8);
    proxy.next = () => undefined;
  });

  it('finds its upload done where the answer of the last request was lost', async () => {
    let lost = 0;
    proxy.next = (request) => (request.method === 'POST' && /uploadId=/.test(request.url ?? '') && lost++ === 0 ? 'lostAnswer' : undefined);
    const bytes = content(17 * MIB);
    assert.deepEqual(await store.put('lost', Readable.from([bytes])), factsOf(bytes));
    proxy.next = () => undefined;
    assert.ok(lost >= 2);
    assert.ok((await buffer(await store.read('lost'))).equals(bytes));
  });

  it('gives up after its patience with MR_BLOB_AWAY', async () => {
    for (const fault of ['error503', 'error429', 'cutBefore'] as const) {
      proxy.next = () => fault;
      await assert.rejects(store.stat('a'), { code: 'MR_BLOB_AWAY' }, fault);
      await assert.rejects(store.put('a', contentStream(MIB)), { code: 'MR_BLOB_AWAY' }, fault);
    }
    proxy.next = () => undefined;
    const nowhere = new S3Store(addressOf('http://127.0.0.1:9', ''), brief);
    await assert.rejects(nowhere.staged('a'), { code: 'MR_BLOB_AWAY' });
    await assert.rejects(nowhere.check(), { code: 'MR_BLOB_CONFIG', message: /cannot write: http:\/\/127.0.0.1:9 does not answer/ });
    await nowhere.close();
  });

  it('leaves no staged piece after a completion, and sweeps the facts of blobs that are gone', async () => {
    await store.append('staged', 0, content(1_000));
    await store.append('staged', 1_000, content(500));
    await store.discard('staged');
    await store.put('parts', contentStream(17 * MIB));
    const before = await keys('one/.');
    assert.equal(before.filter((key) => key.startsWith('one/.facts/parts/')).length, 1);
    assert.deepEqual(
      before.filter((key) => key.startsWith('one/.staged/')),
      [],
    );
    assert.equal(await store.sweep(Date.now() + 60_000), 0);
    await store.delete(['parts']);
    assert.equal(await store.sweep(Date.now() + 60_000), 1);
    assert.deepEqual((await keys('one/.facts/parts/')).length, 0);
  });

  it('finds an object that somebody else has put in its place', async () => {
    const client = server.client();
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'one/foreign', Body: 'text' }));
    await assert.rejects(store.stat('foreign'), { code: 'MR_BLOB_DAMAGED' });
    await store.put('short', Readable.from([content(100)]));
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'one/short' }));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'one/short', Body: 'text', Metadata: head.Metadata ?? {} }));
    await assert.rejects(store.read('short'), { code: 'MR_BLOB_DAMAGED' });
    await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'one/copy', CopySource: `${BUCKET}/one/short` }));
    client.destroy();
  });

  it('says at the start what is wrong with the bucket', async () => {
    const missing = new S3Store(addressOf(server.endpoint, '', 'never-made'), brief);
    await assert.rejects(missing.check(), { code: 'MR_BLOB_CONFIG', message: /the bucket never-made does not exist/ });
    await missing.close();
  });
});
