/** Ends what a lease's steps have left behind: processes that carry its mark. SIGTERM, and SIGKILL after the grace. */
import { markedBy, signal } from './processes.ts';

/** Answers how many there were, without waiting for their end. */
export function killMarked(mark: string, graceMs = 5_000): number {
  return end([mark], graceMs).get(mark)?.length ?? 0;
}

/** How many times as long as a look the rest after it is. */
const REST = 10;

function end(marks: readonly string[], graceMs: number): Map<string, number[]> {
  const found = markedBy(marks);
  const pids = [...found.values()].flat();
  for (const pid of pids) signal(pid, 'SIGTERM');
  if (pids.length > 0)
    setTimeout(() => {
      for (const still of markedBy(marks).values()) for (const pid of still) signal(pid, 'SIGKILL');
    }, graceMs).unref();
  return found;
}

/**
 * Ends what leases have left behind. To find it costs a look at every process of the machine, so leases that end within a
 * short time share one look, and between two looks there is a rest of ten times what the last one took: however many
 * processes there are and builds end, a tenth of a core goes into it at most.
 */
export class LeftOvers {
  private waiting: { readonly mark: string; readonly done: (ended: number) => void }[] = [];
  private readonly disk: string;
  private readonly graceMs: number;
  private readonly togetherMs: number;
  private nextAt = 0;
  private readonly elsewhere: (cookie: string) => void;
  /** `elsewhere` ends what carries a cookie out of this process' sight. */
  constructor(disk: string, graceMs = 5_000, elsewhere: (cookie: string) => void = () => undefined, togetherMs = 20) {
    this.disk = disk;
    this.graceMs = graceMs;
    this.togetherMs = togetherMs;
    this.elsewhere = elsewhere;
  }

  /** What JENKINS_NODE_COOKIE is for the steps of a lease. Its id alone may be another server's as well, whose agent is on the same machine. */
  cookie(lease: string): string {
    return `${this.disk}-${lease}`;
  }

  /** Ends what that lease has left behind; answers how many processes on this machine. */
  end(lease: string): Promise<number> {
    const mark = `JENKINS_NODE_COOKIE=${this.cookie(lease)}`;
    this.elsewhere(this.cookie(lease));
    return new Promise((done) => {
      if (this.waiting.push({ mark, done }) > 1) return;
      setTimeout(
        () => {
          const { waiting } = this;
          this.waiting = [];
          const begun = performance.now();
          const found = end(
            waiting.map((w) => w.mark),
            this.graceMs,
          );
          const ended = performance.now();
          this.nextAt = ended + REST * (ended - begun);
          for (const w of waiting) w.done(found.get(w.mark)?.length ?? 0);
        },
        Math.max(this.togetherMs, this.nextAt - performance.now()),
      );
    });
  }
}
