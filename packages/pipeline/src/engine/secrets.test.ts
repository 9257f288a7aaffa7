import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS } from '../steps/index.ts';
import { defineStep } from '../steps/step.ts';
import { FileWorld } from '../steps/testing/file-world.ts';
import { runPipeline } from './run-pipeline.ts';
import type { Reply } from './testing/dummy-host.ts';
import { DummyHost } from './testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from './testing/memory-stores.ts';
import type { Script } from './testing/run-steps.ts';
import { FACTS, startSteps } from './testing/run-steps.ts';

const WORD = 'open "sesame"\n2';

const withWord = defineStep({
  name: 'withWord',
  summary: 'Gives a secret to its body',
  block: 'required',
  params: [],
  *run(cx, _args, body) {
    const { fields } = yield* cx.ask('credentials', { id: 'word', types: [] });
    return yield* cx.runBody(body, { env: { WORD: fields['secret'] as string }, masks: [fields['secret'] as string] });
  },
});

const world = (): DummyHost =>
  new DummyHost((ask): Reply | undefined => {
    if (ask.kind === 'credentials') return { ok: { type: 'string', fields: { secret: WORD }, description: null } };
    // A command that prints it: what a script captures is not masked.
    return ask.kind === 'task' ? { ok: { exit: 0, stdout: `it is ${WORD}!` } } : undefined;
  });

test('a secret is in no journal, and a resumed build still has it', async () => {
  let seen = '';
  const script: Script = function* (call, block) {
    yield* call(
      'node',
      block(function* () {
        yield* call(
          'withWord',
          block(function* () {
            seen = String(yield* call('sh', 'print'));
            yield* call('echo', `masked: ${WORD}`);
            return yield* call('sleep', 1);
          }),
        );
        return null;
      }),
    );
    return null;
  };
  // `sh` with captured output, as `returnStdout: true` has it.
  const sh = STEPS.map((step) =>
    step.name !== 'sh'
      ? step
      : ({
          ...step,
          run: function* (cx, args) {
            return (
              (yield* cx.ask('task', {
                ...cx.place(),
                shell: 'sh',
                script: args.script,
                env: cx.environment(),
                returnStdout: true,
                encoding: null,
                masks: cx.scope.masks,
                launchers: [],
              })).stdout ?? ''
            );
          },
        } as typeof step),
  );
  const steps = [...sh, withWord];
  const whole = await startSteps(script, { host: world(), steps }).outcome;
  assert.equal(whole.result, 'SUCCESS');
  assert.equal(seen, `it is ${WORD}!`);
  for (const line of whole.journal) assert.ok(!line.includes('sesame'), line);
  assert.match(whole.console, /masked: \*\*\*\*\n/);

  seen = '';
  const cut = whole.journal.slice(0, -3);
  const again = await startSteps(script, { host: world(), steps, journal: new MemoryJournal(cut), log: new MemoryLog() }).outcome;
  assert.equal(again.result, 'SUCCESS');
  assert.equal(seen, `it is ${WORD}!`);
});

test('a parameter that is a secret is sealed in the journal, and the program and its steps have it', async () => {
  const sealed = world().seal('sesame-1234');
  const run = (journal: MemoryJournal, host: DummyHost): ReturnType<typeof startSteps> =>
    startSteps(
      function* (call, block, execution) {
        assert.equal(execution.facts.parameters['PIN'], 'sesame-1234');
        return yield* call(
          'node',
          block(function* () {
            return yield* call('sh', 'use');
          }),
        );
      },
      { journal, host, facts: { parameters: { PIN: { $secret: sealed }, OTHER: 'x' } } },
    );
  const host = world();
  const { journal, result } = await run(new MemoryJournal(), host).outcome;
  assert.equal(result, 'SUCCESS');
  assert.ok(!journal.join('\n').includes('sesame-1234'));
  const task = host.started.find((ask) => ask.kind === 'task')?.request as { readonly env: Record<string, string> };
  assert.equal(task.env['PIN'], 'sesame-1234');
  assert.equal((await run(new MemoryJournal(journal), world()).outcome).result, 'SUCCESS');
});

test('a file that holds what stands for a secret in the journal does not bring the secret out, live or after a crash', async () => {
  const forged = '\uE0F00\uE0F1 and \uE0F0';
  const build = {
    ...FACTS,
    parameters: { PIN: { $secret: world().seal('sesame-1234') } },
    script: {
      text: "node { try { readFile 'away' } catch (e) { writeFile file: 'z', text: e.message }; def text = readFile('x'); writeFile file: 'y', text: text; sleep 1; echo text + readFile('y').size() }",
      path: 'Jenkinsfile',
    },
  };
  const host = (): DummyHost => {
    const files = new FileWorld({ '/w/job/x': forged });
    return new DummyHost((ask) =>
      ask.kind === 'file.read' && ask.request.path === 'away' ? { err: { code: 'MR_HOST', message: 'sesame-1234 is not there' } } : files.respond(ask),
    );
  };
  const whole = new MemoryJournal();
  const wanted = new MemoryLog();
  await runPipeline({ host: host(), journal: whole, log: wanted, begin: { build, seed: [1, 2, 3, 4] } }).outcome;
  assert.ok(wanted.text.includes(`\n${forged}${forged.length}\n`), wanted.text);
  for (let cut = 1; cut < whole.lines.length; cut++) {
    const log = new MemoryLog();
    await runPipeline({ host: host(), journal: new MemoryJournal(whole.lines.slice(0, cut)), log, begin: { lines: whole.lines.slice(0, cut), records: [] } })
      .outcome;
    if (log.text.includes(' and ')) assert.ok(log.text.includes(`\n${forged}${forged.length}\n`), `cut after entry ${cut}: ${log.text}`);
    assert.ok(!log.text.includes('sesame'), `cut after entry ${cut}: ${log.text}`);
  }
});
