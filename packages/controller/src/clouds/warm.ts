/**
 * Warm pools: machines that are up before a build asks. One for a single build waits reserved for nobody (`WARM` stands where its
 * request will) and is bound to the first request that it serves; what serves several simply is not ended while it is one of
 * the pool. They count last: no machine is made for a pool where a request waits for the same cap, and one that is in such a
 * request's way is given up. Pure; decided by `decide` after all requests.
 */
import type { CapCounts } from './caps.ts';
import type { Offer } from './cloud.ts';
import type { CloudNode, CloudView, WaitingRequest } from './provision.ts';
import { servesLabel } from './supply.ts';

/** In the place of a request's id. */
export const WARM = 'warm';

/** Of those that are not bound the best for a request: up rather than coming, then the oldest. */
export function warmFor(request: WaitingRequest, spare: readonly CloudNode[], clouds: readonly CloudView[], caps: CapCounts): CloudNode | null {
  // A pipeline's own pod is like no other.
  if (request.pod !== null) return null;
  const serves = servesLabel(request.label);
  const fits = (node: CloudNode): boolean =>
    node.accepting &&
    serves({ ...node, name: null }) &&
    caps.folder(node.cloud, request.job) === null &&
    clouds.some((c) => c.name === node.cloud && c.plan(request).some((o) => o.template === node.template));
  return [...spare].filter(fits).sort((a, b) => Number(b.online) - Number(a.online) || a.createdAt - b.createdAt || a.id - b.id)[0] ?? null;
}

/** Those that are too many, the least useful first; and how many are missing. */
export function againstSize(spare: readonly CloudNode[], size: number): { readonly surplus: readonly CloudNode[]; readonly missing: number } {
  const ordered = [...spare].sort((a, b) => Number(a.online) - Number(b.online) || b.createdAt - a.createdAt || b.id - a.id);
  return { surplus: ordered.slice(0, Math.max(0, spare.length - size)), missing: Math.max(0, size - spare.length) };
}

export function isOfPool(node: CloudNode, cloud: string, offer: Offer): boolean {
  return node.cloud === cloud && node.template === offer.template && node.place === (offer.place ?? null);
}
