/**
 * What a machine keeps of repositories, so that another checkout takes the time of what has changed: a bare mirror for each
 * address and credential in `<root>/.millrace/git-mirrors`. A workspace gets the mirror's packs as hard links (copies, where
 * the file system has none) and its refs by name; it never depends on the mirror afterwards, which may go at any time.
 *
 * The root has one agent, so the lock of a mirror is this process's. A fetch that was killed leaves locks and packs that
 * no index names, which the next process takes away. A mirror that git finds broken is removed, and the checkout goes on
 * without (docs/adr/0017-mirrors-are-linked.md).
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git, GitCall } from './git-process.ts';
import { mapped, parseRefspec } from './refspecs.ts';

export interface MirrorsOptions {
  readonly folder: string;
  /** All of them together; the least used go first. 0: none are kept. */
  readonly mostBytes: number;
  readonly unusedMs: number;
}

export const DEFAULT_MIRRORS = { mostBytes: 20 * 2 ** 30, unusedMs: 30 * 86_400_000 };

/** With more packs git becomes slow: the small ones are made one. */
const MOST_PACKS = 40;
const SWEEP_MS = 600_000;

export interface MirrorFetch {
  readonly git: Git;
  readonly url: string;
  /** What only this credential may see is kept apart. */
  readonly credential: Readonly<Record<string, string>> | null;
  readonly refspecs: readonly string[];
  readonly tags: boolean;
  readonly call: GitCall;
  /** Refs of the workspace that the repository no longer has go. */
  readonly prune: { readonly branches: boolean; readonly tags: boolean };
}

/** `identity` stays where the fields do not: the token of a GitHub App is another each hour. */
function nameOf(url: string, credential: MirrorFetch['credential']): string {
  const secret = credential === null ? '' : (credential['identity'] ?? JSON.stringify(Object.entries(credential).sort()));
  return createHash('sha256').update(`${url}\0${secret}`).digest('hex').slice(0, 32);
}

export class Mirrors {
  private readonly options: MirrorsOptions;
  private readonly locks = new Map<string, Promise<void>>();
  private readonly seen = new Set<string>();
  private swept = 0;

  constructor(options: MirrorsOptions) {
    this.options = options;
  }

  /**
   * Brings the mirror up to date and the workspace to the same. False: there is none to be had (the refspecs cannot be followed, none are kept,
   * or it was broken and is gone), and the workspace has to fetch by itself. Rejects as the fetch does where the repository is away or refuses.
   */
  async fetch(request: MirrorFetch): Promise<boolean> {
    const { url, credential, refspecs } = request;
    if (this.options.mostBytes === 0 || refspecs.some((r) => parseRefspec(r) === null)) return false;
    const name = nameOf(url, credential);
    const folder = join(this.options.folder, name);
    const done = await this.locked(name, async () => {
      try {
        await this.prepare(folder, request);
        await this.update(folder, request);
        await handOver(folder, request);
        return true;
      } catch (e) {
        const { code } = (e as { failure?: { code: string } }).failure ?? {};
        if (code !== undefined && code !== 'MR_GIT') throw e;
        await this.remove(folder);
        return false;
      }
    });
    await this.sweep();
    return done;
  }

  /** What came out of it could not be read: it is not used again. */
  async distrust(url: string, credential: MirrorFetch['credential']): Promise<void> {
    const name = nameOf(url, credential);
    await this.locked(name, () => this.remove(join(this.options.folder, name)));
  }

