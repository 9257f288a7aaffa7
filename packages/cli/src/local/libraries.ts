/** Shared libraries from folders and git repositories, and files beside the Jenkinsfile. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Ask, Json, LibraryTree, RequestOf } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';
import { Failure, unsupported } from './handler.ts';
import type { LocalWorld } from './local-host.ts';

const call = promisify(execFile);

export async function serve(ask: Ask, _cx: HandlerContext, world: LocalWorld): Promise<Json> {
  switch (ask.kind) {
    case 'library':
      return (await library(ask.request, world)) as unknown as Json;
    case 'scm.read': {
      const path = resolve(world.options.sourceDir, ask.request.path);
      if (relative(world.options.sourceDir, path).startsWith('..'))
        throw new Failure({
          code: 'MR_HOST',
          message: `${ask.request.path} is outside of the folder of the Jenkinsfile`,
          type: 'java.io.FileNotFoundException',
        });
      try {
        return { content: await readFile(path, 'utf8') };
      } catch {
        throw new Failure({ code: 'MR_HOST', message: ask.request.path, type: 'java.io.FileNotFoundException' });
      }
    }
    default:
      throw unsupported(`this command cannot do ${ask.kind}`);
  }
}

async function library(request: RequestOf<'library'>, world: LocalWorld): Promise<LibraryTree> {
  const inline = remoteOf(request.retriever);
  const found = world.options.config.libraries.find((l) => l.name === request.name);
  const git = inline ?? found?.git ?? null;
  // Those of the configuration are the user's own, as the command is.
  const trusted = inline === null;
  if (git !== null) {
    const version = request.version ?? found?.version ?? null;
    if (version === null) throw new Failure({ code: 'MR_HOST', message: `No version specified for library ${request.name}` });
    return { ...(await fromGit(git, version, request.name)), trusted };
  }
  if (found?.path == null) throw new Failure({ code: 'MR_LIBRARY_UNKNOWN', message: `No library named ${request.name} found` });
  return { ...(await readTree(found.path, null)), trusted };
}

/** `modernSCM([$class: 'GitSCMSource', remote: '…'])`, `modernSCM(git(remote…))`: the address inside, wherever it stands. */
function remoteOf(retriever: Json): string | null {
  if (retriever === null || typeof retriever !== 'object') return null;
  for (const [name, value] of Object.entries(retriever)) {
    if ((name === 'remote' || name === 'url') && typeof value === 'string') return value;
    const inner = remoteOf(value as Json);
    if (inner !== null) return inner;
  }
  return null;
}

async function fromGit(url: string, version: string, name: string): Promise<LibraryTree> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-library-'));
  const git = async (...args: string[]): Promise<string> =>
    (await call('git', args, { cwd: folder, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' }, maxBuffer: 64 * 1024 * 1024 })).stdout;
  try {
    await git('clone', '--quiet', '--no-checkout', url, folder);
    let commit = '';
    for (const candidate of [`refs/remotes/origin/${version}`, `refs/tags/${version}`, version]) {
      commit = await git('rev-parse', '--verify', '--quiet', `${candidate}^{commit}`).then(
        (t) => t.trim(),
        () => '',
      );
      if (commit !== '') break;
    }
    if (commit === '') throw new Failure({ code: 'MR_HOST', message: `No version ${version} found for library ${name}` });
    await git('checkout', '--quiet', '--force', commit);
    return await readTree(folder, commit);
  } catch (e) {
    if (e instanceof Failure) throw e;
    throw new Failure({
      code: 'MR_HOST',
      message: `Library ${name} cannot be fetched from ${url}: ${((e as { stderr?: string }).stderr ?? (e as Error).message).trim()}`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `vars`, `src` and `resources`; text where the bytes are UTF-8, else base64. */
async function readTree(root: string, commit: string | null): Promise<LibraryTree> {
  const files: Record<string, string> = {},
    binary: Record<string, string> = {};
  const hash = createHash('sha256');
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        await visit(path);
        continue;
      }
      if (!entry.isFile()) continue;
      const bytes = await readFile(path);
      const name = relative(root, path).split(sep).join('/');
      hash.update(name).update(bytes);
      const text = bytes.toString('utf8');
      if (Buffer.from(text).equals(bytes)) files[name] = text;
      else binary[name] = bytes.toString('base64');
    }
  };
  for (const part of ['vars', 'src', 'resources']) await visit(join(root, part));
  return { version: commit ?? hash.digest('hex').slice(0, 40), files, binary };
}
