/** Multibranch jobs through the API: made, shown, scanned, and what may not be done to what a scan has made. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { testApi } from '../http/testing/api.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { writeHeads } from './heads-write.ts';
import { onScmEvent } from './on-scm-event.ts';

eachEngine('multibranch jobs through the API', (databases) => {
  it('are made with Jenkins’ defaults, and due at once', async (t) => {
    const api = await testApi(databases);
    t.after(() => api.close());
    const made = await api.call('dev', 'POST', 'items', {
      kind: 'multibranch',
      name: 'app',
      config: { sources: [{ kind: 'github', repository: 'acme/app' }] },
    });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(made.body.config.sources[0].trust, 'permission');
    assert.equal(made.body.parameters, null);
    const { body } = await api.call('viewer', 'GET', 'items/app/scans');
    assert.equal(body.dueAt, api.clock.at);
    assert.deepEqual(body.runs, []);
    assert.equal((await api.call('viewer', 'POST', 'items/app/scan')).status, 403);
    assert.equal((await api.call('dev', 'POST', 'items/app/scan')).status, 202);
    assert.equal(
      (await api.call('dev', 'POST', 'items', { kind: 'pipeline', folder: 'app', name: 'x', config: { definition: { kind: 'inline', script: '' } } })).body
        .code,
      'MR_JOB_KIND',
    );
    const told = await onScmEvent(
      { store: api.store, now: () => api.clock.at },
      {
        kind: 'push',
        provider: 'github',
        urls: ['git@github.com:Acme/App.git'],
        fullName: 'acme/app',
        refs: [{ ref: 'refs/heads/main', before: null, after: null }],
        change: null,
        sender: null,
      },
    );
    assert.deepEqual(
      told.map((o) => [o.item, o.what]),
      [['app', 'refs']],
    );
    assert.equal((await api.call('viewer', 'GET', 'items/app/scans')).body.waitingEvents, 1);
    for (const [config, pointer] of [
      [{ sources: [] }, 'sources'],
      [{ sources: [{ kind: 'git', url: 'u', filter: { regex: '(' } }] }, '#/sources/0/filter/regex'],
      [{ sources: [{ kind: 'gitea', repository: 'a/b' }] }, '#/sources'],
      [{ sources: [{ kind: 'bitbucketServer', repository: 'A/b' }] }, '#/sources'],
      [{ sources: [{ kind: 'bitbucket', repository: 'a/b', apiUrl: 'https://git.example' }] }, 'bitbucketServer'],
      [{ sources: [{ kind: 'github', repository: 'a/b', apiUrl: 'https://user:word@host/api' }] }, 'apiUrl'],
    ] as const) {
      const refused = await api.call('dev', 'POST', 'items', { kind: 'multibranch', name: 'bad', config });
      assert.equal(refused.body.code, 'MR_REQUEST', refused.text);
      assert.ok(refused.text.includes(pointer), refused.text);
    }
    // Somebody's own job cannot say that it is a branch.
    const forged = { definition: { kind: 'branch', source: 0, name: 'x', path: 'Jenkinsfile' } };
    assert.equal((await api.call('dev', 'POST', 'items', { kind: 'pipeline', name: 'forged', config: forged })).body.code, 'MR_REQUEST');
  });

  it('have jobs that say where they come from, and that only their scan names', async (t) => {
    const api = await testApi(databases);
    t.after(() => api.close());
    const { body } = await api.call('dev', 'POST', 'items', {
      kind: 'multibranch',
      name: 'app',
      config: { sources: [{ kind: 'git', url: 'https://git.example/app' }] },
    });
    const parent = await api.store.db.selectFrom('items').select('id').where('full_name', '=', 'app').executeTakeFirstOrThrow();
    const head = {
      kind: 'branch',
      name: 'feature/x',
      ref: 'refs/heads/feature/x',
      revision: { hash: 'a'.repeat(40), base: null },
      primary: false,
      change: null,
    } as const;
    await api.store.write((tx, wakes) =>
      writeHeads(tx, wakes, [{ head, looked: { found: true, at: null }, author: null }], {
        parent: { id: parent.id, fullName: 'app', config: body.config },
        source: 0,
        causeOf: () => ({ type: 'x', text: 'x' }),
        now: api.clock.at,
        print: () => undefined,
        exclusive: async () => undefined,
      }),
    );
    const address = `items/${encodeURIComponent('app/feature%2Fx')}`;
    const shown = await api.call('viewer', 'GET', address);
    assert.equal(shown.status, 200, shown.text);
    assert.deepEqual([shown.body.path, shown.body.branch.name, shown.body.branch.commit], ['app/feature%2Fx', 'feature/x', 'a'.repeat(40)]);
    assert.equal((await api.call('viewer', 'GET', 'items/app/items')).body.entries[0].name, 'feature%2Fx');
    assert.equal(
      (await api.call('dev', 'PUT', `${address}/config`, { definition: { kind: 'inline', script: '' } }, { 'if-match': '*' })).body.code,
      'MR_BRANCH_JOB',
    );
    for (const [what, request] of [
      ['rename', { name: 'y' }],
      ['move', { folder: null }],
      ['copy', { folder: null, name: 'y' }],
    ] as const)
      assert.equal((await api.call('dev', 'POST', `${address}/${what}`, request)).body.code, 'MR_BRANCH_JOB', what);
    assert.equal((await api.call('dev', 'PATCH', address, { disabled: true })).status, 200);
    assert.equal((await api.call('dev', 'POST', `${address}/scan`)).body.code, 'MR_JOB_KIND');

    // The whole may get another name; what is in it comes along. A copy has nothing yet.
    assert.equal((await api.call('dev', 'POST', 'items/app/rename', { name: 'app2' })).status, 200);
    assert.equal((await api.call('viewer', 'GET', `items/${encodeURIComponent('app2/feature%2Fx')}`)).status, 200);
    assert.equal((await api.call('dev', 'POST', 'items/app2/copy', { folder: null, name: 'app3' })).status, 201);
    assert.deepEqual((await api.call('viewer', 'GET', 'items/app3/items')).body.entries, []);
    assert.equal((await api.call('viewer', 'GET', 'items/app3/scans')).body.dueAt, api.clock.at);
    assert.equal((await api.call('dev', 'DELETE', 'items/app2?recursive=true')).status, 204);
    for (const table of ['heads', 'scans', 'scan_addresses'] as const)
      assert.equal((await api.store.db.selectFrom(table).selectAll().execute()).length, table === 'heads' ? 0 : 1, table);
  });
});
