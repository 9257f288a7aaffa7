/**
 * The HTTP server of one controller: what holds for every answer of it (errors, security headers, request ids, limits), and
 * what a load balancer and a monitoring system ask. Routes are added by others.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import { ApiError } from '@millrace/protocol';
import type { FastifyBaseLogger, FastifyInstance, FastifyServerOptions } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { Histogram } from 'prom-client';
import type { Store } from '../store/store.ts';
import { readRoute, watchMethods, withoutBody } from './methods.ts';
import { asApiError, sendProblem } from './problem.ts';

export interface ServerOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly registry: Registry;
  /** This controller is about to stop: load balancers should send nothing new. */
  readonly draining: () => boolean;
  /** Files in PEM. Null: no TLS here. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string } | null;
  /** Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly trustProxy?: boolean | readonly string[];
  /** In front of it TLS is spoken: cookies and headers are as under TLS. */
  readonly secure?: boolean;
}

const BODY_LIMIT = 1 << 20,
  READY_MS = 3_000;

export function createServer(options: ServerOptions): FastifyInstance {
  const { store, logger, registry, draining, tls = null, trustProxy = false } = options;
  const common: FastifyServerOptions = {
    bodyLimit: BODY_LIMIT,
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 16_384 },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
    },
    // Routes check with the API's own schemas (mount.ts): fastify's two compilers would only take memory.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: logger as FastifyBaseLogger,
    // What is under way is answered; what would go on for ever ends by itself when the server closes.
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      sendProblem(
        asApiError(error, () => false),
        request,
        reply,
      );
    },
  };
  const app = (
    tls === null
      ? fastify(common)
      : fastify({ ...common, https: { key: readFileSync(tls.keyFile), cert: readFileSync(tls.certFile), minVersion: 'TLSv1.2' } } as FastifyServerOptions)
  ) as FastifyInstance;
  const secure = tls !== null || options.secure === true;
  const refusal = watchMethods(app);
  void app.register(cookie);
  app.decorateRequest('principal', null);
  app.decorate('secure', secure);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'x-request-id': request.id, ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}) });
  });
  // What was read may be committed and not yet on the disk.
  app.addHook('onSend', async () => {
    await store.engine.durable();
  });
  app.setErrorHandler((error, request, reply) => {
    const said = asApiError(error, store.engine.isAway);
    if (said.status >= 500 && said.code !== 'MR_DRAINING') request.log.error({ err: error, requestId: request.id }, 'a request failed');
    return sendProblem(said, request, reply);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(refusal(request), request, reply));
  app.addHook('onSend', withoutBody);
  measure(app, registry);
  readRoute(app, '/healthz', async () => ({ status: 'ok' }));
  readRoute(app, '/readyz', async (request, reply) => {
    if (draining()) return sendProblem(new ApiError('MR_DRAINING'), request, reply);
    try {
      await within(READY_MS, store.db.selectFrom('meta').select('key').limit(1).execute());
    } catch (error) {
      request.log.warn({ err: error }, 'the store does not answer');
      return sendProblem(new ApiError('MR_STORE_AWAY'), request, reply);
    }
    return { status: 'ok' };
  });
  readRoute(app, '/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  return app;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether TLS is spoken here, or before. */
    readonly secure: boolean;
  }
}

/** Of the API. Pages set their own content-security-policy. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

function noCompiler(): never {
  throw new Error('a route has a schema of fastify');
}

function measure(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'millrace_http_request_seconds',
    help: 'Time of HTTP requests by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
  });
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
