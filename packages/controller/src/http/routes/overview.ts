/** Over many jobs: search, favourites, the guide of the first visit. */
import { ApiError, overviewRoutes } from '@millrace/protocol';
import { sql } from 'kysely';
import { itemPermissions } from '../../auth/item-permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import { can } from '../../auth/principal.ts';
import { stageTimes } from '../../builds/stage-times.ts';
import { setFavourite } from '../../jobs/favourite-rows.ts';
import { dismiss, GUIDE, showGuide } from '../../jobs/guide.ts';
import { itemOf } from '../../jobs/item-rows.ts';
import { summaries, visible } from '../../jobs/items.ts';
import { searchItems } from '../../jobs/search-items.ts';
import { allowItem } from '../access.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

const MOST_FAVOURITES = 200;

export function overviewHandlers({ store, auth, blobs, now }: ApiServices) {
  const star = async (principal: Principal, path: string, wanted: boolean): Promise<undefined> => {
    allowItem(principal, 'item.view', path);
    await store.write(async (tx) => {
      await setFavourite(tx, own(principal), (await itemOf(tx, path)).id, wanted, now());
    });
    return undefined;
  };
  return handlers(overviewRoutes, {
    'search.items': ({ principal, query }) => searchItems(store, principal, query.q),
    'stages.times': ({ params, query }) => stageTimes({ store, blobs }, params.path, query.builds),
    'permissions.list': ({ params }) => itemPermissions(store, params.path),
    'permissions.set': async ({ principal, actor, params, body }) => {
      // A role on a folder gives nobody the right to give roles.
      if (!can(principal, 'user.manage', null)) throw new ApiError('MR_FORBIDDEN');
      await auth.users.setRoleOn(actor, params.user, (await itemOf(store.db, params.path)).full_name, body.role);
      return itemPermissions(store, params.path);
    },
    'favourites.list': async ({ principal }) => ({
      items: await summaries(
        store,
        principal,
        sql`id IN (SELECT item_id FROM favourites WHERE user_id = ${own(principal)}) AND ${visible(principal, null)}`,
        'full_name',
        MOST_FAVOURITES,
      ),
    }),
    'favourites.put': ({ principal, params }) => star(principal, params.path, true),
    'favourites.delete': ({ principal, params }) => star(principal, params.path, false),
    'guide.get': ({ principal }) => showGuide(store, principal, now()),
    'guide.dismiss': async ({ principal }) => {
      await dismiss(store, own(principal), GUIDE, now());
      return undefined;
    },
  });
}

/** The route asks for a login. */
function own({ user }: Principal): string {
  if (user === null) throw new ApiError('MR_UNAUTHENTICATED');
  return user;
}
