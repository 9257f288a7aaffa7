/** Finds and ends processes by what they carry in their environment. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** Whether the process lives and carries the mark: a pid alone may be another's by now. */
export function isAlive(pid: number, mark: string): boolean {
  const environ = environment(pid);
  if (environ !== null) return carries(environ, mark);
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Of the reads below, since thousands of processes are looked at; it grows to the largest environment. */
let buffer = Buffer.allocUnsafeSlow(1 << 16);

/** The environment of a running process, valid until the next call; null where there is none or it can't be read. A zombie's is empty. */
function environment(pid: number): Buffer | null {
  let file: number;
  try {
    file = openSync(`/proc/${pid}/environ`, 'r');
  } catch {
    return null;
  }
  try {
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, length);
      length += read;
      if (read === 0) return buffer.subarray(0, length);
      if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
    }
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/** Whether one of the variables is the mark, whole. */
function carries(environ: Buffer, mark: string): boolean {
  for (let at = environ.indexOf(mark, 0, 'latin1'); at >= 0; at = environ.indexOf(mark, at + 1, 'latin1')) {
    const end = at + mark.length;
    if ((at === 0 || environ[at - 1] === 0) && (end === environ.length || environ[end] === 0)) return true;
  }
  return false;
}

/** All processes whose environment holds the mark (`NAME=value`). */
export function marked(mark: string): number[] {
  return markedBy([mark]).get(mark) ?? [];
}

/** The same for many marks by one look at all processes. */
export function markedBy(marks: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>(marks.map((mark) => [mark, []]));
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return found;
  }
  for (const name of names) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environ = environment(pid);
    if (environ === null || environ.length === 0) continue;
    for (const [mark, pids] of found) if (carries(environ, mark)) pids.push(pid);
  }
  return found;
}

/** The process group; null where the process is gone or the system does not tell. */
export function groupOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before may hold anything, also brackets.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    return null;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
