/**
 * The port to a forge: what it knows of a repository beside git itself. Branches, tags and files are read by git, since that
 * costs nothing of a rate limit and tells 10,000 branches in one answer.
 *
 * Calls may be made again and side by side. Each rejects with a ForgeError, whose code says what was wrong; nothing is retried
 * inside. Lists come page by page, newest state first or in any order; what opens or closes meanwhile may be missing once.
 */
import type { ForgeKind } from '@millrace/protocol';
import type { CheckAction, CheckAnnotation, CheckConclusion, CheckOutput } from '../checks/check-said.ts';
import type { OpenChange } from '../discover.ts';

/** `hash` may be the beginning of one alone: see `Forge.commitOf`. */
export interface ForgeChange extends OpenChange {
  /** From a pull request's author: what the forge is asked by. */
  readonly authorKey: string;
}

export interface ForgeRepository {
  /** `owner/name` */
  readonly fullName: string;
  readonly name: string;
  readonly cloneUrl: string;
  readonly defaultBranch: string | null;
  readonly archived: boolean;
  readonly fork: boolean;
  /** Changes when something was pushed; null: not told. */
  readonly marker: string | null;
}

export type Access = 'none' | 'read' | 'write' | 'admin';

export interface CommitStatus {
  readonly state: 'pending' | 'running' | 'success' | 'failure' | 'error' | 'aborted' | 'unstable' | 'skipped';
  /** By which it takes the place of the one before. */
  readonly context: string;
  /** What people see, at forges that have that beside; not there: the context. */
  readonly name?: string;
  readonly description: string;
  /** Of the build's page. */
  readonly url: string;
}

export interface Forge {
  readonly kind: ForgeKind;
  /** `PR` or `MR`: of the names of pull requests. */
  readonly prefix: string;
  repository(): Promise<ForgeRepository>;
  changes(): AsyncIterable<readonly ForgeChange[]>;
  /** Null: it is not open, or not there. */
  change(number: number): Promise<ForgeChange | null>;
  /**
   * The whole hash of a pull request's commit, of which `changes` tells the beginning; the promise's null: it is not there any
   * more. Null: `changes` tells whole ones.
   */
  readonly commitOf: ((change: ForgeChange) => Promise<string | null>) | null;
  isContributor(authorKey: string): Promise<boolean>;
  access(authorKey: string): Promise<Access>;
  /** Nulls: not told. */
  person(authorKey: string): Promise<{ readonly name: string | null; readonly email: string | null }>;
  /** The newest of a commit and context counts; sent again it changes nothing. */
  setStatus(commit: string, status: CommitStatus): Promise<void>;
  /** Null: it has none. */
  readonly checks: CheckRuns | null;
  /** Null: no step asks for them there. */
  readonly mergeRequests: MergeRequests | null;
}

export interface MergeRequest {
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly target: string;
  readonly isMerged: boolean;
  readonly labels: readonly string[];
}

/** By their numbers in the repository. */
export interface MergeRequests {
  /** Null: it is not there. */
  get(number: number): Promise<MergeRequest | null>;
  /** Made again it is another comment. */
  comment(number: number, body: string): Promise<void>;
  /** Whether the text is in one of the newest hundred comments. */
  hasComment(number: number, text: string): Promise<boolean>;
  /** Nulls: as the repository has it. Merged already it is refused. */
  merge(number: number, options: { readonly message: string | null; readonly removeSourceBranch: boolean | null }): Promise<void>;
}

/** Texts are as long as a forge takes them; lists too, but for annotations. */
export interface CheckRun {
  readonly name: string;
  readonly externalId: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: CheckConclusion | null;
  readonly url: string;
  readonly output: CheckOutput | null;
  /** Those that are added to what the run has: at most `annotationsAtOnce`. */
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
  readonly startedAt: number | null;
  readonly completedAt: number | null;
}

/** The credential of an App alone may do these. */
export interface CheckRuns {
  readonly annotationsAtOnce: number;
  /** A run that was made, whoever has heard of it. `annotations`: so many it has. Null: there is none. */
  find(commit: string, name: string, externalId: string): Promise<{ readonly id: number; readonly annotations: number } | null>;
  /** Made again it is another run. Answers its number. */
  create(commit: string, run: CheckRun): Promise<number>;
  update(id: number, run: CheckRun): Promise<void>;
}

/** An organization, user or group. */
export interface ForgeOwner {
  repositories(): AsyncIterable<readonly ForgeRepository[]>;
}
