import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../engine/testing/dummy-host.ts';
import type { Ask, RequestOf } from '../host.ts';
import { runScriptText } from '../steps/testing/run-script.ts';

type Files = { readonly [path: string]: string };

/** Runs a script with libraries by name. */
async function run(script: string, libraries: { readonly [name: string]: Files }, workspace: Files = {}, implicit: readonly string[] = []) {
  const requests: RequestOf<'library'>[] = [];
  const respond = (ask: Ask): Reply | undefined => {
    if (ask.kind !== 'library') return undefined;
    requests.push(ask.request);
    const files = libraries[ask.request.name];
    if (files === undefined) return { err: { code: 'MR_LIBRARY_UNKNOWN', message: `No library named ${ask.request.name} found` } };
    return { ok: { version: 'abc', files, binary: { 'resources/bin/x.dat': 'AAEC' }, messages: [] } };
  };
  const { console, result } = await runScriptText(script, workspace, respond, { libraries: implicit });
  const lines = console
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('[Pipeline]') && !line.startsWith('Finished:') && !line.startsWith('Running on'));
  return { console, result, lines, requests };
}
async function prints(script: string, library: Files, expected: readonly string[], workspace: Files = {}): Promise<void> {
  const { lines, console } = await run(script, { lib: library }, workspace);
  assert.deepEqual(lines, expected, console);
}

test('@Library loads before the script is compiled, in all its forms', async () => {
  const empty = { 'vars/a.groovy': 'def call() {}' };
  const { console, requests } = await run(
    `@Library('one@v1') _\n@Library(['two', 'three@main']) import java.util.List\n@Library(value = 'four@1.0', changelog = false) import java.util.Map\necho 'begins'`,
    { one: empty, two: empty, three: empty, four: empty },
  );
  assert.deepEqual(requests.map((r) => [r.name, r.version, r.changelog]).sort(), [
    ['four', '1.0', false],
    ['one', 'v1', true],
    ['three', 'main', true],
    ['two', null, true],
  ]);
  assert.ok(console.indexOf('Loading library one@v1\n') < console.indexOf('[Pipeline] Start of Pipeline\n'), console);
  assert.match(console, /begins\n/);
});

test('vars are objects with methods, fields and call, one for a build', () =>
  prints(
    `@Library('lib') _
     greet 'bob'
     greet(name: 'al') { echo 'in the block' }
     echo greet.twice('x')
     counter.next(); counter.next()
     echo "\${counter.next()} \${counter.n} \${log.info('hi')}"`,
    {
      'vars/greet.groovy': `def call(String who) { echo "hello $who" }
        def call(Map args, Closure body) { echo "dear \${args.name}"; body() }
        def twice(s) { return s * 2 }`,
      'vars/counter.groovy': `import groovy.transform.Field\n@Field int n = 0\ndef next() { log.info('counting'); return ++n }`,
      'vars/log.groovy': `def info(text) { return "INFO $text" }`,
    },
    ['Loading library lib', 'hello bob', 'dear al', 'in the block', 'xx', '3 3 INFO hi'],
  ));

test('a lower-case name is a variable’s, even where a var of that name is compiled', () =>
  prints(
    `@Library('lib') _
     log.info 'first'
     late()
     template { name = 'x' }
     parallel a: { log.info 'in a' }`,
    {
      'vars/log.groovy': `def info(t) { echo t }`,
      'vars/late.groovy': `def call() { log.info('late'); def x = log; x.info('again'); log.with { info 'with' } }`,
      'vars/template.groovy': `def call(Closure body) { def config = [:]\n body.resolveStrategy = Closure.DELEGATE_FIRST\n body.delegate = config\n body()\n echo config.toString() }`,
    },
    ['Loading library lib', 'first', 'late', 'again', 'with', '[name:x]', 'in a'],
  ));

test('classes of src may name each other in circles, extend each other and hold constants', () =>
  prints(
    `@Library('lib') import org.acme.*
     import static org.acme.Names.*
     def a = new A(this)
     node { a.go() }
     echo PREFIX + Kind.BIG.label() + new Child().describe() + (new Child() instanceof Base) + Outer.Inner.VALUE`,
    {
      'src/org/acme/A.groovy': `package org.acme\nclass A implements Serializable { def steps; A(s) { steps = s }\n def go() { steps.echo 'A'; new B(this).back(1) } }`,
      'src/org/acme/B.groovy': `package org.acme\nclass B { A a; B(A a) { this.a = a }\n def back(int n) { a.steps.sh "echo $n"; a.steps.echo a.class.simpleName + ' from B' } }`,
      'src/org/acme/Names.groovy': `package org.acme\nclass Names { static final String PREFIX = '> ' + B.simpleName }`,
      'src/org/acme/Kind.groovy': `package org.acme\nenum Kind { SMALL, BIG\n String label() { name().toLowerCase() } }`,
      'src/org/acme/Child.groovy': `package org.acme\nclass Child extends Base implements Shown { String describe() { return shown() + new Outer() } }`,
      'src/org/acme/Base.groovy': `package org.acme\nabstract class Base { def make() { new Child() }\n abstract String describe() }`,
      'src/org/acme/Shown.groovy': `package org.acme\ntrait Shown { String shown() { "<\${this.class.simpleName}>" } }`,
      'src/org/acme/Outer.groovy': `package org.acme\nclass Outer { String toString() { 'outer' }\n static class Inner { static VALUE = 7 } }`,
    },
    ['Loading library lib', 'A', '+ echo 1', 'A from B', '> Bbig<Child>outertrue7'],
  ));

