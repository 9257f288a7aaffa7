/** Packs that several repositories of a machine share: hard links, or copies where the file system has none. */
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git-process.ts';

/** With more packs git becomes slow: the small ones are made one. */
const MOST_PACKS = 40;
/** An index says that its pack is there: it comes last. */
const ORDER = ['.pack', '.rev', '.idx'];

/** `from` and `to`: the folders of the packs. */
export async function linkPacks(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const there = new Set(await readdir(to));
  const names = (await readdir(from)).filter((n) => /^pack-.*\.(pack|rev|idx)$/.test(n) && !there.has(n));
  const rank = (name: string): number => ORDER.findIndex((end) => name.endsWith(end));
  for (const name of names.sort((a, b) => rank(a) - rank(b))) await linked(join(from, name), join(to, name));
}

export async function isWithoutPacks(folder: string): Promise<boolean> {
  return !(await readdir(folder).catch(() => [])).some((name) => name.endsWith('.idx'));
}

/** By a repack that leaves the large ones alone, so that links stay shared. */
export async function joinSmallPacks(git: Git, folder: string): Promise<void> {
  const count = (await readdir(folder)).filter((n) => n.endsWith('.pack')).length;
  if (count > MOST_PACKS) await git.tried(['repack', '--quiet', '-d', '--geometric=2'], { timeout: 60 });
}

async function linked(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    await copyFile(from, `${to}.part`, constants.COPYFILE_FICLONE);
    await rename(`${to}.part`, to);
  }
}
