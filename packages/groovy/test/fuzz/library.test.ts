/**
 * Every method of the library, called with arguments of any kind on receivers of any kind, answers or throws what Java
 * could throw: never an error of JavaScript, and never `undefined`.
 *
 * `FUZZ_CALLS=1000000 FUZZ_SEED=7 node --test …` runs more than CI does.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JavaList } from '../../src/collections/index.ts';
import { runScript } from '../../src/index.ts';
import { invokeMethod } from '../../src/runtime/call.ts';
import type { GroovyClass } from '../../src/runtime/classes.ts';
import type { Interpreter } from '../../src/runtime/interpreter.ts';
import type { Value } from '../../src/runtime/values.ts';
import { JavaThrowable } from '../../src/runtime/values.ts';
import { ATOMS, numbers } from './program.ts';

const CALLS = Number(process.env.FUZZ_CALLS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const ATOM_LIST = ATOMS.map((a) => `{ -> ${a.replace(/^\{/, '(Closure) {')} }`).join(',\n');
const SOURCE = `
enum Color { RED, GREEN }
class P { def a; P() {}; P(x) { a = x } }
class Q extends ArrayList { }
x = 1; y = 'a'; z = null
def l = [3, 1, 2]; def m = [a: 1, k: 'v']; def s = 'str'; def n = 5; def c = { it }; def p = new P()
seen([${ATOM_LIST}])
`;

test('no method of the library fails with an error of JavaScript', () => {
  const found = new Map<string, string>();
  let calls = 0;
  let slices = 0;
  const pick = numbers(SEED);
  const run = (vm: Interpreter, makers: readonly Value[]): void => {
    const value = (): [Value, string] => {
      const i = pick(makers.length);
      try {
        return [vm.callSync(makers[i] as Value, []), ATOMS[i] as string];
      } catch {
        // An earlier call has changed a variable that the expression uses.
        return [null, 'null'];
      }
    };
    const byClass = new Map<GroovyClass, string[]>();
    while (calls < CALLS) {
      const [receiver, text] = value();
      if (receiver === null) continue;
      const cls = vm.classOf(receiver);
      let names = byClass.get(cls);
      if (names === undefined) byClass.set(cls, (names = methodNames(vm, cls)));
      for (let i = 0; i < 8; i++) {
        calls++;
        const name = names[pick(names.length)] as string;
        const args = Array.from({ length: pick(4) }, value);
        const shown = `(${text}).${name}(${args.map((a) => a[1]).join(', ')})`;
        try {
          vm.fuel = 2_000;
          const answer = vm.settle(
            invokeMethod(
              vm,
              receiver,
              name,
              args.map((a) => a[0]),
            ),
          );
          if (answer === undefined) found.set(`undefined from ${name}`, shown);
          else vm.str(answer);
        } catch (failure) {
          let e: unknown = failure;
          try {
            e = vm.asThrowable(failure);
          } catch {}
          if (!(e instanceof JavaThrowable)) found.set(String(failure), shown);
          else if (e.typeName === 'java.lang.InternalError') found.set(`${e.detail}\n${String(e.data).split('\n').slice(1, 4).join('\n')}`, shown);
        }
      }
    }
  };
  runScript(SOURCE, {
    fileName: 'fuzz.groovy',
    sandbox: true,
    print: () => {},
    limits: { slice: 2_000, allocation: 100_000, nestedSlices: 2, depth: 200 },
    hooks: {
      methodMissing: (vm, _script, name, args) => {
        if (name !== 'seen') return undefined;
        run(vm, (args[0] as JavaList).items);
        return null;
      },
    },
    interrupt: () => (++slices > 1_000_000 ? new JavaThrowable('java.lang.InterruptedException', 'enough') : null),
  });
  assert.ok(calls >= CALLS);
  assert.deepEqual(
    [...found].map(([what, where]) => `${where}: ${what}`),
    [],
  );
});

/** Everything that can be called on an instance (on the class, where the value is one). */
function methodNames(vm: Interpreter, cls: GroovyClass): string[] {
  const names = new Set<string>(['toString', 'equals', 'hashCode', 'compareTo', 'plus', 'getAt', 'putAt', 'asType', 'isCase']);
  for (const c of cls.ancestors()) {
    for (const name of c.ready().ownMethods.keys()) names.add(name);
    for (const name of c.ownStatics.keys()) names.add(name);
    for (const name of vm.registry.index.extensions.get(c.name)?.keys() ?? []) names.add(name);
  }
  // They run until they are stopped.
  for (const name of ['sleep', 'call', 'doCall', 'run', 'wait', 'trampoline']) names.delete(name);
  return [...names];
}
