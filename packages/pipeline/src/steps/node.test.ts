/** `node` on machines whose configuration has a lost block run anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reply, Responder } from '../engine/testing/dummy-host.ts';
import { runScriptText } from './testing/run-script.ts';

/** Machines named by their number; a task of a script that tells a machine is lost there, and goes well elsewhere. */
function machines(retries: number | undefined, code = 'MR_NODE_LOST'): Responder {
  let count = 0;
  const names = new Map<string, string>();
  return (ask): Reply | undefined => {
    if (ask.kind === 'node') {
      const name = `m${++count}`;
      names.set(ask.id, name);
      const { id: lease } = ask;
      const answer = { lease, name, displayName: name, labels: [], executor: 0, workspace: '/w/job', temporary: '/w/job@tmp', windows: false, env: {} };
      return { ok: { ...answer, ...(retries === undefined ? {} : { retries }) } };
    }
    if (ask.kind !== 'task') return undefined;
    const name = names.get(ask.request.lease) as string;
    const type = 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException';
    return ask.request.script.split(' ').includes(name) ? { err: { code, message: `${name} was lost: evicted`, type } } : undefined;
  };
}

describe('a block on a machine that is lost', () => {
  it('runs anew on another one, as often as the machine’s configuration says, and each is given back', async () => {
    const { console, result, host } = await runScriptText(`node { echo 'begun'; sh 'lost on m1 m2' }`, {}, machines(3));
    assert.equal(result, 'SUCCESS', console);
    assert.equal(console.split('\nbegun\n').length, 4, console);
    assert.match(
      console,
      /\nm1 was lost: evicted\nRetrying on another machine, as the lost one's configuration has it \(run 2 of 3\)\nRunning on m2 in \/w\/job\n/,
    );
    assert.deepEqual(
      host.started.filter((a) => a.kind === 'node.release').map((a) => a.request),
      host.started.filter((a) => a.kind === 'node').map((a) => ({ lease: a.id })),
    );
  });

  it('is aborted after that, and at once where nothing is said', async () => {
    for (const [retries, last] of [
      [2, 'm2'],
      [undefined, 'm1'],
    ] as const) {
      const { console, result } = await runScriptText(`node { sh 'lost on m1 m2 m3' }`, {}, machines(retries));
      assert.equal(result, 'ABORTED', console);
      assert.match(console, new RegExp(`\\n${last} was lost: evicted\\nFinished: ABORTED\\n$`));
    }
  });

  it('does not run anew for what it has done itself, nor for the loss of another machine', async () => {
    for (const [script, code, machine] of [
      [`node { sh 'exit 1' }`, undefined, 'm1'],
      [`node { sh 'lost on m1' }`, 'MR_POD_ENDED', 'm1'],
      // The inner block uses up its own runs.
      [`node { node { sh 'lost on m2 m3' } }`, undefined, 'm3'],
    ] as const) {
      const { console, result } = await runScriptText(script, {}, machines(2, code));
      assert.notEqual(result, 'SUCCESS', console);
      assert.equal(/.*Running on (\S+)/s.exec(console)?.[1], machine, console);
    }
  });

  it('is what a retry around it sees when its own runs are used up', async () => {
    const { console, result } = await runScriptText(
      `retry(count: 2, conditions: [kubernetesAgent(), nonresumable()]) { node { sh 'lost on m1 m2 m3' } }`,
      {},
      machines(2),
    );
    assert.equal(result, 'SUCCESS', console);
    assert.match(console, /Running on m4 /);
  });

  it('runs a Declarative Pipeline from its beginning', async () => {
    const { console, result } = await runScriptText(
      `pipeline {
        agent any
        stages {
          stage('one') { steps { sh 'first' } }
          stage('two') { steps { sh 'lost on m1' } }
        }
        post { success { echo 'well' } }
      }`,
      {},
      machines(2),
    );
    assert.equal(result, 'SUCCESS', console);
    assert.equal(console.split('+ first\n').length, 3, console);
    assert.match(console, /\nwell\n/);
  });
});
