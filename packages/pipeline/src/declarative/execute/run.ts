/** One run of a pipeline: its plan, its closures and the engine, and the ways in which they are used everywhere. */

import type { Computation, Runtime, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { type ResultName, worstOf } from '../../engine/build.ts';
import { interruptionOf } from '../../engine/throwables.ts';
import type { AgentPlan, ClosureIndex, PipelinePlan } from '../plan.ts';
import type { AgentType } from './agent-type.ts';
import type { DeclarativeContext } from './context.ts';
import { pairs } from './values.ts';

export class Run {
  readonly cx: DeclarativeContext;
  readonly plan: PipelinePlan;
  private readonly closures: readonly Value[];
  /** Types of agent beside the built-in ones. */
  readonly agents: readonly AgentType[];

  constructor(cx: DeclarativeContext, plan: PipelinePlan, closures: readonly Value[], agents: readonly AgentType[]) {
    this.cx = cx;
    this.plan = plan;
    this.closures = closures;
    this.agents = agents;
  }

  get rt(): Runtime {
    return this.cx.rt;
  }
  closure(index: ClosureIndex): Value {
    return this.closures[index] as Value;
  }
  /** The value of a closure without arguments; null where there is none. */
  *value(index: ClosureIndex | null): Computation {
    return index === null ? null : yield* this.cx.call(this.closure(index));
  }
  *pairs(index: ClosureIndex | null): Computation<[string, Value][]> {
    return pairs(this.rt, yield* this.value(index));
  }
  hasOption(symbol: string): boolean {
    return this.plan.options !== null && Object.hasOwn(this.plan.options.options, symbol);
  }
}

export type Body = () => Computation;

export const hasNode = (agent: AgentPlan): boolean => agent.type !== 'none';

/** An error of the script; anything else (the engine's own failures) goes on its way. */
export function scriptError(error: unknown): JavaThrowable {
  if (error instanceof JavaThrowable) return error;
  throw error;
}

/** The build's result if it ended with this error now; with `warning`, what the stage's steps said counts while there is none. */
export function combinedResult(cx: DeclarativeContext, error: JavaThrowable | null, warning: boolean): ResultName {
  const own = error === null ? (warning ? cx.warning() : null) : (interruptionOf(error)?.result ?? 'FAILURE');
  return worstOf(cx.result(), own) ?? 'SUCCESS';
}

const NO_NODE =
  'Attempted to execute a step that requires a node context while ‘agent none’ was specified. Be sure to specify your own ‘node { ... }’ blocks when using ‘agent none’.';

/** Runs what a Jenkinsfile wrote; where it needs a machine and its agent is none, says so. */
export function* withNodeHint(run: Run, agent: AgentPlan, body: Body): Computation {
  try {
    return yield* body();
  } catch (e) {
    const error = scriptError(e);
    const missing = error.typeName.endsWith('.MissingContextVariableException') && /\b(?:hudson\.)?(?:FilePath|Launcher)\b/.test(error.detail ?? '');
    if (!missing || hasNode(agent)) throw error;
    return yield* run.cx.step('error', { message: NO_NODE });
  }
}
