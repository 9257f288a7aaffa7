/**
 * The kind `daemonset`: a pod on each node that holds the images there. It is changed only where the list or the settings are.
 *
 * Each image is a container that sleeps, by a static program of the agent's image, so that images without a shell do as well. Not
 * init containers that end at once: these go one after the other, and the first image that cannot be pulled would keep the
 * rest away; and what a container runs the kubelet does not throw away when its disk is full.
 */
import { z } from 'zod';
import type { ImageUse } from '../cloud.ts';
import type { KubernetesApi } from './api.ts';
import type { CacheOwner, ImageCacheKeeper, ImageCacheState, ImageCacheWanted } from './image-cache.ts';
import { CACHE_LABEL, cacheLabels, commonCacheSettings, digest, gone, isOurs, there, unlessChanged } from './image-cache.ts';
import type { ObjectMeta, Pod } from './objects.ts';
import { SHAPE_ANNOTATION } from './placeholder-pod.ts';
import { tolerationSchema } from './places.ts';

const text = z.string().trim().min(1);
const HELPER = '/millrace-agent';
/** So many pods that are not ready are looked at for what they lack. */
const MOST_LOOKED_AT = 20;

export const prePullSchema = z.strictObject({
  kind: z.literal('daemonset'),
  ...commonCacheSettings,
  nodeSelector: z.record(text, z.string()).default({}),
  tolerations: z.array(tolerationSchema).default([]),
  /** Secrets of the cloud's namespace. */
  imagePullSecrets: z.array(text).default([]),
  priorityClass: text.optional(),
});

export interface PrePullOptions extends CacheOwner {
  readonly api: KubernetesApi;
  readonly agentImage: string;
  /** null: there shall be none. */
  readonly settings: z.infer<typeof prePullSchema> | null;
}

interface DaemonSet {
  readonly metadata: ObjectMeta & { readonly generation?: number };
  readonly spec: { readonly template: { readonly spec: Pod['spec'] } };
  readonly status?: {
    readonly desiredNumberScheduled?: number;
    readonly numberReady?: number;
    readonly updatedNumberScheduled?: number;
    readonly observedGeneration?: number;
  };
}

export class PrePull implements ImageCacheKeeper {
  readonly kind = 'daemonset';
  private readonly options: PrePullOptions;
  constructor(options: PrePullOptions) {
    this.options = options;
  }

  async keep({ namespace, choose }: ImageCacheWanted): Promise<ImageCacheState> {
    const { api, installation } = this.options;
    const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets`;
    const { items } = await api.json<{ readonly items: readonly DaemonSet[] }>(path, { query: { labelSelector: `${CACHE_LABEL}=${installation}` } });
    const ours = items.filter(({ metadata }) => isOurs(metadata, this.options));
    const known = ours.find(({ metadata }) => metadata.name === this.name);
    const images = choose?.(known?.spec.template.spec.containers.map((c) => c.image ?? '') ?? []) ?? [];
    const wanted = images.length === 0 ? null : this.manifest(namespace, images);
    for (const { metadata } of ours)
      if (metadata.name !== this.name || wanted === null)
        await gone(api.json(`${path}/${metadata.name}`, { method: 'DELETE', body: { propagationPolicy: 'Background' } }));
    if (wanted === null) return { kind: 'daemonset', name: null, phase: 'none', detail: 'no image has been used yet', images: [] };
    if (known === undefined) await there(api.json(path, { method: 'POST', body: wanted }));
    else if (known.metadata.annotations?.[SHAPE_ANNOTATION] !== wanted.metadata.annotations[SHAPE_ANNOTATION])
      // As a whole: a patch would leave what the settings no longer say.
      await unlessChanged(
        api.json(`${path}/${this.name}`, {
          method: 'PUT',
          body: { ...wanted, metadata: { ...wanted.metadata, resourceVersion: known.metadata.resourceVersion } },
        }),
      );
    else return this.state(namespace, known, images);
    return this.state(namespace, null, images);
  }

  private get name(): string {
    const { installation, cloud } = this.options;
    return `millrace-images-${digest(installation, cloud)}`;
  }

  private async state(namespace: string, set: DaemonSet | null, images: readonly ImageUse[]): Promise<ImageCacheState> {
    const { desiredNumberScheduled: nodes = 0, numberReady = 0, updatedNumberScheduled = 0, observedGeneration = 0 } = set?.status ?? {};
    const isTold = set !== null && observedGeneration >= (set.metadata.generation ?? 0);
    const ready = isTold ? Math.min(numberReady, updatedNumberScheduled) : 0;
    const problems = isTold && ready < nodes ? await this.problems(namespace) : new Map<string, string>();
    return {
      kind: 'daemonset',
      name: this.name,
      phase: problems.size > 0 ? 'failed' : isTold && ready === nodes ? 'ready' : 'preparing',
      detail: isTold ? `all images on ${ready} of ${nodes} nodes` : 'asked for',
      images: images.map((use) => ({ ...use, problem: problems.get(use.image) ?? null })),
    };
  }

  /** By image: why some node cannot have it. */
  private async problems(namespace: string): Promise<Map<string, string>> {
    const { api, installation, cloud } = this.options;
    const { items } = await api.json<{ readonly items: readonly Pod[] }>(`/api/v1/namespaces/${namespace}/pods`, {
      query: {
        labelSelector: Object.entries(cacheLabels({ ...this.options, cloud, installation }))
          .map(([name, value]) => `${name}=${value}`)
          .join(','),
        fieldSelector: 'status.phase=Pending',
        limit: MOST_LOOKED_AT,
      },
    });
    const problems = new Map<string, string>();
    for (const { spec, status } of items)
      for (const { name, state } of status?.containerStatuses ?? []) {
        const { reason = '', message = '' } = state?.waiting ?? {};
        const image = spec.containers.find((c) => c.name === name)?.image;
        if (image !== undefined && !['', 'PodInitializing', 'ContainerCreating'].includes(reason)) problems.set(image, `${reason} ${message}`.trim());
      }
    return problems;
  }

  private manifest(namespace: string, images: readonly ImageUse[]) {
    const { agentImage, settings } = this.options;
    const { nodeSelector = {}, tolerations = [], imagePullSecrets = [], priorityClass } = settings ?? {};
    const labels = cacheLabels(this.options);
    const container = {
      imagePullPolicy: 'IfNotPresent',
      volumeMounts: [{ name: 'helper', mountPath: HELPER }],
      resources: { requests: { cpu: '1m', memory: '4Mi' }, limits: { memory: '32Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    };
    const spec = {
      selector: { matchLabels: labels },
      // Nobody is served by them; and not all nodes ask the registry at once.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%' } },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector,
          tolerations,
          imagePullSecrets: imagePullSecrets.map((name) => ({ name })),
          ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
          terminationGracePeriodSeconds: 0,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
          initContainers: [
            { ...container, name: 'helper', image: agentImage, command: ['/opt/millrace/busybox', 'cp', '/opt/millrace/busybox', `${HELPER}/busybox`] },
          ],
          containers: images.map(({ image }) => ({
            ...container,
            name: `image-${digest(image)}`,
            image,
            workingDir: '/',
            command: [`${HELPER}/busybox`, 'sleep', 'infinity'],
          })),
          volumes: [{ name: 'helper', emptyDir: {} }],
        },
      },
    };
    const annotations = { [SHAPE_ANNOTATION]: digest(labels, spec) };
    return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: this.name, namespace, labels, annotations }, spec };
  }
}
