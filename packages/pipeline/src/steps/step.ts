/**
 * A step: one small module in this folder, listed in `index.ts`.
 *
 * HOW TO WRITE ONE
 *
 *   export const echo = defineStep({
 *     name: 'echo',
 *     summary: 'Print Message',                       // Jenkins' display name; docs/steps.md is made from it
 *     params: [{ name: 'message', type: 'string', required: true }],
 *     *run(cx, args) { cx.log(args.message); return null; },
 *   });
 *
 * - `run` is a generator. It is deterministic: no clock, no randomness, no module state. Everything it knows of the world
 *   it gets through `yield* cx.ask(kind, request)`; see host.ts for the kinds. On replay it runs again from its start, and
 *   its asks are answered from the journal. What it asks may depend on its arguments, the scope and earlier answers only.
 * - It returns a Groovy value (`null` for nothing, never undefined), and fails by throwing a JavaThrowable. What a Jenkins
 *   step reports without a stack trace is `new JavaThrowable('hudson.AbortException', message)` (`abortError`).
 * - A block step runs its body with `yield* cx.runBody(body, { env: { A: 'b' } })`: the scope's changes hold in the body
 *   alone. The console's `[Pipeline] {` and `[Pipeline] }` and the tree's nodes come from there. A body may be run several
 *   times (retry) or not at all.
 * - `needs: ['workspace']` refuses the step outside of a node, in Jenkins' words. `cx.place()` gives lease and cwd for asks.
 * - To wait for something beside the body (a timer): `const w = cx.watch(kind, request, (answer) => …)`, then `w.stop()`.
 *   The callback runs between turns; it may call `cx.interrupt(…)` and set variables that the step reads later.
 * - `yield* cx.call('sh', { script })` calls another step as a script would, with its own node in the tree.
 * - Output goes to the console with `cx.log(line)`.
 * - Arguments arrive converted by `type`. A param that is neither required nor has a default may be null. Calls may be
 *   positional (the param with `positional`, else the only required one, else the first), named, or with a map; extra
 *   names are refused.
 * - Describables (`usernamePassword(…)`, `[$class: 'GitSCM', …]`) arrive as `Described` under `type: 'described'`
 *   (or in lists: `type: 'list'`, each through `cx.described(value)`). New symbols are declared in `symbols.ts`.
 *
 * Tests: `engine/testing/run-steps.ts` runs a list of steps with a dummy host and gives the console text.
 */
import type { Computation, JavaThrowable, Pending, Runtime, Value } from '@millrace/groovy';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import type { Scope, ScopeChange } from '../engine/scope.ts';
import type { AnswerOf, AskKind, Json, Launcher, Place, RequestOf } from '../host.ts';
import type { FlagNumber } from '../journal/flags.ts';
import type { Described } from './described.ts';

export interface ParamTypes {
  string: string;
  boolean: boolean;
  int: number;
  /** A whole number beyond 32 bits: milliseconds and the like. */
  long: number;
  stringList: readonly string[];
  /** A Groovy list's elements; one value is taken as a list of one. */
  list: readonly Value[];
  /** String keys in order. */
  map: ReadonlyMap<string, Value>;
  described: Described;
  /** A closure that is an ordinary argument. */
  closure: Value;
  /** As it was given. */
  any: Value;
}
export type ParamType = keyof ParamTypes;

export interface Param {
  readonly name: string;
  readonly type: ParamType;
  readonly required?: boolean;
  readonly default?: string | boolean | number | null;
  /** Takes the value of a call with one unnamed argument. */
  readonly positional?: boolean;
  /** The permitted words, for `string`. */
  readonly values?: readonly string[];
  /** One line for the documentation. */
  readonly help?: string;
}

type ArgOf<P extends Param> = P['required'] extends true
  ? ParamTypes[P['type']]
  : P['default'] extends string | boolean | number
    ? ParamTypes[P['type']]
    : ParamTypes[P['type']] | null;
export type Args<Ps extends readonly Param[]> = { readonly [P in Ps[number] as P['name']]: ArgOf<P> };

/** A block: the script's closure, or a computation of native code (Declarative's stages). */
export type Body = { readonly call: (args: readonly Value[]) => Value | Pending };

export interface BodyOptions extends ScopeChange {
  /** Shown as `[Pipeline] { (label)`. */
  readonly label?: string;
  /** Arguments of the closure. */
  readonly args?: readonly Value[];
  /** More facts for the tree's node. */
  readonly facts?: { readonly [name: string]: Json };
}

export interface Branch {
  readonly name: string;
  readonly body: Body;
}

export interface BranchOutcome {
  readonly name: string;
  readonly value: Value;
  readonly error: JavaThrowable | null;
  /** Counts up in the order in which branches ended. */
  readonly ended: number;
}

