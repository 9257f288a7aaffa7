/** Follows CatchErrorStep of workflow-basic-steps. */
import { JavaThrowable } from '@millrace/groovy';
import type { ResultName } from '../engine/build.ts';
import { isWorse, RESULTS } from '../engine/build.ts';
import { interruptionOf } from '../engine/throwables.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const catchErrorStep = defineStep({
  name: 'catchError',
  summary: 'Catch error and set build result to failure',
  block: 'required',
  params: [
    { name: 'message', type: 'string', positional: true },
    { name: 'buildResult', type: 'string', default: 'FAILURE' },
    { name: 'stageResult', type: 'string', default: 'SUCCESS' },
    { name: 'catchInterruptions', type: 'boolean', default: true },
  ],
  *run(cx, args, body) {
    const buildResult = resultNamed(args.buildResult, 'buildResult'),
      stageResult = resultNamed(args.stageResult, 'stageResult');
    try {
      yield* cx.runBody(body);
    } catch (error) {
      if (!(error instanceof JavaThrowable)) throw error;
      if (!args.catchInterruptions && interruptionOf(error)?.actual === true) throw error;
      reportCaught(cx, error, args.message, buildResult, stageResult);
    }
    return null;
  },
});

export function resultNamed(name: string, parameter: string): ResultName {
  // As Result.fromString, whatever the case.
  const known = RESULTS.find((result) => result === name.toUpperCase());
  if (known === undefined)
    throw new JavaThrowable(
      'java.lang.IllegalArgumentException',
      `${parameter} is invalid: ${name}. Valid options are SUCCESS, UNSTABLE, FAILURE, NOT_BUILT and ABORTED.`,
    );
  return known;
}

/** What catchError and warnError do with what they caught. */
export function reportCaught(cx: StepContext, error: JavaThrowable, message: string | null, buildResult: ResultName, stageResult: ResultName): void {
  if (message !== null) cx.log(`ERROR: ${message}`);
  cx.logError(error);
  const interruption = interruptionOf(error);
  if (interruption !== null) buildResult = stageResult = interruption.result;
  if (isWorse(buildResult, 'SUCCESS')) {
    const current = cx.result();
    if (current === null || isWorse(buildResult, current)) cx.log(`Setting overall build result to ${buildResult}`);
    cx.setResult(buildResult);
  }
  if (isWorse(stageResult, 'SUCCESS')) cx.mark(stageResult, message ?? '');
}
