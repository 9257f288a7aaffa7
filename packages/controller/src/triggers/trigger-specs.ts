/** What of a job's configuration and of its Jenkinsfile starts builds by itself, as rows of the table `triggers`. */
import type { Json } from '@millrace/pipeline';
import type { Trigger } from '@millrace/pipeline/job';
import type { FreestyleConfig, JobTrigger, PipelineConfig } from '@millrace/protocol';
import { triggerShapes } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import { candidatesOf } from '../jobs/job-references.ts';
import { keptTokenHash, tokenHash } from '../jobs/password-defaults.ts';
import { repositoryAddress } from '../scm/repository-address.ts';
import type { Row } from '../store/schema.ts';
import { Cron } from './cron.ts';
import type { GitLabSpec } from './gitlab-trigger.ts';
import type { IgnoreRules } from './ignored-changes.ts';

/** Of a generic trigger, as both sources say it. */
export type GenericSpec = Extract<JobTrigger, { kind: 'generic' }>;

export type Spec =
  | { readonly kind: 'cron'; readonly spec: string; readonly zone: string }
  | {
      readonly kind: 'poll';
      readonly spec: string;
      readonly zone: string;
      readonly source: GitSource | null;
      readonly hooks: boolean;
      readonly ignore?: IgnoreRules;
    }
  | { readonly kind: 'push'; readonly source: GitSource | null }
  | { readonly kind: 'gitlab'; readonly source: GitSource | null; readonly gitlab: GitLabSpec }
  | { readonly kind: 'repository'; readonly branches: readonly string[] }
  | { readonly kind: 'upstream'; readonly threshold: string }
  | { readonly kind: 'token' }
  | { readonly kind: 'generic'; readonly generic: GenericSpec };

export interface GitSource {
  readonly url: string;
  readonly branch: string;
  readonly credentialsId: string | null;
}

export interface SpecRow {
  readonly kind: Spec['kind'];
  readonly spec: Spec;
  readonly from: 'configuration' | 'Jenkinsfile';
  readonly repository: string | null;
  readonly upstream: string | null;
  readonly hash: string | null;
  readonly cron: Cron | null;
  /** It cannot be used as it is. */
  readonly problem: string | null;
}

export function specsOf(item: Pick<Row<'items'>, 'full_name' | 'config' | 'properties' | 'kind'>, timeZone: string): SpecRow[] {
  if (item.kind !== 'pipeline' && item.kind !== 'freestyle') return [];
  const config = parse<PipelineConfig | FreestyleConfig>(item.config);
  const declared = parse<{ triggers?: readonly Trigger[] }>(item.properties).triggers ?? [];
  const context: Context = { name: item.full_name, zone: config.timeZone ?? timeZone, source: sourceOf(config) };
  return [...(config.triggers ?? []).flatMap((trigger) => configured(trigger, context)), ...declared.flatMap((trigger) => ofJenkinsfile(trigger, context))];
}

interface Context {
  readonly name: string;
  readonly zone: string;
  readonly source: GitSource | null;
}

/** Null: the script is the job's own, or of a branch. */
export function sourceOf(config: PipelineConfig | FreestyleConfig): GitSource | null {
  const source = 'definition' in config ? (config.definition.kind === 'git' ? config.definition : null) : config.scm;
  return source === null ? null : { url: source.url, branch: source.branch, credentialsId: source.credentialsId };
}

function row(from: SpecRow['from'], spec: Spec, more: Partial<SpecRow> = {}): SpecRow {
  return { kind: spec.kind, spec, from, repository: null, upstream: null, hash: null, cron: null, problem: null, ...more };
}

function configured(trigger: JobTrigger, { name, zone, source }: Context): SpecRow[] {
  const from = 'configuration';
  switch (trigger.kind) {
    case 'cron':
      return [timed(from, { kind: 'cron', spec: trigger.spec, zone }, name)];
    case 'poll':
      return [polling(from, trigger.spec, !trigger.ignorePostCommitHooks, { name, zone, source }, trigger.ignore)];
    case 'push':
      return [pushed(from, source, keptTokenHash(trigger.token))];
    case 'gitlab': {
      const { kind: _, token, ...gitlab } = trigger;
      return [ofGitLab(from, source, gitlab, keptTokenHash(token))];
    }
    case 'repository': {
      const repository = repositoryAddress(trigger.url);
      return [
        row(
          from,
          { kind: 'repository', branches: trigger.branches },
          { repository, ...(repository === null ? { problem: `‘${trigger.url}’ is no address of a repository` } : {}) },
        ),
      ];
    }
    case 'upstream':
      return upstreams(from, trigger.jobs, trigger.threshold, name);
    case 'token':
      return [row(from, { kind: 'token' }, tokenOf(keptTokenHash(trigger.token)))];
    case 'generic':
      return [row(from, { kind: 'generic', generic: trigger }, tokenOf(keptTokenHash(trigger.token)))];
  }
}

