/**
 * What an installation offers to pipelines: the steps, and what may stand in `agent`, `options`, `triggers`, `parameters`,
 * `tools`, `when` and `post`. The validator checks Declarative Pipelines against it.
 *
 * Contract: the answers are constant while a pipeline is validated; lists are in the order in which messages name them.
 */

export interface ParameterDescriptor {
  readonly name: string;
  /**
   * The Java type, generics erased: `java.lang.String`, `int`, `boolean`, `java.util.List`, `hudson.model.Result`, …
   * Literals are checked against it; `java.lang.Object` takes anything.
   */
  readonly type: string;
  /** A parameter of the constructor. Others are setters. */
  readonly required: boolean;
  /** The values of an enum. */
  readonly values?: readonly string[];
}

/** Something that is made of named parameters: a step, a trigger, a parameter definition, a build wrapper, … */
export interface Describable {
  /** Required ones first, in the constructor's order, then the others by name, as Jenkins lists them. */
  readonly parameters: readonly ParameterDescriptor[];
  /** The parameter that an unnamed argument is for, where that is not the only required one. */
  readonly unnamed?: string;
}

/** The parameter that an unnamed argument is for; null where arguments must be named. */
export function soleParameter(model: Describable): ParameterDescriptor | null {
  if (model.unnamed !== undefined) return model.parameters.find((p) => p.name === model.unnamed) ?? null;
  const required = model.parameters.filter((p) => p.required);
  return required.length === 1 ? required[0]! : null;
}

export interface StepDescriptor extends Describable {
  readonly name: string;
  /** Whether the step has a body: `timeout(5) { … }`. */
  readonly takesBody: boolean;
  /** Whether it only works inside `node`: such a step can't be an option. */
  readonly needsNode: boolean;
}

export type DescribableKind = 'trigger' | 'parameter' | 'jobProperty' | 'declarativeOption' | 'whenCondition' | 'agent' | 'other';

export interface DescribableDescriptor extends Describable {
  readonly symbol: string;
  readonly kind: DescribableKind;
}

export interface AgentDescriptor extends Describable {
  /** The first is the one that lists show: `label`, `node`. */
  readonly symbols: readonly string[];
}

export interface WhenConditionDescriptor extends Describable {
  readonly name: string;
  /** How many conditions stand inside: 0 none, -1 one or more. */
  readonly children: number;
}

export interface ToolDescriptor {
  /** `maven`; null where a tool type has no symbol. */
  readonly symbol: string | null;
  /** `hudson.tasks.Maven$MavenInstallation` */
  readonly id: string;
  /** The names of its installations. */
  readonly installations: readonly string[];
}

export interface DeclarativeOptionDescriptor {
  readonly symbol: string;
  readonly inStage: boolean;
}

export interface DeclarativeDescriptors {
  step(name: string): StepDescriptor | null;
  /** Every step, for the list of what `options` may hold. */
  steps(): readonly StepDescriptor[];
  /** What a symbol names. Of any kind where none is asked for; steps are not among them. */
  describable(symbol: string, kind?: DescribableKind): DescribableDescriptor | null;
  /** Sorted by their first symbol. */
  agents(): readonly AgentDescriptor[];
  whenConditions(): readonly WhenConditionDescriptor[];
  /** In the order in which they run. */
  postConditions(): readonly string[];
  triggers(): readonly string[];
  parameters(): readonly string[];
  jobProperties(): readonly string[];
  declarativeOptions(): readonly DeclarativeOptionDescriptor[];
  tools(): readonly ToolDescriptor[];
}
