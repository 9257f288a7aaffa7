/** `post`: which conditions hold, and what runs then. Follows the plug-in's build conditions and `runPostConditions`. */
import type { Computation, JavaThrowable } from '@millrace/groovy';
import { isWorse } from '../../engine/build.ts';
import type { AgentPlan, PostPlan } from '../plan.ts';
import type { DeclarativeContext } from './context.ts';
import { combinedResult, type Run, scriptError, withNodeHint } from './run.ts';

/** In the order in which they run. */
const CONDITIONS = ['always', 'changed', 'fixed', 'regression', 'aborted', 'success', 'unsuccessful', 'unstable', 'failure', 'notBuilt', 'cleanup'] as const;
type Condition = (typeof CONDITIONS)[number];

/** `changed`, `fixed` and `regression` look at the build alone; the others at the stage's warnings too where they are asked to. */
function holds(condition: Condition, cx: DeclarativeContext, error: JavaThrowable | null, warning: boolean): boolean {
  const result = combinedResult(cx, error, warning && condition !== 'changed' && condition !== 'fixed' && condition !== 'regression');
  const previous = cx.previousResult();
  switch (condition) {
    case 'always':
    case 'cleanup':
      return true;
    case 'changed':
      return previous === undefined || result !== previous;
    case 'fixed':
      return result === 'SUCCESS' && (previous === 'FAILURE' || previous === 'UNSTABLE');
    case 'regression':
      return previous !== undefined && isWorse(result, previous);
    case 'aborted':
      return result === 'ABORTED';
    case 'success':
      return result === 'SUCCESS';
    case 'unsuccessful':
      return result !== 'SUCCESS';
    case 'unstable':
      return result === 'UNSTABLE';
    case 'failure':
      return result === 'FAILURE';
    case 'notBuilt':
      return result === 'NOT_BUILT';
  }
}

/** Whether anything is to run at all. Warnings of the stage don't count for that, as in Jenkins. */
export function hasSatisfied(cx: DeclarativeContext, post: PostPlan | null, error: JavaThrowable | null): post is PostPlan {
  return post !== null && CONDITIONS.some((c) => Object.hasOwn(post, c) && holds(c, cx, error, false));
}

/**
 * Runs the conditions that hold. An error in one is printed, counts as the stage's where that had none, and the rest still
 * runs. While a condition runs, `currentBuild.result` is what the build would end with; it goes back afterwards unless the
 * condition changed it.
 */
export function* runPost(run: Run, post: PostPlan, agent: AgentPlan, failure: JavaThrowable | null, ofStage: boolean): Computation<JavaThrowable | null> {
  const { cx } = run;
  let error = failure;
  for (const condition of CONDITIONS) {
    const original = cx.result();
    const logical = combinedResult(cx, error, ofStage);
    const index = Object.hasOwn(post, condition) && holds(condition, cx, error, ofStage) ? post[condition] : undefined;
    if (index === undefined) continue;
    try {
      cx.assignResult(logical);
      yield* withNodeHint(run, agent, () => cx.call(run.closure(index)));
    } catch (e) {
      const caught = scriptError(e);
      if (ofStage) cx.markStage('FAILED_AND_CONTINUED');
      cx.print(`Error when executing ${condition} post condition:`);
      cx.printError(caught);
      error ??= caught;
    }
    if ((cx.result() ?? 'SUCCESS') === logical && logical !== original) cx.assignResult(original);
  }
  return error;
}
