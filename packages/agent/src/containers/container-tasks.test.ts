/** Steps in another container of the pod, with real processes in namespaces of their own. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import type { AgentOptions, RunningAgent } from '../program/run-agent.ts';
import { runAgent } from '../program/run-agent.ts';
import type { FakeWork } from '../program/testing/fake-server.ts';
import { FakeServer, until } from '../program/testing/fake-server.ts';
import type { StandInOptions } from './testing/stand-in.ts';
import { BUSYBOX, StandIn, standInMissing } from './testing/stand-in.ts';

const MOUNTED_AT = '/home/jenkins/agent';

interface Pod {
  readonly server: FakeServer;
  readonly root: string;
  readonly container: StandIn;
  readonly options: AgentOptions;
  /** Names of containers that the server was asked to enter, in order. */
  readonly entered: string[];
  task(id: string, script: string, more?: Readonly<Record<string, unknown>>): FakeWork;
}

async function pod(t: TestContext, inside: Partial<StandInOptions> = {}, more: Partial<AgentOptions> = {}): Promise<Pod> {
  const server = await new FakeServer().start();
  const root = mkdtempSync(join(tmpdir(), 'millrace-pod-'));
  chmodSync(root, 0o777);
  const container = await StandIn.start({ volume: root, mountedAt: MOUNTED_AT, ...inside });
  const entered: string[] = [];
  server.enter = (name) => {
    entered.push(name);
    if (name !== 'maven') return { status: 422, body: { code: 'MR_CONTAINER_UNKNOWN', message: `the pod has no container ‘${name}’` } };
    const { status, output } = container.enter(name);
    return status === 0 ? { status: 204 } : { status: 422, body: { code: 'MR_CONTAINER_REFUSED', message: output } };
  };
  t.after(async () => {
    await container.remove();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const options = {
    urls: [server.url],
    name: 'n',
    secret: 'sesame',
    root,
    graceMs: 300,
    longestWaitMs: 100,
    pod: { busybox: BUSYBOX, container: 'jnlp' },
    ...more,
  };
  const task: Pod['task'] = (id, script, request = {}) =>
    server.task(id, script, join(root, 'workspace/job'), { env: {}, launchers: [{ kind: 'container', name: 'maven', shell: null }], ...request });
  return { server, root, container, options, entered, task };
}
function withAgent(t: TestContext, { options }: Pod): RunningAgent {
  const agent = runAgent(options);
  agent.ended.catch(() => undefined);
  t.after(async () => {
    agent.stop();
    await agent.ended.catch(() => undefined);
  });
  return agent;
}
function left(root: string): string[] {
  return readdirSync(join(root, '.millrace/tasks'));
}

describe('steps in another container of the pod', { skip: standInMissing() }, () => {
  it("run with the container's own variables, beside the step's, in the same workspace, wherever the volume lies there", async (t) => {
    const place = await pod(t, { env: { PATH: '/bin', OF_IMAGE: 'yes', HOME: '/home/own' } });
    withAgent(t, place);
    const path = process.env['PATH'] ?? '';
    const env = {
      GIVEN: "it's\ntwo Á lines",
      WORKSPACE: join(place.root, 'workspace/job'),
      PATH: `/own/bin:${path}`,
      HOME: process.env['HOME'] ?? '/',
      'not.a.name': 'x',
    };
    const work = place.task(
      'b1-0.1',
      `#!/bin/sh\necho "$OF_IMAGE $HOME $PATH $WORKSPACE"; echo "$GIVEN"; pwd; touch made; env | grep -o '^[A-Z_]*=' | sort | xargs`,
      {
        env,
      },
    );
    await until(() => work.result);
    assert.deepEqual(work.result, { exit: 0 });
    assert.equal(
      work.output.toString(),
      `yes /home/own /own/bin:/bin ${MOUNTED_AT}/workspace/job\nit's\ntwo Á lines\n${MOUNTED_AT}/workspace/job\nGIVEN= HOME= MILLRACE_TASK= OF_IMAGE= PATH= PWD= SHLVL= WORKSPACE=\n`,
    );
    assert.ok(existsSync(join(place.root, 'workspace/job/made')));
    await until(() => left(place.root).length === 0);
  });

  it('trace their commands and tell status and standard output; the runner is started once for all of them', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const works = Array.from({ length: 20 }, (_, i) => place.task(`t${i}`, `echo ${i}; echo shown >&2; exit ${i}`, { returnStdout: true }));
    await until(() => works.every((w) => w.result));
    for (const [i, work] of works.entries()) {
      assert.deepEqual(work.result, { exit: i, stdout: `${i}\n` });
      assert.equal(work.output.toString(), `+ echo ${i}\n+ echo shown\nshown\n+ exit ${i}\n`);
    }
    assert.deepEqual(place.entered, ['maven']);
  });

  it('leave no zombies behind, and their signals as they are', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    for (let i = 0; i < 5; i++) {
      const work = place.task(`t${i}`, '#!/bin/sh\nexec grep -E "Sig(Ign|Cgt|Blk)" /proc/self/status');
      await until(() => work.result);
      assert.match(work.output.toString(), /SigBlk:\t0+\nSigIgn:\t0+\nSigCgt:\t0+\n/);
    }
    // The last of them is taken away a little after it has told its result.
    let left: string[] = [];
    const few = until(() => {
      left = place.container.processes();
      return left.length <= 4;
    });
    await few.catch((error: Error) => assert.fail(`${error.message}\n${left.join('\n')}`));
  });

  it('get no file that is not theirs', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\nls -l /proc/self/fd 2>/dev/null | grep -v /output | grep millrace; echo none');
    await until(() => work.result);
    assert.equal(work.output.toString(), 'none\n');
  });

  it('write no variable to the disk, and print no secret', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const secret = randomUUID();
    const work = place.task('a', '#!/bin/sh\necho "it is $WORD"; while [ ! -e go ]; do sleep 0.02; done', { env: { WORD: secret }, masks: [secret] });
    const large = place.task('b', '#!/bin/sh\necho "${#A} ${#B}"', { env: { A: 'x'.repeat(100_000), B: `${'y'.repeat(60_000)}\n`.repeat(2).trim() } });
    await until(() => work.cursor > 0 && large.result);
    const files = globSync('**/*', { cwd: place.root, exclude: () => false }).concat(globSync('.millrace/**/*', { cwd: place.root }));
    for (const file of files) {
      const path = join(place.root, file);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() && !file.endsWith('/output')) assert.ok(!readFileSync(path).includes(secret), file);
    }
    writeFileSync(join(place.root, 'workspace/job/go'), '');
    await until(() => work.result);
    assert.equal(work.output.toString(), 'it is ****\n');
    assert.equal(large.output.toString(), '100000 120001\n');
  });

  it('are aborted gently and then hard', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\ntrap "echo asked" TERM\n( trap "" TERM; sleep 60 ) &\n( env -i sleep 60 ) &\necho ready\nwait\nwait');
    await until(() => work.cursor > 0);
    place.server.cancel('a', 'interrupted');
    await until(() => work.result);
    assert.equal(work.output.toString(), 'ready\nasked\n');
    await until(() => !place.container.processes().some((p) => / sleep 60/.test(p) && !/ Z /.test(p)));
    const hard = place.task('b', '#!/bin/sh\ntrap "" TERM\necho ready\nsleep 60');
    await until(() => hard.cursor > 0);
    place.server.cancel('b', 'killed');
    await until(() => hard.result);
    assert.deepEqual(hard.result, { exit: -1, lost: true });
    await until(() => left(place.root).length === 0);
  });

  it('are killed where the server no longer wants them', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\necho ready\nsleep 60');
    await until(() => work.cursor > 0);
    work.unwanted = true;
    place.server.forget.add('a');
    place.server.changed();
    await until(() => !place.container.processes().some((p) => / sleep 60/.test(p) && !/ Z /.test(p)));
    await until(() => left(place.root).length === 0);
  });

  it('leave nothing running when the lease ends', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\nsleep 60 >/dev/null 2>&1 &', { cookie: '7.2' });
    await until(() => work.result);
    // It is a shell still until it has become the program.
    await until(() => place.container.processes().some((p) => / sleep 60/.test(p)));
    const end = place.server.add('end', 'lease.end', { cookie: '7.2' });
    await until(() => end.result && !place.container.processes().some((p) => / sleep 60/.test(p) && !/ Z /.test(p)));
  });

  it('go on while the agent is killed and another one comes, and run once', async (t) => {
    const place = await pod(t);
    const agents: ChildProcess[] = [];
    const start = (): ChildProcess => {
      const child = spawn(process.execPath, [join(import.meta.dirname, '../program/testing/start.ts'), JSON.stringify(place.options)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      agents.push(child);
      return child;
    };
    const kill = async (child: ChildProcess): Promise<void> => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      place.server.loseSessions();
    };
    t.after(() => {
      for (const child of agents) child.kill('SIGKILL');
    });
    const works = Array.from({ length: 10 }, (_, i) =>
      place.task(`t${i}`, `#!/bin/sh\necho x >>once${i}\nseq 1 15; while [ ! -e go ]; do sleep 0.02; done; seq 16 30; echo "$WORD"`, {
        env: { WORD: 'x'.repeat(90_000) },
      }),
    );
    for (let round = 0; round < 8; round++) {
      const agent = start();
      const before = place.server.connects.length;
      await until(() => place.server.connects.length > before);
      // Any moment will do.
      await new Promise((done) => setTimeout(done, 2 + round * 9));
      await kill(agent);
    }
    const agent = start();
    await until(() => works.every((w) => w.cursor > 0));
    await kill(agent);
    writeFileSync(join(place.root, 'workspace/job/go'), '');
    start();
    await until(() => works.every((w) => w.result));
    const expected = `${Array.from({ length: 30 }, (_, i) => `${i + 1}\n`).join('')}${'x'.repeat(90_000)}\n`;
    for (const [i, work] of works.entries()) {
      assert.deepEqual(work.result, { exit: 0 });
      assert.equal(work.output.toString(), expected);
      assert.equal(readFileSync(join(place.root, `workspace/job/once${i}`), 'utf8'), 'x\n');
    }
  });

  it('are lost with their container, in the words of the cloud', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\necho ready\nsleep 60');
    await until(() => work.cursor > 0);
    place.server.enter = () => ({ status: 422, body: { code: 'MR_CONTAINER_ENDED', message: 'the container ‘maven’ has ended: OOMKilled' } });
    await place.container.kill();
    await until(() => work.result);
    assert.deepEqual(work.result, {
      err: {
        code: 'MR_CONTAINER_LOST',
        message: 'the step was lost: the container ‘maven’ has ended: OOMKilled',
        type: 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException',
      },
    });
    const next = place.task('b', 'echo never');
    await until(() => next.result);
    assert.deepEqual(next.result, {
      err: { code: 'MR_CONTAINER_ENDED', message: 'the container ‘maven’ has ended: OOMKilled', type: 'hudson.AbortException' },
    });
  });

  it('are lost alone where only their processes vanish', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\nkill -9 $PPID\nsleep 60');
    await until(() => work.result);
    assert.deepEqual(work.result, { exit: -1, lost: true });
    assert.deepEqual(place.entered, ['maven']);
  });

  it('find a runner again after theirs was killed, also to be aborted', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const work = place.task('a', '#!/bin/sh\ntrap "echo asked; exit 3" TERM\necho ready\nwhile :; do sleep 0.05; done');
    await until(() => work.cursor > 0);
    const runner = place.container.processes().find((p) => / xargs /.test(p));
    assert.equal(place.container.exec('/bin/kill', '-9', /\d+/.exec(runner ?? '')?.[0] ?? '').status, 0);
    const other = place.task('b', 'echo there');
    await until(() => other.result);
    assert.equal(other.output.toString(), '+ echo there\nthere\n');
    place.server.cancel('a', 'interrupted');
    await until(() => work.result);
    assert.deepEqual(work.result, { exit: 3 });
    assert.deepEqual(place.entered, ['maven', 'maven']);
  });

  it('wait while no controller can reach the container, and are aborted in the meantime', async (t) => {
    const place = await pod(t);
    const { enter } = place.server;
    let away = 0;
    place.server.enter = () => {
      away++;
      return { status: 503, body: { code: 'MR_CLOUD_AWAY', message: 'away' } };
    };
    withAgent(t, place);
    const work = place.task('a', 'echo late');
    const other = place.task('b', 'echo never');
    await until(() => away > 3);
    place.server.cancel('b', 'interrupted');
    await until(() => other.result);
    assert.deepEqual(other.result, { err: { code: 'MR_CANCELLED', message: 'the step was cancelled before it had begun' } });
    place.server.enter = enter;
    await until(() => work.result);
    assert.equal(work.output.toString(), '+ echo late\nlate\n');
  });

  it('fail by name where there is no such container', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const unknown = place.task('a', 'true', { launchers: [{ kind: 'container', name: 'gradle' }] });
    const bad = place.task('b', 'true', { launchers: [{ kind: 'container', name: '../x' }] });
    await until(() => unknown.result && bad.result);
    assert.deepEqual(unknown.result, { err: { code: 'MR_CONTAINER_UNKNOWN', message: 'the pod has no container ‘gradle’', type: 'hudson.AbortException' } });
    assert.ok(bad.result !== null && 'err' in bad.result && bad.result.err.code === 'MR_CONTAINER_UNKNOWN');
  });

  it('fail where a runner is started again and again and never lives', async (t) => {
    const place = await pod(t);
    place.server.enter = () => ({ status: 204 });
    withAgent(t, place);
    const work = place.task('a', 'true');
    await until(() => work.result);
    assert.match((work.result as { err: { message: string } }).err.message, /has the container the volume of the workspace/);
  });

  it('fail with what to do where the image has no shell', async (t) => {
    const place = await pod(t, { shell: false });
    withAgent(t, place);
    const work = place.task('a', 'true');
    await until(() => work.result);
    assert.deepEqual(work.result, {
      err: {
        code: 'MR_CONTAINER_SHELL',
        message:
          "there is no ‘sh’ in the container ‘maven’: take an image with a shell, or name one that it has: container(name: 'maven', shell: '/busybox/sh')",
        type: 'hudson.AbortException',
      },
    });
    const other = place.task('b', '#!/usr/bin/env python3\nprint(1)');
    await until(() => other.result);
    assert.equal((other.result as { err: { message: string } }).err.message, 'there is no ‘/usr/bin/env’ in the container ‘maven’, and the step needs it');
    symlinkSync('.millrace/bin/busybox', join(place.root, 'sh'));
    const named = place.task('c', 'echo there', { launchers: [{ kind: 'container', name: 'maven', shell: `${MOUNTED_AT}/sh` }] });
    await until(() => named.result);
    assert.equal(named.output.toString(), '+ echo there\nthere\n');
  });

  it('run in the innermost container, and those of the agent in its own', async (t) => {
    const place = await pod(t);
    withAgent(t, place);
    const launchers = (...names: string[]): unknown => names.map((name) => ({ kind: 'container', name, shell: null }));
    const inner = place.task('a', '#!/bin/sh\npwd', { launchers: launchers('jnlp', 'maven') });
    const own = place.task('b', '#!/bin/sh\npwd', { launchers: launchers('maven', 'jnlp'), env: { PATH: process.env['PATH'] } });
    await until(() => inner.result && own.result);
    assert.equal(inner.output.toString(), `${MOUNTED_AT}/workspace/job\n`);
    assert.equal(own.output.toString(), `${place.root}/workspace/job\n`);
  });

  for (const [who, agentUid, uid] of [
    ['an agent that is not root and a container that is', 10_001, 0],
    ['two users that are strangers', 10_001, 20_002],
  ] as const) {
    it(`share the workspace: ${who}`, async (t) => {
      const place = await pod(t, { uid });
      const options = { ...place.options, root: join(place.root) };
      const child = spawn(process.execPath, [join(import.meta.dirname, '../program/testing/start.ts'), JSON.stringify(options)], {
        stdio: ['ignore', 'ignore', 'inherit'],
        uid: agentUid,
        gid: agentUid,
      });
      t.after(() => child.kill('SIGKILL'));
      const file = place.server.add('write', 'file.write', {
        lease: 'l',
        cwd: join(place.root, 'workspace/job'),
        path: 'given',
        content: 'given',
        encoding: null,
      });
      await until(() => file.result);
      const env = { WORKSPACE_TMP: join(place.root, 'workspace/job@tmp') };
      const work = place.task('a', '#!/bin/sh\numask 077; id -u; cat given; echo; echo x >made; echo x >"$WORKSPACE_TMP/made"; umask', {
        env,
        returnStdout: true,
      });
      await until(() => work.result);
      assert.deepEqual(work.result, { exit: 0, stdout: `${uid}\ngiven\n0077\n` });
      await until(() => left(place.root).length === 0);
    });
  }
});
