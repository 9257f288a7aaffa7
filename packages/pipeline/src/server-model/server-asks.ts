/** What the server is asked for on behalf of programs: `other` asks by these names. The answers lie in the journal. */
import type { Computation, Pending } from '@millrace/groovy';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import { Context, type StepCaller } from '../engine/context.ts';
import type { Execution } from '../engine/execution.ts';
import type { Json, ScmChange, Variables } from '../host.ts';
import type { Members } from './model-object.ts';
import { ModelObject } from './model-object.ts';

/** `serverItem`: a job or folder by its full name; null: there is none. */
export interface ServerItem {
  readonly name: string;
  readonly fullName: string;
  readonly kind: 'folder' | 'job';
  readonly description: string;
  readonly disabled: boolean;
  /** Some build of it runs now. */
  readonly building: boolean;
  /** Full names of what lies directly in a folder, sorted, a thousand at most. */
  readonly children: readonly string[];
  /** Null: there is none. The newest, whether it has ended or not; the newest that has ended; and so on. */
  readonly last: ServerBuild | null;
  readonly lastCompleted: ServerBuild | null;
  /** SUCCESS or UNSTABLE, as Jenkins means it. */
  readonly lastSuccessful: ServerBuild | null;
  readonly lastStable: ServerBuild | null;
  readonly lastUnstable: ServerBuild | null;
  readonly lastFailed: ServerBuild | null;
}
export interface ServerBuild {
  readonly number: number;
  readonly result: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while it runs. */
  readonly durationMs: number | null;
}

/** `serverNodes` */
export interface ServerNodes {
  readonly nodes: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    readonly executors: number;
    readonly description: string;
    /** Connected, and nobody has taken it offline. */
    readonly online: boolean;
  }[];
}

/** A build as some look has found it: `result` is null while it runs, and `durationMs` so far then. */
export interface SeenBuild extends Readonly<BuildFacts['previous'][number]> {
  readonly job: string;
}

/** `otherBuild`: one by its number, or the nearest before or after a number that has one of these results (null: it runs); null: there is none. */
export interface OtherBuild extends SeenBuild {
  readonly keepLog: boolean;
  readonly causes: BuildFacts['causes'];
  /** What its script had set beside its parameters. */
  readonly variables: Variables;
}
export type WhichBuild =
  | { readonly number: number }
  | { readonly before: number; readonly results: readonly (ResultName | null)[] }
  | { readonly after: number };

/** `upstreamBuilds`: those whose end or step started it, each before those that started that one; 25 at most. */
export interface UpstreamBuilds {
  readonly builds: readonly OtherBuild[];
}

/** Which build `copyArtifacts` means, in the words of its selectors. */
export type ArtifactSelector =
  | { readonly kind: 'status'; readonly stable: boolean }
  | { readonly kind: 'lastCompleted' | 'lastWithArtifacts' | 'latestSavedBuild' }
  /** A number, the name of a permalink or a display name. */
  | { readonly kind: 'specific'; readonly build: string }
  | { readonly kind: 'permalink'; readonly id: string }
  | { readonly kind: 'upstream'; readonly fallback: boolean; readonly newest: boolean };

/** `copyArtifacts`: the build that is meant; a missing job may also be one whose artifacts this job may not have. */
export type ArtifactBuild =
  | { readonly job: string; readonly number: number; readonly missing?: undefined }
  | { readonly missing: 'job'; readonly why: string | null }
  | { readonly missing: 'build' };

/** `withSonarQubeEnv`: a SonarQube server of the configuration. */
export interface SonarServer {
  readonly name: string;
  readonly url: string;
  /** Of a secret text; null: it needs none. */
  readonly credentialsId: string | null;
  /** Of the Maven plug-in; null: whichever Maven finds. */
  readonly mojoVersion: string | null;
  readonly additionalProperties: string;
  readonly additionalAnalysisProperties: Variables;
  /** What scanners take the token by. */
  readonly tokenProperty: 'sonar.token' | 'sonar.login';
}

/** `waitForQualityGate`: how an analysis ended; `gate` is null where its task was no success. */
export interface QualityGate {
  readonly status: string;
  readonly gate: string | null;
}

/** `buildUser`: who or what started this build, or the first of those that led to it; null: nobody can tell. */
export interface BuildUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** `configFile`: a managed file of the configuration; null: it has none of that id. */
export interface ManagedFile {
  readonly name: string;
  readonly text: string;
  /** Servers of a Maven settings file, whose logins are credentials. */
  readonly servers: readonly { readonly id: string; readonly credentialsId: string }[];
}

