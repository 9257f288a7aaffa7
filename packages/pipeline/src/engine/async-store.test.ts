/** The engine over a store that takes its time, as a server's is: killed at every flush, detached wherever it waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ask, AskSink, CancelReason } from '../host.ts';
import type { PipelineOptions, PipelineRun } from './run-pipeline.ts';
import { runPipeline } from './run-pipeline.ts';
import { AsyncStore, Durable } from './testing/async-store.ts';
import type { Responder } from './testing/dummy-host.ts';
import { DummyHost } from './testing/dummy-host.ts';
import { Crash } from './testing/memory-stores.ts';
import { FACTS } from './testing/run-steps.ts';

const PIPELINES: { readonly [name: string]: { readonly text: string; readonly world?: Responder; readonly inAnyOrder?: boolean } } = {
  'steps in a row': {
    text: `
      echo 'begin'
      node('linux') {
        for (int i = 0; i < 3; i++) sh "make $i"
        currentBuild.displayName = "made " + sh(script: 'name', returnStdout: true).trim()
      }
      echo currentBuild.displayName`,
  },
  branches: {
    inAnyOrder: true,
    text: `
      def branches = [:]
      for (name in ['a', 'b', 'c']) { def n = name; branches[n] = { node { sh "build $n"; sleep 1; echo "$n is done" } } }
      parallel branches`,
  },
  'a timeout around a process that hangs': {
    text: `
      try { node { timeout(1) { sh 'hang' } } } catch (e) { echo "caught \${e.class.simpleName}" }
      error 'over'`,
    world: (ask) => (ask.kind === 'task' ? 'wait' : undefined),
  },
  'a Declarative Pipeline': {
    text: `
      pipeline {
        agent any
        stages {
          stage('Build') { steps { sh 'make' ; script { currentBuild.description = 'made' } } }
          stage('Test') { steps { retry(2) { sh 'exit 1' } } }
        }
        post {
          always { echo 'always' }
          failure { sh 'tell' }
        }
      }`,
  },
};

/** Says when the engine lets the world know of something that is not durable, or after it has lost its build. */
class WatchedHost extends DummyHost {
  readonly store: () => { readonly store: AsyncStore; readonly lost: boolean };
  constructor(world: Responder | undefined, store: WatchedHost['store']) {
    super(world);
    this.store = store;
  }
  private check(what: string): void {
    const { store, lost } = this.store();
    assert.ok(!store.flushing, `${what} during a flush`);
    assert.ok(!lost, `${what} after the build was lost`);
  }
  /** So that every wait counts as one. */
  override breathe(): Promise<void> {
    return Promise.resolve();
  }
  override start(ask: Ask, sink: AskSink): void {
    this.check(`started ${ask.id}`);
    super.start(ask, sink);
  }
  override resume(ask: Ask, sink: AskSink, cursor: number): void {
    this.check(`resumed ${ask.id}`);
    super.resume(ask, sink, cursor);
  }
  override cancel(id: string, reason: CancelReason): void {
    this.check(`cancelled ${id}`);
    super.cancel(id, reason);
  }
}

/** One build with its durable state and its world; `run` begins it or goes on with it, in a new process as it were. */
class Build {
  readonly durable = new Durable();
  readonly host: WatchedHost;
  store = new AsyncStore(this.durable);
  lost = false;
  private readonly text: string;
  constructor(text: string, world?: Responder) {
    this.text = text;
    this.host = new WatchedHost(world, () => this);
  }
  run(options: Partial<PipelineOptions> = {}, failAt = Number.POSITIVE_INFINITY): PipelineRun {
    this.store = new AsyncStore(this.durable);
    this.store.failAt = failAt;
    this.lost = false;
    const { lines, records } = this.durable;
    const build = { ...FACTS, script: { text: this.text, path: 'Jenkinsfile' } };
    return runPipeline({
      host: this.host,
      journal: this.store.journal,
      log: this.store.log,
      begin: lines.length === 0 ? { build, seed: [1, 2, 3, 4] } : { lines: [...lines], records: [...records] },
      ...options,
    });
  }
}

const quiet = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
const same = (text: string, inAnyOrder: boolean): string => (inAnyOrder ? text.split('\n').sort().join('\n') : text);

