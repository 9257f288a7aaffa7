/** Files that leave the machine for good or come back from there: artifacts, test reports, published folders. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { antMatcher } from '../files/ant-pattern.ts';
import { findFiles } from '../files/find.ts';
import { factsOf } from '../files/operations.ts';
import { inside } from './archives.ts';
import type { Operation } from './operation.ts';
import { at, failed } from './operation.ts';
import { forEach } from './transfers.ts';

export const archive: Operation<'archive'> = async (request, cx) => {
  const root = at(request, '.');
  const files = await findFiles(root, request.selection);
  await forEach(files, ({ path }) => cx.transfers.send(`artifact:${path}`, join(root, path), { fingerprint: request.fingerprint }));
  return { files: files.map((f) => f.path) };
};

export const unarchive: Operation<'unarchive'> = async (request, cx) => {
  const { from, to } = request;
  const target = at(request, to);
  const matcher = antMatcher(from.endsWith('/') ? `${from}**` : from.trim() === '' ? '**' : from);
  const found = (await cx.transfers.artifacts()).map((f) => f.path).filter((path) => matcher.matches(path));
  const [only] = found;
  const fetchTo = async (path: string, file: string): Promise<string> => {
    await mkdir(dirname(file), { recursive: true });
    if (!(await cx.transfers.fetch(`artifact:${path}`, file))) throw failed(`the artifact ${path} is no longer there`);
    return file;
  };
  // One file by its whole name goes to where it is told; several keep their folders below it.
  if (only !== undefined && found.length === 1 && only === from) {
    const folder = (await factsOf(target))?.directory === true;
    return { files: [await fetchTo(only, folder ? join(target, only.slice(only.lastIndexOf('/') + 1)) : target)] };
  }
  await forEach(found, async (path) => {
    const file = inside(target, path);
    if (file === null) throw failed(`${path} is out of bounds!`, 'java.io.FileNotFoundException');
    await fetchTo(path, file);
  });
  return { files: found.map((path) => join(target, path)) };
};

export const copy: Operation<'artifacts.copy'> = async ({ selection, to, flatten, ...place }, cx) => {
  const target = at(place, to);
  await mkdir(target, { recursive: true });
  const include = antMatcher(selection.includes.trim() === '' ? '**' : selection.includes);
  const exclude = antMatcher(selection.excludes ?? '');
  const found = (await cx.transfers.artifacts()).map((f) => f.path).filter((path) => include.matches(path) && !exclude.matches(path));
  const files = found.map((path) => ({ path, file: inside(target, flatten ? path.slice(path.lastIndexOf('/') + 1) : path) }));
  // Flat ones of one name are one file: the last, whatever order they come in.
  const last = new Map(files.map(({ path, file }) => [file, path] as const));
  await forEach([...last], async ([file, path]) => {
    if (file === null) throw failed(`${path} is out of bounds!`, 'java.io.FileNotFoundException');
    await mkdir(dirname(file), { recursive: true });
    if (!(await cx.transfers.fetch(`artifact:${path}`, file))) throw failed(`the artifact ${path} is no longer there`);
  });
  return { files: files.map(({ file }) => file as string) };
};

export const tests: Operation<'tests'> = async (request, cx) => {
  const root = at(request, '.');
  const files = await findFiles(root, request.selection);
  // One after another: who tallies gets them in order.
  for (const { path } of files) await cx.transfers.send(`report:${path}`, join(root, path));
  return { files: files.map((f) => f.path) };
};

export const publish: Operation<'publish'> = async (request, cx) => {
  const root = at(request, '.');
  const files = await findFiles(root, request.selection);
  await forEach(files, ({ path }) => cx.transfers.send(`file:${path}`, join(root, path)));
  return { files: files.map((f) => f.path) };
};
