/** The agent is killed with -9 between any two steps; every task still runs once, and all of its output arrives once. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { FakeServer, until } from './testing/fake-server.ts';
import { MortalAgent } from './testing/mortal-agent.ts';

interface World {
  readonly server: FakeServer;
  readonly root: string;
  start(): ChildProcess;
  kill(): Promise<void>;
}

async function world(t: TestContext): Promise<World> {
  const server = await new FakeServer().start();
  const root = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  const agent = new MortalAgent(server, root);
  t.after(async () => {
    await agent.kill();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    server,
    root,
    start: () => agent.start(),
    kill: () => agent.kill(),
  };
}

const EXPECTED = `${Array.from({ length: 30 }, (_, i) => `${i + 1}\n`).join('')}`;

test('killed at moments that the server sees: each request before and after it is done', async (t) => {
  const { server, root, start, kill } = await world(t);
  const moments: [string, RegExp, 'drop' | 'lose'][] = [];
  for (const how of ['drop', 'lose'] as const) for (const path of [/^connect$/, /^poll$/, /output$/, /result$/]) moments.push([`${path} ${how}`, path, how]);
  for (const [i, [name, path, how]] of moments.entries()) {
    let killed: Promise<void> | null = null;
    server.fault = (_, at) => {
      if (killed !== null || !path.test(at)) return undefined;
      killed = kill();
      return how;
    };
    // Output is a request of its own while the task runs; what is left at its end comes with the result.
    const go = join(root, `go${i}`);
    if (!path.test('output')) writeFileSync(go, '');
    start();
    const work = server.task(`t${i}`, `#!/bin/sh\necho x >>once${i}\nseq 1 30; while [ ! -e ${go} ]; do sleep 0.02; done`, root);
    await until(() => killed, name);
    await killed;
    writeFileSync(go, '');
    start();
    await until(() => work.result, name);
    assert.deepEqual(work.result, { exit: 0 }, name);
    assert.equal(work.output.toString(), EXPECTED, name);
    assert.equal(readFileSync(join(root, `once${i}`), 'utf8'), 'x\n', name);
    await kill();
  }
});

test('killed at any time while many tasks start, run and end', async (t) => {
  const { server, root, start, kill } = await world(t);
  const works = Array.from({ length: 30 }, (_, i) => server.task(`t${i}`, `#!/bin/sh\necho x >>once${i}\nseq 1 15; sleep 0.0${i % 10}; seq 16 30`, root));
  for (let round = 0; works.some((w) => w.result === null); round++) {
    assert.ok(round < 200, 'the tasks come to an end');
    start();
    const before = server.connects.length;
    await until(() => server.connects.length > before);
    // Any moment will do: later and later, so that the tasks end at last.
    await new Promise((done) => setTimeout(done, 3 + ((round * 7) % 40) + round * 4));
    await kill();
  }
  for (const [i, work] of works.entries()) {
    assert.deepEqual(work.result, { exit: 0 }, work.id);
    assert.equal(work.output.toString(), EXPECTED, work.id);
    assert.equal(readFileSync(join(root, `once${i}`), 'utf8'), 'x\n', work.id);
  }
  start();
  await until(() => readdirSync(join(root, '.millrace', 'tasks')).length === 0);
});

test('an operation that was under way is made again, and prints nothing twice', async (t) => {
  const { server, root, start, kill } = await world(t);
  writeFileSync(join(root, 'log'), 'old\n');
  const append = server.add('append', 'file.write', { lease: 'l', cwd: root, path: 'log', content: 'new\n', encoding: null, append: true });
  server.fault = (_, path) => (path.endsWith('/result') ? 'drop' : undefined);
  start();
  await until(() => existsSync(join(root, '.millrace', 'operations', 'append', 'result')));
  await kill();
  // As if it had died before it could note the result.
  rmSync(join(root, '.millrace', 'operations', 'append', 'result'));
  server.fault = () => undefined;
  start();
  await until(() => append.result);
  assert.equal(readFileSync(join(root, 'log'), 'utf8'), 'old\nnew\n');
});

test('a folder that was only begun is taken up', async (t) => {
  const { server, root, start } = await world(t);
  const { mkdirSync } = await import('node:fs');
  for (const [id, files] of Object.entries({ empty: [], half: ['script.new'] })) {
    mkdirSync(join(root, '.millrace', 'tasks', id), { recursive: true });
    for (const file of files) writeFileSync(join(root, '.millrace', 'tasks', id, file), 'exit 7');
    server.task(id, '#!/bin/sh\necho ran', root);
  }
  start();
  await until(() => [...server.works.values()].every((w) => w.result));
  for (const work of server.works.values()) assert.equal(work.output.toString(), 'ran\n', work.id);
});