/** `changeSets`: of one build, a set for each checkout and library. */
export interface ChangeSets {
  readonly sets: readonly (readonly ScmChange[])[];
}

/** `earlierChanges`: of this build's job, of all builds before it: the newest 5,000. */
export interface EarlierChanges {
  readonly changes: readonly ScmChange[];
}

/** `buildLog`: the last lines of this build's own log. */
export interface BuildLog {
  readonly lines: readonly string[];
}

/** `mailTemplate`: of the configuration, by its name; null: it has none. */
export interface MailTemplateText {
  readonly text: string;
}

/** `buildTests`: what the `junit` steps of this build have kept so far; null: nothing. */
export interface BuildTests extends TestTotals {
  /** Of the newest build before that has some. */
  readonly previous: (TestTotals & { readonly number: number }) | null;
  /** By suite and class, in their order: 5,000 at most. */
  readonly classes: readonly (TestTotals & { readonly suite: string; readonly name: string })[];
}
export interface TestTotals {
  readonly total: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** `buildTestCases`: those of one status, in the order of the reports: 500 that failed, 5,000 others at most. */
export interface BuildTestCases {
  readonly cases: readonly BuildTestCase[];
}
export type BuildTestStatus = 'passed' | 'failed' | 'skipped';
export interface BuildTestCase {
  /** Its place among all of the build. */
  readonly seq: number;
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  readonly seconds: number;
  /** Texts of failed and skipped ones; long ones are cut, and null where all together would be too long. */
  readonly message: string | null;
  readonly trace: string | null;
  readonly stdout: string | null;
  readonly stderr: string | null;
  /** Of a failed one: the build in which it began to fail. */
  readonly since: number | null;
  /** Of a passed one: it had failed when it ran last. Of a failed one: it had not. */
  readonly changed: boolean;
}

/** `buildArtifacts`: of this build, so far, by path: 1,000 at most. */
export interface BuildArtifacts {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface ServerAsks {
  serverItem: [{ readonly name: string }, ServerItem | null];
  serverNodes: [Record<string, never>, ServerNodes];
  mailTemplate: [{ readonly name: string }, MailTemplateText | null];
  buildLog: [{ readonly lines: number }, BuildLog];
  otherBuild: [{ readonly job: string } & WhichBuild, OtherBuild | null];
  upstreamBuilds: [{ readonly job: string; readonly number: number }, UpstreamBuilds];
  copyArtifacts: [{ readonly job: string; readonly selector: ArtifactSelector; readonly parameters: Variables }, ArtifactBuild];
  withSonarQubeEnv: [{ readonly name: string | null }, SonarServer];
  waitForQualityGate: [{ readonly server: string; readonly task: string; readonly credentialsId: string | null }, QualityGate];
  buildUser: [Record<string, never>, BuildUser | null];
  configFile: [{ readonly id: string }, ManagedFile | null];
  changeSets: [{ readonly job: string; readonly number: number }, ChangeSets];
  earlierChanges: [Record<string, never>, EarlierChanges];
  buildTests: [Record<string, never>, BuildTests | null];
  buildTestCases: [{ readonly status: BuildTestStatus }, BuildTestCases];
  buildArtifacts: [Record<string, never>, BuildArtifacts];
}

/** The server, from where the program stands. */
export interface Server {
  readonly execution: Execution;
  ask<K extends keyof ServerAsks>(name: K, data: ServerAsks[K][0]): Computation<ServerAsks[K][1]>;
  /** Runs it as the answer of a call. */
  defer(computation: Computation): Pending;
  /** Makes an object of the server's; `type`: its Java class. */
  object(type: string, text: string, members: Members): ModelObject;
}

/** Where `Execution.shared` keeps it for steps. */
export const SERVER = 'server';

/** The same server, with objects that code of the sandbox may read: for templates, which see their own build. */
export function openTo(server: Server): Server {
  return { ...server, object: (type, text, members) => new ModelObject(type, text, members, true) };
}

export function serverOf(execution: Execution, caller: StepCaller, defer: (computation: Computation) => Pending): Server {
  return {
    execution,
    defer,
    object: (type, text, members) => new ModelObject(type, text, members),
    *ask(name, data) {
      const { thread, tree } = execution;
      const context = new Context(execution, thread, tree.get(thread.head), caller);
      return (yield* context.ask('other', { name, data: data as unknown as Json })) as never;
    },
  };
}
