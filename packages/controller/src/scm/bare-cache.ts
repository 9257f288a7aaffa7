/**
 * What this controller has of one repository, for one credential: single commits with their trees, and of their files those
 * that were read (`blob:none`; a server that knows no filter sends all). A commit is here where the ref
 * `refs/millrace/commits/<id>` is, which git writes after the objects, so that a kill in between leaves nothing half.
 *
 * One git fetches at a time, since two of them fight for the file `shallow`; what is wanted meanwhile is fetched together by
 * the next. All of it may be deleted at any time while nobody uses it; one that git finds broken is, and is made anew once.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitOptions } from './git.ts';
import { GitError, git } from './git.ts';
import type { Slots } from './slots.ts';

export interface BareCacheOptions {
  readonly folder: string;
  readonly url: string;
  readonly slots: Slots;
  readonly timeoutMs: number;
  /** It begins anew when it is larger. */
  readonly mostBytes: number;
}

type Env = Readonly<Record<string, string>>;

/** Each fetch makes a pack, and many packs are slow: then it begins anew. */
const MOST_PACKS = 300;
/** So many commits are asked for at once. */
const BATCH = 200;
const LAZY = ['-c', 'remote.origin.promisor=true', '-c', 'remote.origin.partialclonefilter=blob:none', '-c', 'fetch.negotiationAlgorithm=noop'];
const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--recurse-submodules=no'];

interface Want {
  readonly commit: string;
  /** Where it was seen, for servers that give no commit by its id. */
  readonly ref: string | null;
  readonly env: Env;
  readonly done: (error: unknown) => void;
}

export class BareCache {
  private readonly options: BareCacheOptions;
  private ready: Promise<void> | null = null;
  private users = 0;
  private idle: (() => void)[] = [];
  private dropping: Promise<void> | null = null;
  private readonly coming = new Map<string, Promise<void>>();
  private wants: Want[] = [];
  private fetching = false;
  /** The server gives parts of a commit, but not the rest of it later, as over SSH without GIT_PROTOCOL: all is fetched at once. */
  private whole = false;

  constructor(options: BareCacheOptions) {
    this.options = options;
  }

  get used(): boolean {
    return this.users > 0;
  }

