/** `millrace artifacts`: files that builds keep. What is downloaded is compared with the server's digest. */
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import process from 'node:process';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ApiClient } from '../client/api-client.ts';
import { itemAddress } from '../client/api-client.ts';
import { buildNumber } from '../client/build-number.ts';
import { Call, COMMON_HELP, print, printJson, STATUS_HELP } from '../client/call.ts';
import { ClientError, EXIT_FAILED, EXIT_REFUSED } from '../client/client-error.ts';
import { listed } from '../client/listed.ts';
import type { Artifact } from '../client/shapes.ts';
import { plain } from '../client/table.ts';
import { CommandError } from '../errors.ts';

const HELP = `Usage: millrace artifacts list JOB [NUMBER|last] [OPTIONS]
       millrace artifacts download JOB [NUMBER|last] [--file PATH | --zip] [-o TARGET] [OPTIONS]

Lists the artifacts of a build; download puts them into a folder, under their paths.

Options:
      --folder PATH      those below it alone
      --file PATH        this one; -o is then a file, and - standard output
      --zip              all as one zip; -o is then a file, and - standard output
  -o, --output TARGET    where to (default: this folder)
${COMMON_HELP}
${STATUS_HELP}`;

export async function artifacts(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const call = new Call('artifacts', args, { folder: text, file: text, zip: { type: 'boolean' }, output: { type: 'string', short: 'o' } });
  if (call.help) {
    print(HELP);
    return 0;
  }
  const [what, job, which] = call.take('list|download', 'JOB', 'NUMBER?') as [string, string, string | undefined];
  if (what !== 'list' && what !== 'download') throw call.wrong(`there is no ${what}`);
  const file = call.text('file'),
    zip = call.flag('zip'),
    folder = call.text('folder');
  if (file !== undefined && (zip || folder !== undefined)) throw call.wrong('--file goes with neither --zip nor --folder');
  const client = call.client();
  const number = await buildNumber(call, client, job, which);
  const build = itemAddress(job, `/builds/${number}`);
  if (what === 'download' && zip) return archive(call, client, `${build}/archive`, `${basename(job)}-${number}.zip`, folder);
  const all = await client.all<Artifact>(`${build}/artifacts`, { folder });
  if (what === 'list') return list(call, all);
  const wanted = file === undefined ? all : all.filter((a) => a.path === file);
  if (file !== undefined && wanted.length === 0)
    throw new ClientError('MR_ARTIFACT_UNKNOWN', `MR_ARTIFACT_UNKNOWN: ${job} #${number} has no artifact ${file}`, EXIT_REFUSED);
  const got: { path: string; file: string; size: number }[] = [];
  for (const artifact of wanted) {
    const target = targetOf(call, artifact.path, file !== undefined);
    const response = await client.send('GET', `${build}/artifacts/${encodeURIComponent(artifact.path)}`);
    await save(client, response, target, artifact.sha256);
    if (target === '-') return 0;
    got.push({ path: artifact.path, file: target, size: artifact.size });
  }
  if (call.json) printJson(got);
  else print(got.length === 0 ? 'There are no artifacts\n' : got.map((g) => `${plain(g.file)}\n`).join(''));
  return 0;
}

async function archive(call: Call, client: ApiClient, address: string, usual: string, folder: string | undefined): Promise<number> {
  const target = call.text('output') ?? usual;
  await save(client, await client.send('GET', address, { query: { folder } }), target, null);
  if (target === '-') return 0;
  if (call.json) printJson({ file: target });
  else print(`${plain(target)}\n`);
  return 0;
}

/** Never beside the folder, whatever the server says. */
function targetOf(call: Call, path: string, alone: boolean): string {
  const output = call.text('output');
  if (alone) return output ?? basename(path);
  const root = resolve(output ?? '.');
  const target = resolve(root, path);
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) throw new ClientError('MR_NAME', `MR_NAME: ${path} is no path below a folder`, EXIT_FAILED);
  return join(output ?? '.', path);
}

/** Whole or not at all. */
async function save(client: ApiClient, response: Response, target: string, sha256: string | null): Promise<void> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  const content = Readable.fromWeb(response.body as ReadableStream);
  if (target === '-') {
    await client.reading(pipeline(content, hashing, process.stdout, { end: false }));
    compare(hash.digest('hex'), sha256, target);
    return;
  }
  const part = `${target}.part`;
  const unwritable = (error: unknown): CommandError => new CommandError('MR_USAGE', `${target} cannot be written (${(error as { code?: string }).code})`);
  try {
    mkdirSync(dirname(resolve(target)), { recursive: true });
  } catch (error) {
    throw unwritable(error);
  }
  try {
    await pipeline(content, hashing, createWriteStream(part));
    compare(hash.digest('hex'), sha256, target);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof ClientError) throw error;
    // What has a path is of this machine's disk; all else broke on the way.
    if ((error as { path?: string }).path !== undefined) throw unwritable(error);
    return client.reading(Promise.reject(error));
  }
}

function compare(digest: string, sha256: string | null, target: string): void {
  if (sha256 !== null && digest !== sha256)
    throw new ClientError('MR_BLOB_DAMAGED', `MR_BLOB_DAMAGED: what arrived for ${target} is not what was kept`, EXIT_FAILED);
}

function list(call: Call, all: readonly Artifact[]): number {
  const rows = all.map((a) => [String(a.size), a.path]);
  return listed(call, all, ['BYTES', 'PATH'], rows, 'There are no artifacts');
}
