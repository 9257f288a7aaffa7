/**
 * The command as a user meets it: a project and a shared library, each in a git repository of its own, and `millrace run`
 * as a process.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const COMMAND = join(import.meta.dirname, '../../packages/cli/bin/millrace.js');
const SOURCES = join(import.meta.dirname, 'shared-library');
const NODES = 'nodes:\n  - { name: agent, labels: [builder], executors: 3 }\n';

const scratch = mkdtempSync(join(tmpdir(), 'millrace-e2e-'));
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

function millrace(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    const take = (text: Buffer): void => {
      out += text.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => {
      resolve({ code, out });
    });
  });
}

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd, encoding: 'utf8' });

/** A folder of `shared-library/` as a git repository with one commit on `main`. */
function repository(name: string, source: string): string {
  const folder = join(scratch, name);
  cpSync(join(SOURCES, source), folder, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', `Begin ${name}`);
  return folder;
}

/** Lines that stand in the console in this order, others between them. */
function inOrder(out: string, lines: readonly string[]): void {
  const all = out.split('\n');
  let at = 0;
  for (const line of lines) {
    const found = all.indexOf(line, at);
    assert.ok(found >= 0, `«${line}» is missing after line ${at} of:\n${out}`);
    at = found + 1;
  }
}

test('a Declarative Jenkinsfile builds its project with a library from git', { timeout: 120_000 }, async () => {
  const library = repository('tools', 'library');
  // What came after `main` must not be seen, and what lies uncommitted neither.
  git(library, 'checkout', '-q', '-b', 'next');
  writeFileSync(join(library, 'vars/announce.groovy'), "def call(Map args = [:]) { error 'the wrong version' }\n");
  git(library, 'commit', '-q', '-a', '-m', 'Break announce');
  const project = repository('project', 'project');
  const clone = join(scratch, 'clone');
  git(scratch, 'clone', '-q', project, clone);
  const config = join(scratch, 'millrace.yaml');
  writeFileSync(config, `${NODES}libraries:\n  - { name: tools, git: ${JSON.stringify(library)}, version: next }\n`);

  const { code, out } = await millrace(clone, ['run', '-c', config, '-p', 'WHO=world', '--workspace', join(scratch, 'spaces')]);

  assert.equal(code, 0, out);
  inOrder(out, [
    'Loading library tools@main',
    '[Pipeline] { (Declarative: Checkout SCM)',
    '[Pipeline] { (Build)',
    '[info] Hello, world',
    'plan plan-demo#1: 2 parts, colour RED',
    'done: left and right',
    'This is part left.',
    'This is part right.',
    'a file of the project',
    '[Pipeline] { (Report)',
    'counted 2: [when, steps]',
    '[LOUD] FINISHED',
    'Archiving artifacts',
    '[Pipeline] { (Never)',
    'Stage "Never" skipped due to when conditional',
    '[info] nothing to say',
    '[good] SUCCESS',
    'Finished: SUCCESS',
  ]);
  const stored = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((path) => /archive.*all\.txt$/.test(path));
  assert.equal(stored.length, 1, 'the artifact is stored once');
  assert.equal(readFileSync(join(scratch, stored[0] as string), 'utf8'), 'This is part left.\nThis is part right.\n');
  assert.equal(git(clone, 'status', '--porcelain', '--', 'Jenkinsfile', 'greeting.txt'), '', 'the clone stays as it was');
});

test('a scripted Jenkinsfile: parallel, stash, retry, timeout, masked credentials', { timeout: 120_000 }, async () => {
  const project = repository('scripted', 'scripted');
  const config = join(scratch, 'scripted.yaml');
  writeFileSync(config, `${NODES}credentials:\n  - { id: login, type: usernamePassword, username: somebody, password: { env: LOGIN_WORD } }\n`);
  mkdirSync(join(scratch, 'spaces-2'));

  const { code, out } = await millrace(project, ['run', '-c', config, '--workspace', join(scratch, 'spaces-2')], { LOGIN_WORD: 'from the environment' });

  assert.equal(code, 1, out);
  // Branches run side by side: each one's lines are in order.
  inOrder(out, ['[Pipeline] { (Branch: flaky)', 'ERROR: try 1 fails', 'Retrying', 'ERROR: try 2 fails', 'Retrying', 'try 3 works']);
  inOrder(out, ['[Pipeline] { (Branch: slow)', 'Cancelling nested steps due to timeout', 'slow: ABORTED']);
  inOrder(out, [
    '[Pipeline] { (Secret)',
    'Masking supported pattern matches of $WORD',
    'somebody says ****',
    'sorted: 1 2 3',
    'ERROR: script returned exit code 3',
    'Finished: UNSTABLE',
  ]);
  assert.ok(!out.includes('from the environment'), 'the secret is masked');
});
