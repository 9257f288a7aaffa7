/** `millrace up` whose PostgreSQL is not there yet, or does not let it in. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { freePort, TestPostgres } from '../../controller/src/store/testing/databases.ts';

const COMMAND = join(import.meta.dirname, '../bin/millrace.js');

class Up {
  readonly child: ChildProcess;
  said = '';
  constructor(url: string, port: number, data: string) {
    const env = { ...process.env, DATABASE_URL: url, MILLRACE_KEY: randomBytes(32).toString('base64') };
    this.child = spawn(process.execPath, [COMMAND, 'up', '--data', data, '--listen', `127.0.0.1:${port}`, '--executors', '0'], { env });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => {
        this.said += text.toString();
      });
  }
  async until(text: RegExp): Promise<void> {
    while (!text.test(this.said)) {
      assert.equal(this.child.exitCode, null, this.said);
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

describe('a start', () => {
  const postgres = new TestPostgres();
  after(() => postgres.stop());

  it('waits for a database that is away, lives and tells why it is not ready, and goes on when it is there', async () => {
    const url = new URL(await postgres.database());
    const far = Number(url.port);
    const near = await freePort();
    url.port = String(near);
    const port = await freePort();
    const up = new Up(url.href, port, postgres.folders.make());
    const door = createServer((socket) => {
      const through = connect(far, '127.0.0.1');
      socket.pipe(through).pipe(socket);
      socket.on('error', () => through.destroy());
      through.on('error', () => socket.destroy());
    });
    try {
      await up.until(/the start waits for it/);
      const asked = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
      while ((await asked('/healthz').catch(() => null)) === null);
      assert.deepEqual(await (await asked('/healthz')).json(), { status: 'ok' });
      for (const path of ['/readyz', '/api/v1/items']) {
        const answer = await asked(path);
        assert.equal(answer.status, 503);
        const { code, detail } = (await answer.json()) as { code: string; detail: string };
        assert.equal(code, 'MR_STORE_AWAY');
        assert.match(detail, /ECONNREFUSED/);
      }
      door.listen(near, '127.0.0.1');
      await up.until(/ is up: /);
      assert.equal((await asked('/readyz')).status, 200);
      assert.equal(up.said.match(/the start waits for it/g)?.length, 1, up.said);
      assert.match(up.said, /the database is there/);
    } finally {
      up.child.kill('SIGTERM');
      await once(up.child, 'exit');
      door.close();
    }
  });

  it('ends with a code where waiting does not help', async () => {
    const good = await postgres.database();
    const wrong = new URL(good);
    wrong.password = 'not this one';
    for (const [url, words] of [
      [wrong.href, /password authentication failed/],
      [good.replace(/[^/]+$/, 'nowhere'), /database "nowhere" does not exist/],
    ] as const) {
      const up = new Up(url, await freePort(), postgres.folders.make());
      const [code] = (await once(up.child, 'close')) as [number];
      assert.notEqual(code, 0);
      assert.match(up.said, /^millrace: MR_STORE_REFUSED: /m);
      assert.match(up.said, words);
    }
  });

  it('ends at once when it is told to while it waits', async () => {
    const up = new Up(`postgres://nobody@127.0.0.1:${await freePort()}/x`, await freePort(), postgres.folders.make());
    await up.until(/the start waits for it/);
    up.child.kill('SIGTERM');
    assert.deepEqual(await once(up.child, 'exit'), [0, null]);
  });
});
