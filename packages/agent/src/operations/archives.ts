/** zip files, and tar files through the machine's own program. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { promisify } from 'node:util';
import type { OperationAnswer, OperationRequest } from '@millrace/protocol';
import { antMatcher } from '../files/ant-pattern.ts';
import { decodeBytes } from '../files/charsets.ts';
import { findFiles } from '../files/find.ts';
import { pathAt } from '../files/operations.ts';
import { writeZip, ZipError, ZipReader } from '../files/zip.ts';
import type { Operation, OperationContext } from './operation.ts';
import { at, failed, OperationError, unsupported } from './operation.ts';

const call = promisify(execFile);
const LIMIT = { maxBuffer: 256 * 1024 * 1024 };

export const zip: Operation<'zip'> = (request, _cx) =>
  pack(request, async (archive, dir, names) =>
    writeZip(
      archive,
      names.map((name) => ({ path: pathAt(dir, name), name })),
    ),
  );

export const tar: Operation<'tar'> = (request, _cx) =>
  pack(request, async (archive, dir, names) => {
    await program('tar', [request.compress ? '-czf' : '-cf', archive, '-T', '-'], dir, names.join('\n'));
  });

export const unzip: Operation<'unzip'> = (request, cx) =>
  unpackZip(request, cx).catch((e: unknown) => {
    throw e instanceof ZipError ? failed(e.message, 'java.util.zip.ZipException') : e;
  });

async function pack(
  request: OperationRequest<'zip'>,
  make: (archive: string, dir: string, names: readonly string[]) => Promise<void>,
): Promise<OperationAnswer<'zip'>> {
  const archive = at(request, request.archive);
  const dir = at(request, request.dir);
  if (existsSync(archive)) {
    if (!request.overwrite) throw failed(`${archive} exists.`, 'java.io.IOException');
    await rm(archive, { recursive: true });
  }
  await mkdir(dirname(archive), { recursive: true });
  const files = (await findFiles(dir, request.selection)).filter((f) => pathAt(dir, f.path) !== archive);
  await make(
    archive,
    dir,
    files.map((f) => f.path),
  );
  return { count: files.length };
}

async function unpackZip(request: OperationRequest<'unzip'>, cx: OperationContext): Promise<OperationAnswer<'unzip'>> {
  const { glob, mode, dir, encoding, quiet } = request;
  const target = at(request, dir);
  const zip = await ZipReader.open(at(request, request.archive), (bytes) => decodeBytes(bytes, encoding) ?? bytes.toString('utf8')).catch((e: unknown) => {
    if (mode !== 'test' || !(e instanceof ZipError)) throw e;
    cx.print(`ERROR: Error validating zip file: ${e.message}\n`);
    return null;
  });
  if (zip === null) return { count: 0, ok: false };
  try {
    const wanted = zip.entries.filter((e) => glob === null || antMatcher(glob).matches(e.name));
    const contents: Record<string, string> = {};
    let count = 0;
    for (const entry of wanted) {
      const path = inside(target, entry.name);
      if (path === null) {
        if (mode !== 'test') throw outOfBounds(pathAt(target, entry.name));
        cx.print(`ERROR: ${pathAt(target, entry.name)} is out of bounds!\n`);
        return { count: zip.entries.length, ok: false };
      }
      if (entry.directory) {
        if (mode === 'extract') await mkdir(path, { recursive: true });
        continue;
      }
      count++;
      if (!quiet && mode === 'read') cx.print(`Reading: ${entry.name}\n`);
      if (!quiet && mode === 'extract') cx.print(`Extracting: ${entry.name} -> ${path}\n`);
      const content = await zip.content(entry);
      if (mode === 'read') contents[entry.name] = content.toString('utf8');
      else if (mode === 'extract') {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content);
        if (entry.mode !== 0) await chmod(path, entry.mode);
      }
    }
    if (mode === 'extract') await mkdir(target, { recursive: true });
    return mode === 'read' ? { count, ok: true, contents } : { count: mode === 'test' ? zip.entries.length : count, ok: true };
  } catch (e) {
    if (mode !== 'test' || !(e instanceof ZipError)) throw e;
    cx.print(`ERROR: ${e.message}\n`);
    return { count: zip.entries.length, ok: false };
  } finally {
    await zip.close();
  }
}

export const untar: Operation<'untar'> = async (request, cx) => {
  const { glob, mode, dir, quiet } = request;
  const archive = at(request, request.archive);
  const target = at(request, dir);
  let names: string[];
  try {
    names = (await program('tar', ['-tf', archive], '/')).split('\n').filter((n) => n !== '');
  } catch (e) {
    if (e instanceof OperationError || mode !== 'test') throw e;
    cx.print('ERROR: Error validating tar file: Not a tar archive\n');
    return { count: 0, ok: false };
  }
  const outside = names.find((n) => inside(target, n) === null);
  if (outside !== undefined) {
    if (mode !== 'test') throw outOfBounds(pathAt(target, outside));
    cx.print(`ERROR: ${pathAt(target, outside)} is out of bounds!\n`);
    return { count: 0, ok: false };
  }
  if (mode === 'test') return { count: names.length, ok: true };
  const wanted = names.filter((n) => !n.endsWith('/') && (glob === null || antMatcher(glob).matches(n.replace(/^\.\//, ''))));
  await mkdir(target, { recursive: true });
  if (!quiet) for (const name of wanted) cx.print(`Extracting: ${name} -> ${pathAt(target, name)}\n`);
  if (wanted.length > 0) await program('tar', ['-xf', archive, '-C', target, '-T', '-'], '/', wanted.join('\n'));
  return { count: wanted.length, ok: true };
};

/** Where an entry goes; null where its name leads out of the folder. */
export function inside(target: string, name: string): string | null {
  const path = pathAt(target, name.replace(/^\/+/, ''));
  return path === target || path.startsWith(target.endsWith(sep) ? target : target + sep) ? path : null;
}
function outOfBounds(path: string): OperationError {
  return failed(`${path} is out of bounds!`, 'java.io.FileNotFoundException');
}

async function program(name: string, args: readonly string[], cwd: string, input?: string): Promise<string> {
  try {
    const running = call(name, [...args], { ...LIMIT, cwd });
    if (input !== undefined) running.child.stdin?.end(input);
    return (await running).stdout;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') throw unsupported(`this needs the program ${name} on the machine`);
    throw e;
  }
}
