/** Files of commits that a bare cache has: which there are, and what they hold. Few processes for many of them. */
import { posix } from 'node:path';
import type { BareCache } from './bare-cache.ts';
import { GitError } from './git.ts';

/** Folders of a few hundred commits, as git keeps them. */
const MOST_TREES = 256 << 20;
const MOST_LINKS = 5;

export interface Entry {
  readonly id: string;
  readonly link: boolean;
}

/** All files below folders; submodules are left out. */
export async function filesBelow(cache: BareCache, commit: string, folders: readonly string[]): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  const text = (await cache.local(['--literal-pathspecs', 'ls-tree', '-z', '-r', commit, '--', ...folders])).toString();
  for (const line of text.split('\0')) {
    const m = /^(\d+) blob ([0-9a-f]+)\t([\s\S]*)$/.exec(line);
    if (m !== null) found.set(m[3] as string, { id: m[2] as string, link: m[1] === '120000' });
  }
  return found;
}

/** What stands at paths of commits, from their raw trees: one process for all of them. Null: no file. */
async function entriesAt(cache: BareCache, asked: readonly { readonly commit: string; readonly path: string }[]): Promise<(Entry | null)[]> {
  const folders = new Map<string, Map<string, Entry>>();
  const folderOf = ({ commit, path }: (typeof asked)[number]): string => `${commit}:${path.includes('/') ? posix.dirname(path) : ''}`;
  const inside = asked.map(({ path }) => path !== '' && !/^\.\.?(\/|$)|[\0\n]/.test(path));
  const names = [...new Set(asked.filter((_, i) => inside[i]).map(folderOf))];
  const trees = await batch(cache, names, MOST_TREES);
  for (const [i, name] of names.entries()) {
    const tree = trees[i];
    // It came with its commit.
    if (tree === null && name.endsWith(':')) throw new GitError('MR_GIT', `the cache has lost ${name}`);
    if (tree?.type === 'tree') folders.set(name, treeOf(tree.bytes, name.indexOf(':') / 2));
  }
  return asked.map((a, i) => (inside[i] === true ? (folders.get(folderOf(a))?.get(posix.basename(a.path)) ?? null) : null));
}

/** A tree as git keeps it: `mode name\0id`, one after the other. Files and symbolic links alone. */
function treeOf(bytes: Buffer, idBytes: number): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, blank);
    const mode = bytes.toString('latin1', at, blank);
    if (/^1[02]/.test(mode))
      found.set(bytes.toString('utf8', blank + 1, zero), { id: bytes.toString('hex', zero + 1, zero + 1 + idBytes), link: mode === '120000' });
    at = zero + 1 + idBytes;
  }
  return found;
}

/** Files of several commits that are here already. */
export async function readAt(
  cache: BareCache,
  commits: readonly string[],
  paths: readonly string[],
  largest: number,
  env: Readonly<Record<string, string>>,
): Promise<Map<string, Buffer | null>[]> {
  const all = commits.map(() => new Map<string, Buffer | null>(paths.map((path) => [path, null])));
  let open = commits.flatMap((commit, i) => paths.map((path) => ({ i, commit, as: path, path: posix.normalize(path).replace(/^\/+/, '') })));
  for (let links = 0; open.length > 0 && links < MOST_LINKS; links++) {
    const entries = await entriesAt(cache, open);
    const ids = [...new Set(entries.flatMap((e) => (e === null ? [] : [e.id])))];
    await cache.objects(ids, env);
    for (const { id, size } of await cache.sizes(ids)) {
      const at = entries.findIndex((e) => e?.id === id);
      if (size !== null && size > largest) throw new GitError('MR_GIT_LARGE', `${open[at]?.as} at ${open[at]?.commit} has ${size} bytes, more than ${largest}`);
    }
    const contents = await readObjects(cache, ids, ids.length * largest);
    open = open.flatMap((o, at) => {
      const entry = entries[at] ?? null;
      const content = entry === null ? null : (contents.get(entry.id) ?? null);
      if (entry !== null && content === null) throw new GitError('MR_GIT', `the cache has lost ${entry.id}`);
      if (entry?.link !== true || content === null) {
        (all[o.i] as Map<string, Buffer | null>).set(o.as, content);
        return [];
      }
      const target = content.toString();
      return [{ ...o, path: target.startsWith('/') ? '' : posix.normalize(posix.join(posix.dirname(o.path), target)) }];
    });
  }
  return all;
}

export async function readObjects(cache: BareCache, ids: readonly string[], most: number): Promise<Map<string, Buffer>> {
  const found = await batch(cache, ids, most);
  return new Map(ids.flatMap((id, i) => (found[i] == null ? [] : [[id, found[i].bytes] as const])));
}

/** `git cat-file --batch`: each named object; null: not there. */
async function batch(cache: BareCache, names: readonly string[], most: number): Promise<({ readonly type: string; readonly bytes: Buffer } | null)[]> {
  if (names.length === 0) return [];
  const bytes = await cache.local(['cat-file', '--batch'], { input: names.map((name) => `${name}\n`).join(''), mostBytes: most + names.length * 4_096 });
  let at = 0;
  return names.map(() => {
    const end = bytes.indexOf(10, at);
    const m = /^[0-9a-f]+ (\w+) (\d+)$/.exec(bytes.toString('latin1', at, end));
    at = end + 1;
    if (m === null) return null;
    const content = bytes.subarray(at, at + Number(m[2]));
    at += content.length + 1;
    return { type: m[1] as string, bytes: content };
  });
}
