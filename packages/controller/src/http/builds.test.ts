import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { parse } from '../builds/records.ts';
import { eachEngine } from '../store/testing/databases.ts';
import type { TestApi } from './testing/api.ts';
import { testApi } from './testing/api.ts';
import { flowNode, putBuild, putFlush, putJob, T0 } from './testing/builds.ts';

const PARAMETERS = [
  { type: 'string', name: 'WHO', description: '', default: 'world' },
  { type: 'password', name: 'PIN', description: '', default: null },
  { type: 'file', name: 'INPUT', description: '', default: null },
  { type: 'choice', name: 'WHERE', description: '', default: null, choices: ['here', 'there'] },
];

async function jobWithParameters(api: TestApi): Promise<number> {
  const id = await putJob(api.store, 'job');
  const { config } = await api.store.db.selectFrom('items').select('config').where('id', '=', id).executeTakeFirstOrThrow();
  await api.store.write((tx) =>
    tx
      .updateTable('items')
      .set({ config: JSON.stringify({ ...JSON.parse(config), parameters: PARAMETERS }) })
      .where('id', '=', id)
      .execute(),
  );
  return id;
}
const rowOf = (api: TestApi, id: number) => api.store.db.selectFrom('builds').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const count = async (api: TestApi, table: 'builds' | 'audit') =>
  Number(
    (
      await api.store.db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

eachEngine('builds', (databases) => {
  it('are started with parameters; the same request joins the one that waits', async () => {
    const api = await testApi(databases);
    await jobWithParameters(api);
    const start = (body: unknown) => api.call('dev', 'POST', 'items/job/builds', body);
    const first = await start({ parameters: { WHO: 'me', PIN: 'hunter2' }, quietSeconds: 30, cause: 'because' });
    assert.deepEqual([first.status, first.headers['location'], first.body.merged], [201, `/api/v1/queue/${first.body.id}`, false]);
    assert.deepEqual((await start({ parameters: { WHO: 'me', PIN: 'hunter2' } })).body, { id: first.body.id, merged: true });
    assert.notEqual((await start({ parameters: { WHO: 'you' } })).body.id, first.body.id);
    const item = await api.call('viewer', 'GET', `queue/${first.body.id}`);
    assert.deepEqual([item.body.job, item.body.state, item.body.number], ['job', 'queued', null]);
    const row = await rowOf(api, first.body.id);
    assert.equal(row.parameters.includes('hunter2'), false);
    assert.deepEqual(
      parse<{ text: string }[]>(row.causes).map((c) => c.text),
      ['Started by user dev', 'because'],
    );
    const before = await count(api, 'builds');
    for (const parameters of [{ NOPE: 1 }, { WHERE: 'elsewhere' }, { WHO: ['x'] }, { INPUT: { $file: 'secret', name: 'x' } }]) {
      const refused = await start({ parameters });
      assert.equal(refused.status, 400, refused.text);
    }
    assert.deepEqual((await start({ parameters: { NOPE: 1 } })).body.errors, [{ pointer: '#/parameters/NOPE', detail: 'The job has no parameter NOPE' }]);
    assert.equal((await start({ surprise: 1 })).body.errors[0].pointer, '#/surprise');
    assert.equal(await count(api, 'builds'), before);
    assert.equal((await api.call('viewer', 'POST', 'items/job/builds', {})).status, 403);
    assert.equal((await api.call('dev', 'POST', 'items/none/builds', {})).body.code, 'MR_ITEM_UNKNOWN');
    await api.close();
  });

  it('take files, and keep none of a request that is refused', async () => {
    const api = await testApi(databases);
    await jobWithParameters(api);
    const form = (parts: Record<string, string | [string, string]>) => {
      const text = Object.entries(parts)
        .map(([name, value]) =>
          typeof value === 'string'
            ? `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
            : `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${value[0]}"\r\ncontent-type: text/plain\r\n\r\n${value[1]}\r\n`,
        )
        .join('');
      return api.call('dev', 'POST', 'items/job/builds', `${text}--b--\r\n`, { 'content-type': 'multipart/form-data; boundary=b' });
    };
    const made = await form({ request: '{"parameters":{"WHO":"me"}}', INPUT: ['../a.txt', 'content'] });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(parse<any>((await rowOf(api, made.body.id)).parameters).INPUT, { $file: 'uploads/a.txt', name: 'a.txt' });
    assert.equal(api.blobs.content.get('uploads/a.txt')?.toString(), 'content');
    for (const [parts, code] of [
      [{ INPUT: ['b.txt', 'x'], request: '{"parameters":{"NOPE":"me"}}' }, 'MR_PARAMETERS'],
      [{ INPUT: ['b.txt', 'x'], WHO: ['c.txt', 'x'] }, 'MR_PARAMETERS'],
      [{ INPUT: ['b.txt', 'x'], request: '{' }, 'MR_JSON'],
      [{ INPUT: ['b.txt', 'x'], request: '{"surprise":1}' }, 'MR_REQUEST'],
    ] as [Record<string, string | [string, string]>, string][]) {
      assert.equal((await form(parts)).body.code, code);
      assert.deepEqual([...api.blobs.content.keys()], ['uploads/a.txt']);
    }
    assert.equal(await count(api, 'builds'), 1);
    await api.close();
  });

  it('are listed the newest first, by state and result, in pages', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    for (let n = 1; n <= 5; n++) await putBuild(api.store, job, 'job', n, n % 2 === 0 ? { result: 'FAILURE' } : {});
    await putBuild(api.store, job, 'job', null);
    const list = async (query: string) => (await api.call('viewer', 'GET', `items/job/builds?${query}`)).body;
    const numbers = (body: any) => body.entries.map((b: any) => b.number);
    const first = await list('limit=3');
    assert.deepEqual(numbers(first), [5, 4, 3]);
    const second = await list(`limit=3&cursor=${first.next}`);
    assert.deepEqual([numbers(second), second.next], [[2, 1], null]);
    assert.deepEqual(numbers(await list('result=FAILURE')), [4, 2]);
    assert.deepEqual(numbers(await list('state=queued')), [null]);
    assert.equal((await list(`state=queued&cursor=${first.next}`)).code, 'MR_CURSOR');
    assert.equal((await list('limit=0')).code, 'MR_REQUEST');
    await api.close();
  });

  it('show what they are, with who started them and whom they started', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    const up = await putBuild(api.store, job, 'job', 1);
    const down = await putBuild(api.store, job, 'job', 2, {
      parameters: JSON.stringify({ PIN: { $secret: 'x' }, F: { $file: 'k', name: 'f' }, S: 's' }),
      facts: '{"displayName":"v2"}',
    });
    await api.store.write((tx) => tx.insertInto('downstream').values({ build_id: up, ask_id: '0:1', downstream_id: down, wait: 1 }).execute());
    const shown = await api.call('viewer', 'GET', 'items/job/builds/2');
    assert.equal(shown.status, 200, shown.text);
    assert.deepEqual(shown.body.parameters, { PIN: null, F: { file: 'f' }, S: 's' });
    assert.deepEqual(
      [shown.body.displayName, shown.body.upstream[0].number, (await api.call('viewer', 'GET', 'items/job/builds/1')).body.downstream[0].number],
      ['v2', 1, 2],
    );
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/2', undefined, { 'if-none-match': String(shown.headers['etag']) })).status, 304);
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/9')).body.code, 'MR_BUILD_UNKNOWN');
    const changed = await api.call('dev', 'PATCH', 'items/job/builds/2', { description: 'd', kept: true });
    assert.deepEqual([changed.body.description, changed.body.kept, changed.body.displayName], ['d', true, 'v2']);
    await api.close();
  });

  it('are aborted softly, then hard; cancelled in the queue; deleted when they have ended', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    const running = await putBuild(api.store, job, 'job', 1, { state: 'running', result: null, ended_at: null, parked: 1 });
    const queued = await putBuild(api.store, job, 'job', null);
    const heard: string[] = [];
    api.store.wakes.on('abort', (topic) => heard.push(topic));
    assert.equal((await api.call('dev', 'DELETE', 'items/job/builds/1')).body.code, 'MR_BUILD_RUNNING');
    assert.equal((await api.call('dev', 'POST', 'items/job/builds/1/abort')).status, 202);
    assert.equal((await api.call('dev', 'POST', 'items/job/builds/1/abort', { hard: true })).body.abort.hard, true);
    assert.deepEqual([heard, (await rowOf(api, running)).parked], [[`abort ${running}`, `abort ${running}`], 0]);
    await api.store.write((tx) => tx.insertInto('downstream').values({ build_id: running, ask_id: '0:1', downstream_id: queued, wait: 1 }).execute());
    assert.equal((await api.call('viewer', 'DELETE', `queue/${queued}`)).body.code, 'MR_FORBIDDEN');
    assert.equal((await api.call('dev', 'DELETE', `queue/${queued}`)).status, 204);
    assert.equal((await rowOf(api, queued)).state, 'cancelled');
    assert.equal((await api.call('dev', 'DELETE', `queue/${queued}`)).body.code, 'MR_BUILD_ENDED');
    assert.equal((await api.call('dev', 'DELETE', `queue/${running}`)).body.code, 'MR_BUILD_RUNNING');
    await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended', result: 'ABORTED' }).where('id', '=', running).execute());
    assert.equal((await api.call('dev', 'POST', 'items/job/builds/1/abort', {})).body.code, 'MR_BUILD_ENDED');
    assert.equal((await api.call('dev', 'DELETE', 'items/job/builds/1')).status, 204);
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/1')).status, 404);
    await api.close();
  });

  it('are run again: replayed with another script, rebuilt, restarted from a stage', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    const told = { variables: { gitlabBranch: 'a' }, pushed: { addresses: ['git.example/a'], ref: 'refs/heads/a' } };
    const parameters = JSON.stringify({ PIN: { $secret: 'sealed' }, F: { $file: 'k', name: 'f.txt' } });
    const build = await putBuild(api.store, job, 'job', 1, { parameters, origin: JSON.stringify(told) });
    api.blobs.content.set('k', Buffer.from('file'));
    assert.equal((await api.call('dev', 'GET', 'items/job/builds/1/script')).body.code, 'MR_SCRIPT_UNKNOWN');
    const header = { t: 'header', format: 1, build: { script: { text: 'echo 1', path: 'Jenkinsfile' } } };
    await putFlush(api.store, build, {
      journal: `${JSON.stringify(header)}\n{"t":"ask"}\n`,
      tree: [flowNode(3, 'block', 'stage', null, null), flowNode(4, 'body', 'stage', 'Build', 3)],
    });
    assert.deepEqual((await api.call('viewer', 'GET', 'items/job/builds/1/script')).body, { text: 'echo 1', path: 'Jenkinsfile' });
    const again = async (how: string, body: unknown) => {
      const made = await api.call('dev', 'POST', `items/job/builds/1/${how}`, body);
      assert.equal(made.status, 201, made.text);
      const row = await rowOf(api, made.body.id);
      return { origin: parse<any>(row.origin), parameters: parse<any>(row.parameters), causes: parse<any[]>(row.causes).map((c) => c.text) };
    };
    const replay = await again('replay', { script: 'echo 2' });
    assert.deepEqual([replay.origin, replay.causes], [{ script: 'echo 2', replayOf: 1, ...told }, ['Started by user dev', 'Replayed #1']]);
    assert.deepEqual(replay.parameters, { PIN: { $secret: 'sealed' }, F: { $file: 'uploads/f.txt', name: 'f.txt' } });
    assert.deepEqual((await again('rebuild', {})).origin, { rebuildOf: 1, ...told });
    assert.deepEqual((await again('restart', { stage: 'Build' })).origin, { script: 'echo 1', restart: { number: 1, stage: 'Build' }, ...told });
    assert.equal((await api.call('dev', 'POST', 'items/job/builds/1/restart', { stage: 'None' })).body.code, 'MR_STAGE_UNKNOWN');
    assert.equal((await api.call('viewer', 'POST', 'items/job/builds/1/replay', {})).body.code, 'MR_FORBIDDEN');
    // Each has its own file: it stays when the first build goes.
    assert.equal((await api.call('dev', 'DELETE', 'items/job/builds/1')).status, 204);
    assert.deepEqual([...api.blobs.content.keys()], ['uploads/f.txt']);
    await api.close();
  });

  it('keep no copy of a file where the build cannot be run again', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    await putBuild(api.store, job, 'job', 1, { parameters: JSON.stringify({ F: { $file: 'k', name: 'f.txt' } }) });
    api.blobs.content.set('k', Buffer.from('file'));
    await api.store.write((tx) => tx.updateTable('items').set({ disabled: 1 }).execute());
    assert.equal((await api.call('dev', 'POST', 'items/job/builds/1/rebuild', {})).body.code, 'MR_JOB_DISABLED');
    assert.deepEqual([...api.blobs.content.keys()], ['k']);
    await api.close();
  });

  it('show their stages nested, with what was skipped, unstable, and where there is a log', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    await putFlush(api.store, build, {
      tree: [
        flowNode(2, 'start', 'start', null, null),
        flowNode(3, 'block', 'stage', null, null),
        flowNode(4, 'body', 'stage', 'A', 3, { state: 'running', endedAt: null }),
        flowNode(5, 'step', 'sh', 'make', 4, { state: 'running', endedAt: null }),
      ],
      pieces: [{ node: '5', text: 'hello\n' }],
    });
    const parallel = [
      flowNode(8, 'block', 'parallel', null, 7),
      flowNode(9, 'body', 'parallel', 'Branch: p', 8),
      flowNode(10, 'block', 'stage', null, 9),
      flowNode(11, 'body', 'stage', 'p', 10),
      flowNode(12, 'step', 'echo', null, 11),
    ];
    await putFlush(api.store, build, {
      tree: [
        flowNode(4, 'body', 'stage', 'A', 3),
        flowNode(5, 'step', 'sh', 'make', 4, { mark: { result: 'UNSTABLE', message: 'm' } }),
        flowNode(6, 'block', 'stage', null, null),
        flowNode(7, 'body', 'stage', 'P', 6),
        ...parallel,
        flowNode(13, 'body', 'stage', 'S', 6, { facts: { status: 'SKIPPED_FOR_CONDITIONAL' } }),
        flowNode(14, 'body', 'stage', 'F', 6, { state: 'failed', error: 'boom' }),
      ],
    });
    const { body } = await api.call('viewer', 'GET', 'items/job/builds/1/stages');
    const told = (stages: any[]): any[] => stages.map((s) => [s.name, s.kind, s.status, s.log, s.steps.map((x: any) => x.step), told(s.stages)]);
    assert.deepEqual(told(body.stages), [
      ['A', 'stage', 'unstable', true, ['sh'], []],
      ['P', 'stage', 'success', false, [], [['p', 'parallel', 'success', false, ['echo'], []]]],
      ['S', 'stage', 'skipped', false, [], []],
      ['F', 'stage', 'failed', false, [], []],
    ]);
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/1/tree')).body.nodes.length, 13);
    await api.close();
  });

  it('are answered where they wait for an input, by those who may', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null, parked: 1 });
    const ask = (ask_id: string, input_id: string, submitter: string | null) => {
      const request = {
        id: input_id,
        message: 'Go?',
        ok: 'Go',
        submitter,
        parameters: [
          { $symbol: 'string', name: 'V', defaultValue: 'x' },
          { $symbol: 'password', name: 'P', defaultValue: 'secret' },
        ],
      };
      return api.store.write((tx) =>
        tx
          .insertInto('inputs')
          .values({ build_id: build, ask_id, input_id, request: JSON.stringify(request), state: 'waiting', answer: null, by_user: null, created_at: T0 })
          .execute(),
      );
    };
    await ask('0:1', 'One', null);
    await ask('0:2', 'Two', 'viewer, somebody');
    const listed = await api.call('dev', 'GET', 'items/job/builds/1/inputs');
    assert.deepEqual(
      listed.body.inputs.map((i: any) => [i.id, i.allowed]),
      [
        ['One', true],
        ['Two', false],
      ],
    );
    assert.equal(listed.text.includes('secret'), false);
    const answer = (who: 'dev' | 'viewer' | 'admin', input: string, how: string, body: unknown) =>
      api.call(who, 'POST', `items/job/builds/1/inputs/${input}/${how}`, body);
    assert.equal((await answer('viewer', 'One', 'proceed', {})).body.code, 'MR_INPUT_SUBMITTER');
    assert.equal((await answer('dev', 'Two', 'abort', {})).body.code, 'MR_INPUT_SUBMITTER');
    assert.equal((await answer('dev', 'One', 'proceed', { values: { W: 1 } })).body.code, 'MR_PARAMETERS');
    const heard: string[] = [];
    api.store.wakes.on('ask', (topic) => heard.push(topic));
    assert.equal((await answer('dev', 'One', 'proceed', { values: { V: 'y' } })).status, 204);
    assert.equal((await answer('dev', 'One', 'proceed', {})).body.code, 'MR_INPUT_UNKNOWN');
    assert.equal((await answer('viewer', 'Two', 'abort', {})).status, 204);
    assert.deepEqual(heard, [`ask ${build}.0_1`, `ask ${build}.0_2`]);
    const rows = await api.store.db.selectFrom('inputs').selectAll().orderBy('ask_id').execute();
    assert.deepEqual(
      rows.map((r) => [r.state, r.by_user, r.answer === null ? null : JSON.parse(api.services.sealer.open(r.answer))]),
      [
        ['proceeded', 'dev', { V: 'y', P: 'secret' }],
        ['aborted', 'viewer', null],
      ],
    );
    assert.equal((await rowOf(api, build)).parked, 0);
    await api.close();
  });

  it('show their tests, and each over the builds', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    for (const [number, status] of [
      [1, 'passed'],
      [2, 'failed'],
      [3, 'passed'],
      [4, 'skipped'],
      [5, 'passed'],
    ] as const) {
      const build_id = await putBuild(api.store, job, 'job', number);
      const one = { build_id, item_id: job, number, suite: 's', class_name: 'C', seconds: 0.5 };
      await api.store.write((tx) =>
        tx
          .insertInto('tests')
          .values([
            { ...one, seq: 1, test_key: 'C.flaky', name: 'flaky', status, detail: status === 'failed' ? '{"message":"m","trace":"t"}' : null },
            { ...one, seq: 2, test_key: 'C.calm/x', name: 'calm', status: 'passed', detail: null },
          ])
          .execute(),
      );
    }
    const failed = await api.call('viewer', 'GET', 'items/job/builds/2/tests?status=failed');
    assert.deepEqual(
      failed.body.entries.map((t: any) => [t.key, t.message, t.trace]),
      [['C.flaky', 'm', 't']],
    );
    assert.deepEqual((await api.call('viewer', 'GET', 'items/job/builds/2/tests/suites')).body.suites, [
      { name: 's', total: 2, failed: 1, skipped: 0, seconds: 1 },
    ]);
    const history = await api.call('viewer', 'GET', 'items/job/tests/C.flaky/history');
    assert.deepEqual([history.body.entries.map((e: any) => e.number), history.body.flips], [[5, 4, 3, 2, 1], 2]);
    assert.equal(Math.round(history.body.flakiness * 100), 67);
    assert.equal((await api.call('viewer', 'GET', 'items/job/tests/C.calm%2Fx/history?builds=2')).body.entries.length, 2);
    await api.close();
  });

  it('give their artifacts whole, in ranges, and as an archive; by fingerprint too', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    const md5 = createHash('md5').update('0123456789').digest('hex');
    for (const path of ['a.txt', 'dir/ü.txt', 'dir2/x']) {
      api.blobs.content.set(path, Buffer.from('0123456789'));
      await api.store.write((tx) =>
        tx.insertInto('artifacts').values({ build_id: build, path, size: 10, blob: path, md5, sha256: 'abc', fingerprint: 1 }).execute(),
      );
    }
    const get = (path: string, headers: Record<string, string> = {}) => api.call('viewer', 'GET', `items/job/builds/1/${path}`, undefined, headers);
    assert.deepEqual(
      (await get('artifacts?folder=dir')).body.entries.map((a: any) => a.path),
      ['dir/ü.txt'],
    );
    const whole = await get('artifacts/dir%2F%C3%BC.txt');
    assert.deepEqual(
      [whole.status, whole.text, whole.headers['etag'], whole.headers['content-disposition']],
      [200, '0123456789', '"abc"', 'attachment; filename="_.txt"; filename*=UTF-8\'\'%C3%BC.txt'],
    );
    assert.match(String(whole.headers['content-security-policy']), /^sandbox/);
    for (const [range, status, text] of [
      ['bytes=2-4', 206, '234'],
      ['bytes=7-', 206, '789'],
      ['bytes=-2', 206, '89'],
      ['bytes=8-99', 206, '89'],
      ['bytes=0-1,3-4', 200, '0123456789'],
      ['lines=1', 200, '0123456789'],
    ] as const) {
      const part = await get('artifacts/a.txt', { range });
      assert.deepEqual([part.status, part.text], [status, text], range);
    }
    assert.equal((await get('artifacts/a.txt', { range: 'bytes=10-' })).status, 416);
    assert.equal((await get('artifacts/a.txt', { range: 'bytes=2-4', 'if-range': '"other"' })).status, 200);
    assert.equal((await get('artifacts/a.txt', { 'if-none-match': '"abc"' })).status, 304);
    assert.equal((await get('artifacts/none')).body.code, 'MR_ARTIFACT_UNKNOWN');
    const zip = await get('archive?folder=dir');
    assert.equal(zip.headers['content-type'], 'application/zip');
    assert.equal(zip.text.startsWith('PK') && zip.text.includes('dir/ü.txt') && !zip.text.includes('a.txt\u0000'), true);
    assert.equal((await get('archive?folder=none')).body.code, 'MR_ARTIFACT_UNKNOWN');
    assert.equal((await api.call('viewer', 'GET', `fingerprints/${md5}`)).body.uses.length, 3);
    assert.equal((await api.call('nobody', 'GET', `fingerprints/${md5}`)).body.uses.length, 0);
    await api.close();
  });
});
