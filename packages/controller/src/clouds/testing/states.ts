/** What tests of `decide` begin with: a node that was asked for a second ago, and a request that waits for one like it. */
import type { CloudNode, WaitingRequest } from '../provision.ts';

export const NOW = 10_000_000;

export function cloudNode(id: number, more: Partial<CloudNode> = {}): CloudNode {
  return {
    id,
    name: `n${id}`,
    cloud: 'c',
    template: 'once',
    place: null,
    moveOn: null,
    namespace: null,
    jobs: [],
    labels: ['cloudy'],
    executors: 1,
    mode: 'normal',
    ref: `ref-n${id}`,
    lease: null,
    leaseLives: true,
    idleMinutes: null,
    connectMs: 600_000,
    knownSince: NOW - 1_000,
    createdAt: NOW - 1_000,
    connected: false,
    online: false,
    seenAt: null,
    accepting: true,
    running: 0,
    busy: 0,
    idleSince: null,
    ending: null,
    ...more,
  };
}

/** Its agent is connected and heard. */
export const UP = { connected: true, online: true, seenAt: NOW } as const;

export function waitingRequest(id: string, more: Partial<WaitingRequest> = {}): WaitingRequest {
  return { id, label: 'cloudy', job: 'j', pod: null, told: new Set(), priority: 0, since: 0, ...more };
}
