/**
 * What a scan needs of git, in few processes however many branches there are: refs streamed as they come, and whether a file
 * is there at thousands of commits. For that the commits come with only as much of their trees as the path needs, into a
 * folder that is thrown away, and the trees are read from one stream; no file's content is fetched.
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostKeys } from '@millrace/protocol/git';
import { git, gitOutput } from '../scm/git.ts';
import type { OpenAccess } from '../scm/git-access.ts';
import { openAccess } from '../scm/git-access.ts';
import type { RemoteRef, RepositoryAddress } from '../scm/repository.ts';
import type { Looked } from './branch-source.ts';
import { readObjects } from './git-objects.ts';

export interface GitLookOptions {
  /** Of this controller; what is in it lasts for one look. */
  readonly folder: string;
  readonly hostKeys: () => HostKeys;
  /** For one process that talks to the server. */
  readonly timeoutMs?: number;
  readonly refs: (address: RepositoryAddress, options: { readonly patterns: readonly string[]; readonly signal?: AbortSignal }) => AsyncIterable<RemoteRef>;
}

export interface CommitAt {
  readonly ref: string;
  readonly commit: string;
}

const TIMEOUT_MS = 300_000;

export class GitLook {
  private readonly options: GitLookOptions;
  /** What a process that was killed has left is gone. */
  private swept: Promise<void> | null = null;

  constructor(options: GitLookOptions) {
    this.options = options;
  }

  refs(address: RepositoryAddress, patterns: readonly string[], signal?: AbortSignal): AsyncIterable<RemoteRef> {
    return this.options.refs(address, { patterns, ...(signal === undefined ? {} : { signal }) });
  }

  /** The branch that its HEAD is; null: none. */
  async primary(address: RepositoryAddress, signal?: AbortSignal): Promise<string | null> {
    const text = await this.within(address, (access) => git(['ls-remote', '--symref', '--', address.url, 'HEAD'], this.remote(access, signal)));
    return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(text.toString('utf8'))?.[1] ?? null;
  }

  async look(address: RepositoryAddress, heads: readonly CommitAt[], path: string, signal?: AbortSignal): Promise<Looked[]> {
    if (heads.length === 0) return [];
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.swept ??= sweep(folder);
    await this.swept;
    const own = await mkdtemp(join(folder, 'look-'));
    try {
      await git(['init', '--quiet', '--bare', '--template=', own]);
      // A partial fetch wants a remote with a name.
      await git(['config', 'remote.origin.url', address.url], { cwd: own });
      await this.within(address, (access) => this.fetch(own, heads, path.split('/').length, access, signal));
      return await lookedAt(own, heads, path.split('/'));
    } finally {
      await rm(own, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  /** By commit, as every server of git's protocol 2 gives it; else by ref, whose commit may be a newer one. */
  private async fetch(cwd: string, heads: readonly CommitAt[], depth: number, access: OpenAccess, signal?: AbortSignal): Promise<void> {
    const fetching = (lines: readonly string[]): Promise<Buffer> =>
      git(
        [
          '-c',
          'core.fsync=none',
          '-c',
          'gc.auto=0',
          '-c',
          'fetch.unpackLimit=1',
          '-c',
          'maintenance.auto=false',
          'fetch',
          '--quiet',
          '--depth=1',
          '--no-tags',
          '--no-write-fetch-head',
          `--filter=tree:${depth}`,
          '--stdin',
          'origin',
        ],
        { cwd, ...this.remote(access, signal), input: lines.map((line) => `${line}\n`).join('') },
      );
    try {
      await fetching([...new Set(heads.map((h) => h.commit))]);
    } catch (error) {
      if ((error as { code?: string }).code !== 'MR_GIT_REF') throw error;
      await fetching([...new Set(heads.map((h) => h.ref))].map((ref, i) => `+${ref}:refs/look/${i}`));
    }
    // Nothing more is fetched from here on: what is not here is not there.
    await writeFile(join(cwd, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  }

  private remote({ env }: OpenAccess, signal?: AbortSignal) {
    return { env, timeoutMs: this.options.timeoutMs ?? TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  }
  private async within<T>({ url, credential }: RepositoryAddress, act: (access: OpenAccess) => Promise<T>): Promise<T> {
    const access = await openAccess(url, credential, { folder: join(this.options.folder, 'access'), hostKeys: this.options.hostKeys() });
    try {
      return await act(access);
    } finally {
      await access.close();
    }
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith('look-')) await rm(join(folder, name), { recursive: true, force: true });
}

async function lookedAt(cwd: string, heads: readonly CommitAt[], path: readonly string[]): Promise<Looked[]> {
  const read = (ids: Iterable<string>) => readObjects((input) => gitOutput(['cat-file', '--batch', '--buffer'], { cwd, input, timeoutMs: TIMEOUT_MS }), ids);
  const commits = new Map<string, { tree: string; at: number | null }>();
  for await (const { id, type, content } of read(new Set(heads.map((h) => h.commit)))) {
    if (type !== 'commit') continue;
    const text = content.toString('utf8');
    const at = /^committer .* (\d+) [+-]\d{4}$/m.exec(text)?.[1];
    commits.set(id, { tree: /^tree ([0-9a-f]+)$/m.exec(text)?.[1] ?? '', at: at === undefined ? null : Number(at) * 1_000 });
  }
  // By commit the tree that the path has come to; level by level, equal trees once.
  let trees = new Map([...commits].map(([id, { tree }]) => [id, tree] as const));
  for (const [i, part] of path.entries()) {
    const wanted = Buffer.from(part, 'utf8');
    const next = new Map<string, string | null>();
    for await (const { id, type, content } of read(new Set(trees.values())))
      next.set(id, type === 'tree' ? entryOf(content, wanted, i === path.length - 1, id.length / 2) : null);
    trees = new Map([...trees].flatMap(([commit, tree]) => ((next.get(tree) ?? null) === null ? [] : [[commit, next.get(tree) as string] as const])));
  }
  return heads.map(({ commit }) => ({ found: trees.has(commit), at: commits.get(commit)?.at ?? null }));
}

/** Of a tree object: `<mode> <name>\0<id>` for each. A link counts as a file: whoever reads it follows it. */
function entryOf(tree: Buffer, name: Buffer, file: boolean, idBytes: number): string | null {
  for (let at = 0; at < tree.length; ) {
    const blank = tree.indexOf(32, at),
      end = tree.indexOf(0, at);
    if (blank < 0 || end < blank || end + idBytes >= tree.length) return null;
    const mode = tree.toString('latin1', at, blank);
    // A submodule is neither.
    if (tree.subarray(blank + 1, end).equals(name) && mode !== '160000' && (mode === '40000') !== file) return tree.toString('hex', end + 1, end + 1 + idBytes);
    at = end + 1 + idBytes;
  }
  return null;
}
