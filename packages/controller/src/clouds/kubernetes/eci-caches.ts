/**
 * The kind `eci`: an ImageCache object, of which Alibaba's virtual node makes a snapshot that pods of Elastic Container Instance
 * begin with (help.aliyun.com, "kubernetes ImageCache API"). One has all images, since a pod begins with one snapshot.
 *
 * It cannot be changed: another list, or the same one after its time, is another object, and the one before goes once that is
 * ready. The name follows from the list and from the time's number, so that two controllers make the same.
 */
import { z } from 'zod';
import { CloudError } from '../cloud.ts';
import type { KubernetesApi } from './api.ts';
import { ApiError } from './api.ts';
import type { CacheOwner, ImageCacheKeeper, ImageCacheState, ImageCacheWanted } from './image-cache.ts';
import { CACHE_LABEL, cacheLabels, commonCacheSettings, digest, gone, isOurs, there } from './image-cache.ts';
import type { ObjectMeta } from './objects.ts';

const text = z.string().trim().min(1);
const PATH = '/apis/eci.alibabacloud.com/v1/imagecaches';
const DAY_MS = 86_400_000;
/** One that failed is made anew after that long; ECI itself forgets it after a day. */
const AGAIN_MS = 3_600_000;

/** What lets a pod begin with a snapshot that fits. */
export const ECI_CACHE_ANNOTATION = 'k8s.aliyun.com/eci-image-cache';

export const eciSchema = z.strictObject({
  kind: z.literal('eci'),
  ...commonCacheSettings,
  imagePullSecrets: z.array(text.regex(/^[^:]+:[^:]+$/, 'must be namespace:secret')).default([]),
  /** Of the snapshot: at least twice what the images take. */
  sizeGiB: z.int().min(20).max(32_768).default(20),
  /** Made anew after so many days, since images of the same name change. */
  refreshDays: z.int().min(1).max(365).default(7),
  /** ECI's own end to it, should nobody be there to remove it. */
  retentionDays: z.int().min(1).max(65_536).optional(),
  /** Of the object: `k8s.aliyun.com/vswitch-ids`, … */
  annotations: z.record(text, z.string()).default({}),
});

export interface EciCachesOptions extends CacheOwner {
  readonly api: KubernetesApi;
  readonly settings: z.infer<typeof eciSchema> | null;
}

interface ImageCache {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly images: readonly string[] };
  readonly status?: { readonly phase?: string; readonly progress?: string; readonly imageCacheId?: string };
}

export class EciCaches implements ImageCacheKeeper {
  readonly kind = 'eci';
  private readonly options: EciCachesOptions;
  constructor(options: EciCachesOptions) {
    this.options = options;
  }

  async keep({ at, choose }: ImageCacheWanted): Promise<ImageCacheState> {
    const { api } = this.options;
    const all = (await this.list(choose === null)).filter(({ metadata }) => isOurs(metadata, this.options));
    const newest = [...all].sort((a, b) => Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp))[0];
    const images = choose?.(newest?.spec.images ?? []) ?? [];
    const wanted =
      images.length === 0
        ? null
        : this.manifest(
            images.map((i) => i.image),
            at,
          );
    const known = wanted === null ? undefined : all.find(({ metadata }) => metadata.name === wanted.metadata.name);
    const isReady = known?.status?.phase === 'Ready';
    for (const one of all) {
      const { metadata, status } = one;
      const isFailed = status?.phase === 'Failed';
      const isOver = one === known ? isFailed && at - Date.parse(metadata.creationTimestamp) >= AGAIN_MS : wanted === null || isReady || isFailed;
      if (isOver) await gone(api.json(`${PATH}/${metadata.name}`, { method: 'DELETE' }));
    }
    if (wanted === null) return { kind: 'eci', name: null, phase: 'none', detail: 'no image has been used yet', images: [] };
    if (known === undefined) await there(api.json(PATH, { method: 'POST', body: wanted }));
    const { phase = 'asked for', progress, imageCacheId } = known?.status ?? {};
    return {
      kind: 'eci',
      name: wanted.metadata.name,
      phase: isReady ? 'ready' : phase === 'Failed' ? 'failed' : 'preparing',
      detail: [phase, progress, imageCacheId].filter((part) => part !== undefined && part !== '').join(' '),
      images: images.map((use) => ({ ...use, problem: null })),
    };
  }

  private async list(isUnwanted: boolean): Promise<readonly ImageCache[]> {
    const { api, cloud, installation } = this.options;
    try {
      return (await api.json<{ readonly items: readonly ImageCache[] }>(PATH, { query: { labelSelector: `${CACHE_LABEL}=${installation}` } })).items;
    } catch (error) {
      if (isUnwanted || !(error instanceof ApiError) || error.status !== 404) throw error;
      throw new CloudError(
        'MR_CLOUD_REFUSED',
        `${cloud}: imageCaches: the cluster knows no ImageCache (eci.alibabacloud.com/v1): its virtual node has to be updated`,
        { cause: error },
      );
    }
  }

  private manifest(images: readonly string[], at: number) {
    const { installation, cloud, settings } = this.options;
    const { imagePullSecrets = [], sizeGiB = 20, refreshDays = 7, retentionDays = refreshDays * 2, annotations = {} } = settings ?? {};
    const round = Math.floor(at / (refreshDays * DAY_MS));
    const spec = { images, imagePullSecrets, imageCacheSize: sizeGiB, retentionDays };
    return {
      apiVersion: 'eci.alibabacloud.com/v1',
      kind: 'ImageCache',
      metadata: {
        name: `millrace-${digest(installation, cloud)}-${digest(spec, annotations, round)}`,
        labels: cacheLabels(this.options),
        // Layers of the one before are taken over.
        annotations: { 'k8s.aliyun.com/imc-enable-reuse': 'true', ...annotations },
      },
      spec,
    };
  }
}
