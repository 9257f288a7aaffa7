/** Running a script on the node: what `sh`'s siblings share. Follows DurableTaskStep. */
import type { Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { TaskRequest } from '../host.ts';
import type { StepContext } from './step.ts';

export interface ShellArguments {
  readonly script: string;
  readonly returnStdout: boolean;
  readonly returnStatus: boolean;
  readonly encoding: string | null;
}

export const SHELL_PARAMS = [
  { name: 'script', type: 'string', required: true },
  { name: 'returnStdout', type: 'boolean', default: false, help: 'Answers with what the script printed, instead of showing it.' },
  { name: 'returnStatus', type: 'boolean', default: false, help: 'Answers with the exit code, instead of failing where it is not 0.' },
  { name: 'encoding', type: 'string', help: 'Of the script’s output; UTF-8 where not given.' },
  { name: 'label', type: 'string', help: 'What the stage view shows instead of the script.' },
] as const;

export function* runShell(cx: StepContext, shell: TaskRequest['shell'], args: ShellArguments): Generator<unknown, Value, unknown> {
  if (args.returnStdout && args.returnStatus) throw abortError('you may not specify both returnStdout and returnStatus');
  const result = yield* cx.ask('task', {
    ...cx.place(),
    shell,
    script: args.script,
    env: cx.environment(),
    returnStdout: args.returnStdout,
    encoding: args.encoding,
    masks: cx.scope.masks,
    launchers: cx.scope.launchers,
  });
  if (args.returnStatus) return result.exit;
  if (result.exit !== 0) throw abortError(`script returned exit code ${result.exit}`);
  return args.returnStdout ? (result.stdout ?? '') : null;
}
