import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Store } from '../store/store.ts';
import { DatabaseStore } from './database-store.ts';
import { FolderStore } from './folder-store.ts';
import { openBlobs } from './open-blobs.ts';
import { parseS3Address } from './s3-address.ts';
import { S3Store } from './s3-store.ts';

const storeOf = (shared: boolean): Store => ({ engine: { shared } }) as Store;
const open = (choice: string | null, shared = false, env: Record<string, string> = {}) =>
  openBlobs({ choice, folder: '/data/blobs', store: storeOf(shared), env });

describe('the choice of a blob store', () => {
  it('is the folder for one controller, and the database for several, where nothing is said', () => {
    assert.ok(open(null) instanceof FolderStore);
    assert.ok(open(null, true) instanceof DatabaseStore);
  });
  it('takes what is said', () => {
    assert.ok(open('folder', true) instanceof FolderStore);
    assert.ok(open('folder:/mnt/blobs', true) instanceof FolderStore);
    assert.ok(open('database') instanceof DatabaseStore);
    assert.ok(open('s3://bucket/prefix?region=eu-central-1') instanceof S3Store);
  });
  for (const [choice, message] of [
    ['', /none of folder/],
    ['minio', /none of folder/],
    ['folder:data', /does not begin with \//],
    ['s3:bucket', /"" is no name of a bucket/],
    ['s3://', /"" is no name of a bucket/],
    ['s3://bucket', /the region is missing/],
    ['s3://bucket/a//b?region=x', /the prefix/],
    ['s3://bucket?region=x&pathstyle=true', /no option "pathstyle"; there are endpoint, region, pathStyle/],
    ['s3://bucket?region=x&pathStyle=yes', /pathStyle is true or false/],
    ['s3://bucket?endpoint=minio:9000', /is no URL that begins with http/],
    ['s3://key:secret@bucket?region=x', /credentials do not belong here/],
  ] as const)
    it(`refuses ${JSON.stringify(choice)}`, () => {
      assert.throws(() => open(choice), { code: 'MR_BLOB_CONFIG', message });
    });
  it('does not repeat credentials that stand where they should not', () => {
    assert.throws(
      () => open('s3://key:secret@bucket?region=x'),
      (error: Error) => !/secret@|key:/.test(error.message),
    );
  });
  it('reads an address of S3, with the usual variables for what it leaves out', () => {
    const full = parseS3Address('s3://bucket/a/b/?endpoint=https%3A%2F%2Fs3.example%3A9000&region=x&pathStyle=false', {});
    assert.deepEqual(full, { bucket: 'bucket', prefix: 'a/b/', endpoint: 'https://s3.example:9000', region: 'x', pathStyle: false });
    assert.deepEqual(parseS3Address('s3://bucket', { AWS_REGION: 'r' }), { bucket: 'bucket', prefix: '', endpoint: null, region: 'r', pathStyle: false });
    const other = parseS3Address('s3://bucket?endpoint=http://minio:9000', {});
    assert.deepEqual(other, { bucket: 'bucket', prefix: '', endpoint: 'http://minio:9000', region: 'us-east-1', pathStyle: true });
  });
});
