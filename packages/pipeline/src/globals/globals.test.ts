import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildFacts } from '../engine/build.ts';
import { runScriptText } from '../steps/testing/run-script.ts';

async function echoes(text: string, facts: Partial<BuildFacts> = {}): Promise<string[]> {
  const { console, result } = await runScriptText(text, {}, undefined, facts);
  assert.notEqual(result, 'FAILURE', console);
  return console.split('\n').filter((line) => line !== '' && !line.startsWith('[Pipeline]') && !line.startsWith('Finished:') && !line.startsWith('Running on'));
}

test('env keeps what is assigned beyond its block, and blocks around win', async () => {
  assert.deepEqual(
    await echoes(`
    env.A = 'x'
    env['B'] = 5
    withEnv(['B=block', 'C=c']) { echo "$A $B $C"; env.B = 'later'; echo env.B }
    echo "\${env.B} \${env.C} \${env.getEnvironment().BUILD_NUMBER} \${env.getProperty('A')}"
    env.N = null
    env.E = ''
    echo "<\${env.N}> <\${env.E}>"`),
    ['x block c', 'block', 'later null 1 x', '<null> <>'],
  );
});

test('an unknown name is told with the class', async () => {
  assert.deepEqual(await echoes(`try { NOPE } catch (MissingPropertyException e) { echo e.message }`), ['No such property: NOPE for class: WorkflowScript']);
});

test('params are read only, typed, and show the defaults that the script declares', async () => {
  assert.deepEqual(
    await echoes(
      `echo "\${params.WHO} \${params.FLAG}"
      properties([parameters([string(name: 'WHO', defaultValue: 'nobody'), booleanParam(name: 'FLAG', defaultValue: false), choice(name: 'C', choices: ['one', 'two'])])])
      echo "\${params.WHO} \${params.FLAG.class.simpleName} \${params.C} \${env.WHO}"
      try { params.X = 1 } catch (UnsupportedOperationException e) { echo 'read only' }`,
      { parameters: { WHO: 'bob', FLAG: 'true' } },
    ),
    ['bob true', 'bob Boolean one bob', 'read only'],
  );
});

test('currentBuild’s result only gets worse', async () => {
  assert.deepEqual(
    await echoes(`echo "\${currentBuild.result} \${currentBuild.currentResult}"
    currentBuild.result = 'unstable'
    currentBuild.result = 'SUCCESS'
    echo "\${currentBuild.result} \${currentBuild.resultIsWorseOrEqualTo('SUCCESS')} \${currentBuild.resultIsBetterOrEqualTo('SUCCESS')}"
    currentBuild.displayName = "#\${currentBuild.number} of me"
    currentBuild.description = 'text'
    echo "\${currentBuild.fullDisplayName}, \${currentBuild.description}, \${currentBuild.externalizableId}"`),
    ['null SUCCESS', 'UNSTABLE true false', 'job #1 of me, text, job#1'],
  );
});

test('the sandbox refuses Jenkins’ own objects', async () => {
  const refused = 'Scripts not permitted to use';
  assert.deepEqual(
    await echoes(`for (c in [{ Jenkins.instance }, { Jenkins.get() }, { currentBuild.rawBuild }]) { try { c() } catch (e) { echo e.message } }`),
    [
      `${refused} staticMethod jenkins.model.Jenkins getInstance`,
      `${refused} staticMethod jenkins.model.Jenkins get`,
      `${refused} method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild`,
    ],
  );
});

test('steps calls steps, also out of classes', async () => {
  assert.deepEqual(
    await echoes(
      `class Tool implements Serializable { def steps; Tool(s) { steps = s }\n def go() { steps.echo 'from a class'; steps.env.X = 'y' } }\nnew Tool(this).go(); echo X; new Tool(steps).go()`,
    ),
    ['from a class', 'y', 'from a class'],
  );
});

test('what a script prints by itself is the step echo', async () => {
  const { console } = await runScriptText(
    `def echo(s) { println s.toUpperCase() }\necho 'own'\nsteps.echo 'a step'\n[1].each { println it }\nprintf('%s-%d\\n', 'x', 3)\nprintln([a: 1])`,
  );
  assert.match(console, /\[Pipeline\] echo\nOWN\n\[Pipeline\] echo\na step\n\[Pipeline\] echo\n1\n\[Pipeline\] echo\nx-3\n\n\[Pipeline\] echo\n\{a=1\}\n/);
});

test('a server’s address makes those of job and build', async () => {
  assert.deepEqual(
    await echoes(`echo "$BUILD_URL $JOB_URL $RUN_CHANGES_DISPLAY_URL \${currentBuild.absoluteUrl == BUILD_URL}"`, {
      job: 'f/a b',
      number: 7,
      rootUrl: 'https://ci/',
    }),
    ['https://ci/job/f/job/a%20b/7/ https://ci/job/f/job/a%20b/ https://ci/job/f/job/a%20b/7/display/redirect?page=changes true'],
  );
});
