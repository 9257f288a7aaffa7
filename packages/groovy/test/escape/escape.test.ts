/** Runs every attempt of attempts.ts in the sandbox and looks for traces of the host in what comes of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CompilationError, compileUnit, JavaThrowable, makeInterpreter, parse, runScriptObject, standardIndex } from '../../src/index.ts';
import type { Attempt } from './attempts.ts';
import { ATTEMPTS, TRUSTED_LIBRARY } from './attempts.ts';

const index = standardIndex();
const heapUsed = (): number => process.memoryUsage().heapUsed;
/** What an embedding program would set, small; above what earlier attempts left to the garbage collector. */
const limits = () => ({ allocation: 5_000_000, heap: heapUsed() + 600_000_000, heapUsed });
const before = Object.getOwnPropertyNames(Object.prototype).sort().join();
const globals = Object.getOwnPropertyNames(globalThis).sort().join();

interface Result {
  readonly text: string;
  readonly failure: unknown;
}

function attempt(script: string): Result {
  let text = '';
  try {
    const vm = makeInterpreter({
      sandbox: true,
      index,
      limits: limits(),
      print: (part) => {
        text += part;
      },
    });
    const library = compileUnit(vm, parse(TRUSTED_LIBRARY, 'lib.groovy'), { className: 'lib', trusted: true }).script;
    const { script: own } = compileUnit(vm, parse(script, 'escape.groovy'), { className: 'escape' });
    const lib = vm.newScript(library as NonNullable<typeof library>, new Map());
    if (own !== null) vm.run(() => vm.defer(runScriptObject(vm, vm.newScript(own, new Map([['lib', lib]])))));
    return { text, failure: null };
  } catch (failure) {
    return { text, failure };
  }
}

function nothingLeaked({ text, failure }: Result): void {
  assert.doesNotMatch(text, /native code|function\s*\w*\s*\(|\[object |\bundefined\b|=>\s*\{|file:\/\/|node:internal/, `JavaScript shows through: ${text}`);
  if (failure !== null) {
    assert.ok(
      failure instanceof JavaThrowable || failure instanceof CompilationError,
      `not an exception of the language: ${String((failure as Error).stack ?? failure)}`,
    );
    if (failure instanceof JavaThrowable) {
      assert.notEqual(failure.typeName, 'java.lang.InternalError', `an error of our own: ${failure.detail}\n${String(failure.data)}`);
      assert.doesNotMatch(failure.detail ?? '', /native code|\[object |\bundefined\b|file:\/\//, `JavaScript shows through: ${failure.detail}`);
    }
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), before, 'Object.prototype was changed');
  assert.equal(Object.getOwnPropertyNames(globalThis).sort().join(), globals, 'a global was made');
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
}

function check({ outcome, script }: Attempt): void {
  const result = attempt(script);
  nothingLeaked(result);
  const { failure } = result;
  const told = failure instanceof JavaThrowable ? `${failure.typeName}: ${failure.detail}` : String(failure);
  if (outcome === 'refused') assert.match(told, /RejectedAccessException: Scripts not permitted to use /, `was not refused: ${told} ${result.text}`);
  else if (outcome === 'fails') assert.notEqual(failure, null, `went through: ${result.text}`);
  else if (outcome !== 'safe') {
    assert.equal(failure === null ? '' : told, '');
    assert.equal(result.text, outcome.prints);
  }
}

describe('attempts to escape', () => {
  for (const one of ATTEMPTS) test(one.name, { timeout: 20_000 }, () => check(one));

  // An endless loop is not the language's to end: it gives its slice back, and its driver decides.
  test('an endless loop gives its time slice back', () => {
    const vm = makeInterpreter({ sandbox: true, index, print: () => {}, limits: { slice: 10_000 } });
    const unit = compileUnit(vm, parse('while (true) { }', 'loop.groovy'), { className: 'loop' });
    const script = vm.newScript(unit.script as NonNullable<typeof unit.script>, new Map());
    const thread = vm.start(() => vm.defer(runScriptObject(vm, script)));
    for (let i = 0; i < 3; i++) assert.equal(thread.resume().kind, 'tick');
  });
});
