/**
 * The port to where branches are found. A scan asks for all heads, an event for those of single refs. Any call may be made
 * again. What cannot be told rejects with a coded error, and is never an empty answer: a scan that fails leaves jobs as they
 * are.
 */
import type { BranchSourceConfig } from '@millrace/protocol';
import type { Head } from './head.ts';

export interface Looked {
  /** The path is a file there. */
  readonly found: boolean;
  /** Of the commit, milliseconds since 1970; null: not told. */
  readonly at: number | null;
  /** Why this one head cannot be looked at, where the others can: it is in a fork that cannot be read. */
  readonly failure?: CodedError;
}
export type CodedError = Error & { readonly code: string };

export interface BranchSource {
  /** All that the source's own choices leave, some at a time, each once. Names are not filtered. */
  heads(signal?: AbortSignal): AsyncIterable<readonly Head[]>;
  /** What these refs are now; one that is not there is not among them. `change:7` is the pull request of that number. */
  headsAt(refs: readonly string[], signal?: AbortSignal): Promise<readonly Head[]>;
  /** In the order of `heads`. */
  look(heads: readonly Head[], path: string, signal?: AbortSignal): Promise<readonly Looked[]>;
  /** Who wrote a pull request, where its forge has to be asked for it. Nulls: not told. */
  author(head: Head): Promise<{ readonly name: string | null; readonly email: string | null }>;
}

/** `item`: the full name of the job that it is for; it decides which credentials may be used. */
export type OpenSource = (item: string, source: BranchSourceConfig) => Promise<BranchSource>;

/** Of an event's ref. */
export function changeRef(number: number): string {
  return `change:${number}`;
}
export function changeNumber(ref: string): number | null {
  const m = /^change:(\d{1,15})$/.exec(ref);
  return m === null ? null : Number(m[1]);
}
