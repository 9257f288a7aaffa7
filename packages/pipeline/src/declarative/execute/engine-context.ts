/** Binds Declarative to the engine. */

import type { Computation, Runtime, Value } from '@millrace/groovy';
import { JavaThrowable, NativeClosure, PENDING } from '@millrace/groovy';
import { type ResultName, worstOf } from '../../engine/build.ts';
import { buildChanges } from '../../engine/build-changes.ts';
import { Context, type StepCaller } from '../../engine/context.ts';
import { errorText } from '../../engine/error-text.ts';
import type { Execution } from '../../engine/execution.ts';
import { buildVariables } from '../../environment/build-variables.ts';
import type { Json } from '../../host.ts';
import { OTHER_BUILDS } from '../../journal/flags.ts';
import { SERVER, type Server } from '../../server-model/server-asks.ts';
import { toJson } from '../../steps/values.ts';
import type { FlowNode } from '../../tree/tree.ts';
import type { Change, DeclarativeContext, JobDeclaration, StageMark } from './context.ts';
import { describedValue, pairs } from './values.ts';

/** Under these keys of `Execution.shared` the engine and Declarative leave things for each other. */
export const SHARED = {
  /** `Map<string, Json>`: defaults of the parameters that the Jenkinsfile declares, for `params` of a build that has none yet. */
  parameters: 'declarative.parameters',
  /** true once a pipeline has begun. */
  begun: 'declarative.begun',
  /** Those of `earlierChanges`, once somebody has asked. */
  earlierChanges: 'declarative.earlierChanges',
} as const;

export class EngineContext implements DeclarativeContext {
  private readonly execution: Execution;
  private readonly caller: StepCaller;

  constructor(execution: Execution, caller: StepCaller) {
    this.execution = execution;
    this.caller = caller;
  }

  get rt(): Runtime {
    return this.execution.rt;
  }

  begin(): void {
    const { shared } = this.execution;
    if (shared.has(SHARED.begun))
      throw new JavaThrowable('java.lang.IllegalStateException', 'Only one pipeline { ... } block can be executed in a single run.');
    shared.set(SHARED.begun, true);
  }
  step(name: string, args: { readonly [name: string]: Value }, body?: () => Computation): Computation {
    return this.caller.callStep(name, args, body === undefined ? null : { call: () => this.rt.call(this.closure(body), []) });
  }
  *call(closure: Value, args: readonly Value[] = []): Computation {
    const r = this.rt.call(closure, args);
    return r === PENDING ? yield* this.rt.take() : (r as Value);
  }
  closure(body: () => Computation): Value {
    return new NativeClosure(0, body);
  }

  print(line: string): void {
    this.printText(`${line}\n`);
  }
  printError(error: JavaThrowable): void {
    this.printText(`${errorText(this.rt, error)}\n`);
  }
  private printText(text: string): void {
    const { thread } = this.execution;
    this.execution.printTo(thread.enclosing ?? thread.head, text, thread.scope);
  }

  environment(): Readonly<Record<string, string>> {
    return buildVariables(this.execution.facts, this.execution.variables, this.execution.thread.scope);
  }
  result(): ResultName | null {
    return this.execution.result;
  }
  assignResult(result: ResultName | null): void {
    this.execution.result = result;
  }

  warning(): ResultName | null {
    const stage = this.stageNode();
    if (stage === null) return null;
    const { tree } = this.execution;
    let worst: ResultName | null = null;
    for (const node of tree.nodes) if (node.mark !== null && tree.isWithin(node.id, stage.id)) worst = worstOf(worst, node.mark.result);
    return worst;
  }
  markStage(mark: StageMark): void {
    const stage = this.stageNode();
    if (stage === null || stage.facts?.status !== undefined) return;
    stage.facts = { ...stage.facts, status: mark };
    this.execution.tree.changed(stage);
  }
  /** The body of the innermost stage around. */
  private stageNode(): FlowNode | null {
    const { tree, thread } = this.execution;
    for (let id = thread.enclosing; id !== null; id = tree.get(id).parent) {
      const node = tree.get(id);
      if (node.kind === 'body' && node.step === 'stage') return node;
    }
    return null;
  }

  previousResult(): ResultName | undefined {
    return this.execution.facts.previous.find((b) => b.result !== null)?.result ?? undefined;
  }
  inStage(): boolean {
    return this.execution.thread.scope.stage !== null;
  }
  inNode(): boolean {
    return this.execution.thread.scope.node !== null;
  }
  hasScm(): boolean {
    return this.execution.facts.scm !== null;
  }
  buildNumber(): number {
    return this.execution.facts.number;
  }
  fullProjectName(): string {
    return this.execution.facts.job;
  }
  causes(): DeclarativeContext['causes'] extends () => infer R ? R : never {
    return this.execution.facts.causes;
  }
  changes(): readonly Change[] {
    return buildChanges(this.execution.shared).sets.flat();
  }
  *earlierChanges(): Computation<readonly Change[] | null> {
    if (!this.execution.journal.has(OTHER_BUILDS)) return null;
    const { shared } = this.execution;
    const known = shared.get(SHARED.earlierChanges) as readonly Change[] | undefined;
    if (known !== undefined) return known;
    const { changes } = yield* (shared.get(SERVER) as Server).ask('earlierChanges', {});
    shared.set(SHARED.earlierChanges, changes);
    return changes;
  }

  *declare(declaration: JobDeclaration): Computation<void> {
    const json = (value: Value): Json => toJson(this.rt, describedValue(this.rt, value));
    const defaults = new Map<string, Json>();
    for (const parameter of declaration.parameters) {
      const args = new Map(pairs(this.rt, parameter));
      const name = args.get('name') ?? args.get('');
      if (name !== undefined && name !== null) defaults.set(this.rt.str(name), defaultOf(json(parameter)));
    }
    this.execution.shared.set(SHARED.parameters, defaults);
    const properties: Json[] = declaration.properties.map(json);
    if (declaration.triggers.length > 0) properties.push({ $symbol: 'pipelineTriggers', triggers: declaration.triggers.map(json) });
    if (declaration.parameters.length > 0) properties.push({ $symbol: 'parameters', parameterDefinitions: declaration.parameters.map(json) });
    for (const [symbol, value] of declaration.options) properties.push({ $symbol: symbol, value: toJson(this.rt, value) });
    yield* this.here().ask('properties', { properties });
  }

  *credentialFields(id: string): Computation<readonly string[]> {
    const answer = yield* this.here().ask('credentials', { id, types: [] });
    return Object.keys(answer.fields);
  }

  /** A step's view of the running thread. */
  private here(): Context {
    const { thread, tree } = this.execution;
    return new Context(this.execution, thread, tree.get(thread.enclosing ?? thread.head), this.caller);
  }
}

/** The value of a parameter that nobody gave. */
function defaultOf(parameter: Json): Json {
  const p = parameter as { readonly [name: string]: Json };
  if (p.defaultValue !== undefined && p.defaultValue !== null) return p.defaultValue;
  if (p.$symbol === 'booleanParam') return false;
  if (p.$symbol !== 'choice') return '';
  const choices = Array.isArray(p.choices) ? (p.choices as readonly Json[]) : String(p.choices ?? '').split('\n');
  return choices[0] ?? '';
}
