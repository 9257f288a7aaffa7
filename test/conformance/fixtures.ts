/** Steps that the plug-ins' own tests bring along, as those tests define them. */
import { JavaThrowable } from '@millrace/groovy';
import type { Computation } from '@millrace/groovy';
import { defineStep } from '@millrace/pipeline';
import type { AnyStep } from '@millrace/pipeline';

/** Waits until the test says so; here it always has said so. */
const semaphore = defineStep({
  name: 'semaphore', summary: 'Test step', params: [{ name: 'id', type: 'string', positional: true }],
  *run(): Computation { return null; },
});

/** Runs its body and answers for it. */
const passthrough = defineStep({
  name: 'passthrough', summary: 'Test step', params: [], block: 'required',
  *run(cx, _args, body): Computation { yield* cx.runBody(body); return 'hooray'; },
});

/** Logs and runs its body by turns, as the pattern says: L and B. */
const chatty = defineStep({
  name: 'chatty', summary: 'Test step', params: [{ name: 'pattern', type: 'string', required: true }], block: 'required',
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
  name: 'oops', summary: 'Test step', params: [],
  *run(): Computation<never> { throw new JavaThrowable('hudson.AbortException', 'oops'); },
});

export const fixtureSteps: readonly AnyStep[] = [semaphore, passthrough, chatty, oops];

/** Answers that a test's person gives to an input, by the case and the input's id. */
export const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pipeline-model-definition/StageInputTest#parametersInInput/1': { 'simple-input': '{"flag":false,"fruit":"pear"}' },
  'pipeline-input-step/InputStepRestartTest#interrupt/1': { '*': 'abort' },
};

/** What a case's builds are started by, where it is not a person. */
export const causes: Readonly<Record<string, { readonly text: string; readonly type: string }>> = {
  'pipeline-model-definition/WhenStageTest#BuildStatusWhenWithSCMTrigger/1': { text: 'Started by an SCM change', type: 'hudson.triggers.SCMTrigger$SCMTriggerCause' },
};

/** The job's name, where the case checks it. */
export const jobs: Readonly<Record<string, string>> = {
  'workflow-support/RunWrapperTest#projectInfoFromCurrentBuild/1': 'this-folder/this-job',
};

/** Parameters that a test gives its build. */
export const parameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'workflow-multibranch/JobPropertyStepTest#triggerWithParameter/1': { myparam: 'the value' },
};
