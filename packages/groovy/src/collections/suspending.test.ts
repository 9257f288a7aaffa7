/** A step inside a closure that a collection calls suspends the program there, wherever the collection stands. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileUnit } from '../compile/unit.ts';
import { begin, makeInterpreter } from '../run-script.ts';
import { Coroutine } from '../runtime/coroutine.ts';
import { standardIndex } from '../runtime/library.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { parse } from '../syntax/index.ts';

test('closures given to collections may suspend', () => {
  const step = function* (_rt: Runtime, _self: Value, x: Value): Computation {
    yield 'step';
    return x;
  };
  const index = standardIndex([{ classes: [], extensions: [{ holder: 'Steps', methods: { 'pause(java.lang.Object, java.lang.Object)': step } }] }]);
  let output = '';
  const vm = makeInterpreter({
    print: (text) => {
      output += text;
    },
    index,
  });
  const source = readFileSync(new URL('./recorded/suspending.groovy', import.meta.url), 'utf8');
  const { script } = compileUnit(vm, parse(source, 'suspending.groovy'), { className: 'suspending' });
  assert.ok(script !== null);
  const program = new Coroutine(vm, begin(vm, vm.newScript(script, new Map())));
  let steps = 0;
  let outcome = program.resume();
  while (outcome.kind === 'request' || outcome.kind === 'tick') {
    if (outcome.kind === 'request') steps++;
    outcome = program.resume(null);
  }
  assert.equal(outcome.kind, 'done');
  const lines = output.trim().split('\n');
  assert.equal(lines.length, 37);
  for (const line of lines) assert.equal(line, 'same');
  assert.ok(steps > 100);
});
