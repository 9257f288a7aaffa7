/**
 * What a Jenkinsfile declares about its job, as typed data: reads the `properties` ask, whose elements `properties([…])`
 * and Declarative's `options`, `triggers` and `parameters` make. Kinds that are not known here are kept as they are.
 *
 * The ask holds everything that this Jenkinsfile declares: what an earlier build declared and this one does not is no
 * longer so. What somebody configured in the job itself stays.
 */
import type { Json } from '../host.ts';
import type { ParameterDefinition } from '../parameters/definitions.ts';
import { readParameters } from '../parameters/definitions.ts';
import type { DescribedJson } from './described-json.ts';
import { argument, booleanOf, describedJson, isObject, listOf, textOf, wholeOf } from './described-json.ts';

export type Trigger =
  | { readonly kind: 'cron'; readonly spec: string }
  | { readonly kind: 'pollSCM'; readonly spec: string; readonly ignorePostCommitHooks: boolean }
  /** `threshold`: the worst result that still triggers. */
  | { readonly kind: 'upstream'; readonly projects: readonly string[]; readonly threshold: string }
  /** A forge tells of a push: githubPush, gitlab, bitbucketPush, giteaPush. `options` as the plug-in has them. */
  | { readonly kind: 'push'; readonly forge: string; readonly options: { readonly [name: string]: Json } }
  /** Any request, as the generic-webhook-trigger plug-in takes it. */
  | { readonly kind: 'generic'; readonly options: { readonly [name: string]: Json } }
  | { readonly kind: 'other'; readonly declared: Json };

export interface JobProperties {
  readonly parameters: readonly ParameterDefinition[];
  readonly triggers: readonly Trigger[];
  readonly buildDiscarder: {
    readonly daysToKeep: number | null;
    readonly numToKeep: number | null;
    readonly artifactDaysToKeep: number | null;
    readonly artifactNumToKeep: number | null;
  } | null;
  readonly disableConcurrentBuilds: { readonly abortPrevious: boolean } | null;
  readonly disableResume: boolean;
  readonly disableRestartFromStage: boolean;
  /** Seconds. */
  readonly quietPeriod: number | null;
  /** Of how many builds the stashes are kept for a restart from a stage. */
  readonly preserveStashes: number | null;
  /** So many builds in a `durationName`: second, minute, hour, day, week, month, year. */
  readonly rateLimit: { readonly count: number; readonly durationName: string; readonly userBoost: boolean } | null;
  readonly throttle: {
    readonly enabled: boolean;
    readonly option: string;
    readonly categories: readonly string[];
    /** 0: no limit. */
    readonly maxPerNode: number;
    readonly maxTotal: number;
    readonly limitOneJobWithMatchingParams: boolean;
  } | null;
  /** Names of the jobs that may copy artifacts, with wildcards. */
  readonly copyArtifactPermission: readonly string[] | null;
  readonly overrideIndexTriggers: boolean | null;
  readonly other: readonly Json[];
}

type Mutable = { -readonly [K in keyof JobProperties]: JobProperties[K] };

export function readJobProperties(properties: readonly Json[]): JobProperties {
  const read: Mutable = {
    parameters: [],
    triggers: [],
    buildDiscarder: null,
    disableConcurrentBuilds: null,
    disableResume: false,
    disableRestartFromStage: false,
    quietPeriod: null,
    preserveStashes: null,
    rateLimit: null,
    throttle: null,
    copyArtifactPermission: null,
    overrideIndexTriggers: null,
    other: [],
  };
  for (const json of properties) {
    const property = describedJson(json);
    if (property === null || !readOne(read, property)) read.other = [...read.other, json];
  }
  return read;
}

