/**
 * What runs of a Declarative Pipeline: plain data that travels as JSON inside of the script, beside a list of the closures
 * that it names. `transform` makes both of the model; `execute` walks the plan and calls the closures.
 *
 * So the evaluator knows nothing of Declarative: for it, the script says `pipeline('<plan>', [{ … }, { … }])`, and every
 * expression of the Jenkinsfile keeps its place, its line and the variables it can see.
 */

/** A closure by its place in the list. */
export type ClosureIndex = number;

export interface PipelinePlan {
  readonly agent: AgentPlan;
  readonly stages: readonly StagePlan[];
  readonly post: PostPlan | null;
  readonly environment: EnvironmentPlan | null;
  readonly tools: readonly ToolPlan[] | null;
  readonly options: OptionsPlan | null;
  /** A list of describables. */
  readonly triggers: ClosureIndex | null;
  readonly parameters: ClosureIndex | null;
  /** A list of library identifiers. */
  readonly libraries: ClosureIndex | null;
  readonly globals: GlobalsPlan;
}

/** Ways to what the script knows by name. */
export interface GlobalsPlan {
  /** `scm` */
  readonly scm: ClosureIndex;
  /** The label of the pod template around: `POD_LABEL`; null where no agent needs it. */
  readonly podLabel: ClosureIndex | null;
  /** null where no agent is a container. */
  readonly docker: null | {
    /** (image, arguments, body) */
    readonly inside: ClosureIndex;
    /** (image) */
    readonly pull: ClosureIndex;
    /** (url, credentials id, body) */
    readonly withRegistry: ClosureIndex;
  };
}

export interface AgentPlan {
  /** `any`, `none`, `label`, `node`, `docker`, `kubernetes`, … */
  readonly type: string;
  /** Its setting or a map of them; null where it has none. */
  readonly settings: ClosureIndex | null;
}

export interface StagePlan {
  readonly name: string;
  readonly steps: ClosureIndex | null;
  readonly stages: readonly StagePlan[] | null;
  /** Of `parallel`, or the cells of a matrix. */
  readonly parallel: readonly StagePlan[] | null;
  readonly failFast: boolean;
  readonly agent: AgentPlan | null;
  readonly post: PostPlan | null;
  readonly when: WhenPlan | null;
  readonly tools: readonly ToolPlan[] | null;
  readonly environment: EnvironmentPlan | null;
  readonly options: OptionsPlan | null;
  readonly input: InputPlan | null;
  /** Axes of a matrix' cell. */
  readonly cell: readonly (readonly [name: string, value: string])[] | null;
}

/** Closures by condition. */
export type PostPlan = { readonly [condition: string]: ClosureIndex };

export interface EnvironmentPlan {
  /** Answers a map of closures, one for each variable, and `credentials:NAME` for those that are credentials. */
  readonly values: ClosureIndex;
  readonly variables: readonly string[];
  readonly credentials: readonly string[];
}

export interface ToolPlan {
  readonly key: string;
  /** `hudson.tasks.Maven$MavenInstallation` */
  readonly type: string;
  readonly version: ClosureIndex;
}

export interface OptionsPlan {
  /** A list of describables. */
  readonly jobProperties: ClosureIndex | null;
  /** Declarative's own: the argument's closure, or null. */
  readonly options: { readonly [symbol: string]: ClosureIndex | null };
  /** Steps around everything: their named arguments as a map. */
  readonly wrappers: readonly { readonly step: string; readonly args: ClosureIndex | null }[];
}

export interface InputPlan {
  /** A map: message, id, ok, submitter, submitterParameter, parameters. */
  readonly fields: ClosureIndex;
}

export interface WhenPlan {
  readonly conditions: readonly ConditionPlan[];
  readonly beforeAgent: boolean;
  readonly beforeInput: boolean;
  readonly beforeOptions: boolean;
}

export interface ConditionPlan {
  readonly name: string;
  /** A map of named arguments. */
  readonly args: ClosureIndex | null;
  readonly children: readonly ConditionPlan[];
  /** Of `expression`. */
  readonly test: ClosureIndex | null;
}
