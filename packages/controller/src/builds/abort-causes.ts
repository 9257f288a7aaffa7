/** Why a build is ended in favour of another, in Jenkins' words: each tells its class, its result and what the console shows. */
import type { AbortCause } from '@millrace/pipeline';
import type { Tx } from '../store/store.ts';
import { factsOf } from './records.ts';

/** Of the build that is newer: `#7`, or what its script has named it. */
export async function displayNameOf(tx: Tx, item: number, number: number): Promise<string> {
  const row = await tx.selectFrom('builds').select('facts').where('item_id', '=', item).where('number', '=', number).executeTakeFirst();
  return (row === undefined ? null : factsOf(row).displayName) ?? `#${number}`;
}

/** A newer build has passed a milestone. */
export function supersededAtMilestone(newer: string): AbortCause {
  return { type: 'org.jenkinsci.plugins.pipeline.milestone.CancelledCause', description: `Superseded by ${newer}`, result: 'NOT_BUILT' };
}

/** `disableConcurrentBuilds(abortPrevious: true)`: a newer build of the job (`folder/job`) starts. */
export function supersededByStart(job: string, newer: string): AbortCause {
  return {
    type: 'org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty$CancelledCause',
    description: `Superseded by ${newer}`,
    printed: `Superseded by ${job.replaceAll('/', ' » ')} ${newer}`,
    result: 'NOT_BUILT',
  };
}

/** The build that waited for it with a `build` step was ended. */
export const CALLER_CANCELLED: AbortCause = {
  type: 'org.jenkinsci.plugins.workflow.support.steps.build.BuildTriggerCancelledCause',
  description: 'Calling Pipeline was cancelled',
  result: 'ABORTED',
};
