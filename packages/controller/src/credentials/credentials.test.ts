import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TestApi } from '../http/testing/api.ts';
import { testApi } from '../http/testing/api.ts';
import { putBuild, putJob } from '../http/testing/builds.ts';
import { eachEngine } from '../store/testing/databases.ts';
import type { FindCredential } from './credential.ts';
import { CredentialRefused } from './credential.ts';
import { findCredential } from './find-credential.ts';
import { GitHubApps } from './github-app.ts';
import type { CredentialProvider } from './provider.ts';
import { ProviderAway } from './provider.ts';

const LOGIN = { type: 'usernamePassword', fields: { username: 'robot', password: 'very hidden' } };
const text = (secret: string) => ({ type: 'string', fields: { secret } });

const finderOf = ({ store, services: { sealer, now } }: TestApi): FindCredential =>
  findCredential({ store, sealer, providers: [], apps: new GitHubApps(now), now });

eachEngine('credentials', (databases) => {
  it('are made, changed and deleted, and their secrets never come out', async () => {
    const api = await testApi(databases);
    const made = await api.call('admin', 'POST', 'credentials', { id: 'deploy', description: 'for the docks', secrets: LOGIN });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual([made.body.shown, made.body.secrets, made.body.folder], [{ username: 'robot' }, ['password'], null]);
    assert.equal((await api.call('admin', 'POST', 'credentials', { id: 'deploy', secrets: LOGIN })).body.code, 'MR_NAME_TAKEN');
    assert.equal((await api.call('admin', 'POST', 'credentials', { id: 'none', secrets: { type: 'string', fields: {} } })).body.code, 'MR_REQUEST');
    assert.equal((await api.call('dev', 'POST', 'credentials', { id: 'other', secrets: LOGIN })).body.code, 'MR_FORBIDDEN');
    assert.equal((await api.call('viewer', 'GET', 'credentials')).body.code, 'MR_FORBIDDEN');
    const etag = String((await api.call('dev', 'GET', 'credentials/deploy')).headers['etag']);
    const changed = await api.call(
      'admin',
      'PUT',
      'credentials/deploy',
      { description: 'new', secrets: { type: 'usernamePassword', fields: { username: 'machine' } } },
      { 'if-match': etag },
    );
    assert.deepEqual([changed.body.revision, changed.body.shown], [2, { username: 'machine' }], changed.text);
    assert.equal((await api.call('admin', 'PUT', 'credentials/deploy', { secrets: LOGIN }, { 'if-match': etag })).body.code, 'MR_REVISION');
    assert.equal((await api.call('admin', 'PUT', 'credentials/deploy', { secrets: text('x') })).body.code, 'MR_REQUEST');
    const find = finderOf(api);
    const use = { item: null, build: null, purpose: 'scan' };
    assert.deepEqual((await find('deploy', use))?.fields, { username: 'machine', password: 'very hidden' });
    const audit = await api.call('admin', 'GET', 'audit');
    const stored = JSON.stringify(await api.store.db.selectFrom('credentials').selectAll().execute());
    for (const seen of [made.text, changed.text, audit.text, stored]) assert.ok(!seen.includes('very hidden'));
    assert.equal((await api.call('admin', 'DELETE', 'credentials/deploy')).status, 204);
    assert.equal((await api.call('admin', 'GET', 'credentials/deploy')).body.code, 'MR_CREDENTIAL_UNKNOWN');
    assert.equal(await find('deploy', use), null);
    await api.close();
  });

  it('of a folder hold for what is in it, go before those above, and go with it', async () => {
    const api = await testApi(databases);
    for (const [folder, name] of [
      [null, 'team'],
      ['team', 'app'],
    ] as const)
      assert.equal((await api.call('admin', 'POST', 'items', { kind: 'folder', folder, name })).status, 201);
    await api.call('admin', 'POST', 'credentials', { id: 'key', secrets: text('top') });
    await api.call('admin', 'POST', 'credentials', { id: 'only-top', secrets: text('only top') });
    await api.call('admin', 'POST', 'items/team/credentials', { id: 'key', secrets: text('team') });
    await api.call('admin', 'POST', 'items/team%2Fapp/credentials', { id: 'key', secrets: text('app') });
    const find = finderOf(api);
    const secret = async (id: string, item: string) => (await find(id, { item, build: null, purpose: 'scan' }))?.fields['secret'];
    assert.deepEqual(
      [await secret('key', 'other/job'), await secret('key', 'team'), await secret('key', 'team/app'), await secret('only-top', 'team/app')],
      ['top', 'team', 'app', 'only top'],
    );
    const listed = await api.call('dev', 'GET', 'items/team%2Fapp/credentials');
    assert.deepEqual(
      listed.body.credentials.map((c: { id: string; folder: string | null }) => [c.id, c.folder]),
      [
        ['key', 'team/app'],
        ['only-top', null],
      ],
    );
    // A folder keeps them when it gets another name.
    await api.call('admin', 'POST', 'items/team/rename', { name: 'crew' });
    assert.equal(await secret('key', 'crew/app'), 'app');
    await api.call('admin', 'DELETE', 'items/crew?recursive=true');
    assert.deepEqual(
      (await api.store.db.selectFrom('credentials').select('item_id').execute()).map((r) => r.item_id),
      [0, 0],
    );
    await api.close();
  });

  it('are for the jobs, people and purposes that they allow, and each use is in the audit log', async () => {
    const api = await testApi(databases);
    const allow = { jobs: ['deploy/**', 'one'], users: ['dev'], builds: true };
    await api.call('admin', 'POST', 'credentials', { id: 'prod', secrets: text('s'), allow });
    await api.call('admin', 'POST', 'credentials', { id: 'scan', secrets: text('s'), allow: { builds: false } });
    const causes = (userId: string) => JSON.stringify([{ type: 'hudson.model.Cause$UserIdCause', text: `Started by user ${userId}`, data: { userId } }]);
    const job = await putJob(api.store, 'one');
    await putBuild(api.store, job, 'one', 1, { causes: causes('dev') });
    await putBuild(api.store, job, 'one', 2, { causes: causes('admin') });
    await putBuild(api.store, job, 'one', 3, {
      causes: JSON.stringify([{ type: 'hudson.triggers.TimerTrigger$TimerTriggerCause', text: 'Started by timer' }]),
    });
    const find = finderOf(api);
    const use = (item: string, build: number | null, purpose = 'withCredentials') => ({ item, build, purpose });
    assert.equal((await find('prod', use('one', 1)))?.fields['secret'], 's');
    for (const refused of [use('one', 2), use('one', 3), use('two', 1), use('deploying', null)]) await assert.rejects(find('prod', refused), CredentialRefused);
    // What the server itself does again and again is noted once an hour.
    assert.equal((await find('prod', use('deploy/a/b', null, 'scan')))?.id, 'prod');
    api.clock.at += 3_700_000;
    assert.equal((await find('prod', use('deploy/a/b', null, 'scan')))?.id, 'prod');
    await assert.rejects(find('scan', use('one', 1)), /may not be used by one \(withCredentials\): it is for the server’s own work/);
    assert.equal((await find('scan', use('one', 1, 'script')))?.id, 'scan');
    const uses = await api.call('admin', 'GET', 'credentials/prod/uses');
    assert.deepEqual(
      uses.body.entries.map((u: { item: string; build: number; purpose: string }) => [u.item, u.build, u.purpose]),
      [
        ['deploy/a/b', null, 'scan'],
        ['one', 1, 'withCredentials'],
      ],
    );
    await api.close();
  });

  it('of a provider that does not answer are told to be away, and never taken for missing', async () => {
    const away: CredentialProvider = {
      name: 'vault',
      allow: { jobs: null, users: null, builds: true },
      find: async () => {
        throw new ProviderAway('vault', 'it does not answer');
      },
      list: async () => {
        throw new ProviderAway('vault', 'it does not answer');
      },
    };
    const api = await testApi(databases, { credentialProviders: [away] });
    await api.call('admin', 'POST', 'credentials', { id: 'here', secrets: text('s') });
    const listed = await api.call('admin', 'GET', 'credentials');
    assert.deepEqual(
      [listed.body.credentials.length, listed.body.away],
      [1, [{ provider: 'vault', message: 'The credentials of vault cannot be had: it does not answer' }]],
    );
    const find = findCredential({
      store: api.store,
      sealer: api.services.sealer,
      providers: [away],
      apps: new GitHubApps(api.services.now),
      now: api.services.now,
    });
    const use = { item: null, build: null, purpose: 'scan' };
    assert.equal((await find('here', use))?.id, 'here');
    await assert.rejects(find('there', use), { code: 'MR_CREDENTIALS_AWAY' });
    await api.close();
  });
});
