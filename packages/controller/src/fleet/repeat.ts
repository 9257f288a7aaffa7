/**
 * The runner of what a duty does again and again: at once, when a topic is woken, and from time to time, one run after the
 * other. A run that answers true has left something undone, and is followed by the next at once.
 */
import type { Store } from '../store/store.ts';

export interface RepeatOptions {
  readonly store: Store;
  /** Of its wakes. */
  readonly topics: readonly string[];
  readonly everyMs: number;
  /** What wakes it comes in crowds: it waits so long for more of them. */
  readonly gatherMs?: number;
  readonly run: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

export class Repeat {
  private readonly options: RepeatOptions;
  private readonly offs: readonly (() => void)[];
  private readonly timer: NodeJS.Timeout;
  private gathering: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(options: RepeatOptions) {
    this.options = options;
    this.offs = options.topics.map((topic) =>
      options.store.wakes.on(topic, () => {
        this.soon();
      }),
    );
    this.timer = setInterval(() => {
      this.look();
    }, options.everyMs);
    this.timer.unref();
    this.look();
  }
  /** Resolves when the run that was going on has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    if (this.gathering !== null) clearTimeout(this.gathering);
    for (const off of this.offs) off();
    await this.running;
  }
  private soon(): void {
    const { gatherMs = 0 } = this.options;
    if (gatherMs === 0) {
      this.look();
      return;
    }
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.look();
    }, gatherMs);
  }
  look(): void {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    this.running = this.turns().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.look();
      }
    });
  }

  /** After an error it waits for the next wake or the time. */
  private async turns(): Promise<void> {
    try {
      while (!this.stopped && (await this.options.run())) this.again = false;
    } catch (error) {
      this.options.onError(error);
    }
  }
}
