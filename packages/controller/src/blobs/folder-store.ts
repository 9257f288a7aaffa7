/**
 * Blobs as files of a folder: written beside, made durable, then moved into place. What is known of a blob (size, digest) is
 * in a small file next to it, moved first, so that a blob that is seen is known. Staged uploads are files below `.staged`.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobFacts, BlobStore } from './blob-store.ts';
import { BlobError, checkKeyName } from './errors.ts';

const FACTS = '.facts';

export class FolderStore implements BlobStore {
  private readonly root: string;
  constructor(root: string) {
    this.root = root;
  }

  async put(key: string, content: Readable, options: { readonly signal?: AbortSignal } = {}): Promise<BlobFacts> {
    const path = this.path(key);
    const making = `${path}.${randomUUID()}.new`;
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    let size = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(content, count, createWriteStream(making, { mode: 0o600, flush: true }), options);
      const facts = { size, sha256: hash.digest('hex') };
      await this.reveal(making, path, facts);
      return facts;
    } catch (error) {
      await rm(making, { force: true });
      throw error;
    }
  }

  async stat(key: string): Promise<BlobFacts | null> {
    const path = this.path(key);
    try {
      const facts = JSON.parse(await readFile(path + FACTS, 'utf8')) as BlobFacts;
      const found = await stat(path);
      if (found.size !== facts.size) throw new BlobError('MR_BLOB_DAMAGED', key, `it has ${found.size} bytes of ${facts.size}`);
      return facts;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async read(key: string, range: { readonly from: number; readonly to?: number } = { from: 0 }): Promise<Readable> {
    const facts = await this.stat(key);
    if (facts === null) throw new BlobError('MR_BLOB_MISSING', key);
    const to = Math.min(range.to ?? facts.size, facts.size);
    if (range.from >= to) return Readable.from([]);
    return createReadStream(this.path(key), { start: range.from, end: to - 1 });
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const path = this.path(key);
      await rm(path, { force: true });
      await rm(path + FACTS, { force: true });
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    yield* this.walk('', prefix);
  }

  async staged(key: string): Promise<number> {
    return (await stat(this.staging(key)).catch(() => null))?.size ?? 0;
  }

  async append(key: string, offset: number, chunk: Uint8Array): Promise<number> {
    const path = this.staging(key);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      if (offset > size || offset + chunk.length <= size) return size;
      // What is there already of a piece that comes again is passed over.
      await file.appendFile(chunk.subarray(size - offset));
      return offset + chunk.length;
    } finally {
      await file.close();
    }
  }

  async complete(key: string, facts: BlobFacts): Promise<void> {
    const path = this.path(key),
      staging = this.staging(key);
    const known = await this.stat(key);
    if (known?.sha256 === facts.sha256 && known.size === facts.size) {
      await rm(staging, { force: true });
      return;
    }
    if (facts.size === 0 && (await this.staged(key)) === 0) {
      await mkdir(dirname(staging), { recursive: true });
      await writeFile(staging, '', { mode: 0o600 });
    }
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const chunk of createReadStream(staging) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        size += chunk.length;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (size !== facts.size || hash.digest('hex') !== facts.sha256) {
      await rm(staging, { force: true });
      throw new BlobError('MR_BLOB_MISMATCH', key);
    }
    const file = await open(staging, 'r+');
    await file.sync();
    await file.close();
    await mkdir(dirname(path), { recursive: true });
    await this.reveal(staging, path, facts);
  }

  async discard(key: string): Promise<void> {
    await rm(this.staging(key), { force: true });
  }
  async close(): Promise<void> {}

  private async reveal(from: string, path: string, facts: BlobFacts): Promise<void> {
    const making = `${path}${FACTS}.${randomUUID()}.new`;
    await writeFile(making, JSON.stringify(facts), { mode: 0o600, flush: true });
    await rename(making, path + FACTS);
    await rename(from, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync();
    await folder.close();
  }

  private async *walk(folder: string, prefix: string): AsyncIterable<string> {
    const entries = await readdir(join(this.root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (key.startsWith('.') || entry.name.endsWith(FACTS) || entry.name.endsWith('.new')) continue;
      if (entry.isDirectory()) {
        if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* this.walk(key, prefix);
      } else if (key.startsWith(prefix)) yield key;
    }
  }
  private path(key: string): string {
    checkKeyName(key);
    return join(this.root, key);
  }
  private staging(key: string): string {
    checkKeyName(key);
    return join(this.root, '.staged', key);
  }
}