function ofJenkinsfile(trigger: Trigger, context: Context): SpecRow[] {
  const from = 'Jenkinsfile';
  switch (trigger.kind) {
    case 'cron':
      return [timed(from, { kind: 'cron', spec: trigger.spec, zone: context.zone }, context.name)];
    case 'pollSCM':
      return [polling(from, trigger.spec, !trigger.ignorePostCommitHooks, context)];
    case 'upstream':
      return upstreams(from, trigger.projects, trigger.threshold, context.name);
    case 'push': {
      if (trigger.forge === 'gitlab') return [declaredGitLab(context.source, trigger.options)];
      if (trigger.options['triggerOnPush'] === false) return [];
      const secret = trigger.options['secretToken'];
      return [pushed(from, context.source, typeof secret === 'string' && secret !== '' ? tokenHash(secret) : null)];
    }
    case 'generic':
      return [genericOf(trigger.options)];
    case 'other':
      return [];
  }
}

function tokenOf(hash: string | null): Partial<SpecRow> {
  return hash === null ? { problem: 'it has no token' } : { hash };
}

function timed(from: SpecRow['from'], spec: Spec & { readonly spec: string }, name: string, more: Partial<SpecRow> = {}): SpecRow {
  try {
    return row(from, spec, { ...more, cron: new Cron(spec.spec, name) });
  } catch (error) {
    return row(from, spec, { ...more, problem: (error as Error).message });
  }
}

function polling(from: SpecRow['from'], spec: string, hooks: boolean, { name, zone, source }: Context, ignore?: IgnoreRules): SpecRow {
  const repository = source === null || !hooks ? null : repositoryAddress(source.url);
  return timed(from, { kind: 'poll', spec, zone, source, hooks, ...(ignore === undefined ? {} : { ignore }) }, name, { repository });
}

function pushed(from: SpecRow['from'], source: GitSource | null, hash: string | null): SpecRow {
  return row(from, { kind: 'push', source }, { repository: source === null ? null : repositoryAddress(source.url), hash });
}

function ofGitLab(from: SpecRow['from'], source: GitSource | null, gitlab: GitLabSpec, hash: string | null): SpecRow {
  return row(from, { kind: 'gitlab', source, gitlab }, { repository: source === null ? null : repositoryAddress(source.url), hash });
}

/** `gitlab(…)` of a Jenkinsfile; options that are not there are those of the API. */
function declaredGitLab(source: GitSource | null, options: { readonly [name: string]: Json }): SpecRow {
  const { secretToken } = options;
  const labels = options['mergeRequestLabelFilterConfig'] as { readonly [name: string]: Json } | null | undefined;
  const known = Object.keys(triggerShapes.trigger.parse({ kind: 'gitlab' }));
  const given = Object.entries(options).filter(([name, value]) => known.includes(name) && name !== 'mergeRequestLabelFilterConfig' && value !== null);
  const label = (name: string): string => {
    const value = labels?.[name];
    return typeof value === 'string' ? value : '';
  };
  const parsed = triggerShapes.trigger.safeParse({
    ...Object.fromEntries(given),
    mergeRequestLabelFilterConfig: { include: label('include'), exclude: label('exclude') },
    token: null,
    kind: 'gitlab',
  });
  const {
    kind: _,
    token: __,
    ...gitlab
  } = (parsed.success ? parsed.data : triggerShapes.trigger.parse({ kind: 'gitlab' })) as Extract<JobTrigger, { kind: 'gitlab' }>;
  const made = ofGitLab('Jenkinsfile', source, gitlab, typeof secretToken === 'string' && secretToken !== '' ? tokenHash(secretToken) : null);
  if (parsed.success) return made;
  const [issue] = parsed.error.issues;
  return { ...made, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it cannot be read'}` };
}

/** Names count from the job's own folder, or from the top: both are waited for, and the one that is there will end. */
function upstreams(from: SpecRow['from'], jobs: readonly string[], threshold: string, name: string): SpecRow[] {
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
  return jobs.flatMap((job) => [...new Set(candidatesOf(job, folder))].map((upstream) => row(from, { kind: 'upstream', threshold }, { upstream })));
}

/** GenericTrigger of generic-webhook-trigger, in the words of the API. */
function genericOf(options: { readonly [name: string]: Json }): SpecRow {
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const list = (value: Json | undefined): readonly { readonly [name: string]: Json }[] =>
    Array.isArray(value) ? value.filter((one): one is { readonly [name: string]: Json } => one !== null && typeof one === 'object' && !Array.isArray(one)) : [];
  const parsed = triggerShapes.trigger.safeParse({
    kind: 'generic',
    variables: list(options['genericVariables']).map((v) => ({
      name: text(v['key']),
      path: text(v['value']),
      default: text(v['defaultValue']),
      remove: text(v['regexpFilter']),
    })),
    headers: list(options['genericHeaderVariables']).map((v) => text(v['key'])),
    query: list(options['genericRequestVariables']).map((v) => text(v['key'])),
    filterText: text(options['regexpFilterText']),
    filterExpression: text(options['regexpFilterExpression']),
    ...(text(options['causeString']) === '' ? {} : { cause: text(options['causeString']) }),
  });
  const generic = (parsed.success ? parsed.data : triggerShapes.trigger.parse({ kind: 'generic' })) as GenericSpec;
  const token = text(options['token']);
  const spec: Spec = { kind: 'generic', generic };
  if (!parsed.success) return row('Jenkinsfile', spec, { problem: parsed.error.issues[0]?.message ?? 'it cannot be read' });
  return row('Jenkinsfile', spec, tokenOf(token === '' ? null : tokenHash(token)));
}
