/** Follows TimeoutStepExecution of workflow-basic-steps. */
import { flowInterrupted, interruptionOf } from '../engine/throwables.ts';
import { timeSpan } from '../job/time-span.ts';
import type { InterruptionCause } from './step.ts';
import { defineStep } from './step.ts';
import { TIME_UNITS, unitMillis } from './time-units.ts';

/** How long a body may take to end before the step gives it up. */
const GRACE_MS = 60_000;

export const timeoutStep = defineStep({
  name: 'timeout',
  summary: 'Enforce time limit',
  block: 'required',
  params: [
    { name: 'time', type: 'long', required: true },
    { name: 'unit', type: 'string', default: 'MINUTES', values: TIME_UNITS },
    { name: 'activity', type: 'boolean', default: false, help: 'Counts from the last output instead of the start.' },
  ],
  *run(cx, args, body) {
    const ms = args.time * unitMillis(args.unit);
    const cause: InterruptionCause = {
      type: 'org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution$ExceededTimeout',
      description: 'Timeout has been exceeded',
      source: cx.nodeId,
    };
    cx.log(`Timeout set to expire ${args.activity ? 'after ' : 'in '}${timeSpan(ms)}${args.activity ? ' without activity' : ''}`);
    let timer = cx.watch('timer', { ms, ...(args.activity ? { activityOf: cx.nodeId } : {}) }, () => {
      cx.log('Cancelling nested steps due to timeout');
      cx.interrupt('ABORTED', [cause]);
      timer = cx.watch('timer', { ms: GRACE_MS }, () => {
        cx.log('Body did not finish within grace period; terminating with extreme prejudice');
        cx.abandon(flowInterrupted('ABORTED', [cause]));
      });
    });
    try {
      return yield* cx.runBody(body);
    } catch (error) {
      // A body that answers its interruption by another error still timed out; Jenkins passes on what it threw.
      const interruption = interruptionOf(error);
      if (interruption?.causes.some((c) => c.source === cause.source)) throw flowInterrupted('ABORTED', [cause], false);
      throw error;
    } finally {
      timer.stop();
    }
  },
});
