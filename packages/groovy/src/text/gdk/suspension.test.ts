import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Character } from '../../numbers/boxes.ts';
import type { Native } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { textLibrary } from '../index.ts';

/** A runtime whose closures are JavaScript functions, and whose every call waits once before it answers. */
function waitingRuntime(): Runtime {
  let answer: Value = null;
  return {
    call(closure: Value, args: readonly Value[]) {
      answer = (closure as unknown as (...a: readonly Value[]) => Value)(...args);
      return PENDING;
    },
    *take(): Computation {
      yield 'wait';
      return answer;
    },
    arity: () => 1,
    truth: (v: Value) => v === true,
    alloc: () => {},
    str: String,
    format: String,
  } as unknown as Runtime;
}

const methods = Object.assign({}, ...textLibrary.extensions.map((extension) => extension.methods)) as Record<string, Native>;
/** Runs a native with a closure; answers what it gave, and how often it waited. */
function run(signature: string, self: Value, ...args: unknown[]): [Value, number] {
  const computation = (methods[signature] as Native)(waitingRuntime(), self, ...args) as Computation;
  let waits = 0;
  for (;;) {
    const step = computation.next();
    if (step.done === true) return [step.value, waits];
    waits++;
  }
}

test('every method with a closure can wait inside it', () => {
  assert.deepEqual(
    run('replaceAll(java.lang.String, java.lang.String, groovy.lang.Closure)', 'a1b2', '\\d', (d: string) => Number(d) * 2),
    ['a2b4', 2],
  );
  assert.deepEqual(
    run('replaceFirst(java.lang.String, java.lang.String, groovy.lang.Closure)', 'a1b2', '\\d', () => 'x'),
    ['axb2', 1],
  );
  assert.deepEqual(
    run('find(java.lang.String, java.lang.String, groovy.lang.Closure)', 'a1b2', '\\d', (d: string) => `<${d}>`),
    ['<1>', 1],
  );
  assert.deepEqual(
    run('eachMatch(java.lang.String, java.lang.String, groovy.lang.Closure)', 'a1b2', '\\d', () => null),
    ['a1b2', 2],
  );
  assert.deepEqual(
    run('eachLine(java.lang.String, groovy.lang.Closure)', 'a\nb\nc', (line: string) => line),
    ['c', 3],
  );
  assert.deepEqual(
    run('splitEachLine(java.lang.String, java.lang.String, groovy.lang.Closure)', 'a b\nc d', ' ', () => 7),
    [7, 2],
  );
  assert.deepEqual(
    run('takeWhile(java.lang.CharSequence, groovy.lang.Closure)', 'abc', (c: Character) => c.text < 'c'),
    ['ab', 3],
  );
  assert.deepEqual(
    run('dropWhile(java.lang.CharSequence, groovy.lang.Closure)', 'abc', (c: Character) => c.text < 'c'),
    ['c', 3],
  );
  assert.deepEqual(
    run('collectReplacements(java.lang.String, groovy.lang.Closure)', 'abc', (c: Character) => (c.text === 'b' ? 'XX' : null)),
    ['aXXc', 3],
  );
});
