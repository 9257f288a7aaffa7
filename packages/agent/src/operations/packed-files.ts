/** Many files as one (tar, gzip), so that they go over at once and arrive whole or not at all. */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, open, readlink, realpath, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { failed } from './operation.ts';

export interface PackedFile {
  /** In the archive. */
  readonly name: string;
  readonly path: string;
}

export async function pack(files: readonly PackedFile[], into: string, signal: AbortSignal, compress = true): Promise<void> {
  const tar = (await import('tar-stream')).default.pack();
  const add = async (): Promise<void> => {
    for (const { name, path } of files) {
      const facts = await lstat(path);
      const head = { name, mode: facts.mode & 0o7777, mtime: facts.mtime };
      if (facts.isSymbolicLink()) tar.entry({ ...head, type: 'symlink', linkname: await readlink(path) });
      else if (facts.isDirectory()) tar.entry({ ...head, type: 'directory' });
      else if (facts.size === 0) tar.entry(head, '');
      // A file that grows meanwhile is packed as long as it was.
      else await pipeline(createReadStream(path, { end: facts.size - 1 }), tar.entry({ ...head, size: facts.size }), { signal });
    }
    tar.finalize();
  };
  const file = createWriteStream(into, { mode: 0o600 });
  // Speed counts more than size here: most are read again soon.
  const written = compress ? pipeline(tar, createGzip({ level: 1 }), file, { signal }) : pipeline(tar, file, { signal });
  await Promise.all([
    written,
    add().catch((e: unknown) => {
      tar.destroy(e as Error);
      throw e;
    }),
  ]);
}

/** Where the file of a name goes; null: its name leads out. `within`: a folder that is there, and must not be left by links either. */
export type PlaceOf = (name: string) => { readonly path: string; readonly within?: string } | null;

/** Answers how many files there are, folders aside. `made` is told each path before it is written. */
export async function unpack(packed: string, placeOf: PlaceOf, signal: AbortSignal, made: (path: string) => void = () => undefined): Promise<number> {
  const extract = (await import('tar-stream')).default.extract();
  const inside = new Set<string>();
  let count = 0;
  const read = async (): Promise<void> => {
    for await (const entry of extract) {
      const { name, mode, mtime, type, linkname } = entry.header;
      const place = placeOf(name);
      if (place === null) throw outOfBounds(name);
      const { path, within } = place;
      const folder = type === 'directory' ? path : dirname(path);
      if (!inside.has(folder)) {
        await mkdir(folder, { recursive: true });
        if (within !== undefined && !(await isWithin(folder, within))) throw outOfBounds(name);
        inside.add(folder);
      }
      if (type === 'directory') {
        entry.resume();
        continue;
      }
      made(path);
      if ((await lstat(path).catch(() => null))?.isDirectory() !== true) await rm(path, { force: true });
      count++;
      if (type === 'symlink') {
        await symlink(linkname ?? '', path);
        entry.resume();
        continue;
      }
      await pipeline(entry, createWriteStream(path), { signal });
      if (mode !== undefined) await chmod(path, mode & 0o7777);
      if (mtime !== undefined) await utimes(path, mtime, mtime);
    }
  };
  const file = createReadStream(packed);
  const content = (await isGzip(packed)) ? pipeline(file, createGunzip(), extract, { signal }) : pipeline(file, extract, { signal });
  await Promise.all([content, read()]);
  return count;
}

/** A folder that an earlier entry has made a link leads elsewhere. */
async function isWithin(folder: string, within: string): Promise<boolean> {
  const [real, bound] = await Promise.all([realpath(folder), realpath(within)]);
  return real === bound || real.startsWith(bound.endsWith(sep) ? bound : bound + sep);
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function outOfBounds(name: string): Error {
  return failed(`${name} is out of bounds!`, 'java.io.FileNotFoundException');
}
