/**
 * How a controller looks into repositories: which refs there are, and single files of commits, without a checkout and without
 * a shell. For scripts, shared libraries, polling, and the refs of multibranch jobs' scans, which look for files by
 * `branches/git-look`.
 *
 * An address is read through a cache of this controller (`bare-cache.ts`), which may be lost at any time. Reading a commit
 * that is there needs no network. All methods may be called side by side, also thousands of times: what is asked for the same
 * address meanwhile is fetched together, and at most `processes` gits run at once.
 *
 * Errors are GitErrors with these codes: MR_GIT_AWAY (does not answer, or is not there), MR_GIT_CREDENTIALS, MR_GIT_HOST_KEY,
 * MR_GIT_REF (no such branch, tag or commit), MR_GIT_TIMEOUT, MR_GIT_LARGE, MR_GIT (git's own words).
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostKeys, LoggedChanges } from '@millrace/protocol/git';
import type { Credential } from '../credentials/credential.ts';
import { BareCache, sizeOf } from './bare-cache.ts';
import { COMMIT, refChoice } from './branch-spec.ts';
import { changesBetween } from './changes-between.ts';
import { filesBelow, readAt, readObjects } from './commit-files.ts';
import { GitError, git, gitOutput } from './git.ts';
import type { AccessContext } from './git-access.ts';
import { openAccess } from './git-access.ts';
import { Slots } from './slots.ts';

export interface RepositoryAddress {
  /** HTTP, SSH (also `git@host:path`), or a path of this machine. */
  readonly url: string;
  /** Resolved by the caller, who knows for what it is (`services.credential(id, use)`); null: none. */
  readonly credential: Credential | null;
}

