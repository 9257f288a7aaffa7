import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';
import { putBuild, putFlush, putJob } from './testing/builds.ts';

eachEngine('addresses', (databases) => {
  it('answer HEAD as GET without a body, also what is streamed or followed', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null });
    await putFlush(api.store, build, { pieces: [{ node: '2', text: 'one line\n' }] });
    api.blobs.content.set('k', Buffer.from('0123456789'));
    await api.store.write((tx) =>
      tx.insertInto('artifacts').values({ build_id: build, path: 'a.txt', size: 10, blob: 'k', md5: 'm', sha256: 'abc', fingerprint: 0 }).execute(),
    );
    for (const [path, header] of [
      ['items', 'content-length'],
      ['items/job', 'etag'],
      ['items/job/builds/1/artifacts/a.txt', 'content-length'],
      ['items/job/builds/1/log', 'x-log-size'],
      ['/healthz', 'content-length'],
    ] as const) {
      const get = await api.call('viewer', 'GET', path),
        head = await api.call('viewer', 'HEAD', path);
      assert.deepEqual([head.status, head.text, head.headers[header]], [200, '', get.headers[header]], path);
    }
    for (const path of ['items/job/builds/1/log?follow=true', 'events?topics=queue', 'items/job/builds/1/archive']) {
      const head = await api.call('viewer', 'HEAD', path);
      assert.deepEqual([head.status, head.text], [200, ''], path);
    }
    assert.equal((await api.call('viewer', 'HEAD', 'items/none')).status, 404);
    assert.equal((await api.call(null, 'HEAD', 'items')).status, 401);
    await api.close();
  });

  it('refuse another method with 405 and those that they take', async () => {
    const api = await testApi(databases);
    for (const [method, path, allow] of [
      ['DELETE', 'items', 'GET, HEAD, POST'],
      ['PUT', 'queue/1', 'DELETE, GET, HEAD, PATCH'],
      ['POST', '/healthz', 'GET, HEAD'],
      ['OPTIONS', 'version?x=1', 'GET, HEAD'],
    ] as const) {
      const refused = await api.call('viewer', method, path);
      assert.deepEqual([refused.status, refused.body.code, refused.headers['allow']], [405, 'MR_METHOD', allow], path);
    }
    assert.equal((await api.call('viewer', 'DELETE', 'nothing')).body.code, 'MR_NOT_FOUND');
    assert.equal((await api.call('viewer', 'DELETE', '/')).body.code, 'MR_NOT_FOUND');
    await api.close();
  });
});
