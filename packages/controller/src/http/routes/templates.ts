/** Templates of libraries, and jobs made in portions. */
import { ApiError, templateRoutes } from '@millrace/protocol';
import { z } from 'zod';
import type { Principal } from '../../auth/principal.ts';
import { can, reaches } from '../../auth/principal.ts';
import { applyItems } from '../../jobs/apply-items.ts';
import { folderOf } from '../../jobs/item-rows.ts';
import { listTemplates, showTemplate } from '../../templates/show-templates.ts';
import { changeVersion, countTemplateJobs, listTemplateJobs } from '../../templates/template-jobs.ts';
import { allowItem } from '../access.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import type { RouteContext } from '../mount.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

type ForJobs = Pick<RouteContext<(typeof templateRoutes)['templates.try']>, 'principal' | 'actor' | 'params' | 'body'>;

export function templateHandlers(services: ApiServices) {
  const { store, auth, sealer, templates, version, now } = services;
  const items = { store, audit: auth.audit, sealer, templates, now };
  /** The folder that is meant, where it may be seen. */
  const within = async (principal: Principal, folder: string | null | undefined): Promise<string | null> => {
    if (folder == null) return null;
    allowItem(principal, 'item.view', folder);
    await folderOf(store.db, folder);
    return folder;
  };
  const toVersion = async ({ principal, actor, params, body }: ForJobs, act: boolean) => {
    if (act && !reaches(principal, 'admin')) throw new ApiError('MR_SCOPE');
    await within(principal, body.folder);
    return changeVersion(items, { actor, principal }, params, body, act);
  };

  return handlers(templateRoutes, {
    'templates.list': async ({ principal, query }) => listTemplates(templates, await within(principal, query.folder), version),
    'templates.get': async ({ principal, params, query }) => {
      const folder = await within(principal, query.folder);
      const jobs = await countTemplateJobs(store.db, principal, params, folder);
      return showTemplate(templates, { ...params, version: query.version ?? null }, folder, version, jobs);
    },
    'templates.jobs': async ({ principal, params, query }) => {
      const folder = await within(principal, query.folder);
      const after = readCursor('template-jobs', z.string(), query.cursor);
      const found = await listTemplateJobs(store.db, principal, params, folder, after, query.limit + 1);
      return page(found, query.limit, (last) => writeCursor('template-jobs', last.path));
    },
    'templates.try': (cx) => toVersion(cx, false),
    'templates.move': (cx) => toVersion(cx, true),
    'items.apply': ({ principal, actor, body }) => {
      if (!reaches(principal, 'admin')) throw new ApiError('MR_SCOPE');
      return applyItems(items, actor, body.items, {
        dryRun: body.dryRun,
        assumed: body.assumeFolders,
        may: ({ folder }, path, isThere) => {
          if (isThere) allowItem(principal, 'item.configure', path);
          else if (folder !== null) allowItem(principal, 'item.create', folder);
          else if (!can(principal, 'item.create', null)) throw new ApiError('MR_FORBIDDEN');
        },
      });
    },
  });
}