/** False where the kind is not known. */
function readOne(read: Mutable, property: DescribedJson): boolean {
  switch (property.kind) {
    case 'parameters':
    case 'ParametersDefinitionProperty':
      read.parameters = readParameters(argument(property, 'parameterDefinitions'));
      return true;
    case 'pipelineTriggers':
    case 'PipelineTriggersJobProperty':
      read.triggers = listOf(argument(property, 'triggers')).map(readTrigger);
      return true;
    case 'buildDiscarder':
    case 'BuildDiscarderProperty': {
      const rotator = describedJson(argument(property, 'strategy'));
      if (rotator === null || (rotator.kind !== 'logRotator' && rotator.kind !== 'LogRotator')) return false;
      read.buildDiscarder = {
        daysToKeep: kept(rotator, 'daysToKeep'),
        numToKeep: kept(rotator, 'numToKeep'),
        artifactDaysToKeep: kept(rotator, 'artifactDaysToKeep'),
        artifactNumToKeep: kept(rotator, 'artifactNumToKeep'),
      };
      return true;
    }
    case 'disableConcurrentBuilds':
    case 'DisableConcurrentBuildsJobProperty':
      read.disableConcurrentBuilds = { abortPrevious: booleanOf(argument(property, 'abortPrevious')) };
      return true;
    case 'disableResume':
    case 'DisableResumeJobProperty':
      read.disableResume = true;
      return true;
    case 'disableRestartFromStage':
      read.disableRestartFromStage = true;
      return true;
    case 'quietPeriod':
      read.quietPeriod = wholeOf(argument(property, 'quietPeriod', 'value'));
      return read.quietPeriod !== null;
    case 'preserveStashes':
    case 'PreserveStashesJobProperty':
      read.preserveStashes = wholeOf(argument(property, 'buildCount')) ?? 1;
      return true;
    case 'rateLimitBuilds':
    case 'RateLimitBranchProperty$JobPropertyImpl': {
      const throttle = argument(property, 'throttle');
      const { count, durationName, userBoost } = isObject(throttle) ? throttle : property.args;
      const limit = wholeOf(count ?? null);
      if (limit === null) return false;
      read.rateLimit = { count: limit, durationName: textOf(durationName ?? null) ?? 'hour', userBoost: booleanOf(userBoost ?? null) };
      return true;
    }
    case 'throttleJobProperty':
    case 'ThrottleJobProperty': {
      const named = (name: string): Json => property.args[name] ?? null;
      read.throttle = {
        enabled: booleanOf(named('throttleEnabled')),
        option: textOf(named('throttleOption')) ?? 'project',
        categories: listOf(named('categories')).flatMap((category) => textOf(category) ?? []),
        maxPerNode: wholeOf(named('maxConcurrentPerNode')) ?? 0,
        maxTotal: wholeOf(named('maxConcurrentTotal')) ?? 0,
        limitOneJobWithMatchingParams: booleanOf(named('limitOneJobWithMatchingParams')),
      };
      return true;
    }
    case 'copyArtifactPermission':
    case 'CopyArtifactPermissionProperty':
      read.copyArtifactPermission = names(argument(property, 'projectNames'));
      return true;
    case 'overrideIndexTriggers':
    case 'OverrideIndexTriggersJobProperty':
      read.overrideIndexTriggers = booleanOf(argument(property, 'enableTriggers'));
      return true;
    // Millrace's builds are always as durable as its store.
    case 'durabilityHint':
    case 'DurabilityHintJobProperty':
      return true;
    default:
      return false;
  }
}

function readTrigger(json: Json): Trigger {
  const trigger = describedJson(json);
  switch (trigger?.kind) {
    case 'cron':
    case 'TimerTrigger':
      return { kind: 'cron', spec: textOf(argument(trigger, 'spec')) ?? '' };
    case 'pollSCM':
    case 'SCMTrigger':
      return {
        kind: 'pollSCM',
        spec: textOf(argument(trigger, 'scmpoll_spec', 'spec')) ?? '',
        ignorePostCommitHooks: booleanOf(trigger.args['ignorePostCommitHooks'] ?? null),
      };
    case 'upstream':
    case 'ReverseBuildTrigger':
      return { kind: 'upstream', projects: names(argument(trigger, 'upstreamProjects')), threshold: textOf(trigger.args['threshold'] ?? null) ?? 'SUCCESS' };
    case 'parameterizedCron':
    case 'ParameterizedTimerTrigger':
      return { kind: 'cron', spec: textOf(argument(trigger, 'parameterizedSpecification')) ?? '' };
    case 'githubPush':
    case 'GitHubPushTrigger':
      return { kind: 'push', forge: 'github', options: trigger.args };
    case 'gitlab':
    case 'GitLabPushTrigger':
      return { kind: 'push', forge: 'gitlab', options: trigger.args };
    case 'bitbucketPush':
    case 'BitBucketTrigger':
      return { kind: 'push', forge: 'bitbucket', options: trigger.args };
    case 'giteaPush':
    case 'GiteaPushTrigger':
      return { kind: 'push', forge: 'gitea', options: trigger.args };
    case 'GenericTrigger':
      return { kind: 'generic', options: trigger.args };
    default:
      return { kind: 'other', declared: json };
  }
}

/** `numToKeepStr: '10'` and `numToKeep: 10`; -1 and empty: no limit. */
function kept(rotator: DescribedJson, name: string): number | null {
  const value = wholeOf(rotator.args[`${name}Str`] ?? rotator.args[name] ?? null);
  return value === null || value < 0 ? null : value;
}

function names(json: Json): readonly string[] {
  return listOf(json)
    .flatMap((name) => (textOf(name) ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
