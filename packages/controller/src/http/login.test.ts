import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { ensureFirstAdmin } from '../auth/first-admin.ts';
import { eachEngine } from '../store/testing/databases.ts';
import type { Answer, TestApi } from './testing/api.ts';
import { PASSWORD, testApi } from './testing/api.ts';

function cookies(answer: Answer): Record<string, string> {
  const all = [answer.headers['set-cookie'] ?? []].flat();
  return Object.fromEntries(all.map((c) => (c.split(';')[0] as string).split('=') as [string, string]));
}
function cookieHeader(answer: Answer): string {
  return Object.entries(cookies(answer))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}
async function login(api: TestApi, user: string, password = PASSWORD): Promise<{ cookie: string; csrf: string }> {
  const answer = await api.call(null, 'POST', 'login', { user, password });
  assert.equal(answer.status, 200, answer.text);
  return { cookie: cookieHeader(answer), csrf: answer.body.csrf };
}

eachEngine('logins', (databases) => {
  it('gives a session by cookie, which changes something only with the CSRF header', async () => {
    const api = await testApi(databases);
    const answer = await api.call(null, 'POST', 'login', { user: 'DEV', password: PASSWORD });
    assert.equal(answer.status, 200);
    const [session] = [answer.headers['set-cookie'] ?? []].flat();
    assert.match(String(session), /HttpOnly; SameSite=Lax/);
    const cookie = cookieHeader(answer);
    const me = await api.call(null, 'GET', 'whoami', undefined, { cookie });
    assert.deepEqual([me.body.user, me.body.role, me.body.via, me.body.csrf], ['dev', 'developer', 'session', answer.body.csrf]);
    const without = await api.call(null, 'POST', 'logout', {}, { cookie });
    assert.deepEqual([without.status, without.body.code], [403, 'MR_CSRF']);
    assert.equal((await api.call(null, 'POST', 'logout', {}, { cookie, 'x-millrace-csrf': 'other' })).body.code, 'MR_CSRF');
    assert.equal((await api.call(null, 'POST', 'logout', {}, { cookie, 'x-millrace-csrf': answer.body.csrf })).status, 204);
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, { cookie })).body.user, null);
    assert.equal(JSON.stringify(await api.store.db.selectFrom('sessions').selectAll().execute()).includes(String(cookies(answer)['millrace_session'])), false);
    await api.close();
  });

  it('ends the session that came with a login, and all but a new one with a new password', async () => {
    const api = await testApi(databases);
    const first = await login(api, 'dev');
    const again = await api.call(null, 'POST', 'login', { user: 'dev', password: PASSWORD }, { cookie: first.cookie });
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, { cookie: first.cookie })).body.user, null);
    const other = await login(api, 'dev');
    const headers = { cookie: cookieHeader(again), 'x-millrace-csrf': again.body.csrf };
    assert.equal((await api.call(null, 'POST', 'password', { old: PASSWORD, new: 'short' }, headers)).body.code, 'MR_PASSWORD');
    assert.equal((await api.call(null, 'POST', 'password', { old: 'wrong', new: 'another horse' }, headers)).body.code, 'MR_LOGIN');
    const changed = await api.call(null, 'POST', 'password', { old: PASSWORD, new: 'another horse' }, headers);
    assert.equal(changed.status, 200, changed.text);
    for (const cookie of [other.cookie, headers.cookie]) assert.equal((await api.call(null, 'GET', 'whoami', undefined, { cookie })).body.user, null);
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, { cookie: cookieHeader(changed) })).body.user, 'dev');
    await api.close();
  });

  it('ends sessions that were not used, and old ones', async () => {
    const api = await testApi(databases);
    const { cookie } = await login(api, 'dev');
    const user = async () => (await api.call(null, 'GET', 'whoami', undefined, { cookie })).body.user;
    for (let day = 0; day < 13; day++) {
      api.clock.at += 23 * 3_600_000;
      assert.equal(await user(), 'dev');
    }
    api.clock.at += 2 * 24 * 3_600_000;
    assert.equal(await user(), null);
    await api.close();
  });

  it('takes tokens as Bearer and Basic, and passwords as Basic; wrong ones are never anonymous', async () => {
    const api = await testApi(databases, { anonymousRole: 'viewer' });
    const basic = (text: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const who = async (headers: Record<string, string>) => {
      const { status, body } = await api.call(null, 'GET', 'whoami', undefined, headers);
      return status === 200 ? `${body.user} ${body.via}` : body.code;
    };
    assert.equal(await who({}), 'null anonymous');
    assert.equal(await who({ authorization: `Bearer ${api.tokens.dev}` }), 'dev token');
    assert.equal(await who(basic(`dev:${api.tokens.dev}`)), 'dev token');
    assert.equal(await who(basic(`viewer:${api.tokens.dev}`)), 'MR_LOGIN');
    assert.equal(await who(basic(`dev:${PASSWORD}`)), 'dev password');
    assert.equal(await who(basic('dev:nonsense')), 'MR_LOGIN');
    assert.equal(await who({ authorization: 'Bearer mr_nonsense' }), 'MR_LOGIN');
    assert.equal(await who({ authorization: 'Negotiate x' }), 'MR_LOGIN');
    await api.close();
  });

  it('keeps a token within its scopes and its time, and shows its value once', async () => {
    const api = await testApi(databases);
    const made = await api.call('dev', 'POST', 'tokens', { name: 'ci', scopes: ['read'], days: 1 });
    assert.equal(made.status, 201, made.text);
    assert.match(made.body.value, /^mr_[\w-]{43}$/);
    const bearer = { authorization: `Bearer ${made.body.value}` };
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, bearer)).body.scopes[0], 'read');
    assert.equal((await api.call(null, 'POST', 'tokens', { name: 'more', scopes: ['admin'] }, bearer)).body.code, 'MR_SCOPE');
    const list = await api.call('dev', 'GET', 'tokens');
    assert.equal(list.text.includes(made.body.value), false);
    assert.equal(list.body.tokens.find((t: { name: string }) => t.name === 'ci').usedAt, api.clock.at);
    api.clock.at += 24 * 3_600_000;
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, bearer)).body.code, 'MR_LOGIN');
    await api.close();
  });

  it('slows down who guesses, whoever is guessed at, and forgets it after a right login', async () => {
    const api = await testApi(databases);
    const guess = async (user: string, password: string) => await api.call(null, 'POST', 'login', { user, password });
    for (let i = 0; i < 5; i++) assert.equal((await guess('dev', `wrong ${i}`)).status, 401);
    const slowed = await guess('dev', PASSWORD);
    assert.deepEqual([slowed.status, slowed.body.code, slowed.headers['retry-after']], [429, 'MR_LOGIN_THROTTLED', '1']);
    api.clock.at += 1_000;
    assert.equal((await guess('dev', 'wrong')).status, 401);
    api.clock.at += 1_000;
    assert.equal((await guess('dev', PASSWORD)).headers['retry-after'], '1');
    api.clock.at += 1_000;
    assert.equal((await guess('dev', PASSWORD)).status, 200);
    assert.equal((await guess('dev', 'wrong')).status, 401);
    for (let i = 0; i < 30; i++) await guess(`unknown${i}`, 'x');
    assert.equal((await guess('viewer', PASSWORD)).status, 429);
    await api.close();
  });

  it('makes the first administrator once, with a password that has to be changed', async () => {
    const api = await testApi(databases);
    await api.store.write((tx) => tx.deleteFrom('users').execute());
    const folder = mkdtempSync(join(tmpdir(), 'millrace-admin-'));
    const options = { store: api.store, passwords: api.auth.passwords, dataFolder: folder, now: Date.now };
    const password = (await ensureFirstAdmin(options)) as string;
    assert.equal(readFileSync(join(folder, 'initial-admin-password'), 'utf8').trim(), password);
    assert.equal(statSync(join(folder, 'initial-admin-password')).mode & 0o777, 0o600);
    assert.equal(await ensureFirstAdmin(options), null);
    rmSync(folder, { recursive: true });
    const { cookie, csrf } = await login(api, 'admin', password);
    const headers = { cookie, 'x-millrace-csrf': csrf };
    assert.equal((await api.call(null, 'GET', 'users', undefined, headers)).body.code, 'MR_PASSWORD_CHANGE');
    const changed = await api.call(null, 'POST', 'password', { old: password, new: 'a new password' }, headers);
    assert.equal((await api.call(null, 'GET', 'users', undefined, { cookie: cookieHeader(changed) })).status, 200);
    await api.close();
  });

  it('lets administrators manage users by revision, and never lose the last of them', async () => {
    const api = await testApi(databases);
    const made = await api.call('admin', 'POST', 'users', { id: 'eve', role: null, password: 'long enough', mustChange: false });
    assert.equal(made.status, 201, made.text);
    assert.equal((await api.call('admin', 'POST', 'users', { id: 'EVE' })).body.code, 'MR_NAME_TAKEN');
    const got = await api.call('admin', 'GET', 'users/eve');
    assert.equal((await api.call('admin', 'GET', 'users/eve', undefined, { 'if-none-match': String(got.headers['etag']) })).status, 304);
    const { cookie } = await login(api, 'eve', 'long enough');
    const etag = { 'if-match': String(got.headers['etag']) };
    const granted = await api.call('admin', 'PUT', 'users/eve/grants', { grants: [{ scope: 'team/a', role: 'developer' }] }, etag);
    assert.deepEqual([granted.status, granted.body.revision], [200, 2]);
    assert.equal((await api.call(null, 'GET', 'whoami', undefined, { cookie })).body.user, null);
    assert.equal((await api.call('admin', 'PATCH', 'users/eve', { fullName: 'Eve' }, etag)).body.code, 'MR_REVISION');
    for (const [method, body] of [
      ['PATCH', { role: 'viewer' }],
      ['PATCH', { disabled: true }],
      ['DELETE', undefined],
    ] as const)
      assert.equal((await api.call('admin', method, 'users/admin', body)).body.code, 'MR_LAST_ADMINISTRATOR');
    assert.equal((await api.call('admin', 'DELETE', 'users/eve')).status, 204);
    assert.equal((await api.call('admin', 'GET', 'users/eve')).body.code, 'MR_USER_UNKNOWN');
    const list = await api.call('admin', 'GET', 'users?limit=3');
    assert.deepEqual(
      list.body.entries.map((u: { id: string }) => u.id),
      ['admin', 'dev', 'nobody'],
    );
    assert.deepEqual(
      (await api.call('admin', 'GET', `users?cursor=${list.body.next}`)).body.entries.map((u: { id: string }) => u.id),
      ['viewer'],
    );
    const audit = await api.call('admin', 'GET', 'audit?subject=eve');
    assert.deepEqual(
      audit.body.entries.map((e: { action: string }) => e.action),
      ['user.delete', 'user.grants', 'login', 'user.create'],
    );
    assert.equal(JSON.stringify((await api.call('admin', 'GET', 'audit')).body).includes('long enough'), false);
    await api.close();
  });

  it('tells whether it lives, is ready, and what it is', async () => {
    const api = await testApi(databases);
    assert.equal((await api.call(null, 'GET', '/healthz')).status, 200);
    assert.equal((await api.call(null, 'GET', '/readyz')).status, 200);
    api.draining = true;
    const draining = await api.call(null, 'GET', '/readyz');
    assert.deepEqual([draining.status, draining.body.code], [503, 'MR_DRAINING']);
    assert.match((await api.call(null, 'GET', '/metrics')).text, /millrace_http_request_seconds_count/);
    assert.equal((await api.call(null, 'GET', 'version')).body.name, 'millrace');
    const document = await api.call(null, 'GET', 'openapi.json');
    assert.equal(document.body.openapi, '3.1.0');
    assert.equal((await api.call(null, 'GET', 'openapi.json', undefined, { 'if-none-match': String(document.headers['etag']) })).status, 304);
    const missing = await api.call(null, 'GET', 'nothing', undefined, { 'x-request-id': 'r-1' });
    assert.deepEqual(
      [missing.status, missing.body.code, missing.body.requestId, missing.headers['content-type']],
      [404, 'MR_NOT_FOUND', 'r-1', 'application/problem+json; charset=utf-8'],
    );
    assert.match(String(missing.headers['content-security-policy']), /default-src 'none'; frame-ancestors 'none'/);
    await api.close();
  });
});
