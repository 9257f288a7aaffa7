/**
 * What an operation on a machine is. It may be made again for the same id after a crash and ends with the same outcome.
 * Failures that a script should see are OperationErrors; any other error becomes a java.io.IOException.
 */
import type { OperationAnswer, OperationFailure, OperationKind, OperationRequest } from '@millrace/protocol';
import { pathAt } from '../files/operations.ts';
import type { LeftOvers } from '../tasks/left-overs.ts';
import type { FormerGits } from './git/former-gits.ts';
import type { Mirrors } from './git/mirrors.ts';
import type { Transfers } from './transfers.ts';

export interface OperationContext {
  readonly transfers: Transfers;
  readonly leftOvers: LeftOvers;
  /** Makes and names a folder of this operation alone. It lasts until the operation is done, also over a crash. */
  scratch(): string;
  readonly formerGits: FormerGits;
  /** Of repositories; undefined: this machine keeps none. */
  readonly mirrors?: Mirrors | undefined;
  /** Prints to the build's log. What is printed again after a crash does not come twice. */
  print(text: string): void;
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
}

export type Operation<K extends OperationKind> = (request: OperationRequest<K>, cx: OperationContext) => Promise<OperationAnswer<K>>;

export class OperationError extends Error {
  readonly failure: OperationFailure;
  constructor(failure: OperationFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** An error in a step's own words: its Java class is hudson.AbortException where none is given. */
export function failed(message: string, type?: string): OperationError {
  return new OperationError({ code: 'MR_HOST', message, ...(type === undefined ? {} : { type }) });
}

export function unsupported(message: string): OperationError {
  return new OperationError({ code: 'MR_UNSUPPORTED', message });
}

export function failureOf(error: unknown): OperationFailure {
  if (error instanceof OperationError) return error.failure;
  const { message, type } = error as { message: string; type?: string };
  return { code: 'MR_HOST', message, type: type ?? 'java.io.IOException' };
}

export function at(place: { readonly cwd: string }, path: string): string {
  return pathAt(place.cwd, path);
}