  /** Nothing is taken away while `act` goes on. Where the cache is broken, it is made anew and `act` done once more. */
  async use<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await this.once(act);
    } catch (e) {
      if (!(e instanceof GitError) || e.code !== 'MR_GIT') throw e;
      await this.drop();
      return await this.once(act);
    }
  }

  private async once<T>(act: () => Promise<T>): Promise<T> {
    while (this.dropping !== null) await this.dropping;
    this.users++;
    try {
      this.ready ??= this.prepare();
      await this.ready;
      return await act();
    } finally {
      this.users--;
      if (this.users === 0) for (const go of this.idle.splice(0)) go();
    }
  }

  /** Waits for those who use it. */
  drop(): Promise<void> {
    this.dropping ??= (async () => {
      if (this.users > 0)
        await new Promise<void>((go) => {
          this.idle.push(go);
        });
      const away = `${this.options.folder}.gone-${randomUUID()}`;
      await rename(this.options.folder, away).catch(() => undefined);
      this.ready = null;
      this.dropping = null;
      await rm(away, { recursive: true, force: true });
    })();
    return this.dropping;
  }

  private async prepare(): Promise<void> {
    const { folder, url } = this.options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Left by a process that was killed; there is no other now.
      for (const name of await readdir(folder)) if (name.endsWith('.lock')) await rm(join(folder, name), { force: true });
      await git(['init', '--quiet', '--bare', '--template=', folder]);
      for (const [name, value] of [
        ['remote.origin.url', url],
        ['fetch.unpackLimit', '1'],
        ['gc.auto', '0'],
      ] as const)
        await this.local(['config', name, value]);
      const { bytes, packs } = await sizeOf(folder);
      if (bytes > this.options.mostBytes || packs > MOST_PACKS) {
        await rm(folder, { recursive: true, force: true });
        await this.prepare();
      }
    } catch (e) {
      this.ready = null;
      throw e;
    }
  }

  /** A command that needs no network. */
  local(args: readonly string[], more: GitOptions = {}): Promise<Buffer> {
    return git(args, { cwd: this.options.folder, ...more });
  }
  private remote(args: readonly string[], env: Env, input: string): Promise<Buffer> {
    const { slots, folder, timeoutMs } = this.options;
    return slots.use(() => git(args, { cwd: folder, env, input, timeoutMs }));
  }

  async has(commit: string): Promise<boolean> {
    return stat(join(this.options.folder, 'refs', 'millrace', 'commits', commit)).then(
      () => true,
      () => false,
    );
  }

  /** Resolves when the commit and its trees are here. Only within `use`. */
  async commit(commit: string, ref: string | null, env: Env): Promise<void> {
    if (await this.has(commit)) return;
    let coming = this.coming.get(commit);
    if (coming === undefined) {
      coming = new Promise<void>((resolve, reject) => {
        this.wants.push({
          commit,
          ref,
          env,
          done: (error) => {
            this.coming.delete(commit);
            if (error === null) resolve();
            else reject(error as Error);
          },
        });
      });
      this.coming.set(commit, coming);
      void this.pump();
    }
    await coming;
  }

  private async pump(): Promise<void> {
    if (this.fetching) return;
    this.fetching = true;
    while (this.wants.length > 0) {
      const batch = this.wants.splice(0, BATCH);
      const error = await this.fetchCommits(batch).then(
        () => null,
        (e: unknown) => e,
      );
      if (error === null || batch.length === 1) {
        const last = error === null ? null : await this.otherwise(batch[0] as Want, error);
        for (const want of batch) want.done(last);
        continue;
      }
      // One of them may be the cause.
      for (const want of batch) {
        const own = await this.fetchCommits([want]).then(
          () => null,
          (e: unknown) => this.otherwise(want, e),
        );
        want.done(own);
      }
    }
    this.fetching = false;
  }

  private async fetchCommits(wants: readonly Want[]): Promise<void> {
    const input = wants.map(({ commit }) => `+${commit}:refs/millrace/commits/${commit}\n`).join('');
    await this.remote(
      [...(this.whole ? [] : LAZY), ...FETCH, '--depth=1', ...(this.whole ? [] : ['--filter=blob:none']), '--stdin', 'origin'],
      (wants[0] as Want).env,
      input,
    );
    await this.touch();
  }

  /** Servers that give no commit by its id, or no part of a history. Answers what is left of the error. */
  private async otherwise({ commit, ref, env }: Want, error: unknown): Promise<unknown> {
    if (!(error instanceof GitError) || (error.code !== 'MR_GIT_REF' && !/shallow|filter/.test(error.message))) return error;
    try {
      const all = ref === null || ref === 'HEAD' ? '+refs/heads/*:refs/millrace/all/*' : `+${ref}:refs/millrace/all/${randomUUID()}`;
      await this.remote([...FETCH, ...(await this.unshallow()), '--stdin', 'origin'], env, `${all}\n`);
      await this.local(['cat-file', '-e', `${commit}^{tree}`]);
      await this.local(['update-ref', `refs/millrace/commits/${commit}`, commit]);
      return null;
    } catch {
      return error;
    }
  }
  private async unshallow(): Promise<string[]> {
    const shallow = await stat(join(this.options.folder, 'shallow')).then(
      ({ size }) => size > 0,
      () => false,
    );
    return shallow ? ['--unshallow'] : [];
  }

  /** Brings all branches and tags with their whole histories, and a ref beside them, without files. */
  async history(ref: string | null, env: Env): Promise<void> {
    const refs = [
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
      ...(ref === null || /^(HEAD$|refs\/(heads|tags)\/)/.test(ref) ? [] : [`+${ref}:${ref}`]),
    ];
    const config = ['-c', 'remote.origin.promisor=true', '-c', 'remote.origin.partialclonefilter=blob:none'];
    await this.remote([...config, ...FETCH, '--prune', '--filter=blob:none', '--stdin', 'origin'], env, refs.map((r) => `${r}\n`).join(''));
    await this.touch();
  }

  /** Brings files that are not here yet. */
  async objects(ids: readonly string[], env: Env): Promise<void> {
    const missing = (await this.sizes(ids)).flatMap(({ id, size }) => (size === null ? [id] : []));
    for (let i = 0; i < missing.length; i += 5_000) {
      const input = missing
        .slice(i, i + 5_000)
        .map((id) => `${id}\n`)
        .join('');
      await this.remote([...LAZY, ...FETCH, '--filter=blob:none', '--stdin', 'origin'], env, input).catch((e: unknown) => {
        if (!(e instanceof GitError) || e.code !== 'MR_GIT_REF') throw e;
        this.whole = true;
        // Begins anew, as do all others whose commits came in part before: see `use`.
        throw new GitError('MR_GIT', e.message);
      });
    }
    if (missing.length > 0) await this.touch();
  }

  /** `size` null: not here. */
  async sizes(ids: readonly string[]): Promise<{ readonly id: string; readonly size: number | null }[]> {
    if (ids.length === 0) return [];
    const text = (await this.local(['cat-file', '--batch-check=%(objectname) %(objectsize)'], { input: ids.map((id) => `${id}\n`).join('') })).toString();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [id = '', size = ''] = line.split(' ');
        return { id, size: size === 'missing' ? null : Number(size) };
      });
  }

  /** When it was used last; and it begins anew some time after it has become too large. */
  private async touch(): Promise<void> {
    const { folder, mostBytes } = this.options;
    const mark = join(folder, 'used');
    const now = new Date();
    await utimes(mark, now, now).catch(() => writeFile(mark, ''));
    const { bytes, packs } = await sizeOf(folder);
    if (bytes > mostBytes || packs > MOST_PACKS) void this.drop().catch(() => undefined);
  }
}

/** Of its packs, which hold nearly all. */
export async function sizeOf(folder: string): Promise<{ readonly bytes: number; readonly packs: number }> {
  const packs = join(folder, 'objects', 'pack');
  let bytes = 0;
  const names = await readdir(packs).catch(() => []);
  for (const name of names)
    bytes += await stat(join(packs, name)).then(
      (s) => s.size,
      () => 0,
    );
  return { bytes, packs: names.filter((name) => name.endsWith('.pack')).length };
}
