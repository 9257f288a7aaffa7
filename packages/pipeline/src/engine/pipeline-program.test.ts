import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPipeline } from './run-pipeline.ts';
import { DummyHost } from './testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from './testing/memory-stores.ts';
import { FACTS } from './testing/run-steps.ts';

async function run(text: string, host = new DummyHost()): Promise<{ console: string; result: string; host: DummyHost }> {
  const log = new MemoryLog();
  const { outcome } = runPipeline({
    host,
    journal: new MemoryJournal(),
    log,
    begin: { build: { ...FACTS, script: { text, path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] },
  });
  const { result } = await outcome;
  return { console: log.text, result, host };
}

test('a scripted pipeline runs its steps', async () => {
  const { console, result } = await run(`
    node('linux') {
      stage('Build') {
        def out = sh(script: "echo \${1 + 2}", returnStdout: true).trim()
        echo "got $out"
        withEnv(['A=b']) { echo env.A }
      }
    }`);
  assert.equal(result, 'SUCCESS', console);
  assert.match(console, /\+ echo 3\n\[Pipeline\] echo\ngot echo 3\n\[Pipeline\] withEnv\n\[Pipeline\] {\n\[Pipeline\] echo\nb\n/);
});

test('a script’s own errors are printed with their place', async () => {
  const { console, result } = await run('def x = 1\nnoSuchThing.y()');
  assert.equal(result, 'FAILURE');
  assert.match(
    console,
    /groovy.lang.MissingPropertyException: No such property: noSuchThing for class: WorkflowScript\n\tat WorkflowScript.run\(WorkflowScript:2\)\n/,
  );
});

test('an unknown step is told with those there are', async () => {
  const { console } = await run('frobnicate 1');
  assert.match(console, /java.lang.NoSuchMethodError: No such DSL method 'frobnicate' found among steps \[.*echo, .*\] or symbols \[/);
});

test('steps work in closures of collections, loops and methods', async () => {
  const { console, result } = await run(`
    def greet(who) { echo "hello $who" }
    ['a', 'b'].each { greet(it) }
    for (int i = 0; i < 2; i++) echo "round $i"
    def results = parallel(x: { echo 'in x'; 1 }, y: { 2 })
    echo "sum \${results.x + results.y}"
    try { error 'boom' } catch (e) { echo "caught \${e.message}" } finally { println 'last' }
  `);
  assert.equal(result, 'SUCCESS', console);
  for (const line of ['hello a', 'hello b', 'round 1', 'in x', 'sum 3', 'caught boom', 'last']) assert.ok(console.includes(`${line}\n`), line);
});

test('a Declarative Pipeline runs its stages', async () => {
  const { console, result } = await run(`
    pipeline {
      agent any
      environment { GREETING = 'hi' }
      stages {
        stage('Build') { steps { sh 'make'; echo "say \${env.GREETING}" } }
        stage('Test') { steps { script { for (x in [1, 2]) { echo "test $x" } } }
          post { always { echo 'after test' } } }
      }
      post { success { echo 'all good' } }
    }`);
  assert.equal(result, 'SUCCESS', console);
  for (const line of ['[Pipeline] { (Build)', '+ make', 'say hi', 'test 2', 'after test', '[Pipeline] { (Declarative: Post Actions)', 'all good'])
    assert.ok(console.includes(`${line}\n`), `${line} in\n${console}`);
});

test('a file of classes alone is a compilation error, not a crash', async () => {
  await assert.rejects(run('class A { }'), { name: 'CompilationError' });
});
