import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DummyHost } from '../../engine/testing/dummy-host.ts';
import { runJenkinsfile } from './testing/run-jenkinsfile.ts';

/** The console less the engine's markers. */
const said = (console: string): string[] => console.split('\n').filter((l) => l !== '' && !l.startsWith('[Pipeline]') && !l.startsWith('Finished:'));
const stages = (...stages: string[]): string => stages.join('\n');
const pipeline = (body: string): string => `pipeline {\n${body}\n}`;
const stage = (name: string, steps: string, more = ''): string => `stage('${name}') {\n${more}\nsteps { ${steps} }\n}`;

test('runs stages in order on one node, with the console of Jenkins', async () => {
  const { console, result } = await runJenkinsfile(pipeline(`agent any\nstages { ${stage('one', "echo 'a'")}\n }`));
  assert.equal(result, 'SUCCESS');
  assert.equal(
    console,
    [
      '[Pipeline] Start of Pipeline',
      '[Pipeline] node',
      'Running on Jenkins in /w/job',
      '[Pipeline] {',
      '[Pipeline] stage',
      '[Pipeline] { (one)',
      '[Pipeline] echo',
      'a',
      '[Pipeline] }',
      '[Pipeline] // stage',
      '[Pipeline] }',
      '[Pipeline] // node',
      '[Pipeline] End of Pipeline',
      'Finished: SUCCESS',
      '',
    ].join('\n'),
  );
});

