/** Runs a whole pipeline. It follows `call` of the plug-in's ModelInterpreter. */

import type { Computation, JavaThrowable, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import type { PipelinePlan } from '../plan.ts';
import type { AgentType } from './agent-type.ts';
import { inAgent } from './agents.ts';
import { inEnvironment, inWrappers, withTools } from './blocks.ts';
import type { DeclarativeContext } from './context.ts';
import { hasSatisfied, runPost } from './post.ts';
import { Run, scriptError } from './run.ts';
import { runStages } from './stages.ts';
import { RESTART_CAUSE, simpleName } from './when.ts';

/**
 * What `pipeline('<plan>', [closures])` of a transformed script does. Throws what failed first, after everything that runs
 * in spite of it has run.
 */
export function* runPipeline(cx: DeclarativeContext, plan: string, closures: readonly Value[], agents: readonly AgentType[] = []): Computation {
  cx.begin();
  const run = new Run(cx, JSON.parse(plan) as PipelinePlan, closures, agents);
  let first: JavaThrowable | null = null;
  let posted = false;
  try {
    yield* loadLibraries(run);
    yield* declareJob(run);
    yield* inAgent(run, null, () =>
      inEnvironment(run, run.plan.environment, () =>
        inWrappers(run, run.plan.options, function* () {
          // Here for the second time: a `retry` around everything begins anew.
          first = null;
          yield* withTools(run, run.plan.tools, null, run.plan.agent, function* () {
            first = yield* runStages(run, run.plan.stages, null, first, restartedStage(cx), null);
            posted = true;
            first = yield* postBuild(run, first);
            return null;
          });
          if (first !== null) throw first;
          return null;
        }),
      ),
    );
  } catch (e) {
    const error = scriptError(e);
    first ??= error;
  }
  if (!posted) first = yield* postBuild(run, first);
  if (first !== null) throw first;
  return null;
}

function* postBuild(run: Run, failure: JavaThrowable | null): Computation<JavaThrowable | null> {
  const { post } = run.plan;
  let first = failure;
  try {
    if (hasSatisfied(run.cx, post, failure)) {
      yield* run.cx.step('stage', { name: 'Declarative: Post Actions' }, function* () {
        first = yield* runPost(run, post, run.plan.agent, failure, false);
        return null;
      });
    }
  } catch (e) {
    const error = scriptError(e);
    first ??= error;
  }
  return first;
}

function* loadLibraries(run: Run): Computation {
  const libraries = yield* run.value(run.plan.libraries);
  if (libraries instanceof JavaList) for (const identifier of libraries.items) yield* run.cx.step('library', { identifier });
  return null;
}

/** Options that are the job's, triggers and parameters. */
function* declareJob(run: Run): Computation {
  const { options, triggers, parameters } = run.plan;
  const items = function* (index: number | null): Computation<readonly Value[]> {
    const value = yield* run.value(index);
    return value instanceof JavaList ? value.items : [];
  };
  const own = new Map<string, Value>();
  for (const symbol of ['quietPeriod', 'disableRestartFromStage']) {
    if (!run.hasOption(symbol)) continue;
    const args = yield* run.pairs(options?.options[symbol] ?? null);
    own.set(symbol, args[0]?.[1] ?? true);
  }
  yield* run.cx.declare({
    properties: yield* items(options?.jobProperties ?? null),
    triggers: yield* items(triggers),
    parameters: yield* items(parameters),
    options: own,
  });
  return null;
}

/** The stage that the build begins at, where it is one that was restarted. */
function restartedStage(cx: DeclarativeContext): string | null {
  const cause = cx.causes().find((c) => simpleName(c.type) === RESTART_CAUSE);
  const stage = cause?.data?.originStage;
  return typeof stage === 'string' ? stage : null;
}
