/** Starts programs and times them from their start to their exit. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
/** The Node that runs the benchmarks is the pinned one: npm puts it first. */
export const NODE = process.execPath;
export const MILLRACE: readonly string[] = [NODE, path.join(root, 'packages/cli/bin/millrace.js')];

/** Milliseconds from start to exit; its output goes nowhere. Throws where it does not exit with 0. */
export function commandTime(command: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command[0] as string, command.slice(1), { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${command.join(' ')} exited with ${code}`));
    });
  });
}

/** A folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millrace-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
