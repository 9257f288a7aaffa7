/** The watches behind a cloud's view: of pods and of their events, in each of its namespaces; there while somebody looks. */
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import { ListWatch } from './list-watch.ts';
import type { Pod, PodEvent } from './objects.ts';
import { Placeholders } from './placeholders.ts';
import type { PodCache } from './pod-cache.ts';

/** Nobody has looked for so long. */
const UNUSED_MS = 30_000;
/** Pods that are not all known by then begin anew. */
const READY_MS = 40_000;

export interface PodWatchesOptions {
  readonly api: KubernetesApi;
  readonly cache: PodCache;
  readonly placeholders?: Placeholders;
  readonly selector: string;
  /** Null: all of the cluster. */
  readonly namespaces: () => Promise<readonly string[] | null>;
  readonly isWanted: () => boolean;
  readonly onError: (error: unknown) => void;
  readonly readyMs?: number;
}

export class PodWatches {
  private readonly options: PodWatchesOptions;
  private watches: { stop(): void }[] = [];
  /** By path: live, or why not. */
  private readonly states = new Map<string, true | ApiError | null>();
  private starting: Promise<void> | null = null;
  /** One more with each stop. */
  private round = 0;
  private waiters: (() => void)[] = [];
  private lease: NodeJS.Timeout | null = null;

  constructor(options: PodWatchesOptions) {
    this.options = options;
  }

  get isLive(): boolean {
    return this.states.size > 0 && [...this.states.values()].every((s) => s === true);
  }

  /** Resolves when all pods are known; rejects with an ApiError where a watch is broken, or stopped meanwhile, or late. */
  async ready(): Promise<void> {
    this.use();
    const { round } = this;
    this.starting ??= this.start(round);
    try {
      await this.starting;
    } catch (error) {
      if (this.round === round) this.starting = null;
      throw error;
    }
    const end = performance.now() + (this.options.readyMs ?? READY_MS);
    while (!this.isLive) {
      if (this.round !== round) throw new ApiError(0, 'Stopped', 'the watch of pods was stopped');
      const broken = [...this.states.values()].find((s) => s instanceof ApiError);
      if (broken instanceof ApiError) throw broken;
      const left = end - performance.now();
      if (left <= 0) {
        this.stop();
        throw new ApiError(0, 'Timeout', 'the API server did not say which pods there are');
      }
      await this.woken(left);
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
    this.round++;
    this.options.cache.clear();
    this.options.placeholders?.clear();
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

  private async start(round: number): Promise<void> {
    const { api, cache, placeholders, selector, onError } = this.options;
    const namespaces = (await this.options.namespaces()) ?? [null];
    // Whoever stopped it meanwhile wants no watches.
    if (this.round !== round) return;
    for (const namespace of namespaces) {
      const base = namespace === null ? '/api/v1' : `/api/v1/namespaces/${namespace}`;
      this.states.set(base, null);
      this.watches.push(
        new ListWatch<Pod>({
          api,
          path: `${base}/pods`,
          query: { labelSelector: selector },
          changed: (pod, how) => {
            if (Placeholders.is(pod)) placeholders?.see(pod, how);
            else cache.seePod(pod, how);
          },
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

  private woken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private wake(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }
}
