/** Where a controller is reached itself, past any load balancer: what others of the fleet send to it must come to it alone. */
import { isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';

export type Interfaces = NodeJS.Dict<readonly Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal' | 'scopeid'>[]>;

const EVERY_ADDRESS = ['0.0.0.0', '::'];

/**
 * `listening`: a URL. Where `host` is every address of the machine (the URL then names but one, which only the machine itself
 * reaches), its first one that others can reach, IPv4 before IPv6.
 */
export function ownAddress(listening: string, host: string, interfaces: Interfaces): string {
  if (!EVERY_ADDRESS.includes(host)) return listening;
  const { protocol, port } = new URL(listening);
  const all = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0);
  const found = (all.find(({ family }) => family === 'IPv4') ?? all[0])?.address ?? '127.0.0.1';
  return `${protocol}//${isIPv6(found) ? `[${found}]` : found}:${port}`;
}
