import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompilationError, parse } from '@millrace/groovy/syntax';
import { STEPS } from '../steps/index.ts';
import { defaultDescriptors } from './default-descriptors.ts';
import { readPipelines } from './read-pipelines.ts';
import { stepDescriptors } from './step-descriptors.ts';

const DESCRIPTORS = defaultDescriptors(stepDescriptors(STEPS), []);
const errors = (steps: string, options = ''): string[] => {
  try {
    readPipelines(parse(`pipeline { agent any\n${options}\nstages { stage('a') { steps {\n${steps}\n} } } }`, 'WorkflowScript'), DESCRIPTORS);
    return [];
  } catch (e) {
    if (e instanceof CompilationError) return e.errors.map((x) => x.message);
    throw e;
  }
};

test('steps as people write them pass', () => {
  assert.deepEqual(
    errors(
      [
        "echo 'x'",
        "echo(message: 'x')",
        "sh 'make'",
        "sh script: 'make', returnStdout: true",
        'sh(returnStatus: true, script: "x")',
        "error 'x'",
        'error "${x}"',
        'sleep 5',
        "sleep time: 5, unit: 'MINUTES'",
        "timeout(5) { echo 'x' }",
        "timeout(time: 5, unit: 'SECONDS') { echo 'x' }",
        "retry(3) { echo 'x' }",
        "withEnv(['A=b']) { echo 'x' }",
        "dir('x') { echo 'x' }",
        "node('linux') { echo 'x' }",
        "catchError { echo 'x' }",
        "catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { echo 'x' }",
        "input 'Go on?'",
        "input(message: 'x', ok: 'y')",
        'script { def x = 1 }',
        'unknownLibraryStep 1, 2',
      ].join('\n'),
      "options { timeout(time: 1, unit: 'HOURS')\nretry(2) }",
    ),
    [],
  );
});

test('steps with wrong arguments do not', () => {
  assert.deepEqual(errors("sh 1\nsh scrip: 'x'\nsh()\ntimeout(time: 'x') { echo 'x' }"), [
    'Expecting "class java.lang.String" but got "1" of type class java.lang.Integer instead',
    'Invalid parameter "scrip", did you mean "script"?',
    'Missing required parameter: "script"',
    'Expecting "int" for parameter "time" but got "x" of type class java.lang.String instead',
  ]);
  assert.match(errors("echo 'x'", "options { sh 'x' }")[0]!, /^Invalid option type "sh"\. Valid option types: \[/);
});
