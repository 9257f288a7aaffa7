import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JavaThrowable, mapOf } from '@millrace/groovy';
import { DummyHost } from './testing/dummy-host.ts';
import { TICK } from './testing/generator-program.ts';
import { MemoryJournal } from './testing/memory-stores.ts';
import { runSteps, startSteps } from './testing/run-steps.ts';

test('a node, a stage and a shell step print what Jenkins prints', async () => {
  const { console, result } = await runSteps(function* (call, block) {
    yield* call(
      'node',
      block(function* () {
        yield* call(
          'stage',
          'Build',
          block(function* () {
            return yield* call('sh', 'make');
          }),
        );
        return null;
      }),
    );
    return null;
  });
  assert.equal(result, 'SUCCESS');
  assert.equal(
    console,
    [
      '[Pipeline] Start of Pipeline',
      '[Pipeline] node',
      'Running on Jenkins in /w/job',
      '[Pipeline] {',
      '[Pipeline] stage',
      '[Pipeline] { (Build)',
      '[Pipeline] sh',
      '+ make',
      '[Pipeline] }',
      '[Pipeline] // stage',
      '[Pipeline] }',
      '[Pipeline] // node',
      '[Pipeline] End of Pipeline',
      'Finished: SUCCESS',
      '',
    ].join('\n'),
  );
});

test('a failing shell step ends the build with its exit code', async () => {
  const { console, result } = await runSteps(function* (call, block) {
    yield* call(
      'node',
      block(function* () {
        return yield* call('sh', 'exit 3');
      }),
    );
    return null;
  });
  assert.equal(result, 'FAILURE');
  assert.match(
    console,
    /\[Pipeline\] sh\n\+ exit 3\n\[Pipeline\] }\n\[Pipeline\] \/\/ node\n\[Pipeline\] End of Pipeline\nERROR: script returned exit code 3\nFinished: FAILURE\n$/,
  );
});

test('branches run side by side, and the first error in time is the failure', async () => {
  const { console, result } = await runSteps(function* (call, block) {
    yield* call(
      'parallel',
      mapOf([
        [
          'a',
          block(function* () {
            yield* call('sleep', 1);
            return yield* call('error', 'A');
          }),
        ],
        [
          'b',
          block(function* () {
            return yield* call('error', 'B');
          }),
        ],
      ]),
    );
    return null;
  });
  assert.equal(result, 'FAILURE');
  assert.equal(
    console,
    [
      '[Pipeline] Start of Pipeline',
      '[Pipeline] parallel',
      '[Pipeline] { (Branch: a)',
      '[Pipeline] { (Branch: b)',
      '[Pipeline] sleep',
      'Sleeping for 1 sec',
      '[Pipeline] error',
      '[Pipeline] }',
      'Failed in branch b',
      '[Pipeline] error',
      '[Pipeline] }',
      'Failed in branch a',
      '[Pipeline] // parallel',
      '[Pipeline] End of Pipeline',
      'ERROR: B',
      'Finished: FAILURE',
      '',
    ].join('\n'),
  );
});

test('failFast interrupts the other branches', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'timer' ? 'wait' : undefined));
  const { console, result } = await runSteps(
    function* (call, block) {
      yield* call(
        'parallel',
        mapOf([
          [
            'slow',
            block(function* () {
              return yield* call('sleep', 100);
            }),
          ],
          [
            'bad',
            block(function* () {
              return yield* call('error', 'no');
            }),
          ],
          ['failFast', true],
        ]),
      );
      return null;
    },
    { host },
  );
  assert.equal(result, 'FAILURE');
  assert.match(console, /Failed in branch bad\n\[Pipeline\] }\nFailed in branch slow\n/);
  // The sleep was given up in the turn in which it was asked, so the world never heard of it.
  assert.deepEqual(host.started, []);
});

test('a timeout interrupts its body and says so', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'task' ? 'wait' : undefined));
  const { console, result } = await runSteps(
    function* (call, block) {
      yield* call(
        'node',
        block(function* () {
          yield* call(
            'timeout',
            mapOf({ time: 5, unit: 'SECONDS' }),
            block(function* () {
              return yield* call('sh', 'sleep 100');
            }),
          );
          return null;
        }),
      );
      return null;
    },
    { host },
  );
  assert.equal(result, 'ABORTED');
  assert.match(
    console,
    /Timeout set to expire in 5 sec\n\[Pipeline\] {\n\[Pipeline\] sh\nCancelling nested steps due to timeout\nSending interrupt signal to process\n\[Pipeline\] }\n\[Pipeline\] \/\/ timeout\n/,
  );
  assert.match(console, /\[Pipeline\] End of Pipeline\nTimeout has been exceeded\nFinished: ABORTED\n$/);
});