export interface RemoteRef {
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/head`; `HEAD`. */
  readonly name: string;
  /** The commit; of an annotated tag, that which it is for. */
  readonly commit: string;
}

export interface Resolved {
  readonly commit: string;
  /** Null: a commit was asked for. */
  readonly ref: string | null;
}

export interface FilesAt {
  readonly commit: string;
  /** By path; null: not there, or no file. */
  readonly files: ReadonlyMap<string, Buffer | null>;
}

export interface RepositoriesOptions {
  readonly folder: string;
  readonly hostKeys: () => HostKeys;
  readonly timeoutMs?: number;
  /** All caches together; the least used go first. */
  readonly mostBytes?: number;
  readonly processes?: number;
}

/** What is larger is no script. */
export const LARGEST_FILE = 4 << 20;
const GIGABYTE = 2 ** 30;
const MOST_RESOLVED = 2_000;

/** A cache that nobody has used for so long goes. */
const UNUSED_MS = 14 * 86_400_000;
const SWEEP_MS = 3_600_000;

export class Repositories {
  private readonly options: RepositoriesOptions;
  private readonly slots: Slots;
  private readonly caches = new Map<string, BareCache>();
  private readonly asking = new Map<string, Asking>();
  private readonly resolved = new Map<string, { readonly at: number; readonly resolved: Resolved }>();
  private salt: Promise<Buffer> | null = null;
  private swept = 0;

  constructor(options: RepositoriesOptions) {
    this.options = options;
    this.slots = new Slots(options.processes ?? 16);
  }

  /**
   * The refs of a repository as it tells them (sorted by name), one at a time: 10,000 cost no memory. `patterns` as `git ls-remote` takes them
   * (`refs/heads/*`); none: all.
   */
  async *listRefs(
    address: RepositoryAddress,
    { patterns = [], signal }: { readonly patterns?: readonly string[]; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<RemoteRef, void, void> {
    const access = await openAccess(address.url, address.credential, this.access());
    try {
      let held: RemoteRef | null = null;
      const output = gitOutput(['ls-remote', '--', address.url, ...patterns], {
        env: access.env,
        timeoutMs: this.timeoutMs,
        ...(signal === undefined ? {} : { signal }),
      });
      for await (const line of linesOf(output)) {
        const [commit = '', name = ''] = line.split('\t');
        // The commit of the tag before it.
        if (name.endsWith('^{}')) held = { name: name.slice(0, -3), commit };
        else {
          if (held !== null) yield held;
          held = COMMIT.test(commit) && name !== '' ? { name, commit } : null;
        }
      }
      if (held !== null) yield held;
    } finally {
      await access.close();
    }
  }

  /**
   * What a branch spec of a job means now: `main`, `origin/main`, `refs/tags/v1`, `release/*` (the first by name), a
   * whole commit (which is not looked for). Asked at the same time for the same thing it looks once, though never with an answer that was already on its way.
   * `freshMs`: an answer of this controller that is no older is good enough.
   */
  async resolve(address: RepositoryAddress, spec: string, { freshMs = 0 }: { readonly freshMs?: number } = {}): Promise<Resolved> {
    const choice = refChoice(spec);
    if (choice.kind === 'commit') return { commit: choice.commit, ref: null };
    const key = `${await this.keyOf(address)} ${spec}`;
    const known = this.resolved.get(key);
    if (known !== undefined && Date.now() - known.at < freshMs) return known.resolved;
    const resolved = await this.ask(key, async () => {
      const patterns = choice.kind === 'refs' ? choice.refs : ['refs/heads/*'];
      let best: { readonly at: number; readonly ref: RemoteRef } | null = null;
      for await (const ref of this.limitedRefs(address, patterns)) {
        const at = choice.kind === 'refs' ? choice.refs.indexOf(ref.name) : choice.pattern.test(ref.name.slice('refs/heads/'.length)) ? 0 : -1;
        if (at >= 0 && (best === null || at < best.at)) best = { at, ref };
      }
      if (best === null) throw new GitError('MR_GIT_REF', `there is no branch or tag ${spec} in ${address.url}`);
      return { commit: best.ref.commit, ref: best.ref.name };
    });
    this.resolved.delete(key);
    this.resolved.set(key, { at: Date.now(), resolved });
    for (const oldest of this.resolved.keys()) {
      if (this.resolved.size <= MOST_RESOLVED) break;
      this.resolved.delete(oldest);
    }
    return resolved;
  }

  /**
   * Files at a branch spec or commit. Throws MR_GIT_LARGE for one of more than `largest` bytes. Symbolic links within the
   * repository are followed.
   */
  async readFiles(address: RepositoryAddress, revision: string | Resolved, paths: readonly string[], { largest = LARGEST_FILE } = {}): Promise<FilesAt> {
    const at = typeof revision === 'string' ? await this.resolve(address, revision) : revision;
    return this.within(address, async (cache, env) => {
      await cache.commit(at.commit, at.ref, env);
      const [files] = await readAt(cache, [at.commit], paths, largest, env);
      return { commit: at.commit, files: files as FilesAt['files'] };
    });
  }

  /** All files below folders at a commit. Throws MR_GIT_LARGE where they are larger than `largest` together. */
  async readTree(address: RepositoryAddress, revision: string | Resolved, folders: readonly string[], { largest = 64 << 20 } = {}): Promise<FilesAt> {
    const at = typeof revision === 'string' ? await this.resolve(address, revision) : revision;
    return this.within(address, async (cache, env) => {
      await cache.commit(at.commit, at.ref, env);
      const entries = [...(await filesBelow(cache, at.commit, folders))].filter(([, e]) => !e.link);
      const ids = [...new Set(entries.map(([, e]) => e.id))];
      await cache.objects(ids, env);
      let bytes = 0;
      for (const { size } of await cache.sizes(ids)) bytes += size ?? 0;
      if (bytes > largest) throw new GitError('MR_GIT_LARGE', `${folders.join(', ')} of ${address.url} have ${bytes} bytes, more than ${largest}`);
      const contents = await readObjects(cache, ids, largest);
      return { commit: at.commit, files: new Map(entries.map(([path, { id }]) => [path, contents.get(id) ?? null])) };
    });
  }

  /** What has come between two commits, newest first, without merges: at most 1,000. Brings the repository's history, without files. */
  async changes(address: RepositoryAddress, from: string, to: Resolved): Promise<LoggedChanges> {
    return this.within(address, async (cache, env) => changesBetween(cache, from, to, env), 'history');
  }

  private limitedRefs(address: RepositoryAddress, patterns: readonly string[]): AsyncIterable<RemoteRef> {
    return this.listRefs(address, { patterns: patterns.flatMap((p) => (p.startsWith('refs/tags/') ? [p, `${p}^{}`] : [p])) });
  }

  /** Joins who waits for the next look, never one that has begun: what has changed since must be seen. */
  private async ask<T>(key: string, look: () => Promise<T>): Promise<T> {
    const found = this.asking.get(key);
    if (found === undefined) {
      const own: Asking = { running: Promise.resolve(), next: null };
      this.asking.set(key, own);
      const result = this.slots.use(look);
      own.running = this.settle(key, own, result);
      return result;
    }
    found.next ??= found.running.then(() => {
      found.next = null;
      const result = this.slots.use(look);
      found.running = this.settle(key, found, result);
      return result;
    });
    return found.next as Promise<T>;
  }
  private async settle(key: string, own: Asking, result: Promise<unknown>): Promise<void> {
    await result.catch(() => undefined);
    if (own.next === null) this.asking.delete(key);
  }

  private get timeoutMs(): number {
    return this.options.timeoutMs ?? 120_000;
  }
  private access(): AccessContext {
    return { folder: join(this.options.folder, 'access'), hostKeys: this.options.hostKeys() };
  }

  private async within<T>(
    address: RepositoryAddress,
    act: (cache: BareCache, env: Readonly<Record<string, string>>) => Promise<T>,
    what = 'commits',
  ): Promise<T> {
    const key = await this.keyOf(address, what);
    let cache = this.caches.get(key);
    if (cache === undefined) {
      const { folder, mostBytes = 10 * GIGABYTE } = this.options;
      cache = new BareCache({
        folder: join(folder, key),
        url: address.url,
        slots: this.slots,
        timeoutMs: this.timeoutMs,
        mostBytes: Math.min(2 * GIGABYTE, mostBytes),
      });
      this.caches.set(key, cache);
    }
    const own = cache;
    const access = await openAccess(address.url, address.credential, this.access());
    try {
      return await own.use(() => act(own, access.env));
    } finally {
      await access.close();
      await this.sweep();
    }
  }

  /** A cache's name. Who has another credential sees nothing of what this one has brought. */
  private async keyOf({ url, credential }: RepositoryAddress, what = 'commits'): Promise<string> {
    this.salt ??= this.readSalt();
    const fields = credential === null ? '' : (credential.identity ?? JSON.stringify(Object.entries(credential.fields).sort()));
    return createHmac('sha256', await this.salt)
      .update(`${what}\0${url}\0${fields}`)
      .digest('hex')
      .slice(0, 32);
  }
  private async readSalt(): Promise<Buffer> {
    const file = join(this.options.folder, 'salt');
    const known = await readFile(file).catch(() => null);
    if (known !== null && known.length === 32) return known;
    const fresh = randomBytes(32);
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
    await writeFile(file, fresh, { mode: 0o600 });
    return fresh;
  }

  /** From time to time: what nobody uses, and the least used of what is too much. */
  private async sweep(): Promise<void> {
    const now = Date.now();
    if (now - this.swept < SWEEP_MS) return;
    this.swept = now;
    const { folder, mostBytes = 10 * GIGABYTE } = this.options;
    const found: { readonly name: string; readonly at: number; readonly bytes: number }[] = [];
    for (const name of await readdir(folder).catch(() => [])) {
      if (/\.gone-/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
      if (!/^[0-9a-f]{32}$/.test(name)) continue;
      const at = await stat(join(folder, name, 'used')).then(
        (s) => s.mtimeMs,
        () => 0,
      );
      found.push({ name, at, bytes: (await sizeOf(join(folder, name))).bytes });
    }
    found.sort((a, b) => b.at - a.at);
    let kept = 0;
    for (const { name, at, bytes } of found) {
      kept += bytes;
      if (kept <= mostBytes && now - at < UNUSED_MS) continue;
      const cache = this.caches.get(name);
      if (cache?.used === true) continue;
      this.caches.delete(name);
      await (cache === undefined ? rm(join(folder, name), { recursive: true, force: true }) : cache.drop());
    }
  }

  /** The version of the machine's git; null: there is none. */
  async version(): Promise<string | null> {
    return git(['--version']).then(
      (text) =>
        text
          .toString()
          .replace(/^git version /, '')
          .trim(),
      () => null,
    );
  }
}

interface Asking {
  running: Promise<void>;
  next: Promise<unknown> | null;
}

async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string, void, void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
