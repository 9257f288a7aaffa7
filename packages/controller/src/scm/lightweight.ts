/**
 * Reads single files of a repository without a checkout: a bare cache for each address, into which the one commit is fetched.
 * Each fetch writes a ref of its own, so that
 * several go on side by side; the cache may be deleted at any time.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential } from '../credentials/credential.ts';
import { CredentialError } from '../credentials/credential.ts';
import { git } from './git.ts';

export interface ReadFromGit {
  readonly url: string;
  /** A branch, a tag, a whole ref, or a commit. */
  readonly branch: string;
  readonly path: string;
  readonly credentialsId: string | null;
  readonly cacheFolder: string;
  readonly credential: (id: string) => Promise<Credential | null>;
}

/** What is larger is no Jenkinsfile. */
const LARGEST = 4 << 20;

/** Throws an error with a code where the repository, the branch or the file is not there. */
export async function readFromGit(request: ReadFromGit): Promise<string> {
  const folder = join(request.cacheFolder, 'git', createHash('sha256').update(request.url).digest('hex').slice(0, 32));
  return fetchAndShow(folder, request);
}

async function fetchAndShow(folder: string, { url, branch, path, credentialsId, credential }: ReadFromGit): Promise<string> {
  await mkdir(folder, { recursive: true });
  await git(['init', '--quiet', '--bare', folder]);
  const env = await credentialEnvironment(credentialsId, credential);
  const ref = branch.replace(/^\*\//, '').replace(/^origin\//, '');
  const own = `refs/millrace/${randomUUID()}`;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--', url, `${ref}:${own}`], { cwd: folder, env });
  try {
    return await show(folder, own, url, path);
  } finally {
    await git(['update-ref', '-d', own], { cwd: folder });
  }
}

async function show(folder: string, ref: string, url: string, path: string): Promise<string> {
  const size = await git(['cat-file', '-s', `${ref}:${path}`], { cwd: folder }).catch(() => null);
  if (size === null) throw Object.assign(new Error(`Unable to find ${path} from git ${url}`), { code: 'MR_SCRIPT_MISSING' });
  if (Number(size.toString()) > LARGEST) throw Object.assign(new Error(`${path} of ${url} is larger than ${LARGEST} bytes`), { code: 'MR_SCRIPT_MISSING' });
  return (await git(['cat-file', 'blob', `${ref}:${path}`], { cwd: folder })).toString('utf8');
}

/** User and password by git's own environment, so that they stand in no command line. */
export async function credentialEnvironment(id: string | null, credential: ReadFromGit['credential']): Promise<Record<string, string>> {
  if (id === null) return {};
  const found = await credential(id);
  if (found === null) throw new CredentialError(id);
  const { username, password } = found.fields;
  if (username === undefined || password === undefined) return {};
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.extraHeader', GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}` };
}
