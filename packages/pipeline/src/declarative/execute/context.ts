/**
 * What running a Declarative Pipeline needs of the engine. `engine-context.ts` binds it; tests script it.
 *
 * Contract: everything that a method tells is that of the moment and of the thread which asks (branches of `parallel` run
 * the same interpreter). Generators may suspend; the others answer at once and change nothing outside of the program.
 */
import type { Computation, JavaThrowable, Runtime, Value } from '@millrace/groovy';
import type { ResultName } from '../../engine/build.ts';

/** One entry of the build's change log. */
export interface Change {
  readonly title: string;
  readonly comment: string;
  readonly paths: readonly string[];
}

export interface JobDeclaration {
  /** Describables: maps with `$symbol`, as plans make them. */
  readonly properties: readonly Value[];
  readonly triggers: readonly Value[];
  readonly parameters: readonly Value[];
  /** Declarative options that concern the job: `quietPeriod`, `disableRestartFromStage`. */
  readonly options: ReadonlyMap<string, Value>;
}

export type StageMark = 'FAILED_AND_CONTINUED' | 'SKIPPED_FOR_FAILURE' | 'SKIPPED_FOR_UNSTABLE' | 'SKIPPED_FOR_CONDITIONAL' | 'SKIPPED_FOR_RESTART';

export interface DeclarativeContext {
  readonly rt: Runtime;
  /** Throws where a pipeline has begun in this build already. */
  begin(): void;
  /** Calls a step as a script does, with named arguments. */
  step(name: string, args: { readonly [name: string]: Value }, body?: () => Computation): Computation;
  /** Calls a closure of the script. */
  call(closure: Value, args?: readonly Value[]): Computation;
  /** A closure of native code, for a script's method that takes a block. */
  closure(body: () => Computation): Value;

  /** A line of the build's log that belongs to no step. */
  print(line: string): void;
  /** An error's stack trace, as Java prints it. */
  printError(error: JavaThrowable): void;
  environment(): Readonly<Record<string, string>>;
  /** `currentBuild.result` */
  result(): ResultName | null;
  /** Sets it, to something better or to nothing as well. */
  assignResult(result: ResultName | null): void;
  /** The worst warning that a step set within the innermost stage (`catchError(stageResult: …)`, `unstable`). */
  warning(): ResultName | null;
  /** The result of the last completed build; undefined where there is none. */
  previousResult(): ResultName | undefined;
  /** Marks the innermost stage for those who show it. */
  markStage(mark: StageMark): void;

  inStage(): boolean;
  inNode(): boolean;
  hasScm(): boolean;
  buildNumber(): number;
  fullProjectName(): string;
  causes(): readonly { readonly type: string; readonly data?: { readonly [name: string]: unknown } }[];
  changes(): readonly Change[];
  /** What all builds of this job before this one brought; null: this build's journal is too old to ask. */
  earlierChanges(): Computation<readonly Change[] | null>;
  /** Tells the job what the Jenkinsfile declares of it; nothing is printed. */
  declare(declaration: JobDeclaration): Computation<void>;
  /** What a credential holds: the names of its fields (`username`, `password`, `secret`, `file`, `privateKey`, …). */
  credentialFields(id: string): Computation<readonly string[]>;
}
