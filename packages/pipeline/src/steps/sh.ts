import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const shStep = defineStep({
  name: 'sh',
  summary: 'Shell Script',
  needs: ['workspace'],
  params: [
    { name: 'script', type: 'string', required: true },
    { name: 'returnStdout', type: 'boolean', default: false },
    { name: 'returnStatus', type: 'boolean', default: false },
    { name: 'encoding', type: 'string' },
    { name: 'label', type: 'string' },
  ],
  describe: (args) => args.label ?? args.script,
  *run(cx, args) {
    if (args.returnStdout && args.returnStatus) throw abortError('you may not specify both returnStdout and returnStatus');
    if (cx.scope.node?.windows === true) throw abortError('sh needs a Unix node; use bat or powershell on Windows');
    const result = yield* cx.ask('task', {
      ...cx.place(),
      shell: 'sh',
      script: args.script,
      env: cx.environment(),
      returnStdout: args.returnStdout,
      encoding: args.encoding,
      masks: cx.scope.masks,
      launchers: cx.scope.launchers,
    });
    if (args.returnStatus) return result.exit;
    // Jenkins shows what was captured when the script has failed.
    if (result.exit !== 0) throw abortError(`script returned exit code ${result.exit}`);
    return args.returnStdout ? (result.stdout ?? '') : null;
  },
});
