/** Has clouds keep what they have beside nodes, while the duty is held: when something changes, and from time to time. */
import { BackOff } from './back-off.ts';
import type { CloudState } from './beside.ts';
import { NOTHING } from './beside.ts';
import type { Beside, Cloud, ImageUse } from './cloud.ts';
import { CloudError } from './cloud.ts';

/** The time of day changes what is wanted, too. */
const LOOK_MS = 10_000;
/** What changes until then is seen together. */
const GATHER_MS = 500;

export interface TendingOptions {
  readonly clouds: readonly Cloud[];
  readonly now: () => number;
  /** Of a cloud, in so many days until now. */
  readonly images: (cloud: string, days: number) => Promise<readonly ImageUse[]>;
  /** How it stands with a cloud; called where that is new. */
  readonly keep: (cloud: string, state: CloudState) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export class Tending {
  private readonly options: TendingOptions;
  private readonly backOff: BackOff;
  /** The next one of each cloud. */
  private readonly next = new Map<string, { readonly timer: NodeJS.Timeout; readonly due: number }>();
  private readonly kept = new Map<string, string>();
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
    const { now, images } = this.options;
    const { name } = cloud;
    if (!this.backOff.holds(name)) {
      this.running.add(name);
      let beside: Beside = NOTHING;
      try {
        await cloud.tend?.(now(), {
          images: (days) => images(name, days),
          show: (seen) => {
            beside = seen;
          },
        });
        this.backOff.succeeded(name);
        await this.keep(name, { ...beside, problem: null });
      } catch (error) {
        this.told(error);
        const { message } = error as Error;
        this.backOff.failed(name, message, error instanceof CloudError ? error : {});
        await this.keep(name, { ...beside, problem: message }).catch((failed: unknown) => {
          this.told(failed);
        });
      } finally {
        this.running.delete(name);
      }
    }
    this.soon(cloud, this.again.delete(name) ? GATHER_MS : LOOK_MS);
  }

  private async keep(cloud: string, state: CloudState): Promise<void> {
    const text = JSON.stringify(state);
    if (this.stopped || this.kept.get(cloud) === text) return;
    await this.options.keep(cloud, state);
    this.kept.set(cloud, text);
  }

  private told(error: unknown): void {
    if (!this.stopped) this.options.onError(error);
  }
}
