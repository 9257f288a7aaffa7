import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { TaskSpec } from './task-runner.ts';
import { TaskRunner } from './task-runner.ts';

const state = mkdtempSync(join(tmpdir(), 'millrace-task-'));
after(() => {
  rmSync(state, { recursive: true, force: true });
});

function spec(id: string, script: string, more: Partial<TaskSpec> = {}): TaskSpec {
  return { id, script, cwd: state, env: { PATH: process.env['PATH'] ?? '/bin' }, returnStdout: false, encoding: null, masks: [], ...more };
}
interface End {
  readonly text: string;
  readonly exit: number;
  readonly stdout?: string;
  readonly lost: boolean;
}
function run(runner: TaskRunner, task: TaskSpec, from = 0, onOutput?: (text: string) => void): Promise<End> {
  return new Promise((resolve) => {
    let text = '';
    runner.run(task, from, {
      output: (p) => {
        text += p.text;
        onOutput?.(text);
      },
      ended: (r) => {
        resolve({ text, ...r });
      },
    });
  });
}

test('a script is traced, and its status told', async () => {
  const { text, exit } = await run(new TaskRunner(state), spec('a', 'echo hello\nfalse\necho never'));
  assert.equal(text, '+ echo hello\nhello\n+ false\n');
  assert.equal(exit, 1);
});

test('a first line that names an interpreter is honoured', async () => {
  const { text } = await run(new TaskRunner(state), spec('b', '#!/bin/sh\nfalse\nprintf "went on"'));
  assert.equal(text, 'went on');
});

test('standard output is captured apart', async () => {
  const { text, stdout } = await run(new TaskRunner(state), spec('c', 'echo caught; echo shown >&2', { returnStdout: true }));
  assert.equal(stdout, 'caught\n');
  assert.equal(text, '+ echo caught\n+ echo shown\nshown\n');
});

test('secrets are masked', async () => {
  const { text } = await run(new TaskRunner(state), spec('d', 'echo "it is $WORD"', { env: { PATH: '/bin:/usr/bin', WORD: 'sesame' }, masks: ['sesame'] }));
  assert.equal(text, '+ echo it is ****\nit is ****\n');
});

test('a task that was started is followed, not started again', async () => {
  const task = spec('e', '#!/bin/sh\necho one >>once\necho first\nsleep 0.3\necho second');
  const first = new TaskRunner(state);
  const known = await new Promise<number>((resolve) => {
    const follower = first.run(task, 0, {
      output: (p) => {
        follower.stop();
        resolve(p.to);
      },
      ended: () => undefined,
    });
  });
  const { text, exit } = await run(new TaskRunner(state), task, known);
  assert.equal(text, 'second\n');
  assert.equal(exit, 0);
  assert.equal(readFileSync(join(state, 'once'), 'utf8'), 'one\n');
});

test('cancel ends the whole tree, and the status tells by what', async () => {
  const runner = new TaskRunner(state, { graceMs: 300 });
  const { exit } = await run(runner, spec('f', '#!/bin/sh\n( trap "" TERM; sleep 60 ) &\necho ready\nwait'), 0, (text) => {
    if (text.includes('ready')) runner.cancel('f');
  });
  assert.equal(exit, 143);
});

test('a task whose process vanished is told as lost', async () => {
  const runner = new TaskRunner(state);
  const { exit, lost } = await run(runner, spec('g', '#!/bin/sh\necho ready\nsleep 60'), 0, (text) => {
    if (text.includes('ready')) runner.kill('g');
  });
  assert.equal(exit, -1);
  assert.equal(lost, true);
});

test('a task outlives the process that started it', async () => {
  const program = `import { TaskRunner } from ${JSON.stringify(join(import.meta.dirname, 'task-runner.ts'))};
    new TaskRunner(${JSON.stringify(state)}).run(${JSON.stringify(spec('h', '#!/bin/sh\necho begun\nsleep 0.5\necho ended'))}, 0,
      { output: () => { process.kill(process.pid, 'SIGKILL'); }, ended: () => {} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  await new Promise((resolve) => {
    child.on('exit', resolve);
  });
  assert.ok(!existsSync(join(state, 'tasks', 'h', 'result')));
  const { text, exit } = await run(new TaskRunner(state), spec('h', '#!/bin/sh\necho begun\nsleep 0.5\necho ended'));
  assert.equal(text, 'begun\nended\n');
  assert.equal(exit, 0);
});

test('a task of the same id that another agent of this machine runs is left alone', async () => {
  const mine = new TaskRunner(state);
  const others = mkdtempSync(join(tmpdir(), 'millrace-task-'));
  const other = new TaskRunner(others);
  let ready = (): void => undefined;
  const printed = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const end = run(other, spec('same', '#!/bin/sh\necho ready\nwhile [ ! -e go ]; do sleep 0.02; done', { cwd: others }), 0, () => ready());
  await printed;
  const own = run(mine, spec('same', '#!/bin/sh\nsleep 60'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  mine.kill('same');
  assert.equal((await own).lost, true);
  writeFileSync(join(others, 'go'), '');
  assert.equal((await end).exit, 0);
  rmSync(others, { recursive: true, force: true });
});
