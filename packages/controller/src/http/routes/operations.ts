/** Queue, nodes, clouds, fleet, resources, throttle categories. */
import { ApiError, cloudRoutes, fleetRoutes, nodeRoutes, queueRoutes, resourceRoutes } from '@millrace/protocol';
import { z } from 'zod';
import { can } from '../../auth/principal.ts';
import { cloudEvents, cloudHistory } from '../../clouds/cloud-history.ts';
import { checkCloud, showClouds } from '../../clouds/show-clouds.ts';
import { drainController, showFleet } from '../../fleet/fleet-view.ts';
import { GONE_MS } from '../../nodes/agent-desk.ts';
import { NodeChanges } from '../../nodes/node-changes.ts';
import { showNode, showNodes } from '../../nodes/show-node.ts';
import {
  cancelQueueItem,
  cancelRequest,
  nodeRequests,
  prioritizeQueueItem,
  prioritizeRequest,
  queuedBuilds,
  queueItemOf,
  requestJob,
} from '../../queue/queue-view.ts';
import { listResources, Resources, resourceOf } from '../../queue/resources.ts';
import { deleteThrottle, listThrottles, putThrottle } from '../../queue/throttles.ts';
import { allowItem } from '../access.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function queueHandlers({ store, auth, now }: ApiServices) {
  return handlers(queueRoutes, {
    'queue.list': async ({ principal }) => {
      const seen = ({ job }: { readonly job: string }): boolean => can(principal, 'item.view', job);
      const [builds, requests] = await Promise.all([queuedBuilds(store), nodeRequests(store)]);
      return { builds: builds.filter(seen), requests: requests.filter(seen) };
    },
    'queue.get': async ({ principal, params }) => {
      const item = await queueItemOf(store, params.id);
      if (!can(principal, 'item.view', item.job)) throw new ApiError('MR_QUEUE_UNKNOWN');
      return item;
    },
    'queue.cancel': async ({ principal, actor, params }) => {
      const { job } = await queueItemOf(store, params.id);
      if (!can(principal, 'item.view', job)) throw new ApiError('MR_QUEUE_UNKNOWN');
      allowItem(principal, 'build.stop', job);
      await cancelQueueItem(auth.audit, actor, params.id, now);
      return undefined;
    },
    'queue.prioritize': async ({ principal, actor, params, body }) => {
      const { job } = await queueItemOf(store, params.id);
      if (!can(principal, 'item.view', job)) throw new ApiError('MR_QUEUE_UNKNOWN');
      allowItem(principal, 'item.configure', job);
      await prioritizeQueueItem(auth.audit, actor, params.id, body.priority);
      return queueItemOf(store, params.id);
    },
    'queue.prioritizeRequest': async ({ principal, actor, params, body }) => {
      const job = await requestJob(store, params.id);
      if (!can(principal, 'item.view', job)) throw new ApiError('MR_QUEUE_UNKNOWN');
      allowItem(principal, 'item.configure', job);
      await prioritizeRequest(auth.audit, actor, params.id, body.priority);
      return undefined;
    },
    'queue.cancelRequest': async ({ principal, actor, params }) => {
      const job = await requestJob(store, params.id);
      if (!can(principal, 'item.view', job)) throw new ApiError('MR_QUEUE_UNKNOWN');
      allowItem(principal, 'build.stop', job);
      await cancelRequest(auth.audit, actor, params.id);
      return undefined;
    },
  });
}

