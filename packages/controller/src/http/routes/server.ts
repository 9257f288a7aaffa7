/** What the server says of itself, and what happens in it. */
import type { RouteTable } from '@millrace/protocol';
import { eventRoutes, openApi, serverRoutes } from '@millrace/protocol';
import { SESSION_COOKIE } from '../../auth/sessions.ts';
import { followEvents } from '../event-answers.ts';
import type { EventFeed } from '../event-feed.ts';
import { handlers } from '../mount.ts';
import type { ApiServices, RouteServices } from '../services.ts';

export function serverHandlers({ version, settings }: ApiServices, table: RouteTable) {
  let document: ReturnType<typeof openApi> | null = null;
  return handlers(serverRoutes, {
    'server.version': () => ({ name: 'millrace', version, api: 'v1' }),
    'server.settings': () => settings(),
    'server.openapi': () => (document ??= openApi(table, { version })) as { openapi: string },
  });
}

export function eventHandlers({ auth, closing }: RouteServices, feed: EventFeed) {
  return handlers(eventRoutes, {
    'events.follow': ({ query, principal, request, reply }) => {
      if (request.method === 'HEAD') return reply.type('text/event-stream; charset=utf-8').send();
      const lastId = request.headers['last-event-id'];
      return followEvents({
        feed,
        reply,
        closing,
        topics: query.topics,
        lastId: typeof lastId === 'string' ? lastId : null,
        principal,
        again: () =>
          auth.authenticator.authenticate({
            authorization: request.headers.authorization ?? null,
            sessionCookie: request.cookies[SESSION_COOKIE] ?? null,
            address: request.ip,
          }),
      });
    },
  });
}
