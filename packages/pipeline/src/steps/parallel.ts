/** Follows ParallelStep and ParallelStepExecution of workflow-cps. */

import type { Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { RESULTS } from '../engine/build.ts';
import { ABORT_EXCEPTION, interruptionOf } from '../engine/throwables.ts';
import type { Branch } from './step.ts';
import { defineStep } from './step.ts';
import { stringMap } from './values.ts';

export const parallelStep = defineStep({
  name: 'parallel',
  summary: 'Execute in parallel',
  rawMap: 'closures',
  params: [{ name: 'closures', type: 'map', required: true, help: 'Branch names and closures; `failFast: true` ends the others when one fails.' }],
  *run(cx, args) {
    let failFast = false;
    const branches: Branch[] = [];
    for (const [name, value] of args.closures) {
      if (name === 'failFast' && typeof value === 'boolean') failFast = value;
      else if (cx.rt.isCallable(value)) branches.push({ name, body: cx.body(value) });
      else throw new JavaThrowable('java.lang.IllegalArgumentException', `Expected a closure or failFast but found ${name}=${cx.rt.format(value)}`);
    }
    if (branches.length === 0) {
      cx.log('No branches to run');
      return stringMap([]);
    }
    const outcomes = yield* cx.fork(branches, { failFast });
    const failures: JavaThrowable[] = [];
    // In order of time. One interruption may have ended several branches: it counts once.
    for (const { error } of [...outcomes].sort((a, b) => a.ended - b.ended)) if (error !== null && !failures.includes(error)) failures.push(error);
    if (!failFast) failures.sort((a, b) => severity(b) - severity(a));
    const [first, ...others] = failures;
    if (first !== undefined) {
      for (const other of others) if (!first.suppressed.includes(other)) first.suppressed.push(other);
      throw first;
    }
    return stringMap(outcomes.map((o): [string, Value] => [o.name, o.value]));
  },
});

/** An error beats an abort, an abort an interruption, a worse result a better one. */
function severity(error: JavaThrowable): number {
  const interruption = interruptionOf(error);
  if (interruption !== null) return RESULTS.indexOf(interruption.result) - RESULTS.length;
  return error.typeName === ABORT_EXCEPTION ? 1 : 2;
}
