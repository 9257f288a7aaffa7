/**
 * What changes, as small events for those who follow: woken by the store, a moment later the rows are read once for all of
 * them. The last ones are kept, so that who comes back misses nothing. When nobody has followed for a while nothing is read.
 *
 * Ids are `<controller>-<n>`. Who comes with an id that is not among those kept is told `reset`: read everything anew.
 */
import type { Store } from '../store/store.ts';
import { loadEvents } from './load-events.ts';

export interface FeedEvent {
  readonly type: 'build' | 'item' | 'queue' | 'node' | 'fleet';
  readonly id: number | string;
  /** The folder or job that it belongs to: who may not see that, does not get it. */
  readonly item: string | null;
  readonly itemId: number | null;
  readonly data: { readonly [name: string]: unknown };
}
export interface Numbered {
  /** Null: everything may have changed. */
  readonly event: FeedEvent | null;
  readonly id: string;
}

export interface FeedOptions {
  readonly store: Store;
  readonly self: () => string;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const KEPT = 1_000,
  GATHER_MS = 50,
  /** Who lost the connection is back by then. */
  REST_MS = 60_000;

export class EventFeed {
  private readonly options: FeedOptions;
  private readonly listeners = new Set<(event: Numbered) => void>();
  private readonly kept: Numbered[] = [];
  private count = 0;
  private dirty = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> | null = null;
  private off: (() => void) | null = null;
  private resting: NodeJS.Timeout | null = null;

  constructor(options: FeedOptions) {
    this.options = options;
  }

  /** Events after the one of that id come at once; null where it is not known any more. */
  follow(lastId: string | null, listener: (event: Numbered) => void): { readonly missed: readonly Numbered[] | null; readonly end: () => void } {
    this.off ??= this.options.store.wakes.on('*', (topic) => {
      this.woken(topic);
    });
    this.listeners.add(listener);
    if (this.resting !== null) clearTimeout(this.resting);
    this.resting = null;
    const at = lastId === null ? this.kept.length - 1 : this.kept.findIndex((e) => e.id === lastId);
    const known = lastId === null || at >= 0 || lastId === this.idOf(this.count);
    return {
      missed: !known ? null : lastId === null || at < 0 ? [] : this.kept.slice(at + 1),
      end: () => {
        this.listeners.delete(listener);
        if (this.listeners.size > 0 || this.off === null) return;
        if (this.resting !== null) clearTimeout(this.resting);
        this.resting = setTimeout(() => {
          this.rest();
        }, REST_MS);
        this.resting.unref();
      },
    };
  }
  get lastId(): string {
    return this.idOf(this.count);
  }
  close(): void {
    this.rest();
    this.listeners.clear();
  }

  /** Nobody follows any more: what happens from here on is missed, and whoever comes back is told so. */
  private rest(): void {
    if (this.resting !== null) clearTimeout(this.resting);
    this.resting = null;
    this.off?.();
    this.off = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.dirty.clear();
    this.kept.length = 0;
    this.count++;
  }
  private idOf(n: number): string {
    return `${this.options.self()}-${n}`;
  }

  private woken(topic: string): void {
    this.dirty.add(topic);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.reading ??= this.read()
        .catch((error: unknown) => {
          this.options.onError(error);
          // What was to be read is lost: those who follow look for themselves.
          this.tell(null);
        })
        .finally(() => {
          this.reading = null;
          if (this.dirty.size > 0 && this.off !== null) this.woken([...this.dirty][0] as string);
        });
    }, GATHER_MS);
  }

  private async read(): Promise<void> {
    const topics = this.dirty;
    this.dirty = new Set();
    if (topics.has('*')) this.tell(null);
    const events = await loadEvents(this.options.store, topics, this.options.now());
    await this.options.store.engine.durable();
    for (const event of events) this.tell(event);
  }

  private tell(event: FeedEvent | null): void {
    const numbered: Numbered = { event, id: this.idOf(++this.count) };
    this.kept.push(numbered);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of [...this.listeners]) listener(numbered);
  }
}
