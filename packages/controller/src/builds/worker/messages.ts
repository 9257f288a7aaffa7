/**
 * What a worker thread and its controller say to each other. Messages go in batches, in order. Everything about a build
 * carries its id; a build is in one worker at a time.
 */
import type { Ask, BuildFacts, CancelReason, ExternalEvent, FlowNode, HostFailure, Json, LogRecord, ToolDescriptor, Variables } from '@millrace/pipeline';
import type { Keys } from '../../config/keys.ts';
import type { SealKey } from './sealer.ts';

/** What a build begins with: fresh, or what the database holds of it. */
export type Begin =
  | { readonly build: BuildFacts; readonly seed: readonly number[] }
  | { readonly lines: readonly string[]; readonly records: readonly LogRecord[] };

export type ToWorker =
  | { readonly t: 'begin'; readonly build: number; readonly begin: Begin; readonly tools: readonly ToolDescriptor[] }
  | { readonly t: 'answer'; readonly build: number; readonly ask: string; readonly ok?: Json; readonly err?: HostFailure }
  | { readonly t: 'output'; readonly build: number; readonly ask: string; readonly from: number; readonly text: string; readonly to: number }
  | { readonly t: 'external'; readonly build: number; readonly event: ExternalEvent }
  | { readonly t: 'flushed'; readonly build: number; readonly seq: number }
  | { readonly t: 'detach'; readonly build: number }
  | { readonly t: 'keys'; readonly later: readonly SealKey[] }
  /** Of no build: a thread of its own is asked (script-checker.ts). */
  | { readonly t: 'check'; readonly script: string; readonly tools: readonly ToolDescriptor[] }
  | { readonly t: 'ping' };

/** What is wrong with a script. Lines and columns from 1. */
export interface ScriptFindings {
  /** Null: it has errors. */
  readonly declarative: boolean | null;
  /** The first of them. */
  readonly errors: { readonly line: number; readonly column: number; readonly message: string }[];
  readonly total: number;
}

/** One flush: all of it becomes durable together, or nothing. */
export interface Flush {
  readonly seq: number;
  /** Whole lines, each with its newline. */
  readonly journal: string;
  readonly records: readonly LogRecord[];
  readonly text: string;
  /** The nodes that changed, as they are now. */
  readonly tree: readonly FlowNode[];
}

export interface LiveBuildFacts {
  readonly displayName: string | null;
  readonly description: string | null;
  readonly keepLog: boolean;
  readonly result: string | null;
}

export type FromWorker =
  | ({ readonly t: 'flush'; readonly build: number } & Flush)
  | { readonly t: 'ask'; readonly build: number; readonly ask: Ask; readonly cursor: number; readonly resumed: boolean }
  | { readonly t: 'cancel'; readonly build: number; readonly ask: string; readonly reason: CancelReason }
  | { readonly t: 'facts'; readonly build: number; readonly facts: LiveBuildFacts }
  /** All threads wait for these. `taken`: so many answers and events have come, and are evaluated. */
  | { readonly t: 'idle'; readonly build: number; readonly open: readonly Ask[]; readonly taken: number }
  | { readonly t: 'ended'; readonly build: number; readonly result: string; readonly endedAt: number; readonly variables: Variables }
  /** It can't begin or go on: the Jenkinsfile does not compile, the journal can't be replayed, an error of ours. */
  | { readonly t: 'failed'; readonly build: number; readonly code: string; readonly message: string }
  | { readonly t: 'detached'; readonly build: number }
  | { readonly t: 'checked'; readonly findings: ScriptFindings }
  | { readonly t: 'pong' };

export interface WorkerSetup {
  readonly keys: Keys;
}
