import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileUnit, HostObject, JavaList, JavaThrowable, makeInterpreter, parse, runScriptObject, type Value } from '../index.ts';

/** What trusted code alone may read: `secret`, `open(x)`. */
class Guarded extends HostObject {
  get $type(): string {
    return 'java.lang.Object';
  }
  hasMethod(name: string): boolean {
    return name === 'open';
  }
  getProperty(): undefined {
    throw new JavaThrowable('x.Refused', null);
  }
  setProperty(): boolean {
    return false;
  }
  invokeMethod(_rt: unknown, name: string): undefined {
    if (this.hasMethod(name)) throw new JavaThrowable('x.Refused', null);
    return undefined;
  }
  override trustedProperty(_rt: unknown, name: string): Value | undefined {
    return name === 'secret' ? 's' : name === 'nothing' ? null : undefined;
  }
  override trustedMethod(_rt: unknown, name: string, args: readonly Value[]): Value | undefined {
    return name === 'open' ? `open ${args.length}` : undefined;
  }
}

function run(source: string, trusted = true): { readonly text: string; readonly failure: string | null } {
  let text = '';
  const vm = makeInterpreter({
    sandbox: true,
    print: (part) => {
      text += part;
    },
  });
  const { script } = compileUnit(vm, parse(source, 'lib.groovy'), { className: 'lib', trusted });
  const guarded = new Guarded();
  const binding = new Map<string, Value>([
    ['guarded', guarded],
    ['list', new JavaList([guarded, null, guarded])],
  ]);
  try {
    vm.run(() => vm.defer(runScriptObject(vm, vm.newScript(script as NonNullable<typeof script>, binding))));
    return { text, failure: null };
  } catch (e) {
    assert.ok(e instanceof JavaThrowable, String((e as Error).stack ?? e));
    return { text, failure: `${e.typeName}: ${e.detail}` };
  }
}
function prints(source: string, text: string): void {
  assert.deepEqual(run(source), { text, failure: null });
  assert.notEqual(run(source, false).failure, null, 'the sandbox lets it through too');
}

describe('a trusted unit in a program of the sandbox', () => {
  test('adds methods to classes and objects', () => {
    prints("String.metaClass.shout = { delegate.toUpperCase() + '!' }; println 'a'.shout()", 'A!\n');
    prints('class A { }; A.metaClass.static.make = { 7 }; println A.make()', '7\n');
    prints('class A { def x = 1 }; def a = new A(); a.metaClass.twice = { x * 2 }; println a.twice()', '2\n');
    prints('Integer.metaClass.getOdd = { -> delegate % 2 == 1 }; println([1, 2].collect { it.odd })', '[true, false]\n');
    prints("String.metaClass.with { it.shout = { delegate + '!' } }; println 'a'.shout() + 'b'.with { it }", 'a!b\n');
    prints("println String.metaClass.invokeMethod('a ', 'trim', null) + String.metaClass.getMetaMethod('trim').invoke(' b')", 'ab\n');
    prints("class A { static f() { 1 } }; println A.metaClass.invokeMethod(A, 'f', null)", '1\n');
    prints("println 'x'.getMetaClass().respondsTo('x', 'trim').size() > 0", 'true\n');
  });
  test('evaluates texts, with the rights that it has itself', () => {
    prints("println evaluate('1 + 2')", '3\n');
    prints("x = 4; println evaluate('x * 2')", '8\n');
    prints('println([1, 2].collect { evaluate("$it * 3") })', '[3, 6]\n');
    prints("println Eval.me('[1, 2].sum()') + Eval.x(4, 'x * 2') + Eval.xy(1, 2, 'x + y')", '14\n');
    prints("println new GroovyShell(new Binding([n: 5])).evaluate('n + 1')", '6\n');
    prints("def s = new GroovyShell().parse('def twice(x) { x * 2 }'); println s.twice(21)", '42\n');
    prints('println Eval.me(\'Eval.me("1") + 1\')', '2\n');
    assert.equal(
      run("Eval.me('def (')").failure?.slice(0, 80),
      'org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:\n'.slice(0, 80),
    );
  });
  test('finds classes by name and makes them', () => {
    prints("println Class.forName('java.util.ArrayList').newInstance()", '[]\n');
  });
  test('reads what an object of the host keeps for it, in every form of a call', () => {
    prints('println guarded.secret', 's\n');
    prints('println guarded?.secret', 's\n');
    prints('def n = \'secret\'; println guarded."$n"', 's\n');
    prints('println guarded.nothing', 'null\n');
    prints('println guarded.open(1, 2)', 'open 2\n');
    prints('def n = \'open\'; println guarded."$n"()', 'open 0\n');
    prints('println list.secret', '[s, s]\n');
    prints('println list*.secret', '[s, null, s]\n');
    prints('println list.findAll { it != null }*.open()', '[open 0, open 0]\n');
    prints('println list.findAll { it }.collect { it.secret }', '[s, s]\n');
    prints('guarded.with { println secret; println open() }', 's\nopen 0\n');
    prints('class A { def f(g) { g.secret } }; println new A().f(guarded)', 's\n');
  });
  test('is told what is not there as missing, not as forbidden', () => {
    for (const script of ["'ls'.execute()", "new File('x')", 'System.exit(1)', 'Runtime.runtime', 'def f = { System.exit(1) }; f()'])
      assert.match(run(script).failure ?? '', /^java\.lang\.UnsupportedOperationException: Not available here: /, script);
  });
});
