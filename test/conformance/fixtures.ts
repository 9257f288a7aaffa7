/** Steps that the plug-ins' own tests bring along, as those tests define them. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { AgentType, AnyStep, Body } from '@millrace/pipeline';
import { defineStep, STEPS } from '@millrace/pipeline';
import { dslSteps } from './dsl-fixtures.ts';

/** Waits until the test says so; here it always has said so. */
const semaphore = defineStep({
  name: 'semaphore',
  summary: 'Test step',
  params: [{ name: 'id', type: 'string', positional: true }],
  *run(): Computation {
    return null;
  },
});

/** Runs its body and answers for it. */
const passthrough = defineStep({
  name: 'passthrough',
  summary: 'Test step',
  params: [],
  block: 'required',
  *run(cx, _args, body): Computation {
    yield* cx.runBody(body);
    return 'hooray';
  },
});

/** Logs and runs its body by turns, as the pattern says: L and B. */
const chatty = defineStep({
  name: 'chatty',
  summary: 'Test step',
  params: [{ name: 'pattern', type: 'string', required: true }],
  block: 'required',
  *run(cx, args, body): Computation {
    let left = args.pattern.length;
    for (const what of args.pattern) {
      left--;
      if (what === 'L') cx.log(`logging from ${args.pattern} with ${left} commands to go`);
      else yield* cx.runBody(body, { env: { remaining: String(left) } });
    }
    return null;
  },
});

const oops = defineStep({
  name: 'oops',
  summary: 'Test step',
  params: [],
  *run(): Computation<never> {
    throw new JavaThrowable('hudson.AbortException', 'oops');
  },
});

/** `wrap` with the wrappers of CoreWrapperStepTest beside those that there are. */
const wrap = STEPS.find((step) => step.name === 'wrap') as AnyStep;
const wrapWithFixtures: AnyStep = {
  ...wrap,
  *run(cx, args, body): Computation {
    const { kind } = args.delegate as { readonly kind: string };
    if (kind !== 'OneVarWrapper') return yield* wrap.run(cx, args, body as never);
    cx.log(`received ${cx.environment()['TESTVAR'] ?? null}`);
    return yield* cx.runBody(body as Body, { env: { TESTVAR: 'wrapped' } });
  },
};

const badBlock = defineStep({
  name: 'badBlock',
  summary: 'Test step',
  params: [],
  block: 'required',
  *run(): Computation<never> {
    throw new JavaThrowable('hudson.AbortException', 'oops');
  },
});

const always: readonly AnyStep[] = [semaphore, passthrough, chatty, oops, badBlock, wrapWithFixtures, ...dslSteps];

/** Steps with a listener that hears of each one before it runs: the tests' StepListener. */
const heard = (steps: readonly AnyStep[], listen: (cx: Parameters<AnyStep['run']>[0], name: string) => void): AnyStep[] =>
  steps.map((step) => ({
    ...step,
    *run(cx, args, body): Computation {
      listen(cx, step.name);
      return yield* step.run(cx, args, body);
    },
  }));

/** The steps that a case has beside the built-in ones. */
export function stepsOf(id: string): readonly AnyStep[] {
  if (id.includes('/StepListenerTest#')) return heard([...STEPS, ...always], (cx, name) => cx.log(`Step listener saw step ${name}`));
  if (id.includes('#failingStepListenerNotLeakClosures/')) {
    return heard([...STEPS, ...always], () => {
      throw new JavaThrowable('hudson.AbortException', 'oops');
    });
  }
  return always;
}

/** LabelAndOtherFieldAgent of the Declarative plug-in's tests: says its settings and goes on as a label. */
export const fixtureAgents: readonly AgentType[] = [
  {
    descriptor: {
      symbols: ['otherField'],
      parameters: [
        { name: 'label', type: 'java.lang.String', required: true },
        { name: 'otherField', type: 'java.lang.String', required: true },
        { name: 'nested', type: 'java.util.Map', required: false },
      ],
    },
    *run(cx, settings, inside): Computation {
      const nested = settings.get('nested') ?? null;
      const of = (name: string): string => cx.rt.str(cx.rt.getProperty(nested, name) as Value);
      yield* cx.step('echo', { message: `Running in labelAndOtherField with otherField = ${cx.rt.str(settings.get('otherField') ?? null)}` });
      yield* cx.step('echo', { message: `And nested: ${nested === null ? 'null' : `foo: ${of('foo')}, bar: ${of('bar')}`}` });
      return yield* inside('label', new Map([['label', settings.get('label') ?? null]]));
    },
  },
];

/** Files that a test adds to the repository before one of the builds, by the build's number. */
export const added: Readonly<Record<string, Readonly<Record<number, Readonly<Record<string, string>>>>>> = {
  'pipeline-model-definition/RestartDeclarativePipelineActionTest#sameJenkinsfileNonMultibranch/1': { 2: { newFile: 'exists' } },
  'pipeline-model-definition/ValidateDeclarativePipelineStepTest#passes/1': {
    1: { 'testFile.groovy': "pipeline { agent none; stages { stage('foo') { steps { echo 'hello' } } } }\n" },
  },
  'pipeline-model-definition/ValidateDeclarativePipelineStepTest#noPipelineStep/1': { 1: { 'testFile.groovy': "echo 'hello'\n" } },
  'pipeline-model-definition/WhenStageTest#whenChangelog/1': { 2: { 'something.txt': '//fake file' } },
};

/** What a test's commits say, by the build's number. */
export const commits: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'pipeline-model-definition/WhenStageTest#whenChangelog/1': { 2: "Some title that we don't care about\n\nSome explanation\n[DEPENDENCY] some-app#45" },
};

/** Cases of several builds whose restarted one follows one that the case does not list. */
export const unlistedOriginals: ReadonlySet<string> = new Set(['pipeline-model-definition/RestartDeclarativePipelineActionTest#parametersAndRestart/1']);

/** Answers that a test's person gives to an input, by the case and the input's id. */
export const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pipeline-model-definition/StageInputTest#parametersInInput/1': { 'simple-input': '{"flag":false,"fruit":"pear"}' },
  'pipeline-input-step/InputStepRestartTest#interrupt/1': { '*': 'abort' },
};

/** What a case's builds are started by, where it is not a person. */
export const causes: Readonly<Record<string, { readonly text: string; readonly type: string }>> = {
  'pipeline-model-definition/WhenStageTest#BuildStatusWhenWithSCMTrigger/1': {
    text: 'Started by an SCM change',
    type: 'hudson.triggers.SCMTrigger$SCMTriggerCause',
  },
};

/** The job's name, where the case checks it. */
export const jobs: Readonly<Record<string, string>> = {
  'workflow-support/RunWrapperTest#projectInfoFromCurrentBuild/1': 'this-folder/this-job',
};

/** Parameters that a test gives its build. */
export const parameters: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
  'pipeline-model-definition/RestartDeclarativePipelineActionTest#parametersAndRestart/1': { flag: false, someParam: 'changed' },
  'workflow-multibranch/JobPropertyStepTest#triggerWithParameter/1': { myparam: 'the value' },
};

/** Cases whose job has declared none of its parameters when the build begins. */
export const undeclared: ReadonlySet<string> = new Set(['workflow-multibranch/JobPropertyStepTest#triggerWithParameter/1']);
