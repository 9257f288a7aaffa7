/** A freestyle job's build as plain data. It stands in the build's facts, and so in the journal's header. */
import type { ResultName } from '../engine/build.ts';
import type { Variables } from '../host.ts';
import type { ScmSpec } from '../scm.ts';

export interface FreestyleDefinition {
  readonly scm?: ScmSpec | null;
  /** A label expression; any node where it is not given. */
  readonly label?: string | null;
  /** One after the other; the first that fails is the last. */
  readonly steps: readonly FreestyleStep[];
  readonly environment?: Variables;
  readonly artifacts?: {
    readonly includes: string;
    readonly excludes?: string | null;
    readonly allowEmpty?: boolean;
    readonly fingerprint?: boolean;
    readonly onlyIfSuccessful?: boolean;
  } | null;
  /** JUnit's XML reports. */
  readonly tests?: { readonly includes: string; readonly allowEmptyResults?: boolean; readonly keepLongStdio?: boolean } | null;
  /** Of the build steps. */
  readonly timeoutMinutes?: number | null;
  /** Before the checkout. */
  readonly wipeWorkspace?: boolean;
  /** Jobs that are triggered where the result is `threshold` (SUCCESS where not given) or better. */
  readonly downstream?: { readonly jobs: readonly string[]; readonly threshold?: ResultName } | null;
}

export type FreestyleStep =
  /** `unstableReturn`: the exit code that makes the build unstable instead of failing it. */
  | { readonly shell: string; readonly unstableReturn?: number | null }
  | { readonly batch: string; readonly unstableReturn?: number | null }
  | { readonly powershell: string };
