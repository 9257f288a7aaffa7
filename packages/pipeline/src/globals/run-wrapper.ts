/** What scripts see of builds: getters by property name. Follows RunWrapper of workflow-support. */
import type { Computation, Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaList, JavaThrowable, Long, mapOf } from '@millrace/groovy';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import { isWorse } from '../engine/build.ts';
import { readJson } from '../formats/json-lib.ts';
import { rejectedAccess } from '../java/rejected-access.ts';
import { resultFrom } from '../java/result.ts';
import { timeSpan } from '../job/time-span.ts';
import { OTHER_BUILDS } from '../journal/flags.ts';
import { displayPath } from '../server-model/items.ts';
import { neighbour, PREVIOUS } from '../server-model/neighbours.ts';
import { otherRawBuild } from '../server-model/raw-build.ts';
import type { OtherBuild, SeenBuild, Server } from '../server-model/server-asks.ts';
import { changeSets } from './change-sets.ts';

export const RUN_WRAPPER = 'org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper';

export type Read = Value | Pending | undefined;

export abstract class RunWrapper extends HostObject {
  get $type(): string {
    return RUN_WRAPPER;
  }
  abstract read(rt: Runtime, name: string): Read;
  abstract call(rt: Runtime, name: string, args: readonly Value[]): Read;

  /** hudson.model.Run, for trusted libraries. */
  protected abstract raw(): Value;

  override trustedProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'rawBuild' ? this.raw() : undefined;
  }
  override trustedMethod(_rt: Runtime, name: string): Value | undefined {
    return name === 'getRawBuild' ? this.raw() : undefined;
  }

  getProperty(rt: Runtime, name: string): Read {
    if (name === 'rawBuild') throw rejectedAccess(`method ${RUN_WRAPPER} getRawBuild`);
    return this.read(rt, name);
  }
  setProperty(_rt: Runtime, _name: string, _value: Value): boolean {
    return false;
  }
  hasMethod(name: string): boolean {
    return /^(get|is|set)[A-Z]|^resultIs/.test(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Read {
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

const WRITABLE = ['result', 'displayName', 'description', 'keepLog'];

/** A build that is not the one whose program runs: as it was when somebody looked, and asked for where more is wanted. */
export class OtherRun extends RunWrapper {
  private readonly server: Server;
  private readonly build: SeenBuild | OtherBuild;
  constructor(server: Server, build: SeenBuild | OtherBuild) {
    super();
    this.server = server;
    this.build = build;
  }

  protected override raw(): Value {
    return otherRawBuild(this.server, this.build);
  }

  read(rt: Runtime, name: string): Read {
    const { job, number, startedAt } = this.build;
    switch (name) {
      case 'number':
        return number;
      case 'id':
        return String(number);
      case 'result':
        return this.now((b) => b.result);
      case 'currentResult':
        return this.now((b) => b.result ?? 'SUCCESS');
      case 'displayName':
        return this.now((b) => b.displayName);
      case 'fullDisplayName':
        return this.now((b) => `${displayPath(job)} ${b.displayName}`);
      case 'description':
        return this.now((b) => b.description);
      case 'fullProjectName':
        return job;
      case 'projectName':
        return job.slice(job.lastIndexOf('/') + 1);
      case 'startTimeInMillis':
      case 'timeInMillis':
        return Long.of(startedAt);
      case 'duration':
        return this.now((b) => Long.of(b.durationMs));
      case 'durationString':
        return this.now((b) => `${timeSpan(b.durationMs)}${b.result === null && this.isAsked ? ' and counting' : ''}`);
      case 'absoluteUrl':
        return this.build.url;
      case 'externalizableId':
        return `${job}#${number}`;
      case 'keepLog':
        return this.asked((b) => b.keepLog, false);
      case 'buildVariables':
        return this.asked((b) => mapOf({ ...b.variables }), mapOf([]));
      case 'buildCauses':
        return this.causes(rt, null);
      case 'changeSets':
        return this.isAsked ? this.server.defer(this.readChanges()) : new JavaList([]);
      case 'upstreamBuilds':
        return this.isAsked ? upstreamBuilds(this.server, this.build) : new JavaList([]);
      case 'nextBuild':
        return this.neighbour(name);
      default:
        return PREVIOUS.includes(name) ? this.neighbour(name) : undefined;
    }
  }
  call(rt: Runtime, name: string, args: readonly Value[]): Read {
    if (name === 'getBuildCauses' && args.length === 1) return this.causes(rt, rt.str(args[0] ?? null));
    if (name === 'resultIsBetterOrEqualTo') return this.now((b) => !isWorse(b.result ?? 'SUCCESS', named(rt, args)));
    if (name === 'resultIsWorseOrEqualTo') return this.now((b) => !isWorse(named(rt, args), b.result ?? 'SUCCESS'));
    return undefined;
  }
  override setProperty(_rt: Runtime, name: string): boolean {
    if (!WRITABLE.includes(name)) return false;
    throw new JavaThrowable('java.lang.SecurityException', `can only set the ${name} property on the current build`);
  }

  private get isAsked(): boolean {
    return this.server.execution.journal.has(OTHER_BUILDS);
  }
  private neighbour(name: string): Read {
    return neighbour(this.server, this.build, name, (build) => new OtherRun(this.server, build));
  }
  /** What an ended build says stays. */
  private now(of: (build: SeenBuild) => Value): Read {
    return this.build.result === null && this.isAsked ? this.asked(of, null) : of(this.build);
  }
  private asked(of: (build: OtherBuild) => Value, formerly: Value): Read {
    const { build } = this;
    if (build.result !== null && 'causes' in build) return of(build);
    return this.isAsked ? this.server.defer(this.look(of)) : formerly;
  }
  private *look(of: (build: OtherBuild) => Value): Computation {
    const { job, number } = this.build;
    const found = yield* this.server.ask('otherBuild', { job, number });
    if (found === null) throw new JavaThrowable('hudson.AbortException', `No build record ${job}#${number} could be located.`);
    return of(found);
  }
  private *readChanges(): Computation {
    const { job, number } = this.build;
    return changeSets((yield* this.server.ask('changeSets', { job, number })).sets);
  }
  private causes(rt: Runtime, type: string | null): Read {
    return this.asked((b) => buildCauses(rt, b.causes, type), new JavaList([]));
  }
}

/** `type`: of this class alone. */
export function buildCauses(rt: Runtime, causes: BuildFacts['causes'], type: string | null): Value {
  const wanted = causes.filter((c) => type === null || c.type === type);
  return readJson(rt, JSON.stringify(wanted.map((c) => ({ _class: c.type, shortDescription: c.text, ...c.data }))));
}

export function upstreamBuilds(server: Server, { job, number }: Pick<SeenBuild, 'job' | 'number'>): Pending {
  return server.defer(
    (function* (): Computation {
      const { builds } = yield* server.ask('upstreamBuilds', { job, number });
      return new JavaList(builds.map((build) => new OtherRun(server, build)));
    })(),
  );
}

export function named(rt: Runtime, args: readonly Value[]): ResultName {
  return resultFrom(rt.str(args[0] ?? null));
}
