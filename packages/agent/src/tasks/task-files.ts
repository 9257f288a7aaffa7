/** The files of a task, which task-runner.ts tells of. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskSpec } from './task-runner.ts';

/** What a task's processes carry. An id alone may be another server's as well, whose agent is on the same machine. */
export function markOf(dir: string): string {
  return `MILLRACE_TASK=${dir}`;
}

/** The folder and the script, which is moved into place so that it is always whole. `mode`: who may read them. */
export function prepare(dir: string, spec: Pick<TaskSpec, 'script' | 'encoding'>, mode = 0o700): void {
  const script = join(dir, 'script');
  mkdirSync(dir, { recursive: true, mode });
  if (existsSync(script)) return;
  writeFileSync(`${script}.new`, spec.encoding === null || /^utf-?8$/i.test(spec.encoding) ? spec.script : encode(spec.script, spec.encoding), {
    mode,
  });
  renameSync(`${script}.new`, script);
}

function encode(text: string, encoding: string): Buffer {
  if (/^utf-?16(le)?$/i.test(encoding)) return Buffer.from(text, 'utf16le');
  return Buffer.from(text, /ascii|latin|8859|1252/i.test(encoding) ? 'latin1' : 'utf8');
}

export function pidIn(dir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(dir, 'pid'), 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

export function resultIn(dir: string): number | null {
  try {
    const text = readFileSync(join(dir, 'result'), 'utf8');
    return /^\d+\n$/.test(text) ? Number.parseInt(text, 10) : null;
  } catch {
    return null;
  }
}

export function capturedIn(dir: string, encoding: string | null): string {
  try {
    return new TextDecoder(encoding ?? 'utf-8', { ignoreBOM: true }).decode(readFileSync(join(dir, 'stdout')));
  } catch {
    return '';
  }
}
