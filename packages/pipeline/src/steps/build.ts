/** Follows BuildTriggerStep of pipeline-build-step: another job's build, which only a server has. */
import type { JavaThrowable, Runtime, Value } from '@millrace/groovy';
import { mapOf } from '@millrace/groovy';
import type { ResultName } from '../engine/build.ts';
import { abortError, flowInterrupted } from '../engine/throwables.ts';
import type { Json } from '../host.ts';
import { rejectedAccess } from '../java/rejected-access.ts';
import { serverLacks } from '../server-model/model-object.ts';
import { Bean } from './results.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

const RUN_WRAPPER = 'org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper';

/** Its `rawBuild` is not there: Jenkins' refusal, or for trusted libraries what says so. */
class DownstreamBuild extends Bean {
  override getProperty(rt: Runtime, name: string): Value | undefined {
    if (name === 'rawBuild') throw rejectedAccess(`method ${RUN_WRAPPER} getRawBuild`);
    return super.getProperty(rt, name);
  }
  override invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (name === 'getRawBuild') throw rejectedAccess(`method ${RUN_WRAPPER} getRawBuild`);
    return super.invokeMethod(rt, name, args);
  }
  override lacks(name: string): JavaThrowable | null {
    return name === 'rawBuild' || name === 'getRawBuild' ? serverLacks(`${RUN_WRAPPER}.rawBuild of another job's build`) : null;
  }
}

export const buildStep = defineStep({
  name: 'build',
  summary: 'Build a job',
  params: [
    { name: 'job', type: 'string', required: true },
    { name: 'parameters', type: 'list' },
    { name: 'wait', type: 'boolean', default: true },
    { name: 'propagate', type: 'boolean', default: true },
    { name: 'quietPeriod', type: 'int' },
    { name: 'waitForStart', type: 'boolean', default: false },
  ],
  describe: (args) => args.job,
  *run(cx, args) {
    const parameters = (args.parameters ?? []).map((value) => toJson(cx.rt, cx.described(value) ?? value) as Json);
    cx.log(`Scheduling project: ${args.job}`);
    const answer = yield* cx.ask('build', { job: args.job, parameters, wait: args.wait, quietPeriod: args.quietPeriod });
    if (answer === null) return null;
    if (args.wait) cx.log(`Build ${answer.displayName} completed: ${answer.result}`);
    if (args.wait && args.propagate && answer.result !== null && answer.result !== 'SUCCESS') {
      throw flowInterrupted(
        answer.result as ResultName,
        [
          {
            type: 'org.jenkinsci.plugins.workflow.support.steps.build.DownstreamFailureCause',
            description: `${answer.displayName} completed with status ${answer.result} (propagate: false to ignore)`,
          },
        ],
        false,
      );
    }
    return new DownstreamBuild(
      RUN_WRAPPER,
      [
        ['result', answer.result],
        ['currentResult', answer.result ?? 'SUCCESS'],
        ['number', answer.number],
        ['id', String(answer.number)],
        ['displayName', `#${answer.number}`],
        ['fullDisplayName', answer.displayName],
        ['projectName', args.job.slice(args.job.lastIndexOf('/') + 1)],
        ['fullProjectName', args.job.replace(/^\//, '')],
        ['absoluteUrl', answer.url],
        ['buildVariables', mapOf({ ...answer.variables })],
      ],
      { text: () => answer.displayName },
    );
  },
});

export const waitForBuildStep = defineStep({
  name: 'waitForBuild',
  summary: 'Wait for build to complete',
  params: [
    { name: 'runId', type: 'string', required: true },
    { name: 'propagate', type: 'boolean', default: true },
    { name: 'propagateAbort', type: 'boolean', default: false },
  ],
  describe: (args) => args.runId,
  *run(cx, args) {
    const result = (yield* cx.ask('other', { name: 'waitForBuild', data: { runId: args.runId } })) as { readonly result?: string } | null;
    if (typeof result?.result !== 'string') throw abortError(`No build exists with runId ${args.runId}`);
    if (args.propagate && result.result !== 'SUCCESS') {
      throw flowInterrupted(
        result.result as ResultName,
        [
          {
            type: 'org.jenkinsci.plugins.workflow.support.steps.build.DownstreamFailureCause',
            description: `${args.runId} completed with status ${result.result} (propagate: false to ignore)`,
          },
        ],
        false,
      );
    }
    return null;
  },
});
