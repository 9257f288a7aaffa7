/** The facts of one build that its program may see. Written into the journal's first entry, so a replay sees the same. */
import type { FreestyleDefinition } from '../freestyle/definition.ts';
import type { Json, Variables } from '../host.ts';
import type { ScmSpec } from '../scm.ts';

export type ResultName = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED';

/** From the best to the worst: a build's result only gets worse. */
export const RESULTS: readonly ResultName[] = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'];

export function isWorse(a: ResultName, b: ResultName): boolean {
  return RESULTS.indexOf(a) > RESULTS.indexOf(b);
}
export function worstOf(a: ResultName | null, b: ResultName | null): ResultName | null {
  if (a === null) return b;
  return b === null || !isWorse(b, a) ? a : b;
}

export interface BuildFacts {
  /** `folder/job`: JOB_NAME. */
  readonly job: string;
  readonly number: number;
  /** Milliseconds since 1970: BUILD_TIMESTAMP and durations count from it. */
  readonly startedAt: number;
  /** `Started by user x`: one line for each cause, as the console's first lines. */
  readonly causes: readonly { readonly text: string; readonly type: string; readonly data?: { readonly [name: string]: Json } }[];
  /** Values of the build's parameters, already typed: strings, booleans, … Secrets (passwords) are `{ "$secret": text }` with the text sealed by `Host.seal`; the program sees the text. */
  readonly parameters: { readonly [name: string]: Json };
  /** The parameters that the job had declared when the build began; the others are no environment variables. All, where not given. */
  readonly declared?: readonly string[];
  /** Variables from the job and the global configuration, among them the usual ones (BUILD_NUMBER, JOB_NAME, BUILD_URL, BRANCH_NAME, …). */
  readonly env: Variables;
  /** A freestyle job's build; `script` is empty then. */
  readonly freestyle?: FreestyleDefinition;
  /** The Jenkinsfile. */
  readonly script: { readonly text: string; readonly path: string };
  /** The job's SCM (`checkout scm`), null where the Jenkinsfile does not come from one. */
  readonly scm: ScmSpec | null;
  readonly sandbox: boolean;
  /** Shared libraries that are loaded without `@Library`. */
  readonly libraries?: readonly string[];
  /** Names of stashes that are there from the beginning: those of the build that it restarts. */
  readonly stashes?: readonly string[];
  /** IANA name. */
  readonly timeZone: string;
  /** What earlier builds were, newest first: `currentBuild.previousBuild`. */
  readonly previous: readonly {
    readonly number: number;
    readonly result: ResultName | null;
    readonly startedAt: number;
    readonly durationMs: number;
    readonly displayName: string;
    readonly description: string | null;
    readonly url: string;
  }[];
  /** Checks of its commit may be taken somewhere: all, or those alone that somebody has named. Left out: nowhere. */
  readonly checks?: 'all' | 'named';
  /** Root URL of the server, null where there is none: `currentBuild.absoluteUrl` and the like. */
  readonly rootUrl: string | null;
}
