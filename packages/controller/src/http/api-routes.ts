/** The REST API: every route of the protocol's table with its handler. */
import multipart from '@fastify/multipart';
import { authRoutes, serverRoutes, userRoutes } from '@millrace/protocol';
import type { FastifyInstance } from 'fastify';
import { mountRoutes } from './mount.ts';
import { authHandlers, userHandlers } from './routes/auth.ts';
import { serverHandlers } from './routes/server.ts';
import type { ApiServices } from './services.ts';

const API_ROUTES = { ...serverRoutes, ...authRoutes, ...userRoutes };
const LARGEST_FILE = 2 ** 30,
  MOST_FILES = 100;

/** To be called before the server listens. Fails where table and handlers do not fit. */
export async function apiRoutes(app: FastifyInstance, services: ApiServices): Promise<void> {
  await app.register(async (api) => {
    await api.register(multipart, { limits: { fileSize: LARGEST_FILE, files: MOST_FILES, fields: MOST_FILES, fieldSize: 8 << 20 } });
    const all = { ...serverHandlers(services, API_ROUTES), ...authHandlers(services), ...userHandlers(services) };
    mountRoutes(api, API_ROUTES, all, {
      authenticator: services.auth.authenticator,
      ...(services.checkAnswers === undefined ? {} : { checkAnswers: services.checkAnswers }),
    });
  });
}
