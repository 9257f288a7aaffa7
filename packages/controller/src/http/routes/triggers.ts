/** Deliveries of webhooks, and the triggers of jobs. */
import { triggerRoutes } from '@millrace/protocol';
import { z } from 'zod';
import { listDeliveries, pollNow, redeliver, showDelivery, showTriggers } from '../../triggers/show-triggers.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function triggerHandlers({ store, auth, now, timeZone }: ApiServices) {
  return handlers(triggerRoutes, {
    'deliveries.list': async ({ query }) => {
      const before = readCursor('deliveries', z.int(), query.cursor);
      return page(await listDeliveries(store, before, query.limit + 1), query.limit, (last) => writeCursor('deliveries', last.id));
    },
    'deliveries.get': ({ params }) => showDelivery(store, params.id),
    'deliveries.redeliver': async ({ actor, params }) => {
      await redeliver(auth.audit, actor, params.id, now());
      return showDelivery(store, params.id);
    },
    'items.triggers': ({ params }) => showTriggers(store, params.path, timeZone),
    'items.poll': async ({ actor, params }) => {
      await pollNow(auth.audit, actor, params.path, now());
      return showTriggers(store, params.path, timeZone);
    },
  });
}
