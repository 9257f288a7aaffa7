/** Stashes: one packed file each (tar, gzip), so that many small files go over at once and arrive whole or not at all. */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, readlink, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Found } from '../files/find.ts';
import { findFiles } from '../files/find.ts';
import { inside } from './archives.ts';
import type { Operation } from './operation.ts';
import { at, failed } from './operation.ts';

export const stash: Operation<'stash'> = async (request, cx) => {
  const root = at(request, '.');
  const files = await findFiles(root, request.selection);
  if (files.length === 0 && !request.allowEmpty) throw failed(`No files included in stash ‘${request.name}’`);
  const packed = join(cx.scratch(), 'stash.tar.gz');
  await pack(root, files, packed, cx.signal);
  await cx.transfers.send('stash', packed);
  await rm(packed, { force: true });
  return { count: files.length };
};

export const unstash: Operation<'unstash'> = async (request, cx) => {
  const packed = join(cx.scratch(), 'stash.tar.gz');
  if (!(await cx.transfers.fetch('stash', packed))) throw failed(`No such saved stash ‘${request.name}’`);
  const count = await unpack(packed, at(request, '.'), cx.signal);
  await rm(packed, { force: true });
  return { count };
};

async function pack(root: string, files: readonly Found[], into: string, signal: AbortSignal): Promise<void> {
  const tar = (await import('tar-stream')).default.pack();
  const add = async (): Promise<void> => {
    for (const { path } of files) {
      const full = join(root, path);
      const facts = await lstat(full);
      const head = { name: path, mode: facts.mode & 0o7777, mtime: facts.mtime };
      if (facts.isSymbolicLink()) tar.entry({ ...head, type: 'symlink', linkname: await readlink(full) });
      else if (facts.size === 0) tar.entry(head, '');
      // A file that grows meanwhile is packed as long as it was.
      else await pipeline(createReadStream(full, { end: facts.size - 1 }), tar.entry({ ...head, size: facts.size }), { signal });
    }
    tar.finalize();
  };
  // Speed counts more than size here: a stash is read again within minutes.
  const written = pipeline(tar, createGzip({ level: 1 }), createWriteStream(into, { mode: 0o600 }), { signal });
  await Promise.all([
    written,
    add().catch((e: unknown) => {
      tar.destroy(e as Error);
      throw e;
    }),
  ]);
}

async function unpack(packed: string, target: string, signal: AbortSignal): Promise<number> {
  const extract = (await import('tar-stream')).default.extract();
  let count = 0;
  const read = async (): Promise<void> => {
    for await (const entry of extract) {
      const { name, mode, mtime, type, linkname } = entry.header;
      const path = inside(target, name);
      if (path === null) throw failed(`${name} is out of bounds!`, 'java.io.FileNotFoundException');
      await mkdir(dirname(path), { recursive: true });
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
  await mkdir(target, { recursive: true });
  await Promise.all([pipeline(createReadStream(packed), createGunzip(), extract, { signal }), read()]);
  return count;
}
