import { defineStep } from './step.ts';

export const readTrustedStep = defineStep({
  name: 'readTrusted',
  summary: 'Read trusted file from SCM',
  params: [{ name: 'path', type: 'string', required: true }],
  describe: (args) => args.path,
  *run(cx, args) {
    return (yield* cx.ask('scm.read', { path: args.path })).content;
  },
});
