import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { isAlive } from '../tasks/processes.ts';
import type { AgentOptions, RunningAgent } from './run-agent.ts';
import { runAgent } from './run-agent.ts';
import { FakeServer, until } from './testing/fake-server.ts';

async function world(
  t: TestContext,
  options: Partial<AgentOptions> = {},
): Promise<{ server: FakeServer; root: string; agent: RunningAgent; again(): RunningAgent }> {
  const server = await new FakeServer().start();
  const root = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  const agents: RunningAgent[] = [];
  const begin = (): RunningAgent => {
    const agent = runAgent({ urls: [server.url], name: 'n', secret: 'sesame', root, graceMs: 300, longestWaitMs: 200, ...options });
    agent.ended.catch(() => undefined);
    agents.push(agent);
    return agent;
  };
  t.after(async () => {
    for (const agent of agents) agent.stop();
    await Promise.allSettled(agents.map((a) => a.ended));
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  return { server, root, agent: begin(), again: begin };
}
function left(root: string): string[] {
  return ['tasks', 'operations'].flatMap((kind) => (existsSync(join(root, '.millrace', kind)) ? readdirSync(join(root, '.millrace', kind)) : []));
}

test('a task is run, its output and result are told, and nothing is left of it', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('b1-0.1', 'echo hello; exit 3', root);
  await until(() => work.result);
  assert.deepEqual(work.result, { exit: 3 });
  assert.equal(work.output.toString(), '+ echo hello\nhello\n+ exit 3\n');
  await until(() => left(root).length === 0);
  assert.equal(server.connects[0]?.facts.root, root);
});

test('standard output that is asked for comes with the result', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho caught', root, { returnStdout: true });
  await until(() => work.result);
  assert.deepEqual(work.result, { exit: 0, stdout: 'caught\n' });
});

test('secrets are masked before they leave, also where acknowledgements are lost', async (t) => {
  const { server, root } = await world(t);
  let n = 0;
  server.fault = (_, path) => (path.includes('/output') && ++n % 2 === 1 ? 'lose' : undefined);
  const work = server.task('a', '#!/bin/sh\nfor i in 1 2 3; do printf "it is sesa"; sleep 0.05; echo me$i; done', root, { masks: ['sesame'] });
  await until(() => work.result);
  assert.equal(work.output.toString(), 'it is ****1\nit is ****2\nit is ****3\n');
});

test("the machine's own secrets are masked as those of a step are", async (t) => {
  const { server, root } = await world(t, { masks: ['sesame', ''] });
  const work = server.task('a', '#!/bin/sh\necho it is sesame and open', root, { masks: ['open'] });
  await until(() => work.result);
  assert.equal(work.output.toString(), 'it is **** and ****\n');
});

test('output arrives once and in order when answers are lost, connections cut and errors given', async (t) => {
  const { server, root } = await world(t);
  let n = 0;
  server.fault = (_, path) =>
    path.includes('/output') || path.includes('/result') ? (['lose', 'drop', { status: 503 }, { status: 404 }, undefined] as const)[n++ % 5] : undefined;
  const work = server.task('a', '#!/bin/sh\nfor i in $(seq 1 20); do echo $i; sleep 0.01; done', root);
  await until(() => work.result);
  assert.equal(work.output.toString(), Array.from({ length: 20 }, (_, i) => `${i + 1}\n`).join(''));
  assert.deepEqual(work.result, { exit: 0 });
});

test('a server that has less or more than the agent thinks says where to go on', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho first\nwhile [ ! -e go ]; do sleep 0.02; done\necho second', root);
  await until(() => work.cursor === 6);
  work.output = Buffer.alloc(0);
  work.cursor = 0;
  writeFileSync(join(root, 'go'), '');
  await until(() => work.result);
  assert.equal(work.output.toString(), 'first\nsecond\n');
});

