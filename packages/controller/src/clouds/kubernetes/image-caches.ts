/**
 * Image caches of a cloud: made of the images that its pods use, refreshed, and gone when nobody wants them. Each kind is one
 * object of the cluster with a name that follows from what it holds, so that two controllers make the same one.
 */
import { z } from 'zod';
import type { CloudTending } from '../cloud.ts';
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import { EciCaches, eciSchema } from './eci-caches.ts';
import type { ImageCacheKeeper, ImageCacheState } from './image-cache.ts';
import { chooseImages } from './image-choice.ts';
import { PrePull, prePullSchema } from './pre-pull.ts';

export const imageCacheSchema = z.discriminatedUnion('kind', [prePullSchema, eciSchema]);
export type ImageCacheSettings = z.infer<typeof imageCacheSchema>;

/** So often it is looked at; what is used changes slowly. */
const LOOK_MS = 60_000;

export interface ImageCachesOptions {
  readonly api: KubernetesApi;
  readonly cloud: string;
  readonly clouds: readonly string[];
  readonly installation: string;
  readonly agentImage: string;
  readonly settings: readonly ImageCacheSettings[];
}

export class ImageCaches {
  private readonly options: ImageCachesOptions;
  private readonly keepers: readonly ImageCacheKeeper[];
  /** As they were seen last. */
  states: readonly ImageCacheState[] = [];
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ImageCachesOptions) {
    this.options = options;
    this.keepers = [
      new PrePull({ ...options, settings: options.settings.find((s) => s.kind === 'daemonset') ?? null }),
      new EciCaches({ ...options, settings: options.settings.find((s) => s.kind === 'eci') ?? null }),
    ];
  }

  /** Rejects with the first error after all was done that could be. */
  async tend(at: number, namespace: string, tending: Pick<CloudTending, 'images'>): Promise<void> {
    if (at - this.lookedAt < LOOK_MS) return;
    this.lookedAt = at;
    const states: ImageCacheState[] = [];
    const errors: unknown[] = [];
    for (const keeper of this.keepers) {
      const settings = this.options.settings.find((s) => s.kind === keeper.kind);
      try {
        const uses = settings === undefined ? [] : await tending.images(settings.days);
        const choose = settings === undefined ? null : (current: readonly string[]) => chooseImages(uses, current, settings);
        const state = await keeper.keep({ namespace, at, choose });
        if (settings !== undefined) states.push(state);
      } catch (error) {
        // Who may not look has never made any.
        if (settings === undefined && error instanceof ApiError && (error.status === 403 || error.status === 404)) continue;
        errors.push(error);
      }
    }
    this.states = states;
    if (errors.length > 0) throw errors[0];
  }
}
