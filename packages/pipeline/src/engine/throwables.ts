/** The Java exceptions that steps and the engine throw. */
import { JavaThrowable } from '@millrace/groovy';
import type { HostFailure } from '../host.ts';
import type { InterruptionCause } from '../steps/step.ts';
import type { ResultName } from './build.ts';

export const ABORT_EXCEPTION = 'hudson.AbortException';
export const FLOW_INTERRUPTED = 'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException';

/** A failure that the console shows as `ERROR: message`, without a stack trace. */
export function abortError(message: string): JavaThrowable {
  return new JavaThrowable(ABORT_EXCEPTION, message);
}

/** What `data` of a FlowInterruptedException holds. */
export interface Interruption {
  readonly result: ResultName;
  readonly causes: readonly InterruptionCause[];
  /** False where a step only ends the build with a result (`error` of some steps): retry catches those. */
  actual: boolean;
}

/** Ends what it goes through with `result`, and prints its causes alone. */
export function flowInterrupted(result: ResultName, causes: readonly InterruptionCause[], actual = true): JavaThrowable {
  const error = new JavaThrowable(FLOW_INTERRUPTED, causes.map((c) => c.description).join(', '));
  error.data = { result, causes, actual } satisfies Interruption;
  return error;
}

export function interruptionOf(error: unknown): Interruption | null {
  return error instanceof JavaThrowable && error.typeName === FLOW_INTERRUPTED && error.data !== undefined ? (error.data as Interruption) : null;
}

/** Jenkins' refusal of a step outside of the block it needs. */
export function missingContext(step: string, javaClass: string, steps: readonly string[]): JavaThrowable {
  return new JavaThrowable(
    'org.jenkinsci.plugins.workflow.steps.MissingContextVariableException',
    `Required context class ${javaClass} is missing\nPerhaps you forgot to surround the ${step} step with a step that provides this, such as: ${steps.join(', ')}`,
  );
}

/**
 * What a script sees of a host's failure. `data` keeps the code, and the lease that the ask was about. One that interrupts aborts
 * the build, and can be retried.
 */
export function hostError(failure: HostFailure, lease: string | null): JavaThrowable {
  const error = new JavaThrowable(failure.type ?? ABORT_EXCEPTION, failure.message);
  const known = { code: failure.code, user: failure.user ?? null, lease };
  error.data =
    failure.type === FLOW_INTERRUPTED
      ? ({
          ...known,
          result: 'ABORTED',
          causes: [{ type: 'jenkins.model.CauseOfInterruption', description: failure.message }],
          actual: false,
        } satisfies Interruption & typeof known)
      : known;
  return error;
}
