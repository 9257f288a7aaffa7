/**
 * What a journal holds. One JSON object a line; the order of the lines is the order of things.
 *
 * The first line is the header. Then come turns: an event (`answer`, `external`), and what the program did with it until
 * all its threads waited (`world`, `ask`). A turn may be cut off at its end by a crash: the rest is made again then.
 * The keys of `ask` lines are in a fixed order, because replay compares whole lines and parses none of them.
 */

import type { BuildFacts } from '../engine/build.ts';
import type { HostFailure, Json } from '../host.ts';
import type { FlagNumber } from './flags.ts';

export const FORMAT = 1;

export interface HeaderEntry {
  readonly t: 'header';
  readonly format: number;
  /** Behaviours of the engine that this build began with: see flags.ts. */
  readonly flags: readonly FlagNumber[];
  /** Of the program's random numbers: four 32-bit words. */
  readonly seed: readonly number[];
  readonly build: BuildFacts;
}

export interface AskEntry {
  readonly t: 'ask';
  readonly id: string;
  readonly k: string;
  /** The request. Secrets in it are replaced by their numbers. */
  readonly q: Json;
}

export interface AnswerEntry {
  readonly t: 'answer';
  readonly id: string;
  /** When it came: the time of the turn that it begins. */
  readonly at: number;
  readonly ok?: Json;
  /** An answer with secrets: its JSON text, sealed by the host. */
  readonly sealed?: string;
  readonly err?: HostFailure;
  /** The count of ticks of the turn that it interrupted; absent where all threads waited. */
  readonly tick?: number;
}

export interface ExternalEntry {
  readonly t: 'external';
  readonly at: number;
  readonly event: ExternalEvent;
  readonly tick?: number;
}

export type ExternalEvent =
  /** `by` names the user; null: the system, for its `cause`. `hard`: end at once, catch and finally blocks don't run. */
  { readonly kind: 'abort'; readonly by: string | null; readonly hard: boolean; readonly cause?: AbortCause };

/** Why the system ends a build: Jenkins' CauseOfInterruption. */
export interface AbortCause {
  readonly type: string;
  readonly description: string;
  /** What the console shows, where it is not the description. */
  readonly printed?: string;
  readonly result: 'ABORTED' | 'NOT_BUILT';
}

/** Answers of the clock: the program saw `v` n times in a row. */
export interface WorldEntry {
  readonly t: 'now';
  readonly v: number;
  readonly n: number;
}

/** The build has ended; nothing follows. */
export interface EndEntry {
  readonly t: 'end';
  readonly result: string;
  readonly at: number;
}

export type Entry = HeaderEntry | AskEntry | AnswerEntry | ExternalEntry | WorldEntry | EndEntry;
export type Event = AnswerEntry | ExternalEntry;

/**
 * Where entries are kept. Appending is in order; when `flush` returns, or when its promise resolves, all that was appended
 * before survives the process's death. A flush that takes time must make the log durable in the same transaction, since
 * output must not be lost where the answer after it is kept. It rejects where the build has another owner now; then the
 * engine does nothing more.
 */
export interface JournalStore {
  append(line: string): void;
  flush(): void | Promise<void>;
}
