/** `currentBuild`. Follows RunWrapper of workflow-support. */
import type { Runtime, Value } from '@millrace/groovy';
import { JavaList, JavaThrowable, Long, mapOf } from '@millrace/groovy';
import { isWorse } from '../engine/build.ts';
import { buildChanges } from '../engine/build-changes.ts';
import type { Execution } from '../engine/execution.ts';
import type { PipelineProgram } from '../engine/pipeline-program.ts';
import { resultFrom } from '../java/result.ts';
import { timeSpan } from '../job/time-span.ts';
import { OTHER_BUILDS } from '../journal/flags.ts';
import { displayPath } from '../server-model/items.ts';
import { neighbour, PREVIOUS } from '../server-model/neighbours.ts';
import { rawBuild } from '../server-model/raw-build.ts';
import { changeSets } from './change-sets.ts';
import { inOrder } from './env.ts';
import type { GlobalVariable } from './global.ts';
import { buildCauses, named, OtherRun, type Read, RunWrapper, upstreamBuilds } from './run-wrapper.ts';

class CurrentBuild extends RunWrapper {
  private readonly execution: Execution;
  private readonly program: PipelineProgram;
  constructor(execution: Execution, program: PipelineProgram) {
    super();
    this.execution = execution;
    this.program = program;
  }

  protected override raw(): Value {
    const text = (name: string): string | null => this.text(name);
    return rawBuild(this.program.vm, this.program.server, {
      displayName: () => text('displayName') ?? `#${this.execution.facts.number}`,
      description: () => text('description'),
    });
  }

  read(rt: Runtime, name: string): Read {
    const { facts, result } = this.execution;
    const simple = facts.job.slice(facts.job.lastIndexOf('/') + 1);
    switch (name) {
      case 'number':
        return facts.number;
      case 'id':
        return String(facts.number);
      case 'result':
        return result;
      case 'currentResult':
        return result ?? 'SUCCESS';
      case 'displayName':
        return this.text('displayName') ?? `#${facts.number}`;
      case 'description':
        return this.text('description');
      case 'keepLog':
        return this.execution.shared.get('currentBuild.keepLog') === true;
      case 'projectName':
        return simple;
      case 'fullProjectName':
        return facts.job;
      case 'fullDisplayName':
        return `${displayPath(facts.job)} ${this.text('displayName') ?? `#${facts.number}`}`;
      case 'startTimeInMillis':
      case 'timeInMillis':
        return Long.of(facts.startedAt);
      case 'duration':
        return Long.of(this.execution.now() - facts.startedAt);
      case 'durationString':
        return `${timeSpan(this.execution.now() - facts.startedAt)} and counting`;
      case 'absoluteUrl':
        if (facts.rootUrl === null) throw new JavaThrowable('java.lang.IllegalStateException', "Root URL isn't configured yet. Cannot compute absolute URL.");
        return `${facts.rootUrl}job/${facts.job.split('/').map(encodeURIComponent).join('/job/')}/${facts.number}/`;
      case 'externalizableId':
        return `${facts.job}#${facts.number}`;
      case 'changeSets':
        return changeSets(buildChanges(this.execution.shared).sets);
      case 'upstreamBuilds':
        return facts.causes.some((cause) => cause.data?.upstreamProject !== undefined) && this.execution.journal.has(OTHER_BUILDS)
          ? upstreamBuilds(this.program.server, facts)
          : new JavaList([]);
      case 'nextBuild':
        return this.neighbour(name);
      case 'buildVariables':
        return mapOf(inOrder(this.execution.variables));
      case 'buildCauses':
        return buildCauses(rt, facts.causes, null);
      default:
        return PREVIOUS.includes(name) ? this.neighbour(name) : undefined;
    }
  }
  call(rt: Runtime, name: string, args: readonly Value[]): Read {
    switch (name) {
      case 'getBuildCauses':
        return buildCauses(rt, this.execution.facts.causes, args.length === 0 ? null : rt.str(args[0] ?? null));
      case 'resultIsBetterOrEqualTo':
        return !isWorse(this.execution.result ?? 'SUCCESS', named(rt, args));
      case 'resultIsWorseOrEqualTo':
        return !isWorse(named(rt, args), this.execution.result ?? 'SUCCESS');
      default:
        return undefined;
    }
  }
  override setProperty(rt: Runtime, name: string, value: Value): boolean {
    switch (name) {
      case 'result':
        this.execution.worsen(resultFrom(rt.str(value)));
        return true;
      case 'displayName':
      case 'description':
        this.execution.shared.set(`currentBuild.${name}`, value === null ? null : rt.str(value));
        return true;
      case 'keepLog':
        this.execution.shared.set('currentBuild.keepLog', rt.truth(value));
        return true;
      default:
        return false;
    }
  }
  private text(name: string): string | null {
    return (this.execution.shared.get(`currentBuild.${name}`) as string | null | undefined) ?? null;
  }
  private neighbour(name: string): Read {
    const { server } = this.program;
    return neighbour(server, this.execution.facts, name, (build) => new OtherRun(server, build));
  }
}

export const currentBuildGlobal: GlobalVariable = {
  name: 'currentBuild',
  summary: 'This build',
  make: (execution, program) => new CurrentBuild(execution, program),
};
