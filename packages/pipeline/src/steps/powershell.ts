import { abortError } from '../engine/throwables.ts';
import { runShell, SHELL_PARAMS } from './shell-task.ts';
import { defineStep } from './step.ts';

export const powershellStep = defineStep({
  name: 'powershell',
  summary: 'Windows PowerShell Script',
  needs: ['workspace'],
  params: SHELL_PARAMS,
  describe: (args) => args.label ?? args.script,
  *run(cx, args) {
    if (cx.scope.node?.windows !== true) throw abortError('Windows PowerShell can only be run on Windows nodes; use pwsh where PowerShell Core is installed');
    return yield* runShell(cx, 'powershell', args);
  },
});

/** PowerShell Core, which other systems may have too; the host says where it does not find it. */
export const pwshStep = defineStep({
  name: 'pwsh',
  summary: 'PowerShell Core Script',
  needs: ['workspace'],
  params: SHELL_PARAMS,
  describe: (args) => args.label ?? args.script,
  *run(cx, args) {
    return yield* runShell(cx, 'pwsh', args);
  },
});
