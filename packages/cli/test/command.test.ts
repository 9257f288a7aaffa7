/** The command as its user meets it: what it prints, and its exit status. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const COMMAND = join(import.meta.dirname, '../bin/millrace.js');
const scratch = mkdtempSync(join(tmpdir(), 'millrace-command-'));
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function millrace(args: readonly string[], onOut?: (text: string, kill: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '',
      err = '';
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
      onOut?.(out, (signal) => child.kill(signal));
    });
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}
function file(name: string, text: string): string {
  writeFileSync(join(scratch, name), text);
  return name;
}

for (const [result, script, status] of [
  ['SUCCESS', "echo 'fine'", 0],
  ['UNSTABLE', "currentBuild.result = 'UNSTABLE'", 1],
  ['FAILURE', "error 'no'", 2],
  ['NOT_BUILT', "currentBuild.result = 'NOT_BUILT'", 3],
] as const) {
  test(`a build that ends with ${result} has the exit status ${status}`, async () => {
    const { code, out } = await millrace(['run', file(`${result}.groovy`, script)]);
    assert.equal(code, status, out);
    assert.ok(out.endsWith(`Finished: ${result}\n`), out);
  });
}

test('a Jenkinsfile that does not compile has the exit status 65', async () => {
  const { code, err } = await millrace(['run', file('broken.groovy', 'node {')]);
  assert.equal(code, 65);
  assert.match(err, /^startup failed:\nWorkflowScript: 1: /);
});

test('wrong usage has the exit status 64 and a code', async () => {
  for (const args of [
    ['run', '--nope'],
    ['frobnicate'],
    ['run', 'a', 'b'],
    ['run', '--state', 'x', '--resume', 'y'],
    ['run', 'is-not-there'],
    ['validate'],
    ['run', '-p', 'x'],
  ]) {
    const { code, err } = await millrace(args);
    assert.equal(code, 64, args.join(' '));
    assert.match(err, /^millrace: MR_USAGE: /);
  }
});

test('parameters, labels, tools and the environment of a node come from the command and its configuration', async () => {
  file('config.yaml', 'nodes:\n  - { name: big, labels: linux fast, executors: 1, env: { COLOUR: green } }\nlibraries: []\n');
  const { out } = await millrace([
    'run',
    file('config.groovy', "node('linux && fast') { sh 'echo $COLOUR $WHO $NODE_NAME'; echo \"${params.WHO} ${env.COLOUR}\" }"),
    '-c',
    'config.yaml',
    '-p',
    'WHO=ada',
  ]);
  assert.match(out, /Running on big in .*\n/);
  assert.match(out, /\ngreen ada big\n/);
  assert.match(out, /\nada green\n/);
});

test('a slip in the configuration is told with its place', async () => {
  file('slip.yaml', 'nodes:\n  - { name: big, lables: x }\n');
  const { code, err } = await millrace(['run', file('any.groovy', 'echo 1'), '-c', 'slip.yaml']);
  assert.equal(code, 64);
  assert.match(err, /MR_CONFIG: \S*slip\.yaml: nodes\[0\]\.lables is not known here/);
});

test('an interrupt aborts: post conditions run, processes end', async () => {
  let sent = false;
  const { code, out } = await millrace(
    [
      'run',
      file(
        'long.groovy',
        `pipeline {
    agent any
    stages { stage('Long') { steps { sh 'echo begun; sleep 60' } } }
    post {
      aborted { echo 'was aborted' }
    }
  }`,
      ),
    ],
    (text, kill) => {
      if (!sent && text.includes('\nbegun\n')) {
        sent = true;
        kill('SIGINT');
      }
    },
  );
  assert.equal(code, 4, out);
  assert.match(out, /Sending interrupt signal to process[\s\S]*was aborted[\s\S]*Finished: ABORTED\n$/);
});

test('a build that waits for a node tells why after a while, and can be aborted', async () => {
  let sent = false;
  const { code, out } = await millrace(['run', file('nowhere.groovy', "node('windows') { echo 'x' }")], (text, kill) => {
    if (!sent && text.includes('There are no nodes')) {
      sent = true;
      kill('SIGINT');
    }
  });
  assert.equal(code, 4, out);
  assert.match(out, /Still waiting to schedule task\nThere are no nodes with the label ‘windows’\n/);
});

test('--json tells the tree with times, states and log ranges', async () => {
  const { out } = await millrace(['run', file('tree.groovy', "stage('One') { echo 'first' }\nstage('Two') { echo 'second' }"), '--json', 'tree.json']);
  const tree = JSON.parse(readFileSync(join(scratch, 'tree.json'), 'utf8')) as {
    result: string;
    nodes: { children: { label: string; state: string; children: { step: string; log: [number, number][] }[] }[] }[];
  };
  assert.equal(tree.result, 'SUCCESS');
  assert.deepEqual(
    tree.nodes.map((n) => n.children[0]?.label),
    ['One', 'Two'],
  );
  const [range] = tree.nodes[1]?.children[0]?.children[0]?.log ?? [];
  assert.equal(out.slice(...(range ?? [0, 0])), '[Pipeline] echo\nsecond\n');
});

test('nothing is left behind by a build without a state folder', async () => {
  await millrace(['run', file('clean.groovy', "node { stash name: 'x', allowEmpty: true; sh 'true' }")]);
  assert.deepEqual(existsSync(join(scratch, '.millrace')) ? readdirSync(join(scratch, '.millrace')).filter((n) => n.startsWith('run-')) : [], []);
});

test('a timeout ends a program that loops without ever waiting', async () => {
  const { code, out } = await millrace(['run', file('loop.jenkinsfile', "timeout(time: 1, unit: 'SECONDS') { while (true) { } }")]);
  assert.equal(code, 4, out);
  assert.match(out, /Timeout has been exceeded\nFinished: ABORTED/);
});

test('an agent that is not called as it should be says so', async () => {
  const { code, err } = await millrace(['agent', '--name', 'n']);
  assert.equal(code, 64);
  assert.match(err, /MR_AGENT_USAGE.*--url is missing/);
  assert.match((await millrace(['agent', '--help'])).out, /^Usage: millrace agent/);
});
