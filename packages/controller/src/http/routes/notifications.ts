/** Messages to people. */
import { notificationRoutes } from '@millrace/protocol';
import { z } from 'zod';
import { listNotifications, sendAgain, sendTest } from '../../notifications/show-notifications.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function notificationHandlers({ store, auth, sealer, channels, rootUrl, now }: ApiServices) {
  return handlers(notificationRoutes, {
    'notifications.list': async ({ query }) => {
      const before = readCursor('notifications', z.int(), query.cursor);
      const found = await listNotifications(store, before, query.state ?? null, query.limit + 1);
      return page(found, query.limit, (last) => writeCursor('notifications', last.id));
    },
    'notifications.again': ({ actor, params }) => sendAgain(store, auth.audit, actor, params.id, now()),
    'channels.list': () => ({ channels: channels.all.map(({ name, kind, language }) => ({ name, kind, language })) }),
    'channels.test': ({ actor, params, body }) =>
      sendTest({ store, sealer, channels, rootUrl: rootUrl(), now: now() }, auth.audit, actor, params.name, body.to),
  });
}
