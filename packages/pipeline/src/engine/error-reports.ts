/** Errors in the console, where they are caught or end the build. Follows FlowInterruptedException.handle and WorkflowRun.finish. */
import type { JavaThrowable, Runtime } from '@millrace/groovy';
import type { InterruptionCause } from '../steps/step.ts';
import { errorText } from './error-text.ts';
import { ABORT_EXCEPTION, interruptionOf } from './throwables.ts';

export class ErrorReports {
  /** A cause of an interruption is told once in a build. */
  private readonly told = new Set<string>();

  cause(cause: InterruptionCause): string {
    const key = `${cause.type}\n${cause.description}\n${cause.source ?? ''}`;
    if (this.told.has(key)) return '';
    this.told.add(key);
    return `${cause.printed ?? cause.description}\n`;
  }

  /** `prefix`: a line before a stack trace. */
  error(rt: Runtime, error: JavaThrowable, prefix?: string): string {
    const interruption = interruptionOf(error);
    if (interruption !== null) {
      let text = interruption.causes.map((cause) => this.cause(cause)).join('');
      for (const other of [error.causedBy, ...error.suppressed]) {
        if (other !== null) text += other.typeName === ABORT_EXCEPTION ? `${other.detail}\n` : this.error(rt, other);
      }
      return text;
    }
    if (error.typeName === ABORT_EXCEPTION) return `ERROR: ${error.detail}\n`;
    return `${prefix === undefined ? '' : `${prefix}\n`}${errorText(rt, error)}`;
  }
}
