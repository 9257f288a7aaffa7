import assert from 'node:assert/strict';
import { it } from 'node:test';
import { writeState } from '../clouds/beside.ts';
import { CloudError } from '../clouds/cloud.ts';
import { DummyCloud } from '../clouds/dummy.ts';
import { hashSecret } from '../nodes/agent-desk.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';
import { putBuild, putJob, T0 } from './testing/builds.ts';

eachEngine('nodes, queue, resources, fleet', (databases) => {
  it('make a node, show its secret once, take it offline, and delete it when it runs nothing', async () => {
    const api = await testApi(databases);
    const made = await api.call('admin', 'POST', 'nodes', { name: 'n1', labels: ['linux'], executors: 2 });
    assert.equal(made.status, 201, made.text);
    assert.equal(made.body.command, 'millrace agent --url http://ci.test --name n1 --secret-file agent.secret');
    assert.match(made.body.secret, /^[\w-]{43}$/);
    const row = await api.store.db.selectFrom('nodes').selectAll().executeTakeFirstOrThrow();
    assert.equal(row.secret_hash, hashSecret(made.body.secret));
    assert.equal((await api.call('admin', 'POST', 'nodes', { name: 'N1' })).body.code, 'MR_NAME_TAKEN');
    assert.equal((await api.call('admin', 'POST', 'nodes', { name: '../n' })).body.code, 'MR_REQUEST');
    const shown = await api.call('viewer', 'GET', 'nodes/n1');
    assert.equal(shown.text.includes(made.body.secret) || shown.text.includes(row.secret_hash), false);
    const changed = await api.call('admin', 'PATCH', 'nodes/n1', { env: { A: 'b' } }, { 'if-match': String(shown.headers['etag']) });
    assert.deepEqual([changed.body.env, changed.body.revision, changed.body.labels], [{ A: 'b' }, 2, ['linux']]);
    assert.deepEqual((await api.call('admin', 'POST', 'nodes/n1/offline', { message: 'disk' })).body.offline, {
      by: 'admin',
      message: 'disk',
      at: api.clock.at,
    });
    assert.equal((await api.call('admin', 'POST', 'nodes/n1/online')).body.offline, null);
    assert.equal((await api.call('admin', 'POST', 'nodes/n1/disconnect', {})).status, 202);
    assert.notEqual((await api.call('admin', 'POST', 'nodes/n1/secret')).body.secret, made.body.secret);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 7, { state: 'running', result: null });
    const lease = { build_id: build, ask_id: '0:1', item_id: 1, job: 'job', label: 'linux', priority: 0, since: T0, timeline: '[]' };
    await api.store.write((tx) =>
      tx
        .insertInto('leases')
        .values([
          { ...lease, id: 'a', state: 'held', node_id: row.id, executor: 1, workspace: '/w', granted_at: T0, why: null },
          {
            ...lease,
            id: 'b',
            state: 'waiting',
            node_id: null,
            executor: null,
            workspace: null,
            granted_at: null,
            why: JSON.stringify({ state: 'waiting', code: 'busy', message: 'm', fields: {} }),
          },
        ])
        .execute(),
    );
    await api.store.write((tx) => tx.updateTable('nodes').set({ monitors: '{"freeDiskBytes":5,"clockOffsetMs":-90000}' }).execute());
    const busy = (await api.call('viewer', 'GET', 'nodes')).body.entries[0];
    assert.deepEqual([busy.running[0].buildNumber, busy.below], [7, ['freeDiskBytes', 'clockOffsetMs']]);
    assert.equal((await api.call('admin', 'DELETE', 'nodes/n1')).body.code, 'MR_NODE_BUSY');
    const queue = await api.call('viewer', 'GET', 'queue');
    assert.deepEqual(
      queue.body.requests.map((r: any) => [r.label, r.why.message]),
      [['linux', 'm']],
    );
    assert.deepEqual((await api.call('nobody', 'GET', 'queue')).body.requests, []);
    assert.equal((await api.call('viewer', 'DELETE', 'queue/requests/b')).body.code, 'MR_FORBIDDEN');
    assert.equal((await api.call('dev', 'DELETE', 'queue/requests/a')).body.code, 'MR_QUEUE_UNKNOWN');
    assert.equal((await api.call('dev', 'DELETE', 'queue/requests/b')).status, 204);
    await api.store.write((tx) => tx.deleteFrom('leases').execute());
    assert.equal((await api.call('admin', 'DELETE', 'nodes/n1')).status, 204);
    await api.close();
  });

  it('keep what people reserve from others, and what builds hold from everybody', async () => {
    const api = await testApi(databases);
    const call = async (who: 'admin' | 'dev' | 'viewer', method: string, path: string, body?: unknown) => {
      const answer = await api.call(who, method, path, body);
      return answer.body?.code ?? answer.status;
    };
    assert.equal(await call('admin', 'POST', 'resources', { name: 'board 1', labels: ['board'] }), 201);
    assert.equal(await call('admin', 'POST', 'resources', { name: 'board 1' }), 'MR_NAME_TAKEN');
    assert.equal(await call('dev', 'POST', 'resources/board%201/reserve', { note: 'mine' }), 200);
    await api.call('admin', 'POST', 'users', { id: 'dev2', role: 'developer' });
    assert.equal(await call('admin', 'POST', 'resources/board%201/reserve', {}), 'MR_RESOURCE_BUSY');
    assert.equal(await call('admin', 'DELETE', 'resources/board%201'), 'MR_RESOURCE_BUSY');
    assert.equal(await call('admin', 'POST', 'resources/board%201/unreserve', {}), 200);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 3, { state: 'running', result: null });
    const lock = { build_id: build, since: T0, request: JSON.stringify({ resource: null, label: 'board', quantity: 1 }) };
    await api.store.write((tx) =>
      tx
        .insertInto('locks')
        .values([
          { ...lock, id: 'a', ask_id: '0:1', state: 'held', resources: '["board 1"]' },
          { ...lock, id: 'b', ask_id: '0:2', state: 'waiting', resources: '[]' },
        ])
        .execute(),
    );
    const { body } = await api.call('viewer', 'GET', 'resources/board%201');
    assert.deepEqual([body.heldBy.number, body.waiting.map((w: any) => w.lock)], [3, ['b']]);
    assert.equal(await call('dev', 'POST', 'resources/board%201/reserve', {}), 'MR_RESOURCE_BUSY');
    assert.equal(await call('admin', 'PUT', 'throttles/heavy', { maxTotal: 2 }), 200);
    assert.deepEqual((await api.call('viewer', 'GET', 'throttles')).body.throttles, [{ name: 'heavy', maxTotal: 2, maxPerNode: 0 }]);
    assert.equal(await call('admin', 'DELETE', 'throttles/heavy'), 204);
    assert.equal(await call('admin', 'DELETE', 'throttles/heavy'), 'MR_THROTTLE_UNKNOWN');
    await api.close();
  });

  it('show clouds with their nodes, and test the connection to one', async () => {
    const cloud = new DummyCloud({ offers: [], cap: 3 });
    const api = await testApi(databases, { clouds: [cloud] });
    assert.deepEqual((await api.call('viewer', 'GET', 'clouds')).body.clouds, [
      {
        name: 'dummy',
        kind: 'dummy',
        cap: 3,
        nodes: { all: 0, online: 0, ending: 0 },
        waiting: 0,
        placeholders: null,
        imageCaches: [],
        problem: null,
      },
    ]);
    const image = { image: 'maven:3', uses: 4, lastUsedAt: T0, problem: null };
    const imageCaches = [{ kind: 'eci' as const, name: 'x', phase: 'ready', detail: 'Ready 100% imc-1', images: [image] }];
    const state = { placeholders: { wanted: 2, running: 1, pending: 1 }, imageCaches, problem: 'no PriorityClass' };
    await api.store.write((tx) => writeState(tx, 'dummy', state, T0));
    const [{ placeholders, problem, imageCaches: shown }] = (await api.call('viewer', 'GET', 'clouds')).body.clouds;
    assert.deepEqual({ placeholders, problem, imageCaches: shown }, state);
    assert.equal((await api.call('dev', 'POST', 'clouds/dummy/check', {})).body.code, 'MR_FORBIDDEN');
    assert.equal((await api.call('admin', 'POST', 'clouds/other/check', {})).body.code, 'MR_CLOUD_UNKNOWN');
    assert.deepEqual((await api.call('admin', 'POST', 'clouds/dummy/check', {})).body, { ok: true, code: null, message: null, milliseconds: 0 });
    cloud.away = new CloudError('MR_CLOUD_AWAY', 'nobody answers');
    const { ok, code, message } = (await api.call('admin', 'POST', 'clouds/dummy/check', {})).body;
    assert.deepEqual([ok, code, message], [false, 'MR_CLOUD_AWAY', 'nobody answers']);
    await api.close();
  });

  it('show controllers with their duties and builds, and drain one', async () => {
    const api = await testApi(databases);
    const row = { name: 'c', url: null, labels: '["big"]', version: '1', lock_key: 1, write_token: 0, started_at: T0, seen_at: T0 };
    await api.store.write(async (tx) => {
      await tx
        .insertInto('controllers')
        .values([
          { ...row, id: 'c1', state: 'up' },
          { ...row, id: 'c0', state: 'down' },
        ])
        .execute();
      await tx.insertInto('duties').values({ name: 'scheduler', holder: 'c1', fence: 3, since: T0 }).execute();
    });
    await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null, owner: 'c1' });
    const fleet = await api.call('viewer', 'GET', 'fleet');
    assert.deepEqual(
      [fleet.body.self, fleet.body.controllers.map((c: any) => [c.id, c.builds, c.duties])],
      [
        'c1',
        [
          ['c1', 1, ['scheduler']],
          ['c0', 0, []],
        ],
      ],
    );
    const drained = await api.call('admin', 'POST', 'fleet/c1/drain');
    assert.deepEqual([drained.status, drained.body.controllers[0].state, drained.body.duties[0].holder], [202, 'draining', null]);
    assert.equal((await api.call('admin', 'POST', 'fleet/c0/drain')).body.code, 'MR_CONTROLLER_UNKNOWN');
    await api.close();
  });
});
