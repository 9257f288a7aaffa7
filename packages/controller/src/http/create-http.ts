/** The web server of a controller: the API, and what else answers over HTTP. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createAuth } from '../auth/auth.ts';
import { ensureFirstAdmin } from '../auth/first-admin.ts';
import { deleteUnnamed } from '../blobs/loose-blobs.ts';
import { DEFAULT_WEBHOOKS } from '../config/installation.ts';
import { showSettings } from '../config/show-settings.ts';
import type { ControllerParts } from '../controller-options.ts';
import { controllerMetrics } from '../metrics.ts';
import { DEFAULT_THRESHOLDS } from '../nodes/monitors.ts';
import { sonarWebhook } from '../sonar/sonar-webhook.ts';
import { Templates } from '../templates/templates.ts';
import { tokenRoute } from '../triggers/token-route.ts';
import { webhookRoutes } from '../triggers/webhook-routes.ts';
import { apiRoutes } from './api-routes.ts';
import { servePage } from './page.ts';
import { createServer } from './server.ts';

export interface HttpSettings {
  /** Files in PEM. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  readonly anonymous: 'none' | 'viewer';
  /** Told where this start made the first administrator. */
  readonly firstPassword?: (password: string) => void;
  /** Where the page's files are (packages/web/dist); null: it is not there, and only the API answers. */
  readonly page: string | null;
}

export async function createHttp(parts: ControllerParts, { tls, anonymous, firstPassword, page }: HttpSettings): Promise<FastifyInstance> {
  const { store, services, enqueue, blobs, self, isDraining, options } = parts;
  const { now, onError } = services;
  const auth = createAuth({ store, now, anonymousRole: () => (anonymous === 'viewer' ? 'viewer' : null) });
  const password = await ensureFirstAdmin({ store, passwords: auth.passwords, dataFolder: options.data, now });
  if (password !== null) firstPassword?.(password);
  const app = createServer({
    store,
    logger: options.log,
    registry: controllerMetrics(parts),
    draining: isDraining,
    tls: tls === null ? null : { keyFile: tls.key, certFile: tls.certificate },
  });
  await apiRoutes(app, {
    store,
    auth,
    sealer: services.sealer,
    enqueue,
    blobs,
    clouds: parts.clouds,
    credentialProviders: parts.credentialProviders,
    channels: parts.channels,
    sealingKeys: parts.sealingKeys,
    templates: new Templates(services),
    now,
    self,
    rootUrl: services.rootUrl,
    version: options.version,
    timeZone: options.timeZone,
    settings: () => showSettings({ options, clouds: parts.clouds, rootUrl: services.rootUrl(), shared: store.engine.shared, tls: tls !== null, anonymous }),
    deleteBlobs: (keys) => deleteUnnamed(store, blobs, keys),
    storeParameterFile: async (content) => {
      const key = `parameters/${randomUUID()}`;
      await blobs.put(key, content);
      return key;
    },
    monitorThresholds: () => options.monitors ?? DEFAULT_THRESHOLDS,
    checkScript: (script, gone) => parts.checker.check(script, services.installation().toolDescriptors, gone),
    onError,
  });
  const { credential, installation, rootUrl } = services;
  await sonarWebhook(app, { store, credential, servers: () => installation().sonarServers ?? [] });
  await webhookRoutes(app, { store, credential, secrets: () => (installation().webhooks ?? DEFAULT_WEBHOOKS).secrets, now });
  await tokenRoute(app, { store, enqueue, rootUrl });
  if (page !== null) await servePage(app, page);
  return app;
}
