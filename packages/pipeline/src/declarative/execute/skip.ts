/** Why a stage does not run. */
import type { StageMark } from './context.ts';

export interface SkipReason {
  readonly kind: 'failure' | 'unstable' | 'when' | 'restart';
  /** Whose reason it is. Stages below `stages` of a skipped one print that one's name, as in Jenkins. */
  readonly stage: string;
  /** Of a restart: where the build begins. */
  readonly restartedAt: string | null;
}

export function skipMessage(reason: SkipReason): string {
  const { stage } = reason;
  switch (reason.kind) {
    case 'failure':
      return `Stage "${stage}" skipped due to earlier failure(s)`;
    case 'unstable':
      return `Stage "${stage}" skipped due to earlier stage(s) marking the build as unstable`;
    case 'when':
      return `Stage "${stage}" skipped due to when conditional`;
    case 'restart':
      return `Stage "${stage}" skipped due to this build restarting at stage "${reason.restartedAt}"`;
  }
}

export const SKIP_MARKS: { readonly [K in SkipReason['kind']]: StageMark } = {
  failure: 'SKIPPED_FOR_FAILURE',
  unstable: 'SKIPPED_FOR_UNSTABLE',
  when: 'SKIPPED_FOR_CONDITIONAL',
  restart: 'SKIPPED_FOR_RESTART',
};
