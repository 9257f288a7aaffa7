/**
 * Gits outlive an agent that is killed, and go on writing to its mirrors and workspaces. Each carries the agent's folder in its
 * environment; the next process of that folder, which is alone there, ends them before its first checkout. Where the system
 * does not tell the environments of processes (others than Linux), none are found.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { marked, signal } from '../../tasks/processes.ts';

const MARK = 'MILLRACE_GITS_OF';
const END_MS = 10_000;

export class FormerGits {
  private readonly folder: string;
  private ending: Promise<void> | null = null;

  /** `folder`: where the process keeps its state; no other process of the machine has the same. */
  constructor(folder: string) {
    this.folder = folder;
  }
  /** For each git that this process starts. */
  get mark(): Readonly<Record<string, string>> {
    return { [MARK]: this.folder };
  }
  /** Before the first git is started. It looks once. */
  ended(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    for (const until = Date.now() + END_MS; Date.now() < until; await pause(20)) {
      const left = marked(`${MARK}=${this.folder}`);
      if (left.length === 0) return;
      for (const pid of left) signal(pid, 'SIGKILL');
    }
  }
}
