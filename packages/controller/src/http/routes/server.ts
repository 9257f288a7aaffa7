/** What the server says of itself. */
import type { RouteTable } from '@millrace/protocol';
import { openApi, serverRoutes } from '@millrace/protocol';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function serverHandlers(services: ApiServices, table: RouteTable) {
  const { version } = services;
  let document: ReturnType<typeof openApi> | null = null;
  return handlers(serverRoutes, {
    'server.version': () => ({ name: 'millrace', version, api: 'v1' }),
    'server.openapi': () => (document ??= openApi(table, { version })) as { openapi: string },
  });
}
