import { JavaThrowable } from '@millrace/groovy';
import { runShell, SHELL_PARAMS } from './shell-task.ts';
import { defineStep } from './step.ts';

export const batStep = defineStep({
  name: 'bat',
  summary: 'Windows Batch Script',
  needs: ['workspace'],
  params: SHELL_PARAMS,
  describe: (args) => args.label ?? args.script,
  *run(cx, args) {
    if (cx.scope.node?.windows !== true) throw new JavaThrowable('java.io.IOException', 'Batch scripts can only be run on Windows nodes');
    return yield* runShell(cx, 'bat', args);
  },
});
