/**
 * What a `pipeline { … }` block says, as typed data. The parser fills it from the syntax tree, the validator checks it,
 * `transform` turns it into what runs. It mirrors Jenkins' `ModelAST…` classes, whose rules the validator follows.
 *
 * Every element keeps `at`, the place that an error about it points to (null where there is none: Jenkins prints -1 then),
 * and those that run keep the expressions and closures of the tree.
 */
import type { ClosureExpression, Expression, MethodCallExpression, Statement } from '@millrace/groovy/syntax';

/** Line and column, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Element {
  readonly at: Place | null;
}

/** A name that the file wrote: a variable of `environment`, a parameter, a tool type. */
export interface Key extends Element {
  name: string;
}

/** A literal with the Java class that Jenkins gives it (decimals become Double, big integers Long). */
export type Literal =
  | { readonly type: 'Integer' | 'Double' | 'Float'; readonly value: number }
  | { readonly type: 'Long'; readonly value: bigint }
  | { readonly type: 'String'; readonly value: string }
  | { readonly type: 'Boolean'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null };

/** A value: a literal, or anything else by its source text. */
export interface ModelValue extends Element {
  readonly kind: 'Value';
  readonly literal: Literal | null;
  /** Where it is no literal: a GString or map as written, any other expression as `${…}`. */
  readonly source: string;
  readonly expression: Expression | null;
}

export interface NamedValue extends Element {
  readonly kind: 'NamedValue';
  readonly key: Key;
  /** null where it was wrong and is reported already. */
  readonly value: ModelValue | MethodCall | null;
}

/** `foo(1)`, `foo(a: bar(2))`: an option, trigger, parameter, library, axis line, or an argument of those. */
export interface MethodCall extends Element {
  readonly kind: 'MethodCall';
  /** null where the definition could not be read and is reported already. */
  name: string | null;
  args: (ModelValue | NamedValue | MethodCall)[];
  readonly expression: MethodCallExpression | null;
}

/** `credentials('id')` in `environment`. */
export interface InternalFunctionCall extends Element {
  readonly kind: 'InternalFunctionCall';
  readonly name: string;
  readonly args: ModelValue[];
  readonly expression: Expression;
}

export type ArgumentList =
  | { readonly kind: 'Named'; readonly entries: { readonly key: Key; readonly value: ModelValue }[] }
  | { readonly kind: 'Single'; readonly value: ModelValue }
  | { readonly kind: 'Positional'; readonly values: ModelValue[] };

/** `{ image 'x'; args 'y' }`: calls read as a map. */
export interface ClosureMap extends Element {
  readonly kind: 'ClosureMap';
  readonly entries: { readonly key: Key; readonly value: ModelValue | ClosureMap }[];
  readonly closure: ClosureExpression;
}

export interface PipelineModel extends Element {
  /** The `pipeline { … }` call; `transform` replaces its argument. */
  readonly call: MethodCallExpression;
  stages: Stages | null;
  post: Post | null;
  environment: Environment | null;
  agent: Agent | null;
  tools: Tools | null;
  options: Options | null;
  parameters: Parameters | null;
  triggers: Triggers | null;
  libraries: Libraries | null;
}

export interface Agent extends Element {
  type: Key | null;
  variables: ModelValue | ClosureMap | null;
}

export interface Environment extends Element {
  readonly variables: { readonly key: Key; readonly value: ModelValue | InternalFunctionCall; readonly expression: Expression }[];
}

export interface Tools extends Element {
  readonly tools: { readonly key: Key; readonly value: ModelValue }[];
}
export interface Libraries extends Element {
  readonly libraries: ModelValue[];
}
export interface Options extends Element {
  inStage: boolean;
  readonly options: MethodCall[];
}
export interface Triggers extends Element {
  readonly triggers: MethodCall[];
}
export interface Parameters extends Element {
  readonly parameters: MethodCall[];
}

export interface Stages extends Element {
  readonly kind: 'stages' | 'parallel';
  readonly stages: Stage[];
}

/** What a stage and a matrix have in common. */
export interface StageParts extends Element {
  agent: Agent | null;
  when: When | null;
  post: Post | null;
  tools: Tools | null;
  environment: Environment | null;
  options: Options | null;
  input: Input | null;
}

export interface Stage extends StageParts {
  readonly name: string;
  /** Steps: one branch named `default`, or those of a lone `parallel` step. */
  readonly branches: Branch[];
  /** The block of `steps`. */
  stepsClosure: ClosureExpression | null;
  stages: Stages | null;
  parallel: Stages | null;
  matrix: Matrix | null;
  failFast: boolean | null;
}

export interface Matrix extends StageParts {
  axes: Axes | null;
  excludes: Excludes | null;
  stages: Stages | null;
}

export interface Axes extends Element {
  readonly axes: Axis[];
}
export interface Axis extends Element {
  name: Key | null;
  readonly values: (ModelValue | NamedValue | MethodCall)[];
  /** `notValues` of an exclude. */
  inverse: boolean;
}
export interface Excludes extends Element {
  readonly excludes: Exclude[];
}
export interface Exclude extends Element {
  readonly axes: Axis[];
}

export interface Branch extends Element {
  readonly name: string;
  readonly steps: Step[];
  readonly closure: ClosureExpression;
}

export type Step = PlainStep | TreeStep | CodeBlock;
export interface PlainStep extends Element {
  readonly kind: 'Step';
  readonly name: string | null;
  readonly args: ArgumentList | null;
  readonly statement: Statement;
}
/** A step with a body of steps. */
export interface TreeStep extends Element {
  readonly kind: 'TreeStep';
  readonly name: string;
  readonly args: ArgumentList;
  readonly children: Step[];
  readonly statement: Statement;
}
/** `script { … }` of steps, `expression { … }` of `when`: any Groovy. */
export interface CodeBlock extends Element {
  readonly kind: 'CodeBlock';
  readonly name: 'script' | 'expression';
  readonly closure: ClosureExpression | null;
  readonly statement: Statement;
}

export interface When extends Element {
  readonly conditions: WhenContent[];
  beforeAgent: boolean | null;
  beforeInput: boolean | null;
  beforeOptions: boolean | null;
}
export type WhenContent = WhenCondition | CodeBlock;
export interface WhenCondition extends Element {
  readonly kind: 'WhenCondition';
  name: string | null;
  args: ArgumentList | null;
  children: WhenContent[];
  readonly call: MethodCallExpression | null;
}

export interface Input extends Element {
  message: ModelValue | null;
  id: ModelValue | null;
  ok: ModelValue | null;
  submitter: ModelValue | null;
  submitterParameter: ModelValue | null;
  readonly parameters: MethodCall[];
}

export interface Post extends Element {
  readonly conditions: PostCondition[];
}
export interface PostCondition extends Element {
  readonly condition: string;
  readonly branch: Branch;
}
