import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { DatabaseStore } from '../blobs/database-store.ts';
import { sweepLoose } from '../blobs/loose-blobs.ts';
import { deleteEndedBuilds } from '../builds/delete-builds.ts';
import type { TestApi } from '../http/testing/api.ts';
import { testApi } from '../http/testing/api.ts';
import { flowNode, putBuild, putFlush, putJob, T0 } from '../http/testing/builds.ts';
import { random } from '../queue/testing/random.ts';
import type { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { BuildRecord } from './build-record.ts';
import { dueQuery } from './compaction-moves.ts';
import { compact, compaction, Dying } from './testing/compacting.ts';

const HEADER = `${JSON.stringify({ t: 'header', build: { script: { text: 'echo 1', path: 'Jenkinsfile' } } })}\n`;

/** `noise`: characters of it in each flush, which do not compress. */
async function putEnded(store: Store, { noise, flushes = 40 }: { readonly noise: number; readonly flushes?: number }): Promise<number> {
  const items = await store.db.selectFrom('items').select('id').execute();
  const item = items[0]?.id ?? (await putJob(store, 'job'));
  const { n } = await store.db
    .selectFrom('builds')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const build = await putBuild(store, item, 'job', Number(n) + 1, { state: 'running', result: null, ended_at: null });
  const next = random(build);
  const noiseOf = (size: number): string => Array.from({ length: size }, () => String.fromCharCode(32 + next(0x2000))).join('');
  await putFlush(store, build, { journal: HEADER, tree: [flowNode(2, 'block', 'node', null, null), flowNode(3, 'body', 'stage', 'A', 2)] });
  for (let i = 0; i < flushes; i++) {
    if (i % 5 === 0)
      await putFlush(store, build, { journal: `{"t":"turn","n":${i}}\n{"t":"x"}\n`, tree: [flowNode(10 + i, 'step', 'sh', null, i % 2 === 0 ? 3 : 2)] });
    const step = String(10 + Math.floor(i / 5) * 5);
    await putFlush(store, build, {
      at: T0 + i,
      pieces: [
        { node: '2', text: `[line ${i} äöü 😀` },
        { node: step, text: ` of ${step}]\n${noiseOf(noise)}\nhalf a line ` },
      ],
    });
  }
  await putFlush(store, build, { pieces: [{ node: '2', text: 'Finished: SUCCESS\n' }] });
  await store.write((tx) => tx.updateTable('builds').set({ state: 'ended', result: 'SUCCESS', ended_at: T0 }).where('id', '=', build).execute());
  return build;
}

/** All that the API says of what it has written. */
async function told(api: TestApi, number: number): Promise<Record<string, unknown>> {
  const get = async (path: string) => {
    const { status, text, headers } = await api.call('viewer', 'GET', `items/job/builds/${number}/${path}`);
    return { status, text: status === 200 ? text : '', size: headers['x-log-size'], more: headers['x-log-more'] };
  };
  const size = Number((await get('log')).size);
  const out: Record<string, unknown> = {};
  const cuts = [0, 1, 17, 18, 19, size >> 2, size >> 1, (size >> 1) + 1, size - 5, size];
  for (const from of cuts) for (const to of cuts) if (from <= to) out[`${from}-${to}`] = await get(`log?from=${from}&to=${to}`);
  for (const path of [
    'log',
    'log?format=lines',
    'log?node=3',
    'log?node=15',
    'log?node=20&format=lines',
    'log?follow=true',
    'log?line=7',
    'log?line=9&lines=20',
    'log?line=1&lines=3&format=lines',
    'log?line=5000',
    `log?from=${size + 1}`,
    'tree',
    'stages',
    'script',
  ])
    out[path] = await get(path);
  return out;
}

const rowsLeft = async (store: Store): Promise<number> =>
  Number(
    (
      await store.db
        .selectFrom('build_chunks')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );
const stateOf = (store: Store, id: number) => store.db.selectFrom('builds').select(['record', 'chunked']).where('id', '=', id).executeTakeFirst();

eachEngine('records of ended builds', (databases) => {
  for (const [form, noise] of [
    ['a row', 10],
    ['a blob', 3_000],
  ] as const)
    it(`tell the same as ${form}, and their flushes are gone`, async () => {
      const api = await testApi(databases);
      const id = await putEnded(api.store, { noise });
      const before = await told(api, 1);
      assert.equal(await compact(api.store, api.blobs), 1);
      const { record, chunked } = (await stateOf(api.store, id)) ?? {};
      assert.deepEqual([await rowsLeft(api.store), chunked], [0, 0]);
      assert.match(record ?? '', form === 'a row' ? /inline/ : /blob/);
      assert.equal(api.blobs.content.size, form === 'a row' ? 0 : 1);
      const after = await told(api, 1);
      for (const [path, answer] of Object.entries(before)) assert.deepEqual(after[path], answer, path);
      assert.equal(await compact(api.store, api.blobs), 0);
      assert.deepEqual(await api.store.db.selectFrom('loose_blobs').selectAll().execute(), []);
      await api.close();
    });

  it('are left alone while they run, and for a while after', async () => {
    const api = await testApi(databases);
    const job = await putJob(api.store, 'job');
    for (const more of [
      { state: 'running', ended_at: null },
      { state: 'queued', ended_at: null },
      { state: 'ended', ended_at: Date.now() + 60_000 },
    ] as const)
      await putFlush(api.store, await putBuild(api.store, job, 'job', null, more), { pieces: [{ node: '2', text: 'x\n' }] });
    assert.equal(await compact(api.store, api.blobs), 0);
    assert.equal(await rowsLeft(api.store), 3);
    await api.close();
  });

  it('are many in one pass, large and small and empty ones', async () => {
    const api = await testApi(databases);
    const ids: number[] = [];
    for (let i = 0; i < 70; i++) ids.push(await putEnded(api.store, { noise: i === 30 ? 20_000 : 2, flushes: i === 30 ? 5 : 1 }));
    await putBuild(api.store, 1, 'job', 1_000, { ended_at: T0 });
    const logs = await Promise.all(ids.map((id) => logOf(api, id)));
    assert.equal(await compact(api.store, api.blobs), 71);
    assert.equal(await rowsLeft(api.store), 0);
    assert.deepEqual(await Promise.all(ids.map((id) => logOf(api, id))), logs);
    assert.equal(api.blobs.content.size, 1);
    await api.close();
  });

  it('are not made while a controller is there that could not read them', async () => {
    const api = await testApi(databases);
    await putEnded(api.store, { noise: 1 });
    const older = { name: 'old', url: null, labels: '[]', version: '0', lock_key: 1, write_token: 0, started_at: 0, seen_at: 0 };
    await api.store.write((tx) =>
      tx
        .insertInto('controllers')
        .values({ id: 'old', state: 'draining', ...older })
        .execute(),
    );
    assert.equal(await compact(api.store, api.blobs), 0);
    await api.store.write((tx) => tx.updateTable('controllers').set({ state: 'down' }).execute());
    assert.equal(await compact(api.store, api.blobs), 1);
    await api.close();
  });

  it('are whole wherever a controller is killed while it makes one, and no blob is left', async () => {
    for (const noise of [1, 6_000]) {
      let steps = 0;
      for (let last = 0; last <= steps; last++) {
        const api = await testApi(databases);
        const id = await putEnded(api.store, { noise, flushes: 20 });
        const log = await logOf(api, id);
        const dying = new Dying(last);
        const store = dying.store(api.store);
        await compaction(store, dying.blobs(api.blobs), [])
          .pass()
          .catch((error: Error) => assert.equal(error.message, 'killed'));
        assert.equal(await logOf(api, id), log, `after ${last} steps`);
        steps = Math.max(steps, dying.steps - (dying.steps > last ? 0 : 1));
        await compact(api.store, api.blobs);
        assert.equal(await logOf(api, id), log, `after ${last} steps and a restart`);
        assert.deepEqual([await rowsLeft(api.store), (await stateOf(api.store, id))?.chunked], [0, 0], `${last}`);
        await sweepLoose(api.store, api.blobs, Date.now() + 1);
        const place = JSON.parse((await stateOf(api.store, id))?.record ?? '') as { blob?: string };
        assert.deepEqual([...api.blobs.content.keys()], place.blob === undefined ? [] : [place.blob], `${last}`);
        assert.equal(await logOf(api, id), log);
        await api.close();
      }
      assert.ok(steps >= (noise === 1 ? 1 : 5), `${steps} steps`);
    }
  });

  it('go on as objects where a reader had begun on rows', async () => {
    for (const noise of [1, 3_000]) {
      const api = await testApi(databases);
      const id = await putEnded(api.store, { noise });
      const whole = await rowsOf(api, id);
      for (const upTo of [0, 16, 17, 40]) {
        const fresh = await testApi(databases);
        const build = await putEnded(fresh.store, { noise });
        assert.equal(build, id);
        const seen: unknown[] = [];
        for await (const row of recordOf(fresh, build).log(0, { trees: true })) {
          if (seen.length === upTo) await compact(fresh.store, fresh.blobs);
          if (row.log !== null || row.tree !== '') seen.push([row.seq, row.log, row.records, row.tree]);
        }
        assert.deepEqual(seen, whole, `after ${upTo}`);
        const journal: string[] = [];
        for await (const text of recordOf(fresh, build).journal()) journal.push(text);
        assert.equal(journal.join('').startsWith(HEADER), true);
        await fresh.close();
      }
      await api.close();
    }
  });

  it('never have a hole while their rows go, some at a time', async () => {
    const api = await testApi(databases);
    const id = await putEnded(api.store, { noise: 1, flushes: 1_200 });
    const log = await logOf(api, id);
    let transactions = 0;
    const errors: unknown[] = [];
    const looking: Store['write'] = async (work) => {
      const done = await api.store.write(work);
      transactions++;
      assert.equal(await logOf(api, id), log);
      return done;
    };
    assert.equal(await compaction(api.store, api.blobs, errors, looking).pass(), 1);
    assert.deepEqual(errors, []);
    assert.ok(transactions >= 4, `${transactions}`);
    assert.equal(await rowsLeft(api.store), 0);
    await api.close();
  });

  it('go with their builds, and their blobs with them, also while one is being made', async () => {
    const api = await testApi(databases);
    for (const noise of [1, 3_000]) {
      const id = await putEnded(api.store, { noise });
      await compact(api.store, api.blobs);
      await deleteEndedBuilds(api.store, api.blobs, [id]);
      assert.equal(await stateOf(api.store, id), undefined);
    }
    const id = await putEnded(api.store, { noise: 3_000 });
    const errors: unknown[] = [];
    const put = api.blobs.put.bind(api.blobs);
    api.blobs.put = async (key, content) => {
      const facts = await put(key, content);
      await deleteEndedBuilds(api.store, api.blobs, [id]);
      return facts;
    };
    assert.equal(await compaction(api.store, api.blobs, errors).pass(), 0);
    assert.deepEqual([errors, [...api.blobs.content.keys()]], [[], []]);
    for (const table of ['build_chunks', 'build_records', 'loose_blobs'] as const)
      assert.deepEqual(await api.store.db.selectFrom(table).selectAll().execute(), [], table);
    await api.close();
  });

  it('are made once where two make them, since the older of them does not know that it has lost its duty', async () => {
    for (const when of ['before', 'after'] as const) {
      const api = await testApi(databases);
      const id = await putEnded(api.store, { noise: 6_000 });
      const log = await logOf(api, id);
      const put = api.blobs.put.bind(api.blobs);
      let calls = 0;
      api.blobs.put = async (key, content) => {
        const first = ++calls === 1;
        if (first && when === 'before') assert.equal(await compact(api.store, api.blobs), 1);
        const facts = await put(key, content);
        if (first && when === 'after') assert.equal(await compact(api.store, api.blobs), 1);
        return facts;
      };
      assert.equal(await compact(api.store, api.blobs), 0);
      const { record, chunked } = (await stateOf(api.store, id)) ?? {};
      assert.deepEqual([chunked, [...api.blobs.content.keys()]], [0, [(JSON.parse(record ?? '') as { blob: string }).blob]], when);
      assert.equal(await logOf(api, id), log, when);
      assert.deepEqual(await api.store.db.selectFrom('loose_blobs').selectAll().execute(), []);
      await api.close();
    }
  });

  it('are in the database where that keeps what is large', async () => {
    const api = await testApi(databases);
    const id = await putEnded(api.store, { noise: 3_000 });
    const log = await logOf(api, id);
    const blobs = new DatabaseStore(api.store);
    assert.equal(await compact(api.store, blobs), 1);
    let kept = '';
    for await (const row of new BuildRecord({ db: api.store.db, blobs }, { id, record: null }).log(0)) kept += row.log ?? '';
    assert.equal(kept, log);
    await deleteEndedBuilds(api.store, blobs, [id]);
    for (const table of ['blobs', 'blob_parts', 'loose_blobs'] as const)
      assert.deepEqual(await api.store.db.selectFrom(table).selectAll().execute(), [], table);
    await api.close();
  });

  it('that fail keep no other waiting, and are tried again', async () => {
    const api = await testApi(databases);
    const large = await putEnded(api.store, { noise: 3_000 });
    const small = await putEnded(api.store, { noise: 1 });
    const put = api.blobs.put.bind(api.blobs);
    api.blobs.put = async () => {
      throw Object.assign(new Error('away'), { code: 'MR_BLOB_AWAY' });
    };
    const errors: unknown[] = [];
    assert.equal(await compaction(api.store, api.blobs, errors).pass(), 1);
    assert.deepEqual([errors.length, (await stateOf(api.store, small))?.chunked, (await stateOf(api.store, large))?.chunked], [1, 0, 1]);
    assert.deepEqual(await api.store.db.selectFrom('loose_blobs').selectAll().execute(), []);
    api.blobs.put = put;
    assert.equal(await compact(api.store, api.blobs), 1);
    await api.close();
  });

  it('are found by an index that holds nothing of what is done', async () => {
    const api = await testApi(databases);
    const { sql: text, parameters } = dueQuery(api.store.db, { id: 0, ended_at: -1 }, Date.now()).compile();
    const inserted = text.replace(
      /\?|\$\d+/g,
      (() => {
        let i = 0;
        return () => String(parameters[i++]);
      })(),
    );
    const plan = await (databases.kind === 'sqlite'
      ? sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(inserted)}`.execute(api.store.db)
      : api.store.write(async (tx) => {
          await sql`SET LOCAL enable_seqscan = off`.execute(tx);
          return sql<{ 'QUERY PLAN': string }>`EXPLAIN ${sql.raw(inserted)}`.execute(tx);
        }));
    assert.match(JSON.stringify(plan.rows), /builds_chunked/);
    await api.close();
  });
});

function recordOf(api: TestApi, id: number): BuildRecord {
  return new BuildRecord({ db: api.store.db, blobs: api.blobs }, { id, record: null });
}
async function logOf(api: TestApi, id: number): Promise<string> {
  let log = '';
  for await (const row of recordOf(api, id).log(0)) {
    assert.equal(row.log === null || row.log_at === Buffer.byteLength(log), true, `${row.seq} begins at ${row.log_at} of ${Buffer.byteLength(log)}`);
    log += row.log ?? '';
  }
  return log;
}
async function rowsOf(api: TestApi, id: number): Promise<unknown[]> {
  const out: unknown[] = [];
  for await (const row of recordOf(api, id).log(0, { trees: true }))
    if (row.log !== null || row.tree !== '') out.push([row.seq, row.log, row.records, row.tree]);
  return out;
}
