/**
 * The dynamic scope of a thread: what the blocks around the running step have set. Immutable; a block's body runs in a
 * derived scope, and a branch begins with its parent's.
 */
import type { Launcher, NodeAnswer, Variables } from '../host.ts';

export interface Scope {
  /** The node that the innermost `node` block holds. */
  readonly node: NodeAnswer | null;
  /** `WORKSPACE` and `WORKSPACE_TMP`; those of `ws` where one is inside the node. */
  readonly workspace: string | null;
  readonly temporary: string | null;
  /** Where relative paths begin; null outside of a node. */
  readonly cwd: string | null;
  /** Changes of the environment from outside to inside, in the sense of `EnvVars.override`: `PATH+X` goes in front. */
  readonly env: readonly Variables[];
  /** Texts to be masked in all output. */
  readonly masks: readonly string[];
  readonly timestamps: boolean;
  /** The colour map of `ansiColor`, null outside of it. */
  readonly ansiColor: string | null;
  readonly launchers: readonly Launcher[];
  /** The display name of the innermost stage: `STAGE_NAME`. */
  readonly stage: string | null;
  /** Names of the parallel branches around, the innermost last. */
  readonly branches: readonly string[];
  /** Names of the stages and branches around, the innermost last; of a branch and the stage of its own name in it one. */
  readonly around: readonly string[];
  /** The code of a mail's template runs: it has no steps and none of the script's variables, whatever class of it asks. */
  readonly template: boolean;
  /** What step authors keep for their own steps, by the step's name: JSON-like, immutable. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A block's changes. `env`, `masks` and `launchers` are added; `extra` is merged; the others are replaced. */
export interface ScopeChange {
  readonly node?: NodeAnswer;
  readonly workspace?: string;
  readonly temporary?: string;
  readonly cwd?: string;
  readonly env?: Variables;
  readonly masks?: readonly string[];
  readonly timestamps?: boolean;
  readonly ansiColor?: string | null;
  readonly launchers?: readonly Launcher[];
  readonly stage?: string;
  readonly branch?: string;
  readonly template?: boolean;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export const EMPTY_SCOPE: Scope = Object.freeze({
  node: null,
  workspace: null,
  temporary: null,
  cwd: null,
  env: [],
  masks: [],
  timestamps: false,
  ansiColor: null,
  launchers: [],
  stage: null,
  branches: [],
  around: [],
  template: false,
  extra: {},
});

export function deriveScope(scope: Scope, change: ScopeChange): Scope {
  const { env, masks, launchers, branch, extra, ...replaced } = change;
  return {
    ...scope,
    ...replaced,
    env: env === undefined || Object.keys(env).length === 0 ? scope.env : [...scope.env, env],
    masks: masks === undefined || masks.length === 0 ? scope.masks : [...scope.masks, ...masks],
    launchers: launchers === undefined ? scope.launchers : [...scope.launchers, ...launchers],
    branches: branch === undefined ? scope.branches : [...scope.branches, branch],
    around: around(scope, branch ?? replaced.stage),
    extra: extra === undefined ? scope.extra : { ...scope.extra, ...extra },
  };
}

function around(scope: Scope, name: string | undefined): readonly string[] {
  if (name === undefined || (name === scope.around.at(-1) && name === scope.branches.at(-1))) return scope.around;
  return [...scope.around, name];
}
