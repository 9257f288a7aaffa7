/**
 * What holds for a job: its configuration, and what its own Jenkinsfile declared at its last build (`properties`, `options`,
 * `parameters`), which is kept beside it. Where both say something, the Jenkinsfile does, as in Jenkins: it sets the job.
 */
import type { JobProperties, ParameterDefinition } from '@millrace/pipeline';
import type { FreestyleConfig, PipelineConfig, Retention } from '@millrace/protocol';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';

export interface EffectiveJob {
  readonly parameters: readonly ParameterDefinition[];
  readonly concurrent: 'allow' | 'wait' | 'abortPrevious';
  readonly quietSeconds: number | null;
  readonly retention: Retention | null;
  readonly priority: number;
  readonly controllerLabel: string | null;
  readonly maxPerJob: number | null;
  readonly categories: readonly string[];
  readonly rateLimit: JobProperties['rateLimit'];
  /** Of how many ended builds the stashes are kept, for a restart from a stage. */
  readonly preserveStashes: number;
  readonly disableRestart: boolean;
}

export function effectiveJob(item: Pick<Row<'items'>, 'config' | 'properties'>): EffectiveJob {
  const config = parse<PipelineConfig | FreestyleConfig>(item.config);
  const own = parse<Partial<JobProperties>>(item.properties);
  const declared = own.parameters ?? [];
  const names = new Set(declared.map((p) => p.name));
  const discarder = own.buildDiscarder ?? null;
  const throttle = own.throttle?.enabled === true ? own.throttle : null;
  return {
    parameters: [...declared, ...config.parameters.filter((p) => !names.has(p.name)).map(definitionOf)],
    concurrent: own.disableConcurrentBuilds == null ? config.concurrent : own.disableConcurrentBuilds.abortPrevious ? 'abortPrevious' : 'wait',
    quietSeconds: own.quietPeriod ?? config.quietPeriodSeconds,
    retention:
      discarder === null
        ? config.retention
        : { builds: discarder.numToKeep, days: discarder.daysToKeep, artifactBuilds: discarder.artifactNumToKeep, artifactDays: discarder.artifactDaysToKeep },
    priority: config.priority,
    controllerLabel: config.controllerLabel,
    maxPerJob: throttle === null ? (config.throttle?.maxPerJob ?? null) : throttle.option === 'project' && throttle.maxTotal > 0 ? throttle.maxTotal : null,
    categories: throttle === null ? (config.throttle?.categories ?? []) : throttle.option === 'category' ? throttle.categories : [],
    rateLimit: own.rateLimit ?? null,
    preserveStashes: own.preserveStashes ?? 0,
    disableRestart: own.disableRestartFromStage === true,
  };
}

function definitionOf(p: PipelineConfig['parameters'][number]): ParameterDefinition {
  const { default: given, ...rest } = p;
  const fallback = given ?? (p.type === 'boolean' ? false : p.type === 'choice' ? (p.choices?.[0] ?? null) : p.type === 'file' || p.type === 'run' ? null : '');
  return { ...rest, default: fallback } as ParameterDefinition;
}
