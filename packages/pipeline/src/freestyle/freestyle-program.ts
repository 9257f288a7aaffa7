/**
 * A freestyle build as a program of the engine: the same asks, journal and tree as a pipeline's, and Jenkins' freestyle
 * console text. Follows AbstractBuild, Build and CommandInterpreter of Jenkins, and the plug-ins build-timeout and
 * ws-cleanup. The tree has one node for each thing that the build does.
 */
import type { Computation, Pending, Value } from '@millrace/groovy';
import { Interpreter, JavaThrowable, standardIndex } from '@millrace/groovy';
import { isWorse } from '../engine/build.ts';
import { BuildChanges, CHANGES } from '../engine/build-changes.ts';
import { StepCalls } from '../engine/call-step.ts';
import { Context } from '../engine/context.ts';
import type { Execution } from '../engine/execution.ts';
import { GeneratorThread } from '../engine/generator-thread.ts';
import type { Program, ProgramThread } from '../engine/program.ts';
import { deriveScope } from '../engine/scope.ts';
import { ABORT_EXCEPTION, flowInterrupted, interruptionOf } from '../engine/throwables.ts';
import type { NodeAnswer } from '../host.ts';
import { jenkinsLibrary } from '../java/index.ts';
import { archiveArtifactsStep } from '../steps/archive-artifacts.ts';
import { cleanWsStep } from '../steps/clean-ws.ts';
import { isLossOf } from '../steps/error-conditions.ts';
import { recordTests } from '../steps/junit.ts';
import { retryingLine } from '../steps/node.ts';
import type { StepContext } from '../steps/step.ts';
import { commandOf } from './command.ts';
import type { FreestyleDefinition, FreestyleStep } from './definition.ts';

/** How long a step may take to end after the timeout before it is given up. */
const GRACE_MS = 60_000;

export class FreestyleProgram implements Program {
  readonly freestyle = true;
  /** For errors in the console; nothing is compiled. */
  readonly vm: Interpreter;
  private readonly execution: Execution;
  private readonly definition: FreestyleDefinition;
  private readonly noSteps: StepCalls;

  constructor(execution: Execution, definition: FreestyleDefinition) {
    this.execution = execution;
    this.definition = definition;
    this.noSteps = new StepCalls(execution, new Map());
    const world = {
      now: () => execution.now(),
      nanoTime: () => BigInt(execution.now()) * 1_000_000n,
      random: () => execution.random(),
      timeZone: () => execution.facts.timeZone,
      print: (text: string) => execution.printScript(text),
    };
    this.vm = new Interpreter({ world, index: standardIndex([jenkinsLibrary]), sandbox: true, hooks: {} });
  }

  main(): ProgramThread {
    return new GeneratorThread(this.build());
  }
  branch(_call: () => Value | Pending): ProgramThread {
    throw new Error('a freestyle build has no branches');
  }

  private context(nodeId: string): Context {
    return new Context(this.execution, this.execution.thread, this.execution.tree.get(nodeId), this.noSteps);
  }

  /** One thing that the build does, as a node of the tree. */
  private *step<T>(name: string, label: string | null, run: (cx: Context) => Generator<unknown, T, unknown>): Generator<unknown, T, unknown> {
    const { execution } = this;
    const { thread, tree } = execution;
    const node = tree.add({ kind: 'step', step: name, label, parent: thread.enclosing, at: execution.time });
    thread.head = node.id;
    let failure: JavaThrowable | null = null;
    try {
      return yield* run(this.context(node.id));
    } catch (error) {
      failure = error instanceof JavaThrowable ? error : null;
      throw error;
    } finally {
      execution.endNode(node, failure, thread.scope);
    }
  }

  private *build(): Computation {
    const { thread } = this.execution;
    const cx = this.context(thread.head);
    cx.log('Running as SYSTEM');
    const { scope } = thread;
    for (let run = 1; yield* this.onNode(cx, run); run++) thread.scope = scope;
    return null;
  }

