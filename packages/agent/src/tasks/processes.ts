/** Finds and ends processes by what they carry in their environment. */
import { readdirSync, readFileSync } from 'node:fs';

/** Whether the process lives and carries the mark: a pid alone may be another's by now. */
export function isAlive(pid: number, mark: string): boolean {
  const environ = environment(pid);
  if (environ !== null) return environ.includes(mark);
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
  const found: number[] = [];
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return found;
  }
  for (const name of names) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== process.pid && environment(pid)?.split('\0').includes(mark) === true) found.push(pid);
  }
  return found;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** Ends what a lease's steps have left behind: SIGTERM, and SIGKILL after the grace. Answers how many there were. */
export function killMarked(mark: string, graceMs = 5_000): number {
  const pids = marked(mark);
  for (const pid of pids) signal(pid, 'SIGTERM');
  if (pids.length > 0)
    setTimeout(() => {
      for (const pid of marked(mark)) signal(pid, 'SIGKILL');
    }, graceMs).unref();
  return pids.length;
}
