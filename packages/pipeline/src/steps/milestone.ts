/** Follows MilestoneStepExecution. */
import { abortError, flowInterrupted } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const milestoneStep = defineStep({
  name: 'milestone',
  summary: 'The milestone step forces all builds to go through in order',
  params: [
    { name: 'ordinal', type: 'int', positional: true, help: 'One more than that of the milestone before where it is left out.' },
    { name: 'label', type: 'string' },
    { name: 'unsafe', type: 'boolean', default: false, help: 'Permits the step inside parallel.' },
  ],
  describe: (args) => args.label,
  *run(cx, args) {
    if (cx.scope.branches.length > 0 && !args.unsafe) throw abortError('Using a milestone step inside parallel is not allowed');
    const passed = cx.shared<{ last: number | null }>('milestone', () => ({ last: null }));
    if (args.ordinal !== null && passed.last !== null && passed.last >= args.ordinal)
      throw abortError(`Invalid ordinal ${args.ordinal}, as the previous one was ${passed.last}`);
    const ordinal = args.ordinal ?? (passed.last === null ? 0 : passed.last + 1);
    passed.last = ordinal;
    cx.log(`Trying to pass milestone ${ordinal}`);
    const { superseded } = yield* cx.ask('milestone', { ordinal, label: args.label });
    if (superseded !== null) {
      cx.log(`Canceled since build ${superseded.by} already got here`);
      throw flowInterrupted('NOT_BUILT', [{ type: 'org.jenkinsci.plugins.pipeline.milestone.CancelledCause', description: `Superseded by ${superseded.by}` }]);
    }
    return null;
  },
});
