import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';
import { flowNode, putBuild, putFlush, putJob, T0 } from './testing/builds.ts';

eachEngine('the overview', (databases) => {
  it('tells the weather of the last five builds that told something, the last duration and the usual one', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job', { next_number: 9 });
    const results = ['FAILURE', 'FAILURE', 'SUCCESS', 'ABORTED', 'UNSTABLE', 'FAILURE', 'SUCCESS'];
    for (const [i, result] of results.entries()) await putBuild(api.store, job, 'job', i + 1, { result, started_at: T0, ended_at: T0 + 1_000 * (i + 1) });
    await putBuild(api.store, job, 'job', 8, { state: 'running', result: null, started_at: T0, ended_at: null });
    await putJob(api.store, 'new');
    const { entries } = (await api.call('viewer', 'GET', 'items')).body;
    assert.deepEqual(
      entries.map(({ name, health, lastDurationMs, estimatedMs }: any) => [name, health, lastDurationMs, estimatedMs]),
      // Estimated as Jenkins does: the last good one, then good ones among the last six, then failed ones.
      [
        ['job', { good: 3, count: 5 }, 7_000, 5_000],
        ['new', null, null, null],
      ],
    );
    await api.close();
  });

  it('keeps favourites for each user, starred first wherever they are', async () => {
    const api = await testApi(databases);
    await api.call('admin', 'POST', 'items', { name: 'team', kind: 'folder' });
    await api.call('admin', 'POST', 'items', { name: 'app', kind: 'freestyle', folder: 'team', config: { steps: [] } });
    await putJob(api.store, 'other');
    assert.equal((await api.call('dev', 'PUT', 'favourites/team%2Fapp', {})).status, 204);
    assert.equal((await api.call('dev', 'PUT', 'favourites/team%2Fapp', {})).status, 204);
    const paths = async (who: 'dev' | 'viewer') => (await api.call(who, 'GET', 'favourites')).body.items.map((i: any) => [i.path, i.favourite]);
    assert.deepEqual(await paths('dev'), [['team/app', true]]);
    assert.deepEqual(await paths('viewer'), []);
    const listed = (await api.call('dev', 'GET', 'items/team/items')).body.entries;
    assert.equal(listed[0].favourite, true);
    assert.equal((await api.call('nobody', 'PUT', 'favourites/other', {})).body.code, 'MR_ITEM_UNKNOWN');
    assert.equal((await api.call('dev', 'PUT', 'favourites/none', {})).body.code, 'MR_ITEM_UNKNOWN');
    // A job that moves stays one; one that goes is gone from all lists.
    await api.call('admin', 'POST', 'items/team%2Fapp/rename', { name: 'service' });
    assert.deepEqual(await paths('dev'), [['team/service', true]]);
    assert.equal((await api.call('dev', 'DELETE', 'favourites/team%2Fservice')).status, 204);
    assert.deepEqual(await paths('dev'), []);
    await api.call('dev', 'PUT', 'favourites/other', {});
    await api.call('admin', 'DELETE', 'items/other');
    assert.deepEqual(await api.store.db.selectFrom('favourites').selectAll().execute(), []);
    await api.close();
  });

  it('finds jobs and folders in all folders, beginnings first, and nothing that may not be seen', async () => {
    const api = await testApi(databases);
    await api.call('admin', 'POST', 'items', { name: 'team', kind: 'folder' });
    for (const [folder, name] of [
      ['team', 'Deploy'],
      ['team', 'build-deploy'],
      [null, 'deploy-all'],
      [null, '构建_a'],
    ] as const)
      await api.call('admin', 'POST', 'items', { name, kind: 'freestyle', folder, config: { steps: [] } });
    const find = async (q: string, who: 'viewer' | 'nobody' = 'viewer') =>
      (await api.call(who, 'GET', `search?q=${encodeURIComponent(q)}`)).body.entries.map((e: any) => e.path);
    assert.deepEqual(await find('DEPLOY'), ['team/Deploy', 'deploy-all', 'team/build-deploy']);
    assert.deepEqual(await find('team/b'), ['team/build-deploy']);
    assert.deepEqual(await find('建'), ['构建_a']);
    assert.deepEqual(await find('_'), ['构建_a']);
    assert.deepEqual(await find('%'), []);
    assert.deepEqual(await find('nothing'), []);
    assert.deepEqual(await find('deploy', 'nobody'), []);
    const { revision } = (await api.call('admin', 'GET', 'users/nobody')).body;
    await api.call('admin', 'PUT', 'users/nobody/grants', { grants: [{ scope: 'team/Deploy', role: 'viewer' }] }, { 'if-match': `"${revision}"` });
    assert.deepEqual(await find('deploy', 'nobody'), ['team/Deploy']);
    await api.close();
  });

  it('lists so many at most, and says that there are more', async () => {
    const api = await testApi(databases);
    for (let i = 0; i < 40; i++) await putJob(api.store, `job-${i}`);
    const { entries, more } = (await api.call('viewer', 'GET', 'search?q=job')).body;
    assert.deepEqual([entries.length, more], [30, true]);
    const within = (await api.call('viewer', 'GET', 'search?q=ob-')).body;
    assert.deepEqual([within.entries.length, within.more], [30, true]);
    await api.close();
  });

  it('tells how long stages took over builds, and reads an ended build’s record once', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    const one = await putBuild(api.store, job, 'job', 1);
    const two = await putBuild(api.store, job, 'job', 2, { state: 'running', result: null, ended_at: null });
    await putFlush(api.store, one, { tree: [flowNode(3, 'body', 'stage', 'Build', null), flowNode(4, 'body', 'stage', 'Test', null, { state: 'failed' })] });
    await putFlush(api.store, two, { tree: [flowNode(3, 'body', 'stage', 'Build', null, { state: 'running', endedAt: null })] });
    const table = async () => (await api.call('viewer', 'GET', 'items/job/stage-times?builds=5')).body;
    const { stages, builds } = await table();
    assert.deepEqual(
      stages.map((s: any) => [s.name, s.averageMs]),
      [
        ['Build', 10],
        ['Test', null],
      ],
    );
    assert.deepEqual(
      builds.map((b: any) => [b.number, b.times.map((t: any) => t && [t.status, t.durationMs])]),
      [
        [2, [['running', null], null]],
        [
          1,
          [
            ['success', 10],
            ['failed', 10],
          ],
        ],
      ],
    );
    assert.deepEqual(
      (await api.store.db.selectFrom('build_stages').select('build_id').execute()).map((r) => r.build_id),
      [one],
    );
    // From the row: the record is not there any more.
    await api.store.write(async (tx) => {
      await tx.deleteFrom('build_chunks').where('build_id', '=', one).execute();
    });
    assert.deepEqual((await table()).builds[1], builds[1]);
    assert.equal((await api.call('admin', 'DELETE', 'items/job/builds/1')).status, 204);
    assert.deepEqual(await api.store.db.selectFrom('build_stages').select('build_id').execute(), []);
    assert.equal((await api.call('viewer', 'GET', 'items/none/stage-times')).body.code, 'MR_ITEM_UNKNOWN');
    await api.close();
  });

  it('shows who has which role on a job and where from, and lets administrators of everything change it', async () => {
    const api = await testApi(databases);
    await api.call('admin', 'POST', 'items', { name: 'team', kind: 'folder' });
    await api.call('admin', 'POST', 'items', { name: 'app', kind: 'freestyle', folder: 'team', config: { steps: [] } });
    const roles = (body: any) => Object.fromEntries(body.entries.map((e: any) => [e.user, [e.role, e.here, e.above?.scope ?? null, e.everywhere]]));
    const before = (await api.call('dev', 'GET', 'items/team%2Fapp/permissions')).body;
    assert.deepEqual(roles(before), {
      admin: ['administrator', null, null, 'administrator'],
      dev: ['developer', null, null, 'developer'],
      viewer: ['viewer', null, null, 'viewer'],
    });
    assert.equal((await api.call('viewer', 'GET', 'items/team%2Fapp/permissions')).status, 403);
    const given = await api.call('admin', 'PUT', 'items/team%2Fapp/permissions/viewer', { role: 'developer' });
    assert.deepEqual(roles(given.body)['viewer'], ['developer', 'developer', null, 'viewer']);
    assert.equal(given.body.entries[0].user, 'viewer');
    assert.equal((await api.call('admin', 'PUT', 'items/team/permissions/nobody', { role: 'administrator' })).status, 200);
    assert.deepEqual(roles((await api.call('dev', 'GET', 'items/team%2Fapp/permissions')).body)['nobody'], ['administrator', null, 'team', null]);
    // An administrator of a folder gives no roles.
    assert.equal((await api.call('nobody', 'PUT', 'items/team%2Fapp/permissions/nobody', { role: 'administrator' })).body.code, 'MR_FORBIDDEN');
    await api.call('admin', 'PUT', 'items/team%2Fapp/permissions/viewer', { role: null });
    assert.deepEqual(roles((await api.call('dev', 'GET', 'items/team%2Fapp/permissions')).body)['viewer'], ['viewer', null, null, 'viewer']);
    assert.equal((await api.call('admin', 'PUT', 'items/team/permissions/someone', { role: 'viewer' })).body.code, 'MR_USER_UNKNOWN');
    const audit = (await api.call('admin', 'GET', 'audit?action=user.grants')).body.entries.map((e: any) => e.detail.grants);
    assert.deepEqual(audit, [['team/app: none'], ['team: administrator'], ['team/app: developer']]);
    await api.close();
  });

  it('changes the priority of what waits, for who may configure the job, and notes it', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    const waiting = await putBuild(api.store, job, 'job', null);
    const running = await putBuild(api.store, job, 'job', 1, { state: 'running', result: null, ended_at: null });
    const set = (who: 'dev' | 'viewer' | 'nobody', id: number | string, priority: unknown) => api.call(who, 'PATCH', `queue/${id}`, { priority });
    const changed = await set('dev', waiting, 7);
    assert.deepEqual([changed.status, changed.body.priority], [200, 7]);
    assert.equal((await set('viewer', waiting, 8)).status, 403);
    assert.equal((await set('nobody', waiting, 8)).body.code, 'MR_QUEUE_UNKNOWN');
    assert.equal((await set('dev', running, 8)).body.code, 'MR_BUILD_RUNNING');
    assert.equal((await set('dev', 999, 8)).body.code, 'MR_QUEUE_UNKNOWN');
    assert.equal((await set('dev', waiting, 1e9)).body.code, 'MR_REQUEST');
    const request = {
      build_id: running,
      ask_id: '0:1',
      item_id: job,
      job: 'job',
      label: 'x',
      state: 'waiting' as const,
      priority: 0,
      since: T0,
      timeline: '[]',
    };
    await api.store.write(async (tx) => {
      await tx
        .insertInto('leases')
        .values({ id: `${running}.0:1`, ...request, node_id: null, executor: null, workspace: null, granted_at: null, why: null })
        .execute();
    });
    assert.equal((await set('dev', `requests/${running}.0:1`, -3)).status, 204);
    assert.equal((await api.call('viewer', 'GET', 'queue')).body.requests[0].priority, -3);
    const audit = (await api.call('admin', 'GET', 'audit')).body.entries.map((e: any) => [e.action, e.detail.from, e.detail.to]);
    assert.deepEqual(
      audit.filter(([action]: [string]) => action.endsWith('priority')),
      [
        ['request.priority', 0, -3],
        ['build.priority', 0, 7],
      ],
    );
    await api.close();
  });

  it('leads through the first visit by what exists, until a user puts it away', async () => {
    const api = await testApi(databases);
    const guide = async (who: 'admin' | 'dev') => (await api.call(who, 'GET', 'guide')).body;
    assert.deepEqual(await guide('admin'), {
      dismissed: false,
      example: null,
      agent: { added: false, online: false },
      pipeline: { created: false, built: false },
      since: null,
    });
    const example = await putJob(api.store, 'example', { next_number: 2 });
    await putBuild(api.store, example, 'example', 1);
    await putJob(api.store, 'mine');
    await api.call('admin', 'POST', 'nodes', { name: 'n1' });
    const later = await guide('admin');
    assert.deepEqual(later.example, { path: 'example', built: true, succeeded: true });
    assert.deepEqual(later.agent, { added: true, online: false });
    assert.deepEqual(later.pipeline, { created: true, built: false });
    assert.equal((await api.call('admin', 'POST', 'guide/dismiss', {})).status, 204);
    assert.equal((await api.call('admin', 'POST', 'guide/dismiss', {})).status, 204);
    assert.deepEqual([(await guide('admin')).dismissed, (await guide('dev')).dismissed], [true, false]);
    await api.close();
  });
});
