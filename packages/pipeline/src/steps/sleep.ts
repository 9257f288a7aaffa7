import { timeSpan } from '../job/time-span.ts';
import { defineStep } from './step.ts';
import { TIME_UNITS, unitMillis } from './time-units.ts';

export const sleepStep = defineStep({
  name: 'sleep',
  summary: 'Sleep',
  params: [
    { name: 'time', type: 'long', required: true },
    { name: 'unit', type: 'string', default: 'SECONDS', values: TIME_UNITS },
  ],
  *run(cx, args) {
    const ms = args.time * unitMillis(args.unit);
    cx.log(`Sleeping for ${timeSpan(ms)}`);
    yield* cx.ask('timer', { ms });
    return null;
  },
});