for (const [name, { text, world, inAnyOrder = false }] of Object.entries(PIPELINES)) {
  test(`killed at every flush, with what was not durable lost: ${name}`, async () => {
    const calm = new Build(text, world);
    const expected = await calm.run().outcome;
    assert.match(calm.durable.text, /Finished: /);
    assert.ok(calm.store.flushes > 3);
    for (let n = 1; n <= calm.store.flushes; n++) {
      const build = new Build(text, world);
      await assert.rejects(build.run({}, n).outcome, Crash);
      build.lost = true;
      await quiet();
      build.host.detach();
      const again = await build.run().outcome;
      assert.equal(same(build.durable.text, inAnyOrder), same(calm.durable.text, inAnyOrder), `at flush ${n}`);
      assert.equal(again.result, expected.result);
      const ids = build.host.started.map((ask) => ask.id);
      assert.equal(new Set(ids).size, ids.length, 'an ask was started twice');
    }
  });

  test(`detached wherever it waits: ${name}`, async () => {
    const calm = new Build(text, world);
    const expected = await calm.run().outcome;
    let idlePoints = 0;
    for (let n = 1; ; n++) {
      const build = new Build(text, world);
      let idle = 0;
      const first = build.run({
        onIdle: (open) => {
          assert.ok(open.length > 0);
          if (++idle === n) void first.detach();
        },
      });
      const ended = await first.outcome.then(
        () => true,
        (error: { code: string }) => {
          assert.equal(error.code, 'MR_BUILD_DETACHED');
          return false;
        },
      );
      if (ended) break;
      idlePoints++;
      build.lost = true;
      await first.detach();
      const lines = build.durable.lines.length;
      await quiet();
      assert.equal(build.durable.lines.length, lines);
      const again = await build.run().outcome;
      assert.equal(same(build.durable.text, inAnyOrder), same(calm.durable.text, inAnyOrder), `at idle point ${n}`);
      assert.equal(again.result, expected.result);
    }
    assert.ok(idlePoints > 0);
  });
}

test('a build that has another owner now ends its run with the store’s error, and touches nothing more', async () => {
  const build = new Build(`node { sh 'make' }`);
  const run = build.run({}, 2);
  const fenced = new Error('owned by another');
  build.store.error = fenced;
  const aborted = run.external({ kind: 'abort', by: 'ada', hard: false });
  await Promise.all([assert.rejects(run.outcome, fenced), assert.rejects(aborted, fenced)]);
  build.lost = true;
  await quiet();
  await assert.rejects(run.external({ kind: 'abort', by: 'ada', hard: false }), fenced);
});

test('an abort is acknowledged when it is durable', async () => {
  const build = new Build(`input 'Go?'`, (ask) => (ask.kind === 'input' ? 'wait' : undefined));
  let told: readonly Ask[] = [];
  const run = build.run({
    onIdle: (open) => {
      told = open;
      void run.external({ kind: 'abort', by: 'ada', hard: false }).then(() => {
        assert.ok(build.durable.lines.some((line) => line.startsWith('{"t":"external"')));
      });
    },
  });
  assert.equal((await run.outcome).result, 'ABORTED');
  assert.deepEqual(
    told.map(({ id, kind }) => ({ id, kind })),
    [{ id: '0:1', kind: 'input' }],
  );
  await run.external({ kind: 'abort', by: null, hard: false });
});

test('what the script makes of its build is told before it is durable, and again after a replay', async () => {
  const build = new Build(
    `currentBuild.displayName = 'one'\ninput 'Go?'\ncurrentBuild.description = 'two'\nunstable 'hm'\ncurrentBuild.keepLog = true`,
    (ask) => (ask.kind === 'input' ? 'wait' : undefined),
  );
  const told: unknown[] = [];
  const run = build.run({ onFacts: (facts) => void told.push({ ...facts }), onIdle: () => void run.detach() });
  await assert.rejects(run.outcome, { code: 'MR_BUILD_DETACHED' });
  const one = { displayName: 'one', description: null, keepLog: false, result: null };
  assert.deepEqual([...told], [one]);
  const again = build.run({ onFacts: (facts) => void told.push({ ...facts }), onIdle: () => build.host.settle('0:1', { ok: { user: null, values: {} } }) });
  await again.outcome;
  assert.deepEqual(told, [one, one, { displayName: 'one', description: 'two', keepLog: true, result: 'UNSTABLE' }]);
});