  /** Answers whether it is to be run anew, since its machine was lost: as the `node` step does. */
  private *onNode(cx: Context, run: number): Generator<unknown, boolean, unknown> {
    const { execution, definition } = this;
    const { thread } = execution;
    let node: NodeAnswer;
    try {
      const label = definition.label?.trim() ?? '';
      node = yield* this.step('node', label === '' ? null : label, (at) => at.ask('node', { label: label === '' ? null : label, job: execution.facts.job }));
    } catch (error) {
      this.ended(error, cx);
      return false;
    }
    const failed = (error: unknown): boolean => {
      const { retries = 1, lease } = node;
      if (run >= retries || !isLossOf(error, lease)) {
        this.ended(error, cx);
        return false;
      }
      cx.logError(error);
      cx.log(retryingLine(run + 1, retries));
      return true;
    };
    try {
      const { workspace, temporary } = node;
      thread.scope = deriveScope(thread.scope, { node, workspace, temporary, cwd: workspace });
      const own = this.context(thread.head);
      const environment = Object.entries(definition.environment ?? {}).map(([name, value]) => [name, own.expand(value)] as const);
      thread.scope = deriveScope(thread.scope, { env: Object.fromEntries(environment) });
      cx.log(`${buildingOn(node)} in workspace ${workspace}`);
      try {
        yield* this.buildSteps(node, cx);
      } catch (error) {
        if (failed(error)) return true;
      }
      try {
        yield* this.publish();
      } catch (error) {
        if (failed(error)) return true;
      }
    } finally {
      cx.watch(
        'node.release',
        { lease: node.lease },
        () => undefined,
        () => undefined,
      );
    }
    return false;
  }

  private *buildSteps(node: NodeAnswer, cx: Context): Generator<unknown, void, unknown> {
    const { definition } = this;
    if (definition.wipeWorkspace === true) yield* this.step('cleanWs', null, (at) => cleanWsStep.run(at, CLEAN_ALL, null));
    const { scm } = definition;
    if (scm !== undefined && scm !== null) {
      yield* this.step('checkout', null, function* (at) {
        const answer = yield* at.ask('checkout', { ...at.place(), scm, env: at.environment(), masks: at.scope.masks, changelog: true, poll: true });
        at.shared(CHANGES, () => new BuildChanges()).add(answer.changes);
      });
    }
    const timer = this.timeout(cx);
    try {
      for (const step of definition.steps) if (!(yield* this.command(step, node))) return;
    } finally {
      timer.stop();
    }
  }

  private timeout(cx: StepContext): { stop(): void } {
    const minutes = this.definition.timeoutMinutes ?? 0;
    if (minutes <= 0) return { stop: () => undefined };
    let timer = cx.watch('timer', { ms: minutes * 60_000 }, () => {
      cx.log(`Build timed out (after ${minutes} minutes). Marking the build as aborted.`);
      cx.interrupt('ABORTED', []);
      timer = cx.watch('timer', { ms: GRACE_MS }, () => cx.abandon(flowInterrupted('ABORTED', [])));
    });
    return { stop: () => timer.stop() };
  }

  /** False where the build goes no further. */
  private *command(step: FreestyleStep, node: NodeAnswer): Generator<unknown, boolean, unknown> {
    const { execution } = this;
    const number = `${Math.floor(execution.random() * 9e9) + 1e9}${Math.floor(execution.random() * 9e9) + 1e9}`;
    const command = commandOf(step, node, number);
    return yield* this.step(command.shell, command.script, function* (cx) {
      const folder = node.workspace.slice(Math.max(node.workspace.lastIndexOf('/'), node.workspace.lastIndexOf('\\')) + 1);
      cx.log(`[${folder}] $ ${command.shown}`);
      let exit: number;
      try {
        ({ exit } = yield* cx.ask('task', {
          ...cx.place(),
          shell: command.shell,
          script: command.script,
          env: cx.environment(),
          returnStdout: false,
          encoding: null,
          masks: cx.scope.masks,
          launchers: cx.scope.launchers,
        }));
      } catch (error) {
        if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
        cx.log('FATAL: command execution failed');
        cx.logError(error);
        exit = -1;
      }
      if (exit === 0) return true;
      if (exit === command.unstableReturn) {
        const before = execution.result;
        cx.setResult('UNSTABLE');
        cx.mark('UNSTABLE', `exit code ${exit}`);
        if (execution.result !== before) cx.log(`Build step '${command.title}' changed build result to UNSTABLE`);
        return true;
      }
      cx.setResult('FAILURE');
      cx.mark('FAILURE', `exit code ${exit}`);
      cx.log(`Build step '${command.title}' marked build as failure`);
      return false;
    });
  }

