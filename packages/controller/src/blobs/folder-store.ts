/**
 * Blobs as files of a folder, which several processes may share: written beside (`KEY~ID.new`), made durable, then moved into
 * place (`KEY~`) by one rename; `~` is in no key, so that `a` and `a/b` can both be. Staged uploads are files below `.staged`;
 * their pieces are written at their places, so that two who write the same one do no harm. What a file holds: folder-file.ts.
 */
import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobFacts, BlobRange, BlobStore } from './blob-store.ts';
import { checkByUse } from './check-by-use.ts';
import { checkedRead, spanOf } from './checked-read.ts';
import { BlobError, checkKeyName } from './errors.ts';
import { contentSize, digestOf, HEAD, headOf, readContent, readHead } from './folder-file.ts';
import { FolderSync } from './folder-sync.ts';
import { compare, Measured } from './measured.ts';

const PIECE = 1024 * 1024;
const STAGED = '.staged';

export class FolderStore implements BlobStore {
  private readonly root: string;
  private readonly folders = new FolderSync();
  constructor(root: string) {
    this.root = root;
  }

  async put(key: string, content: Readable, { size, signal }: { readonly size?: number; readonly signal?: AbortSignal } = {}): Promise<BlobFacts> {
    const path = this.path(key);
    const making = `${path}${randomUUID()}.new`;
    const measured = Measured.of(content, signal);
    try {
      const file = await this.openNew(making, 'wx');
      let facts: BlobFacts;
      try {
        let at = HEAD;
        for await (const piece of measured.pieces(() => PIECE)) at += await writeAll(file, piece, at);
        facts = measured.facts(key, size);
        await writeAll(file, headOf(facts), 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(making, path);
      await this.folders.sync(dirname(path));
      return facts;
    } catch (error) {
      content.destroy();
      await rm(making, { force: true });
      throw error;
    }
  }

  async stat(key: string): Promise<BlobFacts | null> {
    const found = await this.openBlob(key);
    await found?.file.close();
    return found?.facts ?? null;
  }

  async read(key: string, range?: BlobRange): Promise<Readable> {
    const found = await this.openBlob(key);
    if (found === null) throw new BlobError('MR_BLOB_MISSING', key);
    const { file, facts } = found;
    const stream = checkedRead(key, facts, spanOf(facts, range), ({ from, to }) => readContent(file, from, to));
    // The file is this reader's until its stream ends, whoever replaces or deletes the blob meanwhile.
    stream.once('close', () => {
      file.close().catch((error: unknown) => stream.emit('error', error));
    });
    return stream;
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) await rm(this.path(key), { force: true });
  }

  async *list(prefix: string): AsyncIterable<string> {
    yield* this.walk('', prefix);
  }

  async staged(key: string): Promise<number> {
    const found = await absentAsNull(stat(this.staging(key)));
    return Math.max(0, (found?.size ?? 0) - HEAD);
  }

  async append(key: string, offset: number, chunk: Uint8Array): Promise<number> {
    const path = this.staging(key);
    const file = offset === 0 ? await this.openNew(path, 'a').then((made) => made.close().then(() => open(path, 'r+'))) : await absentAsNull(open(path, 'r+'));
    if (file === null) return 0;
    try {
      const size = await contentSize(file);
      if (offset > size || offset + chunk.length <= size) return size;
      await writeAll(file, chunk.subarray(size - offset), HEAD + size);
      return await contentSize(file);
    } finally {
      await file.close();
    }
  }

  async complete(key: string, facts: BlobFacts): Promise<void> {
    const path = this.path(key),
      staging = this.staging(key);
    const done = async (): Promise<boolean> => {
      const known = await this.stat(key);
      return known !== null && known.sha256 === facts.sha256 && known.size === facts.size;
    };
    if (await done()) {
      await this.folders.sync(dirname(path));
      await rm(staging, { force: true });
      return;
    }
    if (facts.size === 0) await this.openNew(staging, 'a').then((file) => file.close());
    try {
      const file = await open(staging, 'r+');
      try {
        compare(key, await digestOf(file), facts);
        await writeAll(file, headOf(facts), 0);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.folders.make(dirname(path));
      await rename(staging, path);
      await this.folders.sync(dirname(path));
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!gone && !(error instanceof BlobError)) throw error;
      // Another controller may have completed it in the meantime.
      if (await done()) return;
      await rm(staging, { force: true });
      throw gone ? new BlobError('MR_BLOB_MISMATCH', key, 'nothing is staged') : error;
    }
  }

  async discard(key: string): Promise<void> {
    await rm(this.staging(key), { force: true });
  }

  async sweep(olderThan: number): Promise<number> {
    return this.sweepFolder(this.root, false, olderThan);
  }
  check(): Promise<void> {
    return checkByUse(this, `folder:${this.root}`);
  }
  async close(): Promise<void> {}

  private async openBlob(key: string): Promise<{ readonly file: FileHandle; readonly facts: BlobFacts } | null> {
    const file = await absentAsNull(open(this.path(key), 'r'));
    if (file === null) return null;
    try {
      const facts = await readHead(file);
      if (facts === null) throw new BlobError('MR_BLOB_DAMAGED', key, 'its head cannot be read');
      const size = await contentSize(file);
      if (size !== facts.size) throw new BlobError('MR_BLOB_DAMAGED', key, `${size} bytes of ${facts.size} are there`);
      return { file, facts };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Opens a file in a folder that may not be there yet, or that a sweep takes away at this moment. */
  private async openNew(path: string, flags: 'wx' | 'a'): Promise<FileHandle> {
    for (let attempt = 0; ; attempt++) {
      const file = await absentAsNull(open(path, flags, 0o600), attempt < 5);
      if (file !== null) return file;
      await this.folders.make(dirname(path));
    }
  }

  private async sweepFolder(folder: string, staged: boolean, olderThan: number): Promise<number> {
    let swept = 0;
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        // Taken before, since what goes below changes it.
        const old = await absentAsNull(stat(path));
        swept += await this.sweepFolder(path, staged || entry.name === STAGED, olderThan);
        if (old !== null && old.mtimeMs < olderThan) await rmdir(path).catch(ignoreFull);
      } else if (staged || entry.name.endsWith('.new')) {
        const found = await absentAsNull(stat(path));
        if (found === null || found.mtimeMs >= olderThan) continue;
        await rm(path, { force: true });
        swept++;
      }
    }
    return swept;
  }

  /** In the order of keys: the file of `a` before `a-b`, and that before the folder of `a/b`. */
  private async *walk(folder: string, prefix: string): AsyncIterable<string> {
    const names = (await entriesOf(join(this.root, folder)))
      .filter((e) => !e.name.startsWith('.') && (e.isDirectory() || e.name.endsWith('~')))
      .map((e) => (folder === '' ? '' : `${folder}/`) + (e.isDirectory() ? `${e.name}/` : e.name.slice(0, -1)))
      .sort((a, b) => (a < b ? -1 : 1));
    for (const name of names) {
      if (!name.endsWith('/')) {
        if (name.startsWith(prefix)) yield name;
      } else if (name.startsWith(prefix) || prefix.startsWith(name)) yield* this.walk(name.slice(0, -1), prefix);
    }
  }
  private path(key: string): string {
    checkKeyName(key);
    return `${join(this.root, key)}~`;
  }
  private staging(key: string): string {
    checkKeyName(key);
    return `${join(this.root, STAGED, key)}~`;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<number> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  return bytes.length;
}

async function absentAsNull<T>(work: Promise<T>, when = true): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (when && /^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return (await absentAsNull(readdir(folder, { withFileTypes: true }))) ?? [];
}

function ignoreFull(error: unknown): void {
  if (!/^(ENOTEMPTY|EEXIST|ENOENT)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
