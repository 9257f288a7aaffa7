/** One call of a step: its node in the tree, its lines in the console, its context. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { maskText } from '../log/mask.ts';
import type { AnyStep, Body } from '../steps/step.ts';
import type { BoundCall } from './arguments.ts';
import { bindCall, bindNamed } from './arguments.ts';
import type { StepCaller } from './context.ts';
import { Context } from './context.ts';
import type { Execution } from './execution.ts';
import { interpolationWarning } from './interpolation-warning.ts';
import { missingContext } from './throwables.ts';

export class StepCalls implements StepCaller {
  private readonly execution: Execution;
  private readonly steps: ReadonlyMap<string, AnyStep>;

  constructor(execution: Execution, steps: ReadonlyMap<string, AnyStep>) {
    this.execution = execution;
    this.steps = steps;
  }

  has(name: string): boolean {
    return this.steps.has(name);
  }
  names(): string[] {
    return [...this.steps.keys()].sort();
  }

  /** As a script calls it. */
  *callAsScript(name: string, args: readonly Value[]): Computation<Value> {
    const step = this.steps.get(name) as AnyStep;
    return yield* this.run(step, bindCall(this.execution.rt, step, args));
  }

  callStep(name: string, args: { readonly [name: string]: Value }, body: Body | null): Computation<Value> {
    const step = this.steps.get(name);
    if (step === undefined)
      throw new JavaThrowable('java.lang.NoSuchMethodError', `No such DSL method '${name}' found among steps [${this.names().join(', ')}]`);
    return this.run(step, bindNamed(this.execution.rt, step, new Map(Object.entries(args)), body));
  }

  private *run(step: AnyStep, call: BoundCall): Computation<Value> {
    const { execution } = this;
    const { thread, tree } = execution;
    // `parallel` and `load` are blocks though they take no closure as their last argument.
    const isBlock = call.body !== null || step.rawMap !== undefined;
    const scope = thread.scope;
    if (scope.template) throw new JavaThrowable('java.lang.IllegalStateException', `A mail’s template has no steps: ${step.name}`);
    const enclosing = thread.enclosing;
    const label = step.describe?.(call.args) ?? null;
    const node = tree.add({
      kind: isBlock ? 'block' : 'step',
      step: step.name,
      label: label === null ? null : maskText(label, scope.masks),
      parent: enclosing,
      at: execution.time,
    });
    thread.head = node.id;
    if (step.hidden !== true) execution.printTo(node.id, `[Pipeline] ${step.name}\n`, scope);
    const warning = interpolationWarning(step.name, call.interpolated, scope);
    if (warning !== null) execution.printTo(node.id, warning, scope);
    if (isBlock) thread.enclosing = node.id;
    let failure: JavaThrowable | null = null;
    try {
      if (step.needs !== undefined) this.checkNeeds(step);
      return yield* step.run(new Context(execution, thread, node, this), call.args, call.body as Body);
    } catch (error) {
      failure = error instanceof JavaThrowable ? error : null;
      throw error;
    } finally {
      thread.enclosing = enclosing;
      thread.scope = scope;
      execution.endNode(node, failure, scope);
      if (isBlock) {
        const end = tree.add({ kind: 'block-end', step: step.name, label: null, parent: enclosing, startId: node.id, at: execution.time });
        thread.head = end.id;
        if (step.hidden !== true) execution.printTo(end.id, `[Pipeline] // ${step.name}\n`, scope);
      }
    }
  }

  private checkNeeds(step: AnyStep): void {
    const { scope } = this.execution.thread;
    if (step.needs?.includes('workspace') === true && scope.cwd === null) throw missingContext(step.name, 'hudson.FilePath', ['node']);
    if (step.needs?.includes('node') === true && scope.node === null) throw missingContext(step.name, 'hudson.model.Node', ['node']);
  }
}
