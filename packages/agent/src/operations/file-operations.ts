/** Files of a machine: read, write, look, find, remove. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm, truncate } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { findFiles } from '../files/find.ts';
import { deletePath, deleteSelected, digest, factsOf, readText, touch, writeText } from '../files/operations.ts';
import type { Operation, OperationContext } from './operation.ts';
import { at, failed } from './operation.ts';

export const read: Operation<'file.read'> = async (request) => ({ content: await readText(at(request, request.path), request.encoding) });

export const write: Operation<'file.write'> = async (request, cx) => {
  const path = at(request, request.path);
  const append = request.append === true;
  if (append) await cutToFormerEnd(path, cx);
  await writeText(path, request.content, request.encoding, append, request.mode);
  return null;
};

/** Notes where the file ended before an append, or cuts off what an attempt that a crash ended may have appended. */
async function cutToFormerEnd(path: string, cx: OperationContext): Promise<void> {
  const note = join(cx.scratch(), 'former-end');
  if (existsSync(note)) {
    const end = Number(readFileSync(note, 'utf8'));
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > end) await truncate(path, end);
    return;
  }
  writeFileSync(`${note}.new`, String(statSync(path, { throwIfNoEntry: false })?.size ?? 0));
  renameSync(`${note}.new`, note);
}

export const facts: Operation<'file.facts'> = async (request) => {
  const found = await factsOf(at(request, request.path));
  return { facts: found === null ? null : { ...found, path: request.path } };
};

export const find: Operation<'file.find'> = async (request) => ({
  files: await findFiles(at(request, '.'), request, { directories: request.directories === true }),
});

export const remove: Operation<'file.delete'> = async (request) => {
  const { path, contents, selection } = request;
  const target = at(request, path);
  if (selection === undefined) await deletePath(target, contents === true);
  else await deleteSelected(target, selection, contents === false);
  return null;
};

export const mkdirs: Operation<'file.mkdirs'> = async (request) => {
  await mkdir(at(request, request.path), { recursive: true });
  return null;
};

export const touched: Operation<'file.touch'> = async (request) => ({
  facts: { ...(await touch(at(request, request.path), request.at)), path: request.path },
});

export const digested: Operation<'file.digest'> = async (request) => ({ hex: await digest(at(request, request.path), request.algorithm) });

/** The workspace and the folder for temporary files beside it. */
export const deleteWorkspace: Operation<'workspace.delete'> = async ({ path }) => {
  if (!isAbsolute(path) || basename(path) === '' || dirname(resolve(path)) === resolve(path)) throw failed(`${path} is no workspace`);
  for (const folder of [path, `${path}@tmp`]) await rm(folder, { recursive: true, force: true });
  return null;
};
