/** What an agent tells of its machine, once and again. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, cpus, hostname, loadavg, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { MachineFacts, Monitors } from '@millrace/protocol';
import { shownEnvironment } from '../tasks/environment.ts';

export function machineFacts(root: string): MachineFacts {
  return {
    disk: diskOf(root),
    os: platform(),
    arch: arch(),
    hostname: hostname(),
    cpus: cpus().length,
    memoryBytes: totalmem(),
    root,
    windows: platform() === 'win32',
    env: shownEnvironment(),
    pid: process.pid,
  };
}

/** A name of the disk that tasks are kept on: made once, and gone with it. */
export function diskOf(root: string): string {
  const file = join(root, '.millrace', 'disk');
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
  }
  const made = randomUUID();
  mkdirSync(join(root, '.millrace'), { recursive: true, mode: 0o700 });
  writeFileSync(file, made, { mode: 0o600 });
  return made;
}

export async function monitors(root: string, clockOffsetMs: number, latencyMs: number): Promise<Monitors> {
  return {
    freeDiskBytes: await freeBytes(root),
    freeTempBytes: await freeBytes(tmpdir()),
    clockOffsetMs: Math.round(clockOffsetMs),
    latencyMs: Math.round(latencyMs * 100) / 100,
    load: loadavg()[0] as number,
  };
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
