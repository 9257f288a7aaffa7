/**
 * The S3 server of the tests: one from npm in a process of its own, or the one that MILLRACE_TEST_S3 names
 * (`http://host:port`, with the usual variables for its credentials), in which the bucket is made.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

export interface TestS3 {
  readonly endpoint: string;
  readonly env: { readonly AWS_ACCESS_KEY_ID: string; readonly AWS_SECRET_ACCESS_KEY: string };
  client(): S3Client;
  stop(): Promise<void>;
}

export async function startS3(bucket: string): Promise<TestS3> {
  const named = process.env['MILLRACE_TEST_S3'];
  const env = { AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID'] ?? 'test', AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test' };
  const clientOf = (endpoint: string): S3Client =>
    new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
    });
  if (named !== undefined) {
    const client = clientOf(named);
    await client.send(new CreateBucketCommand({ Bucket: bucket })).catch((error: { name: string }) => {
      if (!/BucketAlready/.test(error.name)) throw error;
    });
    client.destroy();
    return { endpoint: named, env, client: () => clientOf(named), stop: async () => undefined };
  }
  const child = spawn(process.execPath, [new URL('s3-process.ts', import.meta.url).pathname, bucket], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [endpoint] = (await createInterface({ input: child.stdout })
    [Symbol.asyncIterator]()
    .next()
    .then((line) => [line.value])) as [string];
  return {
    endpoint,
    env,
    client: () => clientOf(endpoint),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
