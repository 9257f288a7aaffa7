import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import type { Person, TestApi } from './testing/api.ts';
import { testApi } from './testing/api.ts';
import { putBuild, putFlush, putJob } from './testing/builds.ts';

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: any;
}

/** Follows over a real socket. */
class Follower {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly abort: AbortController;
  private text = '';
  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>, abort: AbortController) {
    this.reader = reader;
    this.abort = abort;
  }
  static async open(api: TestApi, url: string, who: Person, topics: string, lastId?: string): Promise<Follower> {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/v1/events?topics=${topics}`, {
      headers: { authorization: `Bearer ${api.tokens[who]}`, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
      signal: abort.signal,
    });
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const made = new Follower((response.body as ReadableStream<Uint8Array>).getReader(), abort);
    await made.block();
    return made;
  }
  async next(): Promise<Told> {
    for (;;) {
      const fields = Object.fromEntries((await this.block()).split('\n').map((l) => l.split(/: (.*)/s).slice(0, 2) as [string, string]));
      if (fields['data'] !== undefined) return { id: fields['id'] as string, event: fields['event'] as string, data: JSON.parse(fields['data']) };
    }
  }
  close(): void {
    this.abort.abort();
  }
  private async block(): Promise<string> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return block;
      }
      const { value, done } = await this.reader.read();
      if (done) throw new Error('the events ended');
      this.text += Buffer.from(value).toString('utf8');
    }
  }
}

eachEngine('events', (databases) => {
  it('tell what changes to those who may see it, and go on where one left', async () => {
    const api = await testApi(databases);
    const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
    const job = await putJob(api.store, 'job');
    const other = await putJob(api.store, 'other');
    const one = await putBuild(api.store, job, 'job', 1, { state: 'running', result: null });
    const two = await putBuild(api.store, other, 'other', 1);
    await api.call('admin', 'PUT', 'users/nobody/grants', { grants: [{ scope: 'other', role: 'viewer' }] });
    const all = await Follower.open(api, url, 'viewer', 'builds');
    const some = await Follower.open(api, url, 'nobody', 'builds');
    const single = await Follower.open(api, url, 'viewer', `build:${two}`);
    await putFlush(api.store, one, { pieces: [{ node: '2', text: 'x' }] });
    const first = await all.next();
    assert.deepEqual([first.event, first.data.id, first.data.state], ['build', one, 'running']);
    await putFlush(api.store, two, { pieces: [{ node: '2', text: 'x' }] });
    for (const follower of [all, some, single]) assert.deepEqual([(await follower.next()).data.id], [two]);
    all.close();
    const back = await Follower.open(api, url, 'viewer', 'builds', first.id);
    assert.equal((await back.next()).data.id, two);
    const lost = await Follower.open(api, url, 'viewer', 'builds', 'elsewhere-7');
    assert.equal((await lost.next()).event, 'reset');
    const nodes = await Follower.open(api, url, 'viewer', 'nodes,queue');
    assert.equal((await api.call('admin', 'POST', 'nodes', { name: 'n1' })).status, 201);
    assert.equal((await nodes.next()).event, 'queue');
    assert.equal((await api.call('viewer', 'GET', 'events?topics=nonsense')).body.code, 'MR_REQUEST');
    for (const follower of [some, single, back, lost, nodes]) follower.close();
    await api.close();
  });

  it('are cut off for a reader that does not read', async () => {
    const api = await testApi(databases);
    const url = new URL(await api.app.listen({ port: 0, host: '127.0.0.1' }));
    const job = await putJob(api.store, 'job');
    const build = await putBuild(api.store, job, 'job', 1, { facts: JSON.stringify({ description: 'x'.repeat(500_000) }) });
    const { connect } = await import('node:net');
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET /api/v1/events?topics=builds HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.tokens.viewer}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const gone = new Promise<void>((resolve) => {
      api.app.server.getConnections((_e, n) => assert.equal(n, 1));
      const look = setInterval(() => {
        api.app.server.getConnections((_e, n) => {
          if (n > 0) {
            void putFlush(api.store, build, { journal: '{}\n' });
            return;
          }
          clearInterval(look);
          resolve();
        });
      }, 70);
    });
    await gone;
    socket.destroy();
    await api.close();
  });
});
