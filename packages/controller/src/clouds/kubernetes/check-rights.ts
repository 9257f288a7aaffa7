/** The connection test: whether the API server answers, and what our account may not do of what it has to. */
import { CloudError } from '../cloud.ts';
import type { KubernetesApi } from './api.ts';

export interface Right {
  /** Left out: the core. */
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verbs: readonly string[];
}

/** As docs/kubernetes.md lists them. `pods/exec` is asked for by a GET that some versions take for `create`. */
export const RIGHTS: readonly Right[] = [
  { resource: 'pods', verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { resource: 'pods', subresource: 'exec', verbs: ['create', 'get'] },
  { resource: 'pods', subresource: 'log', verbs: ['get'] },
  { resource: 'events', verbs: ['list', 'watch'] },
  { resource: 'secrets', verbs: ['create'] },
];

/** Of each kind of image cache beside. */
export const CACHE_RIGHTS = {
  daemonset: { group: 'apps', resource: 'daemonsets', verbs: ['list', 'create', 'update', 'delete'] },
  eci: { group: 'eci.alibabacloud.com', resource: 'imagecaches', verbs: ['list', 'create', 'delete'] },
} as const;

export interface CacheRights {
  readonly namespace: string;
  readonly kinds: readonly (keyof typeof CACHE_RIGHTS)[];
}

/** Throws MR_CLOUD_REFUSED with all that is missing. Null: all namespaces; no image caches. */
export async function checkRights(api: KubernetesApi, namespaces: readonly string[] | null, caches: CacheRights | null = null): Promise<void> {
  await api.json('/version');
  const missing: string[] = [];
  const look = async (where: string, namespace: string, rights: readonly Right[]): Promise<void> => {
    const denied = await deniedOf(api, namespace, rights);
    if (denied.size > 0) missing.push(`${where}: ${[...denied].map(([what, verbs]) => `${what}: ${verbs.join(', ')}`).join('; ')}`);
  };
  for (const namespace of namespaces ?? ['']) await look(namespace === '' ? 'in all namespaces' : `in the namespace ‘${namespace}’`, namespace, RIGHTS);
  if (caches?.kinds.includes('daemonset') === true)
    await look(`for image caches in the namespace ‘${caches.namespace}’`, caches.namespace, [CACHE_RIGHTS.daemonset]);
  if (caches?.kinds.includes('eci') === true) await look('for image caches in the whole cluster', '', [CACHE_RIGHTS.eci]);
  if (missing.length > 0) throw new CloudError('MR_CLOUD_REFUSED', `the account may not do what it has to, ${missing.join('; ')}`);
}

/** By resource: the verbs. */
async function deniedOf(api: KubernetesApi, namespace: string, rights: readonly Right[]): Promise<Map<string, string[]>> {
  const asked = rights.flatMap(({ verbs, ...resource }) => verbs.map((verb) => ({ namespace, ...resource, verb })));
  const answers = await Promise.all(
    asked.map(async (resourceAttributes) => {
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
      const { status } = await api.json<{ readonly status: { readonly allowed: boolean } }>('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        method: 'POST',
        body,
      });
      return status.allowed ? null : { verb: resourceAttributes.verb, what: subresourceOf(resourceAttributes) };
    }),
  );
  const denied = new Map<string, string[]>();
  for (const answer of answers) if (answer !== null) denied.set(answer.what, [...(denied.get(answer.what) ?? []), answer.verb]);
  return denied;
}

function subresourceOf({ resource, subresource }: Pick<Right, 'resource' | 'subresource'>): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}