  private async locked<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.locks.get(name) ?? Promise.resolve();
    let free = (): void => undefined;
    const own = new Promise<void>((resolve) => {
      free = resolve;
    });
    this.locks.set(name, own);
    await before;
    try {
      return await act();
    } finally {
      if (this.locks.get(name) === own) this.locks.delete(name);
      free();
    }
  }

  private async prepare(folder: string, { git }: MirrorFetch): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!this.seen.has(folder)) {
      this.seen.add(folder);
      await removeLeftOvers(folder);
    }
    await git.quiet(['init', '--quiet', '--bare', '--template=', folder]);
    const now = new Date();
    await utimes(join(folder, 'used'), now, now).catch(() => writeFile(join(folder, 'used'), ''));
  }

  private async update(folder: string, { git, url, refspecs, tags, call }: MirrorFetch): Promise<void> {
    const own = refspecs.map((r) => parseRefspec(r)?.from as string).map((from) => `+${from}:${from}`);
    const all = [...new Set([...own, ...(tags ? ['+refs/tags/*:refs/tags/*'] : [])])];
    // Always packs: what is in files of their own cannot be linked all at once.
    const config = ['-c', 'fetch.unpackLimit=1', '-c', 'gc.auto=0'];
    await git.quiet([...config, 'fetch', '--quiet', '--no-tags', '--force', '--prune', '--no-write-fetch-head', '--', url, ...all], { ...call, cwd: folder });
    const packs = (await readdir(join(folder, 'objects', 'pack'))).filter((n) => n.endsWith('.pack'));
    if (packs.length > MOST_PACKS) await git.tried(['repack', '--quiet', '-d', '--geometric=2'], { cwd: folder, timeout: 60 });
  }

  private async remove(folder: string): Promise<void> {
    // At once, so that a process which dies here leaves nothing half.
    const away = `${folder}.gone-${process.pid}-${Date.now()}`;
    await rename(folder, away).catch(() => undefined);
    await rm(away, { recursive: true, force: true });
  }

  private async sweep(): Promise<void> {
    const now = Date.now();
    if (now - this.swept < SWEEP_MS) return;
    this.swept = now;
    const { folder, mostBytes, unusedMs } = this.options;
    const found: { readonly name: string; readonly at: number; readonly bytes: number }[] = [];
    for (const name of await readdir(folder).catch(() => [])) {
      if (name.includes('.gone-')) {
        await rm(join(folder, name), { recursive: true, force: true });
        continue;
      }
      const at = await stat(join(folder, name, 'used')).then(
        (s) => s.mtimeMs,
        () => 0,
      );
      found.push({ name, at, bytes: await packBytes(join(folder, name)) });
    }
    found.sort((a, b) => b.at - a.at);
    let kept = 0;
    for (const [i, { name, at, bytes }] of found.entries()) {
      kept += bytes;
      // The one that was just used stays, however large.
      if (i === 0 || (kept <= mostBytes && now - at < unusedMs)) continue;
      await this.locked(name, () => this.remove(join(folder, name)));
    }
  }
}

/** Locks and unnamed packs of a process that was killed. */
async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }).catch(() => []))
    if (/(^|\/)(tmp_[^/]*|[^/]*\.lock)$/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
}

async function packBytes(folder: string): Promise<number> {
  let bytes = 0;
  const packs = join(folder, 'objects', 'pack');
  for (const name of await readdir(packs).catch(() => []))
    bytes += await stat(join(packs, name)).then(
      (s) => s.size,
      () => 0,
    );
  return bytes;
}

/** Packs first, then the refs that need them. */
async function handOver(mirror: string, { git, refspecs, tags, prune }: MirrorFetch): Promise<void> {
  const objects = join(git.cwd, (await git.quiet(['rev-parse', '--git-path', 'objects/pack'])).trim());
  await mkdir(objects, { recursive: true });
  const there = new Set(await readdir(objects));
  const names = (await readdir(join(mirror, 'objects', 'pack'))).filter((n) => /^pack-.*\.(pack|rev|idx)$/.test(n) && !there.has(n));
  // An index says that its pack is there: it comes last.
  const order = ['.pack', '.rev', '.idx'];
  const rank = (name: string): number => order.findIndex((end) => name.endsWith(end));
  for (const name of names.sort((a, b) => rank(a) - rank(b))) await linked(join(mirror, 'objects', 'pack', name), join(objects, name));

  const specs = [...refspecs, ...(tags ? ['+refs/tags/*:refs/tags/*'] : [])].map((r) => parseRefspec(r)).filter((r) => r !== null);
  const wanted = new Map<string, string>();
  for (const [ref, id] of await refsOf(git, mirror))
    for (const spec of specs) {
      const name = mapped(spec, ref);
      if (name !== null) wanted.set(name, id);
    }
  const present = await refsOf(git, git.cwd);
  const lines: string[] = [];
  for (const [name, id] of wanted) if (present.get(name) !== id) lines.push(`update ${name}\0${id}\0\0`);
  for (const name of present.keys()) {
    if (wanted.has(name)) continue;
    const gone = name.startsWith('refs/tags/')
      ? prune.tags && tags
      : prune.branches && specs.some((s) => mapped({ force: false, from: s.to, to: s.from }, name) !== null);
    if (gone) lines.push(`delete ${name}\0\0`);
  }
  if (lines.length > 0) await git.quiet(['update-ref', '--no-deref', '--stdin', '-z'], { input: lines.join('') });
  const count = (await readdir(objects)).filter((n) => n.endsWith('.pack')).length;
  if (count > MOST_PACKS) await git.tried(['repack', '--quiet', '-d', '--geometric=2'], { timeout: 60 });
}

async function refsOf(git: Git, cwd: string): Promise<Map<string, string>> {
  const text = await git.quiet(['for-each-ref', '--format=%(refname) %(objectname)'], { cwd });
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ') as [string, string]),
  );
}

async function linked(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    await copyFile(from, `${to}.part`, constants.COPYFILE_FICLONE);
    await rename(`${to}.part`, to);
  }
}
