/** The watches behind a cloud's view: of pods and of their events, in each of its namespaces; there while somebody looks. */
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import { ListWatch } from './list-watch.ts';
import type { Pod, PodEvent } from './objects.ts';
import type { PodCache } from './pod-cache.ts';

/** Nobody has looked for so long. */
const UNUSED_MS = 30_000;

export interface PodWatchesOptions {
  readonly api: KubernetesApi;
  readonly cache: PodCache;
  readonly selector: string;
  /** Null: all of the cluster. */
  readonly namespaces: () => Promise<readonly string[] | null>;
  readonly isWanted: () => boolean;
  readonly onError: (error: unknown) => void;
}

export class PodWatches {
  private readonly options: PodWatchesOptions;
  private watches: { stop(): void }[] = [];
  /** By path: live, or why not. */
  private readonly states = new Map<string, true | ApiError | null>();
  private starting: Promise<void> | null = null;
  private waiters: (() => void)[] = [];
  private lease: NodeJS.Timeout | null = null;

  constructor(options: PodWatchesOptions) {
    this.options = options;
  }

  get isLive(): boolean {
    return this.states.size > 0 && [...this.states.values()].every((s) => s === true);
  }

  /** Resolves when all pods are known; rejects with an ApiError where a watch is broken. */
  async ready(): Promise<void> {
    this.use();
    this.starting ??= this.start();
    try {
      await this.starting;
    } catch (error) {
      this.starting = null;
      throw error;
    }
    while (!this.isLive) {
      const broken = [...this.states.values()].find((s) => s instanceof ApiError);
      if (broken instanceof ApiError) throw broken;
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  /** Somebody looks no more. */
  release(): void {
    this.use();
  }

  stop(): void {
    if (this.lease !== null) clearTimeout(this.lease);
    for (const watch of this.watches) watch.stop();
    this.watches = [];
    this.states.clear();
    this.starting = null;
    this.options.cache.clear();
    this.wake();
  }

  private use(): void {
    if (this.lease !== null) clearTimeout(this.lease);
    this.lease = setTimeout(() => {
      if (this.options.isWanted()) this.use();
      else this.stop();
    }, UNUSED_MS);
    this.lease.unref();
  }

  private async start(): Promise<void> {
    const { api, cache, selector, namespaces, onError } = this.options;
    for (const namespace of (await namespaces()) ?? [null]) {
      const base = namespace === null ? '/api/v1' : `/api/v1/namespaces/${namespace}`;
      this.states.set(base, null);
      this.watches.push(
        new ListWatch<Pod>({
          api,
          path: `${base}/pods`,
          query: { labelSelector: selector },
          changed: (pod, how) => cache.seePod(pod, how),
          live: (isLive, error) => {
            this.states.set(base, isLive ? true : (error ?? null));
            this.wake();
          },
        }),
        new ListWatch<PodEvent>({
          api,
          path: `${base}/events`,
          query: { fieldSelector: 'involvedObject.kind=Pod' },
          changed: (event, how) => {
            if (how === 'seen') cache.seeEvent(event);
          },
          // Pods are known without their events, if less well.
          live: (_isLive, error) => {
            if (error !== null && error.status === 403) onError(error);
          },
        }),
      );
    }
  }

  private wake(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }
}
