/** Follows RetryStepExecution of workflow-basic-steps. */
import { JavaThrowable } from '@millrace/groovy';
import { interruptionOf } from '../engine/throwables.ts';
import { matchesConditions } from './error-conditions.ts';
import { defineStep } from './step.ts';

export const retryStep = defineStep({
  name: 'retry',
  summary: 'Retry the body up to N times',
  block: 'required',
  params: [
    { name: 'count', type: 'int', required: true },
    { name: 'conditions', type: 'list', help: 'Errors to retry for: agent(), nonresumable(), kubernetesAgent().' },
  ],
  *run(cx, args, body) {
    const conditions = (args.conditions ?? []).map((value) => cx.described(value));
    for (let left = args.count; ; left--) {
      try {
        return yield* cx.runBody(body);
      } catch (error) {
        if (!(error instanceof JavaThrowable)) throw error;
        const retried = conditions.length === 0 ? interruptionOf(error)?.actual !== true : matchesConditions(error, conditions);
        if (left <= 1 || !retried) throw error;
        cx.logError(error, 'ERROR: Execution failed');
        cx.log('Retrying');
      }
    }
  },
});