export function nodeHandlers(services: ApiServices) {
  const { store, auth, now, rootUrl, monitorThresholds } = services;
  const changes = new NodeChanges({ store, audit: auth.audit, now });
  const options = () => ({ store, thresholds: monitorThresholds(), now: now() });
  const show = (name: string) => showNode(options(), name);
  // The secret is in none of its words: other users of the machine see those.
  const withSecret = (name: string, secret: string) => ({
    name,
    secret,
    command: ['millrace', 'agent', '--url', rootUrl().replace(/\/$/, ''), '--name', name, '--secret-file', 'agent.secret'].map(shellWord).join(' '),
  });
  return handlers(nodeRoutes, {
    'nodes.list': async ({ query }) => {
      const after = readCursor('nodes', z.string(), query.cursor);
      return page(await showNodes(options(), { after, limit: query.limit + 1 }), query.limit, (last) => writeCursor('nodes', last.name));
    },
    'nodes.create': async ({ actor, body, reply }) => {
      const { name, ...settings } = body;
      const secret = await changes.create(actor, name, settings);
      reply.header('location', `/api/v1/nodes/${encodeURIComponent(name)}`);
      return withSecret(name, secret);
    },
    'nodes.get': ({ params }) => show(params.name),
    'nodes.change': async ({ actor, params, revision, body }) => {
      await changes.change(actor, params.name, revision, body);
      return show(params.name);
    },
    'nodes.offline': async ({ actor, params, body }) => {
      await changes.offline(actor, params.name, body.message);
      return show(params.name);
    },
    'nodes.online': async ({ actor, params }) => {
      await changes.online(actor, params.name);
      return show(params.name);
    },
    'nodes.disconnect': async ({ actor, params, body }) => {
      await changes.disconnect(actor, params.name, body.message);
      return show(params.name);
    },
    'nodes.secret': async ({ actor, params }) => withSecret(params.name, await changes.rotateSecret(actor, params.name)),
    'nodes.delete': async ({ actor, params, revision }) => {
      await changes.delete(actor, params.name, revision);
      return undefined;
    },
  });
}

export function cloudHandlers({ store, clouds, now }: ApiServices) {
  return handlers(cloudRoutes, {
    'clouds.list': async () => ({ clouds: await showClouds(store, clouds, (seenAt) => now() - (seenAt ?? 0) < GONE_MS) }),
    'clouds.history': ({ params, query }) => cloudHistory(store, clouds, params.name, query.hours, now()),
    'clouds.events': async ({ principal, params, query }) => {
      const before = readCursor('cloud events', z.int(), query.cursor);
      const events = await cloudEvents(store, clouds, params.name, before, query.limit + 1);
      // What a user may not see has no name for them.
      const seen = events.map((event) => (event.job === null || can(principal, 'item.view', event.job) ? event : { ...event, job: null }));
      return page(seen, query.limit, (last) => writeCursor('cloud events', last.id));
    },
    'clouds.check': ({ params }) => checkCloud(clouds, params.name, now),
  });
}

export function fleetHandlers({ store, auth, self }: ApiServices) {
  return handlers(fleetRoutes, {
    'fleet.get': () => showFleet(store, self()),
    'fleet.drain': async ({ actor, params }) => {
      await drainController(auth.audit, actor, params.id);
      return showFleet(store, self());
    },
  });
}

export function resourceHandlers({ store, auth }: ApiServices) {
  const { audit } = auth;
  const resources = new Resources(audit);
  return handlers(resourceRoutes, {
    'resources.list': async () => ({ resources: await listResources(store) }),
    'resources.create': async ({ actor, body, reply }) => {
      const { name, ...settings } = body;
      await resources.create(actor, name, settings);
      reply.header('location', `/api/v1/resources/${encodeURIComponent(name)}`);
      return resourceOf(store, name);
    },
    'resources.get': ({ params }) => resourceOf(store, params.name),
    'resources.change': async ({ actor, params, body }) => {
      await resources.change(actor, params.name, body);
      return resourceOf(store, params.name);
    },
    'resources.delete': async ({ actor, params }) => {
      await resources.delete(actor, params.name);
      return undefined;
    },
    'resources.reserve': async ({ actor, params, body }) => {
      await resources.reserve(actor, params.name, body.note);
      return resourceOf(store, params.name);
    },
    'resources.unreserve': async ({ principal, actor, params }) => {
      await resources.unreserve(actor, params.name, can(principal, 'resource.change', null));
      return resourceOf(store, params.name);
    },
    'throttles.list': async () => ({ throttles: await listThrottles(store) }),
    'throttles.put': ({ actor, params, body }) => putThrottle(audit, actor, { name: params.name, ...body }),
    'throttles.delete': async ({ actor, params }) => {
      await deleteThrottle(audit, actor, params.name);
      return undefined;
    },
  });
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
