/** Follows WaitForConditionStep. */
import { JavaThrowable } from '@millrace/groovy';
import { timeSpan } from '../job/time-span.ts';
import { defineStep } from './step.ts';

const SHORTEST_MS = 250,
  LONGEST_MS = 15_000,
  GROWTH = 1.2;

export const waitUntilStep = defineStep({
  name: 'waitUntil',
  summary: 'Wait for condition',
  block: 'required',
  params: [
    {
      name: 'initialRecurrencePeriod',
      type: 'long',
      default: SHORTEST_MS,
      help: 'Milliseconds until the second try, between 250 and 15000; it grows from try to try.',
    },
    { name: 'quiet', type: 'boolean', default: false },
  ],
  *run(cx, args, body) {
    let period = Math.max(SHORTEST_MS, Math.min(args.initialRecurrencePeriod, LONGEST_MS));
    for (;;) {
      const value = yield* cx.runBody(body);
      if (typeof value !== 'boolean') throw new JavaThrowable('java.lang.ClassCastException', `body return value ${cx.rt.str(value)} is not boolean`);
      if (value) return null;
      if (!args.quiet) cx.log(`Will try again after ${timeSpan(period)}`);
      yield* cx.ask('timer', { ms: period });
      period = Math.min(Math.trunc(period * GROWTH), LONGEST_MS);
    }
  },
});
