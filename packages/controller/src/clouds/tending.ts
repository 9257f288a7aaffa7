/** Has clouds keep what they have beside nodes, while the duty is held: when something changes, and from time to time. */
import { BackOff } from './back-off.ts';
import type { Cloud } from './cloud.ts';
import { CloudError } from './cloud.ts';

/** The time of day changes what is wanted, too. */
const LOOK_MS = 10_000;
/** What changes until then is seen together. */
const GATHER_MS = 500;

export interface TendingOptions {
  readonly clouds: readonly Cloud[];
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export class Tending {
  private readonly options: TendingOptions;
  private readonly backOff: BackOff;
  /** The next one of each cloud. */
  private readonly next = new Map<string, { readonly timer: NodeJS.Timeout; readonly due: number }>();
  private readonly running = new Set<string>();
  private readonly again = new Set<string>();
  private readonly offs: (() => void)[] = [];
  private stopped = false;

  constructor(options: TendingOptions) {
    this.options = options;
    this.backOff = new BackOff(options.now);
    for (const cloud of options.clouds) {
      if (cloud.tend === undefined) continue;
      const off = cloud.watch?.(() => {
        this.soon(cloud, GATHER_MS);
      });
      if (off !== undefined) this.offs.push(off);
      this.soon(cloud, 0);
    }
  }
  stop(): void {
    this.stopped = true;
    for (const off of this.offs) off();
    for (const { timer } of this.next.values()) clearTimeout(timer);
  }

  private soon(cloud: Cloud, ms: number): void {
    const { name } = cloud;
    if (this.stopped) return;
    if (this.running.has(name)) {
      this.again.add(name);
      return;
    }
    const due = performance.now() + ms;
    const known = this.next.get(name);
    if (known !== undefined && known.due <= due) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      this.next.delete(name);
      void this.tend(cloud);
    }, ms);
    timer.unref();
    this.next.set(name, { timer, due });
  }

  private async tend(cloud: Cloud): Promise<void> {
    const { now, onError } = this.options;
    const { name } = cloud;
    if (!this.backOff.holds(name)) {
      this.running.add(name);
      try {
        await cloud.tend?.(now());
        this.backOff.succeeded(name);
      } catch (error) {
        if (!this.stopped) onError(error);
        const { message } = error as Error;
        this.backOff.failed(name, message, error instanceof CloudError ? error : {});
      } finally {
        this.running.delete(name);
      }
    }
    this.soon(cloud, this.again.delete(name) ? GATHER_MS : LOOK_MS);
  }
}
