import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompilationError, parse } from '@millrace/groovy/syntax';
import { defaultDescriptors, parameters } from './default-descriptors.ts';
import type { StepDescriptor } from './descriptors.ts';
import { readPipelines } from './read-pipelines.ts';

const step = (name: string, spec: string, takesBody = false, needsNode = false): StepDescriptor => ({
  name,
  parameters: parameters(spec),
  takesBody,
  needsNode,
});
const DESCRIPTORS = defaultDescriptors(
  [
    step('echo', 'message*'),
    step('sh', 'script* encoding label returnStatus:bool returnStdout:bool', false, true),
    step('timeout', 'time*:int activity:bool unit:object', true),
    step('dir', 'path*', true, true),
    step('sleep', 'time*:int unit:object'),
  ],
  [{ symbol: 'maven', id: 'hudson.tasks.Maven$MavenInstallation', installations: ['3.0.1'] }],
);

const read = (source: string) => readPipelines(parse(source, 'WorkflowScript'), DESCRIPTORS);
const failure = (source: string): CompilationError => {
  try {
    read(source);
  } catch (e) {
    if (e instanceof CompilationError) return e;
    throw e;
  }
  return assert.fail('the pipeline was accepted');
};
/** `line:column message` of everything wrong. */
const errors = (source: string): string[] => failure(source).errors.map((e) => `${e.line}:${e.column} ${e.message}`);
const pipeline = (body: string): string => `pipeline {\n${body}\n}`;
const withStage = (body: string): string => pipeline(`agent any\nstages { stage('a') {\n${body}\n} }`);
const withSteps = (body: string): string => withStage(`steps {\n${body}\n}`);
const beside = (section: string): string => pipeline(`${section}\nagent any\nstages { stage('a') { steps { echo 'x' } } }`);

test('reads a pipeline into its model', () => {
  const [model] = read(`def x = 1
pipeline {
  agent { docker { image 'node:24'; args "-v \${x}" } }
  environment { A = 'a'; B = credentials('b') }
  options { timeout(time: 1, unit: 'HOURS'); skipDefaultCheckout() }
  stages {
    stage('one') { when { allOf { branch 'main'; expression { x == 1 } } }; steps { echo "a"; script { def y = 2 } }; post { always { echo 'z' } } }
    stage('two') { parallel { stage('p') { stages { stage('q') { steps { timeout(5) { sh 'make' } } } } } } }
    stage('three') { matrix { axes { axis { name 'OS'; values 'linux', 'mac' } }; excludes { exclude { axis { name 'OS'; notValues 'mac' } } }; stages { stage('b') { steps { echo 'x' } } } } }
  }
}`);
  assert.ok(model);
  assert.equal(model.agent?.type?.name, 'docker');
  assert.deepEqual(
    model.environment?.variables.map((v) => [v.key.name, v.value.kind]),
    [
      ['A', 'Value'],
      ['B', 'InternalFunctionCall'],
    ],
  );
  assert.deepEqual(
    model.options?.options.map((o) => o.name),
    ['timeout', 'skipDefaultCheckout'],
  );
  assert.deepEqual(
    model.stages?.stages.map((s) => s.name),
    ['one', 'two', 'three'],
  );
  assert.equal(model.stages?.stages[2]?.matrix?.excludes?.excludes[0]?.axes[0]?.inverse, true);
});

test("leaves scripted files alone, and finds the pipeline of a shared library's call method", () => {
  assert.deepEqual(read("node { sh 'make' }"), []);
  assert.deepEqual(read('def pipeline(c) { c() }\necho "x"'), []);
  assert.equal(read("def call(Map m) { if (m.a) { pipeline { agent any\n stages { stage('a') { steps { echo 'x' } } } } } }").length, 1);
  assert.equal(read('def call() { pipeline { echo "not one" } }').length, 0);
});

test('refuses a pipeline inside another block', () => {
  assert.deepEqual(errors('node {\n  pipeline {\n  }\n}'), ['2:3 pipeline block must be at the top-level, not within another block.']);
});

test('prints errors as Jenkins does', () => {
  assert.equal(
    failure("\n\npipeline {\n  stages { stage('a') { steps { echo 'x' } } }\n}").message,
    'startup failed:\nWorkflowScript: 3: Missing required section "agent" @ line 3, column 1.\n   pipeline {\n   ^\n\n1 error\n',
  );
});

test('stops at the tenth error, as Groovy does', () => {
  assert.equal(errors(pipeline(Array.from({ length: 15 }, (_, i) => `bogus${i} 1`).join('\n'))).length, 10);
});

