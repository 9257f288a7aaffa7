/** `currentBuild`. Follows RunWrapper of workflow-support. */
import type { Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaList, JavaThrowable, Long, mapOf } from '@millrace/groovy';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import { isWorse } from '../engine/build.ts';
import { buildChanges } from '../engine/build-changes.ts';
import type { Execution } from '../engine/execution.ts';
import type { PipelineProgram } from '../engine/pipeline-program.ts';
import { readJson } from '../formats/json-lib.ts';
import { rejectedAccess } from '../java/rejected-access.ts';
import { resultFrom } from '../java/result.ts';
import { timeSpan } from '../job/time-span.ts';
import { previousRawBuild, rawBuild } from '../server-model/raw-build.ts';
import { changeSets } from './change-sets.ts';
import { inOrder } from './env.ts';
import type { GlobalVariable } from './global.ts';

/** What the two kinds of builds have in common: getters by property name. */
abstract class RunWrapper extends HostObject {
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper';
  }
  abstract read(rt: Runtime, name: string): Value | undefined;
  abstract call(rt: Runtime, name: string, args: readonly Value[]): Value | undefined;

  /** hudson.model.Run, for trusted libraries. */
  protected abstract raw(): Value;

  override trustedProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'rawBuild' ? this.raw() : undefined;
  }
  override trustedMethod(_rt: Runtime, name: string): Value | undefined {
    return name === 'getRawBuild' ? this.raw() : undefined;
  }

  getProperty(rt: Runtime, name: string): Value | undefined {
    if (name === 'rawBuild') throw rejectedAccess('method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild');
    return this.read(rt, name);
  }
  setProperty(_rt: Runtime, _name: string, _value: Value): boolean {
    return false;
  }
  hasMethod(name: string): boolean {
    return /^(get|is|set)[A-Z]|^resultIs/.test(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    const special = this.call(rt, name, args);
    if (special !== undefined) return special;
    const getter = /^(?:get|is)([A-Z].*)$/.exec(name)?.[1];
    if (getter !== undefined && args.length === 0) return this.getProperty(rt, getter.charAt(0).toLowerCase() + getter.slice(1));
    const setter = /^set([A-Z].*)$/.exec(name)?.[1];
    if (setter !== undefined && args.length === 1)
      return this.setProperty(rt, setter.charAt(0).toLowerCase() + setter.slice(1), args[0] ?? null) ? null : undefined;
    return undefined;
  }
}

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

  read(_rt: Runtime, name: string): Value | undefined {
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
        return `${facts.job.split('/').join(' » ')} ${this.text('displayName') ?? `#${facts.number}`}`;
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
      case 'previousBuild':
        return previous(this.program, facts, 0);
      case 'previousBuildInProgress':
      case 'nextBuild':
        return null;
      case 'previousCompletedBuild':
      case 'previousBuiltBuild':
      case 'previousSuccessfulBuild':
      case 'previousFailedBuild':
      case 'previousNotFailedBuild':
        return previous(this.program, facts, 0, SUITS[name]);
      case 'externalizableId':
        return `${facts.job}#${facts.number}`;
      case 'changeSets':
        return changeSets(buildChanges(this.execution.shared).sets);
      case 'upstreamBuilds':
        return new JavaList([]);
      case 'buildVariables':
        return mapOf(inOrder(this.execution.variables));
      case 'buildCauses':
        return this.causes(null);
      default:
        return undefined;
    }
  }
  call(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    switch (name) {
      case 'getBuildCauses':
        return this.causes(args.length === 0 ? null : rt.str(args[0] ?? null));
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
  private causes(type: string | null): Value {
    const wanted = this.execution.facts.causes.filter((c) => type === null || c.type === type);
    return readJson(this.execution.rt, JSON.stringify(wanted.map((c) => ({ _class: c.type, shortDescription: c.text, ...c.data }))));
  }
}

/** A build before this one. */
class PreviousBuild extends RunWrapper {
  private readonly program: PipelineProgram;
  private readonly facts: BuildFacts;
  private readonly index: number;
  constructor(program: PipelineProgram, facts: BuildFacts, index: number) {
    super();
    this.program = program;
    this.facts = facts;
    this.index = index;
  }
  protected override raw(): Value {
    return previousRawBuild(this.program.server, this.index);
  }
  private get build(): BuildFacts['previous'][number] {
    return this.facts.previous[this.index] as BuildFacts['previous'][number];
  }

  read(_rt: Runtime, name: string): Value | undefined {
    const { build } = this;
    switch (name) {
      case 'number':
        return build.number;
      case 'id':
        return String(build.number);
      case 'result':
        return build.result;
      case 'currentResult':
        return build.result ?? 'SUCCESS';
      case 'displayName':
        return build.displayName;
      case 'description':
        return build.description;
      case 'fullProjectName':
        return this.facts.job;
      case 'projectName':
        return this.facts.job.slice(this.facts.job.lastIndexOf('/') + 1);
      case 'startTimeInMillis':
      case 'timeInMillis':
        return Long.of(build.startedAt);
      case 'duration':
        return Long.of(build.durationMs);
      case 'durationString':
        return timeSpan(build.durationMs);
      case 'absoluteUrl':
        return build.url;
      case 'fullDisplayName':
        return `${this.facts.job.split('/').join(' » ')} ${build.displayName}`;
      case 'externalizableId':
        return `${this.facts.job}#${build.number}`;
      case 'keepLog':
        return false;
      case 'buildVariables':
        return mapOf([]);
      case 'buildCauses':
        return new JavaList([]);
      case 'previousBuild':
        return previous(this.program, this.facts, this.index + 1);
      case 'previousCompletedBuild':
      case 'previousBuiltBuild':
      case 'previousSuccessfulBuild':
      case 'previousFailedBuild':
      case 'previousNotFailedBuild':
        return previous(this.program, this.facts, this.index + 1, SUITS[name]);
      case 'previousBuildInProgress':
      case 'nextBuild':
        return null;
      case 'changeSets':
      case 'upstreamBuilds':
        return new JavaList([]);
      default:
        return undefined;
    }
  }
  call(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (name === 'resultIsBetterOrEqualTo') return !isWorse(this.build.result ?? 'SUCCESS', named(rt, args));
    if (name === 'resultIsWorseOrEqualTo') return !isWorse(named(rt, args), this.build.result ?? 'SUCCESS');
    return undefined;
  }
  override setProperty(_rt: Runtime, name: string): boolean {
    throw new JavaThrowable('java.lang.SecurityException', `can only set the ${name} property on the current build`);
  }
}

/** Which builds `currentBuild.previous…Build` mean. */
const SUITS = {
  previousCompletedBuild: (b: Build) => b.result !== null,
  previousBuiltBuild: (b: Build) => b.result !== null && b.result !== 'NOT_BUILT' && b.result !== 'ABORTED',
  previousSuccessfulBuild: (b: Build) => b.result === 'SUCCESS' || b.result === 'UNSTABLE',
  previousFailedBuild: (b: Build) => b.result === 'FAILURE',
  previousNotFailedBuild: (b: Build) => b.result !== null && b.result !== 'FAILURE',
};
type Build = BuildFacts['previous'][number];

function previous(program: PipelineProgram, facts: BuildFacts, from: number, suits: (build: BuildFacts['previous'][number]) => boolean = () => true): Value {
  const index = facts.previous.findIndex((build, i) => i >= from && suits(build));
  return index < 0 ? null : new PreviousBuild(program, facts, index);
}
function named(rt: Runtime, args: readonly Value[]): ResultName {
  const name = rt.str(args[0] ?? null);
  return resultFrom(name);
}
export const currentBuildGlobal: GlobalVariable = {
  name: 'currentBuild',
  summary: 'This build',
  make: (execution, program) => new CurrentBuild(execution, program),
};
