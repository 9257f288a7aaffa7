/**
 * Runs stages. It follows `evaluateSequentialStages`, `evaluateStage`, `skipStage` and `executeSingleStage` of the plug-in's
 * ModelInterpreter, so that what runs, what is skipped and what is printed is in Jenkins' order.
 */
import type { Computation, JavaThrowable, Value } from '@millrace/groovy';
import type { AgentPlan, StagePlan } from '../plan.ts';
import { inAgent } from './agents.ts';
import { inCell, inEnvironment, inWrappers, withInput, withTools } from './blocks.ts';
import { hasSatisfied, runPost } from './post.ts';
import { type Run, scriptError, withNodeHint } from './run.ts';
import { SKIP_MARKS, type SkipReason, skipMessage } from './skip.ts';
import { mapOf } from './values.ts';
import { WhenEvaluator } from './when.ts';

type Failure = JavaThrowable | null;

/** Where a stage stands. */
interface Around {
  /** The agent that holds here, for messages and tools. */
  readonly agent: AgentPlan;
  readonly parent: StagePlan | null;
  /** What failed before. */
  readonly failure: Failure;
  /** Why the stage around is skipped. */
  readonly skipped: SkipReason | null;
}

/** Stages one after the other. Answers what failed: later stages are skipped for it, and all of them are gone through. */
export function* runStages(
  run: Run,
  stages: readonly StagePlan[],
  parent: StagePlan | null,
  failure: Failure,
  restartedAt: string | null,
  skipped: SkipReason | null,
): Computation<Failure> {
  let first = failure;
  let reason = skipped;
  let restarting = restartedAt !== null;
  for (const stage of stages) {
    if (restarting) {
      if (stage.name === restartedAt) {
        restarting = false;
        if (reason?.kind === 'restart') reason = null;
      } else reason = { kind: 'restart', stage: stage.name, restartedAt };
    }
    try {
      yield* runStage(run, stage, { agent: stage.agent ?? run.plan.agent, parent, failure: first, skipped: reason });
    } catch (e) {
      const error = scriptError(e);
      run.cx.markStage('FAILED_AND_CONTINUED');
      first ??= error;
    }
  }
  if (reason === null && parent !== null) first = yield* postOf(run, parent, parent.agent ?? run.plan.agent, first);
  return first;
}

function* postOf(run: Run, stage: StagePlan, agent: AgentPlan, failure: Failure): Computation<Failure> {
  if (!hasSatisfied(run.cx, stage.post, failure)) return failure;
  run.cx.print('Post stage');
  return yield* runPost(run, stage.post, agent, failure, true);
}

function runStage(run: Run, stage: StagePlan, around: Around): Computation {
  return run.cx.step('stage', { name: stage.name }, () => stageBody(run, stage, around));
}

function* stageBody(run: Run, stage: StagePlan, around: Around): Computation {
  let first = around.failure;
  let reason = around.skipped;
  try {
    if (reason === null && first !== null) reason = { kind: 'failure', stage: stage.name, restartedAt: null };
    if (reason === null && run.cx.result() === 'UNSTABLE' && run.hasOption('skipStagesAfterUnstable'))
      reason = { kind: 'unstable', stage: stage.name, restartedAt: null };
    if (reason !== null) yield* skip(run, stage, around, reason);
    else {
      yield* inCell(run, stage.cell, function* () {
        const when = new WhenEvaluator(run, stage.when);
        yield* enter(run, stage, around, when);
        if (!when.passed) {
          reason = { kind: 'when', stage: stage.name, restartedAt: null };
          yield* skip(run, stage, around, reason);
        }
        return null;
      });
    }
  } catch (e) {
    const error = scriptError(e);
    run.cx.markStage('FAILED_AND_CONTINUED');
    first ??= error;
  }
  // Stages with steps have run their own by now, nearer to what they are about.
  if (reason === null && stage.parallel !== null) first = yield* postOf(run, stage, stage.agent ?? around.agent, first);
  if (first !== null) throw first;
  return null;
}

/** Through options, input, agent, environment and tools into what the stage does, as far as `when` lets it. */
function* enter(run: Run, stage: StagePlan, around: Around, when: WhenEvaluator): Computation {
  if (!(yield* when.beforeOptions())) return null;
  return yield* inWrappers(run, stage.options, function* () {
    if (!(yield* when.beforeInput())) return null;
    return yield* withInput(run, stage.input, function* () {
      if (stage.parallel !== null) {
        if (!(yield* when.inside())) return null;
        return yield* inEnvironment(run, stage.environment, () => runParallel(run, stage, { ...around, failure: null }, null));
      }
      if (!(yield* when.beforeAgent())) return null;
      return yield* inAgent(run, stage, function* () {
        if (!(yield* when.inside())) return null;
        return yield* inEnvironment(run, stage.environment, () =>
          withTools(run, stage.tools, around.parent?.tools ?? run.plan.tools, stage.agent ?? run.plan.agent, () => content(run, stage, around)),
        );
      });
    });
  });
}

function* content(run: Run, stage: StagePlan, around: Around): Computation {
  if (stage.stages === null) return yield* runSteps(run, stage, stage.agent ?? around.agent);
  const failure = yield* runStages(run, stage.stages, stage, null, null, null);
  if (failure !== null) throw failure;
  return null;
}

function* runSteps(run: Run, stage: StagePlan, agent: AgentPlan): Computation {
  let failure: Failure = null;
  try {
    if (stage.steps !== null) {
      const closure = run.closure(stage.steps);
      yield* withNodeHint(run, agent, () => run.cx.call(closure));
    }
  } catch (e) {
    failure = scriptError(e);
    run.cx.markStage('FAILED_AND_CONTINUED');
  }
  failure = yield* postOf(run, stage, agent, failure);
  if (failure !== null) throw failure;
  return null;
}

function runParallel(run: Run, stage: StagePlan, around: Around, skipped: SkipReason | null): Computation {
  const agent = skipped === null ? (stage.agent ?? around.agent) : around.agent;
  const branches = (stage.parallel ?? []).map((child): [string, Value] => [
    child.name,
    run.cx.closure(() =>
      runStage(run, child, { agent, parent: stage, failure: around.failure, skipped: skipped === null ? null : { ...skipped, stage: child.name } }),
    ),
  ]);
  if (branches.length > 0 && (stage.failFast || run.hasOption('parallelsAlwaysFailFast'))) branches.push(['failFast', true]);
  return run.cx.step('parallel', { closures: mapOf(run.rt, branches) });
}

/** A skipped stage's stages are there all the same, skipped each. */
function* skip(run: Run, stage: StagePlan, around: Around, reason: SkipReason): Computation {
  run.cx.print(skipMessage(reason));
  run.cx.markStage(SKIP_MARKS[reason.kind]);
  if (stage.parallel !== null) yield* runParallel(run, stage, around, reason);
  else if (stage.stages !== null) yield* runStages(run, stage.stages, stage, around.failure, reason.restartedAt, reason);
  return null;
}