test('retry tries again after an error and passes on the last one', async () => {
  const { console, result } = await runSteps(function* (call, block) {
    yield* call(
      'retry',
      2,
      block(function* () {
        return yield* call('error', 'bad luck');
      }),
    );
    return null;
  });
  assert.equal(result, 'FAILURE');
  assert.equal(console.split('ERROR: bad luck\n').length, 3);
  assert.equal(console.split('Retrying\n').length, 2);
});

test('catchError marks the build and goes on', async () => {
  const { console, result, tree } = await runSteps(function* (call, block) {
    yield* call(
      'catchError',
      mapOf({ buildResult: 'UNSTABLE', stageResult: 'FAILURE', message: 'oops' }),
      block(function* () {
        return yield* call('error', 'x');
      }),
    );
    return yield* call('echo', 'on');
  });
  assert.equal(result, 'UNSTABLE');
  assert.match(console, /ERROR: oops\nERROR: x\nSetting overall build result to UNSTABLE\n\[Pipeline\] \/\/ catchError\n\[Pipeline\] echo\non\n/);
  assert.deepEqual(tree.nodes.find((n) => n.step === 'catchError')?.mark, { result: 'FAILURE', message: 'oops' });
});

test('an abort interrupts what waits, and a step that catches it can go on', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'input' ? 'wait' : undefined));
  let caught = '';
  host.onWaiting = () => {
    setTimeout(() => {
      void execution.external({ kind: 'abort', by: 'ada', hard: false });
    }, 0);
  };
  const { execution, outcome } = startSteps(
    function* (call) {
      try {
        yield* call('input', 'Go?');
      } catch (e) {
        caught = (e as JavaThrowable).typeName;
        yield* call('echo', 'cleaning up');
        throw e;
      }
      return null;
    },
    { host },
  );
  const { console, result } = await outcome;
  assert.equal(result, 'ABORTED');
  assert.equal(caught, 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException');
  assert.equal(console.split('Aborted by ada').length, 2);
  assert.match(console, /cleaning up\n\[Pipeline\] End of Pipeline\nFinished: ABORTED\n$/);
});

test('an abort by the system tells its cause and has its result, as Jenkins does', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'input' ? 'wait' : undefined));
  const script: Parameters<typeof startSteps>[0] = function* (call) {
    yield* call('input', 'Go?');
    return null;
  };
  const cause = { type: 'x.CancelledCause', description: 'Superseded by #7', printed: 'Superseded by job #7', result: 'NOT_BUILT' } as const;
  host.onWaiting = () => {
    setTimeout(() => {
      void execution.external({ kind: 'abort', by: null, hard: false, cause });
    }, 0);
  };
  const { execution, outcome } = startSteps(script, { host });
  const { console, result, journal } = await outcome;
  assert.equal(result, 'NOT_BUILT');
  assert.match(console, /\nSuperseded by job #7\n(?:\[Pipeline\].*\n)*Finished: NOT_BUILT\n$/);
  assert.equal((await runSteps(script, { journal: new MemoryJournal(journal) })).result, 'NOT_BUILT');
});

test('an abort reaches a program that only computes', async () => {
  const host = new DummyHost();
  const { execution, outcome } = startSteps(
    function* () {
      for (;;) yield TICK;
    },
    { host },
  );
  setTimeout(() => {
    void execution.external({ kind: 'abort', by: null, hard: false });
  }, 5);
  const { result, journal } = await outcome;
  assert.equal(result, 'ABORTED');
  const replayed = await runSteps(
    function* () {
      for (;;) yield TICK;
    },
    { journal: new MemoryJournal(journal) },
  );
  assert.equal(replayed.result, 'ABORTED');
});

test('a step outside of a node is refused in Jenkins’ words', async () => {
  const { console } = await runSteps(function* (call) {
    return yield* call('sh', 'ls');
  });
  assert.match(
    console,
    /MissingContextVariableException: Required context class hudson.FilePath is missing\nPerhaps you forgot to surround the sh step with a step that provides this, such as: node/,
  );
});

test('a thousand branches run side by side', async () => {
  const { result } = await runSteps(function* (call, block) {
    const branches: [string, ReturnType<typeof block>][] = [];
    for (let i = 0; i < 1000; i++)
      branches.push([
        `b${i}`,
        block(function* () {
          return yield* call('sleep', 1);
        }),
      ]);
    return yield* call('parallel', mapOf(branches));
  });
  assert.equal(result, 'SUCCESS');
});
