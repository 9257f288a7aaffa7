/** What is wrong with a source that can be parsed, as Groovy's compiler words it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompilationError } from '../index.ts';
import { runScript } from '../run-script.ts';

function messageOf(source: string): string {
  try {
    runScript(source, { fileName: 'a.groovy', print: () => undefined });
  } catch (e) {
    if (e instanceof CompilationError) return e.message;
    throw e;
  }
  return 'compiles';
}

test('an import of a class that is not there is told with its place on a line of its own', () => {
  assert.equal(
    messageOf('import a.b.C\n'),
    'startup failed:\na.groovy: 1: unable to resolve class a.b.C\n @ line 1, column 1.\n   import a.b.C\n   ^\n\n1 error\n',
  );
});

test('a class that is above itself is told, whatever lies between', () => {
  for (const [source, name, kind = 'class'] of [
    ['class A extends A { }', 'A'],
    ['class A extends B { }\nclass B extends A { }', 'A'],
    ['class A extends B { }\nclass B extends C { }\nclass C extends A { }', 'C'],
    ['class X extends A { }\nclass A extends B { }\nclass B extends A { }', 'A'],
    ['interface I extends J { }\ninterface J extends I { }\nclass X implements I { }', 'J', 'interface'],
    ['trait T extends U { }\ntrait U extends T { }', 'T'],
    ['package a\nclass A extends A { }', 'a.A'],
  ] as const)
    assert.ok(messageOf(source).includes(`: Cyclic inheritance involving ${name} in ${kind} ${name}\n @ line `), messageOf(source));
});

test('a variable that is declared twice is told with its place on a line of its own', () => {
  assert.match(messageOf('def x = 1\ndef x = 2\n'), /a\.groovy: 2: The current scope already contains a variable of the name x\n @ line 2, column 5\.\n/);
});
