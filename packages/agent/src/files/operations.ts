/** What steps do with files of a machine. Every operation may be made again with the same outcome. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, chmod, mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { decodeBytes, encodeText } from './charsets.ts';
import type { Found, Selection } from './find.ts';
import { findFiles, foundOf } from './find.ts';

/** An error with the Java class that a script would see. */
export class FileError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function pathAt(cwd: string, path: string): string {
  return isAbsolute(path) ? resolve(path) : resolve(cwd, path);
}

export async function readText(path: string, encoding: string | null): Promise<string> {
  const bytes = await readFile(path).catch((e: NodeJS.ErrnoException) => {
    throw translated(e, path);
  });
  if (encoding === 'Base64') return bytes.toString('base64');
  return decodeBytes(bytes, encoding) ?? unknownCharset(encoding);
}

/** `mode`: permission bits of the file, for a secret; folders that are made for it are their owner's alone then. */
export async function writeText(path: string, content: string, encoding: string | null, append: boolean, mode?: number): Promise<void> {
  const bytes = encoding === 'Base64' ? Buffer.from(content, 'base64') : (encodeText(content, encoding) ?? unknownCharset(encoding));
  await mkdir(dirname(path), { recursive: true, ...(mode === undefined ? {} : { mode: 0o700 }) });
  // One that may not be written may be there already, when the same is done again after a crash.
  if (mode !== undefined && !append) await rm(path, { force: true });
  const options = mode === undefined ? {} : { mode: mode | 0o200 };
  await (append ? appendFile(path, bytes, options) : writeFile(path, bytes, options)).catch((e: NodeJS.ErrnoException) => {
    throw translated(e, path);
  });
  if (mode !== undefined) await chmod(path, mode);
}

function unknownCharset(name: string | null): never {
  throw new FileError('java.nio.charset.UnsupportedCharsetException', String(name));
}

export async function factsOf(path: string): Promise<Found | null> {
  const facts = await stat(path).catch(() => null);
  return facts === null ? null : foundOf(basename(path), facts);
}

export async function deletePath(path: string, contents: boolean): Promise<void> {
  if (!contents) return rm(path, { recursive: true, force: true });
  for (const name of await readdir(path).catch(() => [])) await rm(join(path, name), { recursive: true, force: true });
}

export async function touch(path: string, at: number | null): Promise<Found> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a');
  await file.close();
  const when = at === null ? new Date() : new Date(at);
  await utimes(path, when, when);
  return (await factsOf(path)) as Found;
}

export async function digest(path: string, algorithm: string): Promise<string> {
  const hash = createHash(algorithm);
  try {
    for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  } catch (e) {
    throw translated(e as NodeJS.ErrnoException, path);
  }
  return hash.digest('hex');
}

/** Deletes the selected files, and with `directories` the folders that match, with all in them. */
export async function deleteSelected(root: string, selection: Selection, directories: boolean): Promise<void> {
  for (const { path } of await findFiles(root, selection, { directories })) await rm(join(root, path), { recursive: true, force: true });
}

function translated(e: NodeJS.ErrnoException, path: string): Error {
  switch (e.code) {
    case 'ENOENT':
      return new FileError('java.nio.file.NoSuchFileException', path);
    case 'EACCES':
      return new FileError('java.nio.file.AccessDeniedException', path);
    case 'EISDIR':
      return new FileError('java.io.IOException', 'Is a directory');
    default:
      return e;
  }
}
