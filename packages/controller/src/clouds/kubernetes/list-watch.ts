/**
 * Objects of one kind as the API server has them, by list and watch: no polling. A watch that ends is taken up where it was; one
 * that broke, or whose place the server has forgotten (410), begins with a list; failures and 429 make it wait, twice as long
 * each time.
 *
 * away → listing → live → (the watch ends) live | (it fails) away
 */
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import type { ObjectMeta } from './objects.ts';

export interface ListWatchOptions<T> {
  readonly api: KubernetesApi;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly changed: (object: T, how: 'seen' | 'gone') => void;
  /** All of them are known, or none is any more. */
  readonly live: (isLive: boolean, error: ApiError | null) => void;
  readonly random?: () => number;
}

interface Listed<T> {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly T[];
}
interface Watched<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T & { readonly code?: number; readonly message?: string; readonly reason?: string };
}

const FIRST_WAIT_MS = 100,
  LONGEST_WAIT_MS = 5_000;
/** The server ends a watch after that long; a connection that is silent beyond it is dead. */
const WATCH_SECONDS = 60,
  IDLE_MS = 75_000;
const PAGE = 500;

export class ListWatch<T extends { readonly metadata: ObjectMeta }> {
  readonly objects = new Map<string, T>();
  private readonly options: ListWatchOptions<T>;
  private readonly ended = new AbortController();
  private isLive = false;

  constructor(options: ListWatchOptions<T>) {
    this.options = options;
    void this.follow();
  }

  stop(): void {
    this.ended.abort();
  }

  private async follow(): Promise<void> {
    const { signal } = this.ended;
    let failures = 0;
    let version: string | null = null;
    while (!signal.aborted)
      try {
        version ??= await this.list();
        this.say(true, null);
        version = await this.watch(version, () => {
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        const said = error instanceof ApiError ? error : new ApiError(0, 'Unreadable', (error as Error).message, null, error);
        version = null;
        // What is known stays, but nobody may take it for the present state.
        if (said.status !== 410) this.say(false, said);
        await this.wait(Math.max(said.retryAfterMs ?? 0, said.status === 410 && failures === 0 ? 0 : this.backOff(failures)));
        failures++;
      }
  }

  private async list(): Promise<string> {
    const { api, path, query, changed } = this.options;
    const seen = new Set<string>();
    let more: string | null = null;
    for (;;) {
      const page: Listed<T> = await api.json<Listed<T>>(path, { query: { ...query, limit: PAGE, continue: more } });
      this.ended.signal.throwIfAborted();
      for (const object of page.items) {
        seen.add(object.metadata.uid);
        const known = this.objects.get(object.metadata.uid);
        this.objects.set(object.metadata.uid, object);
        if (known?.metadata.resourceVersion !== object.metadata.resourceVersion) changed(object, 'seen');
      }
      more = page.metadata.continue ?? null;
      if (more === null || more === '') {
        for (const [uid, object] of this.objects)
          if (!seen.has(uid)) {
            this.objects.delete(uid);
            changed(object, 'gone');
          }
        return page.metadata.resourceVersion;
      }
    }
  }

  /** Answers from where to go on. */
  private async watch(from: string, lived: () => void): Promise<string> {
    const { api, path, query, changed } = this.options;
    let version = from;
    const line = (value: unknown): void => {
      const { type, object } = value as Watched<T>;
      if (type === 'ERROR') throw new ApiError(object.code ?? 0, object.reason ?? '', object.message ?? 'the watch failed');
      version = object.metadata.resourceVersion;
      lived();
      if (type === 'BOOKMARK') return;
      if (type === 'DELETED') this.objects.delete(object.metadata.uid);
      else this.objects.set(object.metadata.uid, object);
      changed(object, type === 'DELETED' ? 'gone' : 'seen');
    };
    const all = { ...query, watch: true, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: WATCH_SECONDS };
    await api.stream(path, all, line, this.ended.signal, IDLE_MS);
    return version;
  }

  private say(isLive: boolean, error: ApiError | null): void {
    if (isLive === this.isLive && error === null) return;
    this.isLive = isLive;
    this.options.live(isLive, error);
  }

  private backOff(failures: number): number {
    const longest = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    return longest * (0.5 + (this.options.random ?? Math.random)() / 2);
  }

  private wait(ms: number): Promise<void> {
    const { signal } = this.ended;
    if (ms === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(end, ms);
      timer.unref();
      signal.addEventListener('abort', end, { once: true });
      function end(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      }
    });
  }
}
