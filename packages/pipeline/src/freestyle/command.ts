/** The command line that Jenkins shows for a build step. Follows CommandInterpreter, Shell and BatchFile. */
import type { NodeAnswer, TaskRequest } from '../host.ts';
import type { FreestyleStep } from './definition.ts';

export interface Command {
  readonly shell: TaskRequest['shell'];
  readonly script: string;
  /** Of the step in messages: `Build step 'Execute shell' marked build as failure`. */
  readonly title: string;
  /** `/bin/sh -xe /tmp/jenkins1234.sh` */
  readonly shown: string;
  readonly unstableReturn: number | null;
}

/** `number`: of the file that Jenkins would have written. */
export function commandOf(step: FreestyleStep, node: NodeAnswer, number: string): Command {
  if ('shell' in step) {
    const first = /^#!\s*(.*)/.exec(step.shell)?.[1]?.trim() ?? '';
    const shown = `${first === '' ? '/bin/sh -xe' : first} /tmp/jenkins${number}.sh`;
    return { shell: 'sh', script: step.shell, title: 'Execute shell', shown, unstableReturn: step.unstableReturn ?? null };
  }
  const file = `${node.temporary}${node.windows ? '\\' : '/'}jenkins${number}`;
  if ('batch' in step)
    return {
      shell: 'bat',
      script: step.batch,
      title: 'Execute Windows batch command',
      shown: `cmd /c call ${file}.bat`,
      unstableReturn: step.unstableReturn ?? null,
    };
  return {
    shell: node.windows ? 'powershell' : 'pwsh',
    script: step.powershell,
    title: 'PowerShell',
    shown: `${node.windows ? 'powershell.exe' : 'pwsh'} -NonInteractive -ExecutionPolicy Bypass -File ${file}.ps1`,
    unstableReturn: null,
  };
}
