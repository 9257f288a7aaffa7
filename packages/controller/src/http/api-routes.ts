/** The REST API: every route of the protocol's table with its handler. */
import multipart from '@fastify/multipart';
import { API_ROUTES } from '@millrace/protocol';
import type { FastifyInstance } from 'fastify';
import { EventFeed } from './event-feed.ts';
import { mountRoutes } from './mount.ts';
import { authHandlers, userHandlers } from './routes/auth.ts';
import { buildHandlers } from './routes/builds.ts';
import { credentialHandlers } from './routes/credentials.ts';
import { itemHandlers } from './routes/items.ts';
import { notificationHandlers } from './routes/notifications.ts';
import { cloudHandlers, fleetHandlers, nodeHandlers, queueHandlers, resourceHandlers } from './routes/operations.ts';
import { overviewHandlers } from './routes/overview.ts';
import { scriptHandlers } from './routes/scripts.ts';
import { eventHandlers, serverHandlers } from './routes/server.ts';
import { templateHandlers } from './routes/templates.ts';
import { triggerHandlers } from './routes/triggers.ts';
import type { ApiServices, RouteServices } from './services.ts';

const LARGEST_FILE = 2 ** 30,
  MOST_PARTS = 100;

/** To be called before the server listens. Fails where table and handlers do not fit. */
export async function apiRoutes(app: FastifyInstance, given: ApiServices): Promise<void> {
  const { store, self, now, onError, checkAnswers = false } = given;
  const closing = new AbortController();
  const services: RouteServices = { ...given, closing: closing.signal };
  const feed = new EventFeed({ store, self, now, onError });
  app.addHook('preClose', async () => {
    closing.abort();
    feed.close();
  });
  await app.register(async (api) => {
    await api.register(multipart, { limits: { fileSize: LARGEST_FILE, files: MOST_PARTS, fields: MOST_PARTS, fieldSize: 8 << 20 } });
    const all = {
      ...serverHandlers(services, API_ROUTES),
      ...eventHandlers(services, feed),
      ...authHandlers(services),
      ...userHandlers(services),
      ...itemHandlers(services),
      ...buildHandlers(services),
      ...queueHandlers(services),
      ...nodeHandlers(services),
      ...cloudHandlers(services),
      ...fleetHandlers(services),
      ...resourceHandlers(services),
      ...credentialHandlers(services),
      ...triggerHandlers(services),
      ...scriptHandlers(services),
      ...overviewHandlers(services),
      ...notificationHandlers(services),
      ...templateHandlers(services),
    };
    mountRoutes(api, API_ROUTES, all, { authenticator: services.auth.authenticator, checkAnswers });
  });
}
