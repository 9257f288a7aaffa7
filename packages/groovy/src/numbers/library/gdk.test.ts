import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Native } from '../../runtime/native.ts';
import type { Computation, Value } from '../../runtime/values.ts';
import { PENDING } from '../../runtime/values.ts';
import { fakeRuntime as rt } from '../recorded/fake-runtime.ts';
import { outcome, readValue, writeValue } from '../recorded/recorded.ts';
import { numberExtension } from './gdk.ts';

const methods = numberExtension.methods as Record<string, Native>;
const native = (name: string): Native => {
  const found = Object.keys(methods).find((signature) => signature.startsWith(`${name}(java.lang.Number`) && signature.includes('Closure'));
  return methods[found as string] as Native;
};

/** What the closure gets, or the failure, after at least nothing. */
function loop(text: string): string {
  const [self, name, ...args] = text.split(' ') as [string, string, ...string[]];
  const seen: string[] = [];
  const failure = outcome(() => {
    const run = native(name)(rt, readValue(self), ...args.map(readValue), ((v: Value) => {
      seen.push(writeValue(v));
    }) as unknown as Value) as Computation;
    return run.next().value as Value;
  });
  return failure === 'null' ? seen.join(' ') : failure;
}

test('loops over numbers pass values of the types that Groovy passes', () => {
  const expected: Readonly<Record<string, string>> = {
    '3i times': '0i 1i 2i',
    '2.7m times': '0i 1i',
    '1i upto 3i': '1i 2i 3i',
    '1L upto 3i': '1L 2L 3L',
    '1.5m upto 3i': '1.5m 2.5m',
    '1.5d upto 3i': '1.5d 2.5d',
    '0.1f upto 2i': '0.1f 1.1f',
    '1G upto 3i': '1G 2G 3G',
    '1G upto 2.5m': '1m 2.0m',
    '3i downto 1i': '3i 2i 1i',
    '3G downto 1.5m': '3G 2G',
    '3.5m downto 1i': '3.5m 2.5m 1.5m',
    '0.1f downto -1i': '0.1f -0.9f',
    '1i step 10i 3i': '1i 4i 7i',
    '10i step 1i -4i': '10i 6i 2i',
    '1i step 2i 0.5m': '1m 1.5m',
    '1G step 5i 2i': '1G 3G',
    '1i step 1i 0i': '',
    '1.5d step 4i 1i': '1i 2i 3i',
    '1b upto 2i': '1i 2i',
    '1i step 5i -1i': '! groovy.lang.GroovyRuntimeException: Infinite loop in 1.step(5, -1)',
    '1.5m upto 1i': "! groovy.lang.GroovyRuntimeException: The argument (1) to upto() cannot be less than the value (1.5) it's called on.",
    '5000000G upto 2.5m': "! groovy.lang.GroovyRuntimeException: The argument (2.5) to upto() cannot be less than the value (5,000,000) it's called on.",
    '1d upto 0i': "! groovy.lang.GroovyRuntimeException: The argument (0) to upto() cannot be less than the value (1.0) it's called on.",
    '1G upto 2.5d': '! java.lang.NumberFormatException: For input string: "2.5"',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((text) => [text, loop(text)])), expected);
});

test('a closure that suspends is waited for before the next round', () => {
  const order: string[] = [];
  const waiting = {
    ...rt,
    call: (_closure: Value, args: readonly Value[]) => {
      order.push(`call ${String(args[0])}`);
      return PENDING;
    },
    take: function* () {
      order.push('take');
      yield 'waiting';
      return null;
    },
  };
  const run = native('times')(waiting as never, 2, null) as Computation;
  assert.equal(run.next().value, 'waiting');
  assert.deepEqual(order, ['call 0', 'take']);
  run.next();
  assert.deepEqual(order, ['call 0', 'take', 'call 1', 'take']);
  assert.equal(run.next().done, true);
});

test("Characters and Booleans have Groovy's methods", () => {
  const a = readValue('97c');
  const call = (signature: string, ...args: Value[]): string => writeValue((methods[signature] as Native)(rt, args[0], ...args.slice(1)) as Value);
  assert.equal(call('isLetter(java.lang.Character)', a), 'true');
  assert.equal(call('toUpperCase(java.lang.Character)', a), '65c');
  assert.equal(call('plus(java.lang.Number, java.lang.Character)', 1, a), '98i');
  assert.equal(call('div(java.lang.Character, java.lang.Number)', a, 2), '48.5m');
  assert.equal(call('compareTo(java.lang.Character, java.lang.Number)', a, 98), '-1i');
  assert.equal(call('implies(java.lang.Boolean, java.lang.Boolean)', true, false), 'false');
  assert.equal(call('plus(java.lang.Number, java.lang.String)', 5, 'x'), '5x');
});
