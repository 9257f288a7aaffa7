/** Every route of the table, as everybody: what the table says of it holds. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Access, RouteSpec } from '@millrace/protocol';
import { API_ROUTES, PERMISSIONS, ROLES } from '@millrace/protocol';
import { eachEngine } from '../store/testing/databases.ts';
import { mountRoutes } from './mount.ts';
import type { Person, TestApi } from './testing/api.ts';
import { PEOPLE, testApi } from './testing/api.ts';
import { putBuild, putJob } from './testing/builds.ts';

/** An address of the route that is there, where something like it can be. */
function addressOf(route: RouteSpec): string {
  const values: Record<string, string> = {
    path: 'job',
    number: '1',
    id: route.path.startsWith('/queue') ? '1' : 'someone',
    name: 'thing',
    input: 'In',
    key: 'k',
    file: 'f',
    md5: '0'.repeat(32),
  };
  return `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] as string)}`;
}

/** Whether somebody of that role gets past the question who it is. */
function passes(access: Access, who: Person | null): boolean {
  if (access === 'everybody') return true;
  if (who === null) return false;
  if (access === 'user' || access === 'reader') return true;
  const role = PEOPLE[who];
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[access][0]);
}

async function ask(api: TestApi, route: RouteSpec, authorization: string | null): Promise<{ status: number; code: string | null }> {
  // A body that is refused by its shape: who passes changes nothing.
  const answer = await api.app.inject({
    method: route.method,
    url: addressOf(route),
    headers: { ...(authorization === null ? {} : { authorization }), 'content-type': 'application/json', 'if-match': '*' },
    ...(route.method === 'GET' ? {} : { payload: JSON.stringify({ surprise: 1 }) }),
  });
  const code = /problem/.test(String(answer.headers['content-type'])) ? (answer.json() as { code: string }).code : null;
  return { status: answer.statusCode, code };
}

eachEngine('permissions', (databases) => {
  it('hold on every route for everybody', async () => {
    const api = await testApi(databases);
    await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    const secret = (await api.call('admin', 'POST', 'nodes', { name: 'n1' })).body.secret as string;
    const before = await rows(api);
    for (const [id, route] of Object.entries(API_ROUTES) as [string, RouteSpec][]) {
      // It would go on for ever, and what it is asked for is tested with it; what has no body would be done.
      if (id === 'events.follow') continue;
      for (const who of [null, 'nobody', 'viewer', 'dev', 'admin'] as const) {
        const { status, code } = await ask(api, route, who === null ? null : `Bearer ${api.tokens[who]}`);
        const refused = status === 401 || status === 403 || (who === 'nobody' && code === 'MR_ITEM_UNKNOWN');
        const own = code === 'MR_INPUT_SUBMITTER';
        assert.equal(!refused || own, passes(route.permission, who), `${id} as ${who}: ${status} ${code}`);
        if (who === null && refused) assert.equal(code, 'MR_UNAUTHENTICATED', id);
        assert.ok(status < 500, `${id} as ${who}: ${status}`);
      }
      const agent = await ask(api, route, `Bearer ${secret}`);
      if (id !== 'auth.login') assert.deepEqual([agent.status, agent.code], [401, 'MR_LOGIN'], `${id} with an agent's secret`);
    }
    assert.deepEqual(await rows(api), before);
    await api.close();
  });

  it('of somebody without a login are those of a viewer where the installation says so, and no more', async () => {
    const api = await testApi(databases, { anonymousRole: 'viewer' });
    await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    for (const [id, route] of Object.entries(API_ROUTES) as [string, RouteSpec][]) {
      if (id === 'events.follow') continue;
      const { status, code } = await ask(api, route, null);
      const open = route.permission === 'reader' || (route.permission !== 'user' && passes(route.permission, 'viewer'));
      assert.equal(status !== 401, open, `${id}: ${status} ${code}`);
    }
    assert.equal((await api.call(null, 'POST', 'items/job/builds/1/inputs/x/proceed', {})).status, 404);
    assert.equal((await api.call(null, 'DELETE', 'queue/1')).status, 401);
    await api.close();
  });

  it('of a token end at its scopes', async () => {
    const api = await testApi(databases);
    await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    const reach = { read: ['read'], build: ['read', 'build'], admin: ['read', 'build', 'admin'] } as const;
    for (const scope of ['read', 'build', 'admin'] as const) {
      const { value } = (await api.call('admin', 'POST', 'tokens', { name: scope, scopes: [scope] })).body;
      for (const [id, route] of Object.entries(API_ROUTES) as [string, RouteSpec][]) {
        const { permission } = route;
        if (permission === 'everybody' || permission === 'user' || permission === 'reader') continue;
        const { code } = await ask(api, route, `Bearer ${value}`);
        assert.equal(code !== 'MR_SCOPE', (reach[scope] as readonly string[]).includes(PERMISSIONS[permission][1]), `${id} with ${scope}: ${code}`);
      }
    }
    await api.close();
  });
});

it('a route without a handler, and a handler without a route, fail at the start', () => {
  const route: RouteSpec = { method: 'GET', path: '/x', summary: '', permission: 'everybody', responses: { 200: { description: '' } }, errors: [] };
  assert.throws(() => mountRoutes({} as never, { 'x.get': route }, {}, {} as never), /the route x.get has no handler/);
  assert.throws(() => mountRoutes({} as never, {}, { 'x.get': () => undefined }, {} as never), /the handler x.get has no route/);
});

async function rows(api: TestApi): Promise<Record<string, number>> {
  const out: Record<string, number> = {};
  for (const table of ['items', 'builds', 'nodes', 'users', 'grants', 'tokens', 'resources', 'throttles', 'inputs', 'audit'] as const)
    out[table] = Number(
      (
        await api.store.db
          .selectFrom(table)
          .select((e) => e.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return out;
}
