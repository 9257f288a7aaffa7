import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compact } from '../logs/testing/compacting.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';
import { flowNode, putBuild, putFlush, putJob, T0 } from './testing/builds.ts';

eachEngine('logs', (databases) => {
  it('come in ranges of bytes that fit together, whatever they cut', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null });
    let text = '';
    for (let i = 0; i < 60; i++) {
      const pieces = [{ node: '3', text: `zeile ${i} äöü 😀\n` }, ...(i % 7 === 0 ? [{ node: '4', text: 'x' }] : [])];
      text += pieces.map((p) => p.text).join('');
      await putFlush(api.store, build, { pieces });
      if (i % 5 === 0) await putFlush(api.store, build, { journal: '{}\n' });
    }
    const size = Buffer.byteLength(text);
    const get = (query: string) => api.call('viewer', 'GET', `items/job/builds/1/log?${query}`);
    const whole = await get('');
    assert.deepEqual([whole.text, whole.headers['x-log-size'], whole.headers['x-log-more']], [text, String(size), 'true']);
    for (const step of [1, 7, 100]) {
      let all = '';
      for (let from = step === 1 ? size - 100 : 0; from < size; from += step) all += (await get(`from=${from}&to=${from + step}`)).text;
      assert.equal(
        all,
        step === 1
          ? Buffer.from(text)
              .subarray(size - 100)
              .toString('utf8')
              .replace(/^\uFFFD+/, '')
          : text,
        String(step),
      );
    }
    assert.equal((await get(`from=${size}`)).text, '');
    const beyond = await get(`from=${size + 1}`);
    assert.deepEqual([beyond.status, beyond.body.code, beyond.headers['x-log-size']], [416, 'MR_RANGE', String(size)]);
    await api.close();
  });

  it('come as lines with their time and their step, and of one step and below alone', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1);
    await putFlush(api.store, build, {
      at: T0,
      pieces: [{ node: '2', text: 'begin\nha' }],
      tree: [flowNode(3, 'block', 'stage', null, null), flowNode(4, 'body', 'stage', 'A', 3), flowNode(5, 'step', 'sh', null, 4)],
    });
    await putFlush(api.store, build, {
      at: T0 + 9,
      pieces: [
        { node: '2', text: 'lf\n' },
        { node: '5', text: 'from sh\nmore\n' },
        { node: '2', text: 'no newline' },
      ],
    });
    const lines = async (query: string) =>
      (await api.call('viewer', 'GET', `items/job/builds/1/log?format=lines${query}`)).text
        .trim()
        .split('\n')
        .map((l) => JSON.parse(l));
    assert.deepEqual(await lines(''), [
      { n: 1, at: T0, node: '2', text: 'begin' },
      { n: 2, at: T0, node: '2', text: 'half' },
      { n: 3, at: T0 + 9, node: '5', text: 'from sh' },
      { n: 4, at: T0 + 9, node: '5', text: 'more' },
      { n: 5, at: T0 + 9, node: '2', text: 'no newline' },
    ]);
    assert.deepEqual(
      (await lines('&node=3')).map((l) => l.text),
      ['from sh', 'more'],
    );
    assert.equal((await api.call('viewer', 'GET', 'items/job/builds/1/log?node=4')).text, 'from sh\nmore\n');
    await api.close();
  });

  it('come from a line on, and so many lines of them, running and ended', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null });
    let text = '';
    for (let i = 0; i < 30; i++) {
      const more = ['äö', '', ' and\n', `a line ${i}\n\n`, '😀 half'][i % 5] as string;
      text += more;
      if (more !== '') await putFlush(api.store, build, { pieces: [{ node: '2', text: more }] });
    }
    const lines = text.split('\n');
    const get = (query: string) => api.call('viewer', 'GET', `items/job/builds/1/log?${query}`);
    for (const form of ['rows', 'object']) {
      for (let line = 1; line <= lines.length; line++) {
        assert.equal((await get(`line=${line}`)).text, lines.slice(line - 1).join('\n'), `${form} ${line}`);
        const two = lines.slice(line - 1, line + 1);
        assert.equal((await get(`line=${line}&lines=2`)).text, two.join('\n') + (line + 1 < lines.length ? '\n' : ''), `${form} ${line}`);
        const told = (await get(`line=${line}&lines=1&format=lines`)).text;
        const found = told === '' ? [] : [JSON.parse(told)].map(({ n, text: t }) => [n, t]);
        assert.deepEqual(found, [[line, lines[line - 1]]], form);
      }
      assert.equal((await get('to=0&count=true')).headers['x-log-lines'], String(lines.length - 1), form);
      assert.equal((await get('lines=3')).text, `${lines.slice(0, 3).join('\n')}\n`);
      assert.equal((await get(`line=${lines.length + 1}`)).body.code, 'MR_RANGE');
      assert.equal((await get('from=3&lines=1')).body.code, 'MR_REQUEST');
      await api.store.write((tx) => tx.updateTable('builds').set({ state: 'ended', ended_at: T0 }).execute());
      await compact(api.store, api.blobs);
    }
    assert.deepEqual(await api.store.db.selectFrom('build_chunks').select('seq').execute(), []);
    await api.close();
  });

  it('are no longer followed when the server closes', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null });
    await putFlush(api.store, build, { pieces: [{ node: '2', text: 'one\n' }] });
    const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
    const headers = { authorization: `Bearer ${api.tokens.viewer}` };
    const log = await fetch(`${url}/api/v1/items/job/builds/1/log?follow=true`, { headers });
    const events = await fetch(`${url}/api/v1/events`, { headers });
    const closed = api.close();
    assert.equal(await log.text(), 'one\n');
    await events.text();
    await closed;
  });

  it('are followed until the build ends, to the last byte', async () => {
    const api = await testApi(databases);
    const build = await putBuild(api.store, await putJob(api.store, 'job'), 'job', 1, { state: 'running', result: null });
    await putFlush(api.store, build, { pieces: [{ node: '2', text: 'one\n' }] });
    const following = api.call('viewer', 'GET', 'items/job/builds/1/log?follow=true');
    for (const text of ['two\n', 'three\n']) await putFlush(api.store, build, { pieces: [{ node: '2', text }] });
    await putFlush(api.store, build, { pieces: [{ node: '2', text: 'Finished: SUCCESS\n' }] });
    await api.store.write(async (tx, wakes) => {
      await tx.updateTable('builds').set({ state: 'ended', result: 'SUCCESS' }).where('id', '=', build).execute();
      wakes.add(`build ${build}`);
    });
    assert.equal((await following).text, 'one\ntwo\nthree\nFinished: SUCCESS\n');
    await api.close();
  });
});
