/** Follows ContainerLogStepExecution of the kubernetes plug-in: a log that cannot be had is told, and fails nothing. */
import { defineStep } from './step.ts';

type ContainerLogAnswer =
  | { readonly pod: string; readonly log: string; readonly most: number | null }
  /** It cannot be had. */
  | { readonly code: string; readonly message: string };

export const containerLogStep = defineStep({
  name: 'containerLog',
  summary: 'Get container log from Kubernetes',
  needs: ['node', 'workspace'],
  params: [
    { name: 'name', type: 'string', required: true, help: 'Of the container.' },
    { name: 'returnLog', type: 'boolean', default: false, help: 'Returns the log and does not print it.' },
    { name: 'limitBytes', type: 'int', default: 0, help: 'So many bytes at most; 0: all, up to 4 MiB.' },
    { name: 'sinceSeconds', type: 'int', default: 0, help: 'Of the last so many seconds; 0: of any age.' },
    { name: 'tailingLines', type: 'int', default: 0, help: 'The last so many lines; 0: all.' },
  ],
  describe: (args) => args.name,
  *run(cx, args) {
    const { name: container, limitBytes, sinceSeconds, tailingLines } = args;
    const data = { lease: cx.place().lease, container, limitBytes, sinceSeconds, tailingLines };
    const answer = (yield* cx.ask('other', { name: 'containerLog', data })) as ContainerLogAnswer;
    if ('code' in answer) {
      cx.log(`Failed to get logs for container\n${answer.code}: ${answer.message}`);
      return '';
    }
    const { pod, log, most } = answer;
    if (most !== null) cx.log(`The log of container '${container}' has more than ${most} bytes: tailingLines chooses its end`);
    if (args.returnLog) return log;
    cx.log(`> start log of container '${container}' in pod '${pod}'`);
    cx.print(log === '' || log.endsWith('\n') ? log : `${log}\n`);
    cx.log(`> end log of container '${container}' in pod '${pod}'`);
    return '';
  },
});
