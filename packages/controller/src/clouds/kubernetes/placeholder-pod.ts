/**
 * The manifest of a placeholder: a pod that asks for what a template's pods ask for, where these run, and does nothing. Of low
 * priority, so that the scheduler ends it the moment that another pod needs its room. Pure.
 *
 * Its containers are the template's own in number and requests, run by the agent's image, which the node has then too. Whatever
 * else a template says of how it runs is left out: a placeholder keeps to the restricted pod security by itself.
 */
import { createHash } from 'node:crypto';
import type { Json } from '@millrace/pipeline';
import type { Fields } from './arguments.ts';
import { isFields } from './arguments.ts';
import { INSTALLATION_LABEL, labelValue } from './pod-spec.ts';
import { listOf } from './pod-yaml.ts';

/** Its value: the cloud, as CLOUD_LABEL has it on others. */
export const PLACEHOLDER_LABEL = 'millrace.io/placeholder';
/** Of everything that it was made from: one of another shape is made anew. */
export const SHAPE_ANNOTATION = 'millrace.io/shape';

/** Of a pod's spec, what decides where it may run. */
const WHERE = ['nodeSelector', 'tolerations', 'affinity', 'topologySpreadConstraints', 'schedulerName', 'runtimeClassName', 'imagePullSecrets'] as const;
const BUSYBOX = '/opt/millrace/busybox';

export interface PlaceholderContext {
  readonly cloud: string;
  readonly installation: string;
  readonly template: string;
  readonly place: string | null;
  readonly agentImage: string;
  readonly priorityClass: string;
}

/** `pod`: the manifest of a pod of the template at the place. Answers the one with that number: asked again, the same. */
export function placeholderPod(pod: Fields, number: number, { cloud, installation, template, place, agentImage, priorityClass }: PlaceholderContext): Fields {
  const { namespace } = pod['metadata'] as unknown as { readonly namespace: string };
  const given = pod['spec'] as Fields;
  const container = (command: readonly string[]) => (of: Json, i: number) => ({
    name: `hold-${i}`,
    image: agentImage,
    imagePullPolicy: 'IfNotPresent',
    command,
    ...(isFields(of) && of['resources'] !== undefined ? { resources: of['resources'] } : {}),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  });
  const initContainers = listOf(given['initContainers'])
    .map(container([BUSYBOX, 'true']))
    .map((c, i) => ({ ...c, name: `init-${i}` }));
  const spec = {
    ...Object.fromEntries(WHERE.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]))),
    priorityClassName: priorityClass,
    // It leaves at once, and does so for every pod that needs its room.
    terminationGracePeriodSeconds: 0,
    restartPolicy: 'Always',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    ...(initContainers.length === 0 ? {} : { initContainers }),
    containers: listOf(given['containers']).map(container([BUSYBOX, 'sleep', 'infinity'])),
  };
  const { labels, annotations } = pod['metadata'] as unknown as {
    readonly labels: { readonly [name: string]: string };
    readonly annotations: { readonly [name: string]: string };
  };
  const pool = createHash('sha256')
    .update(JSON.stringify([installation, cloud, template, place]))
    .digest('hex')
    .slice(0, 10);
  const slug = template
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);
  const named = {
    metadata: {
      name: `${slug === '' ? 'pod' : slug}-placeholder-${pool}-${number}`,
      namespace,
      labels: { ...foreign(labels), [INSTALLATION_LABEL]: installation, [PLACEHOLDER_LABEL]: labelValue(cloud) },
      annotations: { ...foreign(annotations), 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' },
    },
    spec,
  };
  const shape = createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 16);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...named,
    metadata: { ...named.metadata, annotations: { ...named.metadata.annotations, [SHAPE_ANNOTATION]: shape } },
  } as unknown as Fields;
}

/** What others select pods by; marks of ours would make it a node. */
function foreign(marks: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(marks).filter(([name]) => !/^(?:millrace\.io|jenkins)\//.test(name) && name !== 'buildUrl' && name !== 'runUrl'));
}
