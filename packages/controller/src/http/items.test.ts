import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import type { TestApi } from './testing/api.ts';
import { testApi } from './testing/api.ts';
import { putBuild } from './testing/builds.ts';

const PIPELINE = { definition: { kind: 'inline', script: "echo 'hi'" } };
const at = (path: string): string => `items/${encodeURIComponent(path)}`;

async function make(api: TestApi, folder: string | null, name: string, kind = 'pipeline', config: unknown = kind === 'folder' ? {} : PIPELINE): Promise<void> {
  const made = await api.call('dev', 'POST', 'items', { folder, name, kind, config });
  assert.equal(made.status, 201, made.text);
}
async function idOf(api: TestApi, path: string): Promise<number> {
  return (await api.store.db.selectFrom('items').select('id').where('full_name', '=', path).executeTakeFirstOrThrow()).id;
}

eachEngine('folders and jobs', (databases) => {
  it('are made, looked at, configured by revision, disabled', async () => {
    const api = await testApi(databases);
    await make(api, null, 'team', 'folder');
    const made = await api.call('dev', 'POST', 'items', { folder: 'team', name: 'job', kind: 'pipeline', config: PIPELINE, description: 'd' });
    assert.deepEqual([made.status, made.headers['location'], made.body.path, made.body.config.priority], [201, '/api/v1/items/team%2Fjob', 'team/job', 0]);
    const etag = String(made.headers['etag'] ?? (await api.call('viewer', 'GET', at('team/job'))).headers['etag']);
    assert.equal((await api.call('viewer', 'GET', at('team/job'), undefined, { 'if-none-match': etag })).status, 304);
    const config = { ...PIPELINE, priority: 5 };
    assert.equal((await api.call('dev', 'PUT', `${at('team/job')}/config`, config)).body.code, 'MR_REVISION_NEEDED');
    const changed = await api.call('dev', 'PUT', `${at('team/job')}/config`, config, { 'if-match': etag });
    assert.deepEqual([changed.status, changed.body.revision, changed.body.config.priority], [200, 2, 5]);
    assert.equal((await api.call('dev', 'PUT', `${at('team/job')}/config`, config, { 'if-match': etag })).status, 412);
    assert.equal((await api.call('dev', 'PUT', `${at('team/job')}/config`, { steps: [{ shell: 'true' }] }, { 'if-match': '*' })).body.code, 'MR_JOB_KIND');
    assert.equal((await api.call('dev', 'PATCH', at('team/job'), { disabled: true }, { 'if-match': String(changed.headers['etag']) })).body.disabled, true);
    assert.equal((await api.call('dev', 'POST', `${at('team/job')}/builds`, {})).body.code, 'MR_JOB_DISABLED');
    await api.close();
  });

  it('show what their builds have cached, and forget it', async () => {
    const api = await testApi(databases);
    await make(api, null, 'team', 'folder');
    await make(api, 'team', 'job');
    const item_id = await idOf(api, 'team/job');
    const build_id = await putBuild(api.store, item_id, 'team/job', 1);
    const row = (key: string, used_at: number) => ({
      item_id,
      key,
      files_hash: 'h',
      blob: `caches/${key}`,
      size: 5,
      sha256: '',
      build_id,
      created_at: 10,
      used_at,
    });
    await api.store.write((tx) =>
      tx
        .insertInto('caches')
        .values([row('a', 20), row('b', 30), { ...row('c', 25), build_id: 0 }])
        .execute(),
    );
    const caches = `${at('team/job')}/caches`;
    assert.deepEqual((await api.call('viewer', 'GET', caches)).body, {
      caches: [
        { key: 'b', bytes: 5, build: 1, createdAt: 10, usedAt: 30 },
        { key: 'c', bytes: 5, build: null, createdAt: 10, usedAt: 25 },
        { key: 'a', bytes: 5, build: 1, createdAt: 10, usedAt: 20 },
      ],
    });
    assert.equal((await api.call('dev', 'DELETE', `${caches}?key=b`)).status, 204);
    assert.deepEqual(
      (await api.call('viewer', 'GET', caches)).body.caches.map((c: { key: string }) => c.key),
      ['c', 'a'],
    );
    assert.equal((await api.call('viewer', 'DELETE', caches)).status, 403);
    assert.equal((await api.call('dev', 'DELETE', caches)).status, 204);
    assert.deepEqual((await api.call('viewer', 'GET', caches)).body.caches, []);
    assert.equal((await api.call('viewer', 'GET', `${at('team')}/caches`)).body.code, 'MR_JOB_KIND');
    await api.close();
  });

  it('refuse names and configurations that cannot be, and store nothing', async () => {
    const api = await testApi(databases);
    await make(api, null, 'Job');
    for (const [body, code] of [
      [{ name: 'job', kind: 'pipeline', config: PIPELINE }, 'MR_NAME_TAKEN'],
      [{ name: '../x', kind: 'pipeline', config: PIPELINE }, 'MR_REQUEST'],
      [{ name: '..', kind: 'folder' }, 'MR_REQUEST'],
      [{ name: 'a/b', kind: 'folder' }, 'MR_REQUEST'],
      [{ name: 'a\u0007', kind: 'folder' }, 'MR_REQUEST'],
      [{ name: 'a\u0000', kind: 'folder' }, 'MR_REQUEST'],
      [{ name: ' a', kind: 'folder' }, 'MR_REQUEST'],
      [{ name: 'x'.repeat(201), kind: 'folder' }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'folder', surprise: 1 }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'pipeline', config: { ...PIPELINE, surprise: 1 } }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'pipeline', config: { ...PIPELINE, timeZone: 'Mars/Olympus' } }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'pipeline', config: { ...PIPELINE, parameters: [{ type: 'choice', name: 'C' }] } }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'freestyle', config: { steps: [], label: 'a &&' } }, 'MR_REQUEST'],
      [{ name: 'x', kind: 'folder', folder: 'nowhere' }, 'MR_ITEM_UNKNOWN'],
      [{ name: 'x', kind: 'folder', folder: 'Job' }, 'MR_JOB_KIND'],
    ] as const)
      assert.equal((await api.call('dev', 'POST', 'items', body)).body.code, code, JSON.stringify(body));
    const unknown = await api.call('dev', 'POST', 'items', { name: 'x', kind: 'pipeline', config: { ...PIPELINE, surprise: 1 } });
    assert.deepEqual(unknown.body.errors, [{ pointer: '#/config/surprise', detail: 'there is no such field' }]);
    assert.equal((await api.call('dev', 'POST', 'items', '{"name":')).body.code, 'MR_JSON');
    assert.equal((await api.call('dev', 'POST', 'items', `{"name":"${'x'.repeat(5 << 20)}"}`)).body.code, 'MR_BODY_SIZE');
    assert.equal((await api.call('dev', 'POST', 'items', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).body.code, 'MR_MEDIA_TYPE');
    assert.deepEqual(
      (await api.store.db.selectFrom('items').select('name').execute()).map((r) => r.name),
      ['Job'],
    );
    await api.close();
  });

  it('are listed in pages, with the last build and what runs and waits, also below a folder', async () => {
    const api = await testApi(databases);
    await make(api, null, 'team', 'folder');
    for (const name of ['a', 'b', 'c']) await make(api, 'team', name);
    const id = await idOf(api, 'team/b');
    await putBuild(api.store, id, 'team/b', 1);
    await putBuild(api.store, id, 'team/b', 2, { state: 'running', result: null, ended_at: null });
    await putBuild(api.store, id, 'team/b', null);
    const first = await api.call('viewer', 'GET', `${at('team')}/items?limit=2`);
    assert.deepEqual(
      first.body.entries.map((e: any) => [e.name, e.lastBuild?.number ?? null, e.running, e.queued]),
      [
        ['a', null, 0, 0],
        ['b', 2, 1, 1],
      ],
    );
    const second = await api.call('viewer', 'GET', `${at('team')}/items?limit=2&cursor=${first.body.next}`);
    assert.deepEqual([second.body.entries.map((e: any) => e.name), second.body.next], [['c'], null]);
    const [top] = (await api.call('viewer', 'GET', 'items')).body.entries;
    assert.deepEqual([top.path, top.running, top.queued], ['team', 1, 1]);
    for (const cursor of ['nonsense', Buffer.from('["users","x"]').toString('base64url'), Buffer.from('["items",7]').toString('base64url')])
      assert.equal((await api.call('viewer', 'GET', `items?cursor=${cursor}`)).body.code, 'MR_CURSOR');
    assert.equal((await api.call('viewer', 'GET', `${at('team/a')}/items`)).body.code, 'MR_JOB_KIND');
    await api.close();
  });

  it('show to whoever has rights on a part that part, and the way to it', async () => {
    const api = await testApi(databases);
    for (const [folder, name] of [
      [null, 'team'],
      ['team', 'sub'],
      [null, 'other'],
    ] as const)
      await make(api, folder, name, 'folder');
    await make(api, 'team/sub', 'job');
    await make(api, 'team', 'hidden');
    assert.equal((await api.call('nobody', 'GET', at('team'))).body.code, 'MR_ITEM_UNKNOWN');
    await api.call('admin', 'PUT', 'users/nobody/grants', { grants: [{ scope: 'team/sub', role: 'developer' }] });
    const names = async (path: string) => (await api.call('nobody', 'GET', path)).body.entries.map((e: any) => e.name);
    assert.deepEqual(await names('items'), ['team']);
    assert.deepEqual(await names(`${at('team')}/items`), ['sub']);
    assert.deepEqual(await names(`${at('team/sub')}/items`), ['job']);
    assert.equal((await api.call('nobody', 'GET', at('team/hidden'))).body.code, 'MR_ITEM_UNKNOWN');
    assert.equal((await api.call('nobody', 'POST', 'items', { folder: 'team', name: 'x', kind: 'folder' })).body.code, 'MR_ITEM_UNKNOWN');
    assert.equal((await api.call('nobody', 'POST', 'items', { folder: null, name: 'x', kind: 'folder' })).body.code, 'MR_FORBIDDEN');
    assert.equal((await api.call('nobody', 'POST', 'items', { folder: 'team/sub', name: 'x', kind: 'folder' })).status, 201);
    assert.equal((await api.call('nobody', 'POST', `${at('team/sub/job')}/builds`, {})).status, 201);
    await api.close();
  });

  it('move with all below them, their builds and the rights on them', async () => {
    const api = await testApi(databases);
    for (const [folder, name] of [
      [null, 'über'],
      ['über', 'sub'],
      [null, 'other'],
    ] as const)
      await make(api, folder, name, 'folder');
    await make(api, 'über/sub', 'job');
    await make(api, null, 'über2');
    const build = await putBuild(api.store, await idOf(api, 'über/sub/job'), 'über/sub/job', 1, { state: 'running', result: null });
    await api.call('admin', 'PUT', 'users/nobody/grants', { grants: [{ scope: 'über/sub', role: 'viewer' }] });
    assert.equal((await api.call('dev', 'POST', `${at('über')}/move`, { folder: 'über/sub' })).body.code, 'MR_NAME');
    assert.equal((await api.call('dev', 'POST', `${at('über')}/rename`, { name: 'OTHER' })).body.code, 'MR_NAME_TAKEN');
    const renamed = await api.call('dev', 'POST', `${at('über')}/rename`, { name: 'Über' });
    assert.deepEqual([renamed.status, renamed.body.path], [200, 'Über']);
    const moved = await api.call('dev', 'POST', `${at('Über')}/move`, { folder: 'other' });
    assert.deepEqual([moved.status, moved.body.path], [200, 'other/Über']);
    const names = (await api.store.db.selectFrom('items').select('full_name').execute()).map((r) => r.full_name).sort();
    assert.deepEqual(names, ['other', 'other/Über', 'other/Über/sub', 'other/Über/sub/job', 'über2']);
    const row = await api.store.db.selectFrom('builds').select(['job', 'state']).where('id', '=', build).executeTakeFirstOrThrow();
    assert.deepEqual({ ...row }, { job: 'other/Über/sub/job', state: 'running' });
    assert.equal((await api.call('nobody', 'GET', `${at('other/Über/sub/job')}/builds`)).body.entries[0].number, 1);
    assert.equal((await api.call('dev', 'POST', `${at('other/Über')}/move`, { folder: null })).body.path, 'Über');
    await api.close();
  });

  it('are followed by the downstream jobs of freestyle jobs, from wherever those name them', async () => {
    const api = await testApi(databases);
    for (const [folder, name] of [
      [null, 'team'],
      ['team', 'sub'],
      [null, 'other'],
    ] as const)
      await make(api, folder, name, 'folder');
    await make(api, 'team', 'app');
    await make(api, null, 'lib');
    const freestyle = async (folder: string | null, name: string, jobs: readonly string[]): Promise<void> => {
      const config = { steps: [{ shell: 'true' }], downstream: { jobs } };
      const made = await api.call('dev', 'POST', 'items', { folder, name, kind: 'freestyle', config });
      assert.equal(made.status, 201, made.text);
    };
    const jobs = async (path: string) => (await api.call('dev', 'GET', at(path))).body.config.downstream.jobs;
    await freestyle(null, 'top', ['team/app', '/team/app', 'lib', 'gone']);
    await freestyle('team', 'near', ['app', '../team/app', '/team/app', '../lib']);
    await freestyle('other', 'far', ['team/app', '../team/app']);
    const before = (await api.call('dev', 'GET', at('top'))).body.revision;

    assert.equal((await api.call('dev', 'POST', `${at('team/app')}/rename`, { name: 'web' })).status, 200);
    assert.deepEqual(await jobs('top'), ['team/web', '/team/web', 'lib', 'gone']);
    assert.deepEqual(await jobs('team/near'), ['web', 'web', '/team/web', '../lib']);
    assert.deepEqual(await jobs('other/far'), ['team/web', '../team/web']);
    assert.equal((await api.call('dev', 'GET', at('top'))).body.revision, before + 1);

    assert.equal((await api.call('dev', 'POST', `${at('team')}/move`, { folder: 'other' })).status, 200);
    assert.deepEqual(await jobs('top'), ['other/team/web', '/other/team/web', 'lib', 'gone']);
    assert.deepEqual(await jobs('other/team/near'), ['web', 'web', '/other/team/web', '../../lib']);
    assert.deepEqual(await jobs('other/far'), ['team/web', 'team/web']);
    await api.close();
  });

  it('are copied with what is in them, without builds', async () => {
    const api = await testApi(databases);
    await make(api, null, 'a', 'folder');
    await make(api, 'a', 'b', 'folder');
    await make(api, 'a/b', 'job');
    await putBuild(api.store, await idOf(api, 'a/b/job'), 'a/b/job', 1);
    const copy = await api.call('dev', 'POST', `${at('a')}/copy`, { folder: 'a', name: 'copy' });
    assert.deepEqual([copy.status, copy.body.path], [201, 'a/copy']);
    const job = await api.call('dev', 'GET', at('a/copy/b/job'));
    assert.deepEqual([job.body.nextNumber, job.body.lastBuild, job.body.config.definition.script], [1, null, "echo 'hi'"]);
    assert.equal((await api.call('viewer', 'POST', `${at('a')}/copy`, { folder: null, name: 'no' })).body.code, 'MR_FORBIDDEN');
    await api.close();
  });

  it('are deleted with their builds: a full folder only if wanted, a busy one after an abort', async () => {
    const api = await testApi(databases);
    await make(api, null, 'f', 'folder');
    await make(api, 'f', 'job');
    const id = await idOf(api, 'f/job');
    const build = await putBuild(api.store, id, 'f/job', 1, { state: 'running', result: null });
    await putBuild(api.store, id, 'f/job', null);
    await api.store.write((tx) =>
      tx.insertInto('artifacts').values({ build_id: build, path: 'a', size: 1, blob: 'builds/1/a', md5: '', sha256: '', fingerprint: 0 }).execute(),
    );
    api.blobs.content.set('builds/1/a', Buffer.from('x'));
    assert.equal((await api.call('dev', 'DELETE', at('f'))).body.code, 'MR_FOLDER_FULL');
    assert.equal((await api.call('dev', 'DELETE', `${at('f')}?recursive=true`)).body.code, 'MR_JOB_BUSY');
    const aborting = await api.call('dev', 'DELETE', `${at('f')}?recursive=true&abort=true`);
    assert.deepEqual([aborting.status, aborting.body], [202, { aborting: [build] }]);
    const row = await api.store.db.selectFrom('builds').select('abort').where('id', '=', build).executeTakeFirstOrThrow();
    assert.deepEqual(JSON.parse(row.abort as string), { by: 'dev', hard: false });
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended', result: 'ABORTED' }).where('id', '=', build).execute());
    assert.equal((await api.call('dev', 'DELETE', `${at('f')}?recursive=true`)).status, 204);
    for (const table of ['items', 'builds', 'artifacts'] as const) assert.deepEqual(await api.store.db.selectFrom(table).selectAll().execute(), []);
    assert.equal(api.blobs.content.size, 0);
    await api.close();
  });

  it('never show the default of a password, and keep it when the configuration is sent back', async () => {
    const api = await testApi(databases);
    const config = { ...PIPELINE, parameters: [{ type: 'password', name: 'PIN', default: 'hunter2' }] };
    await make(api, null, 'job', 'pipeline', config);
    const stored = await api.store.db.selectFrom('items').select('config').executeTakeFirstOrThrow();
    assert.equal(stored.config.includes('hunter2'), false);
    const shown = await api.call('dev', 'GET', at('job'));
    assert.equal(shown.text.includes('sealed') || shown.text.includes('hunter2'), false);
    const back = await api.call('dev', 'PUT', `${at('job')}/config`, shown.body.config, { 'if-match': String(shown.headers['etag']) });
    assert.equal(back.status, 200, back.text);
    await api.call('dev', 'POST', `${at('job')}/builds`, {});
    const build = await api.store.db.selectFrom('builds').select('parameters').executeTakeFirstOrThrow();
    assert.equal(api.services.sealer.open(JSON.parse(build.parameters).PIN.$secret), 'hunter2');
    await api.close();
  });
});
