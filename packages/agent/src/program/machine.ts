/** What an agent tells of its machine, once and again. */
import { statfs } from 'node:fs/promises';
import { arch, cpus, hostname, loadavg, platform, tmpdir, totalmem } from 'node:os';
import type { MachineFacts, Monitors } from '@millrace/protocol';
import { shownEnvironment } from '../tasks/environment.ts';

export function machineFacts(root: string): MachineFacts {
  return {
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
