/** The connection test: whether the API server answers, and what our account may not do of what it has to. */
import { CloudError } from '../cloud.ts';
import type { KubernetesApi } from './api.ts';

/** As docs/kubernetes.md lists them. `pods/exec` is asked for by a GET that some versions take for `create`. */
export const RIGHTS: readonly { readonly resource: string; readonly subresource?: string; readonly verbs: readonly string[] }[] = [
  { resource: 'pods', verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { resource: 'pods', subresource: 'exec', verbs: ['create', 'get'] },
  { resource: 'pods', subresource: 'log', verbs: ['get'] },
  { resource: 'events', verbs: ['list', 'watch'] },
  { resource: 'secrets', verbs: ['create'] },
];

/** Throws MR_CLOUD_REFUSED with all that is missing. Null: all namespaces. */
export async function checkRights(api: KubernetesApi, namespaces: readonly string[] | null): Promise<void> {
  await api.json('/version');
  const missing: string[] = [];
  for (const namespace of namespaces ?? ['']) {
    const asked = RIGHTS.flatMap(({ resource, subresource, verbs }) =>
      verbs.map((verb) => ({ namespace, resource, ...(subresource === undefined ? {} : { subresource }), verb })),
    );
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
    if (denied.size > 0)
      missing.push(
        `${namespace === '' ? 'in all namespaces' : `in the namespace ‘${namespace}’`}: ${[...denied].map(([what, verbs]) => `${what}: ${verbs.join(', ')}`).join('; ')}`,
      );
  }
  if (missing.length > 0) throw new CloudError('MR_CLOUD_REFUSED', `the account may not do what it has to, ${missing.join('; ')}`);
}

function subresourceOf({ resource, subresource }: { readonly resource: string; readonly subresource?: string }): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}
