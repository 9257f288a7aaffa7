/** Credentials of the installation and of folders; the keys that seal them. */
import { credentialRoutes } from '@millrace/protocol';
import { z } from 'zod';
import { credentialUses } from '../../credentials/credential-uses.ts';
import { Credentials } from '../../credentials/credentials.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function credentialHandlers({ store, auth, sealer, credentialProviders: providers, sealingKeys, now }: ApiServices) {
  const all = new Credentials({ store, audit: auth.audit, sealer, providers, now });
  return handlers(credentialRoutes, {
    'credentials.list': () => all.list(null),
    'credentials.create': async ({ actor, body, reply }) => {
      await all.create(actor, null, body);
      reply.header('location', `/api/v1/credentials/${encodeURIComponent(body.id)}`);
      return all.get(null, body.id);
    },
    'credentials.get': ({ params }) => all.get(null, params.id),
    'credentials.change': async ({ actor, params, revision, body }) => {
      await all.change(actor, null, params.id, revision, body);
      return all.get(null, params.id);
    },
    'credentials.delete': async ({ actor, params, revision }) => {
      await all.delete(actor, null, params.id, revision);
      return undefined;
    },
    'credentials.uses': async ({ params, query }) => {
      const before = readCursor('uses', z.int(), query.cursor);
      const { entries, next } = page(await credentialUses(store, params.id, before, query.limit + 1), query.limit, (last) => writeCursor('uses', last.audit));
      return { entries: entries.map(({ audit: _, ...use }) => use), next };
    },
    'folderCredentials.list': ({ params }) => all.list(params.path),
    'folderCredentials.create': async ({ actor, params, body, reply }) => {
      await all.create(actor, params.path, body);
      reply.header('location', `/api/v1/items/${encodeURIComponent(params.path)}/credentials/${encodeURIComponent(body.id)}`);
      return all.get(params.path, body.id);
    },
    'folderCredentials.get': ({ params }) => all.get(params.path, params.id),
    'folderCredentials.change': async ({ actor, params, revision, body }) => {
      await all.change(actor, params.path, params.id, revision, body);
      return all.get(params.path, params.id);
    },
    'folderCredentials.delete': async ({ actor, params, revision }) => {
      await all.delete(actor, params.path, params.id, revision);
      return undefined;
    },
    'keys.list': () => sealingKeys.list(),
    'keys.rotate': async ({ actor }) => {
      await sealingKeys.rotate(auth.audit, actor);
      return sealingKeys.list();
    },
  });
}
