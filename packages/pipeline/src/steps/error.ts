import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const errorStep = defineStep({
  name: 'error',
  summary: 'Error signal',
  params: [{ name: 'message', type: 'string', required: true, help: 'What the console shows after `ERROR:`.' }],
  describe: (args) => args.message,
  *run(_cx, args) {
    throw abortError(args.message);
  },
});
