/** Folders and jobs. */
import { ApiError, itemRoutes } from '@millrace/protocol';
import { z } from 'zod';
import type { Principal } from '../../auth/principal.ts';
import { can } from '../../auth/principal.ts';
import { requestScan, scanLog, showScans } from '../../branches/show-scans.ts';
import { changeItem, configureItem, createItem } from '../../jobs/item-changes.ts';
import { deleteItem } from '../../jobs/item-delete.ts';
import { copyItem, moveItem } from '../../jobs/item-moves.ts';
import { listItems, showItem } from '../../jobs/items.ts';
import { listCaches, removeCaches } from '../../jobs/job-caches.ts';
import { allowItem } from '../access.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function itemHandlers(services: ApiServices) {
  const { store, auth, sealer, templates, now } = services;
  const items = { store, audit: auth.audit, sealer, templates, now };
  const show = (path: string) => showItem(store.db, path);
  /** May something be made in that folder? */
  const mayPlace = (principal: Principal, folder: string | null): void => {
    if (folder !== null) allowItem(principal, 'item.create', folder);
    else if (!can(principal, 'item.create', null)) throw new ApiError('MR_FORBIDDEN');
  };
  const list = async (principal: Principal, folder: string | null, query: { readonly limit: number; readonly cursor?: string | undefined }) => {
    const after = readCursor('items', z.string(), query.cursor);
    return page(await listItems(store, principal, folder, after, query.limit + 1), query.limit, (last) => writeCursor('items', last.name));
  };

  return handlers(itemRoutes, {
    'items.root': ({ principal, query }) => list(principal, null, query),
    'items.list': ({ principal, params, query }) => list(principal, params.path, query),
    'items.create': async ({ principal, actor, body, reply }) => {
      mayPlace(principal, body.folder);
      const path = await createItem(items, actor, body);
      reply.header('location', `/api/v1/items/${encodeURIComponent(path)}`);
      return show(path);
    },
    'items.get': ({ params }) => show(params.path),
    'items.configure': async ({ actor, params, revision, body }) => show(await configureItem(items, actor, params.path, revision, body)),
    'items.change': async ({ actor, params, revision, body }) => show(await changeItem(items, actor, params.path, revision, body)),
    'items.copy': async ({ principal, actor, params, body, reply }) => {
      allowItem(principal, 'item.view', params.path);
      mayPlace(principal, body.folder);
      const path = await copyItem(items, actor, params.path, body);
      reply.header('location', `/api/v1/items/${encodeURIComponent(path)}`);
      return show(path);
    },
    'items.rename': async ({ actor, params, revision, body }) => show(await moveItem(items, actor, params.path, revision, { name: body.name })),
    'items.move': async ({ principal, actor, params, revision, body }) => {
      mayPlace(principal, body.folder);
      return show(await moveItem(items, actor, params.path, revision, { folder: body.folder }));
    },
    'items.scan': async ({ actor, params }) => {
      await requestScan(items, actor, params.path);
      return showScans(store.db, params.path);
    },
    'items.scans': ({ params }) => showScans(store.db, params.path),
    'items.scanLog': async ({ params, reply }) => reply.type('text/plain; charset=utf-8').send(await scanLog(store.db, params.path, params.run)),
    'items.caches': ({ params }) => listCaches(store, params.path),
    'items.forgetCaches': async ({ actor, params, query, reply }) => {
      const blobs = await removeCaches(items, actor, params.path, query.key ?? null);
      // What stays by mistake is found by the retention.
      await services.deleteBlobs(blobs).catch(services.onError);
      reply.code(204);
      return undefined;
    },
    'items.delete': async ({ actor, params, query, revision, reply }) => {
      const { aborting, blobs } = await deleteItem(items, actor, params.path, revision, query);
      if (aborting.length > 0) {
        reply.code(202);
        return { aborting: [...aborting] };
      }
      // What stays by mistake is found by the retention.
      await services.deleteBlobs(blobs).catch(services.onError);
      reply.code(204);
      return undefined;
    },
  });
}