test('while no server answers, work goes on; all of it is told later', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho one; while [ ! -e go ]; do sleep 0.02; done; seq 1 20000; touch ended', root);
  await until(() => work.cursor > 0);
  await server.stop();
  writeFileSync(join(root, 'go'), '');
  await until(() => existsSync(join(root, 'ended')));
  await server.start();
  await until(() => work.result);
  assert.equal(work.output.toString(), `one\n${Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join('')}`);
});

test('a cancel ends the whole tree, gently then hard, however often it is told', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\ntrap "echo asked" TERM\n( trap "" TERM; sleep 60 ) &\necho ready\nwait\nwait', root);
  await until(() => work.cursor > 0);
  server.cancel('a', 'interrupted');
  await until(() => work.result);
  assert.equal(work.output.toString(), 'ready\nasked\n');
  await until(() => left(root).length === 0);
});

test('work that comes after a task that ended during a poll is not kept waiting', async (t) => {
  const { server, root } = await world(t, { pauseMs: 3_600_000 });
  for (const id of ['a', 'b', 'c']) {
    const work = server.task(id, 'true', root);
    await until(() => work.result);
    // The poll that named it as running is answered: it is to be forgotten.
    await until(() => server.polls.at(-1)?.have.length === 0);
  }
});

test('a kill ends it at once, and it is told as lost', async (t) => {
  const { server, root } = await world(t, { graceMs: 60_000 });
  const work = server.task('a', '#!/bin/sh\ntrap "" TERM\necho ready\nsleep 60', root);
  await until(() => work.cursor > 0);
  server.cancel('a', 'interrupted');
  await until(() => server.polls.length > 3);
  server.cancel('a', 'killed');
  await until(() => work.result);
  assert.deepEqual(work.result, { exit: -1, lost: true });
});

test('what the server no longer wants is killed and forgotten', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho $$ >pid\necho ready\nwhile :; do echo more; sleep 0.05; done', root);
  const forgotten = server.task('b', '#!/bin/sh\necho ready\nsleep 60', root);
  await until(() => work.cursor > 0 && forgotten.cursor > 0);
  work.unwanted = true;
  forgotten.unwanted = true;
  server.forget.add('b');
  server.changed();
  await until(() => left(root).length === 0);
  const pid = Number(readFileSync(join(root, 'pid'), 'utf8'));
  await until(() => !isAlive(pid, `MILLRACE_TASK=${join(root, '.millrace/tasks/a')}`));
});

test('an agent that was stopped leaves its tasks running, and the next one follows them', async (t) => {
  const { server, root, agent, again } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho x >>once\necho first\nwhile [ ! -e go ]; do sleep 0.02; done\necho second', root);
  await until(() => work.cursor > 0);
  agent.stop();
  assert.equal(await agent.ended, 'stopped');
  writeFileSync(join(root, 'go'), '');
  server.loseSessions();
  again();
  await until(() => work.result);
  assert.equal(work.output.toString(), 'first\nsecond\n');
  assert.equal(readFileSync(join(root, 'once'), 'utf8'), 'x\n');
  assert.deepEqual(server.connects[1]?.have, ['a']);
});

test('a task that is listed again after its result is not run a second time', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho x >>once', root);
  await until(() => work.result && left(root).length === 0);
  work.result = null;
  server.changed();
  await until(() => work.result);
  assert.deepEqual(work.result, { exit: -1, lost: true });
  assert.equal(readFileSync(join(root, 'once'), 'utf8'), 'x\n');
});

test('a lost session is begun anew, with what is held', async (t) => {
  const { server, root } = await world(t);
  const work = server.task('a', '#!/bin/sh\necho ready\nwhile [ ! -e go ]; do sleep 0.02; done', root);
  await until(() => work.cursor > 0);
  server.loseSessions();
  await until(() => server.connects.length === 2);
  writeFileSync(join(root, 'go'), '');
  await until(() => work.result);
  assert.deepEqual(server.connects[1]?.have, ['a']);
  assert.equal(work.listed, 1);
});

test('a wrong secret ends the agent', async (t) => {
  const { agent } = await world(t, { secret: 'wrong' });
  await assert.rejects(agent.ended, /MR_AGENT_SECRET/);
});

