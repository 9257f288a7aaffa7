import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPipeline } from '../engine/run-pipeline.ts';
import { AsyncStore, Durable } from '../engine/testing/async-store.ts';
import type { Reply, Responder } from '../engine/testing/dummy-host.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Ask } from '../host.ts';
import type { FreestyleDefinition } from './definition.ts';

const COUNTS = { files: 1, total: 3, failed: 1, skipped: 0, passed: 2, refused: null };

const world: Responder = (ask): Reply | undefined => {
  switch (ask.kind) {
    case 'checkout':
      return { ok: { variables: { GIT_COMMIT: 'abc' } }, output: 'Cloning\n' };
    case 'archive':
      return { ok: { files: ask.request.selection.includes === 'none' ? [] : ['a'] } };
    case 'tests':
      return { ok: COUNTS };
    case 'publish':
      return { ok: { url: null } };
    case 'build':
      return { ok: null };
    // The host's clock runs whenever it has nothing to do, as while a store takes its time.
    case 'timer':
      return 'wait';
    case 'file.find':
      return { ok: { files: [] } };
    case 'file.facts':
      return { ok: { facts: { path: '.', name: 'job', directory: true, length: 0, lastModified: 0 } } };
    default:
      return undefined;
  }
};

function run(definition: FreestyleDefinition, durable: Durable, host: DummyHost, store = new AsyncStore(durable)): ReturnType<typeof runPipeline> {
  const build = { ...FACTS, causes: [{ text: 'Started by user ada', type: 'x' }], freestyle: definition };
  return runPipeline({
    host,
    journal: store.journal,
    log: store.log,
    begin: durable.lines.length === 0 ? { build, seed: [1, 2, 3, 4] } : { lines: [...durable.lines], records: [...durable.records] },
  });
}

async function ended(
  definition: FreestyleDefinition,
  respond: Responder = world,
): Promise<{ console: string; result: string; steps: string[]; asks: readonly Ask[] }> {
  const durable = new Durable();
  const host = new DummyHost(respond);
  const build = run(definition, durable, host);
  const { result } = await build.outcome;
  const steps = build.tree.nodes.filter((node) => node.kind === 'step').map((node) => `${node.step} ${node.state}`);
  return { console: durable.text.replace(/jenkins\d+/g, 'jenkinsN'), result, steps, asks: host.started };
}

const FULL: FreestyleDefinition = {
  scm: { kind: 'git', remotes: [], branches: ['main'], extensions: [] },
  label: 'linux',
  steps: [{ shell: 'make' }, { shell: '#!/bin/bash -e\nmake check' }],
  environment: { WHO: 'ada', OUT: '${WORKSPACE}/out' },
  artifacts: { includes: 'out/**', fingerprint: true },
  tests: { includes: 'reports/*.xml' },
  timeoutMinutes: 10,
  wipeWorkspace: true,
  downstream: { jobs: ['next', 'other'], threshold: 'UNSTABLE' },
};

test('a freestyle build prints what Jenkins prints, and asks what a pipeline asks', async () => {
  const { console, result, steps, asks } = await ended(FULL);
  assert.equal(
    console,
    `Started by user ada
Running as SYSTEM
Building on the built-in node in workspace /w/job
[WS-CLEANUP] Deleting project workspace...
[WS-CLEANUP] Deferred wipeout is used...
[WS-CLEANUP] done
Cloning
[job] $ /bin/sh -xe /tmp/jenkinsN.sh
+ make
[job] $ /bin/bash -e /tmp/jenkinsN.sh
+ #!/bin/bash -e
make check
Archiving artifacts
Recording fingerprints
Recording test results
Build step 'Publish JUnit test result report' changed build result to UNSTABLE
Triggering a new build of next
Triggering a new build of other
Finished: UNSTABLE
`,
  );
  assert.equal(result, 'UNSTABLE');
  assert.deepEqual(steps, [
    'node done',
    'cleanWs done',
    'checkout done',
    'sh done',
    'sh done',
    'archiveArtifacts done',
    'junit done',
    'build done',
    'build done',
  ]);
  const task = asks.find((ask) => ask.kind === 'task')?.request as { env: Record<string, string> };
  assert.equal(task.env['OUT'], '/w/job/out');
  assert.deepEqual(
    asks.filter((ask) => ask.kind === 'build').map((ask) => ask.request),
    ['next', 'other'].map((job) => ({ job, parameters: [], wait: false, quietPeriod: null })),
  );
  assert.ok(asks.some((ask) => ask.kind === 'node.release'));
});

