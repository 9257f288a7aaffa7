/** The engine alone: a crash after every journal entry, and the same console text in the end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapOf } from '@millrace/groovy';
import type { Responder } from './testing/dummy-host.ts';
import { DummyHost } from './testing/dummy-host.ts';
import { Crash, MemoryJournal, MemoryLog } from './testing/memory-stores.ts';
import type { Script } from './testing/run-steps.ts';
import { startSteps } from './testing/run-steps.ts';

const SCRIPTS: { readonly [name: string]: { readonly script: Script; readonly world?: Responder; readonly inAnyOrder?: boolean } } = {
  'steps in a row': {
    *script(call, block) {
      yield* call('echo', 'begin');
      yield* call(
        'node',
        block(function* () {
          for (let i = 0; i < 3; i++) yield* call('sh', `make ${i}`);
          return null;
        }),
      );
      return yield* call('echo', 'end');
    },
  },
  branches: {
    // Branches run side by side: which one prints first is no promise.
    inAnyOrder: true,
    *script(call, block) {
      yield* call(
        'parallel',
        mapOf(
          ['a', 'b', 'c'].map(
            (name) =>
              [
                name,
                block(function* () {
                  yield* call(
                    'node',
                    block(function* () {
                      return yield* call('sh', `build ${name}`);
                    }),
                  );
                  return yield* call('echo', `${name} is done`);
                }),
              ] as const,
          ),
        ),
      );
      return null;
    },
  },
  'retry of an error': {
    *script(call, block) {
      let n = 0;
      yield* call(
        'node',
        block(function* () {
          yield* call(
            'retry',
            3,
            block(function* () {
              return yield* call('sh', `exit ${2 - n++}`);
            }),
          );
          return null;
        }),
      );
      return null;
    },
  },
  'a timeout': {
    *script(call, block) {
      try {
        yield* call(
          'node',
          block(function* () {
            yield* call(
              'timeout',
              mapOf({ time: 1 }),
              block(function* () {
                return yield* call('sh', 'wait');
              }),
            );
            return null;
          }),
        );
      } catch {
        yield* call('echo', 'timed out');
      }
      return null;
    },
    world: (ask) => (ask.kind === 'task' ? 'wait' : undefined),
  },
};

const sorted = (console: string): string => console.split('\n').sort().join('\n');

for (const [name, { script, world, inAnyOrder = false }] of Object.entries(SCRIPTS)) {
  test(`killed after every entry: ${name}`, async () => {
    const undisturbed = await startSteps(script, { host: new DummyHost(world) }).outcome;
    assert.ok(undisturbed.journal.length > 3);
    for (let n = 1; n < undisturbed.journal.length; n++) {
      const host = new DummyHost(world);
      const log = new MemoryLog();
      const crashing = new MemoryJournal([], n);
      await assert.rejects(startSteps(script, { host, log, journal: crashing }).outcome, Crash);
      host.detach();
      const again = await startSteps(script, { host, log, journal: new MemoryJournal(crashing.lines) }).outcome;
      const text = inAnyOrder ? sorted : (console: string): string => console;
      assert.equal(text(again.console), text(undisturbed.console), `after entry ${n}: ${crashing.lines.at(-1)}`);
      assert.equal(again.result, undisturbed.result);
      const ids = host.started.map((ask) => ask.id);
      assert.equal(new Set(ids).size, ids.length, 'an ask was started twice');
    }
  });
}

test('a program that asks something else than its journal says ends with a coded error', async () => {
  const { journal } = await startSteps(function* (call) {
    return yield* call('sleep', 1);
  }).outcome;
  const changed = startSteps(
    function* (call) {
      return yield* call('sleep', 2);
    },
    { journal: new MemoryJournal(journal) },
  );
  await assert.rejects(changed.outcome, { code: 'MR_JOURNAL_DIVERGED' });
});

test('a journal of a hundred thousand entries replays to its end, and asks for nothing again', async () => {
  const script: Script = function* (call) {
    for (let i = 0; i < 50_000; i++) yield* call('sleep', 1);
    return null;
  };
  const journal = new MemoryJournal();
  const first = startSteps(
    function* (call) {
      return yield* call('sleep', 1);
    },
    { journal },
  );
  await first.outcome;
  const lines = [journal.lines[0] as string];
  for (let i = 1; i <= 50_000; i++)
    lines.push(`{"t":"ask","id":"0:${i}","k":"timer","q":{"ms":1000}}`, `{"t":"answer","id":"0:${i}","at":1700000001000,"ok":null}`);
  const resumed = new MemoryJournal(lines);
  const { result } = await startSteps(script, { journal: resumed }).outcome;
  assert.equal(result, 'SUCCESS');
  assert.deepEqual(
    resumed.lines.slice(lines.length).filter((line) => line.includes('"t":"ask"')),
    [],
  );
});