test('an agent under a name that is taken says so, and one for a root that is in use', async (t) => {
  const { server, root } = await world(t);
  await until(() => server.polls.length > 0);
  const other = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  t.after(() => rmSync(other, { recursive: true, force: true }));
  const options = { urls: [server.url], name: 'n', secret: 'sesame', connectedPatienceMs: 100, longestWaitMs: 50 };
  await assert.rejects(runAgent({ ...options, root: other }).ended, /MR_AGENT_CONNECTED/);
  await assert.rejects(runAgent({ ...options, root }).ended, /MR_AGENT_ROOT/);
});

for (const end of ['disconnect', 'deleted'] as const) {
  test(`${end} ends the agent and lets its tasks run`, async (t) => {
    const { server, root, agent } = await world(t);
    const work = server.task('a', '#!/bin/sh\necho ready\nwhile [ ! -e go ]; do sleep 0.02; done\ntouch ended', root);
    await until(() => work.cursor > 0);
    server.end = end;
    server.changed();
    assert.equal(await agent.ended, end);
    writeFileSync(join(root, 'go'), '');
    await until(() => existsSync(join(root, 'ended')));
  });
}

test('another address is asked where one does not answer', async (t) => {
  const server = await new FakeServer().start();
  const root = mkdtempSync(join(tmpdir(), 'millrace-agent-'));
  const agent = runAgent({ urls: ['http://127.0.0.1:1', server.url], name: 'n', secret: 'sesame', root, longestWaitMs: 50 });
  t.after(async () => {
    agent.stop();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  await until(() => server.connects.length > 0);
});

test('a task that cannot be started fails with the reason', async (t) => {
  const { server, root } = await world(t);
  writeFileSync(join(root, 'file'), '');
  const blocked = server.task('a', 'true', join(root, 'file', 'below'));
  const windows = server.task('b', 'dir', root, { shell: 'bat' });
  const broken = server.add('c', 'task', { nonsense: 1 });
  const unknown = server.add('d', 'levitate', {});
  await until(() => [blocked, windows, broken, unknown].every((w) => w.result));
  for (const work of [blocked, windows, broken, unknown]) assert.ok(work.result !== null && 'err' in work.result, work.id);
  await until(() => left(root).length === 0);
});

test('malformed answers of any kind neither end the agent nor stop its work', async (t) => {
  const { server, root, agent } = await world(t, { longestWaitMs: 5 });
  server.pollSeconds = 0.02;
  const pieces = [
    ...['null', '[]', '{', '', '"x"', '{"work":7,"cancel":{},"forget":"a"}', '{"cursor":-1}', '{"cursor":"7"}', '{"cursor":1e99}', '{"offset":{}}'],
    '{"work":[null,1,{"id":"../x","kind":"task"},{"id":"y"}],"forget":["../../etc",3]}',
    '{"work":[],"settings":{"pollSeconds":"x","env":[1]}}',
    '\u0000\uffff'.repeat(1_000),
  ];
  let seed = 7;
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed >>> 8) % n;
  };
  let faults = 0;
  server.fault = () => {
    if (random(3) === 0 || ++faults > 200) return undefined;
    const status = [200, 204, 206, 302, 400, 404, 409, 413, 500, 502][random(10)] as number;
    return random(6) === 0 ? 'drop' : { status, ...(status === 204 ? {} : { body: pieces[random(pieces.length)] as string }) };
  };
  let over = false;
  agent.ended.catch(() => {
    over = true;
  });
  const works = Array.from({ length: 10 }, (_, i) => server.task(`t${i}`, `#!/bin/sh\necho x >>once${i}\nseq 1 500`, root));
  await until(() => faults > 200, 'all faults', 60_000);
  await until(() => works.every((w) => w.result));
  assert.equal(over, false);
  for (const i of works.keys()) assert.equal(readFileSync(join(root, `once${i}`), 'utf8'), 'x\n');
});
