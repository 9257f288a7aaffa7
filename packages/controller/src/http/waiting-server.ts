/** What answers at a controller's address while it waits for its database: it lives, and is not ready. */
import { readFileSync } from 'node:fs';
import { ApiError } from '@millrace/protocol';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import fastify from 'fastify';
import { sendProblem } from './problem.ts';

export interface WaitingServerOptions {
  /** Files in PEM. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  readonly cause: () => string;
}

export function createWaitingServer({ tls, cause }: WaitingServerOptions): FastifyInstance {
  const common: FastifyServerOptions = { forceCloseConnections: true };
  const app = (
    tls === null
      ? fastify(common)
      : fastify({ ...common, https: { key: readFileSync(tls.key), cert: readFileSync(tls.certificate), minVersion: 'TLSv1.2' } } as FastifyServerOptions)
  ) as FastifyInstance;
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new ApiError('MR_STORE_AWAY', `The controller waits for it (${cause()}).`, { headers: { 'retry-after': '5' } }), request, reply),
  );
  return app;
}
