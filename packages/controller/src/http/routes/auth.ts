/** Login, users, tokens, the audit log. */
import type { Role } from '@millrace/protocol';
import { ApiError, authRoutes, userRoutes } from '@millrace/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { auditPage } from '../../auth/audit-page.ts';
import type { Principal } from '../../auth/principal.ts';
import type { NewSession } from '../../auth/sessions.ts';
import { CSRF_COOKIE, digest, SESSION_COOKIE } from '../../auth/sessions.ts';
import { page, readCursor, writeCursor } from '../cursor.ts';
import { handlers } from '../mount.ts';
import type { ApiServices } from '../services.ts';

export function authHandlers({ auth, store }: ApiServices) {
  const { authenticator, audit, sessions, tokens, users } = auth;
  /** A user of their own, not somebody who may only look. */
  const own = (principal: Principal): string => principal.user as string;

  return handlers(authRoutes, {
    'auth.whoami': ({ principal }) => shownPrincipal(principal),
    'auth.login': async ({ body, request, reply }) => {
      const user = await authenticator.login(body.user, body.password, request.ip);
      const old = request.cookies[SESSION_COOKIE];
      const session = await audit.change({ user: user.id, address: request.ip }, async (tx, _wakes, note) => {
        if (old !== undefined) await sessions.end(tx, digest(old));
        note('login', user.id);
        return sessions.begin(tx, user.id);
      });
      setCookies(reply, session);
      return shownPrincipal(await authenticator.principal(user, { via: 'session', session: { hash: digest(session.id), csrf: session.csrf } }));
    },
    'auth.logout': async ({ principal, actor, reply }) => {
      const { session } = principal;
      if (session !== null)
        await audit.change(actor, async (tx, _wakes, note) => {
          await sessions.end(tx, session.hash);
          note('logout', own(principal));
        });
      clearCookies(reply);
      return undefined;
    },
    'auth.logoutAll': async ({ principal, actor, reply }) => {
      await users.logOut(actor, own(principal), false);
      clearCookies(reply);
      return undefined;
    },
    'auth.password': async ({ principal, actor, body, request, reply }) => {
      const user = await authenticator.login(own(principal), body.old, request.ip);
      const stored = await store.db.selectFrom('users').select('password').where('id', '=', user.id).executeTakeFirst();
      if (stored?.password == null) throw new ApiError('MR_LOGIN');
      const session = await users.changePassword(actor, user.id, stored.password, body.new);
      if (principal.via === 'session') setCookies(reply, session);
      else await store.write((tx) => sessions.end(tx, digest(session.id)));
      const now = { ...principal, mustChange: false };
      return shownPrincipal(principal.via === 'session' ? { ...now, session: { hash: digest(session.id), csrf: session.csrf } } : now);
    },
    'tokens.list': async ({ principal }) => ({ tokens: await tokens.list(own(principal)) }),
    'tokens.create': async ({ principal, actor, body }) => tokens.create(principal, actor, body),
    'tokens.delete': async ({ principal, actor, params }) => {
      await tokens.delete(own(principal), actor, params.id);
      return undefined;
    },
  });
}

export function userHandlers({ auth, store }: ApiServices) {
  const { users } = auth;
  return handlers(userRoutes, {
    'users.list': async ({ query }) => {
      const after = readCursor('users', z.string(), query.cursor);
      return page(await users.list(after, query.limit + 1), query.limit, (last) => writeCursor('users', last.id));
    },
    'users.create': async ({ actor, body }) => users.create(actor, body),
    'users.get': async ({ params }) => users.get(params.id),
    'users.change': async ({ actor, params, revision, body }) => users.change(actor, params.id, revision, body),
    'users.grants': async ({ actor, params, revision, body }) => users.setGrants(actor, params.id, revision, body.grants),
    'users.logout': async ({ actor, params, body }) => {
      await users.logOut(actor, params.id, body.tokens);
      return undefined;
    },
    'users.delete': async ({ actor, params, revision }) => {
      await users.delete(actor, params.id, revision);
      return undefined;
    },
    'audit.list': async ({ query }) => {
      const before = readCursor('audit', z.int(), query.cursor);
      return page(await auditPage(store, query, before, query.limit + 1), query.limit, (last) => writeCursor('audit', last.id));
    },
  });
}

function shownPrincipal(principal: Principal) {
  const { user, fullName, role, grants, via, scopes, mustChange, session } = principal;
  return {
    user,
    fullName,
    role: role as Role | null,
    grants: [...grants],
    via,
    scopes: scopes === null ? null : [...scopes],
    mustChange,
    csrf: session?.csrf ?? null,
  };
}

function setCookies(reply: FastifyReply, session: NewSession): void {
  const { secure } = reply.server;
  reply.setCookie(SESSION_COOKIE, session.id, { path: '/', httpOnly: true, sameSite: 'lax', secure });
  // Pages read it, and send it back as a header.
  reply.setCookie(CSRF_COOKIE, session.csrf, { path: '/', httpOnly: false, sameSite: 'lax', secure });
}

function clearCookies(reply: FastifyReply): void {
  for (const name of [SESSION_COOKIE, CSRF_COOKIE]) reply.clearCookie(name, { path: '/' });
}