test('vars use classes of src, and a pipeline may be in a var', () =>
  prints(
    `@Library('lib') _\nbuildIt(name: 'app')`,
    {
      'vars/buildIt.groovy': `import org.acme.Config
        def call(Map args) {
          def config = new Config(args)
          pipeline {
            agent any
            stages { stage('Build') { steps { echo "building \${config.name}"; script { say config.name } } } }
          }
        }`,
      'vars/say.groovy': `def call(x) { echo "say $x" }`,
      'src/org/acme/Config.groovy': `package org.acme\nclass Config { String name }`,
    },
    ['Loading library lib', 'building app', 'say app'],
  ));

test('the library step answers its classes', () =>
  prints(
    `def lib = library('lib@dev')
     echo lib.org.acme.Tool.new('x').text() + lib.org.acme.Tool.LEVEL + lib.org.acme.Tool.make()
     try { lib.org.acme.Nope.new() } catch (e) { echo e.message }
     greet()
     library 'lib'`,
    {
      'src/org/acme/Tool.groovy': `package org.acme\nclass Tool { public static final int LEVEL = 3; String t; Tool(String t) { this.t = t }\n String text() { t }\n static String make() { 'made' } }`,
      'vars/greet.groovy': `def call() { echo 'dynamic' }`,
    },
    ['Loading library lib@dev', 'x3made', 'java.lang.ClassNotFoundException: org.acme.Nope', 'dynamic', 'Only using first definition of library lib'],
  ));

test('resources are read as text or base64', async () => {
  const { lines, console } = await run(
    `@Library('lib') _\necho libraryResource('org/a.txt')\necho libraryResource(resource: 'bin/x.dat', encoding: 'Base64')\nlibraryResource 'nope.txt'`,
    { lib: { 'vars/x.groovy': '', 'resources/org/a.txt': 'hello' } },
  );
  assert.deepEqual(lines, ['Loading library lib', 'hello', 'AAEC', 'ERROR: No such library resource nope.txt could be found.'], console);
});

test('a library’s variable wins over a step, which steps still reaches', () =>
  prints(`@Library('lib') _\necho 'x'`, { 'vars/echo.groovy': `def call(t) { steps.echo "<$t>" }` }, ['Loading library lib', '<x>']));

test('implicit libraries need no annotation', async () => {
  const { lines } = await run(`greet()`, { lib: { 'vars/greet.groovy': `def call() { echo 'hi' }` } }, {}, ['lib']);
  assert.deepEqual(lines, ['Loading library lib', 'hi']);
});

test('errors are Jenkins’ own', async () => {
  const unknown = await run(`@Library(['nope', 'nada@1']) _\necho 'x'`, {});
  assert.equal(unknown.result, 'FAILURE');
  assert.match(unknown.console, /ERROR: Could not find any definition of libraries \[nope, nada@1\]\n/);
  assert.match(unknown.console, /MultipleCompilationErrorsException: startup failed:\nWorkflowScript: Loading libraries failed\n\n1 error\n/);
  const empty = await run(`@Library('lib') _\necho 'x'`, { lib: { 'readme.md': '' } });
  assert.match(empty.console, /ERROR: Library lib expected to contain at least one of src or vars directories\n/);
  const broken = await run(`@Library('lib') import org.acme.Broken\necho 'x'`, {
    lib: { 'src/org/acme/Broken.groovy': 'package org.acme\nclass Broken { def x( }' },
  });
  assert.match(broken.console, /MultipleCompilationErrorsException: startup failed:\nlibrary lib: src\/org\/acme\/Broken\.groovy: 2: /);
  const dynamic = await run(`try { library 'nope@1' } catch (e) { echo e.message }`, {});
  assert.deepEqual(dynamic.lines, ['No library named nope found']);
});

test('load runs a script of the workspace, with the same global variables', () =>
  prints(
    `shared = 'from main'
     node { def lib = load 'lib.groovy'; lib.hello('bob'); echo "\${lib.VALUE} \${other}"; load path: 'second.groovy' }`,
    {},
    ['hello bob, from main', '5 set there', 'second runs'],
    {
      'lib.groovy': `import groovy.transform.Field\n@Field VALUE = 5\nother = 'set there'\ndef hello(who) { echo "hello $who, $shared" }\nreturn this`,
      'second.groovy': `echo 'second runs'`,
    },
  ));
