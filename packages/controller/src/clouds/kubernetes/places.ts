/**
 * Places of a cluster where a template's pods may run, in order: node pools, and serverless ones behind a virtual kubelet. A
 * place is what it adds to a manifest, and when it is left for the next one. What the template says itself wins. Pure.
 */
import type { Json } from '@millrace/pipeline';
import { z } from 'zod';
import type { MoveOn } from '../cloud.ts';
import type { Fields } from './arguments.ts';
import { isFields } from './arguments.ts';
import { listOf } from './pod-yaml.ts';

const text = z.string().trim().min(1);
const labels = z.record(text, z.string());
export const tolerationSchema = z.strictObject({
  key: text.optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

interface Piece {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly z.infer<typeof tolerationSchema>[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What virtual kubelets want of a pod, by their makers' documentation. Fargate wants labels of the cluster's own choice. */
export const PROFILES = {
  'alibaba-eci': {
    nodeSelector: {},
    tolerations: [{ key: 'virtual-kubelet.io/provider', operator: 'Equal', value: 'alibabacloud', effect: 'NoSchedule' }],
    labels: { 'alibabacloud.com/eci': 'true' },
    annotations: {},
  },
  'alibaba-vnode': {
    nodeSelector: { 'k8s.aliyun.com/vnode': 'true' },
    tolerations: [{ key: 'k8s.aliyun.com/vnode', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
    labels: {},
    annotations: {},
  },
  'azure-aci': {
    nodeSelector: { type: 'virtual-kubelet' },
    tolerations: [
      { key: 'virtual-kubelet.io/provider', operator: 'Exists' },
      { key: 'azure.com/aci', effect: 'NoSchedule' },
    ],
    labels: {},
    annotations: {},
  },
} as const satisfies Record<string, Piece>;
type Profile = keyof typeof PROFILES;

export const moveOnSchema = z.strictObject({
  pendingSeconds: z.int().min(1).max(86_400).optional(),
  noCapacitySeconds: z.int().min(0).max(86_400).optional(),
  quota: z.boolean().optional(),
}) satisfies z.ZodType<MoveOn>;

export const placeSchema = z.strictObject({
  name: text,
  profile: z.enum(Object.keys(PROFILES) as [Profile, ...Profile[]]).optional(),
  nodeSelector: labels.default({}),
  tolerations: z.array(tolerationSchema).default([]),
  labels: labels.default({}),
  annotations: labels.default({}),
  moveOn: moveOnSchema.default({}),
});
export type Place = z.infer<typeof placeSchema>;

/** The pod's manifest as that place needs it. */
export function atPlace(manifest: Fields, place: Place): Fields {
  const profile: Piece = place.profile === undefined ? { nodeSelector: {}, tolerations: [], labels: {}, annotations: {} } : PROFILES[place.profile];
  const metadata = mapOf(manifest['metadata']),
    spec = mapOf(manifest['spec']);
  const under = (name: 'nodeSelector' | 'labels' | 'annotations', own: Json | undefined): Fields => ({ ...profile[name], ...place[name], ...mapOf(own) });
  const nodeSelector = under('nodeSelector', spec['nodeSelector']);
  const tolerations = [...listOf(spec['tolerations']), ...profile.tolerations, ...place.tolerations] as Json[];
  return {
    ...manifest,
    metadata: { ...metadata, labels: under('labels', metadata['labels']), annotations: under('annotations', metadata['annotations']) },
    spec: {
      ...spec,
      ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
      ...(tolerations.length === 0 ? {} : { tolerations: [...new Map(tolerations.map((t) => [JSON.stringify(t), t])).values()] }),
    },
  };
}

function mapOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}
