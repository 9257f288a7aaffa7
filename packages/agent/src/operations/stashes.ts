/** Stashes: one packed file each. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findFiles } from '../files/find.ts';
import { inside } from './archives.ts';
import type { Operation } from './operation.ts';
import { at, failed } from './operation.ts';
import { pack, unpack } from './packed-files.ts';

export const stash: Operation<'stash'> = async (request, cx) => {
  const root = at(request, '.');
  const files = await findFiles(root, request.selection);
  if (files.length === 0 && !request.allowEmpty) throw failed(`No files included in stash ‘${request.name}’`);
  const packed = join(cx.scratch(), 'stash.tar.gz');
  await pack(
    files.map(({ path }) => ({ name: path, path: join(root, path) })),
    packed,
    cx.signal,
  );
  await cx.transfers.send('stash', packed);
  await rm(packed, { force: true });
  return { count: files.length };
};

export const unstash: Operation<'unstash'> = async (request, cx) => {
  const packed = join(cx.scratch(), 'stash.tar.gz');
  if (!(await cx.transfers.fetch('stash', packed))) throw failed(`No such saved stash ‘${request.name}’`);
  const target = at(request, '.');
  await mkdir(target, { recursive: true });
  const placeOf = (name: string): { path: string } | null => {
    const path = inside(target, name);
    return path === null ? null : { path };
  };
  const count = await unpack(packed, placeOf, cx.signal);
  await rm(packed, { force: true });
  return { count };
};
