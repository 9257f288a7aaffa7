import { defineStep } from './step.ts';

export const echoStep = defineStep({
  name: 'echo',
  summary: 'Print Message',
  params: [{ name: 'message', type: 'string', required: true, help: 'What to print.' }],
  describe: (args) => args.message,
  *run(cx, args) {
    cx.log(args.message);
    return null;
  },
});
