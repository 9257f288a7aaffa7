/**
 * How a failed request is made again: after a random time up to a limit that doubles until 5 s (full jitter, so that a
 * thousand agents don't come back at once). Whoever waits is woken early when any request has succeeded again.
 */
export class Backoff {
  private readonly longestMs: number;
  private readonly sleepers = new Set<() => void>();
  constructor(longestMs = 5_000) {
    this.longestMs = longestMs;
  }

  /** `attempt`: 1 after the first failure. */
  wait(attempt: number, signal: AbortSignal): Promise<void> {
    const limit = Math.min(this.longestMs, 50 * 2 ** Math.min(attempt, 20));
    return this.sleep(Math.random() * limit, signal);
  }
  /** The server answers again. */
  recovered(): void {
    const sleepers = [...this.sleepers];
    this.sleepers.clear();
    for (const wake of sleepers) wake();
  }

  private sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        done();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }
}
