/**
 * Zip files, written and read without a program beside: the APPNOTE's local headers, central directory and its end record,
 * stored or deflated entries. No encryption, no volumes, no Zip64 (4 GB and 65,535 entries are the end).
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile, stat } from 'node:fs/promises';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8_NAMES = 0x800;
const LIMIT = 0xffffffff;

export class ZipError extends Error {}

export interface ZipEntry {
  readonly name: string;
  readonly directory: boolean;
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  readonly crc: number;
  readonly offset: number;
  /** Permissions of the file on Unix; 0 where unknown. */
  readonly mode: number;
}

/** Packs files (`path` on disk, `name` in the archive) one after another; each is in memory while it is packed. */
export async function writeZip(archive: string, files: readonly { readonly path: string; readonly name: string }[]): Promise<void> {
  if (files.length > 0xffff) throw new ZipError('too many files for a zip archive');
  const out = createWriteStream(archive);
  const central: Buffer[] = [];
  let at = 0;
  const put = async (bytes: Buffer): Promise<void> => {
    at += bytes.length;
    if (!out.write(bytes)) await once(out, 'drain');
  };
  for (const { path, name } of files) {
    const [content, facts] = [await readFile(path), await stat(path)];
    const deflated = deflateRawSync(content);
    const stored = deflated.length >= content.length;
    const data = stored ? content : deflated;
    if (at + data.length > LIMIT) throw new ZipError('the zip archive would be larger than 4 GB');
    const bytes = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(dosTime(facts.mtime), 6);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(bytes.length, 22);
    const offset = at;
    await put(Buffer.concat([word(LOCAL), common, bytes]));
    await put(data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((facts.mode & 0xffff) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    // Made on Unix, so that the permissions count.
    central.push(Buffer.concat([word(CENTRAL), Buffer.from([20, 3]), common, tail, bytes]));
  }
  const start = at;
  for (const record of central) await put(record);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(at - start, 8);
  end.writeUInt32LE(start, 12);
  await put(Buffer.concat([word(END), end]));
  out.end();
  await once(out, 'close');
}

/** Lists and reads the entries of an archive. Throws ZipError where it is none. */
export class ZipReader {
  readonly entries: readonly ZipEntry[];
  private readonly handle: FileHandle;
  private constructor(handle: FileHandle, entries: readonly ZipEntry[]) {
    this.handle = handle;
    this.entries = entries;
  }

  /** `charset` of names that do not say that they are UTF-8. */
  static async open(archive: string, decode: (bytes: Buffer) => string = (bytes) => bytes.toString('utf8')): Promise<ZipReader> {
    const handle = await open(archive, 'r');
    try {
      const { size } = await handle.stat();
      const tail = await read(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
      const at = tail.lastIndexOf(word(END));
      if (at < 0) throw new ZipError(size === 0 ? 'zip file is empty' : 'zip END header not found');
      const count = tail.readUInt16LE(at + 10);
      const directory = await read(handle, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
      const entries: ZipEntry[] = [];
      for (let i = 0, p = 0; i < count; i++) {
        if (p + 46 > directory.length || directory.readUInt32LE(p) !== CENTRAL) throw new ZipError('invalid CEN header (bad signature)');
        const nameLength = directory.readUInt16LE(p + 28);
        const bytes = directory.subarray(p + 46, p + 46 + nameLength);
        const name = (directory.readUInt16LE(p + 8) & UTF8_NAMES) !== 0 ? bytes.toString('utf8') : decode(bytes);
        entries.push({
          name,
          directory: name.endsWith('/'),
          method: directory.readUInt16LE(p + 10),
          crc: directory.readUInt32LE(p + 16),
          packed: directory.readUInt32LE(p + 20),
          size: directory.readUInt32LE(p + 24),
          mode: directory[p + 5] === 3 ? directory.readUInt16LE(p + 40) & 0o777 : 0,
          offset: directory.readUInt32LE(p + 42),
        });
        p += 46 + nameLength + directory.readUInt16LE(p + 30) + directory.readUInt16LE(p + 32);
      }
      return new ZipReader(handle, entries);
    } catch (e) {
      await handle.close();
      throw e instanceof RangeError ? new ZipError('the zip file is cut off') : e;
    }
  }

  /** An entry's content, checked by its checksum. */
  async content(entry: ZipEntry): Promise<Buffer> {
    const head = await read(this.handle, entry.offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) throw new ZipError('invalid LOC header (bad signature)');
    const packed = await read(this.handle, entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), entry.packed);
    if (entry.method !== 0 && entry.method !== 8) throw new ZipError('invalid CEN header (unsupported compression method)');
    let content: Buffer;
    try {
      content = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    } catch {
      throw new ZipError(`invalid data of ${entry.name}`);
    }
    if (crc32(content) !== entry.crc) throw new ZipError(`Checksum error in : ${entry.name}`);
    return content;
  }
  close(): Promise<void> {
    return this.handle.close();
  }
}

async function read(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, from);
  return bytes.subarray(0, bytesRead);
}
function word(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
}
/** Two 16-bit words of local time, in steps of two seconds from 1980 on. */
function dosTime(when: Date): number {
  const date = ((Math.max(0, when.getFullYear() - 1980) & 0x7f) << 9) | ((when.getMonth() + 1) << 5) | when.getDate();
  return ((date << 16) | (when.getHours() << 11) | (when.getMinutes() << 5) | (when.getSeconds() >> 1)) >>> 0;
}
