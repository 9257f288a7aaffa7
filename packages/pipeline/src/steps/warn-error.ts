/** Follows WarnErrorStep: catchError with everything unstable. */
import { JavaThrowable } from '@millrace/groovy';
import { interruptionOf } from '../engine/throwables.ts';
import { reportCaught } from './catch-error.ts';
import { illegalArgument } from './file-or-text.ts';
import { defineStep } from './step.ts';

export const warnErrorStep = defineStep({
  name: 'warnError',
  summary: 'Catch error and set build and stage result to unstable',
  block: 'required',
  params: [
    { name: 'message', type: 'string', required: true },
    { name: 'catchInterruptions', type: 'boolean', default: true },
  ],
  describe: (args) => args.message,
  *run(cx, args, body) {
    if (args.message === null || args.message === '') throw illegalArgument('A non-empty message is required');
    try {
      yield* cx.runBody(body);
    } catch (error) {
      if (!(error instanceof JavaThrowable)) throw error;
      if (!args.catchInterruptions && interruptionOf(error)?.actual === true) throw error;
      reportCaught(cx, error, args.message, 'UNSTABLE', 'UNSTABLE');
    }
    return null;
  },
});