const CASES: readonly (readonly [what: string, source: string, expected: readonly string[]])[] = [
  ['an unknown section', beside('matrix { }'), ['2:1 Undefined section "matrix"']],
  ['a repeated section', beside('agent none'), ['3:1 Multiple occurrences of the agent section']],
  ['a bare section', beside('agent'), ['2:1 Not a valid section definition: "agent". Some extra configuration is required.']],
  ['a renamed section', beside('postBuild { }'), ['2:1 The ‘postBuild’ section has been renamed as of version 0.6. Use ‘post’ for all post-build actions.']],
  [
    'empty sections',
    beside('options { }\ntriggers { }\nparameters { }\npost { }\nenvironment { }\ntools { }\nlibraries { }'),
    [
      '5:1 post can not be empty',
      '6:1 No variables specified for environment',
      '7:1 No tools specified',
      '2:1 options can not be empty',
      '4:1 parameters can not be empty',
      '3:1 triggers can not be empty',
      '8:1 libraries can not be empty',
    ],
  ],
  [
    'sections without a block',
    beside("options 'x'\ntools 1"),
    ['2:1 Expected a block for options', '3:1 Expected a block for tools', '3:1 No tools specified', '2:1 options can not be empty'],
  ],
  [
    'environment values',
    beside("environment {\nA = 1 - 2\nB = [1]\nC = 'a' + d\nA = 'x'\nA += 'y'\necho('x')\n1B = ''\n}".replace('1B', '$B')),
    [
      '3:7 Environment variable values can only be joined together with ‘+’s.',
      '4:5 Environment variable values must either be single quoted, double quoted, or function calls.',
      '5:11 Environment variable values to be concatenated together must be single or double quoted.',
      '7:1 "A +" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.',
      '8:1 "echo(\'x\')" is not a valid environment expression. Use "key = value" pairs with valid Java/shell keys.',
      '2:1 Expected name=value pairs',
      '9:1 "$B" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.',
    ],
  ],
  ['a bare ${}', withSteps('echo ${FOO}'), ['5:6 ${FOO} cannot be used as a value directly. Did you mean "${FOO}"? (add quotes)']],
  [
    'a step that is none',
    withSteps('def x = 1\nfoo.bar(1)\nfoo().bar()\nMath.max(1, 2)'),
    ['5:1 Expected a step', '6:1 Method calls on objects not allowed outside "script" blocks.', '7:1 Expected a symbol', '8:1 Expected a symbol'],
  ],
  [
    'steps that are not allowed',
    withSteps("stage('b') { echo 'x' }\nproperties([])"),
    [
      '5:1 Invalid step "stage" used - not allowed in this context - The stage step cannot be used in Declarative Pipelines',
      '6:1 Invalid step "properties" used - not allowed in this context - The properties step cannot be used in Declarative Pipelines',
    ],
  ],
  [
    'step arguments',
    withSteps("echo 4\ntimeout(tme: 1) { echo 'x' }\ntimeout(unit: 'MINUTES') { echo 'x' }\nsleep time: 'x', unit: 'y'\nsh 'a', 'b'\necho()"),
    [
      '5:6 Expecting "class java.lang.String" but got "4" of type class java.lang.Integer instead',
      '6:9 Invalid parameter "tme", did you mean "time"?',
      '7:1 Missing required parameter: "time"',
      '8:13 Expecting "int" for parameter "time" but got "x" of type class java.lang.String instead',
      '9:1 Arguments to "sh" must be explicitly named.',
      '10:1 Missing required parameter: "message"',
    ],
  ],
  ['a stage without content', withStage('environment { A = 1 }'), ['3:10 Expected one of "steps", "stages", or "parallel" for stage "a"']],
  [
    'an unknown stage section',
    withStage("banana { }\nsteps { echo 'x' }"),
    ['3:10 Unknown stage section "banana". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.'],
  ],
  [
    'what is no stage',
    pipeline("agent any\nstages {\nsteps { }\nstage { }\nstage('b') { steps { } }\nstage('b') { steps { echo 'x' } }\n}"),
    [
      '4:1 Expected a stage',
      '5:7 Expected string literal',
      '5:1 Stage does not have a block',
      '3:1 Duplicate stage name: "b"',
      '5:1 Expected one of "steps", "stages", or "parallel" for stage "error"',
      '6:20 No steps specified for branch',
    ],
  ],
  [
    'agent and tools beside parallel',
    withStage("agent any\ntools { maven '3.0.1' }\nparallel { stage('b') { steps { echo 'x' } } }"),
    [
      '4:1 "agent" is not allowed in stage "a" as it contains parallel or matrix stages',
      '5:1 "tools" is not allowed in stage "a" as it contains parallel or matrix stages',
    ],
  ],
  [
    'parallel in parallel',
    withStage("parallel { stage('b') {\nparallel { stage('c') { steps { echo 'x' } } } } }"),
    ['5:1 "matrix" or "parallel" cannot be nested inside another "matrix" or "parallel".'],
  ],
  [
    'tools',
    withStage("tools {\nmaven '3.0.2'\nbanana 'x'\n'y'\n}\nsteps { echo 'x' }"),
    [
      '4:1 Expected to find ‘someTool "someVersion"’',
      '5:7 Tool type "maven" does not have an install of "3.0.2" configured - did you mean "3.0.1"?',
      '6:1 Invalid tool type "banana". Valid tool types: [maven, hudson.tasks.Maven$MavenInstallation]',
    ],
  ],
  [
    'agents',
    withStage("agent { foo 'x' }\nsteps { echo 'x' }"),
    ['4:9 Invalid agent type "foo" specified. Must be one of [any, docker, dockerfile, kubernetes, label, none]'],
  ],
  [
    'agent settings',
    withStage("agent { docker { label 'x'\nfruit 'y' } }\nsteps { echo 'x' }"),
    [
      '4:9 Missing required parameter for agent type "docker": image',
      '5:1 Invalid config option "fruit" for agent type "docker". Valid config options are [image, alwaysPull, args, containerPerStageRoot, customWorkspace, label, registryCredentialsId, registryUrl, reuseNode]',
    ],
  ],
  [
    'when',
    withStage("when {\nbanana 'x'\nallOf { }\nnot { }\nenvironment name: 'x'\nchangelog '('\n}\nsteps { echo 'x' }").replace(
      "changelog '('",
      "branch { branch 'x' }",
    ),
    [
      '5:1 Unknown conditional banana. Valid conditionals are: allOf, anyOf, branch, buildingTag, changeRequest, changelog, changeset, environment, equals, expression, isRestartedRun, not, tag, triggeredBy',
      '6:1 Nested when condition "allOf" requires at least one child condition.',
      '7:1 Nested when condition "not" requires exactly 1 child condition(s).',
      '8:1 Missing required parameter: "value"',
      '9:1 No children when conditions are allowed for when condition "branch".',
    ],
  ],
  [
    'options',
    beside("options {\nbanana()\ntimeout(1)\ntimeout(2)\npreserveStashes(buildCount: 51)\nbuildDiscarder(logRotator(numToKeep: '1'))\n}"),
    [
      '2:1 Duplicate option name: "timeout"',
      '3:1 Invalid option type "banana". Valid option types: [authorizationMatrix, buildDiscarder, checkoutToSubdirectory, copyArtifactPermission, disableConcurrentBuilds, disableRestartFromStage, disableResume, durabilityHint, gitLabConnection, githubProjectProperty, newContainerPerStage, overrideIndexTriggers, parallelsAlwaysFailFast, preserveStashes, quietPeriod, rateLimitBuilds, rebuild, skipDefaultCheckout, skipStagesAfterUnstable, throttleJobProperty, timeout]',
      '6:1 The number of builds to preserve must be between 1 and 50.',
      '7:27 Invalid parameter "numToKeep", did you mean "numToKeepStr"?',
      '7:27 Invalid parameter "numToKeep", did you mean "numToKeepStr"?',
    ],
  ],
  [
    'triggers and parameters',
    beside("triggers {\ncron()\nbanana 'x'\n}\nparameters {\nstring(nam: 'x')\nstring(name: 1234, 'y')\n}"),
    [
      '7:8 Invalid parameter "nam", did you mean "name"?',
      '8:1 Cannot mix named and unnamed arguments',
      '8:14 Expecting "class java.lang.String" for parameter "name" but got "1234" of type class java.lang.Integer instead',
      '8:1 Cannot mix named and unnamed arguments',
      '3:1 "cron" should have 1 arguments but has 0 arguments instead.',
      '4:1 Invalid trigger type "banana". Valid trigger types: [upstream, cron, parameterizedCron, githubPush, pollSCM]',
    ],
  ],
  ['closures as arguments', beside('triggers { cron(spec : { 1 }) }'), ['2:22 Method call arguments']],
  [
    'post',
    beside("post {\nbanana { echo 'x' }\nalways { echo 'x' }\nalways { echo 'y' }\necho 'z'\n}"),
    [
      '6:1 The ‘post’ section can only contain build condition names with code blocks. Valid condition names are [always, changed, fixed, regression, aborted, success, unsuccessful, unstable, failure, notBuilt, cleanup]',
      '2:1 Duplicate build condition name: "always"',
      '3:1 Invalid condition "banana" - valid conditions are [always, changed, fixed, regression, aborted, success, unsuccessful, unstable, failure, notBuilt, cleanup]',
    ],
  ],
  [
    'a matrix',
    withStage("matrix {\naxes { axis { name '1A'\nvalues 'x', 'x', y } }\nexcludes { exclude { } }\n}"),
    [
      '4:1 Missing required section "stages"',
      '5:20 "1A" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.',
      '6:8 Duplicate axis value: "x"',
      '6:18 Expected string literal but got ${y}',
      '7:12 No axis directives specified',
    ],
  ],
  [
    'input',
    withStage("input {\nbanana 'x'\nid 'y'\nid 'z'\n}\nsteps { echo 'x' }"),
    ['5:1 Not a valid field for input: "banana"', '4:1 Multiple occurrences of the id section', '4:1 No message specified for input'],
  ],
];

for (const [what, source, expected] of CASES) {
  test(`refuses ${what}`, () => assert.deepEqual(errors(source), expected));
}
