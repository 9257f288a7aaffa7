import { illegalArgument } from './file-or-text.ts';
import { defineStep } from './step.ts';

export const unstableStep = defineStep({
  name: 'unstable',
  summary: 'Set stage result to unstable',
  params: [{ name: 'message', type: 'string', required: true }],
  describe: (args) => args.message,
  *run(cx, args) {
    if (args.message === null || args.message === '') throw illegalArgument('A non-empty message is required');
    cx.mark('UNSTABLE', args.message);
    cx.setResult('UNSTABLE');
    cx.log(`WARNING: ${args.message}`);
    return null;
  },
});
