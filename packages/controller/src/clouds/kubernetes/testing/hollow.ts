/**
 * Hollow nodes (kubemark): their pods run at once with no container behind them, so that hundreds of machines can be had where
 * there are two cores. They carry the label and taint `hollow=true`.
 */
import type { KubernetesApi } from '../api.ts';
import type { ObjectMeta } from '../objects.ts';
import { BUSYBOX } from './cluster.ts';

interface Node {
  readonly metadata: ObjectMeta;
  readonly status: { readonly allocatable: { readonly pods: string }; readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

/** A template of the label `hollow`. */
export const HOLLOW_TEMPLATE = {
  name: 'hollow',
  label: 'hollow',
  agentInjection: false,
  yaml: {
    spec: {
      nodeSelector: { hollow: 'true' },
      tolerations: [{ key: 'hollow', operator: 'Exists' }],
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'jnlp', image: BUSYBOX, command: ['sleep', '3600'], resources: { requests: { cpu: '1m', memory: '1Mi' } } }],
    },
  },
};

/** How many pods they have room for together. */
export async function hollowRoom(api: KubernetesApi): Promise<number> {
  const { items } = await api.json<{ readonly items: readonly Node[] }>('/api/v1/nodes', { query: { labelSelector: 'hollow=true' } });
  return items
    .filter(({ status }) => status.conditions.some((c) => c.type === 'Ready' && c.status === 'True'))
    .reduce((room, { status }) => room + Number(status.allocatable.pods), 0);
}