test('checks the source out in a stage of its own, unless told not to', async () => {
  const scm = { kind: 'git' as const, remotes: [], branches: [], extensions: [] };
  const first = await runJenkinsfile(pipeline(`agent any\nstages { ${stage('one', "echo 'a'")}\n }`), { facts: { scm } });
  assert.match(first.console, /\{ \(Declarative: Checkout SCM\)\n\[Pipeline\] checkout\n/);
  const second = await runJenkinsfile(pipeline(`agent any\noptions { skipDefaultCheckout() }\nstages { ${stage('one', "echo 'a'")}\n }`), { facts: { scm } });
  assert.doesNotMatch(second.console, /Checkout SCM/);
  const inStage = await runJenkinsfile(pipeline(`agent none\nstages { ${stage('one', "echo 'a'", 'agent any')}\n }`), { facts: { scm } });
  assert.match(inStage.console, /\{ \(one\)\n\[Pipeline\] node\n.*\n\[Pipeline\] \{\n\[Pipeline\] checkout\n/);
});

test('says what is missing when a step needs a node and the agent is none', async () => {
  const { console, result } = await runJenkinsfile(pipeline(`agent none\nstages { ${stage('one', "sh 'make'")}\n }`));
  assert.equal(result, 'FAILURE');
  assert.match(
    console,
    /Attempted to execute a step that requires a node context while ‘agent none’ was specified\. Be sure to specify your own ‘node \{ \.\.\. \}’ blocks when using ‘agent none’\./,
  );
});

test('environment values name each other in any order, the variables around, parameters, and themselves', async () => {
  const { console } = await runJenkinsfile(
    `def outer = 'o'\n${pipeline(`agent none\nparameters { string(name: 'P', defaultValue: 'p') }
environment { A = "\${B}/\${env.B}/\${outer}/\${P}/\${NOBODY}"; B = 'b' + "\${BUILD_NUMBER}"; BUILD_NUMBER = "\${BUILD_NUMBER}0" }
stages { ${stage('one', 'echo "$A $B $BUILD_NUMBER"', 'environment { B = "inner $A" }')}\n }`)}`,
  );
  assert.deepEqual(said(console), ['b10/b10/o/p/null inner b10/b10/o/p/null 10']);
});

test('credentials become variables by their kind', async () => {
  const fields: Record<string, Record<string, string>> = { user: { username: 'u', password: 'some password' }, s1: { secret: 'some secret' } };
  const host = new DummyHost((ask) => (ask.kind === 'credentials' ? { ok: { type: 'any', description: null, fields: fields[ask.request.id]! } } : undefined));
  const { console } = await runJenkinsfile(
    pipeline(`agent none\nenvironment { U = credentials('user')\nS = credentials("s\${1}") }\nstages { ${stage('one', "echo 'a'")}\n }`),
    { host },
  );
  assert.equal(
    said(console)[0],
    'withCredentials: bindings=@usernameColonPassword(variable=U,credentialsId=user), @usernamePassword(usernameVariable=U_USR,passwordVariable=U_PSW,credentialsId=user), @string(variable=S,credentialsId=s1)',
  );
});

test('after a failure later stages are skipped, each with all of its own, and post runs', async () => {
  const { console, result } = await runJenkinsfile(
    pipeline(`agent none\nstages {\n${stages(
      stage('bad', "error 'no'", 'post { failure { echo "stage ${currentBuild.result}" } }'),
      "stage('group') { stages { stage('in') { steps { echo 'in' } } } }",
      "stage('par') { parallel { stage('p') { steps { echo 'p' } } } }",
    )}\n}
post { always { echo "always \${currentBuild.currentResult}" }\nsuccess { echo 'success' }\nfailure { error 'in post' }\ncleanup { echo 'cleanup' } }`),
  );
  assert.equal(result, 'FAILURE');
  const lines = said(console);
  assert.deepEqual(lines.slice(0, 7), [
    'Post stage',
    'stage FAILURE',
    'Stage "group" skipped due to earlier failure(s)',
    'Stage "group" skipped due to earlier failure(s)',
    'Stage "par" skipped due to earlier failure(s)',
    'Stage "p" skipped due to earlier failure(s)',
    'Failed in branch p',
  ]);
  assert.deepEqual(
    [lines[7], lines[8], lines[9], lines.at(-2), lines.at(-1)],
    ['always FAILURE', 'Error when executing failure post condition:', 'hudson.AbortException: in post', 'cleanup', 'ERROR: no'],
  );
});

test('the result that a post condition sees is taken back afterwards', async () => {
  const { result, console } = await runJenkinsfile(
    pipeline(
      `agent none\nstages { stage('g') { stages {\n${stage(
        'one',
        "catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { error 'x' }",
        'post { always { echo \'ran\' }\nunstable { echo "seen ${currentBuild.result}" } }',
      )}\n} } }\npost { success { echo 'good' } }`,
    ),
  );
  assert.equal(result, 'SUCCESS');
  assert.deepEqual(said(console), ['ERROR: x', 'Post stage', 'ran', 'seen UNSTABLE', 'good']);
});

test('changed, fixed and regression look at the build before', async () => {
  const file = (steps: string): string =>
    pipeline(`agent none\nstages { ${stage('one', steps)}\n }\npost { changed { echo 'changed' }\nfixed { echo 'fixed' }\nregression { echo 'regression' } }`);
  const before = (result: 'SUCCESS' | 'FAILURE') => ({
    facts: { previous: [{ number: 0, result, startedAt: 0, durationMs: 0, displayName: '#0', description: null, url: '' }] },
  });
  const run = async (steps: string, options = {}): Promise<string[]> => said((await runJenkinsfile(file(steps), options)).console);
  assert.deepEqual(await run("echo 'x'"), ['x', 'changed']);
  assert.deepEqual(await run("echo 'x'", before('SUCCESS')), ['x']);
  assert.deepEqual(await run("echo 'x'", before('FAILURE')), ['x', 'changed', 'fixed']);
  assert.deepEqual(await run("error 'x'", before('SUCCESS')), ['changed', 'regression', 'ERROR: x']);
});

test('when skips a stage, before its agent where asked to', async () => {
  const { console } = await runJenkinsfile(
    pipeline(
      `agent none\nenvironment { X = 'x' }\nstages {\n${stages(
        stage('branch', "echo 'branch'", "when { branch 'rel*' }"),
        stage('env', "echo 'env'", "when { environment name: 'X', value: 'x' }"),
        stage('all', "echo 'all'", "when { allOf { expression { env.X == 'x' }\nnot { equals expected: 1, actual: 2 } } }"),
        stage('any', "echo 'any'", "when { anyOf { tag 'v*'\nexpression { false } } }"),
        stage('agent', "echo 'agent'", 'agent any\nwhen { beforeAgent true\nexpression { false } }'),
        stage('late', "echo 'late'", 'agent any\nwhen { expression { false } }'),
      )}\n}`,
    ),
    { facts: { env: { BRANCH_NAME: 'Release-1' } } },
  );
  assert.deepEqual(said(console), [
    'branch',
    'env',
    'all',
    'Stage "any" skipped due to when conditional',
    'Stage "agent" skipped due to when conditional',
    'Running on Jenkins in /w/job',
    'Stage "late" skipped due to when conditional',
  ]);
});

test('a stage after the build became unstable is skipped where the option says so', async () => {
  const file = (options: string): string =>
    pipeline(`agent none\n${options}\nstages {\n${stage('one', "script { currentBuild.result = 'UNSTABLE' }")}\n${stage('two', "echo 'two'")}\n}`);
  assert.deepEqual(said((await runJenkinsfile(file(''))).console), ['two']);
  assert.deepEqual(said((await runJenkinsfile(file('options { skipStagesAfterUnstable() }'))).console), [
    'Stage "two" skipped due to earlier stage(s) marking the build as unstable',
  ]);
});

test('parallel stages fail fast where asked to', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'timer' ? 'wait' : undefined));
  const { console, result } = await runJenkinsfile(
    pipeline(
      `agent none\nstages { stage('par') { failFast true\nparallel {\n${stage(
        'slow',
        'sleep 100',
        "post { aborted { echo 'slow aborted' } }",
      )}\n${stage('bad', "error 'no'", "post { failure { echo 'bad failed' } }")}\n} } }`,
    ),
    { host },
  );
  assert.equal(result, 'FAILURE');
  assert.match(console, /bad failed\n[\s\S]*Failed in branch bad\n[\s\S]*slow aborted\n[\s\S]*Failed in branch slow\n/);
});

