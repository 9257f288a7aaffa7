/** Finds and ends processes by what they carry in their environment. */
import { readdirSync, readFileSync } from 'node:fs';

/** Whether the process lives and carries the mark: a pid alone may be another's by now. */
export function isAlive(pid: number, mark: string): boolean {
  const environ = environment(pid);
  if (environ !== null) return environ.split('\0').includes(mark);
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The environment of a running process as text; null where there is none or it can't be read. A zombie's is empty. */
function environment(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return null;
  }
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
    if (environ === null || environ === '') continue;
    const variables = new Set(environ.split('\0'));
    for (const [mark, pids] of found) if (variables.has(mark)) pids.push(pid);
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
