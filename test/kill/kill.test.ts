/**
 * Promise 2, tried: each pipeline of `pipelines/` is run by the command, killed (kill -9) after every single entry of its
 * journal, and resumed. Its console text, result and what its shell steps did must be those of a run that nobody disturbed.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';

const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');
const PIPELINES = join(import.meta.dirname, 'pipelines');
/** Branches run side by side: the order of their lines is no promise, the lines are. */
const IN_ANY_ORDER: ReadonlySet<string> = new Set(['parallel', 'declarative', 'library']);

const scratch = mkdtempSync(join(tmpdir(), 'millrace-kill-'));
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
}

function millrace(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: scratch, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.on('close', (code, signal) => {
      resolve({ code, signal, out });
    });
  });
}

function consoleOf(state: string, workspace: string, name: string): string {
  const text = readFileSync(join(state, 'log'), 'utf8').replaceAll(workspace, '<workspace>');
  return IN_ANY_ORDER.has(name) ? text.split('\n').sort().join('\n') : text;
}

const entries = (state: string): number =>
  existsSync(join(state, 'journal.jsonl')) ? readFileSync(join(state, 'journal.jsonl'), 'utf8').split('\n').length - 1 : 0;

for (const file of readdirSync(PIPELINES)
  .filter((f) => f.endsWith('.groovy'))
  .sort()) {
  const name = basename(file, '.groovy');
  test(`killed after every entry: ${name}`, { timeout: 300_000 }, async () => {
    // Away from this project's own repository, which `checkout scm` would take.
    const script = join(scratch, file);
    copyFileSync(join(PIPELINES, file), script);
    const config = join(PIPELINES, `${name}.yaml`);
    const common = [...(existsSync(config) ? ['--config', config] : []), '--input', 'go=proceed'];
    const begin = (state: string, env?: Record<string, string>): Promise<Ended> =>
      millrace(['run', script, '--state', state, '--workspace', `${state}-w`, ...common], env);
    const calm = join(scratch, `${name}-calm`);
    const undisturbed = await begin(calm);
    const expected = consoleOf(calm, `${calm}-w`, name);
    assert.match(expected, /Finished: /, undisturbed.out);
    const total = entries(calm);
    for (let n = 1; n < total; n++) {
      const state = join(scratch, `${name}-${n}`);
      const killed = await begin(state, { MILLRACE_TEST_KILL_AFTER: String(n) });
      // How many clock entries there are may differ from run to run; then it ended before.
      if (killed.signal !== 'SIGKILL') continue;
      const resumed = await millrace(['run', '--resume', state, ...common]);
      assert.equal(resumed.code, undisturbed.code, `killed after entry ${n}: ${resumed.out}`);
      const actual = consoleOf(state, `${state}-w`, name);
      if (actual !== expected) writeFileSync(join(scratch, 'actual'), actual);
      assert.equal(actual, expected, `killed after entry ${n} of ${total}`);
      // What the resumed command shows is the whole text as well.
      assert.ok(
        resumed.out.includes('Start of Pipeline') &&
          resumed.out.trimEnd().endsWith(expected.includes('Finished: UNSTABLE') ? 'Finished: UNSTABLE' : 'Finished: SUCCESS'),
        resumed.out,
      );
      rmSync(state, { recursive: true, force: true });
    }
  });
}

test('killed while a shell step prints, and followed where it was', { timeout: 60_000 }, async () => {
  const script = join(scratch, 'printing.groovy');
  writeFileSync(script, "node { sh '''#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do echo line $i; sleep 0.3; done\necho once >>ran''' ; sh 'cat ran' }");
  // The journal's first entry, the step's first line in the log, and a later one.
  for (const seen of ['', 'line 1\n', 'line 6\n']) {
    const state = join(scratch, `printing-${seen.trim().replace(' ', '-')}`);
    const child = spawn(process.execPath, [COMMAND, 'run', script, '--state', state, '--workspace', `${state}-w`], { cwd: scratch, stdio: 'ignore' });
    const ended = new Promise((resolve) => {
      child.on('close', resolve);
    });
    await until(() => (seen === '' ? entries(state) > 0 : existsSync(join(state, 'log')) && readFileSync(join(state, 'log'), 'utf8').includes(seen)));
    child.kill('SIGKILL');
    await ended;
    const resumed = await millrace(['run', '--resume', state]);
    assert.equal(resumed.code, 0, resumed.out);
    const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `line ${n}\n`).join('');
    assert.ok(resumed.out.includes(`[Pipeline] sh\n${lines}[Pipeline] sh\n+ cat ran\nonce\n[Pipeline] }\n`), resumed.out);
    // A build that has ended only shows what it was.
    const again = await millrace(['run', '--resume', state]);
    assert.deepEqual([again.code, again.out], [0, resumed.out]);
  }
});

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'what was waited for did not happen');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