test('a matrix has a cell for each combination that is not excluded', async () => {
  const { console } = await runJenkinsfile(
    pipeline(`agent none\nstages { stage('m') { matrix {
axes { axis { name 'OS'\nvalues 'linux', 'mac' }\naxis { name 'DB'\nvalues 'pg', 'my' } }
excludes { exclude { axis { name 'OS'\nvalues 'mac' }\naxis { name 'DB'\nnotValues 'pg' } } }
stages { ${stage('build', 'echo "$OS $DB"')}\n }
} } }`),
  );
  assert.match(
    console,
    /\{ \(Branch: Matrix - OS = 'linux', DB = 'pg'\)\n\[Pipeline\] \{ \(Branch: Matrix - OS = 'mac', DB = 'pg'\)\n\[Pipeline\] \{ \(Branch: Matrix - OS = 'linux', DB = 'my'\)\n\[Pipeline\] stage/,
  );
  assert.deepEqual(said(console).sort(), ['linux my', 'linux pg', 'mac pg']);
});

test('options around the pipeline and around stages', async () => {
  const { console } = await runJenkinsfile(
    pipeline(
      `agent none\noptions { retry(2)\ntimeout(time: 1, unit: 'HOURS') }\nstages { ${stage(
        'one',
        "script { if (env.AGAIN == null) { env.AGAIN = 'yes'\nerror 'first' } }",
        'options { timeout(5) }',
      )}\n${stage('two', "echo 'two'")}\n }`,
    ),
  );
  assert.deepEqual(said(console), [
    'Timeout set to expire in 1 hr 0 min',
    'Timeout set to expire in 5 min 0 sec',
    'Stage "two" skipped due to earlier failure(s)',
    'ERROR: first',
    'Retrying',
    'Timeout set to expire in 1 hr 0 min',
    'Timeout set to expire in 5 min 0 sec',
    'two',
  ]);
});

test('tools are installed before the stages, and again in each', async () => {
  const { console } = await runJenkinsfile(pipeline(`agent any\ntools { maven '3' }\nstages { ${stage('one', "echo 'x'")}\n }`));
  assert.match(
    console,
    /\{ \(Declarative: Tool Install\)\n\[Pipeline\] tool\ntool: name=3; type=hudson\.tasks\.Maven\$MavenInstallation\n\[Pipeline\] envVarsForTool\n/,
  );
  assert.equal(console.match(/\[Pipeline\] tool\n/g)?.length, 2);
});

test('input waits before the agent is taken, and its answers become variables', async () => {
  const host = new DummyHost((ask) => (ask.kind === 'input' ? { ok: { user: 'alice', values: { FRUIT: 'pear', SIZE: 'big' } } } : undefined));
  const { console } = await runJenkinsfile(
    pipeline(
      `agent none\nstages { ${stage(
        'one',
        'echo "$FRUIT $SIZE"',
        `agent any
input { message "Go on?"\nok 'Yes'\nparameters { string(name: 'FRUIT')\nchoice(name: 'SIZE', choices: ['big']) } }`,
      )}\n }`,
    ),
    { host },
  );
  assert.deepEqual(said(console), ['Go on?', 'Input requested', 'Approved by alice', 'Running on Jenkins in /w/job', 'pear big']);
  const asked = host.started.find((a) => a.kind === 'input')?.request;
  assert.deepEqual(JSON.parse(JSON.stringify(asked?.parameters)), [
    { $symbol: 'string', name: 'FRUIT' },
    { $symbol: 'choice', name: 'SIZE', choices: ['big'] },
  ]);
});

test('the job is told of its options, triggers and parameters', async () => {
  const host = new DummyHost();
  await runJenkinsfile(
    pipeline(`agent none\noptions { buildDiscarder(logRotator(numToKeepStr: '5'))\nquietPeriod(30) }\ntriggers { cron('@daily') }
parameters { booleanParam(name: 'B', defaultValue: true) }\nstages { ${stage('one', "echo 'x'")}\n }`),
    { host },
  );
  assert.deepEqual(JSON.parse(JSON.stringify(host.started.find((a) => a.kind === 'properties')?.request.properties)), [
    { $symbol: 'buildDiscarder', '': { $symbol: 'logRotator', numToKeepStr: '5' } },
    { $symbol: 'pipelineTriggers', triggers: [{ $symbol: 'cron', '': '@daily' }] },
    { $symbol: 'parameters', parameterDefinitions: [{ $symbol: 'booleanParam', name: 'B', defaultValue: true }] },
    { $symbol: 'quietPeriod', value: 30 },
  ]);
});

test('a restarted build begins at its stage', async () => {
  const causes = [
    { text: 'Restarted', type: 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause', data: { originStage: 'two' } },
  ];
  const { console } = await runJenkinsfile(
    pipeline(
      `agent none\nstages {\n${stages(
        "stage('group') { stages { stage('in') { steps { echo 'in' } } } }",
        stage('two', "echo 'two'"),
        stage('three', "echo 'three'", 'when { isRestartedRun() }'),
      )}\n}`,
    ),
    { facts: { causes } },
  );
  assert.deepEqual(said(console).slice(1), [
    'Stage "group" skipped due to this build restarting at stage "two"',
    'Stage "in" skipped due to this build restarting at stage "two"',
    'two',
    'three',
  ]);
});

test('a pod runs the stages in its container', async () => {
  const { console } = await runJenkinsfile(
    `def POD_LABEL = 'pod-1'\n${pipeline(`agent { kubernetes { yaml 'spec'\ndefaultContainer 'maven' } }\nstages { ${stage('one', "sh 'mvn'")}\n }`)}`,
  );
  assert.match(
    console,
    /\[Pipeline\] podTemplate\npodTemplate: yaml=spec; inheritFrom=\n\[Pipeline\] \{\n\[Pipeline\] node\nRunning on .*\n\[Pipeline\] \{\n\[Pipeline\] container\ncontainer: name=maven\n/,
  );
});

test('a second pipeline in one build is refused', async () => {
  const { console, result } = await runJenkinsfile(`def call() { ${pipeline(`agent none\nstages { ${stage('one', "echo 'x'")}\n }`)}\n }\ncall()\ncall()`);
  assert.equal(result, 'FAILURE');
  assert.match(console, /Only one pipeline \{ \.\.\. \} block can be executed in a single run\./);
});
