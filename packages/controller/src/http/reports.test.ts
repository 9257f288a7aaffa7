import assert from 'node:assert/strict';
import { it } from 'node:test';
import { askKey } from '../builds/ask-context.ts';
import { deleteEndedBuilds } from '../builds/delete-builds.ts';
import { transferKey } from '../nodes/transfers.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import type { TestApi } from './testing/api.ts';
import { testApi } from './testing/api.ts';
import { putBuild, putJob } from './testing/builds.ts';

type Json = { readonly [name: string]: unknown };

async function putReport(api: TestApi, item: number, number: number, files: { readonly [path: string]: string }, data: Json = {}, more: Json = {}) {
  const build = await putBuild(api.store, item, 'job', number, more);
  const name = (data['name'] as string | undefined) ?? 'My Docs';
  for (const [path, text] of Object.entries(files)) api.blobs.content.set(transferKey(build, askKey(build, '0:5'), `file:${path}`), Buffer.from(text));
  await api.store.write((tx) =>
    tx
      .insertInto('published')
      .values({
        build_id: build,
        ask_id: '0:5',
        type: 'html',
        name,
        data: JSON.stringify({ urlName: 'My_20Docs', pages: [{ path: 'index.html', title: 'index' }], keepAll: true, alwaysLinkToLastBuild: false, ...data }),
        files: JSON.stringify({ files: Object.keys(files) }),
        item_id: item,
        number,
      })
      .execute(),
  );
  return build;
}

eachEngine('HTML reports', (databases) => {
  it('are told of a build and of its job: the newest good one, or where the step wants it the newest', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    await putReport(api, job, 1, { 'index.html': 'one', 'a/b.html': '' });
    await putReport(api, job, 2, { 'index.html': 'two' }, {}, { result: 'UNSTABLE' });
    await putReport(api, job, 3, { 'index.html': 'three' }, {}, { result: 'FAILURE' });
    await putReport(api, job, 4, { 'index.html': 'four' }, { name: 'Other', alwaysLinkToLastBuild: true }, { result: 'FAILURE' });
    await putReport(api, job, 5, { 'index.html': 'five' }, { name: 'Of failures' }, { result: 'FAILURE' });
    await putBuild(api.store, job, 'job', 6);
    const get = async (path: string) => (await api.call('viewer', 'GET', `items/job/${path}`)).body;
    assert.deepEqual(await get('builds/1/reports'), {
      reports: [{ id: '0:5', name: 'My Docs', urlName: 'My_20Docs', pages: [{ path: 'index.html', title: 'index' }], files: 2 }],
    });
    assert.deepEqual(await get('builds/6/reports'), { reports: [] });
    assert.deepEqual(
      (await get('reports')).reports.map((one: { name: string; number: number }) => [one.name, one.number]),
      [
        ['My Docs', 2],
        ['Other', 4],
      ],
    );
    await api.close();
  });

  it('are pages in a sandbox whose relative links lead to their files, and nothing of them can run', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    await putReport(api, job, 1, {
      'index.html': '<a href="a/ü%20x.html">',
      'a/ü x.html': 'deep',
      'a/index.html': 'of a',
      'app.js': 'alert(1)',
      'x.svg': '<svg/>',
    });
    const get = (path: string, headers: Record<string, string> = {}) =>
      api.call('viewer', 'GET', `items/job/builds/1/reports/0:5/files/${path}`, undefined, headers);
    const whole = await get('index.html');
    assert.deepEqual(
      [whole.status, whole.text, whole.headers['content-type'], whole.headers['x-frame-options']],
      [200, '<a href="a/ü%20x.html">', 'text/html', 'SAMEORIGIN'],
    );
    const policy = String(whole.headers['content-security-policy']);
    assert.match(policy, /^sandbox [^;]*;/);
    assert.doesNotMatch(policy, /allow-scripts|allow-forms|allow-top-navigation|script-src/);
    assert.match(policy, /default-src 'none'.*frame-ancestors 'self'/);
    assert.equal(whole.headers['content-disposition'], undefined);
    for (const [path, text, type] of [
      ['a/%C3%BC%20x.html', 'deep', 'text/html'],
      ['a/', 'of a', 'text/html'],
      ['', '<a href="a/ü%20x.html">', 'text/html'],
      ['app.js', 'alert(1)', 'application/octet-stream'],
      ['x.svg', '<svg/>', 'image/svg+xml'],
    ] as const) {
      const one = await get(path);
      assert.deepEqual([one.status, one.text, one.headers['content-type']], [200, text, type], path);
      assert.match(String(one.headers['content-security-policy']), /^sandbox/, path);
    }
    assert.equal((await get('index.html', { 'if-none-match': String(whole.headers['etag']) })).status, 304);
    assert.deepEqual([(await get('app.js', { range: 'bytes=0-4' })).status, (await get('app.js', { range: 'bytes=0-4' })).text], [206, 'alert']);
    for (const path of ['none.html', '..%2F..%2F1', 'index.html%00'])
      assert.ok(['MR_ARTIFACT_UNKNOWN', 'MR_ROUTE_UNKNOWN', 'MR_REQUEST', 'MR_REPORT_UNKNOWN'].includes((await get(path)).body.code), path);
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/1/reports/0:6/files/x')).body.code, 'MR_REPORT_UNKNOWN');
    assert.equal((await api.call('nobody', 'GET', 'items/job/builds/1/reports/0:5/files/index.html')).status, 404);
    assert.equal((await api.call(null, 'GET', 'items/job/builds/1/reports/0:5/files/index.html')).status, 401);
    await api.close();
  });

  it('of a job that keeps one alone take the place of the one before; the files of all go with their builds', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const server = await TestServer.start({ data: folder.path, databaseUrl: url });
    const files = async (): Promise<number> => {
      let n = 0;
      for await (const key of server.controller.parts.blobs.list('builds/')) if (/^builds\/\d+\/file\//.test(key)) n++;
      return n;
    };
    try {
      const job = await server.job('app', '');
      const ended = async (more: string) =>
        server.ended(
          await server.start(job, {
            script: `node { writeFile file: 'doc/index.html', text: 'x'; writeFile file: 'doc/b.css', text: 'y'; publishHTML target: [reportDir: 'doc', reportFiles: '*.html, none.html', reportName: 'Höhe & Breite', reportTitles: 'First', ${more}] }`,
          }),
        );
      const reports = async () => server.store.db.selectFrom('published').select(['number', 'data']).orderBy('number').orderBy('ask_id').execute();
      const first = await ended('keepAll: false');
      assert.match(first.log, /\[htmlpublisher\] Archiving at PROJECT level .*doc to H_c3b6he_20_26_20Breite\n/);
      const { data } = (await reports())[0] as { data: string };
      assert.deepEqual(JSON.parse(data).pages, [{ path: 'index.html', title: 'First' }]);
      await ended('keepAll: true');
      await ended('keepAll: false');
      assert.deepEqual(
        (await reports()).map((row) => row.number),
        [2, 3],
      );
      await server.until(async () => (await files()) === 4);
      const { store, blobs } = server.controller.parts;
      const all = await store.db.selectFrom('builds').select('id').execute();
      await deleteEndedBuilds(
        store,
        blobs,
        all.map((row) => row.id),
      );
      assert.deepEqual([await files(), await reports()], [0, []]);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
