/** What a running step sees: `StepContext` over one call of a step. */

import type { Computation, Runtime, Value } from '@millrace/groovy';
import { JavaThrowable, PENDING } from '@millrace/groovy';
import { buildVariables } from '../environment/build-variables.ts';
import { expandVariables } from '../environment/env-vars.ts';
import { resolvePath } from '../environment/paths.ts';
import type { AnswerOf, Ask, AskKind, Json, Launcher, Place, RequestOf } from '../host.ts';
import type { FlagNumber } from '../journal/flags.ts';
import { Described } from '../steps/described.ts';
import type { Body, BodyOptions, Branch, BranchOutcome, InterruptionCause, StepContext, Watch } from '../steps/step.ts';
import type { FlowNode } from '../tree/tree.ts';
import { describedFrom } from './arguments.ts';
import type { BuildFacts, ResultName } from './build.ts';
import type { Execution } from './execution.ts';
import type { Scope } from './scope.ts';
import { deriveScope } from './scope.ts';
import type { BuildThread } from './thread.ts';
import { AskWait, ForkWait } from './thread.ts';
import { flowInterrupted, missingContext } from './throwables.ts';

/** Kinds whose end is waited for when they are interrupted. */
const PATIENT: ReadonlySet<AskKind> = new Set<AskKind>(['task', 'checkout']);

export interface StepCaller {
  callStep(name: string, args: { readonly [name: string]: Value }, body: Body | null): Computation<Value>;
}

export class Context implements StepContext {
  readonly scope: Scope;
  readonly nodeId: string;
  private readonly execution: Execution;
  private readonly thread: BuildThread;
  private readonly node: FlowNode;
  private readonly caller: StepCaller;

  constructor(execution: Execution, thread: BuildThread, node: FlowNode, caller: StepCaller) {
    this.execution = execution;
    this.thread = thread;
    this.node = node;
    this.caller = caller;
    this.scope = thread.scope;
    this.nodeId = node.id;
  }

  get rt(): Runtime {
    return this.execution.rt;
  }
  get build(): BuildFacts {
    return this.execution.facts;
  }
  get launchers(): readonly Launcher[] {
    return this.scope.launchers;
  }

  *ask<K extends AskKind>(kind: K, request: RequestOf<K>): Computation<AnswerOf<K>> {
    const ask = { id: this.thread.takeId(), kind, request, at: this.execution.time } as Ask;
    this.execution.ask(ask);
    return (yield new AskWait(ask, this.nodeId, PATIENT.has(kind))) as AnswerOf<K>;
  }

  watch<K extends AskKind>(kind: K, request: RequestOf<K>, answered: (answer: AnswerOf<K>) => void, failed?: (error: JavaThrowable) => void): Watch {
    const ask = { id: this.thread.takeId(), kind, request, at: this.execution.time } as Ask;
    this.execution.watch({
      ask,
      nodeId: this.nodeId,
      thread: this.thread,
      answered: answered as (answer: Json) => void,
      failed: failed ?? ((error) => this.execution.interrupt(this.thread, error)),
    });
    return { stop: () => this.execution.unwatch(ask.id) };
  }

  nextAskId(): string {
    return this.thread.nextId();
  }

  *runBody(body: Body, options: BodyOptions = {}): Computation<Value> {
    const { label, args = [], facts, ...change } = options;
    const { execution, thread, node } = this;
    const outer = { scope: thread.scope, enclosing: thread.enclosing };
    const start = execution.tree.add({ kind: 'body', step: node.step, label: label ?? null, parent: this.nodeId, startId: this.nodeId, at: execution.time });
    if (facts !== undefined) start.facts = { ...facts };
    execution.printTo(start.id, label === undefined ? '[Pipeline] {\n' : `[Pipeline] { (${label})\n`, outer.scope);
    const inner = deriveScope(this.scope, change);
    thread.scope = inner;
    thread.enclosing = start.id;
    thread.head = start.id;
    let failure: JavaThrowable | null = null;
    try {
      const r = body.call(args);
      return r === PENDING ? yield* this.rt.take() : (r as Value);
    } catch (error) {
      failure = error instanceof JavaThrowable ? error : null;
      throw error;
    } finally {
      thread.scope = outer.scope;
      thread.enclosing = outer.enclosing;
      execution.endNode(start, failure, inner);
      const end = execution.tree.add({ kind: 'body-end', step: node.step, label: null, parent: this.nodeId, startId: start.id, at: execution.time });
      thread.head = end.id;
      execution.printTo(end.id, '[Pipeline] }\n', outer.scope);
    }
  }

  *fork(branches: readonly Branch[], options: { readonly failFast: boolean }): Computation<readonly BranchOutcome[]> {
    if (branches.length === 0) return [];
    return (yield new ForkWait(branches, options.failFast, this.nodeId)) as readonly BranchOutcome[];
  }

  call(step: string, args: { readonly [name: string]: Value } = {}, body?: Body): Computation<Value> {
    return this.caller.callStep(step, args, body ?? null);
  }
  body(closure: Value): Body {
    return { call: (args) => this.rt.call(closure, args) };
  }

  interrupt(result: ResultName, causes: readonly InterruptionCause[]): void {
    this.execution.interrupt(this.thread, flowInterrupted(result, causes));
  }
  abandon(error: JavaThrowable): void {
    this.execution.abandon(this.thread, error);
  }

  logError(error: JavaThrowable, prefix?: string): void {
    this.print(this.execution.errorText(error, prefix));
  }
  log(line: string): void {
    this.print(`${line}\n`);
  }
  print(text: string): void {
    this.execution.printTo(this.nodeId, text, this.scope);
  }

  place(cwd?: string): Place {
    const { node, cwd: current } = this.scope;
    if (node === null || current === null) throw missingContext(this.node.step, 'hudson.FilePath', ['node']);
    return { lease: node.lease, cwd: cwd === undefined ? current : resolvePath(current, cwd, node.windows) };
  }

  environment(): Record<string, string> {
    return buildVariables(this.execution.facts, this.execution.variables, this.scope);
  }
  expand(text: string): string {
    return expandVariables(text, this.environment());
  }

  mark(result: ResultName, message: string): void {
    this.node.mark = { result, message };
    this.execution.tree.changed(this.node);
  }
  setResult(result: ResultName): void {
    this.execution.worsen(result);
  }
  result(): ResultName | null {
    return this.execution.result;
  }

  described(value: Value): Described | null {
    return value instanceof Described ? value : describedFrom(this.rt, value);
  }

  has(flag: FlagNumber): boolean {
    return this.execution.journal.has(flag);
  }
  shared<T>(key: string, make: () => T): T {
    if (!this.execution.shared.has(key)) this.execution.shared.set(key, make());
    return this.execution.shared.get(key) as T;
  }
}
