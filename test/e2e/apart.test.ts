/** `millrace up` as it is installed, with what the bundle keeps in files of their own: PostgreSQL's client, and Amazon's for S3. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startS3 } from '../../packages/controller/src/blobs/testing/s3-server.ts';
import { TestPostgres } from '../../packages/controller/src/store/testing/databases.ts';

const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');

const scratch = mkdtempSync(join(tmpdir(), 'millrace-e2e-'));
const postgres = new TestPostgres();
after(async () => {
  await postgres.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

test('a server on PostgreSQL that keeps its blobs in S3 starts from the bundle', async () => {
  const s3 = await startS3('blobs');
  const config = join(scratch, 'millrace.yaml');
  writeFileSync(config, `server:\n  blobs: 's3://blobs?endpoint=${s3.endpoint}'\n`);
  const env = { ...process.env, ...s3.env, DATABASE_URL: await postgres.database(), MILLRACE_KEY: randomBytes(32).toString('base64') };
  const args = [COMMAND, 'up', '--data', join(scratch, 'data'), '--listen', '127.0.0.1:0', '--config', config, '--executors', '0'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const up = new Promise<void>((resolve) => {
    const hear = (piece: Buffer): void => {
      said += piece;
      if (/is up: http/.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  try {
    assert.equal(await Promise.race([up.then(() => 'up'), ended]), 'up', said);
  } finally {
    child.kill('SIGTERM');
    await ended;
    await s3.stop();
  }
});
