/**
 * What a machine keeps of repositories, so that another checkout takes the time of what has changed: a bare mirror for each
 * address and credential in `<root>/.millrace/git-mirrors`. A workspace gets the mirror's packs as hard links (copies, where
 * the file system has none) and its refs by name; it never depends on the mirror afterwards, which may go at any time.
 *
 * Shallow clones have mirrors of their own, one for each depth, as shallow as they are. A fresh workspace is linked like any
 * other; one that was there fetches from the mirror's folder, since git alone knows where its history is cut then.
 *
 * The root has one agent, so the lock of a mirror is this process's. A fetch that was killed leaves locks and packs that
 * no index names, which the next process takes away. A mirror that git finds broken is removed, and the checkout goes on
 * without (docs/adr/0017-mirrors-are-linked.md).
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Git, GitCall } from './git-process.ts';
import { removeLeftBehind } from './left-behind.ts';
import { isWithoutPacks, joinSmallPacks, linkPacks } from './linked-packs.ts';
import type { FollowedRefs } from './mirrored-refs.ts';
import { allRefspecs, followRefs, refsOf } from './mirrored-refs.ts';
import { mapped, parseRefspec } from './refspecs.ts';

export interface MirrorsOptions {
  readonly folder: string;
  /** All of them together; the least used go first. 0: none are kept. */
  readonly mostBytes: number;
  readonly unusedMs: number;
}

export const DEFAULT_MIRRORS = { mostBytes: 20 * 2 ** 30, unusedMs: 30 * 86_400_000 };

const SWEEP_MS = 600_000;

export interface Mirrored {
  readonly url: string;
  /** What only this credential may see is kept apart. */
  readonly credential: Readonly<Record<string, string>> | null;
  /** Of a shallow clone; null: all of the history. */
  readonly depth: number | null;
}

export interface MirrorFetch extends Mirrored, FollowedRefs {
  /** Of the workspace. */
  readonly git: Git;
  readonly call: GitCall;
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
    if (this.options.mostBytes === 0 || request.refspecs.some((r) => parseRefspec(r) === null)) return false;
    const name = nameOf(request);
    const folder = resolve(this.options.folder, name);
    const done = await this.locked(name, async () => {
      try {
        const mirror = request.git.bare(folder);
        await this.prepare(folder, mirror);
        await update(mirror, request);
        await handOver(mirror, request);
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
  async distrust(mirrored: Mirrored): Promise<void> {
    const name = nameOf(mirrored);
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

  private async prepare(folder: string, mirror: Git): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!this.seen.has(folder)) {
      this.seen.add(folder);
      await removeLeftBehind(folder);
    }
    await mirror.quiet(['init', '--quiet', '--bare', '--template=']);
    const now = new Date();
    await utimes(join(folder, 'used'), now, now).catch(() => writeFile(join(folder, 'used'), ''));
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

/** `identity` stays where the fields do not: the token of a GitHub App is another each hour. */
function nameOf({ url, credential, depth }: Mirrored): string {
  const secret = credential === null ? '' : (credential['identity'] ?? JSON.stringify(Object.entries(credential).sort()));
  return createHash('sha256')
    .update(`${url}\0${secret}${depth === null ? '' : `\0${depth}`}`)
    .digest('hex')
    .slice(0, 32);
}

function packsOf(mirror: Git): string {
  return join(mirror.cwd, 'objects', 'pack');
}

async function update(mirror: Git, { url, refspecs, tags, call, depth }: MirrorFetch): Promise<void> {
  const own = refspecs.map((r) => parseRefspec(r)?.from as string).map((from) => `+${from}:${from}`);
  const all = allRefspecs({ refspecs: own, tags });
  // With a depth, git brings what is at the end of some branches again each time.
  if (depth !== null && (await isUpToDate(mirror, url, all, call))) return;
  // Always packs: what is in files of their own cannot be linked all at once.
  const config = ['-c', 'fetch.unpackLimit=1', '-c', 'gc.auto=0'];
  const how = ['--quiet', '--no-tags', '--force', '--prune', '--no-write-fetch-head', ...(depth === null ? [] : [`--depth=${depth}`])];
  await mirror.quiet([...config, 'fetch', ...how, '--', url, ...all], call);
  await joinSmallPacks(mirror, packsOf(mirror));
}

/** One that is not there is not copied: the history is no longer than that. */
async function copyWhole(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
  }
}

async function isUpToDate(mirror: Git, url: string, refspecs: readonly string[], call: GitCall): Promise<boolean> {
  const specs = refspecs.map((r) => parseRefspec(r)).filter((r) => r !== null);
  // Others that use the mirror may want other refs.
  const isMeant = (ref: string): boolean => specs.some((spec) => mapped(spec, ref) !== null);
  const text = await mirror.quiet(['ls-remote', '--refs', '--', url, ...specs.map((s) => s.from)], call);
  const there = new Map(
    text
      .split('\n')
      .map((line) => line.split('\t').reverse() as [string, string])
      .filter(([ref]) => isMeant(ref)),
  );
  const here = new Map([...(await refsOf(mirror))].filter(([ref]) => isMeant(ref)));
  return here.size === there.size && [...there].every(([ref, id]) => here.get(ref) === id);
}

/** Objects first, then the refs that need them. */
async function handOver(mirror: Git, { git, depth, ...followed }: MirrorFetch): Promise<void> {
  const own = (path: string): Promise<string> => git.quiet(['rev-parse', '--git-path', path]).then((text) => resolve(git.cwd, text.trim()));
  const packs = await own('objects/pack');
  if (depth === null) await linkPacks(packsOf(mirror), packs);
  else if ((await isWithoutPacks(packs)) && (await refsOf(git)).size === 0) {
    // Where the history is cut, first: a repository without it would miss what the packs have not.
    await copyWhole(join(mirror.cwd, 'shallow'), await own('shallow'));
    await linkPacks(packsOf(mirror), packs);
  } else {
    const how = ['--quiet', '--no-tags', '--force', '--no-write-fetch-head', `--depth=${depth}`];
    await git.quiet(['-c', 'gc.auto=0', 'fetch', ...how, '--', mirror.cwd, ...allRefspecs(followed)]);
  }
  await followRefs(git, mirror, followed);
  await joinSmallPacks(git, packs);
}
