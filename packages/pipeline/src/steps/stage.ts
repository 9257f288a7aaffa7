import { defineStep } from './step.ts';

export const stageStep = defineStep({
  name: 'stage',
  summary: 'Stage',
  block: 'required',
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'concurrency', type: 'int' },
  ],
  describe: (args) => args.name,
  *run(cx, args, body) {
    return yield* cx.runBody(body, { label: args.name, stage: args.name, env: { STAGE_NAME: args.name } });
  },
});