  /** What runs after the build steps, whatever became of them. */
  private *publish(): Generator<unknown, void, unknown> {
    const { artifacts, tests, downstream } = this.definition;
    if (artifacts !== undefined && artifacts !== null) {
      yield* this.publisher('archiveArtifacts', 'Archive the artifacts', artifacts.includes, (at) =>
        archiveArtifactsStep.run(
          at,
          {
            artifacts: artifacts.includes,
            excludes: artifacts.excludes ?? null,
            allowEmptyArchive: artifacts.allowEmpty ?? false,
            onlyIfSuccessful: artifacts.onlyIfSuccessful ?? false,
            fingerprint: artifacts.fingerprint ?? false,
            defaultExcludes: true,
            caseSensitive: true,
            followSymlinks: true,
          },
          null,
        ),
      );
    }
    if (tests !== undefined && tests !== null) {
      const { includes, allowEmptyResults = false, keepLongStdio = false } = tests;
      yield* this.publisher('junit', 'Publish JUnit test result report', includes, (at) =>
        recordTests(at, { includes, allowEmptyResults, retention: keepLongStdio ? 'all' : 'none', markStage: true, markBuild: true, checks: { name: null } }),
      );
    }
    const { result } = this.execution;
    if (downstream === undefined || downstream === null || isWorse(result ?? 'SUCCESS', downstream.threshold ?? 'SUCCESS')) return;
    for (const job of downstream.jobs) {
      yield* this.step('build', job, function* (at) {
        at.log(`Triggering a new build of ${job}`);
        try {
          yield* at.ask('build', { job, parameters: [], wait: false, quietPeriod: null });
        } catch (error) {
          // A job that is not there is no failure of this build.
          if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
          at.log(`WARNING: ${job}: ${error.detail ?? error.typeName}`);
        }
      });
    }
  }

  private *publisher(name: string, title: string, label: string, run: (cx: Context) => Computation): Generator<unknown, void, unknown> {
    const { execution } = this;
    const before = execution.result;
    try {
      yield* this.step(name, label, run);
    } catch (error) {
      if (!(error instanceof JavaThrowable) || interruptionOf(error) !== null) throw error;
      const abort = error.typeName === ABORT_EXCEPTION;
      execution.printTo(
        execution.thread.head,
        abort ? `ERROR: Step ‘${title}’ failed: ${error.detail}\n` : execution.errorText(error, `ERROR: Step ‘${title}’ aborted due to exception: `),
      );
      execution.worsen('FAILURE');
      return;
    }
    const { result } = execution;
    if (result !== null && result !== before) execution.printTo(execution.thread.head, `Build step '${title}' changed build result to ${result}\n`);
  }

  /** What ended a part of the build before its end. */
  private ended(error: unknown, cx: Context): void {
    if (!(error instanceof JavaThrowable)) throw error;
    const interruption = interruptionOf(error);
    if (interruption !== null) cx.log('Build was aborted');
    cx.logError(error);
    this.execution.worsen(interruption?.result ?? 'FAILURE');
  }
}

function buildingOn(node: NodeAnswer): string {
  if (node.name === 'built-in') return 'Building on the built-in node';
  const labels = node.labels.filter((label) => label !== node.name);
  return `Building remotely on ${node.name}${labels.length === 0 ? '' : ` (${labels.join(' ')})`}`;
}

const CLEAN_ALL = {
  patterns: null,
  deleteDirs: true,
  cleanWhenSuccess: true,
  cleanWhenUnstable: true,
  cleanWhenFailure: true,
  cleanWhenNotBuilt: true,
  cleanWhenAborted: true,
  skipWhenFailed: false,
  notFailBuild: false,
  cleanupMatrixParent: false,
  externalDelete: null,
  disableDeferredWipeout: false,
} as const;
