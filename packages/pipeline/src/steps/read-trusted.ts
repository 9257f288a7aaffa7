import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

/** Follows ReadTrustedStep of workflow-multibranch: the file as the job's own SCM has it, whatever the workspace holds. */
export const readTrustedStep = defineStep({
  name: 'readTrusted',
  summary: 'Read trusted file from SCM',
  params: [{ name: 'path', type: 'string', required: true }],
  describe: (args) => args.path,
  *run(cx, args) {
    if (/^[\\/]|(^|[\\/])\.\.([\\/]|$)/.test(args.path)) throw abortError(`${args.path} references a file that is not inside ${cx.build.job}`);
    const { content } = yield* cx.ask('scm.read', { path: args.path });
    return content;
  },
});