export interface Watch {
  stop(): void;
}

/** Why something was interrupted. `type` is the Java class of Jenkins' CauseOfInterruption. */
export interface InterruptionCause {
  readonly type: string;
  /** `Aborted by x`, `Timeout has been exceeded`, `Failed in branch x`, … */
  readonly description: string;
  /** What the console shows, where it is not the description. */
  readonly printed?: string;
  /** Tells one timeout's interruption from another's: the node's id. */
  readonly source?: string;
}

export interface StepContext {
  readonly rt: Runtime;
  readonly scope: Scope;
  readonly build: BuildFacts;
  /** The step's node in the tree; also the source of its output. */
  readonly nodeId: string;

  /** Asks the world and waits. A failure is thrown as the JavaThrowable that it names. */
  ask<K extends AskKind>(kind: K, request: RequestOf<K>): Computation<AnswerOf<K>>;
  /** Asks without waiting. `answered` is called between turns, `failed` where the host failed. */
  watch<K extends AskKind>(kind: K, request: RequestOf<K>, answered: (answer: AnswerOf<K>) => void, failed?: (error: JavaThrowable) => void): Watch;
  /** The id that the next ask of this thread gets. */
  nextAskId(): string;
  runBody(body: Body, options?: BodyOptions): Computation<Value>;
  /** Runs the branches at the same time and waits for all of them. */
  fork(branches: readonly Branch[], options: { readonly failFast: boolean }): Computation<readonly BranchOutcome[]>;
  /** Calls a step by name, as a script does. */
  call(step: string, args?: { readonly [name: string]: Value }, body?: Body): Computation<Value>;
  /** A closure of a script (or any callable) as a body; null where it is null. */
  body(closure: Value): Body;
  /** Interrupts whatever this step's body waits for, now or at its next waiting point. */
  interrupt(result: ResultName, causes: readonly InterruptionCause[]): void;

  /** Ends the waiting points within this step's body by force, where an interruption did not help. */
  abandon(error: JavaThrowable): void;
  /** A caught error as Jenkins shows it: `ERROR: message`, an interruption's causes, or `prefix` and the stack trace. */
  logError(error: JavaThrowable, prefix?: string): void;

  /** A line of console text. */
  log(line: string): void;
  /** Console text as it is. */
  print(text: string): void;
  /** lease and cwd for asks; MissingContextVariableException outside of a node. `cwd` relative to the current one. */
  place(cwd?: string): Place;
  /** All variables that hold here: of the build, its parameters, `env.X = …`, the node, `withEnv` blocks. */
  environment(): Record<string, string>;
  /** `${X}` and `$X` replaced by variables. */
  expand(text: string): string;
  /** What the step's summary shows and hides in the tree, and warnings of stages: `unstable`, `catchError`. */
  mark(result: ResultName, message: string): void;
  /** Makes the build's result worse (never better). */
  setResult(result: ResultName): void;
  /** The build's result so far; null while nothing has been set. */
  result(): ResultName | null;
  /** An argument as a describable: a `Described`, or a map with `$class`. */
  described(value: Value): Described | null;
  readonly launchers: readonly Launcher[];
  /** Whether the build began with this behaviour: see journal/flags.ts. */
  has(flag: FlagNumber): boolean;
  /** State of the whole build that steps share: by the step's name; part of the deterministic program. */
  shared<T>(key: string, make: () => T): T;
}

export type BlockUse = 'none' | 'required' | 'optional';

export interface StepDefinition<Ps extends readonly Param[] = readonly Param[], B extends BlockUse = BlockUse> {
  readonly name: string;
  /** Jenkins' display name. */
  readonly summary: string;
  readonly params: Ps;
  /** Default: none. */
  readonly block?: B;
  readonly needs?: readonly ('node' | 'workspace')[];
  /** Words of the arguments that the tree shows after the name: `sh` shows its script. */
  readonly describe?: (args: Args<Ps>) => string | null;
  /** Takes a call's raw arguments instead of `params`, for steps such as `parallel` and `properties`. */
  readonly rawMap?: string;
  /** A step that leaves no trace in tree and console (Jenkins' "advanced" internal ones). */
  readonly hidden?: boolean;
  run(cx: StepContext, args: Args<Ps>, body: B extends 'required' ? Body : Body | null): Computation<Value>;
}

/** For the types of `args` alone. */
export function defineStep<const Ps extends readonly Param[], const B extends BlockUse = 'none'>(definition: StepDefinition<Ps, B>): StepDefinition<Ps, B> {
  return definition;
}

/** A definition whose argument types no longer matter. */
// `any` for the variance of the arguments of `run`.
export type AnyStep = StepDefinition<any, any>;
