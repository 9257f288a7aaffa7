/** Follows BuildTriggerStep and WaitForBuildStep of pipeline-build-step: other jobs' builds, which only a server has. */
import type { Value } from '@millrace/groovy';
import type { ResultName } from '../engine/build.ts';
import { abortError, flowInterrupted } from '../engine/throwables.ts';
import { OtherRun } from '../globals/run-wrapper.ts';
import type { Json } from '../host.ts';
import { displayPath } from '../server-model/items.ts';
import type { OtherBuild } from '../server-model/server-asks.ts';
import { SERVER, type Server } from '../server-model/server-asks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

export const buildStep = defineStep({
  name: 'build',
  summary: 'Build a job',
  params: [
    { name: 'job', type: 'string', required: true },
    { name: 'parameters', type: 'list' },
    { name: 'wait', type: 'boolean', default: true },
    { name: 'propagate', type: 'boolean', default: true },
    { name: 'quietPeriod', type: 'int' },
    { name: 'waitForStart', type: 'boolean', default: false, help: 'Waits until it has started, and not until it ends.' },
  ],
  describe: (args) => args.job,
  *run(cx, args) {
    const parameters = (args.parameters ?? []).map((value) => toJson(cx.rt, cx.described(value) ?? value) as Json);
    cx.log(`Scheduling project: ${args.job}`);
    const answer = yield* cx.ask('build', {
      job: args.job,
      parameters,
      wait: args.wait,
      quietPeriod: args.quietPeriod,
      ...(args.waitForStart ? { waitForStart: true as const } : {}),
    });
    if (answer === null) return null;
    const name = nameOf(answer);
    if (args.wait && !args.waitForStart) {
      cx.log(`Build ${name} completed: ${answer.result}`);
      if (args.propagate) failAlong(name, answer.result);
    }
    return runOf(cx, answer, args.job.replace(/^\//, ''));
  },
});

export const waitForBuildStep = defineStep({
  name: 'waitForBuild',
  summary: 'Wait for build to complete',
  params: [
    { name: 'runId', type: 'string', required: true, help: '`folder/job#12`: the `externalizableId` of a build.' },
    { name: 'propagate', type: 'boolean', default: true },
    { name: 'propagateAbort', type: 'boolean', default: false, help: 'Who aborts this build aborts that one too.' },
  ],
  describe: (args) => args.runId,
  *run(cx, args) {
    const data = { runId: args.runId, ...(args.propagateAbort ? { propagateAbort: true } : {}) };
    const answer = (yield* cx.ask('other', { name: 'waitForBuild', data })) as unknown as WaitedBuild | null;
    if (typeof answer?.result !== 'string') throw abortError(`No build exists with runId ${args.runId}`);
    const { build = null } = answer;
    if (build !== null) cx.log(answer.already ? `${nameOf(build)} already completed: ${build.result}` : `Build ${nameOf(build)} completed: ${build.result}`);
    if (args.propagate) failAlong(build === null ? args.runId : nameOf(build), answer.result as ResultName);
    return build === null ? null : runOf(cx, build, build.job);
  },
});

/** Answer of `waitForBuild`; without `build` in journals of before. */
interface WaitedBuild {
  readonly result: string;
  readonly build?: OtherBuild;
  /** It had ended before somebody waited. */
  readonly already?: boolean;
}

function failAlong(name: string, result: ResultName | null): void {
  if (result === null || result === 'SUCCESS') return;
  const description = `${name} completed with status ${result} (propagate: false to ignore)`;
  throw flowInterrupted(result, [{ type: 'org.jenkinsci.plugins.workflow.support.steps.build.DownstreamFailureCause', description }], false);
}

/** Answers in journals of before have no job, and show their number alone. */
function nameOf({ job, displayName }: { readonly job?: string; readonly displayName: string }): string {
  return job === undefined ? displayName : `${displayPath(job)} ${displayName}`;
}

function runOf(cx: StepContext, build: OtherBuild, job: string): Value {
  const formerly = { job, startedAt: 0, durationMs: 0, description: null, keepLog: false, causes: [] };
  return new OtherRun(cx.shared(SERVER, noServer), Object.assign(formerly, build));
}
function noServer(): Server {
  throw new Error('a program has a server from its beginning');
}