test('the first step that fails is the last, and what comes after the steps runs nevertheless', async () => {
  const { console, result } = await ended({ steps: [{ shell: 'exit 2' }, { shell: 'never' }], artifacts: { includes: 'a' }, downstream: { jobs: ['next'] } });
  assert.equal(result, 'FAILURE');
  assert.match(console, /\+ exit 2\nBuild step 'Execute shell' marked build as failure\nArchiving artifacts\nFinished: FAILURE\n$/);
});

test('a step may make the build unstable, and a publisher may fail it', async () => {
  const { console, result } = await ended({ steps: [{ shell: 'exit 7', unstableReturn: 7 }], artifacts: { includes: 'none' } });
  assert.equal(result, 'FAILURE');
  assert.match(console, /Build step 'Execute shell' changed build result to UNSTABLE\nArchiving artifacts\n/);
  assert.match(
    console,
    /ERROR: Step ‘Archive the artifacts’ failed: No artifacts found that match the file pattern "none"\. Configuration error\?\nFinished: FAILURE\n$/,
  );
});

test('a build whose machine is lost runs anew on another one, where the machine’s configuration says so', async () => {
  let count = 0;
  const lost = new Set<string>();
  const respond: Responder = (ask, host): Reply | undefined => {
    if (ask.kind === 'node') {
      const name = `m${++count}`;
      if (count < 3) lost.add(ask.id);
      const answer = { lease: ask.id, name, displayName: name, labels: [], executor: 0, workspace: '/w/job', temporary: '/w/job@tmp', windows: false, env: {} };
      return { ok: { ...answer, retries: 2 } };
    }
    if (ask.kind !== 'task' || !lost.has(ask.request.lease)) return world(ask, host);
    return { err: { code: 'MR_NODE_LOST', message: `m${count} was lost`, type: 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException' } };
  };
  const definition = { steps: [{ shell: 'make' }], environment: { A: '1' } };
  const aborted = await ended(definition, respond);
  assert.equal(aborted.result, 'ABORTED', aborted.console);
  assert.match(aborted.console, /\nm1 was lost\nRetrying on another machine.*\(run 2 of 2\)\n(.*\n)*Build was aborted\nm2 was lost\nFinished: ABORTED\n$/);
  count = 1;
  lost.clear();
  const { result, console, asks } = await ended(definition, respond);
  assert.equal(result, 'SUCCESS', console);
  assert.deepEqual(
    asks.filter((a) => a.kind === 'node.release').map((a) => a.request),
    asks.filter((a) => a.kind === 'node').map((a) => ({ lease: a.id })),
  );
});

test('a build on an agent names it and its labels', async () => {
  const { console } = await ended({ steps: [] }, (ask) =>
    ask.kind === 'node'
      ? {
          ok: {
            lease: ask.id,
            name: 'agent-1',
            displayName: 'agent-1',
            labels: ['agent-1', 'linux', 'docker'],
            executor: 0,
            workspace: '/w/job',
            temporary: '/w/job@tmp',
            windows: false,
            env: {},
          },
        }
      : undefined,
  );
  assert.match(console, /\nBuilding remotely on agent-1 \(linux docker\) in workspace \/w\/job\nFinished: SUCCESS\n$/);
});

test('a timeout and a person abort the build in Jenkins’ words', async () => {
  const hanging: Responder = (ask) => (ask.kind === 'task' ? 'wait' : undefined);
  const late = await ended({ steps: [{ shell: 'hang' }], timeoutMinutes: 3 }, hanging);
  assert.equal(late.result, 'ABORTED');
  assert.match(late.console, /\.sh\nBuild timed out \(after 3 minutes\)\. Marking the build as aborted\.\nBuild was aborted\nFinished: ABORTED\n$/);

  const durable = new Durable();
  const host = new DummyHost(hanging);
  const build = run({ steps: [{ shell: 'hang' }] }, durable, host);
  host.onWaiting = () => void build.external({ kind: 'abort', by: 'ada', hard: false });
  assert.equal((await build.outcome).result, 'ABORTED');
  assert.match(durable.text, /\.sh\nBuild was aborted\nAborted by ada\nFinished: ABORTED\n$/);
});

test('a freestyle build killed at every flush goes on as if nothing had been', async () => {
  const calm = new Durable();
  const store = new AsyncStore(calm);
  await run(FULL, calm, new DummyHost(world), store).outcome;
  for (let n = 1; n <= store.flushes; n++) {
    const durable = new Durable();
    const host = new DummyHost(world);
    const dying = new AsyncStore(durable);
    dying.failAt = n;
    await assert.rejects(run(FULL, durable, host, dying).outcome);
    host.detach();
    await run(FULL, durable, host).outcome;
    assert.equal(durable.text, calm.text, `at flush ${n}`);
  }
});
